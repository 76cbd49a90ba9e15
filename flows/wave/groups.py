"""Which parts of a group may have figures of their own: nobody is found by subtraction (5.3 rule 2)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from flows.wave.model import Sum


def followed(parts: Iterable[str | None], enough: int) -> tuple[str, ...]:
    """The parts for which tallies are kept apart while a wave is open, from the part of each person
    invited (None: unknown): the part and all the others together have enough people invited."""
    parts = list(parts)
    sizes = Counter(part for part in parts if part)
    return tuple(sorted(part for part, n in sizes.items() if n >= enough and len(parts) - n >= enough))


def given(whole: int, parts: Mapping[str, Sum], enough: int) -> dict[str, Sum]:
    """The parts whose figures are kept, of a question with `whole` answers: the part and its
    complement have enough answers, and those left over by all kept parts together are nobody, or
    enough. Otherwise the smallest part is given up, again and again; of two as small, the first by
    name."""
    kept = {part: s for part, s in sorted(parts.items()) if s.n >= enough and whole - s.n >= enough}
    while kept and 0 < whole - sum(s.n for s in kept.values()) < enough:
        del kept[min(kept, key=lambda part: kept[part].n)]
    return kept
