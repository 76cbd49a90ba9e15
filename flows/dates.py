"""Dates: which ones a project can have, and how they are read and typed in both languages (journeys section
8, rule 13). No clock is read here."""

import re
import unicodedata
from datetime import date, timedelta

from flows.words import Words

DAYS = (
    ("Monday", "lundi"), ("Tuesday", "mardi"), ("Wednesday", "mercredi"), ("Thursday", "jeudi"),
    ("Friday", "vendredi"), ("Saturday", "samedi"), ("Sunday", "dimanche"),
)  # fmt: skip
MONTHS = (
    ("January", "janvier"), ("February", "février"), ("March", "mars"), ("April", "avril"),
    ("May", "mai"), ("June", "juin"), ("July", "juillet"), ("August", "août"),
    ("September", "septembre"), ("October", "octobre"), ("November", "novembre"),
    ("December", "décembre"),
)  # fmt: skip

#: A year before or after these is a slip of the hand, and days counted from it leave the calendar.
FIRST_YEAR, LAST_YEAR = 1950, 2150


def possible(day: date) -> bool:
    """Whether somebody can have meant this day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


#: "30/11", "30/11/2026", "30.11.26", "30 November", « 1er décembre 2026 ».
_TYPED = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th)?\s*[/. -]?\s*(\d{1,2}|[a-z]+)\.?(?:\s*[/. -]?\s*(\d{4}|\d{2}))?"
)
_HALF_A_YEAR = timedelta(days=183)


def spoken(text: str, today: date) -> date | None:
    """The day somebody means, or None: a weekday is the next one after today; day before month, as in
    Europe; without a year, the one in which the day is near."""
    typed = _plain(text)
    for n, names in enumerate(DAYS):
        if typed in map(_plain, names):
            return today + timedelta(days=(n - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        found = _TYPED.fullmatch(typed)
    month = _month(found[2]) if found else 0
    if found is None or not month:
        return None
    years = [_year(found[3])] if found[3] else [today.year, today.year + 1]
    days = [day for year in years if (day := _day(year, month, int(found[1])))]
    return next((day for day in days if today - day < _HALF_A_YEAR), days[0] if days else None)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().strip())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _month(typed: str) -> int:
    """1 for January, by figure or by the first letters of a name; 0 for no month."""
    if typed.isdigit():
        return int(typed)
    named = (n for n, names in enumerate(MONTHS, 1) if any(_plain(name).startswith(typed) for name in names))
    return next(named, 0) if len(typed) > 2 else 0


def _year(typed: str) -> int:
    return int(typed) + (2000 if len(typed) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if possible(found) else None


def long_date(day: date) -> Words:
    """ "Thursday 19 February 2026" and « jeudi 19 février 2026 »; the first of a month is « 1er »."""
    weekday, month = DAYS[day.weekday()], MONTHS[day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    return Words(
        f"{weekday[0]} {day.day} {month[0]} {day.year}", f"{weekday[1]} {first} {month[1]} {day.year}"
    )


def short_date(day: date) -> Words:
    """ "19 February 2026" and « 19 février 2026 »."""
    month = MONTHS[day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    return Words(f"{day.day} {month[0]} {day.year}", f"{first} {month[1]} {day.year}")
