"""The check page: opening it, turning it, changing an answer from it, saying "I'm done"."""

from dataclasses import replace
from typing import Any

from bot.delegation import pages
from bot.dialogue import check, course, endings, gestures, turns
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.parts import Parts
from bot.request import Reply, Request

Json = dict[str, Any]


async def seen(request: Request, parts: Parts) -> Reply:
    """ "See my answers", inside a modal: its page is replaced."""
    return await gestures.page(
        request, parts, lambda found, _: check.page(found, course.fresh(found)), refs=True
    )


async def changed(request: Request, parts: Parts) -> Reply:
    """A Change button: the screen of that question, and back to this page after it."""
    question = gestures.value(request)

    def draw(found: Scene, place: Place) -> Json:
        screen = found.screen(check.screen_of(found, question))
        if screen is None or check.closed(found):
            return check.page(found, place)
        return course.show(found, screen, replace(course.fresh(found), then="check"))

    return await gestures.page(request, parts, draw, refs=True)


async def turned(request: Request, parts: Parts) -> Reply:
    """The next or the previous twenty answers."""
    number = gestures.page_number(request)
    return await gestures.page(
        request, parts, lambda found, place: check.page(found, replace(place, page=number)), refs=True
    )


async def finished(request: Request, parts: Parts) -> Reply:
    """ "I'm done"; pressing it twice is the same as once."""
    taken = await parts.db.run(turns.finish, gesture=gestures.read(request, parts))
    found, turn = taken.scene, taken.turn
    if found is None or turn is None:
        return gestures.shown(gestures.nothing())
    if check.closed(found):
        return gestures.shown(endings.closed(found, course.fresh(found)))
    if turn.problems:
        problem = found.w.of(turn.problems[0].words)
        return gestures.shown(check.page(found, course.fresh(found), problem=problem))
    if found.lent is not None:
        return gestures.shown(pages.thanks(found))
    return gestures.shown(endings.done(found, course.fresh(found)))
