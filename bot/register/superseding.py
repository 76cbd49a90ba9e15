"""A decision that holds takes the place of those it was made to replace, in the transaction of its step."""

from datetime import datetime

from bot.register import queueing
from flows.project import Project
from flows.register.model import Kept
from storage import life, linking
from storage.database import Connection


def follow(conn: Connection, *, project: Project, record: Kept, by: str, now: datetime) -> None:
    """Once accepted: whatever it is to replace and still stands is superseded, never deleted, and its card
    says so in place."""
    if record.kind != "decision" or record.status != "accepted":
        return
    here = {"workspace": project.workspace, "project_id": project.id}
    for one in linking.links(conn, **here, ref=record.ref):
        old = life.hold(conn, **here, ref=one.ref) if one.link == "supersedes" and one.outward else None
        if old is not None and old.record.status == "accepted":
            reason = str(record.fields.get("reason") or "") or None
            gone = life.change(
                conn, old, by=by, move="supersede", status="superseded", reason=reason, now=now
            )
            queueing.told(conn, project=project, record=gone, by=by, now=now)
