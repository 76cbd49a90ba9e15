"""[Take over the new words]: a message was edited after it was recorded, and the owner copies it anew (F1).

The message is read when the button is pressed and shown beside what was copied; nothing is taken over by
itself, and the history keeps both.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.hub import record as record_of
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.register import capture, form, queueing
from bot.register.fields import QUOTE
from bot.register.message import LONG
from bot.register.ways import may
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.mrkdwn import quote
from bot.words.text import N_
from flows.register.model import Kept
from storage import capturing, inbox, life
from storage.capturing import Message
from storage.database import Connection

CALLBACK = "record.refresh"
TITLE = N_("Take over new words")
TAKE = N_("Take over")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Take over the new words]."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    w, found = who.w, await parts.db.read(_edited, parts=parts, who=who, ref=ref)
    if found is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    record, source = found
    if isinstance(verdict := may(who, record, "record.edit"), Deny):
        return answer.tell(request, parts, w, who.refusal(verdict))

    async def build() -> Json:
        now = await capture.reread(request, parts, who.here.channel, source.channel, source.ts)
        if now is None:
            gone = w("The message cannot be read any more. The words that were copied stay.")
            return answer.page(w, w("Cadrage"), [blocks.section(gone)])
        words = await capture.said(request, parts, now.text)
        return _form(who, record, source, words[:LONG], nonce=request.trigger_id)

    return answer.show(request, parts, w, w(TITLE)[:24], build)


def _edited(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> tuple[Kept, Message] | None:
    """The record with its message, where that was edited since and this person may read the record."""
    record = record_of.readable(conn, parts=parts, who=who, ref=ref) if who.project else None
    if record is None:
        return None
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    source = capturing.source(conn, **here, ref=ref)
    return (record, source) if source is not None and source.state == "edited" else None


def _form(who: Asker, record: Kept, source: Message, words: str, *, nonce: str) -> Json:
    """What was copied, and the words of now, in which things can be taken out."""
    w = who.w
    above = [blocks.section(record_of.head(w, record)), blocks.context(w("Copied so far:"))]
    above.append(blocks.section(quote((source.text or "–")[:2900])))
    held = {"ref": record.ref, "nonce": nonce}
    asked = [replace(QUOTE, required=True)]
    values = {QUOTE.key: words}
    return form.modal(who, TITLE, asked, values, callback_id=CALLBACK, held=held, above=above, submit=TAKE)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Take over], sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    record = await parts.db.read(record_of.readable, parts=parts, who=who, ref=held.get("ref", ""))
    if record is None or isinstance(may(who, record, "record.edit"), Deny):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    words = str(answer.state(request, QUOTE.key, QUOTE.key).get("value") or "").strip()[:LONG]
    await parts.db.run(_taken, parts=parts, who=who, held=held, words=words)
    parts.wake()
    view = await parts.db.read(record_of.page, parts=parts, who=who, ref=record.ref)
    return answer.refreshed(request, parts, view)


def _taken(conn: Connection, *, parts: Parts, who: Asker, held: Mapping[str, str], words: str) -> None:
    """In one transaction; the same form sent twice has one effect."""
    project, now, nonce = who.here, parts.clock.now(), held.get("nonce", "")
    here = {"workspace": project.workspace, "project_id": project.id}
    before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    kept = life.hold(conn, **here, ref=held.get("ref", ""))
    if before is not None or kept is None:
        return
    ref = kept.record.ref
    if not words or not capturing.refresh(conn, **here, ref=ref, text=words, now=now):
        return
    record = life.change(conn, kept, by=who.actor.user, move="refresh", fields={"quote": words}, now=now)
    queueing.told(conn, project=project, record=record, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=ref, now=now)


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
