"""Detectors of how people work, and what is settled on the way: gaps, supporting projects, issues (6.1)."""

from collections.abc import Iterator

from flows.project import FRONT_OFFICE
from flows.wins.facts import Facts
from flows.wins.model import DEPARTMENTS, PROJECT, Found
from flows.wins.naming import called, folded

STEPS = 3  # confronted by each department of the front office
LONG_OPEN = 14  # days
REALISTIC = 60  # percent of the effort in Must
ABOVE = "WN14:above"  # noted when the share is above that
OTHER = "other"


def side_by_side(facts: Facts) -> Iterator[Found]:
    """WN06: the first gap of a department that is agreed in W03 and has an owner."""
    for gap in facts.gaps:
        if gap.agreed and gap.owned:
            yield Found(
                detector="WN06", key=gap.function, functions=(gap.function,), ref=gap.ref,
                values={"function": DEPARTMENTS.get(gap.function, DEPARTMENTS[OTHER])},
            )  # fmt: skip


def whole_path(facts: Facts) -> Iterator[Found]:
    """WN07: marketing, sales and service have each confronted three steps."""
    if all(facts.confronted.get(function, 0) >= STEPS for function in FRONT_OFFICE):
        yield Found(detector="WN07", key=PROJECT, functions=FRONT_OFFICE)


def taken_in_hand(facts: Facts) -> Iterator[Found]:
    """WN08: a supporting project has an owner and a date."""
    for one in facts.supporting:
        if one.owned and one.dated:
            yield Found(
                detector="WN08", key=one.ref, same=(folded(one.title),),
                values={"SID": called(one.ref, one.title)}, ref=one.ref,
            )  # fmt: skip


def all_decided(facts: Facts) -> Iterator[Found]:
    """WN09: ANX01 to ANX06 are decided."""
    if facts.supporting_decided:
        yield Found(detector="WN09", key=PROJECT)


def long_open(facts: Facts) -> Iterator[Found]:
    """WN10: an issue that was open for two weeks or more is resolved."""
    for one in facts.issues:
        days = (one.settled - one.opened).days if one.settled else 0
        if days >= LONG_OPEN:
            yield Found(
                detector="WN10", key=one.ref, same=(folded(one.title),), ref=one.ref,
                values={"days": days, "ISS": called(one.ref, one.title)},
            )  # fmt: skip


def nothing_overdue(facts: Facts) -> Iterator[Found]:
    """WN11: none is overdue, after one that was has been resolved this week. Reaching that, not how many."""
    week = facts.today.isocalendar()[:2]
    if any(one.live and one.due is not None and one.due < facts.today for one in facts.issues):
        return
    for one in facts.issues:
        late = one.settled is not None and one.due is not None and one.due < one.settled
        if late and one.settled is not None and one.settled.isocalendar()[:2] == week:
            yield Found(detector="WN11", key=f"{week[0]}-W{week[1]:02}")


def realistic(facts: Facts) -> Iterator[Found]:
    """WN14: the share of must-haves was above sixty, and is not any more."""
    if facts.must_share is not None and facts.must_share <= REALISTIC and ABOVE in facts.noted:
        yield Found(detector="WN14", key=PROJECT)


def let_go(facts: Facts) -> Iterator[Found]:
    """WN15: a need is out of Must, and it is the department that asked for it that moved it."""
    for one in facts.let_go:
        yield Found(
            detector="WN15", key=one.ref, functions=(one.function,), ref=one.ref,
            values={"function": DEPARTMENTS.get(one.function, DEPARTMENTS[OTHER])},
        )  # fmt: skip


def said_honestly(facts: Facts) -> Iterator[Found]:
    """WN33: a resolved issue is opened again by its owner, who says why."""
    for one in facts.issues:
        if one.reopened:
            yield Found(detector="WN33", key=one.ref, values={"ISS": called(one.ref, one.title)}, ref=one.ref)
