"""The scoping note: asked for by the facilitator or the lead, published as a file in the channel.

Made again from current data for each try of the upload; the version is numbered when it is asked
for. Writes no sentence of the note itself: flows/document does.
"""

import re
import unicodedata
from typing import Any

from bot import answer, asker
from bot.documents.judging import judged
from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import bold, channel
from bot.words.text import words
from bot.words.typography import typographic
from flows.document.markdown import markdown
from flows.document.note import note
from flows.project import Project
from storage import note as notes
from storage import outbox
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row


async def make(request: Request, parts: Parts) -> Reply:
    """`/cadrage note`, [Prepare the note]."""
    chosen = answer.chosen(request) if request.kind == "action" else ""
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
    """Number a version and queue its file and its card. Returns the version."""
    now = parts.clock.now()
    version = notes.new_version(conn, workspace=project.workspace, project_id=project.id, by=by, now=now)
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"note:{project.id}:{version}",
        lane=f"channel:{project.channel}",
        op="file",
        now=now,
        ref={
            "what": "note_file",
            "project": project.id,
            "channel": project.channel,
            "version": version,
            "by": by,
        },
    )
    announce.note_card(conn, project=project, now=now)
    return version


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The note as a Markdown file, in the project's language. Nothing when who asked may no longer."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None or not {"facilitator", "lead"} & project.cast.roles_of(str(row.ref.get("by", ""))):
        return None
    facts = notes.facts(
        conn,
        workspace=row.workspace,
        project_id=project.id,
        flows=parts.playbook.flows,
        today=asker.today(parts, project),
        judged=judged(conn, parts=parts, project=project, now=parts.clock.now()),
    )
    if facts is None:
        return None
    w = words(project.language)
    text = markdown(note(parts.playbook, facts), project.language, typographic)
    title = w(
        "Scoping note of {project}, version {n}", project=project.name, n=int(row.ref.get("version", 1))
    )
    kind = w("scoping-note")
    name = f"{kind}-{_slug(project.name)}-{row.ref.get('version', 1)}.md"
    said = w.md("*{title}*. What is missing is said in its place.", title=title)
    return Message(text=said, file=File(name=name, content=text.encode(), title=title))


def card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The short card beside the file: which version, what is missing, how to make the next one."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    facts = notes.facts(
        conn,
        workspace=row.workspace,
        project_id=str(row.ref.get("project", "")),
        flows=parts.playbook.flows,
        today=asker.today(parts, project),
    )
    if project is None or facts is None:
        return None
    w = words(project.language)
    document = note(parts.playbook, facts)
    gaps = sum(type(block).__name__ == "Missing" for section in document.sections for block in section.blocks)
    title = w("Scoping note of {project}", project=project.name)
    head = w.md("{title} · draft {n}", title=bold(title), n=facts.version)
    missing = w.plural(
        "{n} thing is missing, and the note says so in its place.",
        "{n} things are missing, and the note says so in their place.",
        gaps,
    )
    return message(
        blocks.section(head),
        blocks.context(w.full_day(facts.today), missing),
        blocks.actions(elements.button(w("Prepare a new version"), "note.make", value=project.id)),
    )


def _slug(name: str) -> str:
    """A name fit for a file, in plain letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "project"


ACTIONS: dict[str, Any] = {"note.make": make}
MESSAGES = {"note_file": file, "note_card": card}
