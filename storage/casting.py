"""Who holds which role, who is in the team, how a project is set: changed, and told to the audit (6.9).

What is the same as before leaves no trace. People, and what they called things, stand in the audit as keyed
hashes. Tells nobody else; decides nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Unpack

from sqlalchemy import Connection

from flows.project import Member, Role
from storage import audit
from storage import project as projects
from storage.audit import Deed
from storage.project import Facts

#: Facts that people have put into words of their own.
_WORDS = frozenset({"name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Which project, by whom (Slack user id; "": the bot), when (UTC)."""

    workspace: str
    project_id: str
    by: str
    now: datetime


def give(conn: Connection, change: Change, *, role: Role, user: str | None) -> None:
    """`user` holds this single role; None leaves it empty. ValueError for a role of several."""
    before = _cast(conn, change).holders.get(role)
    projects.set_role(conn, workspace=change.workspace, id=change.project_id, role=role, user=user)
    if before != user:
        mark = _marker(conn, change)
        _tell(conn, change, "role.changed", role, {"user": [mark(before or ""), mark(user or "")]})


def team(conn: Connection, change: Change, members: Iterable[Member]) -> None:
    """The whole team, replacing what it was. A person named twice keeps the first line."""
    before = {line.user: line for line in _cast(conn, change).members}
    projects.set_team(conn, workspace=change.workspace, id=change.project_id, members=members)
    after = {line.user: line for line in _cast(conn, change).members}
    mark = _marker(conn, change)
    said = {
        "joined": sorted(mark(user) for user in after if user not in before),
        "left": sorted(mark(user) for user in before if user not in after),
        "changed": sorted(mark(user) for user in after if before.get(user, after[user]) != after[user]),
    }
    if told := {name: users for name, users in said.items() if users}:
        _tell(conn, change, "team.changed", "team", told)


def settle(conn: Connection, change: Change, **facts: Unpack[Facts]) -> None:
    """Change what of a project may change; the rest stays."""
    before = projects.get(conn, workspace=change.workspace, id=change.project_id)
    projects.set_facts(conn, workspace=change.workspace, id=change.project_id, **facts)
    if before is None:
        return
    mark = _marker(conn, change)
    told: dict[str, Any] = {}
    for name, value in facts.items():
        was = getattr(before, name)
        if was != value:
            told[name] = [_said(each, mark if name in _WORDS else None) for each in (was, value)]
    if told:
        _tell(conn, change, "project.set", "project", told)


def _said(value: object, mark: Callable[[str], str] | None) -> object:
    if value is None or mark is not None:
        return mark(str(value)) if value is not None and mark else None
    if isinstance(value, frozenset):
        return sorted(str(day) for day in value)
    return value.isoformat() if isinstance(value, date) else value


def _marker(conn: Connection, change: Change) -> Callable[[str], str]:
    return lambda said: audit.stands_for(conn, change.project_id, said)


def _tell(conn: Connection, change: Change, action: str, object: str, data: dict[str, Any]) -> None:
    deed = Deed(action=action, object=object, data=data, actor=change.by)
    here = {"workspace": change.workspace, "project_id": change.project_id}
    audit.append(conn, **here, deeds=[deed], now=change.now)


def _cast(conn: Connection, change: Change) -> Any:
    return projects.cast_of(conn, workspace=change.workspace, id=change.project_id)
