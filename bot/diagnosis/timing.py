"""Who reads a change of verdict when: sponsor, lead and facilitator first, the team a working day later.

Pure (acceptance point 29).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from bot.rounds import sending
from flows import cadence
from flows.cadence import add_working_days
from flows.diagnosis.result import Verdict
from flows.project import Person, Project, Role
from storage.diagnosis import Run

FIRST: tuple[Role, ...] = ("sponsor", "lead", "facilitator")
#: What is the case before anything has been worked out.
AT_FIRST: Verdict = "INSUFFICIENT"


def leaders(project: Project) -> tuple[str, ...]:
    """Those who read a change first, each once."""
    return tuple(dict.fromkeys(user for role in FIRST if (user := project.cast.holder(role))))


def told_at(project: Project, people: Iterable[Person], run_at: datetime) -> datetime:
    """When the last of the leaders has been told of a run: each in their own hours (UTC)."""
    moments = (sending.in_hours(person, project, run_at) for person in people)
    return max(moments, default=_hours(project, run_at))


def team_at(project: Project, people: Iterable[Person], run_at: datetime) -> datetime:
    """When the team may read it: a whole working day after the last of the leaders (UTC)."""
    zone = cadence.zone(project.zone)
    told = told_at(project, people, run_at).astimezone(zone)
    later = cadence.at(add_working_days(told.date(), 1, project.holidays), told.time(), zone)
    return _hours(project, later)


def _hours(project: Project, moment: datetime) -> datetime:
    return cadence.next_window(moment, cadence.zone(project.zone), off=project.holidays)


def changed(before: Run | None, verdict: Verdict) -> bool:
    """The verdict is another one than in the run before."""
    return verdict != (before.verdict if before else AT_FIRST)


def still_early(
    project: Project, people: Sequence[Person], runs: Sequence[Run], now: datetime
) -> datetime | None:
    """Until when the team waits for the verdict of now (UTC); None when it may read it. `runs`: newest
    first."""
    for run, before in zip(runs, (*runs[1:], None), strict=False):  # the first run has none before
        if changed(before, run.verdict):
            free = team_at(project, people, run.at)
            return free if free > now else None
    return None


def first_for_some(
    project: Project, people: Sequence[Person], runs: Sequence[Run], rule: str, now: datetime
) -> bool:
    """Less than a working day has passed since the run that found this rule to fire; False before any
    has. `runs`: newest first."""
    firing = takewhile(lambda run: any(fired.id == rule for fired in run.rules), runs)
    found = list(firing)[-1:]
    return any(team_at(project, people, run.at) > now for run in found)
