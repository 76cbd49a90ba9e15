"""Which gesture about a win or an initiative goes to which handler, joined by bot/routes.py."""

from typing import Any

from bot.wins import (
    card,
    consent,
    forgetting,
    hiding,
    initiative_card,
    initiative_moves,
    initiatives,
    looking,
    pages,
    telling,
    thanking,
    weekly,
)

COMMANDS = {"win": telling.command, "initiative": initiatives.command, "forget-me": forgetting.command}
ACTIONS: dict[str, Any] = {
    **telling.ACTIONS,
    **consent.ACTIONS,
    **hiding.ACTIONS,
    **forgetting.ACTIONS,
    **pages.ACTIONS,
    **initiatives.ACTIONS,
    **initiative_moves.ACTIONS,
    **thanking.ACTIONS,
}
VIEWS: dict[str, Any] = {
    **telling.VIEWS,
    **forgetting.VIEWS,
    **initiatives.VIEWS,
    **initiative_moves.VIEWS,
    **thanking.VIEWS,
}
EVENTS = hiding.EVENTS
SHORTCUTS = telling.SHORTCUTS
MESSAGES = {
    **card.MESSAGES,
    **consent.MESSAGES,
    **hiding.MESSAGES,
    **initiative_card.MESSAGES,
    **weekly.MESSAGES,
    **thanking.MESSAGES,
}
DUE = weekly.DUE
DUE_WITH_PARTS = looking.DUE_WITH_PARTS
