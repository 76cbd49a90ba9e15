"""Which page comes next, once something has been saved. Derived from the answers, never stored."""

from dataclasses import replace
from typing import Any

from bot.delegation import pages
from bot.dialogue import check, endings
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around, build, intro
from flows.dialogue.engine import current
from flows.dialogue.model import Screen
from flows.dialogue.path import is_open, put_off
from flows.dialogue.sheet import standing

Json = dict[str, Any]


def opened(scene: Scene, *, at: str = "") -> Json:
    """Where somebody who opens the dialogue arrives: the screen `at` where it is one of theirs, else the
    first open one, else their answers."""
    if check.closed(scene):
        return endings.closed(scene, fresh(scene))
    screen = scene.screen(at) or current(scene.flow, scene.dialogue)
    if screen is None and scene.lent is not None and scene.lent.question and scene.path:
        screen = scene.path[0]  # the one question a colleague was asked, to be changed
    if screen is None:
        return check.page(scene, fresh(scene))
    top = () if scene.lent is not None else (*intro(scene), *pages.offer(scene))
    return show(scene, screen, fresh(scene), top=top)


def following(scene: Scene, place: Place) -> Json:
    """After a screen was sent: the next one of the path, or the check page after the last. What an
    edit has opened goes first."""
    if scene.lent is not None and scene.lent.question:
        return pages.thanks(scene)
    n = scene.position(place.screen)
    waiting = _waiting(scene)
    here = scene.screen(place.screen)
    if here is not None and (_opened(scene, here) or _new(scene, here)):  # this very answer brings it
        return show(scene, here, replace(fresh(scene), then=place.then))
    if place.then == "check":
        return show(scene, waiting, fresh(scene)) if waiting else check.page(scene, fresh(scene))
    if n and n < len(scene.path):
        return show(scene, scene.path[n], fresh(scene))
    return show(scene, waiting, fresh(scene)) if waiting else check.page(scene, fresh(scene))


def before(scene: Scene, place: Place) -> Json:
    """Back: the screen before this one, or the check page when the person came from there."""
    n = scene.position(place.screen)
    if place.then == "check" or n < 2:
        return check.page(scene, fresh(scene)) if place.then == "check" else opened(scene)
    return show(scene, scene.path[n - 2], fresh(scene))


def show(scene: Scene, screen: Screen, place: Place, *, top: tuple[Json, ...] = ()) -> Json:
    """One screen as it stands, nothing typed."""
    return build(
        scene, screen, at(scene, screen, place), Around(top=top, submit=submit(scene, screen, place))
    )


def submit(scene: Scene, screen: Screen, place: Place) -> str:
    """The words of the button, where they are not "Next": the set-up says when it makes the project,
    that is the first time somebody is said to steer it."""
    new = all(question.id not in scene.dialogue.answers for question in screen.questions if question.cards)
    if (scene.flow.id, screen.key) == ("D01", "steering") and place.then == "next" and new:
        return scene.w("Create the project")
    if scene.lent is not None and scene.lent.question:
        return scene.w("Save")
    return ""


def at(scene: Scene, screen: Screen, place: Place) -> Place:
    """The place of a screen about to be shown, with the versions of the shared answers it shows."""
    shared = {q.id: scene.dialogue.answers.get(q.id) for q in screen.questions if q.shared}
    seen = {id: answer.version if answer else 0 for id, answer in shared.items()}
    return replace(place, screen=screen.key, seen=seen)


def fresh(scene: Scene) -> Place:
    """A place with a new nonce."""
    return Place(dialogue=scene.dialogue.id, lent=scene.lent.id if scene.lent else "")


def _waiting(scene: Scene) -> Screen | None:
    """The first screen with something open that was not put off."""
    screen = current(scene.flow, scene.dialogue)
    if screen is None:
        return None
    return screen if _opened(scene, screen) else None


def _new(scene: Scene, screen: Screen) -> bool:
    """A follow-up stands here that this person has not seen yet."""
    return any(q.show_if and standing(scene.dialogue, q) is None for q in screen.questions)


def _opened(scene: Scene, screen: Screen) -> bool:
    """Something required is open here that was not put off."""
    open_ = (q for q in screen.questions if is_open(q, scene.dialogue) and not put_off(q, scene.dialogue))
    return any(q.requirement != "optional" for q in open_)
