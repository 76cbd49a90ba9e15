"""How many gestures one person makes in ten seconds: a bucket each, refilled evenly (T21).

Somebody, or a script in their name, who presses without pause takes no turn away from the others.
Knows nothing of what a gesture does, and forgets people who have been quiet.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

SPAN = 10.0  # seconds in which a whole bucket is refilled
KEPT = 10_000  # people remembered at most; the quietest is forgotten first


class Pace:
    """At most `most` gestures at once and in ten seconds, for each person; 0: no limit."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()  # gestures, when

    def takes(self, workspace: str, user: str) -> bool:
        """Whether one more gesture of this person is taken now."""
        if not self._most:
            return True
        now = self._clock()
        left, at = self._left.pop((workspace, user), (float(self._most), now))
        left = min(self._most, left + (now - at) * self._most / SPAN)
        taken = left >= 1
        self._left[workspace, user] = (left - taken, now)
        if len(self._left) > KEPT:
            self._left.popitem(last=False)
        return taken
