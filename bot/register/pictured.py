"""[As a picture]: the open risks drawn as a grid, sent to whoever asks, with the same in words beside it.

Made when it leaves, of what that person may read then. Nothing is posted in a channel.
"""

from typing import Any

from bot import answer, asker, people
from bot.hub import register
from bot.once import once
from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.register import grid, picture
from bot.register.fields import LEVELS
from bot.request import Reply, Request
from bot.words import drawing
from bot.words.mrkdwn import Mrkdwn
from flows.register.matrix import matrix
from storage import outbox
from storage.database import Connection
from storage.outbox import Row

WHAT = "risk_picture"


async def pressed(request: Request, parts: Parts) -> Reply:
    """[As a picture], under the grid."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    await parts.db.run(_order, request=request, parts=parts, who=who)
    parts.wake()
    said = who.w("The picture is on its way: you will find it in our private conversation.")
    return answer.tell(request, parts, who.w, said)


def _order(conn: Connection, *, request: Request, parts: Parts, who: asker.Asker) -> None:
    project, user, now = who.here, who.actor.user, parts.clock.now()
    if once(conn, request, now):
        outbox.queue(
            conn, workspace=project.workspace, key=f"{WHAT}:{project.id}:{user}:{now.isoformat()}",
            lane=f"{WHAT}:{user}", op="file", now=now,
            ref={"what": WHAT, "project": project.id, "user": user},
        )  # fmt: skip


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The picture of now. Nothing when who asked may no longer, or no risk is open any more."""
    user = str(row.ref.get("user", ""))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person, project_id=str(row.ref.get("project") or "-"))
    if who.may("register.read") != Allow():
        return None
    w, found = who.w, matrix(register.listed(conn, parts=parts, who=who, kind="risk"))
    if not found.levels:
        return None
    content = drawing.png(picture.svg(w, found, [w(words) for words in LEVELS.values()], who.today))
    title = w("Open risks of {project}", project=who.here.name)
    head = w.md("*Open risks of {project}*", project=who.here.name)
    text = Mrkdwn("\n").join([head, *grid.lines(w, found)])
    risks = w("risks")
    name = f"{risks}-{who.today.isoformat()}.png"
    return Message(text=text, file=File(name=name, content=content, title=title))


ACTIONS: dict[str, Any] = {"register.picture": pressed}
MESSAGES = {WHAT: file}
