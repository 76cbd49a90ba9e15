"""Which gesture about a workshop goes to which handler: dict literals, joined by bot/routes.py."""

from bot.workshops import (
    card,
    clock,
    contributing,
    correcting,
    head,
    inviting,
    picture,
    preparing,
    reworking,
    said,
    steering,
    taking_part,
    voting,
    wanting,
)  # fmt: skip
from bot.workshops.outcomes import routes as outcomes

ACTIONS = {
    **taking_part.ACTIONS, **voting.ACTIONS, **contributing.ACTIONS, **steering.ACTIONS, **reworking.ACTIONS,
    **preparing.ACTIONS, **inviting.ACTIONS, **correcting.ACTIONS, **outcomes.ACTIONS,
}  # fmt: skip
VIEWS = {
    **correcting.VIEWS,
    **voting.VIEWS,
    **contributing.VIEWS,
    **reworking.VIEWS,
    **preparing.VIEWS,
    **outcomes.VIEWS,
}
COMMANDS = preparing.COMMANDS
MESSAGES = {
    **head.MESSAGES,
    **card.MESSAGES,
    **inviting.MESSAGES,
    **wanting.MESSAGES,
    **said.MESSAGES,
    **picture.MESSAGES,
    **outcomes.MESSAGES,
}
DUE_WITH_PARTS = clock.DUE_WITH_PARTS
