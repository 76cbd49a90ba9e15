"""Which gesture about how a project goes goes to which handler: dict literals, joined by bot/routes.py."""

from bot.progress import card, finding, news, pictures

ACTIONS = {**pictures.ACTIONS, **finding.ACTIONS, **news.ACTIONS}
VIEWS = {**news.VIEWS}
MESSAGES = {**card.MESSAGES, **pictures.MESSAGES, **news.MESSAGES}
