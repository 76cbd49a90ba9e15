"""The page between two screens that another capability draws: the first look, in the set-up (A5)."""

from typing import Any

from bot import asker, people
from bot.dialogue.labels import FIRST_LOOK
from bot.dialogue.load import Gesture
from bot.dialogue.scene import Scene
from bot.founding import look
from bot.policy import Allow
from storage.database import Connection

Json = dict[str, Any]
STEERS = "SET08"  # who steers: once it is answered, the project stands


async def page(gesture: Gesture, scene: Scene) -> Json | None:
    """The page to show instead of the next screen; None elsewhere, and where an answer is being changed.
    Its buttons lead back to the screens."""
    if (scene.flow.id, gesture.place.screen) != FIRST_LOOK or gesture.place.then != "next":
        return None
    return await gesture.parts.db.read(_first_look, gesture=gesture, project_id=scene.project.id)


def _first_look(conn: Connection, *, gesture: Gesture, project_id: str) -> Json | None:
    user, parts = gesture.who.user, gesture.parts
    me = people.several(conn, workspace=gesture.who.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=me, project_id=project_id)
    if who.may("first_look.read") != Allow():  # the screen's name came from a form
        return None
    again = gesture.place.seen.get(STEERS, 0) > 0  # the project stood before, and its team changes
    return look.view(conn, parts=parts, who=who, created=not again)
