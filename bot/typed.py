"""Somebody types to the bot instead of using a form: nothing is kept, and the form is offered.

The words of the message are not read, stored or logged (acceptance 18). One answer a message, however
often and in whatever shape Slack delivers it (reliability, fault 3).
"""

from typing import Any

from bot import asker, people
from bot.hub import tasks
from bot.once import once
from bot.outbound.render import Message
from bot.parts import Parts
from bot.register import source
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from storage import outbox
from storage.database import Connection
from storage.outbox import Row


async def said(request: Request, parts: Parts) -> Reply:
    """A direct message, or a mention in a channel; or word that a message was edited or deleted, which only
    concerns one that a record was made from."""
    event = request.payload.get("event") or {}
    if event.get("subtype") in source.SUBTYPES:
        return await source.changed(request, parts)
    if not _by_a_person(event, request):
        return Reply()
    await people.known(parts, request.workspace, request.user)
    await parts.db.run(_answer, request=request, event=event, parts=parts)
    parts.wake()
    return Reply()


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """Why nothing was kept, and the button that opens what waits for this person."""
    user = str(row.ref.get("by", ""))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person)
    w = who.w
    rows: list[Json] = [
        blocks.section(w("I read answers only in the form, so that nothing sensitive stays in messages."))
    ]
    private = not row.ref.get("thread")
    work = tasks.tasks(conn, parts=parts, project=who.project, user=user) if who.project and private else []
    waiting = next((task for task in work if task.open), None)
    if waiting is not None:
        rows.append(
            blocks.actions(elements.button(w("Open the form"), "dialogue.open", value=waiting.run.id))
        )
    else:
        rows.append(blocks.actions(elements.button(w("What waits for me"), "menu.open", value="")))
    found = message(*rows)
    return Message(text=found.text, blocks=found.blocks, thread_ts=str(row.ref.get("thread") or ""))


def _by_a_person(event: Json, request: Request) -> bool:
    """A new message of a person; not ours, not an edit, not a join."""
    if (
        not request.user
        or event.get("bot_id")
        or event.get("subtype") not in (None, "file_share", "thread_broadcast")
    ):
        return False
    return request.name == "app_mention" or event.get("channel_type") == "im"


def _answer(conn: Connection, *, request: Request, event: Json, parts: Parts) -> None:
    """Queues the answer, once for each message."""
    now, channel, ts = parts.clock.now(), str(event.get("channel") or ""), str(event.get("ts") or "")
    if not channel or not once(conn, request, now):
        return
    if channel.startswith("D"):
        announce.private(
            conn,
            workspace=request.workspace,
            user=request.user,
            what="typed",
            key=f"{channel}:{ts}",
            ref={"by": request.user},
            now=now,
        )
        return
    outbox.queue(
        conn,
        workspace=request.workspace,
        key=f"typed:{channel}:{ts}",
        lane=f"channel:{channel}",
        op="post",
        now=now,
        ref={
            "what": "typed",
            "channel": channel,
            "by": request.user,
            "thread": str(event.get("thread_ts") or ts),
        },
    )


EVENTS: dict[str, Any] = {"message": said, "app_mention": said}
MESSAGES = {"typed": render}
