"""When somebody else may take over a workshop: its desk has stood idle, or whoever facilitates has gone.

Who that somebody may be is decided elsewhere (roles of the project); handing over needs no waiting.
"""

from datetime import datetime, timedelta

from flows.workshop.hours import Calendar
from flows.workshop.model import Workshop

LIVE = timedelta(minutes=10)
CHANNEL = timedelta(hours=8)  # one working day


def takes_over_from(workshop: Workshop, calendar: Calendar) -> datetime | None:
    """The moment (UTC) from which the desk may be taken over, if nothing happens at it before; None: at
    once, because it has not begun, or nobody is there."""
    touched = [
        deed.at for deed in workshop.trail
        if deed.by == workshop.facilitator or (deed.what == "handed_over" and deed.to == workshop.facilitator)
    ]  # fmt: skip
    if not workshop.running or vacant(workshop) or not touched:
        return None
    return max(touched) + LIVE if workshop.mode == "live" else calendar.after(max(touched), CHANNEL)


def vacant(workshop: Workshop) -> bool:
    """Whoever facilitates has left, and has done nothing since."""
    found = [
        deed.what for deed in workshop.trail
        if deed.by == workshop.facilitator or deed.what in ("vacant", "handed_over")
    ]  # fmt: skip
    return bool(found) and found[-1] == "vacant"


def has_facilitated(workshop: Workshop, user: str) -> bool:
    """Whether this person has steered it before: they may take it back at any time."""
    return user == workshop.planned_by or any(deed.by == user for deed in workshop.trail)
