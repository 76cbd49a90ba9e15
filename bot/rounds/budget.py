"""One person's budget over all their projects (2.1): what they are asked, and when each message leaves.

What was decided upon stands in storage/ask.py, the rules in flows/fatigue.py. Asked when something is
sent, and again by whatever is about to leave: an outage must not put two messages into one morning.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.outbound.render import Defer
from bot.parts import Parts
from flows import cadence, fatigue
from flows.project import Person, Project
from storage import ask as asks
from storage import rhythm
from storage.ask import Ask
from storage.database import Connection
from storage.outbox import Row

TOO_LATE = timedelta(hours=4)  # of somebody's hours, after which a reminder is left unsaid (journeys 6)


def put(conn: Connection, *, project: Project, ask: Ask) -> None:
    """It has been decided to ask this. `ask.key` is that of its row in the outbox."""
    asks.put(conn, workspace=project.workspace, ask=ask)


def leaving(
    conn: Connection, *, parts: Parts, person: Person, project: Project, now: datetime
) -> dict[str, datetime]:
    """When each message that waits for this person may leave (UTC), in their hours, by its key."""
    return _leaving(parts, person, project, _known(conn, person, project, now), now)


def not_now(conn: Connection, row: Row, *, parts: Parts, person: Person, project: Project) -> Defer | None:
    """For the renderer of a message that asks for something: when it may go, if not now. What this
    file does not know of waits for the person's hours only."""
    now, zone = parts.clock.now(), _zone(person, project)
    known = _known(conn, person, project, now)
    found = _leaving(parts, person, project, known, now)
    soon = found.get(row.key) or cadence.next_window(now, zone, off=project.holidays)
    at = max(soon, _goes_on(conn, project, zone, now))
    return Defer(until=at) if at > now else None


def too_late(conn: Connection, row: Row, *, parts: Parts, person: Person, project: Project) -> bool:
    """Whether the bot was off when this reminder had its turn: an old one is worse than none. Nights do not
    count, nor days on which something else left: it waited for them."""
    if not row.ref.get("at"):
        return False
    now, zone = parts.clock.now(), _zone(person, project)
    meant = datetime.fromisoformat(str(row.ref["at"]))
    turn = fatigue.reminder_was_due(_known(conn, person, project, now), meant.astimezone(zone).date())
    start = max(meant, cadence.at(turn, cadence.OPENS, zone))
    return cadence.within_hours(start, now, zone, off=project.holidays) > TOO_LATE


def first_day(person: Person, project: Project, moment: datetime) -> date:
    """The day, where the person is, of the first moment from this one on at which they may be written
    to."""
    zone = _zone(person, project)
    return cadence.next_window(moment, zone, off=project.holidays).astimezone(zone).date()


def _goes_on(conn: Connection, project: Project, zone: ZoneInfo, now: datetime) -> datetime:
    """The first hour of this person after a pause of the project; now, where there is none."""
    pause = rhythm.paused(conn, workspace=project.workspace, project_id=project.id)
    if pause is None or pause.until <= now.astimezone(cadence.zone(project.zone)).date():
        return now
    return cadence.next_window(cadence.at(pause.until, cadence.OPENS, zone), zone, off=project.holidays)


def _leaving(
    parts: Parts, person: Person, project: Project, known: list[fatigue.Ask], now: datetime
) -> dict[str, datetime]:
    zone, off = _zone(person, project), project.holidays
    first = cadence.next_window(now, zone, off=off)
    today = first.astimezone(zone).date()
    days = fatigue.days(known, parts.playbook.plan.caps, today, away_until=person.away_until, off=off)
    return {key: first if day == today else cadence.at(day, cadence.OPENS, zone) for key, day in days.items()}


def _known(conn: Connection, person: Person, project: Project, now: datetime) -> list[fatigue.Ask]:
    zone = _zone(person, project)
    found = asks.of(conn, workspace=person.workspace, user=person.user, now=now)
    return [
        fatigue.Ask(
            key=one.key,
            kind=one.kind,
            earliest=one.earliest,
            minutes=one.minutes,
            counted=one.counted,
            sponsor=one.sponsor,
            needed_by=one.needed_by,
            midweek=bool(one.midweek),
            since=one.since,
            left=one.left_at.astimezone(zone).date() if one.left_at else None,
        )
        for one in found
    ]


def _zone(person: Person, project: Project) -> ZoneInfo:
    return cadence.zone(person.zone, default=project.zone)
