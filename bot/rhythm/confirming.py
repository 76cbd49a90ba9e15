"""A user of a lot says that it is done: its exit condition is met (WN32). Said once, by who works with it."""

from datetime import date
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.project import Project
from flows.register.model import Kept
from storage import life
from storage.database import Connection

OPEN = "lot_done"
#: Of a lot: the day on which one of its users has said that it is done, ISO; nothing before.
CONFIRMED, EXIT = "confirmed", "exit"


def rows(  # noqa: PLR0913 - whose Home it stands in, and since when they work with it
    w: Wording, *, project: Project, lot: Kept, user: str, began: date | None, today: date
) -> list[Json]:
    """The question, for a user of this lot from its go-live on (`began`); afterwards, that it was said.
    Nothing for anybody else, and where nobody has written when it is done."""
    condition = str(lot.fields.get(EXIT) or "")
    if user not in project.cast.lots.get(lot.ref, ()) or not condition:
        return []
    if lot.fields.get(CONFIRMED):
        return [blocks.context(w("A user has said that this lot is done."))]
    if began is None or began > today:
        return []
    yes = elements.button(
        w("Yes, it is so"),
        f"{OPEN}:{lot.ref}",
        value=f"{project.id}:{lot.ref}",
        label=w("Yes, {lot} is done", lot=w.of(lot.title)),
    )
    return [
        blocks.section(
            w.md("Done when: “{condition}”. Is it so for you?", condition=condition), accessory=yes
        ),
        blocks.context(
            w("*Named.* The history of the lot says who; the channel reads only that a user says so.")
        ),
    ]


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Yes, it is so]."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    w = who.w
    if who.project is None or request.user not in who.project.cast.lots.get(ref, ()):
        return answer.tell(request, parts, w, w("Those who work with this lot say when it is done."))
    done = await parts.db.run(_confirmed, parts=parts, who=who, ref=ref)
    parts.wake()
    said = w("Thank you. It is on record: this lot is done, and a user says so.")
    return answer.tell(request, parts, w, said if done else w("A user has said that this lot is done."))


def _confirmed(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> bool:
    project, now = who.here, parts.clock.now()
    held = life.hold(conn, workspace=project.workspace, project_id=project.id, ref=ref)
    if held is None or held.record.fields.get(CONFIRMED) or not held.record.fields.get(EXIT):
        return False
    day = who.today.isoformat()
    life.change(conn, held, by=who.actor.user, move="edited", now=now, fields={CONFIRMED: day})
    announce.homes(conn, project=project, users=project.cast.lots.get(ref, ()), now=now)
    return True


ACTIONS: dict[str, Any] = {OPEN: pressed}
