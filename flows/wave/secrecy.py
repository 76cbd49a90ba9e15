"""Which waves show no mean, so that no few people are found by taking waves from each other (5.3 rule 4).

Rule 4 asks it of two waves that follow each other. But whoever joins one week is there the week after too,
and nobody joins or leaves between these two: so each wave is held against all that were shown in half a
year before it. Where everybody has always been in the same figures as four others at least, no sum or
difference of figures is about fewer than five.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.wave import shown
from flows.wave.model import ENOUGH, Item

#: For how long waves are held against each other.
REMEMBERED = timedelta(weeks=26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One closed wave with enough answers, as others are held against it. Holds no answer."""

    opened_on: date
    items: tuple[Item, ...]
    invited: Mapping[str, str]  # Slack user -> the part with figures of its own they are in, or ""

    @property
    def asked(self) -> frozenset[str]:
        """The questions, and those that they ask again."""
        return frozenset(id for item in self.items for id in (item.id, item.same) if id)


def banded(waves: Sequence[Held]) -> tuple[bool, ...]:
    """For each of these waves of a project, oldest first: whether it shows no mean, index or count, only
    bands and which way it went. Those that asked something else have no say."""
    found: list[bool] = []
    for now in waves:
        alike = [(one, bands) for one, bands in zip(waves, found, strict=False) if now.asked & one.asked]
        since = now.opened_on - REMEMBERED
        figures = [one for one, bands in alike if not bands and one.opened_on >= since]
        joined = bool(alike) and shown.only_bands(alike[-1][0].invited, now.invited)
        found.append(joined or finds_few([*figures, now]))
    return tuple(found)


def finds_few(waves: Sequence[Held]) -> bool:
    """Whether figures of these waves tell fewer than five people from all others."""
    people = {user for one in waves for user in one.invited}
    together = Counter(tuple(one.invited.get(user) for one in waves) for user in people)
    return any(n < ENOUGH for n in together.values())
