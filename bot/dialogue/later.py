"""The reminders of "Remind me later": after 2 working days, then 5 more, while closing leaves room (0.5)."""

from collections.abc import Collection
from datetime import date

from flows.cadence import add_working_days

STEPS = (2, 5)  # working days


def reminders(asked_on: date, closes_on: date | None, off: Collection[date] = ()) -> tuple[date, ...]:
    """The days to remind somebody who asked on `asked_on`: two at most, none after `closes_on`. `off`: days
    on which nothing leaves."""
    days, day = [], asked_on
    for step in STEPS:
        day = add_working_days(day, step, off)
        if closes_on is None or day <= closes_on:
            days.append(day)
    return tuple(days)
