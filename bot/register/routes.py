"""Which gesture about a record goes to which handler: dict literals, joined by bot/routes.py."""

from typing import Any

from bot.register import (
    capture,
    cards,
    editing,
    making,
    moving,
    pictured,
    reaction,
    refreshing,
    reviewing,
    undoing,
)

COMMANDS = making.COMMANDS
ACTIONS: dict[str, Any] = {
    **making.ACTIONS, **moving.ACTIONS, **editing.ACTIONS, **reaction.ACTIONS,
    **pictured.ACTIONS, **refreshing.ACTIONS, **reviewing.ACTIONS, **undoing.ACTIONS,
}  # fmt: skip
VIEWS: dict[str, Any] = {
    **making.VIEWS, **moving.VIEWS, **editing.VIEWS, **refreshing.VIEWS, **reviewing.VIEWS,
}  # fmt: skip
SHORTCUTS = capture.SHORTCUTS
EVENTS = reaction.EVENTS
MESSAGES = {**cards.MESSAGES, **pictured.MESSAGES}
