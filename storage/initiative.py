"""Appropriation initiatives (INI): kept, read, moved on. Decides nothing, and tells nobody."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.wins.initiative import PREFIX, Initiative
from storage.numbering import next_number
from storage.tables import initiative as table

_IN_PROJECT = (table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"))
_ONE = (*_IN_PROJECT, table.c.number == bindparam("n"))
_GET = select(table).where(*_ONE)
_HOLD = _GET.with_for_update()
_ALL = select(table).where(*_IN_PROJECT).order_by(table.c.number)
_BY = select(table).where(table.c.workspace == bindparam("w"), table.c.author == bindparam("u"))
_ADD = insert(table)
_MOVE = (
    update(table)
    .where(*_ONE)
    .values({name: bindparam(f"new_{name}") for name in (
        "statement", "author", "named", "status", "answer", "answered_by", "taken_up",
    )})
)  # fmt: skip


def put(conn: Connection, *, workspace: str, project_id: str, new: Initiative) -> int:
    """A new initiative; returns its number."""
    number = next_number(conn, workspace=workspace, project_id=project_id, prefix=PREFIX)
    row = {
        "workspace": workspace, "project_id": project_id, "number": number, "function": new.function,
        "help": list(new.help), "made_at": new.made_at, **_moved(new),
    }  # fmt: skip
    conn.execute(_ADD, row)
    return number


def get(conn: Connection, *, workspace: str, project_id: str, number: int) -> Initiative | None:
    """The initiative people call INI-`number`."""
    row = conn.execute(_GET, {"w": workspace, "p": project_id, "n": number}).first()
    return None if row is None else _initiative(row)


def hold(conn: Connection, *, workspace: str, project_id: str, number: int) -> Initiative | None:
    """The same, held: whoever would move it too waits until this transaction has ended."""
    row = conn.execute(_HOLD, {"w": workspace, "p": project_id, "n": number}).first()
    return None if row is None else _initiative(row)


def of_project(conn: Connection, *, workspace: str, project_id: str) -> list[Initiative]:
    """Every initiative of a project by number."""
    return [_initiative(row) for row in conn.execute(_ALL, {"w": workspace, "p": project_id})]


def by(conn: Connection, *, workspace: str, user: str) -> list[tuple[str, Initiative]]:
    """Each initiative this person told, with its project."""
    rows = conn.execute(_BY, {"w": workspace, "u": user})
    return [(row.project_id, _initiative(row)) for row in rows]


def move(conn: Connection, *, workspace: str, project_id: str, one: Initiative) -> None:
    """How it stands from now on."""
    key = {"w": workspace, "p": project_id, "n": one.number}
    conn.execute(_MOVE, {**key, **{f"new_{name}": value for name, value in _moved(one).items()}})


def _moved(one: Initiative) -> dict[str, Any]:
    return {
        "statement": one.statement, "author": one.author, "named": one.named, "status": one.status,
        "answer": one.answer, "answered_by": one.answered_by, "taken_up": list(one.taken_up),
    }  # fmt: skip


def _initiative(row: Any) -> Initiative:
    return Initiative(
        number=row.number, statement=row.statement, author=row.author, named=row.named,
        function=row.function, help=tuple(row.help or ()), status=row.status, answer=row.answer,
        answered_by=row.answered_by, taken_up=tuple(row.taken_up or ()), made_at=row.made_at,
    )  # fmt: skip
