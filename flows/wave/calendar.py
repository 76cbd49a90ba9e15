"""When a wave opens, reminds and closes (5.2, 5.3). No clock is read here."""

from collections.abc import Collection
from datetime import date, timedelta

from flows.cadence import add_working_days, is_working_day
from flows.fatigue import MIDWEEK

OPEN_FOR = 5  # working days
REMIND_BEFORE = 2  # working days
#: Waves are sent on these days.
SENDING = MIDWEEK


def closes(opens: date, off: Collection[date] = ()) -> date:
    """The last day to answer, announced from the start. `off`: days on which nobody works."""
    return add_working_days(opens, OPEN_FOR, off)


def reminds(closes_on: date, off: Collection[date] = ()) -> date:
    """The day of the one reminder, which goes to everybody invited."""
    day, left = closes_on, REMIND_BEFORE
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day, off)
    return day


def sending_day(day: date, off: Collection[date] = ()) -> date:
    """The first day from `day` on at which a wave is sent."""
    while day.weekday() not in SENDING or day in off:
        day += timedelta(days=1)
    return day
