"""Makes a version of a document from what is known now, and keeps it: the same in every form, for ever.

In the transaction of whoever asked. Renders nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import asker
from bot.documents.judging import judged
from bot.documents.kinds import KINDS, NOTE
from bot.parts import Parts
from flows.document import keeping
from flows.document.facts import NoteFacts
from flows.document.model import Document
from flows.project import Project
from storage import document as documents
from storage import note as notes
from storage import person
from storage.database import Connection
from storage.document import Version


def facts(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> NoteFacts | None:
    """What every document is made from: nothing restricted, no verdict before the team may read it."""
    return notes.facts(
        conn,
        workspace=project.workspace,
        project_id=project.id,
        flows=parts.playbook.flows,
        today=asker.today(parts, project),
        judged=judged(conn, parts=parts, project=project, now=now),
    )


def document(conn: Connection, *, parts: Parts, project: Project, doc: str) -> Document | None:
    """A document as it would be now. Keeps nothing."""
    found = facts(conn, parts=parts, project=project, now=parts.clock.now())
    return None if found is None else KINDS[doc].make(parts.playbook, found)


def make(conn: Connection, *, parts: Parts, project: Project, doc: str, by: str) -> int:
    """A new version; its number. Somebody who asks again within five seconds gets the one they have just
    made."""
    now, here = parts.clock.now(), {"workspace": project.workspace, "project_id": project.id}
    number = _number(conn, project=project, doc=doc, by=by, now=now)
    if documents.get(conn, **here, doc=doc, number=number) is not None:
        return number
    known = facts(conn, parts=parts, project=project, now=now)
    if known is None:
        raise LookupError("the project is not there any more")
    known = replace(known, version=number, changes=(), names=keeping.by_id(known.names))
    content = keeping.plain(KINDS[doc].make(parts.playbook, known))
    version = Version(doc=doc, number=number, made_by=by, made_at=now, content=content)
    documents.keep(conn, **here, version=version)
    return number


def _number(conn: Connection, *, project: Project, doc: str, by: str, now: datetime) -> int:
    here = {"workspace": project.workspace, "project_id": project.id}
    if doc == NOTE:
        return notes.new_version(conn, **here, by=by, now=now)
    return documents.next_number(conn, **here, doc=doc, by=by, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version as it is read again, with what people in it are called today."""

    document: Document
    names: Mapping[str, str]  # Slack user id -> display name


def kept(conn: Connection, *, project: Project, doc: str, number: int) -> Kept | None:
    """A version as it was made, with what changed since the one before it; None when there is none."""
    here = {"workspace": project.workspace, "project_id": project.id}
    version = documents.get(conn, **here, doc=doc, number=number)
    if version is None:
        return None
    before = documents.get(conn, **here, doc=doc, number=number - 1)
    changed = keeping.changes(before.content, version.content) if before is not None else ()
    return Kept(document=keeping.read(version.content, changed), names=named(conn, project, version.content))


def named(conn: Connection, project: Project, content: Mapping[str, Any]) -> dict[str, str]:
    """What the people in a version are called today, by id."""
    users = sorted(keeping.people(content))
    known = person.many(conn, workspace=project.workspace, users=users)
    return {user: one.name for user, one in known.items()}
