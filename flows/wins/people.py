"""Detectors of how people make the project their own: initiatives, what they asked for, the charter (6.1)."""

from collections.abc import Iterator

from flows.wins.facts import Facts
from flows.wins.model import DEPARTMENTS_INSIDE, PROJECT, Found
from flows.wins.naming import called
from flows.words import Words

ENDS = " .!?…"


def dared(facts: Facts) -> Iterator[Found]:
    """WN24: the first initiative of a department, or one that has been tried. One win an initiative."""
    for one in facts.tries:
        if one.first or one.tried:
            yield Found(
                detector="WN24", key=one.ref, ref=one.ref,
                functions=(one.function,) if one.function else (),
                values={"by": one.by, "statement": one.statement.rstrip(ENDS)},
            )  # fmt: skip


def travels(facts: Facts) -> Iterator[Found]:
    """WN25: an initiative is taken up by another department."""
    for one in facts.tries:
        for function in one.taken_up:
            if function == one.function:
                continue
            name = DEPARTMENTS_INSIDE.get(function, DEPARTMENTS_INSIDE["other"])
            idea = called(one.ref, Words.same(one.statement))
            yield Found(
                detector="WN25", key=f"{one.ref}:{function}", functions=(function,), ref=one.ref,
                values={"function": name, "INI": idea},
            )  # fmt: skip


def said_and_done(facts: Facts) -> Iterator[Found]:
    """WN26: something people asked for is done."""
    for one in facts.answered:
        yield Found(detector="WN26", key=one.key, values={"title": one.title})


def charter(facts: Facts) -> Iterator[Found]:
    """WN29: the data-use charter is signed (CHG05)."""
    if facts.charter:
        yield Found(detector="WN29", key=PROJECT)


def climbed(facts: Facts) -> Iterator[Found]:
    """WN30: the barrier of the five-step pulse is a later one, or gone (C01, five answers in both waves)."""
    for wave in facts.climbs:
        yield Found(detector="WN30", key=wave)
