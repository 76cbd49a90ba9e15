"""When several people can meet: the first times inside everybody's working hours, and the calendar file.

Pure: knows no calendar of a company, only working hours, absences and days off. Nobody is named as the one
who cannot.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.cadence import add_working_days, at, is_working_day

#: Working hours, in each person's own zone, and the break in their middle that a meeting leaves free.
STARTS, ENDS = time(9), time(18)
LUNCH = (time(12, 30), time(13, 30))
AHEAD = 10  # working days to look at
STEP = timedelta(minutes=30)
A_DAY = 2  # proposals of one day
MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Where somebody lives, and the days on which they are away (first and last included)."""

    zone: ZoneInfo
    away: tuple[tuple[date, date], ...] = ()

    def free(self, start: datetime, end: datetime, *, lunch: bool) -> bool:
        """Whether they work from `start` to `end` (UTC). `lunch`: whether it may go into their break."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        day = first.date()
        if last.date() != day or not is_working_day(day) or any(a <= day <= b for a, b in self.away):
            return False
        if first.time() < STARTS or last.time() > ENDS:
            return False
        return lunch or last.time() <= LUNCH[0] or first.time() >= LUNCH[1]


def times(
    people: Iterable[Attendee],
    *,
    minutes: int,
    now: datetime,
    zone: ZoneInfo,
    closed: Collection[date] = (),
) -> tuple[datetime, ...]:
    """The first starts (UTC) that suit everybody, from the next working day of `zone` on and within ten:
    two a day at most. None goes into anybody's lunch unless all would. `closed`: days off for all."""
    everybody = tuple(people)
    found: tuple[datetime, ...] = ()
    for lunch in (False, True):
        found = found or _times(everybody, timedelta(minutes=minutes), now, zone, closed, lunch)
    return found


def _times(  # noqa: PLR0913, PLR0917 - what `times` is asked, and whether lunch may be used
    people: tuple[Attendee, ...],
    length: timedelta,
    now: datetime,
    zone: ZoneInfo,
    closed: Collection[date],
    lunch: bool,
) -> tuple[datetime, ...]:
    found: list[datetime] = []
    day = now.astimezone(zone).date()
    for _ in range(AHEAD):
        day = add_working_days(day, 1)
        if day in closed:
            continue
        fits = [
            start
            for start in _starts(day, zone)
            if all(one.free(start, start + length, lunch=lunch) for one in people)
        ]
        found += spread(fits, length)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _starts(day: date, zone: ZoneInfo) -> list[datetime]:
    """Every half hour of a day where the project is."""
    midnight = at(day, time(0), zone)
    return [midnight + n * STEP for n in range(48)]


def spread(fits: Sequence[datetime], length: timedelta) -> list[datetime]:
    """Two times of one day that do not overlap: the first, and the first after it has ended."""
    kept: list[datetime] = []
    for start in fits:
        if len(kept) < A_DAY and (not kept or start >= kept[-1] + length):
            kept.append(start)
    return kept


def working_day_before(day: date, n: int = 1, off: Collection[date] = ()) -> date:
    """The `n`-th working day before this one (n >= 1). `off`: days off for all."""
    while n > 0:
        day -= timedelta(days=1)
        n -= is_working_day(day, off)
    return day


def event(  # noqa: PLR0913 - what a calendar wants to know of a meeting
    *, uid: str, start: datetime, minutes: int, title: str, detail: str, stamp: datetime, version: int = 0
) -> list[str]:
    """The lines of a meeting in a calendar (RFC 5545), for flows.register.takeaway.calendar. The same `uid`
    with a higher `version` moves it in calendars that have it already. Moments are UTC."""
    end = start + timedelta(minutes=minutes)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{version}",
        f"DTSTAMP:{_stamp(stamp)}",
        f"DTSTART:{_stamp(start)}",
        f"DTEND:{_stamp(end)}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(detail)}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", " ".join(said.split()))
