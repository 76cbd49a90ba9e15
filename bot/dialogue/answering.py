"""A screen is sent, left by Back, or drawn again while it is being filled."""

import contextlib
from dataclasses import replace
from typing import Any

from bot.dialogue import board, changes, check, course, gestures, interlude, screens, turns, unfit
from bot.dialogue.load import Gesture, scene
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.turns import Taken, mark
from bot.parts import Parts
from bot.request import Reply, Request
from bot.words.blocks import alert
from flows.dialogue.turn import Problem, Turn
from storage.errors import Busy, Unavailable

Json = dict[str, Any]


async def sent(request: Request, parts: Parts) -> Reply:
    """A screen was sent: the next page, or the same one with what stands in the way."""
    gesture = gestures.read(request, parts)
    errors = await unfit.met(gesture)
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    taken = await parts.db.run(turns.submit, gesture=gesture)
    errors = _errors(gesture, taken)
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    return gestures.shown(await _page(gesture, taken))


async def replaced(request: Request, parts: Parts) -> Reply:
    """ "Replace" on a conflict: the same as sending the screen, now that the other's text was read."""
    gesture = gestures.read(request, parts)
    taken = await parts.db.run(turns.submit, gesture=gesture)
    return gestures.redrawn(request, parts, await _page(gesture, taken))


async def kept(request: Request, parts: Parts) -> Reply:
    """ "Keep" on a conflict: the other's text goes into the field, the rest of what is typed stays."""
    gesture, question = gestures.read(request, parts), gestures.target(request)
    return await gestures.page(
        request, parts, lambda found, place: gestures.retyped(found, gesture, place, without=question)
    )


async def chosen(request: Request, parts: Parts) -> Reply:
    """Something was chosen on which the rest of the screen hangs: a card (acceptance point 6), a
    follow-up, the boxes of the board, the sum of points. Drawn again, unless the form has gone on."""
    gesture = gestures.read(request, parts)
    found = await parts.db.read(scene, gesture)
    view = gestures.nothing() if found is None else gestures.retyped(found, gesture, gesture.place)
    return gestures.redrawn(request, parts, view, unless_changed=True)


async def turned(request: Request, parts: Parts) -> Reply:
    """Another page of a long list on the screen; what was chosen on this one comes along."""
    gesture = gestures.read(request, parts)
    found = await parts.db.read(scene, gesture)
    screen = found.whole(gesture.place.screen) if found else None
    if found is None or screen is None:
        return gestures.redrawn(request, parts, gestures.nothing())
    place = replace(gesture.place, page=gestures.page_number(request))
    values = screens.read(found, screen, gesture.place, gesture.fields)
    for question in screen.questions:
        if question.kind == "moscow" and isinstance(values.get(question.id), dict):
            places = {board.CARRIED: board.packed(question, values[question.id])}
            place = replace(place, extra={**place.extra, **places})
    return gestures.redrawn(request, parts, gestures.retyped(found, gesture, place))


async def back(request: Request, parts: Parts) -> Reply:
    """Back keeps what is typed."""
    gesture = gestures.read(request, parts)
    taken = await parts.db.run(turns.set_aside, gesture=gesture)
    view = gestures.nothing() if taken.scene is None else course.before(taken.scene, gesture.place)
    return gestures.redrawn(request, parts, view)


async def _page(gesture: Gesture, taken: Taken) -> Json:
    """The page a submission leads to."""
    found, turn, place = taken.scene, taken.turn, gesture.place
    if found is None:
        return gestures.nothing()
    if turn is None or turn.accepted:
        return await interlude.page(gesture, found) or await _following(gesture, found)
    if turn.problems:
        return gestures.retyped(found, gesture, place, _around(found, turn))
    screen = taken.screen
    if turn.conflicts:
        seen = {one.question: one.theirs.version for one in turn.conflicts}
        place = replace(place, seen={**place.seen, **seen})
        return gestures.retyped(found, gesture, place, changes.conflicting(found, turn))
    if screen is None:
        return course.opened(found)
    agreed = gestures.shown_there(found, gesture, place, taken.values or {})
    return gestures.retyped(found, gesture, replace(place, agreed=mark(agreed)), changes.asked(found, turn))


async def _following(gesture: Gesture, found: Scene) -> Json:
    """The next page. That of all answers names the open points, whose numbers a turn does not load;
    it is saved already, so a database that is busy just now only costs the numbers."""
    view = course.following(found, gesture.place)
    if view["callback_id"] == check.CALLBACK:
        with contextlib.suppress(Busy, Unavailable):
            numbered = await gesture.parts.db.read(scene, gesture, refs=True)
            view = course.following(numbered or found, gesture.place)
    return view


def _errors(gesture: Gesture, taken: Taken) -> dict[str, str]:
    """Problems under their fields; {} unless each has one, because Slack shows either these or a
    page, not both. What concerns no question (closed meanwhile) goes under the first field."""
    if taken.scene is None or taken.turn is None or not taken.turn.problems:
        return {}
    found: dict[str, str] = {}
    for problem in taken.turn.problems:
        block = screens.error_block(taken.scene, taken.scene.known(problem.question), gesture.fields)
        if block is None:
            return {}
        found.setdefault(block, taken.scene.w.of(problem.words))
    return found


def _around(found: Scene, turn: Turn) -> Around:
    """Problems as notices: in front of their question, or on top."""
    top = tuple(_alert(found, problem) for problem in turn.problems if not problem.question)
    notes = {problem.question: (_alert(found, problem),) for problem in turn.problems if problem.question}
    return Around(top=top, notes=notes)


def _alert(found: Scene, problem: Problem) -> Json:
    return alert(found.w.of(problem.words), level="error")
