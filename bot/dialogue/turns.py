"""Takes a turn: loads the sheet, lets flows/ decide, saves, queues what people should see.

Each function here runs in one transaction of the database and gives back what a page is drawn from.
Draws nothing and calls nobody.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.delegation import hands
from bot.dialogue import line_changes, queueing, rows, screens, team
from bot.dialogue.load import Gesture, after, scene
from bot.dialogue.scene import Scene
from flows.dialogue import kinds
from flows.dialogue.engine import advance
from flows.dialogue.events import Event, ExitTaken, ExitTakenBack, Finished, Submitted
from flows.dialogue.model import Exit, Flow, Question, Screen, Value
from flows.dialogue.turn import Turn
from storage import dialogue as dialogues
from storage import inbox
from storage.database import Connection

#: The screen of a light flow: only what is being kept aside (see `light`).
_ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a turn led to. `scene` is as things stand after it; None: nothing there for this person.
    `turn` is None when the form had been taken before. `values` are those that were sent."""

    scene: Scene | None
    turn: Turn | None = None
    screen: Screen | None = None
    values: Mapping[str, Value] | None = None
    overtaken: bool = False  # a line was changed by somebody else meanwhile: nothing was saved

    @property
    def accepted(self) -> bool:
        """The event took effect, now or at an earlier delivery."""
        return self.scene is not None and (self.turn is None or self.turn.accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """One answer kept by itself, apart from its screen."""

    question: Question
    value: Value
    confirmed: bool = False


def submit(conn: Connection, *, gesture: Gesture) -> Taken:
    """A screen was sent. The same form twice has one effect (6.3); with other text it is another turn."""
    place, before = gesture.place, scene(conn, gesture, lock=True)
    if before is None:
        return Taken(scene=None)
    screen = _screen(before, place.screen, gesture.fields)
    if _taken_already(conn, gesture):
        return Taken(scene=before, screen=screen)
    values = screens.read(before, screen, place, gesture.fields)
    event = Submitted(
        by=gesture.who.user,
        screen=place.screen,
        values=values,
        at=gesture.now,
        seen=place.seen,
        confirmed=bool(place.agreed) and place.agreed == mark(values),
    )
    found = _take(conn, gesture, before, event)
    if found.accepted:
        _remember(conn, gesture)
    return replace(found, screen=screen, values=values)


def exit_taken(
    conn: Connection, *, gesture: Gesture, question: str, exit: Exit, confirmed: bool = False
) -> Taken:
    """One of the three exits was chosen."""
    event = ExitTaken(by=gesture.who.user, question=question, exit=exit, at=gesture.now, confirmed=confirmed)
    return _event(conn, gesture, event)


def answer_after_all(conn: Connection, *, gesture: Gesture, question: str) -> Taken:
    """The exit is taken back; the question is open again."""
    return _event(conn, gesture, ExitTakenBack(by=gesture.who.user, question=question, at=gesture.now))


def finish(conn: Connection, *, gesture: Gesture) -> Taken:
    """ "I'm done". Pressing it twice is the same as once."""
    taken = _event(conn, gesture, Finished(by=gesture.who.user, at=gesture.now), refs=True)
    if taken.scene is not None and taken.scene.lent is not None and taken.turn is not None and taken.accepted:
        hands.after(conn, scene=taken.scene, turn=taken.turn, finished=True, now=gesture.now)
    return taken


def set_aside(conn: Connection, *, gesture: Gesture) -> Taken:
    """Back was pressed: what is typed and valid is kept, question by question. What would change
    other things, or is not finished, is not: Back asks no questions."""
    found = scene(conn, gesture, lock=True)
    if found is None:
        return Taken(scene=None)
    screen = _screen(found, gesture.place.screen, gesture.fields)
    for id, value in screens.read(found, screen, gesture.place, gesture.fields).items():
        question = next(q for q in screen.questions if q.id == id)
        lines = question.kind == "rows" and team.shape(found.flow, question) == "list"  # kept already
        if not lines and not kinds.empty(value):
            found = _keep(conn, gesture, found, Alone(question=question, value=value)).scene or found
    return Taken(scene=found, screen=screen)


def keep_rows(
    conn: Connection, *, gesture: Gesture, change: line_changes.Change, confirmed: bool = False
) -> Taken:
    """The lines of one question changed. Fewer than are needed are kept all the same: the question
    stays open until there are enough. `change` may refuse by returning None: nothing changes."""
    found = scene(conn, gesture, lock=True)
    question = found.question(gesture.place.question) if found else None
    if found is None or question is None:
        return Taken(scene=None)
    if _taken_already(conn, gesture):
        return Taken(scene=found)
    lines = change([dict(row) for row in rows.lines(found, question)])
    if lines is None:
        return Taken(scene=found, overtaken=True)
    taken = _keep(conn, gesture, found, Alone(question=question, value=lines, confirmed=confirmed))
    if taken.accepted:
        _remember(conn, gesture)
    return taken


def put_back(conn: Connection, *, gesture: Gesture) -> Taken:
    """A line that was removed is put back where it stood, out of what the answer said before."""
    found = scene(conn, gesture, lock=True)
    question = found.question(gesture.place.question) if found else None
    if found is None or question is None:
        return Taken(scene=None)
    whose = "" if question.shared else found.dialogue.person
    past = dialogues.history(
        conn, workspace=gesture.who.workspace, dialogue_id=found.dialogue.id, question=question.id, roles=None
    )
    lists = [
        one.answer.value for one in past if one.respondent == whose and isinstance(one.answer.value, list)
    ]
    change = line_changes.restored(gesture.place.line, lists)
    return keep_rows(conn, gesture=gesture, change=change, confirmed=True)


def mark(values: Mapping[str, Value]) -> str:
    """A short mark of what was sent, to know that it is the same that the person has agreed to."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def light(flow: Flow, question: Question) -> Flow:
    """The same content with one more screen that asks this question only, and needs no number of
    lines and no complete ones: what is kept aside goes through the same rules as everything else."""

    id = question.id.partition("@")[0]
    aside = flow.by_id.get(id, question) if question.per else question  # laid out for each record again

    def loose(asked: Question) -> Question:
        if asked.id != id or asked.kind != "rows":
            return asked
        columns = tuple(replace(column, required=False) for column in asked.columns)
        return replace(asked, minimum=None, columns=columns)

    screens_ = tuple(replace(s, questions=tuple(map(loose, s.questions))) for s in flow.screens)
    return replace(flow, screens=(*screens_, Screen(key=_ASIDE, questions=(loose(aside),))))


def _keep(conn: Connection, gesture: Gesture, found: Scene, alone: Alone) -> Taken:
    """Take one answer by itself. It cannot conflict: the sheet is locked and was just read."""
    event = Submitted(
        by=gesture.who.user,
        screen=_ASIDE,
        values={alone.question.id: alone.value},
        at=gesture.now,
        confirmed=alone.confirmed,
    )
    turn = advance(light(found.flow, alone.question), found.dialogue, event, today=found.today)
    return _saved(conn, gesture, found, turn)


def _event(conn: Connection, gesture: Gesture, event: Event, *, refs: bool = False) -> Taken:
    before = scene(conn, gesture, lock=True, refs=refs)
    return Taken(scene=None) if before is None else _take(conn, gesture, before, event)


def _take(conn: Connection, gesture: Gesture, before: Scene, event: Event) -> Taken:
    return _saved(conn, gesture, before, advance(before.flow, before.dialogue, event, today=before.today))


def _saved(conn: Connection, gesture: Gesture, before: Scene, turn: Turn) -> Taken:
    project, now = before.project, gesture.now
    saved = dialogues.save(
        conn, workspace=project.workspace, project_id=project.id, flow=before.flow, turn=turn, now=now
    )
    if turn.accepted and turn.effects:
        flows = gesture.parts.playbook.flows
        queueing.after(conn, scene=before, turn=turn, saved=saved, flows=flows, now=now)
        hands.after(conn, scene=before, turn=turn, finished=False, now=now)
    now_read = turn.dialogue if saved.register is None else replace(turn.dialogue, register=saved.register)
    found = after(before, now_read)
    done = (found.done or bool(saved.completed)) and not saved.reopened
    return Taken(scene=replace(found, done=done), turn=turn)


def _taken_already(conn: Connection, gesture: Gesture) -> bool:
    """Whether this form was taken with this text. Somebody whose acknowledgement was lost may change
    the text before sending again: that is no repetition, and must not be told it was saved."""
    nonce = gesture.place.nonce
    done = inbox.form_result(conn, workspace=gesture.who.workspace, nonce=nonce) if nonce else None
    return isinstance(done, dict) and done.get("taken") == mark(gesture.fields)


def _remember(conn: Connection, gesture: Gesture) -> None:
    workspace, nonce = gesture.who.workspace, gesture.place.nonce
    if nonce:
        done = {"taken": mark(gesture.fields)}
        inbox.remember_form(conn, workspace=workspace, nonce=nonce, result=done, now=gesture.now)


def _screen(found: Scene, key: str, fields: Mapping[str, Any]) -> Screen:
    """The screen that was sent, follow-ups included, and the questions the form names besides: content
    has changed, or records share a screen and one has moved to another."""
    known = found.whole(key) or Screen(key=key, questions=())
    there = {question.id for question in known.questions}
    named = dict.fromkeys(block.split(":")[1] for block in fields if block.startswith("q:"))
    others = (found.known(id) for id in named if id not in there)
    return replace(known, questions=(*known.questions, *(one for one in others if one is not None)))
