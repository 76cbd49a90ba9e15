"""A version of a document on its way to the channel, or to one person. Rights are asked again then.

The page is laid out once the database has been read, so that a slow form holds nothing up.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from bot import people
from bot.documents import forms, making
from bot.documents.forms import FORMS, Form
from bot.documents.house import house_or_plain
from bot.documents.kinds import DOCUMENTS, NOTE
from bot.documents.press import Occupied
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.policy import Action, Actor, Allow, Thing, can
from bot.request import Request
from bot.words.text import words
from bot.words.typography import typographic
from flows.document.model import Document
from flows.document.text import Reading, typed_in
from flows.project import Project
from flows.words import LANGUAGES, Language
from storage import outbox
from storage import project as projects
from storage import review as reviews
from storage.database import Connection
from storage.outbox import Row

WHAT = "document_file"
AGAIN = timedelta(seconds=5)  # after which a file for which there was no place is tried again


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Which file: what a row of the outbox carries."""

    doc: str
    version: int
    form: str
    language: str
    by: str  # Slack user who asked
    channel: bool = False  # to the project's channel; else in private to whoever asked

    def of(self, number: int) -> "Ref":
        """The same of this version."""
        return replace(self, version=number)


def gesture(request: Request) -> str:
    """What tells one wish for a file from the next: the form it was made on, which is one sent twice."""
    view = request.payload.get("view") or {}
    return str(view.get("id") or request.trigger_id)


def queue(conn: Connection, *, project: Project, ref: Ref, now: datetime, asked: str = "") -> None:
    """Queue the file, to the channel or to whoever asked: once for each time somebody asks (`asked`); of its
    own accord once for each form and language of a version, and again once it was voted on or signed."""
    to = {"channel": project.channel} if ref.channel else {"user": ref.by}
    where = project.channel if ref.channel else ref.by
    outbox.queue(
        conn, workspace=project.workspace,
        key=f"{WHAT}:{project.id}:{ref.doc}:{ref.version}:{ref.form}:{ref.language}:{where}"
        + _signed_since(conn, project, ref) + (f":{asked[:40]}" if asked else ""),
        lane=f"{WHAT}:{project.id}:{where}", op="file", now=now,
        ref={"what": WHAT, "project": project.id, **asdict(ref), "channel": "", **to},
    )  # fmt: skip


def _signed_since(conn: Connection, project: Project, ref: Ref) -> str:
    """What section N25 adds to a version, as a mark: how it stands, how much it holds; "" before a review."""
    here = {"workspace": project.workspace, "project_id": project.id}
    found = reviews.get(conn, **here, version=ref.version) if ref.doc == NOTE else None
    if found is None:
        return ""
    replies = sum(one.state != "open" for one in found.remarks)
    much = (len(found.remarks), replies, found.tally is not None, len(found.signatures))
    return f":{found.state}" + "".join(f".{int(one)}" for one in much)


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The file. Nothing when who asked may no longer, or when there is no such version."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    ref = _ref(row)
    if project is None or ref is None or not _may(conn, project, ref):
        return None
    kept = making.kept(conn, project=project, doc=ref.doc, number=ref.version)
    if kept is None:
        return None
    reading = Reading(language=cast(Language, ref.language), dress=typographic, names=kept.names)
    return _message(parts, project, ref, kept.document, reading)


def _message(parts: Parts, project: Project, ref: Ref, document: Document, reading: Reading) -> Message:
    w, kind = words(reading.language), DOCUMENTS[ref.doc]
    # vendors read the name of the project as the document says it: without a name of anybody
    called = typed_in(document.title, reading.language) if kind.outside else project.name
    title = w("{document} of {project}, version {n}", document=w.of(kind.name), project=called, n=ref.version)
    order = forms.Order(
        document=document, reading=reading, house=house_or_plain(parts.settings.house_style),
        form=cast(Form, ref.form), name=f"{w.of(kind.slug)}-{slug(called)}-{ref.version}", title=title,
    )  # fmt: skip
    said = w.md("*{title}*. What is missing is said in its place.", title=title)

    def finish() -> Message | Defer:
        try:
            made = forms.made(order)
        except Occupied:
            return Defer(until=parts.clock.now() + AGAIN)
        return Message(text=f"{said} {made.instead}".strip(), file=made.file)

    return Message(text=said, finish=finish)


def _ref(row: Row) -> Ref | None:
    """What is asked for, when it is something there is."""
    doc, form, language = (str(row.ref.get(name, "")) for name in ("doc", "form", "language"))
    if doc not in DOCUMENTS or form not in FORMS or language not in LANGUAGES:
        return None
    number = int(row.ref.get("version") or 0)
    return Ref(
        doc=doc,
        version=number,
        form=form,
        language=language,
        by=str(row.ref.get("by", "")),
        channel=bool(row.ref.get("channel")),
    )


def _may(conn: Connection, project: Project, ref: Ref) -> bool:
    """Whether who asked may still have it, or have it posted."""
    one = people.several(conn, workspace=project.workspace, users=(ref.by,))[ref.by]
    actor = Actor(
        workspace=project.workspace, user=ref.by, outsider=one.guest or one.stranger, known=people.met(one)
    )
    kind = DOCUMENTS[ref.doc]
    if ref.channel and not kind.publish:
        return False
    action: Action = "note.make" if ref.channel else kind.read
    return can(actor, action, Thing(project=project)) == Allow()


def slug(name: str) -> str:
    """A name fit for a file, in plain letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "project"


MESSAGES = {WHAT: file}
