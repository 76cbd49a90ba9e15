"""How long a phase of a step lasts, in both modes (4.1), and what is left of it over a pause."""

from datetime import datetime, timedelta

from flows.workshop.hours import Calendar
from flows.workshop.model import Mode, Phase, Workshop
from flows.workshop.script import Step

SHOWN = 4  # working hours for which a result stands, where a workshop in the channel waits on one


def due(step: Step, phase: Phase, mode: Mode, at: datetime, calendar: Calendar) -> datetime | None:
    """When this phase ends, begun now (UTC); None: whoever facilitates ends it.

    Live a step has its minutes, and a second vote the same again; nothing runs out while a result is read.
    In the channel what is put in first (dots) has half the hours for that and half for voting; every
    other ballot opens at once. A step of 0 hours is a meeting in both modes.
    """
    if mode == "live":
        return at + timedelta(minutes=step.minutes) if phase in ("preparing", "open") else None
    hours = SHOWN if phase == "shown" else step.hours
    if step.gathers and phase in ("preparing", "open", "between"):
        return calendar.after(at, timedelta(hours=hours) / 2) if hours else None
    return calendar.after(at, timedelta(hours=hours)) if hours else None


def left(workshop: Workshop, at: datetime, calendar: Calendar) -> int:
    """Seconds to go, of working time in the channel; 0: the clock has no part in this phase."""
    if workshop.due is None:
        return 0
    live = workshop.mode == "live"
    time = workshop.due - at if live else calendar.between(at, workshop.due)
    return max(int(time.total_seconds()), 1)


def resumed(workshop: Workshop, at: datetime, calendar: Calendar) -> datetime | None:
    """The end of this phase once it goes on."""
    return longer(workshop.mode, at, timedelta(seconds=workshop.left), calendar) if workshop.left else None


def extended(workshop: Workshop, at: datetime, amount: int, calendar: Calendar) -> datetime:
    """The end of this phase with so many minutes (live) or working hours (in the channel) more."""
    live = workshop.mode == "live"
    more = timedelta(minutes=amount) if live else timedelta(hours=amount)
    return longer(workshop.mode, max(workshop.due or at, at), more, calendar)


def longer(mode: Mode, start: datetime, time: timedelta, calendar: Calendar) -> datetime:
    """So much time after `start`, as its mode counts it."""
    return start + time if mode == "live" else calendar.after(start, time)
