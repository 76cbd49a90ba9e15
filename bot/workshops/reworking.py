# ruff: noqa: PLR0913 - who does what to which workshop, when
"""What was put in, reworked by whoever facilitates: alike ideas put together, a text amended."""

from typing import Any

from bot import answer, forms
from bot.asker import wording
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.limits import fit
from bot.words.text import Wording
from bot.workshops import deeds
from bot.workshops.desk import mergeable, shown
from bot.workshops.scene import scene
from flows.words import Words
from flows.workshop import events as happened
from flows.workshop.model import Workshop
from storage.database import Connection

AMEND, MERGE = "workshop.amended", "workshop.merged"


async def merged(request: Request, parts: Parts) -> Reply:
    """[Put together] beside a proposal."""
    id, _, ids = answer.chosen(request).partition(":")
    view: Json = await parts.db.run(_merge, parts=parts, request=request, id=id, cards=tuple(ids.split(",")))
    parts.wake()
    return answer.refreshed(request, parts, view)


def _merge(conn: Connection, *, parts: Parts, request: Request, id: str, cards: tuple[str, ...]) -> Json:
    now = parts.clock.now()

    def make(workshop: Workshop) -> happened.Event:
        return happened.Merged(by=request.user, at=now, cards=cards, into=cards[0])

    done = None
    if len(cards) > 1:
        done = deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=make, now=now)
    return shown(conn, parts=parts, request=request, id=id, done=done)


async def merge_form(request: Request, parts: Parts) -> Reply:
    """[Choose which to put together]."""
    w = await wording(request, parts)
    id = answer.chosen(request)

    async def build() -> Json:
        return await parts.db.read(_merge_form, parts=parts, request=request, w=w, id=id)

    return answer.show(request, parts, w, w("Alike ideas"), build)


def _merge_form(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    every = mergeable(found)[:100] if found else []
    if found is None or found.workshop.facilitator != request.user or len(every) < 2:
        return answer.page(w, w("Alike ideas"), [blocks.section(w.of(NOTHING_THERE))])
    options = [elements.option(fit(one.text, 70), one.id) for one in every]
    chosen = elements.multi_select("cards", options)
    label = w("Put these together; the first one you choose names them")
    return blocks.modal(
        w("Alike ideas"), [blocks.field(label, chosen, block_id="cards")], callback_id=MERGE,
        submit=w("Put together"), close=w("Not now"), metadata=forms.packed(workshop=id),
    )  # fmt: skip


async def merge_sent(request: Request, parts: Parts) -> Reply:
    """[Put together] of the form."""
    held = forms.held(answer.metadata(request))
    chosen = answer.state(request, "cards", "cards").get("selected_options") or []
    cards = tuple(str(one.get("value")) for one in chosen if isinstance(one, dict))
    id = held.get("workshop", "")
    view: Json = await parts.db.run(_merge, parts=parts, request=request, id=id, cards=cards)
    parts.wake()
    return answer.refreshed(request, parts, view)


async def amend_form(request: Request, parts: Parts) -> Reply:
    """[Amend]."""
    w = await wording(request, parts)
    id, _, item = answer.chosen(request).partition(":")

    async def build() -> Json:
        return await parts.db.read(_amend_form, parts=parts, request=request, w=w, id=id, item=item)

    return answer.show(request, parts, w, w("Amend the text"), build)


def _amend_form(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str, item: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    ballot = found.workshop.ballot if found else None
    text = next((one.words for one in (ballot.items if ballot else ()) if one.id == item), None)
    if found is None or text is None or found.workshop.facilitator != request.user:
        return answer.page(w, w("Amend the text"), [blocks.section(w.of(NOTHING_THERE))])
    words = elements.words("text", initial=text.in_(found.project.language), several_lines=True, most=1500)
    return blocks.modal(
        w("Amend the text"), [blocks.field(w("The text of the second vote"), words, block_id="text")],
        callback_id=AMEND, submit=w("Amend"), close=w("Not now"),
        metadata=forms.packed(workshop=id, item=item),
    )  # fmt: skip


async def amended(request: Request, parts: Parts) -> Reply:
    """[Amend] of the form."""
    held = forms.held(answer.metadata(request))
    text = str(answer.state(request, "text", "text").get("value") or "").strip()
    view: Json = await parts.db.run(_amend, parts=parts, request=request, held=held, text=text)
    parts.wake()
    return answer.refreshed(request, parts, view)


def _amend(conn: Connection, *, parts: Parts, request: Request, held: dict[str, str], text: str) -> Json:
    now, id = parts.clock.now(), held.get("workshop", "")

    def make(workshop: Workshop) -> happened.Event:
        return happened.Amended(by=request.user, at=now, item=held.get("item", ""), words=Words.same(text))

    done = None
    if text:
        done = deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=make, now=now)
    return shown(conn, parts=parts, request=request, id=id, done=done)


ACTIONS: dict[str, Any] = {
    "workshop.merge": merged, "workshop.merge_open": merge_form, "workshop.amend": amend_form,
}  # fmt: skip
VIEWS: dict[str, Any] = {MERGE: merge_sent, AMEND: amended}
