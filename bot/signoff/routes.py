"""Which gesture about a version in review goes to which handler: dict literals, joined by bot/routes.py."""

from bot.signoff import ahead, card, joining, opening, reading, remarking, signing, voting

ACTIONS = {**opening.ACTIONS, **reading.ACTIONS, **remarking.ACTIONS, **voting.ACTIONS, **signing.ACTIONS}
VIEWS = {**opening.VIEWS, **remarking.VIEWS, **voting.VIEWS, **signing.VIEWS}
MESSAGES = {**card.MESSAGES, **ahead.MESSAGES}
DUE_WITH_PARTS = {**joining.DUE_WITH_PARTS, **ahead.DUE_WITH_PARTS}
