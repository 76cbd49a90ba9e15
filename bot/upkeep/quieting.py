"""What an owner does with a reminder of one item: later, never again, pass on. Of one that is stopped the
facilitator reads that it is, so that the item is not forgotten; nobody else sees anything of it.
"""

from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.digest import planning as digest
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Reply, Request
from bot.rounds import announce
from bot.upkeep import handing
from bot.upkeep.items import Due, items
from flows.upkeep import Snooze, Upkeep, snoozed, stopped
from storage import upkeep
from storage.database import Connection

SNOOZES: dict[str, Snooze] = {"1": "1", "3": "3", "week": "week"}
PASS, STOP = "pass", "stop"


async def menu(request: Request, parts: Parts) -> Reply:
    """The menu of an item in a reminder."""
    project_id, _, rest = answer.chosen(request).partition(":")
    ref, _, what = rest.partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if what == PASS:
        return await handing.form_for(request, parts, who, ref)
    if what != STOP and what not in SNOOZES:
        return Reply()
    kept: Upkeep | None = await parts.db.run(_hush, parts=parts, who=who, ref=ref, what=what)
    parts.wake()
    w = who.w
    if kept is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    if kept.stopped:
        said = w.md(
            "No more reminders for {ref}. It keeps its date, and the facilitator reads that reminders of it "
            "are stopped.",
            ref=ref,
        )
    else:
        day = w.day(kept.quiet_until) if kept.quiet_until else ""
        said = w.md("No reminder for {ref} before {day}.", ref=ref, day=day)
    return answer.tell(request, parts, w, said)


def _hush(conn: Connection, *, parts: Parts, who: Asker, ref: str, what: str) -> Upkeep | None:
    """Quiet about one item until a day, or for ever; only by whoever sees to it."""
    point = mine(conn, who, ref)
    if point is None:
        return None
    project = who.here
    if what == STOP and point.item.owner != who.actor.user:
        return None
    kept = stopped(point.kept) if what == STOP else snoozed(point.kept, SNOOZES[what], who.today)
    upkeep.put(conn, workspace=project.workspace, project_id=project.id, kept=[kept])
    digest.refreshed(conn, project=project, now=parts.clock.now())
    if kept.stopped:
        announce.homes(conn, project=project, users=(), now=parts.clock.now())
    return kept


def mine(conn: Connection, who: Asker, ref: str) -> Due | None:
    """The item when this person sees to it, or stands in for whoever does."""
    if who.project is None or not who.project.cast.roles_of(who.actor.user):
        return None
    found = items(conn, project=who.project, today=who.today).get(ref)
    mine_ = found is not None and who.actor.user in (found.item.owner, found.hears)
    return found if mine_ else None


ACTIONS: dict[str, Any] = {"item.menu": menu}
