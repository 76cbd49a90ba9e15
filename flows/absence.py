"""Away from one day to another, with somebody who stands in: who that is on a day, and what a form may say.

Pure: knows no names. What a deputy may do for somebody is decided where it is done.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

LONGEST = timedelta(days=183)
Problem = Literal["past", "order", "long", "oneself"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away. Days are where that person is; both are days away."""

    user: str  # Slack user id
    first: date
    last: date
    deputy: str = ""  # Slack user id; "": nobody stands in

    def on(self, day: date) -> bool:
        """Whether they are away on this day."""
        return self.first <= day <= self.last


def problems(absence: Absence, today: date) -> dict[str, Problem]:
    """What is wrong with it, by field; empty: nothing is."""
    found: dict[str, Problem] = {}
    if absence.first < today:
        found["first"] = "past"
    if absence.last < absence.first:
        found["last"] = "order"
    elif absence.last - absence.first > LONGEST:
        found["last"] = "long"
    if absence.deputy == absence.user:
        found["deputy"] = "oneself"
    return found


def away(known: Iterable[Absence], day: date, *, here: Collection[str]) -> dict[str, Absence]:
    """Those who are away on this day, by user. Their deputy is one of those who are `here` (in the project,
    and in the company) and not away themselves; else nobody stands in."""
    gone = [one for one in known if one.on(day)]
    out = {one.user for one in gone}
    fit = {user for user in here if user not in out}
    return {
        one.user: Absence(
            user=one.user, first=one.first, last=one.last, deputy=one.deputy if one.deputy in fit else ""
        )
        for one in gone
    }
