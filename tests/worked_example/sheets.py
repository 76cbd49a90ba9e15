"""The worked example as what each person answers in each dialogue, to be played through the product.

Made from the file that `cadrage diagnose` reads, case by case. What the file does not say and a dialogue
requires is filled in with something harmless.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

from flows.diagnosis import fixture
from flows.diagnosis.fixture.case import Case, case
from flows.dialogue.model import Column, Flow, Question
from flows.playbook import Playbook
from flows.written import parse

FILE = Path(fixture.__file__).parent / "corvanne.yaml"
FACILITATOR = "facilitator"
#: Who fills a form of the example, for each role that may.
FILLS = {"facilitator": FACILITATOR, "sponsor": "p1", "arbiter": "p1", "lead": "p2", "hr": "p8", "it": "p5"}
ANNEXES = tuple(f"ANX0{n}" for n in range(1, 7))
UNKNOWN, OUTSIDE = "idk", "outside"
GAP_OF = {"marketing": ("p3",), "sales": ("p2", "p6"), "service": ("p4", "p7")}
SIZES = (1, 3, 5, 8)  # the choices of NEE03
STEPS = 3  # PRO02 wants three lines at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One case, as people will tell it. Users are the keys of the file: p1 … p8, "facilitator"."""

    case: Case
    today: date
    #: (dialogue, person) -> question -> value; a form's answers stand with whoever fills it
    answers: Mapping[tuple[str, str], Mapping[str, Any]]
    exits: Mapping[tuple[str, str], Mapping[str, str]]
    ballots: Mapping[str, Mapping[str, int]]  # anonymous question -> person -> value
    board: Mapping[str, tuple[str, int]]  # of each need, by its place in order: place and effort
    attended: tuple[tuple[str, ...], ...]  # of each session, who was there
    reasons: Mapping[str, str] = field(default_factory=dict)  # need -> why it is a must


@dataclass(slots=True)
class _Draft:
    answers: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    exits: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    ballots: dict[str, dict[str, int]] = field(default_factory=dict)

    def say(self, flow: str, who: str, question: str, value: Any) -> None:
        if value in (UNKNOWN, OUTSIDE):
            exit = {UNKNOWN: "unknown", OUTSIDE: "outside"}[value]
            self.exits.setdefault((flow, who), {})[question] = exit
        elif value is not None:
            self.answers.setdefault((flow, who), {})[question] = value


def told(
    playbook: Playbook, variant: str | None, user: Callable[[str], str], *, later: timedelta = timedelta()
) -> Told:
    """The base, or a variant. `user`: the Slack user id of somebody of the file. `later`: by how much
    every date is moved."""
    fixture = parse(FILE.read_text("utf-8")).values["fixture"]
    flows = playbook.flows
    dialogues = {q.id: f.id for f in flows.values() for q in (*f.questions, *f.anonymous)}
    found = _moved(case(fixture, variant, dialogues), later)
    draft = _Draft()
    today: date = found["company"]["today"]
    _people(draft, found, user)
    _forms(draft, found, flows, dialogues, user)
    _asked(draft, found, flows, dialogues)
    board = _rows(draft, found["rows"], user, today)
    sessions = found["rows"]["VND"]
    team = [key for key, who in found["people"].items() if who["role"] != "sponsor"]
    return Told(
        case=found, today=today, answers=draft.answers, exits=draft.exits, ballots=draft.ballots,
        board=board, attended=tuple(_there(found, team, one) for one in sessions),
    )  # fmt: skip


def _moved(value: Any, later: timedelta) -> Any:
    """The same with every date moved."""
    if isinstance(value, dict):
        return {key: _moved(inner, later) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, later) for inner in value]
    return value + later if isinstance(value, date) else value


def _people(draft: _Draft, found: Case, user: Callable[[str], str]) -> None:
    """Who is who (SET10 to SET13)."""
    rows = [
        {"person": user(key), "function": who["function"], "daci": _part_of(key)}
        for key, who in found["people"].items()
    ]
    draft.say("D01", FACILITATOR, "SET13", rows)
    draft.say("D01", FACILITATOR, "SET01", "Boréal")
    draft.say("D01", FACILITATOR, "SET20", "en")


def _part_of(key: str) -> str:
    return {"p1": "approver", "p2": "driver"}.get(key, "contributor")


def _forms(
    draft: _Draft,
    found: Case,
    flows: Mapping[str, Flow],
    dialogues: Mapping[str, str],
    user: Callable[[str], str],
) -> None:
    for id, value in found["form"].items():
        flow = dialogues[id]
        question = flows[flow].question(id)
        if id == "SPO05":
            for who, said in value.items():
                draft.say(flow, who, id, said)
        elif id in ANNEXES:
            _annex(draft, id, value, user)
        elif question is not None:
            draft.say(flow, _filler(question), id, _plain(question, value, user))


def _annex(draft: _Draft, id: str, value: Mapping[str, Any], user: Callable[[str], str]) -> None:
    draft.say("D05", "p2", id, value["choice"])
    for key, suffix in (("owner", "a"), ("due", "b"), ("reason", "e")):
        if value.get(key):
            kept = user(value[key]) if key == "owner" else value[key]
            draft.say("D05", "p2", f"{id}{suffix}", kept.isoformat() if isinstance(kept, date) else kept)


def _plain(question: Question, value: Any, user: Callable[[str], str]) -> Any:
    """A value of the file as a form takes it."""
    if question.id == "CHG01":
        groups = {"all": ("Sales", "Service"), "some": ("Sales",), "none": ("Others",)}[value]
        return [row(question, group=group, owner=user("p2")) for group in groups]
    if question.kind == "rows":
        return [row(question, **one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if question.kind == "person" and isinstance(value, str) and value[:1] == "p" and value[1:].isdigit():
        return user(value)
    return value


def _filler(question: Question) -> str:
    """Who of the example fills a form."""
    return next((FILLS[role] for role in question.audience.roles if role in FILLS), FACILITATOR)


def _asked(draft: _Draft, found: Case, flows: Mapping[str, Flow], dialogues: Mapping[str, str]) -> None:
    """Scales and choices, named or cast into a wave."""
    for part in ("scale", "choice"):
        for id, answers in found[part].items():
            anonymous = any(question.id == id for question in flows[dialogues[id]].anonymous)
            for who, value in answers.items():
                if not anonymous:
                    draft.say(dialogues[id], who, id, value)
                elif isinstance(value, int):
                    draft.ballots.setdefault(id, {})[who] = value
                else:
                    draft.ballots.setdefault(id, {})


def _rows(
    draft: _Draft, rows: Mapping[str, Any], user: Callable[[str], str], today: date
) -> dict[str, tuple[str, int]]:
    """Records: where each comes from in the dialogues. Gives where each need stands on the board."""

    def owner(one: Mapping[str, Any]) -> str | None:
        return user(one["owner"]) if one.get("owner") else None

    for area, people in GAP_OF.items():
        for who in people:
            draft.say("D04", who, "PRO01", area)
            described = [g for g in rows["GAP"] if g["area"] == area] if who == people[0] else []
            draft.say(
                "D04",
                who,
                "PRO02",
                [_step(n, one, owner(one)) for n, one in enumerate(described, 1)] + _steps(described),
            )
    draft.say("D10", "p2", "DAT01", [
        {"domain": d["domain"], "source": "Old tool", "quality": d["quality"], "move": d["move"],
         "owner": owner(d)}
        for d in rows["DOM"]
    ])  # fmt: skip
    draft.say("D12", FACILITATOR, "PLA02", [
        {"cause": f"Risk {n}", "family": "1", "likelihood": one["L"], "impact": one["I"], "owner": owner(one),
         "response": "We prepare for it" if one["response"] else None, "sign": "It shows early"}
        for n, one in enumerate(rows["RSK"], 1)
    ])  # fmt: skip
    draft.say("D12", "p2", "PLA04", [
        {"name": lot["name"], "benefit": "They gain time", "needs": "REQ-1",
         "groups": lot["name"].split()[-1],
         "start": (today + timedelta(days=30)).isoformat(), "end": (today + timedelta(days=120)).isoformat(),
         "exit": "It is used every day" if lot["exit"] else None}
        for lot in rows["LOT"]
    ])  # fmt: skip
    draft.say("D12", "p2", "PLA05", [
        {"task": f"Task {t['id']}", "weeks": t["weeks"],
         "after": ", ".join(f"TSK-{n}" for n in t["after"]) or None,
         "owner": owner(t)}
        for t in rows["TSK"]
    ])  # fmt: skip
    draft.say("D14", FACILITATOR, "VEN01", [
        {"vendor": f"Vendor {n}", "date": one["date"].isoformat(),
         "scenarios": "Take an order; find it again",
         "whole_team": "yes" if one["whole_team"] else "no"}
        for n, one in enumerate(rows["VND"], 1)
    ])  # fmt: skip
    draft.say("D13", "p1", "ARB10", [
        {"pair": one["pair"], "position": one["position"], "reason": "It helps first",
         "loss": "The other, for now"}
        for one in rows["ARB10"]
    ])  # fmt: skip
    return _needs(draft, rows["REQ"])


def _step(n: int, gap: Mapping[str, Any], owner: str | None) -> dict[str, Any]:
    return {
        "step": f"Step {n} in {gap['area']}", "planned": "By the book", "lived": "By hand",
        "gap": "Done twice",
        "outside": "Customers compare" if gap["outside"] else None, "severity": gap["severity"],
        "owner": owner,
    }  # fmt: skip


def _steps(described: list[Any]) -> list[dict[str, Any]]:
    """Steps without a gap, so that there are three."""
    return [
        {"step": f"Another step {n}", "planned": "So", "lived": "Just so", "severity": 1}
        for n in range(STEPS - len(described))
    ]


def _needs(draft: _Draft, board: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Two people write the needs down; the others have none of their own."""
    placed = [(place, effort) for place in "MSCW" for effort in _sizes(board.get(place, ()))]
    half = (len(placed) + 1) // 2
    names = [f"Need {n}" for n in range(1, len(placed) + 1)]
    for who, mine in (("p2", names[:half]), ("p3", names[half:])):
        draft.say(
            "D11", who, "NEE01", [{"need": name, "why": "To go on", "function": "sales"} for name in mine]
        )
    for who in ("p4", "p5", "p6", "p7", "p8"):
        draft.say("D11", who, "NEE01", OUTSIDE)
    return dict(zip(names, placed, strict=True))


def _sizes(efforts: Sequence[int]) -> Sequence[int]:
    """The sizes of needs at one place, as the question offers them: as many, with the same sum."""
    if all(effort in SIZES for effort in efforts):
        return efforts
    every = combinations_with_replacement(SIZES, len(efforts))
    return next(sizes for sizes in every if sum(sizes) == sum(efforts))


def _there(found: Case, team: list[str], session: Mapping[str, Any]) -> tuple[str, ...]:
    """So many of the team, of so many functions."""
    if session.get("present") is None:
        return ()
    functions = {key: found["people"][key]["function"] for key in team}
    wanted = session["functions"]
    first = [next(key for key in team if functions[key] == one) for one in wanted]
    others = [key for key in team if key not in first and functions[key] in wanted]
    others += [key for key in team if key not in first and key not in others]
    return tuple([*first, *others][: session["present"]])


def harmless(question: Question, *, today: date, someone: str) -> Any:
    """Something to answer where the example says nothing."""
    first = question.options[0].value if question.options else ""
    lines = range(max(question.minimum or 0, 0)) if question.kind == "rows" else ()
    answers: Mapping[str, Any] = {
        "text": "Nothing to add. " * (-(-(question.minimum or 1) // 16)),
        "long_text": "Nothing to add. " * (-(-(question.minimum or 1) // 16)),
        "single": first,
        "scale5": 3,
        "multi": [first],
        "ranking": [option.value for option in question.options],
        "number": max(question.minimum or 0, 3),
        "date": (today + timedelta(days=60)).isoformat(),
        "person": someone,
        "people": [someone],
        "points100": spread(question) if question.options else {},
        "rows": [row(question, owner=someone, today=today, nth=n) for n in lines],
        "moscow": {option.value: "M" for option in question.options},
    }
    return answers[question.kind]


def spread(question: Question) -> dict[str, int]:
    """A hundred points, all given."""
    each, rest = divmod(100, len(question.options))
    return {option.value: each + (n < rest) for n, option in enumerate(question.options)}


def row(
    question: Question, *, owner: str = "", today: date | None = None, nth: int = 0, **known: Any
) -> dict[str, Any]:
    """A line with every required cell filled; of a choice, the `nth` one."""
    filled = {
        c.key: _cell(c, owner, today, nth) for c in question.columns if c.required and c.key not in known
    }
    mine = (
        {"owner": owner} if owner and any(c.key == "owner" and c.required for c in question.columns) else {}
    )
    return {**filled, **mine, **known}


def _cell(column: Column, owner: str, today: date | None, nth: int) -> Any:
    match column.kind:
        case "single":
            return column.options[nth % len(column.options)].value
        case "scale5":
            return 3
        case "number":
            return 2
        case "date":
            return ((today or date.today()) + timedelta(days=60)).isoformat()  # noqa: DTZ011 - any day will do
        case "person":
            return owner
        case _:
            return "Something"
