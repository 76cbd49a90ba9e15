"""A decision that holds takes the place of those it was made to replace, in the transaction of its step; when
that step is undone, they stand again."""

from datetime import datetime

from bot.register import depending, queueing
from flows.project import Project
from flows.register.model import Kept
from flows.register.undoing import MOVE
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
            depending.mark(conn, project=project, decision=gone, by=by, now=now)


def restore(  # noqa: PLR0913 - of what, which step, by whom
    conn: Connection, *, project: Project, record: Kept, by: str, at: datetime, now: datetime
) -> None:
    """What this decision has replaced in the step of `at` stands again: the step is undone."""
    here = {"workspace": project.workspace, "project_id": project.id}
    for one in linking.links(conn, **here, ref=record.ref):
        old = life.hold(conn, **here, ref=one.ref) if one.link == "supersedes" and one.outward else None
        last = life.history(conn, **here, ref=one.ref)[-1:] if old is not None else []
        if old is not None and last and (last[0].move, last[0].at) == ("supersede", at):
            stands = life.change(conn, old, by=by, move=MOVE, status=last[0].before, now=now)
            queueing.told(conn, project=project, record=stands, by=by, now=now)
            depending.mark(conn, project=project, decision=stands, by=by, now=now)
