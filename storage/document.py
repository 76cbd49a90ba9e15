"""The versions of a project's documents: numbered, kept for ever, read and recognised again. Changes none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from storage import project
from storage.statement import Both
from storage.tables import ACROSS, document, document_file, note

IMPATIENCE = timedelta(seconds=5)  # within which asking again is a double click
_THIS = (
    document.c.workspace == bindparam("w"),
    document.c.project_id == bindparam("p"),
    document.c.doc == bindparam("doc"),
)
_LATEST = select(document).where(*_THIS).order_by(document.c.version.desc()).limit(bindparam("most"))
_ONE = select(document).where(*_THIS, document.c.version == bindparam("n"))
_ADD = insert(document)
NOTE = "DOC1"
_POST = insert(note)
_POSTED = select(func.max(note.c.version)).where(
    note.c.workspace == bindparam("w"), note.c.project_id == bindparam("p")
)
_DELIVERED = Both(lambda insert: insert(document_file).on_conflict_do_nothing())
#: For the command line of whoever runs the bot: a file does not say of which workspace it is.
_FILE = (
    select(document_file)
    .where(document_file.c.sha256 == bindparam("h"))
    .order_by(document_file.c.delivered_at, document_file.c.workspace, document_file.c.project_id)
    .execution_options(**ACROSS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of one document."""

    doc: str
    number: int  # 1, 2, 3 …
    made_by: str  # Slack user id
    made_at: datetime  # UTC
    content: Mapping[str, Any]  # as flows/document/keeping.py writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A file as it was delivered: which version of which document, in which form and language."""

    workspace: str
    project_id: str
    doc: str
    version: int
    form: str
    language: str
    delivered_at: datetime  # UTC; the first time


def delivered(conn: Connection, *, sha256: str, file: Delivered) -> None:
    """Remember that these bytes are of this version. Once, however often they are delivered."""
    row = {
        "workspace": file.workspace, "sha256": sha256, "project_id": file.project_id, "doc": file.doc,
        "version": file.version, "form": file.form, "language": file.language,
        "delivered_at": file.delivered_at,
    }  # fmt: skip
    conn.execute(_DELIVERED.on(conn), row)


def of_file(conn: Connection, *, sha256: str) -> list[Delivered]:
    """Which versions these bytes were delivered as, in any workspace, the first first."""
    return [
        Delivered(
            workspace=row.workspace, project_id=row.project_id, doc=row.doc, version=row.version,
            form=row.form, language=row.language, delivered_at=row.delivered_at,
        )
        for row in conn.execute(_FILE, {"h": sha256})
    ]  # fmt: skip


def next_number(
    conn: Connection, *, workspace: str, project_id: str, doc: str, by: str, now: datetime
) -> int:
    """The number of the version to make, from 1. Locks the project until the end of the transaction. Somebody
    who asks twice within five seconds gets that of the version they have just made: a double click, or a
    delivery that came again."""
    project.lock(conn, workspace=workspace, id=project_id)
    last = next(iter(latest(conn, workspace=workspace, project_id=project_id, doc=doc)), None)
    if last is None:
        return 1 + (_before(conn, workspace=workspace, project_id=project_id) if doc == NOTE else 0)
    again = last.made_by == by and now - last.made_at < IMPATIENCE
    return last.number if again else last.number + 1


def _before(conn: Connection, *, workspace: str, project_id: str) -> int:
    """How many versions of the note were posted before what they said was kept."""
    return int(conn.execute(_POSTED, {"w": workspace, "p": project_id}).scalar_one() or 0)


def keep(conn: Connection, *, workspace: str, project_id: str, version: Version) -> None:
    """Keep what a version says; of the note also its day, from which changes are counted. Raises
    IntegrityError for a number that is taken."""
    made = {
        "workspace": workspace, "project_id": project_id, "version": version.number,
        "made_by": version.made_by, "made_at": version.made_at,
    }  # fmt: skip
    if version.doc == NOTE:
        conn.execute(_POST, made)
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
