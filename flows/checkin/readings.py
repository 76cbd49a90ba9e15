"""What named check-ins say (5.1): what follows for the records they are about, and for their people. Pure.

Nobody is judged: what reads low leads to an offer of help, in private.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.dialogue.effects import Draft
from flows.dialogue.model import Value
from flows.register.model import Kept
from flows.words import Words

#: An answer of the lead that asks for help; a share of promises kept below which the sponsor is helped.
LOW, HALF = 2, 50
#: The days that the share of promises kept is counted over.
COUNTED = timedelta(days=28)
WEATHER = ("C04a", "C04b", "C04c")
KEPT = "C03a"
ORGANISATION = 2
#: C09c: the family of each choice, and the share of those who answered, in percent, from which it is named.
FAMILIES = {"tool": 1, "org": 2, "human": 3, "approach": 4}
NAMED_FROM = 30
#: Fields of a supporting project: its owner says that it is stuck, and the open point about it was made.
STUCK_NOW, RAISED = "stuck", "stuck_raised"

STUCK = Words("{what} is stuck: who can free it?", "{what} est bloqué : qui peut le débloquer ?")
HAPPENED = Words(
    "The early sign has appeared: {what}. What do we do?",
    "Le signe avant-coureur est apparu : {what}. Que fait-on ?",
)
REFUTED = Words(
    "What we assumed does not hold: {what}. What changes?",
    "L’hypothèse ne tient pas : {what}. Qu’est-ce que cela change ?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What an answer does to the register: the record's new state, and an open point from it."""

    ref: str
    status: str | None = None  # None: as it is
    issue: Draft | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)  # a value of None empties one


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One check-in of one person, answered."""

    day: date  # the one it was due on
    answers: Mapping[str, Value]
    offered: int = 0  # C03: how many promises it asked about


def follows(
    answers: Mapping[str, Value],
    before: Mapping[str, Value],
    records: Iterable[Kept],
    *,
    arbiter: str | None,
    due: date,
) -> tuple[Follow, ...]:
    """What the answers about records lead to. `before`: the same person's latest earlier answers."""
    known = {one.ref: one for one in records}
    found: list[Follow] = []
    for id, value in answers.items():
        question, _, ref = id.partition("@")
        record = known.get(ref)
        if record is None:
            continue
        match question, value:
            case "C06a", "stuck":
                found += _stuck(record, arbiter, due, again=before.get(id) == "stuck")
            case "C06a", _:
                found += _goes_on(record, done=value == "done")
            case "C07a", "yes":
                owner = record.owner
                found.append(Follow(ref=ref, status="happened", issue=_issue(HAPPENED, record, owner, due)))
            case "C07b", "confirmed":
                found.append(Follow(ref=ref, status="confirmed"))
            case "C07b", "refuted":
                owner = record.owner
                found.append(Follow(ref=ref, status="refuted", issue=_issue(REFUTED, record, owner, due)))
    return tuple(found)


def distances(said: Iterable[Value]) -> tuple[int, ...]:
    """C09c: the families that at least 30 in 100 of those who answered name as what explains the distance
    between hope and result, by number. `said`: each person's latest answer."""
    given = [one for one in said if one]
    return tuple(
        family
        for choice, family in FAMILIES.items()
        if given and 100 * sum(choice in one for one in given) >= NAMED_FROM * len(given)
    )


def rough_weather(now: Mapping[str, Value], before: Mapping[str, Value]) -> bool:
    """C04: some item at 2 or less, two weeks running."""
    return _low(now) and _low(before)


def kept_share(answered: Sequence[Answered], today: date) -> int | None:
    """SEI: of the promises asked about in the last 28 days, how many in a hundred were kept; None when none
    was asked about."""
    lately = [one for one in answered if today - COUNTED < one.day <= today]
    offered = sum(one.offered for one in lately)
    if not offered:
        return None
    kept = sum(len(one.answers.get(KEPT) or ()) for one in lately)
    return round(100 * kept / offered)


def promises_slip(answered: Sequence[Answered]) -> bool:
    """Below half twice in a row, each time as counted on its own day. `answered`: oldest first."""
    shares = [kept_share(answered, one.day) for one in answered[-2:]]
    return len(shares) == 2 and all(share is not None and share < HALF for share in shares)


def _stuck(record: Kept, arbiter: str | None, due: date, *, again: bool) -> Iterable[Follow]:
    """C06: what holds up a lot stands in the sponsor's digest at once, anything else once it is stuck twice
    running. The second time it is an open point for the arbiter, made once for as long as it lasts."""
    fields: dict[str, Value] = {STUCK_NOW: True} if again or record.fields.get("blocks") else {}
    raise_it = again and not record.fields.get(RAISED)
    issue = _issue(STUCK, record, arbiter, due) if raise_it else None
    fields |= {RAISED: True} if raise_it else {}
    return [Follow(ref=record.ref, issue=issue, fields=fields)] if fields else []


def _goes_on(record: Kept, *, done: bool) -> Iterable[Follow]:
    """C06: it moves again, or is done: it holds nothing up any more."""
    fields: dict[str, Value] = {name: None for name in (STUCK_NOW, RAISED) if record.fields.get(name)}
    status = "done" if done else None
    return [Follow(ref=record.ref, status=status, fields=fields)] if fields or status else []


def _low(answers: Mapping[str, Value]) -> bool:
    return any(isinstance(value := answers.get(id), int) and value <= LOW for id in WEATHER)


def _issue(title: Words, record: Kept, owner: str | None, due: date) -> Draft:
    named = Words("{ref} {title}", "{ref} {title}").fill(ref=record.ref, title=record.title)
    return Draft(
        kind="issue",
        item=f"{record.ref}.{due.isoformat()}",
        title=title.fill(what=named),
        owner=owner,
        due=due,
        fields={"family": record.fields.get("family") or ORGANISATION, "about": record.ref},
    )
