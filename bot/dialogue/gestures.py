"""Reads a gesture out of a payload, and the few ways to answer one inside a modal.

Everything in a payload but the workspace and the user is user input (T11).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue import course, endings, screens
from bot.dialogue.load import Gesture, Who, scene
from bot.dialogue.place import Place, unpacked
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.typed import chosen, typed
from bot.parts import Parts
from bot.request import Reply, Request
from bot.words.text import words
from flows.dialogue.engine import preview
from flows.dialogue.model import Value

Json = dict[str, Any]
Page = Callable[[Scene, Place], Json]
NOWHERE = Place(dialogue="", nonce="")


def read(request: Request, parts: Parts, place: Place | None = None) -> Gesture:
    """The gesture. `place`: where it leads, when the view does not say."""
    view = _view(request)
    return Gesture(
        parts=parts,
        who=Who(workspace=request.workspace, user=request.user),
        place=place or unpacked(view.get("private_metadata")) or NOWHERE,
        fields=typed(view),
        now=parts.clock.now(),
    )


def value(request: Request) -> str:
    """The value of the button pressed or of the option chosen; "" when there is none."""
    used = _used(request)
    found = used.get("value") if isinstance(used.get("value"), str) else chosen(used)
    return found if isinstance(found, str) else ""


def target(request: Request, n: int = 1) -> str:
    """The `n`-th id in the action's name: "OBJ05" of "dialogue.exit:OBJ05"."""
    name = _used(request).get("action_id")
    ids = name.split(":") if isinstance(name, str) else []
    return ids[n] if len(ids) > n else ""


def page_number(request: Request) -> int:
    """The page a button leads to; 0 for anything else."""
    n = value(request)
    return int(n) if n.isascii() and n.isdigit() and len(n) < 3 else 0


def in_modal(request: Request) -> bool:
    """Whether the gesture was made in an open modal."""
    return _view(request).get("type") == "modal"


def view_id(request: Request) -> str:
    """The view the gesture was made in."""
    return str(_view(request).get("id") or "")


def underneath(request: Request) -> str:
    """The view under the one that was sent."""
    view = _view(request)
    return str(view.get("previous_view_id") or view.get("root_view_id") or "")


def shown(view: Json) -> Reply:
    """The form that was sent becomes this page, on the acknowledgement itself."""
    return Reply(ack={"response_action": "update", "view": view})


def redrawn(
    request: Request, parts: Parts, view: Json, *, id: str = "", unless_changed: bool = False
) -> Reply:
    """The open modal, or the one called `id`, becomes this page, once the gesture is acknowledged.
    `unless_changed`: not when it shows something else by now, because it has been sent meanwhile."""
    hash = str(_view(request).get("hash") or "") if unless_changed else ""
    return Reply(after=lambda: update(parts, request.workspace, id or view_id(request), view, hash=hash))


def pushed(request: Request, parts: Parts, view: Json) -> Reply:
    """This page goes on top of the open modal."""

    async def push() -> None:
        await parts.slack.push_view(request.workspace, request.trigger_id, view)

    return Reply(after=push)


async def update(parts: Parts, workspace: str, id: str, view: Json, *, hash: str = "") -> None:
    """Replaces a view. It may be closed by now: then there is nothing to show, and nothing is lost.
    With `hash`, only the view that has it."""
    if id:
        await parts.slack.update_view(workspace, id, view, hash or None)


async def page(request: Request, parts: Parts, draw: Page, *, refs: bool = False) -> Reply:
    """Nothing is saved: the open modal is drawn from what is."""
    gesture = read(request, parts)
    found = await parts.db.read(scene, gesture, refs=refs)
    return redrawn(request, parts, nothing() if found is None else draw(found, gesture.place))


def nothing() -> Json:
    """Nothing there for this person, in both languages: theirs may be unknown."""
    return endings.nothing_there(words("en"), words("fr"))


def retyped(
    found: Scene, gesture: Gesture, place: Place, around: Around | None = None, *, without: str = ""
) -> Json:
    """The screen again with what is typed, valid or not, and what that makes appear at once.
    `without`: the question whose saved answer goes before what is typed."""
    whole = found.whole(place.screen)
    if whole is None:
        return course.opened(found)
    values = screens.read(found, whole, place, gesture.fields)
    values.pop(without, None)
    screen = preview(found.flow, found.dialogue, place.screen, values, at=gesture.now) or found.screen(
        place.screen
    )
    if screen is None:
        return course.opened(found)
    around = around or Around()
    submit = around.submit or course.submit(found, screen, place)
    return screens.build(found, screen, place, replace(around, typed=values, submit=submit))


def shown_there(
    found: Scene, gesture: Gesture, place: Place, values: Mapping[str, Value]
) -> dict[str, Value]:
    """Of what was sent, what the screen asks for as it will be shown again: an answer that changed may
    have taken a question off since."""
    screen = preview(found.flow, found.dialogue, place.screen, values, at=gesture.now)
    asked = {question.id for question in screen.questions} if screen else set(values)
    return {id: value for id, value in values.items() if id in asked}


def _view(request: Request) -> Json:
    view = request.payload.get("view")
    return view if isinstance(view, dict) else {}


def _used(request: Request) -> Json:
    used = request.payload.get("actions")
    return used[0] if isinstance(used, list) and used and isinstance(used[0], dict) else {}
