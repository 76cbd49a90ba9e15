"""Detectors of where the project is going: goals, steering, the note (6.1)."""

from collections.abc import Iterator

from flows.wins.facts import Facts
from flows.wins.model import PROJECT, Found
from flows.wins.naming import called, folded

READ_ALIKE = 80  # percent: the note is read as one text (RTE12)
SOON = 5  # working days (4.1)


def first_goal(facts: Facts) -> Iterator[Found]:
    """WN01: a strategic goal with an indicator and a target."""
    if any(goal.indicator and goal.target for goal in facts.goals):
        yield Found(detector="WN01", key=PROJECT)


def had_their_say(facts: Facts) -> Iterator[Found]:
    """WN02: every expected answer is in; an anonymous wave has closed with enough."""
    for one in facts.rounds:
        if one.complete:
            yield Found(detector="WN02", key=one.id, values={"dialogue": one.title}, anonymous=one.anonymous)


def committed(facts: Facts) -> Iterator[Found]:
    """WN03: OBJ09 is committed."""
    if facts.committed:
        yield Found(detector="WN03", key=PROJECT)


def counterweights(facts: Facts) -> Iterator[Found]:
    """WN04: every counterweight of SET09 is in place."""
    if facts.counterweights:
        yield Found(detector="WN04", key=PROJECT)


def roles(facts: Facts) -> Iterator[Found]:
    """WN05: who steers and who settles is carried in W01."""
    if facts.roles_carried:
        yield Found(detector="WN05", key=PROJECT)


def settled(facts: Facts) -> Iterator[Found]:
    """WN12: decided within five working days of being put to the arbiter."""
    for one in facts.settled:
        if one.days <= SOON:
            yield Found(
                detector="WN12", key=one.decision, same=(folded(one.title),),
                values={"DEC": called(one.decision, one.title)}, ref=one.decision,
            )  # fmt: skip


def chosen(facts: Facts) -> Iterator[Found]:
    """WN13: a contested pair is decided."""
    for one in facts.pairs:
        yield Found(
            detector="WN13", key=one.ref, same=(folded(one.title),),
            values={"TRD": called(one.ref, one.title)}, ref=one.ref,
        )  # fmt: skip


def weak_point(facts: Facts) -> Iterator[Found]:
    """WN23: a rule that was high or blocking no longer fires."""
    for one in facts.closed_rules:
        key = f"{one.rule}:{one.on.isoformat()}"
        yield Found(detector="WN23", key=key, values={"rule_short": one.short})


def signed(facts: Facts) -> Iterator[Found]:
    """WN27: the sponsor has signed the note (RTE13)."""
    if facts.note is not None and facts.note.signed:
        yield Found(detector="WN27", key=f"v{facts.note.version}")


def read_alike(facts: Facts) -> Iterator[Found]:
    """WN28: those who read the note read the same in it (RTE12)."""
    note = facts.note
    if note is not None and note.alignment is not None and note.alignment >= READ_ALIKE:
        yield Found(detector="WN28", key=f"v{note.version}")


def commitments(facts: Facts) -> Iterator[Found]:
    """WN34: the sponsor has kept all commitments due in a month (C03); told to the sponsor alone."""
    for month in facts.kept_months:
        yield Found(detector="WN34", key=month)
