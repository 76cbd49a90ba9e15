"""The one clock of the process, and the heartbeat that starts whatever is due."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The time in UTC, always aware. Passed in wherever time matters, so that it can be replaced."""

    shift = timedelta()  # ahead of the real time; only a demo is

    def now(self) -> datetime:
        """The current moment, in UTC."""
        return datetime.now(UTC)


class DemoClock(Clock):
    """A clock the sandbox page can move forward. Never moves back: what has happened has happened."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        """The current moment of the demo, in UTC."""
        return datetime.now(UTC) + self.shift

    def advance(self, by: timedelta) -> None:
        """Move forward by `by`. Raises `ValueError` for a negative amount."""
        if by < timedelta():
            raise ValueError("the demo clock does not move back")
        self.shift += by
