"""[My grid]: what one saw of each criterion in a session, for oneself; others read how grids are spread."""

from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.grids import vendors
from bot.grids.vendors import Side
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from flows import vendor_grid
from flows.register.model import Kept
from flows.vendor_grid import CRITERIA, ENOUGH
from storage import grid as grids
from storage.database import Connection

CALLBACK = "grid.fill"


async def opened(request: Request, parts: Parts) -> Reply:
    """[My grid]."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, ref=ref)

    return answer.show(request, parts, who.w, who.w("My grid"), build)


def form(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> Json:
    """The form, for somebody who was there."""
    w, found = who.w, vendors.side(conn, parts, who.here)
    session = attended(found, ref, who.actor.user)
    if session is None:
        return answer.page(w, w("My grid"), [blocks.section(w.of(NOTHING_THERE))])
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    known = grids.mine(conn, **here, session=ref, user=who.actor.user)
    options = [elements.option(w.of(one.label), one.value) for one in found.column("level").options]
    rows = [
        blocks.section(w.md("*{ref}* {vendor}", ref=ref, vendor=session.title)),
        blocks.context(
            w("Yours alone. From {n} grids on, everybody reads how they are spread.", n=ENOUGH),
            w("If you have a tie with this vendor, leave it empty: you give feedback, and do not evaluate."),
        ),
    ]
    for one in found.column("criterion").options:
        checks = parts.playbook.criteria.get(one.value, ())
        hint = " · ".join(w.of(check) for check in checks)
        box = elements.radio(one.value, options, initial=known.get(one.value))
        rows.append(blocks.field(w.of(one.label), box, block_id=one.value, optional=True, hint=hint))
    return blocks.modal(
        w("My grid"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id, session=ref),
    )  # fmt: skip


def attended(found: Side, ref: str, user: str) -> Kept | None:
    """The session, where this person was in it."""
    sessions = (one for one in found.sessions if one.ref == ref)
    return next((one for one in sessions if user in (one.fields.get("attendees") or ())), None)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    typed = {key: _chosen(request, key) for key in CRITERIA}
    kept = await parts.db.run(_take, parts=parts, who=who, ref=held.get("session", ""), typed=typed)
    if not kept:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    rows = await parts.db.read(vendors.page, parts=parts, who=who)
    return answer.refreshed(request, parts, answer.page(who.w, who.w(vendors.TITLE), rows))


def _chosen(request: Request, key: str) -> str:
    return str((answer.state(request, key, key).get("selected_option") or {}).get("value") or "")


def _take(conn: Connection, *, parts: Parts, who: Asker, ref: str, typed: dict[str, str]) -> bool:
    """In one transaction. A form sent twice says the same twice."""
    found = vendors.side(conn, parts, who.here)
    if attended(found, ref, who.actor.user) is None:
        return False
    grids.fill(
        conn, workspace=who.here.workspace, project_id=who.here.id, session=ref, user=who.actor.user,
        levels=vendor_grid.own(CRITERIA, typed), now=parts.clock.now(),
    )  # fmt: skip
    return True


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
