"""When something recurring is due, in local time, on both sides of a clock change. Pure.

A rule is `{"rrule": "FREQ=WEEKLY;BYDAY=TH", "start": "2026-02-05T08:30"}`: RFC 5545 on naive local
time, then placed in the zone. An hour that exists twice counts once (the first); one that a
clock change skips is due at the first valid moment after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

_MARGIN = timedelta(days=2)  # no zone is further than this from UTC, whatever the clock change
#: Rules of these may begin later, by whole steps, and give the same times from there on.
_STEPS = {"WEEKLY": timedelta(days=7), "DAILY": timedelta(days=1), "HOURLY": timedelta(hours=1)}
_MANY = 1000  # missed times are counted up to here


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The due times up to now: the first, the last, how many (at most 1,000 are counted); and the next."""

    first: datetime  # UTC
    last: datetime  # UTC
    count: int
    following: datetime | None = None  # UTC, after now; None when there is none any more


def missed(rule: Mapping[str, Any] | None, zone: str, *, since: datetime, now: datetime) -> Missed:
    """The times due from `since`, which is one of them, up to and including `now`."""
    last, count = since, 1
    after = first_after(rule, zone, since)
    while after is not None and after <= now and count < _MANY:
        last, count = after, count + 1
        after = first_after(rule, zone, last)
    if after is not None and after <= now:
        after = first_after(rule, zone, now)
    return Missed(first=since, last=last, count=count, following=after)


def first_after(rule: Mapping[str, Any] | None, zone: str, moment: datetime) -> datetime | None:
    """The first due time after `moment` (UTC); None when there is none any more."""
    if rule is None:
        return None
    local = ZoneInfo(zone)
    placed = (at(naive, local) for naive in _around(rule, local, moment))
    return next((found for found in placed if found > moment), None)


def _around(rule: Mapping[str, Any], local: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    """The local times of the rule, from shortly before this moment on."""
    naive = moment.astimezone(local).replace(tzinfo=None) - _MARGIN
    found: Iterator[datetime] = rrulestr(rule["rrule"], dtstart=_begins(rule, naive)).xafter(
        naive, count=None, inc=True
    )
    return found


def _begins(rule: Mapping[str, Any], naive: datetime) -> datetime:
    """A start shortly before `naive`, from which the same times follow: dateutil walks through all the times
    since the start, so that a daily rule of two years would cost five times one of yesterday."""
    start = datetime.fromisoformat(rule["start"])
    said = dict(part.partition("=")[::2] for part in rule["rrule"].upper().split(";"))
    step = _STEPS.get(said.get("FREQ", ""))
    if step is None or "COUNT" in said or naive <= start:
        return start
    step *= int(said.get("INTERVAL", 1))
    return start + (naive - start) // step * step


def at(naive: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time: the first of two, the first valid one after a gap."""
    found = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == naive:
        return found
    low, high = found - timedelta(hours=3), found  # the clocks change in between: find when
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def period(rule: Mapping[str, Any] | None, zone: str, due: datetime) -> str:
    """The local period a due time stands for: it happens at most once in each. The week for a
    weekly rule, the hour for an hourly one, the day otherwise; the minute for what happens once."""
    if rule is None:
        return due.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    local = _meant(rule, ZoneInfo(zone), due)
    recurrence = rule["rrule"].upper()
    if "FREQ=HOURLY" in recurrence or "FREQ=MINUTELY" in recurrence:
        return local.strftime("%Y-%m-%dT%H" if "FREQ=HOURLY" in recurrence else "%Y-%m-%dT%H:%M")
    if "FREQ=WEEKLY" in recurrence and "," not in recurrence.partition("BYDAY=")[2]:
        return local.strftime("%G-W%V")
    return local.strftime("%Y-%m-%d")


def _meant(rule: Mapping[str, Any], zone: ZoneInfo, due: datetime) -> datetime:
    """The local time a due time stands for. Where clocks jump from 23:00 to midnight, half past eleven is due
    at midnight, and is of the day before."""
    local = due.astimezone(zone)
    if (due - timedelta(seconds=1)).astimezone(zone).utcoffset() == local.utcoffset():
        return local
    return next((naive for naive in _around(rule, zone, due) if at(naive, zone) == due), local)
