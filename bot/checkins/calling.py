"""The call for initiatives in the channel (C05): one question to everybody, and the button of a first line.

Asks nobody in particular and counts no answer: what people tell is an initiative (bot/wins).
"""

from datetime import datetime

from bot.outbound.render import Message
from bot.parts import Parts
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import bold
from bot.words.text import words
from flows.project import Project
from flows.rhythm.calendar import Occasion
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

WHAT = "checkin_call"


def call(conn: Connection, *, project: Project, one: Occasion, now: datetime) -> None:
    """Post it in the hours of the place where the project is."""
    ref = {"checkin": one.what}
    key = f"{project.id}:{one.key}"
    announce.post(conn, project=project, what=WHAT, key=key, ref=ref, now=now, in_hours=True)


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The question, in the language of the channel."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    content = parts.playbook.checkins.get(str(row.ref.get("checkin", "")))
    if project is None or content is None:
        return None
    w = words(project.language)
    tried = elements.button(w("I tried something"), "initiative.tell", value=project.id)
    return message(
        blocks.section(bold(w.of(content.title))),
        blocks.section(w.of(content.items[0].question.words)),
        blocks.actions(tried),
    )


MESSAGES = {WHAT: render}
