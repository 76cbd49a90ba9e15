"""A button opens a dialogue, or its results: "Opening…" at once, then the page (slack.md A.2, rule 1)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot import answer, people
from bot.dialogue import check, course, endings, gestures, results
from bot.dialogue.load import Gesture, scene
from bot.dialogue.place import Place
from bot.outbound.outcome import Sent
from bot.parts import Parts
from bot.request import Reply, Request
from bot.words.text import Wording, words
from storage.errors import Busy, Unavailable

Json = dict[str, Any]
Draw = Callable[[Gesture, Wording], Awaitable[Json]]


async def opened(request: Request, parts: Parts) -> Reply:
    """A dialogue, by the value of the button: the first open screen, or the check page. "id:screen": that
    screen of it, for what is asked of somebody elsewhere."""
    id, _, screen = gestures.value(request).partition(":")
    gesture = gestures.read(request, parts, Place(dialogue=id, screen=screen))
    return Reply(after=lambda: _show(request, gesture, _dialogue))


async def answers(request: Request, parts: Parts) -> Reply:
    """One's answers so far, by the choice of a menu: "answers:" and the id of the dialogue."""
    return _later(request, parts, _answers, id=gestures.value(request).partition(":")[2])


async def outcome(request: Request, parts: Parts) -> Reply:
    """What came out of a dialogue that is closed."""
    return _later(request, parts, _results)


async def turned(request: Request, parts: Parts) -> Reply:
    """Another part of what came out."""
    gesture = gestures.read(request, parts)
    found = await parts.db.read(results.load, gesture)
    place = replace(gesture.place, page=gestures.page_number(request))
    view = gestures.nothing() if found is None else results.page(found, place)
    return gestures.redrawn(request, parts, view)


def shown(request: Request, parts: Parts, place: Place) -> Reply:
    """A dialogue at a place that another capability names: what a colleague was asked."""
    gesture = gestures.read(request, parts, place)
    return Reply(after=lambda: _show(request, gesture, _dialogue))


def _later(request: Request, parts: Parts, draw: Draw, *, id: str = "") -> Reply:
    gesture = gestures.read(request, parts, Place(dialogue=id or gestures.value(request)))
    return Reply(after=lambda: _show(request, gesture, draw))


async def _show(request: Request, gesture: Gesture, draw: Draw) -> None:
    """The trigger lasts three seconds: the view is opened before anything but a language is read."""
    who, w = gesture.who, await _wording(gesture)
    put_up = await answer.put_up(request, gesture.parts, endings.opening(w))
    view = put_up.data.get("view") if isinstance(put_up, Sent) else None
    if not isinstance(view, dict):
        return
    try:
        me = await people.known(gesture.parts, who.workspace, who.user)
        page = await draw(gesture, words(people.language(me)))
    except (Busy, Unavailable):
        page = endings.unavailable(w)
    await gestures.update(gesture.parts, who.workspace, str(view.get("id") or ""), page)


async def _wording(gesture: Gesture) -> Wording:
    """The language that is kept for this person; English when the database does not answer."""
    who = gesture.who
    try:
        found = await gesture.parts.db.read(people.several, workspace=who.workspace, users=(who.user,))
    except (Busy, Unavailable):
        return words("en")
    return words(people.language(found[who.user]))


async def _dialogue(gesture: Gesture, w: Wording) -> Json:
    found = await gesture.parts.db.read(scene, gesture, refs=True)
    return endings.nothing_there(w) if found is None else course.opened(found, at=gesture.place.screen)


async def _answers(gesture: Gesture, w: Wording) -> Json:
    found = await gesture.parts.db.read(scene, gesture, refs=True)
    return endings.nothing_there(w) if found is None else check.page(found, course.fresh(found))


async def _results(gesture: Gesture, w: Wording) -> Json:
    found = await gesture.parts.db.read(results.load, gesture)
    return endings.nothing_there(w) if found is None else results.page(found, gesture.place)
