"""How the group is doing (SD05), of one kind of anonymous check-in, in the coarsest words there are (5.3).

No figure, no number of answers: the first step to act on, the band of the worries, and which way it went.
Reads what closed waves have kept; never a ballot.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flows.diagnosis.figures import exact
from flows.digest.facts import Group, Kind, Weight
from flows.wave import reading, shown
from flows.wave.model import Kept, ScaleKept, Sum
from flows.words import Words

FULL = 100
#: From which lightness of worries (100 - BPI) on; the bands of 3.3.
BANDS: tuple[tuple[int, Weight], ...] = ((70, "solid"), (50, "fragile"), (35, "weak"), (0, "critical"))


def unread(kind: Kind, *, until: date | None) -> Group:
    """The latest of its kind cannot be read: it is open `until` a day, or it closed too thin."""
    return Group(kind=kind, asked="few" if until is None else "open", until=until)


def steps(
    kept: Mapping[str, Kept],
    before: Mapping[str, Kept],
    order: Sequence[tuple[str, str]],
    words: Mapping[str, Words],
) -> Group:
    """Of the pulse (C01): the first step, in `order`, to act on. `words`: of the steps by item."""
    found = reading.barrier(order, kept)
    if found is None:
        return Group(kind="steps", asked="read" if _scales(kept) else "few")
    item = next(id for id, step in order if step == found)
    now, then = kept[item], before.get(item)
    went = None
    if isinstance(now, ScaleKept) and isinstance(then, ScaleKept):
        went = shown.moved(Sum(then.n, then.total), Sum(now.n, now.total))
    return Group(kind="steps", asked="read", step=words[item], went=went)


def worries(what: str, kept: Mapping[str, Kept], was: str, before: Mapping[str, Kept]) -> Group:
    """Of the worries (C02, and D07 before it): how much they weigh. `was`: what the one before was."""
    now = reading.index(what, kept)
    if now is None:
        return Group(kind="worries", asked="few")
    then = reading.index(was, before)
    went = shown.index_moved(then.value, now.value) if then else None
    light = exact(FULL - now.value)
    weight = next(band for least, band in BANDS if light >= least)
    return Group(kind="worries", asked="read", weight=weight, went=went)


def _scales(kept: Mapping[str, Kept]) -> Iterable[Kept]:
    return [one for one in kept.values() if isinstance(one, ScaleKept)]
