"""Detectors of the plan and of discovery: risks, lots, tasks, assumptions, vendors (6.1)."""

from collections.abc import Iterator

from flows.register.life import STATES
from flows.wins.facts import Facts
from flows.wins.model import PROJECT, Found
from flows.wins.naming import called, folded

CAUSES = 8  # of failing, found in the premortem
HIGH = 10  # score of a risk
LOTS = 2


def was_high(ref: str) -> str:
    """What is noted of a risk while its score is high."""
    return f"WN17:{ref}"


def on_paper(facts: Facts) -> Iterator[Found]:
    """WN16: the premortem has closed with eight causes or more."""
    if facts.causes is not None and facts.causes >= CAUSES:
        yield Found(detector="WN16", key=PROJECT, values={"n": facts.causes})


def smaller(facts: Facts) -> Iterator[Found]:
    """WN17: a risk that was high is not any more, and its response is done."""
    for one in facts.risks:
        if one.score < HIGH and one.answered and was_high(one.ref) in facts.noted:
            yield Found(
                detector="WN17", key=one.ref, same=(folded(one.title),),
                values={"RSK": called(one.ref, one.title)}, ref=one.ref,
            )  # fmt: skip


def pace(facts: Facts) -> Iterator[Found]:
    """WN18: the critical path is known, and each of its tasks has an owner."""
    if facts.path_owned:
        yield Found(detector="WN18", key=PROJECT)


def in_steps(facts: Facts) -> Iterator[Found]:
    """WN19: two lots or more, and each says when it is done."""
    if len(facts.lots) >= LOTS and all(lot.exit for lot in facts.lots):
        yield Found(detector="WN19", key=PROJECT)


def tested(facts: Facts) -> Iterator[Found]:
    """WN20: an assumption is tested, whichever way it came out."""
    for one in facts.assumptions:
        if one.status in ("confirmed", "refuted"):
            yield Found(
                detector="WN20", key=one.ref, same=(folded(one.title),), ref=one.ref,
                values={"ASM": called(one.ref, one.title), "status": STATES[one.status]},
            )  # fmt: skip


def at_the_table(facts: Facts) -> Iterator[Found]:
    """WN21: a session with a vendor with the whole front office."""
    for one in facts.sessions:
        if one.whole_front:
            yield Found(detector="WN21", key=one.ref, ref=one.ref)


def changed_by_it(facts: Facts) -> Iterator[Found]:
    """WN22: a need or a lot is changed because of what was seen (VEN05)."""
    for one in facts.sessions:
        if one.changed:
            yield Found(detector="WN22", key=one.ref, ref=one.ref)


def trained(facts: Facts) -> Iterator[Found]:
    """WN31: every group of the next lot has a training date (CHG01)."""
    for lot in facts.lots:
        if lot.trained:
            yield Found(detector="WN31", key=lot.ref, values={"LOT": called(lot.ref, lot.title)}, ref=lot.ref)


def done(facts: Facts) -> Iterator[Found]:
    """WN32: a user has confirmed the exit condition of a lot."""
    for lot in facts.lots:
        if lot.confirmed:
            yield Found(detector="WN32", key=lot.ref, values={"LOT": called(lot.ref, lot.title)}, ref=lot.ref)
