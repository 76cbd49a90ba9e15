"""[Publish to canvas]: a document in a tab of the project's channel, from its newest version (journeys G5).

Only what everybody in the channel may read. Where Slack takes no canvas, the text goes to the channel
instead, with the reason.
"""

from collections.abc import Mapping
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.canvas import queueing
from bot.documents import making
from bot.documents.kinds import DOCUMENTS
from bot.documents.sending import slug
from bot.once import once
from bot.outbound.marking import INSTEAD
from bot.outbound.render import Canvas, File, Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import channel
from bot.words.text import N_, Wording, words
from bot.words.typography import typographic
from flows.document import markdown
from flows.document.text import Reading
from flows.project import Project
from storage import document as documents
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

ACTION = "canvas.publish"
COPY = N_("Published copy of version {n}. Edit in Cadrage, not here: changes made here are not read back.")
#: Why Slack took no canvas, where people can do something about it.
REASONS: Mapping[str, str] = {
    "canvas_not_found": N_("The canvas was deleted. Publish it again if you want it back."),
    "canvas_deleted": N_("The canvas was deleted. Publish it again if you want it back."),
    "free_team_canvas_tab_already_exists": N_(
        "On its plan this workspace has one canvas in a channel, and there is one already."
    ),
    "canvas_disabled_user_team": N_("Canvases are switched off in this workspace."),
    "canvas_globally_disabled": N_("Canvases are switched off in this workspace."),
    "team_tier_cannot_create_channel_canvases": N_("This workspace’s plan has no canvases in channels."),
    "missing_scope": N_("The app is not allowed to write canvases yet: an administrator can allow it anew."),
    "canvas_too_long": N_("The document is too long for a canvas."),
}  # fmt: skip
OTHERWISE = N_("Slack did not take the canvas ({code}).")


def way(w: Wording, project: Project, doc: str) -> Json:
    """[Publish to canvas]."""
    return elements.button(w("Publish to canvas"), f"{ACTION}:{doc}", value=f"{project.id}:{doc}")


def ways(who: Asker) -> list[Json]:
    """One button for each document that everybody may read, for those who publish."""
    if who.may("note.make") != Allow():
        return []
    row = [
        elements.button(
            who.w("Canvas: {name}", name=who.w.of(kind.name)), f"{ACTION}:{doc}", value=f"{who.here.id}:{doc}"
        )
        for doc, kind in sorted(DOCUMENTS.items())
        if kind.publish
    ]
    return [blocks.context(who.w("Or in a tab of the project’s channel, refreshed with each version:")),
            blocks.actions(*row)]  # fmt: skip


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Publish to canvas]: its newest version, or a first one."""
    project_id, _, doc = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("note.make"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if not publishable(doc):
        said = who.w("This document is not for everybody in the channel, so it gets no canvas.")
        return answer.tell(request, parts, who.w, said)
    await parts.db.run(_order, request, parts, who, doc)
    parts.wake()
    where = channel(who.here.channel)
    return answer.tell(
        request, parts, who.w, who.w.md("Publishing it as a canvas in {channel}.", channel=where)
    )


def publishable(doc: str) -> bool:
    """Whether everybody in the project's channel may read this document."""
    return doc in DOCUMENTS and DOCUMENTS[doc].publish


def _order(conn: Connection, request: Request, parts: Parts, who: Asker, doc: str) -> None:
    now = parts.clock.now()
    if not once(conn, request, now):
        return
    project, by = who.here, who.actor.user
    last = documents.latest(conn, workspace=project.workspace, project_id=project.id, doc=doc)
    number = last[0].number if last else making.make(conn, parts=parts, project=project, doc=doc, by=by)
    queueing.queue(conn, project=project, doc=doc, version=number, by=by, now=now)


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The canvas, from the newest version; nothing of what not everybody may read."""
    found = _read(conn, row)
    if found is None:
        return None
    _, title, text = found
    return Message(text=title, canvas=Canvas(title=title, markdown=text))


def instead(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The same as a file, with the reason why there is no canvas."""
    found = _read(conn, row)
    if found is None:
        return None
    project, title, text = found
    w, code = words(project.language), str(row.ref.get("why", ""))
    why = w.md(REASONS[code]) if code in REASONS else w.md(OTHERWISE, code=code)
    said = w.md("*{title}*. {why} Here it is as text.", title=title, why=why)
    name = f"{slug(title)}.md"
    return Message(text=said, file=File(name=name, content=text.encode(), title=title))


def _read(conn: Connection, row: Row) -> tuple[Project, str, str] | None:
    """The project, the title of the canvas, which says which document it is, and its text."""
    doc = str(row.ref.get("doc", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None or not publishable(doc):
        return None
    last = documents.latest(conn, workspace=project.workspace, project_id=project.id, doc=doc)
    kept = making.kept(conn, project=project, doc=doc, number=last[0].number) if last else None
    if kept is None:
        return None
    w = words(project.language)
    title = w("{document} · {project}", document=w.of(DOCUMENTS[doc].name), project=project.name)
    reading = Reading(language=project.language, dress=typographic, names=kept.names)
    copy = w(COPY, n=last[0].number)
    return project, title, f"> {copy}\n\n{markdown.written(kept.document, reading)}"


ACTIONS: dict[str, Any] = {ACTION: pressed}
MESSAGES = {queueing.WHAT: render, INSTEAD: instead}
