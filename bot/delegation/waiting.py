"""What Home and `/cadrage todo` say of colleagues: what one was asked, whom one asked, what came of it."""

from collections.abc import Iterable
from datetime import date

from bot.asker import Asker
from bot.delegation.card import Errand, errand, returned, topic
from bot.hub import tasks
from bot.hub.counts import FEWEST, counted
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.cadence import working_days_between
from flows.dialogue.delegation import RETURNED, open_for
from flows.dialogue.lending import WHOLE, all_asked
from flows.dialogue.path import is_open, path
from storage import delegation
from storage import dialogue as dialogues
from storage.database import Connection

SHOWN = 5  # lines of each kind
FRESH = 5  # working days for which "has answered" is told


def asked_of(conn: Connection, parts: Parts, who: Asker) -> list[Errand]:
    """What this person was asked by colleagues and still waits for them, in any project, oldest first."""
    workspace, user = who.actor.workspace, who.actor.user
    live = delegation.for_user(conn, workspace=workspace, user=user)
    found = (errand(conn, parts, workspace=workspace, id=one.id, reader=user) for one in live)
    return [one for one in found if one is not None and open_for(one.flow, one.sheet, one.asked)]


def next_action(conn: Connection, parts: Parts, who: Asker) -> tasks.Next | None:
    """A colleague waits: before one's own questionnaires (section 6, order)."""
    first = min(asked_of(conn, parts, who), key=lambda one: one.asked.until or date.max, default=None)
    if first is None:
        return None
    said = first.w.md("*{name}* asks you: {what}", name=first.asker, what=topic(first))
    return tasks.Next(said=said, button=first.w("Answer"), action="delegation.answer", value=first.asked.id)


def lines(conn: Connection, parts: Parts, who: Asker, work: Iterable[tasks.Task]) -> list[Json]:
    """What this person was asked, then what they asked: who has it, that it is back, or answered."""
    return [*asked_lines(conn, parts, who), *_of_mine(conn, parts, who, work)]


def asked_lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """One line for each thing one was asked; also for somebody who is in no project."""
    rows = []
    for one in asked_of(conn, parts, who)[:SHOWN]:
        w = one.w
        said: list[str] = [
            w.md("*{name}* asks you: {what}", name=one.asker, what=topic(one)),
            one.project.name,
        ]
        if one.asked.until:
            said.append(w("wanted by {day}", day=w.day(one.asked.until)))
        label = w("{what}: {question}", what=w("Answer"), question=topic(one))
        go = elements.button(
            w("Answer"), f"delegation.answer:{one.asked.id}", value=one.asked.id, label=label
        )
        rows.append(blocks.section(Mrkdwn(" · ").join(said), accessory=go))
    return rows


def passed_on(conn: Connection, w: Wording, run: dialogues.Run) -> str:
    """For whoever runs the project: how much of an open dialogue waits for colleagues. Never who asked whom,
    nor who said no; "" for nothing, and where so few are expected that it would tell."""
    if counted(conn, run)[1] < FEWEST:
        return ""
    known = delegation.of_dialogue(conn, workspace=run.workspace, dialogue_id=run.id)
    n = sum(one.live for one in known)
    return w.plural("{n} passed on to a colleague", "{n} passed on to colleagues", n) if n else ""


def _of_mine(conn: Connection, parts: Parts, who: Asker, work: Iterable[tasks.Task]) -> list[Json]:
    workspace, user = who.actor.workspace, who.actor.user
    runs = [task.run.id for task in work if task.run.status == "open"]
    kept = delegation.of_dialogues(conn, workspace=workspace, dialogue_ids=runs) if runs else []
    mine = (one for one in kept if one.from_user == user)
    found = (errand(conn, parts, workspace=workspace, id=one.id, reader=user) for one in mine)
    rows = (_mine(one, who.today) for one in found if one is not None)
    return [row for row in rows if row is not None][:SHOWN]


def _mine(found: Errand, today: date) -> Json | None:
    w, asked = found.w, found.asked
    if asked.live:
        said = w.md("With {name}: {what}", name=found.colleague, what=topic(found))
        if asked.state == "accepted":
            said = w.md("With {name}, who has accepted: {what}", name=found.colleague, what=topic(found))
        back = elements.button(w("Take it back"), f"delegation.back:{asked.id}", value=asked.id)
        return blocks.section(said, accessory=back)
    if asked.state in RETURNED and _still_open(found):
        said = Mrkdwn("\n").join([topic(found), returned(w, found)])
        return blocks.section(said, accessory=_open(w, found, w("Answer")))
    settled = asked.settled_at
    if asked.state == "answered" and settled and working_days_between(settled.date(), today) <= FRESH:
        said = w.md("{name} has answered, at your request: {what}", name=found.colleague, what=topic(found))
        return blocks.section(said, accessory=_open(w, found, w("See my answers")))
    return None


def _open(w: Wording, found: Errand, words: str) -> Json:
    id = found.asked.dialogue_id
    label = w("{what}: {question}", what=words, question=topic(found))
    return elements.button(words, f"dialogue.open:{found.asked.id}", value=id, label=label)


def _still_open(found: Errand) -> bool:
    """What has come back still waits for the one who asked."""
    asked = {q.id: q for screen in path(found.flow, found.sheet) for q in screen.questions}
    if found.asked.question == WHOLE:
        return not all_asked(found.sheet) and any(is_open(q, found.sheet) for q in asked.values())
    question = asked.get(found.asked.question)
    return question is not None and is_open(question, found.sheet)
