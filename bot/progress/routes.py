"""Which gesture about how a project goes goes to which handler: dict literals, joined by bot/routes.py."""

from bot.progress import card, pictures

ACTIONS = {**pictures.ACTIONS}
MESSAGES = {**card.MESSAGES, **pictures.MESSAGES}
