"""Dates: which ones a project can have, and how they read in both languages (journeys section 8, rule
13). No clock is read here."""

from datetime import date

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
