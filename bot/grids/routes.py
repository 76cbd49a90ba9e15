"""Which gesture about criteria and vendors goes to which handler: dict literals, joined by bot/routes.py."""

from typing import Any

from bot.grids import bringing, claimed, criteria, filling, settling, vendors, weighing
from bot.hub import page_handlers
from bot.request import Handler

COMMANDS: dict[str, Handler] = {"criteria": page_handlers.command(criteria.page, "project.read")}
ACTIONS: dict[str, Any] = {
    "criteria.open": page_handlers.button(criteria.page, "project.read", criteria.TITLE),
    "vendors.open": page_handlers.button(vendors.page, "project.read", vendors.TITLE),
    **settling.ACTIONS,
    **weighing.ACTIONS,
    **filling.ACTIONS,
    **claimed.ACTIONS,
    **bringing.ACTIONS,
}
VIEWS: dict[str, Any] = {**settling.VIEWS, **weighing.VIEWS, **filling.VIEWS, **bringing.VIEWS}
MESSAGES = claimed.MESSAGES
