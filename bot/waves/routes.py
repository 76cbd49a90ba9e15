"""Which gesture in a wave goes to which handler: dict literals, joined by bot/routes.py.

What begins with "anonymous." leaves no trace: see `Request.silent`.
"""

from bot.outbound.render import Renderer
from bot.request import Handler
from bot.waves import (
    answering,
    clock,
    coach,
    messages,
    ordering,
    results,
    screens,
    slot_words,
    slots,
    stopping,
)

ACTIONS: dict[str, Handler] = {
    "anonymous.open": answering.opened,
    "anonymous.how": answering.how,
    "anonymous.back": answering.back,
    "wave.stop": stopping.stop,
    "wave.resume": stopping.resume,
    **coach.ACTIONS,
    **ordering.ACTIONS,
    **results.ACTIONS,
    **slots.ACTIONS,
}
VIEWS: dict[str, Handler] = {
    screens.BALLOT: answering.submitted,
    **ordering.VIEWS,
    **coach.VIEWS,
    **slots.VIEWS,
}
MESSAGES: dict[str, Renderer] = {**messages.MESSAGES, **coach.MESSAGES, **slot_words.MESSAGES}
DUE_WITH_PARTS = {**clock.DUE, **ordering.DUE}
