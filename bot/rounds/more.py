"""The private message that says a dialogue has more questions than when it was first answered.

A later part of it, or records it asks about (a vendor session). Says what is new, never what was said.
"""

from collections.abc import Sequence
from typing import Any

from bot import people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.cards import message
from bot.rounds.invitation import REFUSED
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording, words
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Flow, Question
from flows.dialogue.path import is_open, path
from flows.words import Words
from storage import dialogue as dialogues
from storage import memo
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

SHOWN = 4  # questions quoted; the rest is counted


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """What is open in the dialogue for this person, on the day their budget gives it. Nothing when
    nothing is, when it has closed, or for somebody who is not asked any more."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    run = dialogues.run(conn, workspace=row.workspace, id=str(row.ref.get("run", "")))
    flow = parts.playbook.flows.get(run.flow) if run else None
    if project is None or run is None or flow is None or run.status == "closed":
        return None
    if user not in project.cast.everybody() or memo.get(
        conn, workspace=row.workspace, user=user, name=f"{REFUSED}{project.id}"
    ):
        return None
    waiting = _waiting(conn, parts, run, flow, user)
    if not waiting:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    later = budget.not_now(conn, row, parts=parts, person=person, project=project)
    w = words(people.language(person, project))
    return later or message(*_said(w, project.name, run, flow, waiting))


def _waiting(conn: Connection, parts: Parts, run: dialogues.Run, flow: Flow, user: str) -> list[Question]:
    sheet = dialogues.sheet(conn, workspace=run.workspace, id=run.id, person=user, flows=parts.playbook.flows)
    if sheet is None:
        return []
    asked = {q.id: q for screen in path(flow, sheet) for q in screen.questions if is_open(q, sheet)}
    return list(asked.values())


def head(w: Wording, project: str, title: Words, waiting: Sequence[Question], closes: str) -> Mrkdwn:
    """The first line: of what, how much, until when. Also the preview the facilitator reads."""
    said: list[Any] = [
        w.plural_md(
            "*{title}* ({project}): {n} more question for you",
            "*{title}* ({project}): {n} more questions for you",
            len(waiting),
            title=title,
            project=project,
        ),
        w.plural("about {n} minute", "about {n} minutes", max(minutes(waiting), 1)),
    ]
    if closes:
        said.append(w("closes on {day}", day=closes))
    return Mrkdwn(" · ").join(said)


def _said(w: Wording, project: str, run: dialogues.Run, flow: Flow, waiting: list[Question]) -> list[Json]:
    closes = w.day(run.closes_on) if run.closes_on else ""
    rows = [blocks.section(head(w, project, flow.title, waiting, closes))]
    lines = [w.md("• {question}", question=question.words) for question in waiting[:SHOWN]]
    rows.append(blocks.section(Mrkdwn("\n").join(lines)))
    start, later = w("Start"), w("Later")
    title = w.of(flow.title)
    go = elements.button(
        start,
        "dialogue.open",
        value=run.id,
        style="primary",
        label=w("{what}: {question}", what=start, question=title),
    )
    wait = elements.button(later, "invitation.later", value=run.id, label=w("Later: {title}", title=title))
    return [*rows, blocks.actions(go, wait)]


MESSAGES = {"second_part": render}
