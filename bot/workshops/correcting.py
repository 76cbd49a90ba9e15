# ruff: noqa: PLR0913 - who corrects what of which workshop, when
"""The read-back of a workshop, corrected on the spot (4.1): anyone who takes part says how a record should
read, until half an hour after the end. What a record said before stays in its history, with who changed it;
not where people talk openly (W04).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import answer, forms
from bot.asker import wording
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.register import queueing as registered
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from bot.workshops import queueing
from bot.workshops.scene import Scene, scene
from flows.register.model import Kept
from flows.register.moves import changeable
from flows.words import Words
from flows.workshop.correcting import may_correct, until
from storage import inbox, life
from storage.database import Connection

CORRECTED = "workshop.corrected"
LISTED, LINE = 40, 300
OVER = N_("Corrections closed {when}. Whoever sees to a record changes it on its page.")
Wrong = dict[str, str]  # sentences by field
MEANWHILE = N_("Somebody has corrected it meanwhile. Close this form and open it again.")


async def correct(request: Request, parts: Parts) -> Reply:
    """[Correct]: everything that has come of it, each with the way to correct it."""
    w = await wording(request, parts)
    id = answer.chosen(request)

    async def build() -> Json:
        return await parts.db.read(_page, parts=parts, request=request, w=w, id=id)

    return answer.show(request, parts, w, w("Correct"), build)


def _page(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or not _takes_part(found, request.user):
        return answer.page(w, w("Correct"), [blocks.section(w.of(NOTHING_THERE))])
    if not _open(found, request.user):
        return answer.page(w, w("Correct"), [blocks.section(closed(found))])
    rows = [blocks.context(w("Say how it should read. What it said before stays in its history."))]
    for one in found.records[:LISTED]:
        go = elements.button(
            w("Correct"), f"workshop.correct_one:{one.ref}", value=f"{found.workshop.id}:{one.ref}",
            label=w("{what}: {ref}", what=w("Correct"), ref=one.ref),
        )  # fmt: skip
        said = w.md("*{ref}* {title}", ref=one.ref, title=one.title)
        rows.append(blocks.section(said, accessory=go if changeable(one) else None))
    rows += [blocks.section(w.md("*{ref}* {title}", ref=one.ref, title=one.title)) for one in found.settled]
    if not (found.records or found.settled):
        rows.append(blocks.section(w("Nothing has been recorded so far.")))
    return answer.page(w, w("Correct"), rows)


def closed(found: Scene) -> str:
    """That it is too late, and since when; what can be done now."""
    closes = until(found.workshop, found.calendar)
    return found.w(OVER, when=found.w.moment(closes, found.project.zone) if closes else "")


def _takes_part(found: Scene, user: str) -> bool:
    """Where people talk openly, not whoever is there for some steps only (W04: the sponsor)."""
    one = found.workshop.person(user)
    if one is not None and one.steps and found.script.behind_doors:
        return False
    return user == found.workshop.facilitator or (one is not None and not one.guest)


def _open(found: Scene, user: str) -> bool:
    return _takes_part(found, user) and may_correct(found.workshop, user, found.now, found.calendar)


async def correct_one(request: Request, parts: Parts) -> Reply:
    """[Correct] beside a record: its form."""
    w = await wording(request, parts)
    id, _, ref = answer.chosen(request).partition(":")

    async def build() -> Json:
        return await parts.db.read(_form, parts=parts, request=request, w=w, id=id, ref=ref)

    return answer.show(request, parts, w, w("Correct"), build)


def _form(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str, ref: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    record = next((one for one in found.records if one.ref == ref), None) if found else None
    if found is None or record is None or not _open(found, request.user) or not changeable(record):
        return answer.page(w, w("Correct"), [blocks.section(w.of(NOTHING_THERE))])
    line = elements.words("title", initial=w.of(record.title), several_lines=True, most=LINE)
    rows = [blocks.field(w("How it should read"), line, block_id="title")]
    if record.kind != "decision":  # who has decided, and when, is what happened
        owner = elements.user("owner", initial=record.owner or None)
        due = elements.date("due", initial=record.due.isoformat() if record.due else None)
        rows += [
            blocks.field(w("Who sees to it"), owner, block_id="owner", optional=not record.owner),
            blocks.field(w("Until when"), due, block_id="due", optional=not record.due),
        ]
    past = life.history(conn, workspace=request.workspace, project_id=found.project.id, ref=ref)
    return blocks.modal(
        w("Correct"), rows, callback_id=CORRECTED, submit=w("Correct"), close=w("Not now"),
        metadata=forms.packed(workshop=id, ref=ref, seen=str(len(past)), nonce=request.trigger_id),
    )  # fmt: skip


async def corrected(request: Request, parts: Parts) -> Reply:
    """[Correct] of the form: kept, unless somebody was faster or it is too late."""
    w = await wording(request, parts)
    wrong: Wrong = await parts.db.run(_correct, parts=parts, request=request, w=w)
    parts.wake()
    if wrong:
        return Reply(ack={"response_action": "errors", "errors": wrong})
    id = forms.held(answer.metadata(request)).get("workshop", "")
    view: Json = await parts.db.read(_page, parts=parts, request=request, w=w, id=id)
    return answer.refreshed(request, parts, view)


def _correct(conn: Connection, *, parts: Parts, request: Request, w: Wording) -> Wrong:
    """The change, in one transaction; or the sentence that says why not, by field."""
    held = forms.held(answer.metadata(request))
    now, nonce, ref = parts.clock.now(), held.get("nonce", ""), held.get("ref", "")
    if inbox.hold_form(conn, workspace=request.workspace, nonce=nonce, now=now) is not None:
        return {}
    id = held.get("workshop", "")
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or ref not in {one.ref for one in found.records}:
        return {"title": w.of(NOTHING_THERE)}
    if not _open(found, request.user):
        return {"title": closed(found) if _takes_part(found, request.user) else w.of(NOTHING_THERE)}
    here = {"workspace": request.workspace, "project_id": found.project.id}
    record = life.hold(conn, **here, ref=ref)
    if record is None or str(len(life.history(conn, **here, ref=ref))) != held.get("seen"):
        return {"title": w(MEANWHILE)}
    said = typed(request.payload.get("view") or {})
    if emptied := _emptied(record.record, said):
        return dict.fromkeys(emptied, w("This one is needed."))
    by = "" if found.script.behind_doors else request.user
    kept = _changed(conn, w, record, said, by=by, now=now)
    registered.told(conn, project=found.project, record=kept, by=request.user, now=now)
    queueing.shown(conn, project=found.project, workshop=found.workshop, now=now)
    inbox.remember_form(conn, workspace=request.workspace, nonce=nonce, result=ref, now=now)
    return {}


def _emptied(before: Kept, said: Mapping[str, Any]) -> list[str]:
    """An owner and a date that were there may become others, never none."""
    had = {"owner": before.owner, "due": before.due} if before.kind != "decision" else {}
    return [name for name, value in had.items() if value and not said.get(name)]


def _changed(
    conn: Connection, w: Wording, held: life.Held, said: Mapping[str, Any], *, by: str, now: Any
) -> Kept:
    """The record as it reads now. A title that was left as it is keeps both its languages."""
    before, title = held.record, str(said.get("title") or "").strip()
    own: dict[str, Any] = {}
    if before.kind != "decision":
        due = said.get("due")
        own = {"owner": said.get("owner"), "due": date.fromisoformat(str(due)) if due else None}
    new = None if not title or title == w.of(before.title) else Words.same(title)
    return life.change(conn, held, by=by, move="edited", now=now, fields=own, title=new)


ACTIONS: dict[str, Any] = {"workshop.correct": correct, "workshop.correct_one": correct_one}
VIEWS: dict[str, Any] = {CORRECTED: corrected}
