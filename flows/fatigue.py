"""How much anybody is asked (2.1): on which day each message that asks for answers may leave.

One message a working day, so many minutes and one new wave a week, over all projects a person is in.
Reads no clock and knows no hours; what it is given is all that was and will be asked of one person.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from flows.cadence import add_working_days
from flows.plan import Caps

Kind = Literal["dialogue", "wave", "checkin", "reminder"]

#: What goes first when not everything fits on a day (2.1). What a workshop needs goes before it all.
ORDER: Mapping[Kind, int] = {"wave": 1, "dialogue": 2, "checkin": 3, "reminder": 4}
WORKSHOP_SOON = timedelta(days=5)
WEEK = timedelta(days=7)
#: The days on which waves of the calendar, C03 and C09 are sent: Tuesday to Thursday.
MIDWEEK = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One message to one person. Days are those of the place where the person is."""

    key: str
    kind: Kind
    earliest: date
    minutes: int = 0
    counted: bool = True  # False: a form of the lead or the facilitator, outside the caps
    sponsor: bool = False  # asked of the sponsor of its project
    needed_by: date | None = None  # the workshop that works with the answers
    midweek: bool = False  # from Tuesday to Thursday only (5.2)
    since: datetime  # when it was decided upon, UTC
    left: date | None = None  # None: not yet


@dataclass(slots=True)
class _Minutes:
    """Minutes asked for in each week, by its Monday. What is longer than a week's cap is charged to
    the weeks that follow too."""

    cap: int
    spent: Counter[date] = field(default_factory=Counter)

    def fits(self, minutes: int, week: date) -> bool:
        """Whether so many minutes can still be asked for in this week."""
        return not minutes or self.spent[week] + min(minutes, self.cap) <= self.cap

    def note(self, minutes: int, week: date) -> None:
        """They are asked for, from this week on."""
        while minutes > 0:
            self.spent[week] += min(minutes, self.cap)
            minutes, week = minutes - self.cap, week + WEEK


@dataclass(slots=True)
class _Asked:
    """What one person has been asked so far."""

    caps: Caps
    minutes: _Minutes
    as_sponsor: _Minutes
    waves: Counter[date] = field(default_factory=Counter)  # by week
    messages: Counter[date] = field(default_factory=Counter)  # counted ones, by day
    said: set[date] = field(default_factory=set)  # days on which anything but a reminder left
    reminded: set[date] = field(default_factory=set)

    def note(self, ask: Ask, day: date) -> None:
        """It leaves, or has left, on this day."""
        if ask.kind == "reminder":
            self.reminded.add(day)
            return
        self.said.add(day)
        if not ask.counted:
            return
        week = monday(day)
        self.messages[day] += 1
        self.waves[week] += ask.kind == "wave"
        self.minutes.note(ask.minutes, week)
        if ask.sponsor:
            self.as_sponsor.note(ask.minutes, week)

    def takes(self, ask: Ask, day: date) -> bool:
        """Whether it may leave on this day."""
        if ask.midweek and day.weekday() not in MIDWEEK:
            return False
        if ask.kind == "reminder":
            return day not in self.reminded and day not in self.said
        if not ask.counted:
            return True
        week = monday(day)
        return (
            self.messages[day] < self.caps.messages_a_day
            and (ask.kind != "wave" or self.waves[week] < self.caps.waves_a_week)
            and self.minutes.fits(ask.minutes, week)
            and (not ask.sponsor or self.as_sponsor.fits(ask.minutes, week))
        )


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def days(
    asks: Collection[Ask],
    caps: Caps,
    today: date,
    *,
    away_until: date | None = None,
    off: Collection[date] = (),
) -> dict[str, date]:
    """The day on which each message that has not left may leave: today at the earliest, after
    `away_until`, and on no day that is off. Every one of them gets a day, so that nothing is lost; what may
    go today stays the same however often it is asked, until something has left."""
    asked = _Asked(caps, _Minutes(caps.minutes_a_week), _Minutes(caps.sponsor_minutes_a_week))
    for ask in asks:
        if ask.left is not None:
            asked.note(ask, ask.left)
    waiting = [ask for ask in asks if ask.left is None]
    found: dict[str, date] = {}
    day = add_working_days(max(today, (away_until or today - WEEK) + timedelta(days=1)), 0, off)
    while waiting:
        for ask in sorted(waiting, key=lambda ask: _urgency(ask, day)):
            if ask.earliest <= day and asked.takes(ask, day):
                asked.note(ask, day)
                found[ask.key] = day
        waiting = [ask for ask in waiting if ask.key not in found]
        day = add_working_days(day, 1, off)
    return found


def reminder_was_due(asks: Iterable[Ask], earliest: date) -> date:
    """The day on which a reminder meant for `earliest` had its turn: the first working day from then
    on which nothing else left."""
    taken = {ask.left for ask in asks if ask.left is not None and ask.kind != "reminder"}
    day = add_working_days(earliest, 0)
    while day in taken:
        day = add_working_days(day, 1)
    return day


def _urgency(ask: Ask, day: date) -> tuple[int, date, datetime, str]:
    """What a workshop of the next five days needs, then by kind, then whoever has waited longest."""
    soon = ask.needed_by is not None and day <= ask.needed_by <= day + WORKSHOP_SOON
    return (0 if soon and ask.kind != "reminder" else ORDER[ask.kind], ask.earliest, ask.since, ask.key)
