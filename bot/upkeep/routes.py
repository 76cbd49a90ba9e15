"""Which gesture about an item that is due goes to which handler: dict literals, joined by bot/routes.py."""

from bot.upkeep import handing, quieting, sweep

ACTIONS = {**quieting.ACTIONS, **handing.ACTIONS}
VIEWS = handing.VIEWS
MESSAGES = handing.MESSAGES
DUE_WITH_PARTS = sweep.DUE_WITH_PARTS
