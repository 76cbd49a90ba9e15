"""Which gesture about what came of workshops goes to which handler, joined by bot/workshops/routes.py."""

from typing import Any

from bot.workshops.outcomes import minutes

ACTIONS: dict[str, Any] = {**minutes.ACTIONS}
VIEWS: dict[str, Any] = {}
MESSAGES: dict[str, Any] = {**minutes.MESSAGES}
