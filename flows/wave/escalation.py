"""When something weighs on a whole group, two waves running (5.4): the coach then has slots for everybody.

Reads what closed waves have kept, never a ballot, and says a theme: no figure, and nobody.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from flows.diagnosis.figures import exact
from flows.wave import reading
from flows.wave.model import Kept, ScaleKept

Theme = Literal["desire", "ability", "worries", "trust"]
#: The check-ins that are looked at, and those that follow one another: the worries were asked first with D07.
FOLLOWS: Mapping[str, tuple[str, ...]] = {"C01": ("C01",), "C02": ("C02", "D07"), "D07": ("C02", "D07")}
#: Steps of the pulse that weigh; an index of worries from here on; a mean of B07 below here.
STEPS: tuple[Theme, ...] = ("desire", "ability")
HEAVY, TRUST, LOW = 60, "B07", 3


def weighs(what: str, kept: Mapping[str, Kept], steps: Sequence[tuple[str, str]]) -> tuple[Theme, ...]:
    """What weighs on the group in one wave; () when nothing does. `steps`: of the pulse, item and step."""
    barrier = reading.barrier(steps, kept)
    found: list[Theme] = [step for step in STEPS if step == barrier]
    index = reading.index(what, kept)
    if index is not None and what in FOLLOWS and exact(index.value) >= HEAVY:
        found.append("worries")
    trust = kept.get(TRUST)
    if isinstance(trust, ScaleKept) and trust.total < LOW * trust.n:
        found.append("trust")
    return tuple(found)


def theme(now: Sequence[Theme], before: Sequence[Theme]) -> Theme | None:
    """What to say of two waves that follow one another: what weighs in both, else in the later one; None
    unless something weighs in each."""
    if not now or not before:
        return None
    return next((one for one in now if one in before), now[0])
