"""Public holidays: those of France, worked out, to be proposed; and lists of days as people type them.

A project keeps the days it is given, whatever the country: none is in force by itself. No clock is read.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter

from flows.dates import short_date, spoken
from flows.words import Words

#: Where most future users work (SET19), of which the days are known.
FRANCE = "FR"
#: Month and day, and days from Easter Sunday: Easter Monday, Ascension, Whit Monday.
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
FROM_EASTER = (1, 39, 50)
MOST = 60  # days in one list


def proposed(country: str, first: date, last: date) -> tuple[date, ...]:
    """The public holidays of a country on working days of the week, from `first` to `last`; () for a country
    whose days are not known here."""
    if country != FRANCE:
        return ()
    days = (day for year in range(first.year, last.year + 1) for day in _of_year(year))
    return tuple(sorted(day for day in days if first <= day <= last and day.weekday() < 5))


def _of_year(year: int) -> Iterator[date]:
    yield from (date(year, month, day) for month, day in FIXED)
    yield from (easter(year) + timedelta(days=n) for n in FROM_EASTER)


def typed(text: str, today: date) -> tuple[tuple[date, ...], str]:
    """The days of a list, one a line, and the first line that names none ("" when all do)."""
    found: set[date] = set()
    for line in text.splitlines()[:MOST]:
        said = line.strip(" \t-•,;")
        day = spoken(said, today) if said else None
        if said and day is None:
            return (), said
        found |= {day} if day else set()
    return tuple(sorted(found)), ""


def listed(days: tuple[date, ...]) -> Words:
    """The same list as it is shown in the form, so that it is read back as it stands."""
    lines = [short_date(day) for day in days]
    return Words("\n".join(line.en for line in lines), "\n".join(line.fr for line in lines))
