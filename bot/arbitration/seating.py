"""Before whom a case stands now, and why not before whoever it was: away, back, gone. Changes nothing."""

from dataclasses import replace
from datetime import date, datetime

from bot import people
from bot.absence import standing
from flows import cadence
from flows.arbitration.entitled import seated
from flows.arbitration.model import Case, Step
from flows.project import Project
from storage.database import Connection


def placed(conn: Connection, project: Project, case: Case, now: datetime) -> Case:
    """The case before whoever is entitled to settle it now."""
    out = standing.away(conn, project=project, today=today_of(project, now))
    found = seated(project.cast, case, gone=gone(conn, project), away=out)
    return replace(case, seat=found.seat, arbiter=found.user, delegated_by=found.absent)


def gone(conn: Connection, project: Project) -> tuple[str, ...]:
    """Those of the project who have left the company."""
    known = people.several(conn, workspace=project.workspace, users=project.cast.everybody())
    return tuple(user for user, one in known.items() if one.deleted)


def why(conn: Connection, project: Project, before: Case, moved: Case, now: datetime) -> Step:
    """Why somebody else is to settle it: whoever was is away, or back; or has gone."""
    to = "" if moved.seat == "committee" else moved.arbiter
    out = standing.away(conn, project=project, today=today_of(project, now))
    absent = before.delegated_by or before.arbiter
    if absent in out and moved.arbiter != absent:
        return Step(what="away", by=absent, at=now, to=to)
    if any(step.what == "away" and step.by == moved.arbiter for step in before.trail):
        return Step(what="back", by=moved.arbiter, at=now, to=to)
    return Step(what="replaced", by=before.arbiter, at=now, to=moved.arbiter)


def today_of(project: Project, now: datetime) -> date:
    """The day where the project is."""
    return now.astimezone(cadence.zone(project.zone)).date()
