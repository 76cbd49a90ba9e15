"""Somebody's account is closed: what they were asked by colleagues goes back at once, not on the last day; no
workshop and no version of the note waits for them."""

from dataclasses import replace
from datetime import datetime

from bot.delegation import hands
from bot.once import once
from bot.parts import Parts
from bot.request import Handler, Reply, Request
from bot.signoff import noticing
from bot.workshops import leaving as workshops
from storage import person as kept
from storage import project as projects
from storage.database import Connection


async def changed(request: Request, parts: Parts) -> Reply:
    """A profile has changed. Of the many reasons for that only a closed account matters here."""
    profile = (request.payload.get("event") or {}).get("user")
    if isinstance(profile, dict) and profile.get("deleted") and isinstance(profile.get("id"), str):
        user = str(profile["id"])
        await parts.db.run(_closed, request=request, parts=parts, user=user, now=parts.clock.now())
        parts.wake()
    return Reply()


def _closed(conn: Connection, *, request: Request, parts: Parts, user: str, now: datetime) -> None:
    """Kept, so that nothing is sent there; somebody who was never met here is of no concern."""
    workshops.left(conn, parts=parts, workspace=request.workspace, user=user, now=now)
    known = kept.get(conn, workspace=request.workspace, user=user)
    if known is None or not once(conn, request, now):
        return
    kept.remember(conn, person=replace(known, deleted=True, fetched_at=now))
    hands.let_go(conn, workspace=request.workspace, user=user, flows=parts.playbook.flows, now=now)
    for project in projects.for_user(conn, workspace=request.workspace, user=user):
        noticing.noticed(conn, project=project, now=now)


EVENTS: dict[str, Handler] = {"user_change": changed}
