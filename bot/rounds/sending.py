"""When each person's message leaves: their hours, their time zone, one questionnaire a working day.

Pure: gives moments, queues nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.outbound.render import Defer
from flows import cadence
from flows.dialogue.model import Dialogue, Flow
from flows.dialogue.path import path
from flows.project import Person, Project

When = Literal["now", "tomorrow", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One message to one person, and the moment from which it may go (UTC)."""

    user: str
    flow: str
    at: datetime


def respondents(flow: Flow, project: Project, *, parts: Iterable[str] = ()) -> tuple[str, ...]:
    """Everybody the flow has a question for now. The facilitator fills forms from Home and is
    invited by nobody."""
    sent = frozenset(parts)
    facilitator = project.cast.holder("facilitator")

    def asked(user: str) -> bool:
        sheet = Dialogue(id="", flow=flow.id, person=user, cast=project.cast, parts=sent)
        return bool(path(flow, sheet))

    return tuple(user for user in project.cast.everybody() if user != facilitator and asked(user))


def leaving(  # noqa: PLR0913 - a person, what is sent, and when it may
    person: Person,
    flows: Sequence[str],
    project: Project,
    *,
    when: When,
    day: date | None,
    last: date | None,
    now: datetime,
) -> list[Leaving]:
    """When each of `flows` reaches one person, in that order. `last`: the local day on which a
    questionnaire already goes to them: the next one waits for another working day (2.1)."""
    zone = cadence.zone(person.zone, default=project.zone)
    found: list[Leaving] = []
    moment = _earliest(when, day, now, zone, project)
    for flow in flows:
        moment = _free(moment, zone, last, person.away_until)
        found.append(Leaving(user=person.user, flow=flow, at=moment))
        last = moment.astimezone(zone).date()
    return found


def local_day(person: Person, project: Project, moment: datetime) -> date:
    """The day of a moment where the person is."""
    return moment.astimezone(cadence.zone(person.zone, default=project.zone)).date()


def in_hours(person: Person, project: Project, moment: datetime) -> datetime:
    """The first moment from `moment` on (UTC) at which this person may be written to."""
    return _free(moment, cadence.zone(person.zone, default=project.zone), None, person.away_until)


def not_now(person: Person, project: Project, now: datetime) -> Defer | None:
    """For a renderer of what nobody asked for: the person's next hours when these are not. What was
    queued for their hours may be late: the bot was off, or Slack was away."""
    at = in_hours(person, project, now)
    return Defer(until=at) if at > now else None


def _earliest(when: When, day: date | None, now: datetime, zone: ZoneInfo, project: Project) -> datetime:
    """ "Tomorrow" is the facilitator's tomorrow, at 09:30 where the person is."""
    if when == "now":
        return now
    wanted = (
        day
        if when == "date" and day
        else now.astimezone(cadence.zone(project.zone)).date() + timedelta(days=1)
    )
    return max(cadence.at(wanted, cadence.OPENS, zone), now)


def _free(moment: datetime, zone: ZoneInfo, last: date | None, away_until: date | None) -> datetime:
    """The next moment in the window on a day that is neither taken nor an absence."""
    moment = cadence.next_window(moment, zone)
    blocked = max((day for day in (last, away_until) if day), default=None)
    if blocked and moment.astimezone(zone).date() <= blocked:
        return cadence.next_window(cadence.at(blocked + timedelta(days=1), cadence.OPENS, zone), zone)
    return moment
