"""The scoping note: asked for by the facilitator or the lead, published in the channel with a card.

Each press makes a version, kept as it is; what is missing is said in its place. Writes no sentence of the
note itself: flows/document does.
"""

from typing import Any

from bot import answer, asker, verbs
from bot.canvas import publishing
from bot.documents import comparing, making, sending
from bot.documents.kinds import NOTE
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, channel
from bot.words.text import Wording, words
from flows import cadence
from flows.document.model import Document
from flows.project import Project
from storage import document as documents
from storage import project as projects
from storage import review as reviews
from storage.database import Connection
from storage.outbox import Row

COMPARE = ("compare", "comparer")  # after `/cadrage note`


async def make(request: Request, parts: Parts) -> Reply:
    """`/cadrage note`, [Prepare the note]."""
    chosen = answer.chosen(request) if request.kind == "action" else ""
    typed = verbs.parse(str(request.payload.get("text") or "")).rest if request.kind == "command" else ()
    if typed and typed[0].casefold() in COMPARE:
        return await comparing.opened(request, parts, chosen, typed[1] if len(typed) > 1 else "")
    who = await asker.asker(request, parts, project_id=chosen)
    verdict = who.may("note.make")
    if isinstance(verdict, Deny) or who.project is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")
    await parts.db.run(order, project=who.project, by=request.user, parts=parts)
    parts.wake()
    said = who.w.md(
        "Preparing the note, a few seconds. You can close this; it will be in {channel}.",
        channel=channel(who.project.channel),
    )
    return answer.tell(request, parts, who.w, said)


def order(conn: Connection, *, project: Project, by: str, parts: Parts) -> int:
    """Make a version and queue its file and its card. Returns the version."""
    number = making.make(conn, parts=parts, project=project, doc=NOTE, by=by)
    ref = sending.Ref(doc=NOTE, version=number, form="md", language=project.language, by=by, channel=True)
    sending.queue(conn, project=project, ref=ref, now=parts.clock.now())
    announce.note_card(conn, project=project, now=parts.clock.now())
    return number


def card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The short card beside the file: which version, what is missing, its other forms, the next one."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    found = documents.latest(conn, workspace=project.workspace, project_id=project.id, doc=NOTE)
    last = found[0] if found else None
    kept = making.kept(conn, project=project, doc=NOTE, number=last.number) if last is not None else None
    if last is None or kept is None:
        return None
    document = kept.document
    w = words(project.language)
    title = w("Scoping note of {project}", project=project.name)
    head = _head(conn, project, title, last.number)
    complete = sum(section.complete for section in document.sections)
    done = w("{n} of {total} sections are complete", n=complete, total=len(document.sections))
    day = last.made_at.astimezone(cadence.zone(project.zone)).date()
    return message(
        blocks.section(head),
        blocks.context(w.full_day(day), done),
        blocks.context(_missing(project, document)),
        blocks.actions(
            elements.button(w("See what is missing"), "document.missing", value=f"{project.id}:{NOTE}"),
            elements.button(w("PDF, Word…"), "document.open", value=f"{project.id}:{NOTE}"),
            *_compared(w, project, last.number),
            elements.button(w("Send for review"), "review.open", value=project.id),
            elements.button(w("Prepare a new version"), "note.make", value=project.id),
            elements.button(w("Choose the route"), "route.open:note", value=project.id),
            publishing.way(w, project, NOTE),
        ),
    )


def _head(conn: Connection, project: Project, title: str, number: int) -> Mrkdwn:
    """Which version, and how it stands: a draft, in review, signed; beside a newer draft, which is signed."""
    w = words(project.language)
    states = reviews.states(conn, workspace=project.workspace, project_id=project.id)
    signed = max((one for one, state in states.items() if state == "signed"), default=0)
    match states.get(number):
        case "signed":
            return w.md("{title} · version {n}, signed", title=bold(title), n=number)
        case "review":
            return w.md("{title} · version {n} is in review", title=bold(title), n=number)
    round_ = max((one for one, state in states.items() if state == "review"), default=0)
    if round_:
        return w.md(
            "{title} · version {n}, draft. Version {m} is in review.",
            title=bold(title), n=number, m=round_,
        )  # fmt: skip
    if signed:
        return w.md(
            "{title} · version {n}, draft. Version {m} stays the signed one.",
            title=bold(title), n=number, m=signed,
        )  # fmt: skip
    return w.md("{title} · draft {n}", title=bold(title), n=number)


def _compared(w: Wording, project: Project, number: int) -> tuple[Json, ...]:
    """The way to what has changed since the version before."""
    if number < 2:
        return ()
    said = w("Compare with draft {n}", n=number - 1)
    return (elements.button(said, "document.compare", value=f"{project.id}:{number - 1}"),)


def _missing(project: Project, document: Document) -> str:
    w = words(project.language)
    return w.plural(
        "{n} thing is missing, and the note says so in its place.",
        "{n} things are missing, and the note says so in their place.",
        document.gaps,
    )


ACTIONS: dict[str, Any] = {"note.make": make}
MESSAGES = {"note_card": card}
