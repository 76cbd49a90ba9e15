"""The versions of a project's documents: numbered, kept for ever, read again. Makes none, changes none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage import project
from storage.tables import document

IMPATIENCE = timedelta(seconds=5)  # within which asking again is a double click
_THIS = (
    document.c.workspace == bindparam("w"),
    document.c.project_id == bindparam("p"),
    document.c.doc == bindparam("doc"),
)
_LATEST = select(document).where(*_THIS).order_by(document.c.version.desc()).limit(bindparam("most"))
_ONE = select(document).where(*_THIS, document.c.version == bindparam("n"))
_ADD = insert(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of one document."""

    doc: str
    number: int  # 1, 2, 3 …
    made_by: str  # Slack user id
    made_at: datetime  # UTC
    content: Mapping[str, Any]  # as flows/document/keeping.py writes it


def next_number(
    conn: Connection, *, workspace: str, project_id: str, doc: str, by: str, now: datetime
) -> int:
    """The number of the version to make. Locks the project until the end of the transaction. Not of the note,
    whose numbers are given by storage/note.py. Somebody who asks twice within five seconds gets that of the
    version they have just made."""
    project.lock(conn, workspace=workspace, id=project_id)
    last = next(iter(latest(conn, workspace=workspace, project_id=project_id, doc=doc)), None)
    if last is None:
        return 1
    again = last.made_by == by and now - last.made_at < IMPATIENCE
    return last.number if again else last.number + 1


def keep(conn: Connection, *, workspace: str, project_id: str, version: Version) -> None:
    """Keep what a version says. Raises IntegrityError for a number that is taken."""
    row = {
        "workspace": workspace, "project_id": project_id, "doc": version.doc, "version": version.number,
        "made_by": version.made_by, "made_at": version.made_at, "content": dict(version.content),
    }  # fmt: skip
    conn.execute(_ADD, row)


def latest(conn: Connection, *, workspace: str, project_id: str, doc: str, most: int = 1) -> list[Version]:
    """The last versions, newest first."""
    key = {"w": workspace, "p": project_id, "doc": doc, "most": most}
    return [_version(row) for row in conn.execute(_LATEST, key)]


def get(conn: Connection, *, workspace: str, project_id: str, doc: str, number: int) -> Version | None:
    """One version, or None when there is no such one."""
    row = conn.execute(_ONE, {"w": workspace, "p": project_id, "doc": doc, "n": number}).first()
    return None if row is None else _version(row)


def _version(row: Any) -> Version:
    return Version(
        doc=row.doc, number=row.version, made_by=row.made_by, made_at=row.made_at, content=row.content or {}
    )
