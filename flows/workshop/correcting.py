"""Until when, and by whom, what has come of a workshop is corrected (4.1: anyone, on the spot)."""

from datetime import datetime, time, timedelta

from flows import cadence
from flows.workshop.hours import Calendar
from flows.workshop.model import Workshop

LIVE = timedelta(minutes=30)
EVENING = time(18)


def until(workshop: Workshop, calendar: Calendar) -> datetime | None:
    """The moment (UTC) at which corrections close: half an hour after the end, in the channel the next
    working day at six in the evening. None: it has not ended."""
    if workshop.ended_at is None:
        return None
    if workshop.mode == "live":
        return workshop.ended_at + LIVE
    day = workshop.ended_at.astimezone(calendar.zone).date() + timedelta(days=1)
    while not calendar.works(day):
        day += timedelta(days=1)
    return cadence.at(day, EVENING, calendar.zone)


def may_correct(workshop: Workshop, user: str, at: datetime, calendar: Calendar) -> bool:
    """Whoever takes part, or facilitates, while it runs and until corrections close; never guests."""
    one, closes = workshop.person(user), until(workshop, calendar)
    if user != workshop.facilitator and (one is None or one.guest):
        return False
    return workshop.running or (workshop.state == "ended" and closes is not None and at < closes)
