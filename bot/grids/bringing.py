"""[Bring a vendor's answers in]: a filled file, what is in it and what is wrong with it cell by cell.

Then kept as what this vendor claims. The file stays in Slack; of it only the answers are kept.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.grids import claimed, sheets, vendors
from bot.grids.sheets import LARGEST, TOO_LARGE, Unreadable
from bot.outbound.outcome import Sent
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording
from flows import vendor_file
from flows.vendor_file import Filled
from flows.words import Words
from storage import audit
from storage import grid as grids
from storage.audit import Deed
from storage.database import Connection
from storage.errors import Busy, Unavailable

OPEN, READ, KEEP, FILE = "claim.open", "claim.read", "claim.keep", "file"
TITLE = N_("A vendor’s answers")
GONE = Words(
    "This file cannot be read: send it again.", "Ce fichier ne peut pas être lu : envoyez-le à nouveau."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file says, and whether this vendor has claimed something before."""

    filled: Filled
    before: bool


async def opened(request: Request, parts: Parts) -> Reply:
    """[Bring a vendor's answers in]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return form(who)

    return answer.show(request, parts, who.w, who.w(TITLE), build)


def form(who: Asker) -> Json:
    """The form: one file."""
    w = who.w
    rows = [
        blocks.section(w("The Excel file that was made for vendors, as a vendor has filled it in.")),
        blocks.field(w("The file (.xlsx)"), elements.file(FILE, "xlsx"), block_id=FILE),
        blocks.context(w("You will read what is in it before anything is kept. It is kept as what the vendor "
                         "claims, never as seen.")),
    ]  # fmt: skip
    return blocks.modal(
        w(TITLE), rows, callback_id=READ, submit=w("Read the file"), close=w("Cancel"), metadata=who.here.id
    )


async def read(request: Request, parts: Parts) -> Reply:
    """[Read the file]: a page that says so, then what is in it."""
    who = await asker.asker(request, parts, project_id=answer.metadata(request) or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    sent = answer.state(request, FILE, FILE).get("files")
    first = sent[0] if isinstance(sent, list) and sent else None
    file = str(first.get("id") or "") if isinstance(first, dict) else ""
    waiting = answer.page(who.w, who.w(TITLE), [blocks.section(who.w("Reading the file…"))])

    async def shown() -> None:
        await _put(request, parts, who, _previewed(request, parts, who, file))

    return Reply(ack={"response_action": "update", "view": waiting}, after=shown)


async def kept(request: Request, parts: Parts) -> Reply:
    """[Keep these answers]. The same form sent twice keeps the same."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    waiting = answer.page(who.w, who.w(TITLE), [blocks.section(who.w("Keeping the answers…"))])

    async def done() -> None:
        await _put(request, parts, who, _kept(request, parts, who, held.get("file", "")))

    return Reply(ack={"response_action": "update", "view": waiting}, after=done)


async def _previewed(request: Request, parts: Parts, who: Asker, file: str) -> Json:
    """What the file says; the button that keeps it only where nothing is wrong."""
    w, found = who.w, await _read(request, parts, who, file)
    filled = found.filled
    if filled.problems:
        return _wrong(w, filled)
    rows = [
        blocks.section(_said(w, filled)),
        blocks.section(w.plural("{n} line has no answer.", "{n} lines have no answer.", filled.unanswered)),
    ]
    if found.before:
        rows.append(blocks.section(w("They take the place of what this vendor has claimed before.")))
    return blocks.modal(
        w(TITLE), rows, callback_id=KEEP, submit=w("Keep these answers"), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id, file=file),
    )  # fmt: skip


def _wrong(w: Wording, filled: Filled) -> Json:
    """What is wrong with the file, cell by cell."""
    said = w.plural("Nothing is kept: {n} thing is wrong.", "Nothing is kept: {n} things are wrong.",
                    len(filled.problems))  # fmt: skip
    lines = [
        w.md("• {cell}: {said}", cell=one.cell, said=one.words)
        if one.cell
        else w.md("• {said}", said=one.words)
        for one in filled.problems
    ]
    return answer.page(w, w(TITLE), [blocks.section(said), blocks.section(Mrkdwn("\n").join(lines))])


def _said(w: Wording, filled: Filled) -> Mrkdwn:
    n = len(filled.answers)
    return w.plural_md(
        "*{vendor}* answers {n} line.", "*{vendor}* answers {n} lines.", n, vendor=filled.vendor
    )


async def _kept(request: Request, parts: Parts, who: Asker, file: str) -> Json:
    found = await _read(request, parts, who, file)
    if found.filled.problems:  # what is asked has changed since it was read
        return _wrong(who.w, found.filled)
    await parts.db.run(_keep, parts=parts, who=who, filled=found.filled)
    rows = await parts.db.read(vendors.page, parts=parts, who=who)
    return answer.page(who.w, who.w(vendors.TITLE), rows)


def _keep(conn: Connection, *, parts: Parts, who: Asker, filled: Filled) -> None:
    """In one transaction, with its link of the audit."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    now = parts.clock.now()
    made = grids.Claim(
        key=vendor_file.folded(filled.vendor), vendor=filled.vendor, answers=filled.answers,
        brought_by=who.actor.user, brought_at=now,
    )  # fmt: skip
    grids.claim(conn, **here, made=made)
    data = {"answers": len(filled.answers)}
    deed = Deed(action="vendor.claimed", object="vendor file", data=data, actor=who.actor.user)
    audit.append(conn, **here, deeds=[deed], now=now)


async def _read(request: Request, parts: Parts, who: Asker, file: str) -> Read:
    """The file as it is in Slack now. Raises Unreadable: gone, too large, somebody else's, no Excel file."""
    outcome = await parts.slack.call(request.workspace, "files.info", file=file) if file else None
    found = outcome.data.get("file") if isinstance(outcome, Sent) else None
    if not isinstance(found, dict) or found.get("user") != request.user:
        raise Unreadable(GONE)
    if int(found.get("size") or 0) > LARGEST:
        raise Unreadable(TOO_LARGE)
    url = str(found.get("url_private_download") or "")
    content = await parts.slack.download(request.workspace, url, most=LARGEST)
    if content is None:
        raise Unreadable(GONE)
    grids_ = await asyncio.to_thread(sheets.read, content)
    asked = await parts.db.read(claimed.asked, parts, who.here)
    if asked is None:
        raise Unreadable(GONE)
    filled = await asyncio.to_thread(vendor_file.read, asked, grids_)
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    known = await parts.db.read(grids.claims, **here)
    return Read(filled=filled, before=vendor_file.folded(filled.vendor) in {one.key for one in known})


async def _put(request: Request, parts: Parts, who: Asker, build: Awaitable[Json]) -> None:
    """The page, once there is one; or the sentence that says why there is none."""
    w, shown = who.w, request.payload.get("view") or {}
    unknown: Exception | None = None
    try:
        view = await build
    except Unreadable as error:
        view = answer.page(w, w(TITLE), [blocks.section(w.of(error.words))])
    except Exception as error:  # whatever it is: nobody waits for a page that never comes
        said = w("This cannot be shown right now. Close it and press again.")
        view = answer.page(w, w(TITLE), [blocks.section(said)])
        unknown = None if isinstance(error, Busy | Unavailable) else error
    await parts.slack.update_view(request.workspace, str(shown.get("id") or ""), view)
    if unknown is not None:
        raise unknown


ACTIONS: dict[str, Any] = {OPEN: opened}
VIEWS: dict[str, Any] = {READ: read, KEEP: kept}
