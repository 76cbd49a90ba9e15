"""When somebody may be written to: their hours, in their time zone, not while they are away.

Pure: gives days and moments, queues nothing. How much they are asked is bot/rounds/budget.py's.
"""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.outbound.render import Defer
from flows import cadence
from flows.project import Person, Project

When = Literal["now", "tomorrow", "date"]


def wanted(person: Person, project: Project, *, when: When, day: date | None, now: datetime) -> datetime:
    """The moment the facilitator asks for. "Tomorrow" is the facilitator's tomorrow, at 09:30 where the
    person is."""
    if when == "now":
        return now
    on = day if when == "date" and day else project_day(project, now) + timedelta(days=1)
    return max(cadence.at(on, cadence.OPENS, _zone(person, project)), now)


def project_day(project: Project, moment: datetime) -> date:
    """The day of a moment where the project is."""
    return moment.astimezone(cadence.zone(project.zone)).date()


def local_day(person: Person, project: Project, moment: datetime) -> date:
    """The day of a moment where the person is."""
    return moment.astimezone(_zone(person, project)).date()


def in_hours(person: Person, project: Project, moment: datetime) -> datetime:
    """The first moment from `moment` on (UTC) at which this person may be written to."""
    zone = _zone(person, project)
    found = cadence.next_window(moment, zone, off=project.holidays)
    if person.away_until and found.astimezone(zone).date() <= person.away_until:
        back = cadence.at(person.away_until + timedelta(days=1), cadence.OPENS, zone)
        return cadence.next_window(back, zone, off=project.holidays)
    return found


def not_now(person: Person, project: Project, now: datetime) -> Defer | None:
    """For a renderer of what nobody asked for: the person's next hours when these are not. What was
    queued for their hours may be late: the bot was off, or Slack was away."""
    at = in_hours(person, project, now)
    return Defer(until=at) if at > now else None


def _zone(person: Person, project: Project) -> ZoneInfo:
    return cadence.zone(person.zone, default=project.zone)
