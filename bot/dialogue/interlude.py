"""The page between two screens that another capability draws: the first look, in the set-up."""

from typing import Any

from bot.dialogue.load import Gesture
from bot.dialogue.scene import Scene

Json = dict[str, Any]


async def page(gesture: Gesture, scene: Scene) -> Json | None:
    """The page to show instead of the next screen, or None."""
    return None
