"""Bring decisions and issues in from a table sent in a form: what it would make and why lines are refused,
then, once that is agreed to, the records, and a private message with the way back.

The file stays in Slack: it is read there each time, and kept nowhere. Only by whoever facilitates, only a
file of their own, only up to MOST lines; longer ones are for `cadrage import`.
"""

import asyncio
import re
import secrets
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.operations import bringing
from bot.operations.bringing import Order, Unusable
from bot.outbound.outcome import Sent
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.takeaway import brought
from bot.words import blocks, elements
from flows.words import Words
from storage import inbox
from storage.database import Connection
from storage.errors import Busy, Unavailable

OPEN, READ, MAKE = "bring.open", "bring.read", "bring.make"
MOST = 5_000  # lines of a file from Slack: others wait while they are made
LARGEST = 5 * 1024 * 1024  # bytes
FILE = "file"  # block and action of the field
GONE = Words(
    "This file cannot be read: send it again.", "Ce fichier ne peut pas être lu : envoyez-le à nouveau."
)
LARGE = Words(
    "This file has more than 5,000 lines, or is larger than 5 MB: whoever runs the bot brings it in with "
    "`cadrage import`.",
    "Ce fichier a plus de 5 000 lignes, ou dépasse 5 Mo : la personne qui gère le bot l’importe avec "
    "`cadrage import`.",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a form of ours is about: the file in Slack, and the id of the import, by which it is undone."""

    project: str
    file: str
    batch: str


async def opened(request: Request, parts: Parts) -> Reply:
    """[Bring records in]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("register.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return view(who)

    return answer.show(request, parts, who.w, who.w("Bring records in"), build)


def view(who: Asker) -> Json:
    """The form: one file."""
    w = who.w
    rows = [
        blocks.section(w.md("Decisions and issues from a table, into *{project}*.", project=who.here.name)),
        blocks.field(
            w("A table (CSV, UTF-8)"), elements.file(FILE), block_id=FILE,
            hint=w("The first line names the columns, in English or French. Title and Type are needed."),
        ),
        blocks.context(w("You will read what it would make before anything is made.")),
    ]  # fmt: skip
    return blocks.modal(
        w("Bring records in"), rows, callback_id=READ, submit=w("Read the file"), close=w("Cancel"),
        metadata=who.here.id,
    )  # fmt: skip


async def read(request: Request, parts: Parts) -> Reply:
    """[Read the file]: a page that says so, then what it would make."""
    who = await asker.asker(request, parts, project_id=answer.metadata(request) or "-")
    if isinstance(verdict := who.may("register.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    sent = answer.state(request, FILE, FILE).get("files")
    first = sent[0] if isinstance(sent, list) and sent else None
    file = str(first.get("id") or "") if isinstance(first, dict) else ""
    place = Place(project=who.here.id, file=file, batch=secrets.token_hex(4))
    waiting = answer.page(who.w, who.w("Bring records in"), [blocks.section(who.w("Reading the file…"))])

    async def shown() -> None:
        await _put(request, parts, who, _previewed(request, parts, who, place))

    return Reply(ack={"response_action": "update", "view": waiting}, after=shown)


async def make(request: Request, parts: Parts) -> Reply:
    """[Make the records]. The same form sent twice makes them once."""
    held = forms.held(answer.metadata(request))
    place = Place(
        project=held.get("project", ""), file=held.get("file", ""), batch=_batch(held.get("batch", ""))
    )
    who = await asker.asker(request, parts, project_id=place.project or "-")
    if isinstance(verdict := who.may("register.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    w = who.w
    again = await parts.db.run(_begun, workspace=request.workspace, batch=place.batch, now=parts.clock.now())
    said = w("The records are being made. You get a private message when they are there; you can close this.")
    page = answer.page(w, w("Bring records in"), [blocks.section(said)])

    async def made() -> None:
        await _put(request, parts, who, _made(request, parts, who, place))

    return Reply(ack={"response_action": "update", "view": page}, after=None if again else made)


async def undone(request: Request, parts: Parts) -> Reply:
    """[Undo] on the message: what nobody has touched since is withdrawn."""
    project_id, _, batch = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("register.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def back() -> None:
        now, w = parts.clock.now(), who.w
        gone = 0
        if _batch(batch):
            gone = await asyncio.to_thread(
                bringing.take_back, parts.db, batch, project=who.here, now=now, by=who.actor.user
            )
        said = w.plural("{n} record withdrawn. Its number stays taken.",
                        "{n} records withdrawn. Their numbers stay taken.", gone)  # fmt: skip
        told = answer.tell(request, parts, w, said)
        if told.after:
            await told.after()

    return Reply(after=back)


async def _previewed(request: Request, parts: Parts, who: Asker, place: Place) -> Json:
    """What the file would make."""
    w = who.w
    ordered = await _order(request, parts, who, place)
    with ordered.folder:
        found = await asyncio.to_thread(bringing.preview, ordered.order, say=_nothing)
    rows = brought.would(w, found)
    if not found.records:
        return answer.page(w, w("Bring records in"), rows)
    return blocks.modal(
        w("Bring records in"), rows, callback_id=MAKE, submit=w("Make the records"), close=w("Cancel"),
        metadata=forms.packed(project=place.project, file=place.file, batch=place.batch),
    )  # fmt: skip


async def _made(request: Request, parts: Parts, who: Asker, place: Place) -> Json:
    """The records, and what is said of them: here, and in a private message that stays."""
    w, now = who.w, parts.clock.now()
    ordered = await _order(request, parts, who, place)
    with ordered.folder:
        found = await asyncio.to_thread(bringing.preview, ordered.order, say=_nothing)
        made = await asyncio.to_thread(bringing.bring, ordered.order, found, now=now, say=_nothing)
    ref = {"project": place.project, "batch": place.batch, "made": made, "refused": found.refused}
    await parts.db.run(_told, who=who, ref=ref, now=now)
    parts.wake()
    rows = [blocks.section(brought.report(w, made)), *brought.refused(w, found)]
    return answer.page(w, w("Bring records in"), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ordered:
    """An order, and the folder that holds its file until it is left."""

    order: Order
    folder: "tempfile.TemporaryDirectory[str]"


async def _order(request: Request, parts: Parts, who: Asker, place: Place) -> _Ordered:
    """The file as it is in Slack now. Raises Unusable: gone, too large, or somebody else's."""
    outcome = await parts.slack.call(request.workspace, "files.info", file=place.file) if place.file else None
    found = outcome.data.get("file") if isinstance(outcome, Sent) else None
    if not isinstance(found, dict) or found.get("user") != request.user:
        raise Unusable(GONE)
    if int(found.get("size") or 0) > LARGEST:
        raise Unusable(LARGE)
    url = str(found.get("url_private_download") or "")
    content = await parts.slack.download(request.workspace, url, most=LARGEST)
    if content is None:
        raise Unusable(GONE)
    if content.count(b"\n") > MOST:
        raise Unusable(LARGE)
    folder = tempfile.TemporaryDirectory(prefix="cadrage-")
    path = Path(folder.name) / "table.csv"
    path.write_bytes(content)
    order = Order(db=parts.db, file=path, project=who.here, batch=place.batch, by=who.actor.user)
    return _Ordered(order=order, folder=folder)


def _begun(conn: Connection, *, workspace: str, batch: str, now: datetime) -> bool:
    """Whether this import has begun before; from now on it has."""
    nonce = f"bring:{batch}"
    if not batch or inbox.hold_form(conn, workspace=workspace, nonce=nonce, now=now) is not None:
        return True
    inbox.remember_form(conn, workspace=workspace, nonce=nonce, result="begun", now=now)
    return False


def _told(conn: Connection, *, who: Asker, ref: dict[str, Any], now: datetime) -> None:
    announce.private(
        conn, workspace=who.here.workspace, user=who.actor.user, what="records_brought",
        key=str(ref["batch"]), ref=ref, now=now,
    )  # fmt: skip


def _batch(said: str) -> str:
    """The id of an import, where it is one of ours."""
    return said if re.fullmatch("[0-9a-f]{8}", said) else ""


async def _put(request: Request, parts: Parts, who: Asker, build: Awaitable[Json]) -> None:
    """The page, once there is one; or the sentence that says why there is none."""
    w, shown = who.w, request.payload.get("view") or {}
    try:
        view = await build
    except Unusable as error:
        view = answer.page(w, w("Bring records in"), [blocks.section(w.of(error.words))])
    except (Busy, Unavailable):
        said = w("This cannot be shown right now. Close it and press again.")
        view = answer.page(w, w("Bring records in"), [blocks.section(said)])
    await parts.slack.update_view(request.workspace, str(shown.get("id") or ""), view)


def _nothing(said: str) -> None:
    """A file from Slack is short: nobody waits for its progress."""


ACTIONS: dict[str, Any] = {OPEN: opened, brought.UNDO: undone}
VIEWS: dict[str, Any] = {READ: read, MAKE: make}
MESSAGES = {"records_brought": brought.message}
