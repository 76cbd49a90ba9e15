"""Which gesture about a check-in goes to which handler: dict literals, joined by bot/routes.py."""

from bot.checkins import answering, calling, card, following, results, worry
from bot.outbound.render import Renderer
from bot.request import Handler

ACTIONS: dict[str, Handler] = {**answering.ACTIONS, **worry.ACTIONS, **results.ACTIONS}
VIEWS: dict[str, Handler] = answering.VIEWS
MESSAGES: dict[str, Renderer] = {**card.MESSAGES, **calling.MESSAGES, **following.MESSAGES}
