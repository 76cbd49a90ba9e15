"""The records that several scripts make alike: a decision that was carried, an open point, an action."""

from collections.abc import Iterable, Mapping

from flows.cadence import add_working_days
from flows.dialogue.effects import Draft, Record
from flows.dialogue.model import Value
from flows.project import Role
from flows.register.said import TIME_TO_SETTLE, in_title
from flows.words import Words
from flows.workshop.ballot import Result
from flows.workshop.outcomes_model import Bring, Held, Outcome, Settle

#: What a decision of a workshop is kept under within its step.
DECISION, REPLAY = "decision", "replay"
#: Before anybody has looked at a risk (PRO02, VEN06).
UNKNOWN = 3
SOLUTION, ORGANISATION, PEOPLE, APPROACH = 1, 2, 3, 4

CARRIED = Words("The group carries it: {result}", "Le groupe le porte : {result}")
TO_VOTE = Words("To be voted on again, with quorum: {title}", "À revoter avec le quorum : {title}")
REPLAYED = Words("Voted on again in {place}", "Revoté dans {place}")


def record(held: Held, step: int | str, drafts: Iterable[Draft]) -> Record:
    """These drafts, and no others, come from this step."""
    return Record(source=held.source(step), drafts=tuple(drafts))


def said(held: Held, step: int | str, /, **fields: Value) -> dict[str, Value]:
    """Fields with where they come from; empty ones left out."""
    known = {key: value for key, value in fields.items() if value not in (None, "", (), [], {})}
    return {**known, "workshop": held.place(step)}


def decision(held: Held, step: int, title: Words, /, **fields: Value) -> Draft:
    """A decision that a vote has carried: how it was taken, how votes were spread, what those said who could
    not follow, unsigned; the text as it was amended, where it took a second vote (0.7, 4.1)."""
    found = held.decided(step)
    figures = {} if found is None else {"distribution": distribution(found), "minority": against(found)}
    if changed := _amended(held, step):
        fields = {**fields, "choice": "\n\n".join(filter(None, (str(fields.get("choice") or ""), changed)))}
    return Draft(
        kind="decision", item=DECISION, title=title, status="accepted",
        fields=said(
            held, step, date=held.today.isoformat(), method="vote", authority="team", **figures, **fields,
        ),
    )  # fmt: skip


def issue(  # noqa: PLR0913 - an open point, and all it is kept with
    held: Held,
    step: int | str,
    item: str,
    title: Words,
    /,
    *,
    role: Role,
    family: int,
    days: int = TIME_TO_SETTLE,
    **fields: Value,
) -> Draft:
    """An open point for the holder of `role`, due in `days` working days."""
    return Draft(
        kind="issue", item=item, title=title, owner=held.holder(role), due=add_working_days(held.today, days),
        fields={"family": family, "blocking": False, **said(held, step, **fields)},
    )  # fmt: skip


def action(held: Held, step: int, item: str, title: Words, /, *, owner: str, **fields: Value) -> Draft:
    """Something somebody does, within ten working days unless it is changed."""
    due = add_working_days(held.today, TIME_TO_SETTLE)
    return Draft(
        kind="action", item=item, title=title, owner=owner, due=due, fields=said(held, step, **fields)
    )


def risk(held: Held, step: int, item: str, text: str, /, *, family: int, **fields: Value) -> Draft:
    """A risk nobody has rated yet: proposed. `fields` may hold `owner`."""
    owner = fields.pop("owner", None)
    figures = {"family": family, "likelihood": UNKNOWN, "impact": UNKNOWN, "score": UNKNOWN * UNKNOWN}
    return Draft(
        kind="risk", item=item, title=in_title(text), owner=owner, status="proposed",
        fields={**figures, **said(held, step, cause=text, **fields)},
    )  # fmt: skip


def voted(held: Held, step: int, title: Words, /, **fields: Value) -> tuple[Outcome, ...]:
    """What a support vote leads to (4.1): carried, a decision; without quorum, a point to vote on again,
    beside what was decided before; not carried twice, the arbiter with both positions. Nothing while a second
    vote is to come."""
    last, found = held.last(step), held.counted(step)
    drafts = [decision(held, step, title, **fields)] if held.decided(step) is not None else []
    if last is not None and last.indicative and last.verdict != "empty":
        return (record(held, step, (*drafts, replay(held, step, title))),)
    if found is None or found is not last:
        return (record(held, step, drafts),)
    if found.verdict == "failed":
        return (record(held, step, ()), bring(held, step, title))
    return (record(held, step, drafts), *(replayed(held, step) if drafts else ()))


def _amended(held: Held, step: int) -> str:
    """The text that a second vote carried, where it is another one than at the first vote."""
    found = held.decided(step)
    if found is None or found.attempt == 1 or not found.lines:
        return ""
    first = [
        one for one in held.results if one.step == step and one.attempt == 1 and one.number < found.number
    ]
    carried = found.lines[0].item.words
    asked = [line.item.words for one in first[-1:] for line in one.lines]
    return "" if carried in asked else carried.in_(held.language)


def replay(held: Held, step: int, title: Words, /) -> Draft:
    """A vote without quorum is to be held again: an open point of whoever facilitates."""
    again = TO_VOTE.fill(title=title)
    return issue(held, step, REPLAY, again, role="facilitator", family=APPROACH, replay=held.place(step))


def replayed(held: Held, step: int) -> tuple[Settle, ...]:
    """What waited for this vote to be replayed waits no longer."""
    place = held.place(step)
    return tuple(
        Settle(ref=one.ref, move="resolve", status="resolved", reason=REPLAYED.fill(place=place))
        for one in held.register.values()
        if one.kind == "issue" and one.fields.get("replay") == place and one.dialogue != held.workshop.id
    )


def bring(held: Held, step: int, title: Words, *, subject: str = "") -> Bring:
    """A point that was not carried twice. The texts of those who could not follow are unsigned but where
    their author has signed."""
    found, texts = held.last(step), held.on_table("to_three", step=step)
    reasons = against(found).splitlines() if found is not None else []
    return Bring(
        item=held.place(step), title=title, subject=subject, proposal=_asked(found),
        against=tuple(sorted({*(one.text for one in texts if not one.signed), *reasons})),
        signed={one.author: one.text for one in texts if one.signed and one.author},
        counts=distribution(found) if found is not None else {},
    )  # fmt: skip


def _asked(found: Result | None) -> Words:
    return found.lines[0].item.words if found is not None and found.lines else Words("", "")


def distribution(found: Result) -> dict[str, int]:
    """How votes were spread over the points of the first line, without names."""
    return dict(found.lines[0].counts) if found.lines else {}


def against(found: Result) -> str:
    """What was said by those who could not follow: their own words, in an order that says nothing."""
    return "\n".join(text for line in found.lines for text in line.against)


def numbered(fields: Mapping[str, Value], key: str, default: int) -> int:
    """A point from 1 to 5 in a line that was filled together."""
    found = str(fields.get(key) or "")
    return int(found) if found in {"1", "2", "3", "4", "5"} else default
