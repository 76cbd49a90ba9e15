"""What an answer leaves in the register and the project: the named recordings of content's `rec`.

Each takes what the question's answer is now (None: nothing given) and returns everything that
follows from it, and nothing else: the engine compares before and after, so that records are
created, updated and withdrawn to match. None of them reads a clock or a record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.cadence import add_working_days
from flows.dialogue.checks import all_commit
from flows.dialogue.effects import Assign, Draft, RecordKind, SetProject, Team
from flows.dialogue.model import NOBODY, Dialogue, Kind, Question, Value
from flows.dialogue.who import holder, owner
from flows.project import CHAIN, Cast, Member, Role
from flows.words import Words

Setting = Assign | SetProject | Team
#: Working days that the owner of a new point is given (0.5).
TIME_TO_SETTLE = 10
#: The longest title made of a person's own words.
TITLE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer as a recording sees it."""

    question: Question  # with the options that apply
    value: Value  # valid when last saved; None when nothing is given
    dialogue: Dialogue
    today: date

    @property
    def due(self) -> date:
        """When a point opened today is due."""
        return add_working_days(self.today, TIME_TO_SETTLE)

    def label(self, value: str) -> Words:
        """The words of an option; the value itself when content has dropped it."""
        known = (option.label for option in self.question.options if option.value == value)
        return next(known, Words.same(value))


Recording = Callable[[Said], tuple[Draft | Setting, ...]]


def in_title(text: str) -> Words:
    """A person's words as the title of a record: on one line, cut at a word when too long."""
    line = " ".join(str(text).split())
    if len(line) <= TITLE:
        return Words.same(line)
    return Words.same(line[:TITLE].rsplit(" ", 1)[0] + "…")


def _nothing(said: Said) -> tuple[Draft | Setting, ...]:
    """The answer itself is all there is to keep."""
    return ()


def _project(field: Literal["name", "start", "language"]) -> Recording:
    def record(said: Said) -> tuple[Draft | Setting, ...]:
        return () if said.value is None else (SetProject(field=field, value=said.value),)

    return record


def _role(role: Role) -> Recording:
    def record(said: Said) -> tuple[Draft | Setting, ...]:
        user = said.value
        inside = isinstance(user, str) and user != NOBODY and " " not in user and "@" not in user
        return (Assign(role=role, user=user if inside else None),)

    return record


def _team(said: Said) -> tuple[Draft | Setting, ...]:
    """SET13: the team, and an issue for each function of the customer's path nobody holds. While
    functions are still being filled in, no issue: it would be closed a screen later."""
    if said.value is None:
        return ()
    members = tuple(
        Member(user=r["person"], function=r.get("function"), daci=r.get("daci"), hours=r.get("hours"))
        for r in said.value
    )
    if any(member.function is None for member in members):
        return (Team(members=members),)
    roles: tuple[Role, ...] = ("lead", "sponsor", "arbiter", "coach", "facilitator", "expert")
    holders = {role: user for role in roles if (user := holder(said.dialogue, role))}
    cast = Cast(holders=holders, members=members)
    inside = set(cast.people("team"))
    held = {member.function for member in members if member.user in inside}
    names = {
        "marketing": Words("marketing", "le marketing"), "sales": Words("sales", "la vente"),
        "service": Words("after-sales", "l’après-vente"), "it": Words("IT", "l’informatique"),
    }  # fmt: skip
    title = Words("Nobody in the team speaks for {function}", "Personne dans l’équipe pour {function}")
    missing = (
        Draft(
            kind="issue", item=f"function-{function}", title=title.fill(function=names[function]),
            owner=owner(said.dialogue, "lead"), due=said.due, fields={"family": 4, "blocking": False},
        )
        for function in CHAIN if function not in held
    )  # fmt: skip
    return (Team(members=members), *missing)


#: Causes of last time's disappointment (SET03) and the family of the risk each one is. The
#: product itself is not a risk of this time.
CAUSES: Mapping[str, int] = {"org": 2, "human": 3, "approach": 4}


def _risks_of_last_time(said: Said) -> tuple[Draft | Setting, ...]:
    title = Words("As last time: {cause}", "Comme la dernière fois : {cause}")
    return tuple(
        Draft(
            kind="risk", item=cause, title=title.fill(cause=said.label(cause)),
            fields={"family": family, "likelihood": 3, "impact": 3, "score": 9},
        )
        for cause, family in CAUSES.items() if cause in (said.value or ())
    )  # fmt: skip


def _decision(said: Said, title: Words, status: str, **fields: Value) -> Draft:
    return Draft(
        kind="decision", item=said.question.id, title=title, status=status,
        fields={"choice": said.value, "date": said.today.isoformat(), **fields},
    )  # fmt: skip


def _who_steers(said: Said) -> tuple[Draft | Setting, ...]:
    """SET08: proposed until the kick-off W01 accepts it."""
    if said.value in (None, "undecided"):
        return ()
    title = Words("Who steers: {who}", "Qui pilote : {who}").fill(who=said.label(said.value))
    return (_decision(said, title, "proposed", method="facilitator form"),)


def _missing_counterweights(said: Said) -> tuple[Draft | Setting, ...]:
    """SET09: one action for the sponsor per counterweight that is not in place."""
    if said.value is None:
        return ()
    title = Words("Put in place: {what}", "Mettre en place : {what}")
    return tuple(
        Draft(
            kind="action", item=option.value, title=title.fill(what=option.label),
            owner=owner(said.dialogue, "sponsor"), due=said.due,
        )
        for option in said.question.options if option.value != "none" and option.value not in said.value
    )  # fmt: skip


#: How a group outside the team is treated (SET21), by power and interest.
HIGH = 4


def treatment(power: int, interest: int) -> str:
    """closely, meet (the sponsor meets them), inform or watch."""
    if power >= HIGH:
        return "closely" if interest >= HIGH else "meet"
    return "inform" if interest >= HIGH else "watch"


def _stakeholders(said: Said) -> tuple[Draft | Setting, ...]:
    """SET21, restricted: one group a line, and an issue for a powerful group without a contact."""
    drafts: list[Draft] = []
    title = Words("Name a contact for: {group}", "Désigner un contact pour : {group}")
    for row in said.value or ():
        how = treatment(row["power"], row["interest"])
        fields = {k: row.get(k) for k in ("group", "power", "interest", "need", "by")}
        drafts.append(
            Draft(
                kind="stakeholder", item=row["id"], title=in_title(row["group"]), owner=row.get("by"),
                restricted=True, fields={**fields, "treatment": how},
            )
        )  # fmt: skip
        if row["power"] >= HIGH and not row.get("by"):
            drafts.append(
                Draft(
                    kind="issue", item=f"contact-{row['id']}", title=title.fill(group=in_title(row["group"])),
                    owner=owner(said.dialogue, "lead"), due=said.due, restricted=True,
                    fields={"family": 4, "blocking": False},
                )
            )  # fmt: skip
    return tuple(drafts)


def _stakes(level: str) -> Recording:
    """OBJ02, OBJ03: a goal a line, and an issue where a strategic goal lacks today's value."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        drafts: list[Draft] = []
        title = Words("Today’s value to be found out: {goal}", "Valeur actuelle à éclaircir : {goal}")
        columns = ("statement", "function", "indicator", "baseline", "target")
        for row in said.value or ():
            fields = {k: row[k] for k in columns if row.get(k)}
            due = date.fromisoformat(row["due"]) if row.get("due") else None
            goal = in_title(row["statement"])
            fields["level"] = level
            drafts.append(Draft(kind="stake", item=row["id"], title=goal, due=due, fields=fields))
            if level == "strategic" and not row.get("baseline"):
                drafts.append(
                    Draft(
                        kind="issue", item=f"baseline-{row['id']}", title=title.fill(goal=goal),
                        owner=owner(said.dialogue, "lead"), due=said.due,
                        fields={"family": 2, "blocking": False},
                    )
                )  # fmt: skip
        return tuple(drafts)

    return record


def _own_words(kind: RecordKind, **fields: Value) -> Recording:
    """The answer's text as one record: an exclusion, a promise, a constraint."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        if said.value is None:
            return ()
        kept = {"text": said.value, "by": said.dialogue.person, **fields}
        title = in_title(said.value)
        return (Draft(kind=kind, item=said.question.id, title=title, fields=kept),)

    return record


def _goals_committed(said: Said) -> tuple[Draft | Setting, ...]:
    """OBJ09: a decision once committed; proposed again as soon as somebody no longer commits."""
    if said.value != "committed":
        return ()
    status = "accepted" if all_commit(said.dialogue) else "proposed"
    title = Words(
        "Goals discussed, and the team is committed", "Objectifs discutés, et l’équipe s’est engagée"
    )
    return (_decision(said, title, status, method="facilitator form"),)


def _reservation(said: Said) -> tuple[Draft | Setting, ...]:
    """OBJ11a: the reservation, or the reason for "not yet", as an open point for the lead."""
    if said.value is None:
        return ()
    title = Words("Reservation on the goals: {text}", "Réserve sur les objectifs : {text}")
    draft = Draft(
        kind="issue", item="reservation", title=title.fill(text=in_title(said.value)),
        owner=owner(said.dialogue, "lead"), due=said.due,
        fields={"family": 2, "blocking": False, "detail": said.value, "by": said.dialogue.person},
    )  # fmt: skip
    return (draft,)


def _official(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO01: a decision when the commitment is written, announced or not."""
    if said.value not in ("announced", "written"):
        return ()
    title = Words("The sponsor’s commitment: {state}", "L’engagement du sponsor : {state}")
    return (
        _decision(
            said, title.fill(state=said.label(said.value)), "accepted", decided_by=said.dialogue.person
        ),
    )


def _commitments(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO03: what the sponsor will do in person, followed privately in C03."""
    return tuple(
        Draft(kind="commitment", item=value, title=said.label(value), owner=said.dialogue.person)
        for value in said.value or ()
    )


def _belongs_to(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO05, put to sponsor and lead: when they differ the lower score counts and an issue opens for
    the arbiter; when one only has answered, that answer stands (3.1, 3.4)."""
    given = dict(said.dialogue.facts.get("SPO05", {}))
    scores = {option.value: option.score or 0.0 for option in said.question.options}
    answers = sorted((value for value in given.values() if value in scores), key=lambda v: (scores[v], v))
    if not answers:
        return ()
    lowest = answers[0]
    title = Words("Who the project belongs to: {who}", "À qui appartient le projet : {who}")
    agreed = len(answers) > 1 and len(set(answers)) == 1
    decision = Draft(
        kind="decision", item="SPO05", title=title.fill(who=said.label(lowest)),
        status="accepted" if agreed else "proposed",
        fields={"choice": lowest, "date": said.today.isoformat()},
    )  # fmt: skip
    if len(set(answers)) == 1:
        return (decision,)
    differ = Words(
        "Sponsor and lead do not say the same thing: who does this project belong to?",
        "Sponsor et pilote ne répondent pas la même chose : à qui appartient ce projet ?",
    )
    issue = Draft(
        kind="issue", item="SPO05-differ", title=differ, owner=owner(said.dialogue, "arbiter"), due=said.due,
        fields={"family": 2, "blocking": False},
    )  # fmt: skip
    return (decision, issue)


RECORDINGS: Mapping[str, Recording] = {
    "answer": _nothing,
    "project_name": _project("name"),
    "project_start": _project("start"),
    "project_language": _project("language"),
    "role_lead": _role("lead"),
    "role_sponsor": _role("sponsor"),
    "role_arbiter": _role("arbiter"),
    "role_coach": _role("coach"),
    "team": _team,
    "risks_of_last_time": _risks_of_last_time,
    "who_steers": _who_steers,
    "missing_counterweights": _missing_counterweights,
    "stakeholders": _stakeholders,
    "strategic_goals": _stakes("strategic"),
    "operational_goals": _stakes("operational"),
    "exclusion": _own_words("exclusion"),
    "promise": _own_words("promise", replayed_in="C09"),
    "sponsor_promise": _own_words("promise", printed_in="N15"),
    "constraint": _own_words("constraint", shown_in="W08"),
    "goals_committed": _goals_committed,
    "reservation": _reservation,
    "official_commitment": _official,
    "sponsor_commitments": _commitments,
    "belongs_to": _belongs_to,
}
#: What a recording must find: the kind of its question, and the columns of a table. Those that are
#: not here take any kind. Content that says otherwise is refused when it is loaded.
READS: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "project_name": ("text", ()),
    "project_start": ("date", ()),
    "project_language": ("single", ()),
    "team": ("rows", ("person", "function", "daci", "hours")),
    "risks_of_last_time": ("multi", ()),
    "missing_counterweights": ("multi", ()),
    "stakeholders": ("rows", ("group", "power", "interest", "need", "by")),
    "strategic_goals": ("rows", ("statement", "indicator", "baseline", "target", "due")),
    "operational_goals": ("rows", ("statement", "function", "indicator", "target", "due")),
    "sponsor_commitments": ("multi", ()),
    "belongs_to": ("single", ()),
}
