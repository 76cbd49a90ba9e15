"""Which gesture about what came of workshops goes to which handler, joined by bot/workshops/routes.py."""

from typing import Any

from bot.workshops.outcomes import conditions, minutes, past

ACTIONS: dict[str, Any] = {**minutes.ACTIONS, **conditions.ACTIONS, **past.ACTIONS}
VIEWS: dict[str, Any] = {**conditions.VIEWS}
MESSAGES: dict[str, Any] = {**minutes.MESSAGES, **conditions.MESSAGES}
