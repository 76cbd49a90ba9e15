"""`/cadrage doc`, [PDF, Word…]: which document, in which form and language, for oneself or for all.

A new version is made of what is known now, unless an earlier one is asked for by its number.
"""

from typing import Any

from bot import answer, asker, verbs
from bot.asker import Asker
from bot.canvas import publishing
from bot.documents import comparing, filling, issuing, making, missing, note, rewards, sending, sharing
from bot.documents.forms import FORMS, NAMES
from bot.documents.issuing import TONGUES
from bot.documents.kinds import DOCUMENTS, KINDS, NOTE
from bot.once import once
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from flows.project import Project
from flows.words import LANGUAGES
from storage import document as documents
from storage.database import Connection

CALLBACK = "document"
ME, ALL = "me", "all"
NEW = "new"
MOST = 20  # earlier versions that are offered


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage doc [DOC1]`, [Documents]."""
    chosen = answer.chosen(request) if request.kind == "action" else ""
    project_id, _, doc = chosen.partition(":")
    if request.kind == "command":
        typed = verbs.parse(str(request.payload.get("text") or "")).rest
        doc = next((word.upper() for word in typed if word.upper() in DOCUMENTS), NOTE)
    doc = doc if doc in DOCUMENTS else NOTE
    who = await asker.asker(request, parts, project_id=project_id)
    if isinstance(verdict := who.may(DOCUMENTS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if doc in KINDS and KINDS[doc].route:
        return await issuing.opened(request, parts, who, doc)

    async def build() -> Json:
        return await parts.db.read(view, who=who, doc=doc)

    return answer.show(request, parts, who.w, who.w("Documents"), build)


def view(conn: Connection, *, who: Asker, doc: str) -> Json:
    """The form."""
    w, project = who.w, who.here
    which = [
        elements.option(w("{doc} · {name}", doc=id, name=w.of(kind.name)), id)
        for id, kind in sorted(DOCUMENTS.items())
        if who.may(kind.read) == Allow()
    ]
    forms = [elements.option(w(NAMES[form]), form) for form in FORMS]
    tongues = [elements.option(w(TONGUES[language]), language) for language in LANGUAGES]
    rows = [
        blocks.section(
            w(
                "Made from what is known of {project} now. What is missing is said in its place.",
                project=project.name,
            )
        ),
        blocks.field(w("Document"), elements.radio("doc", which, initial=doc), block_id="doc"),
        blocks.field(w("As"), elements.radio("form", forms, initial=FORMS[0]), block_id="form"),
        blocks.field(
            w("Language"), elements.radio("language", tongues, initial=project.language), block_id="language"
        ),
        *_versions(conn, who),
        *_whom(who),
        blocks.actions(
            elements.button(w("See what is missing"), "document.missing", value=f"{project.id}:{NOTE}"),
            *rewards.ways(who),
        ),
        *publishing.ways(who),
    ]
    return blocks.modal(
        w("Documents"), rows, callback_id=CALLBACK, submit=w("Prepare the file"), close=w("Cancel"),
        metadata=project.id,
    )  # fmt: skip


def _versions(conn: Connection, who: Asker) -> tuple[Json, ...]:
    """Which version of the note, where there is one: versions are kept for ever."""
    w, project = who.w, who.here
    found = documents.latest(conn, workspace=project.workspace, project_id=project.id, doc=NOTE, most=MOST)
    if not found:
        return ()
    said = [
        w("Version {n} of the note, {day}", n=one.number, day=w.day(asker.day_of(one.made_at, project)))
        for one in found
    ]
    earlier = [elements.option(text, str(one.number)) for text, one in zip(said, found, strict=True)]
    options = [elements.option(w("A new one, from what is known now"), NEW), *earlier]
    return (blocks.field(w("Version"), elements.select("version", options, initial=NEW), block_id="version"),)


def _whom(who: Asker) -> tuple[Json, ...]:
    """The channel only for those who may publish there."""
    w = who.w
    if who.may("note.make") != Allow():
        return (blocks.context(w("It comes to you in private.")),)
    to = [
        elements.option(w("Me, in private"), ME),
        elements.option(w("The project’s channel"), ALL),
    ]
    return (blocks.field(w("Who gets it"), elements.radio("to", to, initial=ME), block_id="to"),)


async def ordered(request: Request, parts: Parts) -> Reply:
    """[Prepare the file]."""
    who = await asker.asker(request, parts, project_id=answer.metadata(request) or "-")
    doc, form, language = (_chosen(request, field) for field in ("doc", "form", "language"))
    channel = _chosen(request, "to") == ALL
    if doc not in DOCUMENTS or form not in FORMS or language not in LANGUAGES:
        return answer.tell(request, parts, who.w, who.w("Choose a document and a form of file."))
    if isinstance(verdict := who.may(DOCUMENTS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if channel and isinstance(verdict := who.may("note.make"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if channel and not DOCUMENTS[doc].publish:
        wrong = who.w("This document is not for the channel: choose “Me, in private”.")
        return Reply(ack={"response_action": "errors", "errors": {"to": wrong}})
    if doc in KINDS and KINDS[doc].route:
        page = await parts.db.read(issuing.page, parts=parts, who=who, doc=doc)
        return Reply(ack={"response_action": "update", "view": page})
    ref = sending.Ref(
        doc=doc, version=_number(request, doc), form=form, language=language, by=request.user, channel=channel
    )
    await parts.db.run(_order, request, parts, who.here, ref)
    parts.wake()
    said = who.w("Preparing the document, about 20 seconds. You can close this; I will send it.")
    return answer.tell(request, parts, who.w, said)


def _number(request: Request, doc: str) -> int:
    """The version of the note that was chosen; 0: a new one."""
    wanted = _chosen(request, "version")
    return int(wanted) if doc == NOTE and wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 0


def _chosen(request: Request, field: str) -> str:
    option = answer.state(request, field, field).get("selected_option") or {}
    return str(option.get("value") or "")


def _order(conn: Connection, request: Request, parts: Parts, project: Project, ref: sending.Ref) -> None:
    """Make the version, unless it is there, and queue its file."""
    now = parts.clock.now()
    if not once(conn, request, now):
        return
    number = ref.version
    if number == 0:
        number = making.make(conn, parts=parts, project=project, doc=ref.doc, by=ref.by)
    sending.queue(conn, project=project, ref=ref.of(number), now=now, asked=sending.gesture(request))


ACTIONS: dict[str, Any] = {
    "document.open": command,
    **missing.ACTIONS,
    **comparing.ACTIONS,
    **note.ACTIONS,
    **issuing.ACTIONS,
    **filling.ACTIONS,
    **rewards.ACTIONS,
}
VIEWS: dict[str, Any] = {
    CALLBACK: ordered,
    **issuing.VIEWS,
    **filling.VIEWS,
    **rewards.VIEWS,
    **sharing.VIEWS,
}
MESSAGES = {**sending.MESSAGES, **note.MESSAGES}
