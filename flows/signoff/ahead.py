"""When the note goes round by itself before the workshop that reviews it (W10): three working days before it
in a room, two before it in the channel."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from flows.cadence import OPENS, at, zone
from flows.meeting import working_day_before
from flows.workshop.model import Mode

#: The workshop that reviews the note, and how many working days before it the whole note is sent.
SCRIPT = "W10"
DAYS: Mapping[Mode, int] = {"live": 3, "async": 2}


def leaves(begins: datetime, mode: Mode, where: str, off: Collection[date] = ()) -> datetime:
    """The morning of that day where the project is (UTC), whatever the hour of the workshop; it may be past.
    `begins`: UTC; `where`: the zone of the project. `off`: days on which nothing leaves."""
    here = zone(where)
    return at(working_day_before(begins.astimezone(here).date(), DAYS[mode], off), OPENS, here)
