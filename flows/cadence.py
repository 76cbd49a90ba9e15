"""When something is due: working days, and the hours in which a person may be written to.

Working days are Monday to Friday, but for the days `off` that a project has given (its public holidays, the
days on which it is closed). No clock is read here.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The hours in which somebody may be written to, in their own zone (journeys A6).
OPENS = time(9, 30)
CLOSES = time(16, 30)
SATURDAY = 5


def is_working_day(day: date, off: Collection[date] = ()) -> bool:
    """Monday to Friday, and not off."""
    return day.weekday() < SATURDAY and day not in off


def add_working_days(day: date, n: int, off: Collection[date] = ()) -> date:
    """The `n`-th working day after `day` (n >= 0). With 0: `day`, or the next working day."""
    while n > 0 or not is_working_day(day, off):
        day += timedelta(days=1)
        n -= is_working_day(day, off)
    return day


def working_days_between(start: date, end: date, off: Collection[date] = ()) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, off) for day in days)


def zone(name: str | None, *, default: str = "Europe/Paris") -> ZoneInfo:
    """The time zone called `name`, else `default`, else UTC: Slack's profiles hold empty and
    outdated names, and nobody must go without a message because of one."""
    for wanted in (name, default):
        try:
            return ZoneInfo(wanted or "")
        except (KeyError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def next_window(
    moment: datetime,
    zone_: ZoneInfo,
    *,
    start: time = OPENS,
    end: time = CLOSES,
    off: Collection[date] = (),
) -> datetime:
    """The first moment from `moment` on (both UTC) that is a working day between `start` and `end`
    in `zone_`. `end` itself is outside. Right on both sides of a clock change."""
    local = moment.astimezone(zone_)
    if is_working_day(local.date(), off) and start <= local.time() < end:
        return moment.astimezone(UTC)
    day = local.date()
    if not is_working_day(day, off) or local.time() >= start:
        day = add_working_days(day + timedelta(days=1), 0, off)
    return at(day, start, zone_)


def within_hours(start: datetime, end: datetime, zone_: ZoneInfo, *, off: Collection[date] = ()) -> timedelta:
    """How much of the time from `start` to `end` (UTC) somebody in `zone_` could be written to; nothing
    when `end` is not later."""
    day, last = start.astimezone(zone_).date(), end.astimezone(zone_).date()
    found = timedelta()
    while day <= last:
        if is_working_day(day, off):
            found += max(min(end, at(day, CLOSES, zone_)) - max(start, at(day, OPENS, zone_)), timedelta())
        day += timedelta(days=1)
    return found


def at(day: date, hour: time, zone_: ZoneInfo) -> datetime:
    """`day` at `hour` in `zone_`, as UTC. An hour skipped by a clock change moves on by the gap."""
    return datetime.combine(day, hour, tzinfo=zone_).astimezone(UTC)
