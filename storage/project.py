"""Projects and their people. Knows no dialogue."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, bindparam, delete, insert, literal, null, or_, select, update
from sqlalchemy import cast as as_type

from flows.project import SINGLE_ROLES, Cast, Member, Project, Role
from flows.words import Language
from storage.statement import Both
from storage.tables import ACROSS, lot_user, member, project, role

#: In place of the position of a line of the team.
ROLE, LOT = -1, -2


class Facts(TypedDict, total=False):
    """What of a project may change."""

    name: str
    channel: str
    language: Language
    start: date | None
    zone: str
    phase: str
    currency: str | None
    emoji: str | None
    holidays: Iterable[date]


_THIS = (project.c.workspace == bindparam("w"), project.c.id == bindparam("p"))
_CREATE = insert(project)
_GET = select(project).where(*_THIS)
_IN_CHANNEL = (
    select(project)
    .where(project.c.workspace == bindparam("w"), project.c.channel == bindparam("c"))
    .order_by(project.c.created_at.desc())
)
_THEIRS = or_(
    project.c.creator == bindparam("u"),
    project.c.id.in_(
        select(role.c.project_id).where(role.c.workspace == bindparam("w"), role.c.user == bindparam("u"))
    ),
    project.c.id.in_(
        select(member.c.project_id).where(
            member.c.workspace == bindparam("w"), member.c.user == bindparam("u")
        )
    ),
    project.c.id.in_(
        select(lot_user.c.project_id).where(
            lot_user.c.workspace == bindparam("w"), lot_user.c.user == bindparam("u")
        )
    ),
)
_FOR_USER = (
    select(project)
    .where(project.c.workspace == bindparam("w"), _THEIRS)
    .order_by(project.c.created_at.desc(), project.c.id)
)
_EVERYWHERE = select(project).order_by(project.c.created_at, project.c.id).execution_options(**ACROSS)
#: Roles, team lines and the people of lots in one round trip; a role comes as position -1, a lot as -2.
_CAST = (
    select(
        role.c.project_id,
        literal(ROLE).label("position"),
        role.c.role.label("function"),
        role.c.user,
        as_type(null(), member.c.daci.type).label("daci"),
        as_type(null(), member.c.hours.type).label("hours"),
    )
    .where(role.c.workspace == bindparam("w"), role.c.project_id.in_(bindparam("projects", expanding=True)))
    .union_all(
        select(
            member.c.project_id,
            member.c.position,
            member.c.function,
            member.c.user,
            member.c.daci,
            member.c.hours,
        ).where(
            member.c.workspace == bindparam("w"),
            member.c.project_id.in_(bindparam("projects", expanding=True)),
        ),
        select(
            lot_user.c.project_id,
            literal(LOT).label("position"),
            lot_user.c.lot,
            lot_user.c.user,
            as_type(null(), member.c.daci.type),
            as_type(null(), member.c.hours.type),
        ).where(
            lot_user.c.workspace == bindparam("w"),
            lot_user.c.project_id.in_(bindparam("projects", expanding=True)),
        ),
    )
)
_SET_ROLE = Both(
    lambda insert: (new := insert(role)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "role"], set_={"user": new.excluded.user}
    )
)
_CLEAR_ROLE = delete(role).where(
    role.c.workspace == bindparam("w"), role.c.project_id == bindparam("p"), role.c.role == bindparam("r")
)
_CLEAR_TEAM = delete(member).where(
    member.c.workspace == bindparam("w"), member.c.project_id == bindparam("p")
)
_ADD_MEMBER = insert(member)
_LOCK = select(project.c.id).where(*_THIS).with_for_update()


def create(
    conn: Connection,
    *,
    workspace: str,
    channel: str,
    language: Language,
    facilitator: str,
    name: str,
    now: datetime,
    zone: str = "Europe/Paris",
) -> str:
    """A new project in phase P0, with its facilitator. Returns its id (128 random bits, hex)."""
    id = secrets.token_hex(16)
    conn.execute(
        _CREATE,
        {
            "workspace": workspace,
            "id": id,
            "channel": channel,
            "name": name,
            "language": language,
            "start": None,
            "zone": zone,
            "phase": "P0",
            "creator": facilitator,
            "created_at": now,
        },
    )
    set_role(conn, workspace=workspace, id=id, role="facilitator", user=facilitator)
    return id


def get(conn: Connection, *, workspace: str, id: str) -> Project | None:
    """The project, or None when there is none of this id in this workspace."""
    row = conn.execute(_GET, {"w": workspace, "p": id}).first()
    return None if row is None else _with_casts(conn, workspace, [row])[0]


def for_user(conn: Connection, *, workspace: str, user: str) -> list[Project]:
    """Every project the user has a part in, newest first."""
    return _with_casts(conn, workspace, conn.execute(_FOR_USER, {"w": workspace, "u": user}).all())


def in_channel(conn: Connection, *, workspace: str, channel: str) -> list[Project]:
    """Every project that lives in the channel, newest first."""
    return _with_casts(conn, workspace, conn.execute(_IN_CHANNEL, {"w": workspace, "c": channel}).all())


def everywhere(conn: Connection) -> list[Project]:
    """Every project of every workspace, oldest first: for commands of whoever runs the bot, never for a
    person in Slack. Without its people."""
    return [_project(row, Cast()) for row in conn.execute(_EVERYWHERE)]


def set_facts(conn: Connection, *, workspace: str, id: str, **facts: Unpack[Facts]) -> None:
    """Change what of a project may change; the rest stays."""
    if facts:
        kept = {**facts, **({"holidays": _days(facts["holidays"])} if "holidays" in facts else {})}
        conn.execute(update(project).where(*_THIS).values(**kept), {"w": workspace, "p": id})


def set_role(conn: Connection, *, workspace: str, id: str, role: Role, user: str | None) -> None:
    """`user` holds this single role; None leaves it empty. ValueError for a role of several."""
    if role not in SINGLE_ROLES:
        raise ValueError(f"{role} is worked out from the team and cannot be given to one person")
    if user is None:
        conn.execute(_CLEAR_ROLE, {"w": workspace, "p": id, "r": role})
        return
    conn.execute(_SET_ROLE.on(conn), {"workspace": workspace, "project_id": id, "role": role, "user": user})


def set_team(conn: Connection, *, workspace: str, id: str, members: Iterable[Member]) -> None:
    """The whole team, replacing what it was. A person named twice keeps the first line."""
    unique: dict[str, Member] = {}
    for line in members:
        unique.setdefault(line.user, line)
    rows = [
        {
            "workspace": workspace,
            "project_id": id,
            "user": found.user,
            "position": position,
            "function": found.function,
            "daci": found.daci,
            "hours": found.hours,
        }
        for position, found in enumerate(unique.values())
    ]
    conn.execute(_CLEAR_TEAM, {"w": workspace, "p": id})
    if rows:
        conn.execute(_ADD_MEMBER, rows)


def lock(conn: Connection, *, workspace: str, id: str) -> bool:
    """Hold the project until the end of the transaction; False when there is none."""
    return conn.execute(_LOCK, {"w": workspace, "p": id}).first() is not None


def cast_of(conn: Connection, *, workspace: str, id: str) -> Cast:
    """Who is what in the project."""
    return _casts(conn, workspace, [id])[id]


def _casts(conn: Connection, workspace: str, ids: list[str]) -> dict[str, Cast]:
    holders: dict[str, dict[Role, str]] = {id: {} for id in ids}
    members: dict[str, list[tuple[int, Member]]] = {id: [] for id in ids}
    lots: dict[str, dict[str, tuple[str, ...]]] = {id: {} for id in ids}
    for row in conn.execute(_CAST, {"w": workspace, "projects": ids}):
        if row.position == ROLE:
            holders[row.project_id][row.function] = row.user
            continue
        if row.position == LOT:
            known = lots[row.project_id]
            known[row.function] = tuple(sorted((*known.get(row.function, ()), row.user)))
            continue
        line = Member(user=row.user, function=row.function, daci=row.daci, hours=row.hours)
        members[row.project_id].append((row.position, line))
    return {
        id: Cast(
            holders=holders[id],
            members=tuple(m for _, m in sorted(members[id], key=lambda pair: pair[0])),
            lots=lots[id],
        )
        for id in ids
    }


def _with_casts(conn: Connection, workspace: str, rows: Sequence[Row[Any]]) -> list[Project]:
    casts = _casts(conn, workspace, [row.id for row in rows]) if rows else {}
    return [_project(row, casts[row.id]) for row in rows]


def _project(row: Row[Any], cast: Cast) -> Project:
    return Project(**{**row._mapping, "holidays": days_of(row.holidays)}, cast=cast)


def days_of(kept: Iterable[str] | None) -> frozenset[date]:
    """The days on which nothing leaves, from the column that keeps them."""
    return frozenset(date.fromisoformat(day) for day in kept or ())


def _days(days: Iterable[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)
