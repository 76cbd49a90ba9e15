"""The exits of a question, taken and taken back. What is typed in the other fields stays."""

from dataclasses import replace
from typing import Any, get_args

from bot.delegation import asking
from bot.dialogue import changes, exits, gestures, turns
from bot.dialogue.load import Gesture
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.turns import Taken
from bot.parts import Parts
from bot.request import Reply, Request
from bot.words.blocks import alert, context
from flows.dialogue.model import NOBODY, Exit
from flows.dialogue.sheet import standing

Json = dict[str, Any]


async def taken(request: Request, parts: Parts) -> Reply:
    """An exit was chosen; or the extra button of a person question ("Nobody yet"), which counts as an
    answer once the screen is sent."""
    gesture, question = gestures.read(request, parts), gestures.target(request)
    choice = gestures.value(request)
    if choice == NOBODY:
        asked = tuple(one for one in gesture.place.asked if one != question)
        nobody = tuple(dict.fromkeys((*gesture.place.nobody, question)))
        place = replace(gesture.place, nobody=nobody, asked=asked)
        return await gestures.page(request, parts, lambda found, _: gestures.retyped(found, gesture, place))
    if choice == "asked":
        return await asking.opened(request, parts, question)
    exit = _exit(choice)
    if exit is None:
        return Reply()
    result = await parts.db.run(turns.exit_taken, gesture=gesture, question=question, exit=exit)
    if result.scene is not None and result.turn is not None and result.turn.consequences:
        place = replace(gesture.place, question=question, extra={"exit": exit})
        return gestures.pushed(
            request, parts, changes.page(result.scene, place, result.turn, callback_id="dialogue.exit")
        )
    return gestures.redrawn(request, parts, _again(gesture, result, question if exit == "later" else ""))


async def confirmed(request: Request, parts: Parts) -> Reply:
    """ "Change it" on the page that says what giving up an answer brings about."""
    gesture = gestures.read(request, parts)
    exit, question = _exit(gesture.place.extra.get("exit", "")), gesture.place.question
    if exit is None:
        return Reply()
    result = await parts.db.run(
        turns.exit_taken, gesture=gesture, question=question, exit=exit, confirmed=True
    )
    gesture = replace(gesture, place=replace(gesture.place, question="", extra={}), fields={})
    return gestures.redrawn(request, parts, _again(gesture, result), id=gestures.underneath(request))


async def taken_back(request: Request, parts: Parts) -> Reply:
    """ "Answer after all", "Choose a person": the field is back."""
    gesture, question = gestures.read(request, parts), gestures.target(request)
    nobody = tuple(one for one in gesture.place.nobody if one != question)
    asked = tuple(dict.fromkeys((*gesture.place.asked, question)))
    gesture = replace(gesture, place=replace(gesture.place, nobody=nobody, asked=asked))
    result = await parts.db.run(turns.answer_after_all, gesture=gesture, question=question)
    return gestures.redrawn(request, parts, _again(gesture, result))


def _again(gesture: Gesture, result: Taken, later: str = "") -> Json:
    """The screen as it stands now. `later`: the question somebody wants to be reminded of, which keeps
    its place where it is answered already, by them or by somebody of the team."""
    if result.scene is None:
        return gestures.nothing()
    problems = result.turn.problems if result.turn else ()
    top = tuple(alert(result.scene.w.of(problem.words), level="error") for problem in problems)
    answered = later if later and not problems and not _stands(result.scene, later) else ""
    notes = {answered: (context(exits.kept_for_later(result.scene)),)} if answered else {}
    return gestures.retyped(result.scene, gesture, gesture.place, Around(top=top, notes=notes))


def _stands(scene: Scene, id: str) -> bool:
    """The exit has taken the question's place, where it says all that."""
    question = scene.question(id)
    answer = standing(scene.dialogue, question) if question else None
    return answer is not None and answer.exit is not None


def _exit(choice: str) -> Exit | None:
    return next((one for one in get_args(Exit) if one == choice), None)
