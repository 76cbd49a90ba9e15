"""Which gesture about the rhythm goes to which handler: dict literals, joined by bot/routes.py."""

from bot.outbound.render import Renderer
from bot.request import Handler
from bot.rhythm import changing, confirming, holidays, pausing, replying, tick, users

ACTIONS: dict[str, Handler] = {
    **changing.ACTIONS,
    **pausing.ACTIONS,
    **replying.ACTIONS,
    **users.ACTIONS,
    **holidays.ACTIONS,
    **confirming.ACTIONS,
}
VIEWS: dict[str, Handler] = {
    **changing.VIEWS,
    **pausing.VIEWS,
    **replying.VIEWS,
    **users.VIEWS,
    **holidays.VIEWS,
}
MESSAGES: dict[str, Renderer] = {**pausing.MESSAGES, **replying.MESSAGES, **users.MESSAGES}
COMMANDS: dict[str, Handler] = {
    "calendar": changing.command,
    "pause": pausing.command,
}
DUE_WITH_PARTS = {**pausing.DUE_WITH_PARTS, **tick.DUE_WITH_PARTS}
