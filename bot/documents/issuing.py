"""A document of the route before it is made (DOC2 to DOC5): what blocks it, what is missing, what leaves.

Nothing is made while a section blocks; each says of whom it is asked, and has the way to fill it. Documents
for vendors say first what of the project is in them and what never is.
"""

from collections.abc import Iterable
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.documents import making, sending, ways
from bot.documents.forms import FORMS, NAMES
from bot.documents.kinds import KINDS
from bot.once import once
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.text import N_
from bot.words.typography import typographic
from flows.document.keeping import told
from flows.document.model import Document, Missing, Section
from flows.document.outgoing import CHOICE, DATES, FORM, PROTOTYPE, SHARED, TEXTS
from flows.document.outside import outside
from flows.document.text import Reading
from flows.words import LANGUAGES
from storage import document as documents
from storage.database import Connection

CALLBACK = "document.issue"
TONGUES = {"fr": N_("French"), "en": N_("English")}
BLOCKS, OTHERS = 12, 20  # sections on the page: Slack takes a hundred blocks
LINES = 6  # gaps of one section
EARLIER, NEW = 20, "new"  # versions that are offered
SHOWN = 80  # blocks of a preview
#: The forms that each document may need, by what they are called on a button.
NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "DOC2": ((SHARED, N_("What vendors may read")), (FORM + TEXTS, N_("Texts")), (FORM + DATES, N_("Dates"))),
    "DOC3": ((SHARED, N_("What vendors may read")), (FORM + TEXTS, N_("Texts")), (FORM + DATES, N_("Dates"))),
    "DOC4": ((FORM + PROTOTYPE, N_("The prototype")),),
    "DOC5": ((FORM + CHOICE, N_("The choice")),),
}
FILL = N_("Fill in")
LEAVES = N_(
    "*In it:* goals and risks you have ticked, lots, needs, criteria, data, interfaces, what your texts say. "
    "*Never in it:* people’s names, owners, answers on sponsorship, collaboration, worries and pay, scores, "
    "the verdict, risks you have not ticked."
)
INSIDE = N_("*Stays inside:* sponsor, arbiter, lead and facilitator may have it. It names vendors.")


async def opened(request: Request, parts: Parts, who: Asker, doc: str) -> Reply:
    """The page, for those who may have the document."""
    if isinstance(verdict := who.may(KINDS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(page, parts=parts, who=who, doc=doc)

    return answer.show(request, parts, who.w, who.w("Documents"), build)


def page(conn: Connection, *, parts: Parts, who: Asker, doc: str, above: Iterable[Json] = ()) -> Json:
    """What stands in the way; once nothing does, in which form and language. `above`: what was just done."""
    w, kind = who.w, KINDS[doc]
    facts = making.facts(conn, parts=parts, project=who.here, now=parts.clock.now())
    if facts is None:
        return answer.page(w, w("Documents"), [])
    document = kind.make(parts.playbook, facts)
    taken = outside(parts.playbook, facts).taken if kind.outside else 0
    rows = [*above, blocks.section(_head(who, doc, document))]
    rows += _gaps(conn, parts, who, doc, document)
    rows.append(blocks.divider())
    rows.append(blocks.context(w.md(LEAVES if kind.outside else INSIDE)))
    if taken:
        rows.append(blocks.context(_taken(who, taken)))
    rows.append(blocks.actions(*_ways(who, doc)))
    versions = _versions(conn, who, doc, new=not document.blocked)
    if not versions:
        return answer.page(w, w("Documents"), rows, metadata=_held(who, doc))
    return blocks.modal(
        w("Documents"), [*rows, *_fields(who, versions)], callback_id=CALLBACK, submit=w("Prepare the file"),
        close=w("Cancel"), metadata=_held(who, doc),
    )  # fmt: skip


def _held(who: Asker, doc: str) -> str:
    return forms.packed(project=who.here.id, doc=doc)


def _head(who: Asker, doc: str, document: Document) -> Mrkdwn:
    w = who.w
    name = bold(w("{doc} · {name}", doc=doc, name=w.of(KINDS[doc].name)))
    blocked = len(document.blocked)
    if not blocked:
        return w.md("{name}\nNothing blocks it: it can be made.", name=name)
    return w.plural_md(
        "{name}\nIt cannot be made yet: {n} section blocks it.",
        "{name}\nIt cannot be made yet: {n} sections block it.", blocked, name=name,
    )  # fmt: skip


def _taken(who: Asker, n: int) -> Mrkdwn:
    return who.w.plural_md(
        "{n} name or address in what people wrote is replaced by a role, in brackets: look at the preview.",
        "{n} names or addresses in what people wrote are replaced by roles, in brackets: look at the "
        "preview.",
        n,
    )


def _gaps(conn: Connection, parts: Parts, who: Asker, doc: str, document: Document) -> Iterable[Json]:
    """What blocks first, then what will be printed as missing."""
    open_ = ways.standing(conn, who)
    for section in document.blocked[:BLOCKS]:
        gaps = [one for one in section.blocks if isinstance(one, Missing) and one.blocking]
        yield _section(parts, who, doc, section, gaps, open_)
    others = [one for one in document.sections if not one.complete and not one.blocked]
    if others:
        yield blocks.context(who.w("Missing too, and said in its place:"))
    for section in others[:OTHERS]:
        gaps = [one for one in section.blocks if isinstance(one, Missing)]
        yield _section(parts, who, doc, section, gaps, open_)


def _section(  # noqa: PLR0913, PLR0917 - which section, for whom, and what is open
    parts: Parts, who: Asker, doc: str, section: Section, gaps: list[Missing], open_: ways.Standing
) -> Json:
    """A section with its gaps, of whom they are asked, and one way to fill them."""
    w, reading = who.w, Reading(language=who.language, dress=typographic)
    said = [w.md("• {gap}", gap=reading.line(gap.words)) for gap in gaps[:LINES]]
    if asked := ways.whom(parts, gaps):
        said.append(w.md("_Asked {who}_", who=" · ".join(w.of(one) for one in asked)))
    head = bold(f"{section.id} {reading.line(section.title)}")
    way = _form(who, doc, gaps) or next(iter(ways.ways(parts, who, gaps, open_)), None)
    return blocks.section(Mrkdwn("\n").join([head, *said]), accessory=way)


def _form(who: Asker, doc: str, gaps: list[Missing]) -> Json | None:
    """The form that fills the first of these gaps, for those who may."""
    id = next((gap.question for gap in gaps if gap.question.startswith(FORM)), "")
    if not id or who.may("document.issue") != Allow():
        return None
    return fill_button(who, doc, id, who.w(FILL))


def fill_button(who: Asker, doc: str, id: str, label: str) -> Json:
    """The button that opens a form of documents. `id`: "form:dates"."""
    part = id.removeprefix(FORM)
    return elements.button(label, f"document.fill:{part}", value=f"{who.here.id}:{doc}:{part}")


def _ways(who: Asker, doc: str) -> list[Json]:
    """The preview, and the forms it needs."""
    w = who.w
    found = [elements.button(w("Preview"), "document.preview", value=f"{who.here.id}:{doc}")]
    if who.may("document.issue") == Allow():
        found += [fill_button(who, doc, id, w(label)) for id, label in NEEDS[doc]]
    return found


def _versions(conn: Connection, who: Asker, doc: str, *, new: bool) -> list[Json]:
    """What can be had: a new version, unless something blocks it, and those that were made."""
    w, here = who.w, {"workspace": who.here.workspace, "project_id": who.here.id}
    earlier = [
        elements.option(
            w("Version {n}, {day}", n=one.number, day=w.day(asker.day_of(one.made_at, who.here))),
            str(one.number),
        )
        for one in documents.latest(conn, **here, doc=doc, most=EARLIER)
    ]
    first = [elements.option(w("A new one, from what is known now"), NEW)] if new else []
    return [*first, *earlier]


def _fields(who: Asker, versions: list[Json]) -> list[Json]:
    """Which version, in which form and language."""
    w = who.w
    which = elements.select("version", versions, initial=versions[0]["value"])
    kinds = [elements.option(w(NAMES[form]), form) for form in FORMS]
    tongues = [elements.option(w(TONGUES[language]), language) for language in LANGUAGES]
    language = elements.radio("language", tongues, initial=who.here.language)
    return [
        blocks.field(w("Version"), which, block_id="version"),
        blocks.field(w("As"), elements.radio("form", kinds, initial=FORMS[0]), block_id="form"),
        blocks.field(w("Language"), language, block_id="language"),
        blocks.context(w("It comes to you in private.")),
    ]


async def preview(request: Request, parts: Parts) -> Reply:
    """[Preview]: as it would be read now, section by section."""
    project_id, _, doc = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    doc = doc if doc in KINDS else "DOC2"
    if isinstance(verdict := who.may(KINDS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        rows = await parts.db.read(_previewed, parts=parts, who=who, doc=doc)
        return answer.page(who.w, who.w("Preview"), rows)

    return answer.show(request, parts, who.w, who.w("Preview"), build)


def _previewed(conn: Connection, *, parts: Parts, who: Asker, doc: str) -> list[Json]:
    document = making.document(conn, parts=parts, project=who.here, doc=doc)
    if document is None:
        return []
    reading = Reading(language=who.language, dress=typographic)
    head = blocks.context(who.w("As it would be now. Pictures stand in the file."))
    return [head, *(row for one in document.sections for row in _read(one, reading))][:SHOWN]


def _read(section: Section, reading: Reading) -> Iterable[Json]:
    lines = [bold(f"{section.id} {reading.line(section.title)}")]
    for label, said in map(told, section.blocks):
        lines += [bold(reading.line(label))] if label is not None and said else []
        lines += [md(f"• {reading.line(words)}") for words in said]
    yield blocks.section(Mrkdwn("\n").join(lines))


async def ordered(request: Request, parts: Parts) -> Reply:
    """[Prepare the file]: made, unless something has come to block it meanwhile."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    doc = held.get("doc", "")
    if doc not in KINDS or not KINDS[doc].route:
        return answer.tell(request, parts, who.w, who.w("Choose a document and a form of file."))
    if isinstance(verdict := who.may(KINDS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    form, language = (_chosen(request, field) for field in ("form", "language"))
    if form not in FORMS or language not in LANGUAGES:
        return answer.tell(request, parts, who.w, who.w("Choose a document and a form of file."))
    wanted = _chosen(request, "version")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 0
    ref = sending.Ref(doc=doc, version=number, form=form, language=language, by=request.user)
    try:
        await parts.db.run(order, request=request, parts=parts, who=who, ref=ref)
    except making.Blocked:
        view = await parts.db.read(page, parts=parts, who=who, doc=doc)
        return Reply(ack={"response_action": "update", "view": view})
    parts.wake()
    said = who.w("Preparing the document, about 20 seconds. You can close this; I will send it.")
    return answer.tell(request, parts, who.w, said)


def _chosen(request: Request, field: str) -> str:
    option = answer.state(request, field, field).get("selected_option") or {}
    return str(option.get("value") or "")


def order(conn: Connection, *, request: Request, parts: Parts, who: Asker, ref: sending.Ref) -> None:
    """Make the version, unless it is there, and queue its file. Raises making.Blocked."""
    now = parts.clock.now()
    if not once(conn, request, now):
        return
    number = ref.version or making.make(conn, parts=parts, project=who.here, doc=ref.doc, by=ref.by)
    sending.queue(conn, project=who.here, ref=ref.of(number), now=now, asked=sending.gesture(request))


ACTIONS: dict[str, Any] = {"document.preview": preview}
VIEWS: dict[str, Any] = {CALLBACK: ordered}
