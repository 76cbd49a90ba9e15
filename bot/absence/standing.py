"""Who is away from a project today and who stands in, as the other capabilities ask it. Changes nothing."""

from collections.abc import Mapping
from datetime import date

from bot import people
from flows import absence as absences
from flows.absence import Absence
from flows.dialogue.model import RESTRICTED_TO
from flows.project import Project
from flows.register.model import Kept
from storage import absence
from storage.database import Connection


def away(conn: Connection, *, project: Project, today: date) -> dict[str, Absence]:
    """Those of the project who are away today, where the project is, by user; also who has only said "Away
    until" in their settings. A deputy has a part in the project and is there; else nobody stands in."""
    users = project.cast.everybody()
    met = people.several(conn, workspace=project.workspace, users=users)
    known = {one.user: one for one in absence.several(conn, workspace=project.workspace, users=users)}
    for user, person in met.items():
        if person.away_until is not None and not (user in known and known[user].on(today)):
            known[user] = Absence(user=user, first=today, last=person.away_until)
    return absences.away(known.values(), today, here=[user for user in users if not met[user].deleted])


def deputies(conn: Connection, *, project: Project, today: date) -> dict[str, str]:
    """Who stands in today, by whom they stand in for."""
    out = away(conn, project=project, today=today)
    return {user: leave.deputy for user, leave in out.items() if leave.deputy}


def stood_in_for(conn: Connection, *, project: Project, user: str, today: date) -> frozenset[str]:
    """Those of the project for whom this person stands in today, in this project."""
    known = absence.stood_in_for(conn, workspace=project.workspace, deputy=user)
    if not any(one.on(today) for one in known):
        return frozenset()
    out = away(conn, project=project, today=today)
    return frozenset(one.user for one in out.values() if one.deputy == user)


def sees_to(project: Project, record: Kept, owner: str, out: Mapping[str, Absence]) -> str:
    """Who looks after an item today: whoever owns it; while they are away their deputy, if the deputy may
    read it."""
    leave = out.get(owner)
    if leave is None or not leave.deputy:
        return owner
    roles = project.cast.roles_of(leave.deputy)
    readable = not record.restricted or not roles.isdisjoint(record.seen_by or RESTRICTED_TO)
    return leave.deputy if readable else owner
