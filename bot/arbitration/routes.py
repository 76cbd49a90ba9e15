"""Which gesture about a case goes to which handler: dict literals, joined by bot/routes.py."""

from bot.arbitration import asking, card, clock, deciding, pages, passing

ACTIONS = {**asking.ACTIONS, **deciding.ACTIONS, **pages.ACTIONS, **passing.ACTIONS}
VIEWS = {**asking.VIEWS, **deciding.VIEWS, **passing.VIEWS}
COMMANDS = asking.COMMANDS
MESSAGES = card.MESSAGES
DUE_WITH_PARTS = clock.DUE_WITH_PARTS
