"""Queues the canvas of a document: when somebody asks for it, and anew with each version once it stands.

In the transaction of the change. Renders nothing and sends nothing.
"""

from datetime import datetime

from flows.project import Project
from storage import card, outbox
from storage.database import Connection

WHAT = "canvas"


def queue(  # noqa: PLR0913 - which version of what, published by whom, when
    conn: Connection, *, project: Project, doc: str, version: int, by: str, now: datetime
) -> None:
    """The canvas of this document says its newest version from now on; many changes at once make one."""
    object_id = f"{project.id}:{doc}"
    outbox.queue(
        conn, workspace=project.workspace, key=f"{WHAT}:{object_id}", lane=f"{WHAT}:{object_id}",
        op="canvas", now=now, coalesce=True,
        ref={
            "what": WHAT, "project": project.id, "channel": project.channel, "doc": doc, "object": object_id,
            "version": version, "by": by,
        },
    )  # fmt: skip


def stands(conn: Connection, *, project: Project, doc: str) -> bool:
    """Whether this document has a canvas in the project's channel, as far as Slack has told."""
    place = card.place(conn, workspace=project.workspace, kind=WHAT, object_id=f"{project.id}:{doc}")
    return place is not None and place.channel == project.channel


def refreshed(  # noqa: PLR0913 - which version of what, made by whom, when
    conn: Connection, *, project: Project, doc: str, version: int, by: str, now: datetime
) -> None:
    """A new version was made: its canvas, where there is one, says so. Nothing where nobody asked for one, or
    where Slack has refused it."""
    if stands(conn, project=project, doc=doc):
        queue(conn, project=project, doc=doc, version=version, by=by, now=now)
