"""Which gesture about the digest goes to which handler: dict literals, joined by bot/routes.py."""

from bot.digest import archive, card, choosing, mailing, planning, preview

ACTIONS = {**preview.ACTIONS, **choosing.ACTIONS, **archive.ACTIONS}
VIEWS = {**preview.VIEWS, **choosing.VIEWS}
COMMANDS = preview.COMMANDS
MESSAGES = {**card.MESSAGES, **mailing.MESSAGES}
DUE_WITH_PARTS = planning.DUE_WITH_PARTS
