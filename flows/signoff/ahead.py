"""When the note goes round by itself before the workshop that reviews it (W10): three working days before it
in a room, two before it in the channel."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.cadence import OPENS, at
from flows.meeting import working_day_before
from flows.workshop.model import Mode

#: The workshop that reviews the note, and how many working days before it the whole note is sent.
SCRIPT = "W10"
DAYS: Mapping[Mode, int] = {"live": 3, "async": 2}


def leaves(begins: datetime, mode: Mode, zone: ZoneInfo, off: Collection[date] = ()) -> datetime:
    """The morning of that day where the project is (UTC), whatever the hour of the workshop; it may be past.
    `begins`: UTC. `off`: days on which nothing leaves."""
    return at(working_day_before(begins.astimezone(zone).date(), DAYS[mode], off), OPENS, zone)
