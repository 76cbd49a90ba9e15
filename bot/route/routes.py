"""Which gesture about the route goes to which handler: dict literals, joined by bot/routes.py."""

from typing import Any

from bot.hub import page_handlers
from bot.request import Handler
from bot.route import choosing, deciding, page

COMMANDS: dict[str, Handler] = {"route": page_handlers.command(page.page, "project.read")}
ACTIONS: dict[str, Any] = {
    "route.open": page_handlers.button(page.page, "project.read", page.TITLE),
    **choosing.ACTIONS,
    **deciding.ACTIONS,
}
VIEWS: dict[str, Any] = {**choosing.VIEWS, **deciding.VIEWS}
MESSAGES = deciding.MESSAGES
