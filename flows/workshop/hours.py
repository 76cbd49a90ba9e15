"""Working hours (4.1): how long a step of a workshop in the channel lasts. 8 a day, from 9 to 17."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows import cadence

OPENS, CLOSES = time(9), time(17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Where a project works. `off`: days on which nobody does (a pause, a holiday), in its zone."""

    zone: ZoneInfo
    off: Collection[date] = ()

    def works(self, day: date) -> bool:
        """Monday to Friday, and not a day off."""
        return cadence.is_working_day(day) and day not in self.off

    def after(self, start: datetime, time_: timedelta) -> datetime:
        """The moment (UTC) when this much working time has gone by since `start` (UTC); `start` for none."""
        if time_ <= timedelta():
            return start
        day = start.astimezone(self.zone).date()
        while True:
            opens, closes = self._day(day)
            there = max(closes - max(start, opens), timedelta()) if self.works(day) else timedelta()
            if timedelta() < time_ <= there:
                return max(start, opens) + time_
            time_ -= there
            day += timedelta(days=1)

    def before(self, end: datetime, time_: timedelta) -> datetime:
        """The moment (UTC) from which this much working time goes by until `end` (UTC); `end` for none."""
        if time_ <= timedelta():
            return end
        day = end.astimezone(self.zone).date()
        while True:
            opens, closes = self._day(day)
            there = max(min(end, closes) - opens, timedelta()) if self.works(day) else timedelta()
            if timedelta() < time_ <= there:
                return min(end, closes) - time_
            time_ -= there
            day -= timedelta(days=1)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments (UTC); nothing when `end` is not later."""
        day, found = start.astimezone(self.zone).date(), timedelta()
        while day <= end.astimezone(self.zone).date():
            opens, closes = self._day(day)
            if self.works(day):
                found += max(min(end, closes) - max(start, opens), timedelta())
            day += timedelta(days=1)
        return found

    def _day(self, day: date) -> tuple[datetime, datetime]:
        return cadence.at(day, OPENS, self.zone), cadence.at(day, CLOSES, self.zone)
