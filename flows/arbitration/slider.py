"""A slider of D13 on which people are split: how many stand where, and who is asked for each side's words.

Names nobody to anybody: figures by point, and for each side one person who may say no.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flows.words import Words

POINTS = ("1", "2", "3", "4", "5")
#: The points of each side, the furthest first.
FIRST, MIDDLE, SECOND = ("1", "2"), "3", ("5", "4")
#: A point of a side in words: the furthest, then the nearer one.
CLEARLY = Words("{pole} (clearly)", "{pole} (nettement)")
RATHER = Words("{pole} (rather)", "{pole} (plutôt)")


def points(poles: tuple[Words, Words], half: Words) -> dict[str, Words]:
    """The five points, each naming what it wants: what is decided must be read without the slider."""
    first, second = ([words.fill(pole=pole) for words in (CLEARLY, RATHER)] for pole in poles)
    return dict(zip(POINTS, (*first, half, *second[::-1]), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How many have chosen each point. `own`: the point of whoever reads; "": they have chosen none."""

    counts: Mapping[str, int]
    own: str = ""

    @property
    def total(self) -> int:
        """How many have answered."""
        return sum(self.counts.values())


def stand(answers: Mapping[str, object], reader: str = "") -> Stand | None:
    """Where people stand, by user and point from 1 to 5; None when nobody has answered."""
    chosen = {user: str(point) for user, point in answers.items() if str(point) in POINTS}
    if not chosen:
        return None
    counts = {point: sum(one == point for one in chosen.values()) for point in POINTS}
    return Stand(counts=counts, own=chosen.get(reader, ""))


def speakers(pair: str, answers: Mapping[str, object], *, apart: Collection[str] = ()) -> tuple[str, ...]:
    """One person for each side, of those who chose its furthest point; so that each side has one voice,
    however many share it. Among several it is another one from slider to slider. `apart`: who gives no
    position, and who is to settle it."""
    found = (_one(pair, answers, side, apart) for side in (FIRST, SECOND))
    return tuple(user for user in found if user)


def _one(pair: str, answers: Mapping[str, object], side: tuple[str, str], apart: Collection[str]) -> str:
    for point in side:
        there = sorted(user for user, said in answers.items() if str(said) == point and user not in apart)
        if there:
            return there[int(pair[-1]) % len(there)]
    return ""
