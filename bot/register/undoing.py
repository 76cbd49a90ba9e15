"""[Undo (10 minutes)]: what somebody has just made or moved on is taken back; it stays in the history."""

from dataclasses import dataclass
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.hub import record as record_of
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow
from bot.register import depending, queueing, superseding
from bot.register.moving import now_is
from bot.request import Reply, Request
from flows.register.model import Kept
from flows.register.moves import Refused
from flows.register.undoing import MOVE, SINCE, undo
from flows.words import Words
from storage import arbitration, life, linking
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The record as it is again, or the sentence that says why it stays."""

    record: Kept | None = None
    words: Words = NOTHING_THERE


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Undo (10 minutes)], on the confirmation and on the page of the record."""
    project_id, ref, n = [*answer.chosen(request).split(":"), "", "", ""][:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=ref) if who.project else None
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    done: Undone = await parts.db.run(_undo, parts=parts, who=who, ref=ref, n=n)
    parts.wake()
    if done.record is None:
        return answer.tell(request, parts, who.w, who.w.of(done.words))
    if answer.in_modal(request):
        view = await parts.db.read(record_of.page, parts=parts, who=who, ref=ref)
        return answer.refreshed(request, parts, view)
    return answer.tell(request, parts, who.w, now_is(who.w, done.record))


def _undo(conn: Connection, *, parts: Parts, who: Asker, ref: str, n: str) -> Undone:
    """In one transaction. `n`: which of what happened is meant; a second press undoes nothing more."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    held = life.hold(conn, **here, ref=ref)
    past = life.history(conn, **here, ref=ref)
    if held is None or not past or str(past[-1].n) != n:
        return Undone(words=SINCE)
    last = past[-1]
    if who.may("record.undo", owner=last.by == who.actor.user) != Allow():
        return Undone(words=SINCE)
    inward = any(not one.outward for one in linking.links(conn, **here, ref=ref))
    leaned = inward or arbitration.about(conn, **here, subject=ref) is not None
    step = undo(held.record, past, by=who.actor.user, now=now, leaned_on=leaned)
    if isinstance(step, Refused):
        return Undone(words=step.words)
    record = life.change(
        conn, held, by=who.actor.user, move=MOVE, status=step.status, fields=step.fields, now=now
    )
    superseding.restore(conn, project=project, record=record, by=who.actor.user, at=last.at, now=now)
    queueing.told(conn, project=project, record=record, by=who.actor.user, now=now)
    if record.kind == "decision" and record.status != held.record.status:
        depending.mark(conn, project=project, decision=record, by=who.actor.user, now=now)
    return Undone(record=record)


ACTIONS: dict[str, Any] = {"record.undo": pressed}
