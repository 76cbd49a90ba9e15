"""Which gesture about a version in review goes to which handler: dict literals, joined by bot/routes.py."""

from bot.signoff import card, opening, reading, remarking, signing, voting

ACTIONS = {**opening.ACTIONS, **reading.ACTIONS, **remarking.ACTIONS, **voting.ACTIONS, **signing.ACTIONS}
VIEWS = {**opening.VIEWS, **remarking.VIEWS, **voting.VIEWS, **signing.VIEWS}
MESSAGES = card.MESSAGES
