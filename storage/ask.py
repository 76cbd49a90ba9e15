"""What somebody is asked: what was decided upon, what has left. Decides nothing about how much is too much.

Over all projects of a workspace, because one person has one budget (2.1). Never whether anybody answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from flows.fatigue import Kind
from storage.statement import Both
from storage.tables import ask as table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One message to one person."""

    key: str  # of its row in the outbox
    user: str
    project_id: str
    about: str = ""  # the dialogue or wave
    kind: Kind
    earliest: date  # where the person is
    minutes: int = 0
    counted: bool = True
    sponsor: bool = False
    needed_by: date | None = None
    midweek: bool | None = None  # from Tuesday to Thursday only
    since: datetime
    left_at: datetime | None = None


#: How far back what has left still counts: a long questionnaire takes up the weeks after its own.
REMEMBERED = timedelta(days=70)

_FIELDS = tuple(Ask.__dataclass_fields__)
_THIS = (table.c.workspace == bindparam("w"), table.c.key == bindparam("k"))
_PUT = Both(lambda insert: insert(table).on_conflict_do_nothing(index_elements=["workspace", "key"]))
_OF_USER = (
    select(*(table.c[name] for name in _FIELDS))
    .where(
        table.c.workspace == bindparam("w"),
        table.c.user == bindparam("u"),
        or_(table.c.left_at.is_(None), table.c.left_at > bindparam("since")),
    )
    .order_by(table.c.since, table.c.key)
)
_LEFT = update(table).where(*_THIS, table.c.left_at.is_(None)).values(left_at=bindparam("at"))
_FORGET = delete(table).where(*_THIS, table.c.left_at.is_(None))
_FORGET_ABOUT = delete(table).where(
    table.c.workspace == bindparam("w"), table.c.about == bindparam("a"), table.c.left_at.is_(None)
)

_FORGET_OF = delete(table).where(
    table.c.workspace == bindparam("w"),
    table.c.user == bindparam("u"),
    table.c.project_id == bindparam("p"),
    table.c.left_at.is_(None),
)


def put(conn: Connection, *, workspace: str, ask: Ask) -> None:
    """It has been decided upon. One that is known already stays as it is."""
    row = {"workspace": workspace, **{name: getattr(ask, name) for name in _FIELDS}}
    conn.execute(_PUT.on(conn), row)


def of(conn: Connection, *, workspace: str, user: str, now: datetime) -> list[Ask]:
    """What waits for this person and what has left lately, oldest first, over all their projects."""
    rows = conn.execute(_OF_USER, {"w": workspace, "u": user, "since": now - REMEMBERED})
    return [Ask(**row._mapping) for row in rows]


def left(conn: Connection, *, workspace: str, key: str, now: datetime) -> None:
    """Slack has taken it. A card that is brought up to date later has left only once."""
    conn.execute(_LEFT, {"w": workspace, "k": key, "at": now})


def forget(conn: Connection, *, workspace: str, key: str) -> None:
    """It will not be said after all, and takes nobody's time. What has left stays."""
    conn.execute(_FORGET, {"w": workspace, "k": key})


def forget_about(conn: Connection, *, workspace: str, about: str) -> None:
    """Nothing that still waits about this dialogue or wave will be said."""
    conn.execute(_FORGET_ABOUT, {"w": workspace, "a": about})


def forget_of(conn: Connection, *, workspace: str, user: str, project_id: str) -> None:
    """Nothing that still waits for this person in this project will be said."""
    conn.execute(_FORGET_OF, {"w": workspace, "u": user, "p": project_id})
