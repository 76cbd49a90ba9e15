"""Which wins may be said in a channel now (6.3): two a day, six a week, the same detector twice a week, none
on a day on which a blocking setback was announced. Knows no clock and no channel.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flows.wins.model import Win

A_DAY, A_WEEK, ALIKE = 2, 6, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A win that the channel has been told, and on which day there."""

    type: str
    on: date


def leave(waiting: Iterable[Win], posts: Sequence[Post], today: date, *, setback: bool) -> tuple[int, ...]:
    """Numbers of the wins that are posted now, in this order: what people tell goes before what the bot
    has noticed, and the older before the newer. The rest waits, and is said in the round-up."""
    if setback:
        return ()
    week = today.isocalendar()[:2]
    of_week = [post for post in posts if post.on.isocalendar()[:2] == week]
    room = min(A_DAY - sum(post.on == today for post in posts), A_WEEK - len(of_week))
    alike = Counter(post.type for post in of_week)
    chosen: list[int] = []
    for win in sorted(waiting, key=lambda one: (not one.manual, one.number)):
        if len(chosen) < room and (win.manual or alike[win.type] < ALIKE):
            chosen.append(win.number)
            alike[win.type] += 1
    return tuple(chosen)
