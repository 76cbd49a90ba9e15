"""On which days news of the project are drafted for its lead (5.2). No clock is read here; drafts nothing.

A draft is a service, never a duty: who skips it is not asked again that day, and three a week is the most.
"""

from datetime import date, timedelta

from flows.rhythm.phases import Name, Stretch

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
CAP = 3  # a week (journeys 6, row 28)
#: Weekdays, by stretch of the calendar; the launch has two halves.
DAYS: dict[Name, tuple[int, ...]] = {
    "dense": (TUESDAY, THURSDAY),
    "scoping": (WEDNESDAY,),
    "build": (WEDNESDAY,),
    "launch": (TUESDAY, THURSDAY),
    "settling": (WEDNESDAY,),
    "everyday": (WEDNESDAY,),
}
FIRST_WEEKS, FIRST_DAYS = timedelta(weeks=4), (MONDAY, WEDNESDAY, FRIDAY)
FIRST_OF_MONTH = 7  # a day of the month up to which a Wednesday is the first one


def due(stretch: Stretch, day: date, this_week: int) -> bool:
    """Whether news are drafted on this day of this stretch. `this_week`: how many drafts there were."""
    days = DAYS[stretch.name]
    if stretch.name == "launch" and day - stretch.origin < FIRST_WEEKS:
        days = FIRST_DAYS
    if this_week >= CAP or day.weekday() not in days:
        return False
    return stretch.name != "everyday" or day.day <= FIRST_OF_MONTH
