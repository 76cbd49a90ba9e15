"""Which gesture about what is due, and about being away, goes to which handler: joined by bot/routes.py."""

from bot.absence import clock as absence_clock
from bot.absence import form as absence
from bot.upkeep import handed, handing, quieting, sweep

ACTIONS = {**quieting.ACTIONS, **handing.ACTIONS, **absence.ACTIONS}
VIEWS = {**handing.VIEWS, **absence.VIEWS}
MESSAGES = handed.MESSAGES
DUE_WITH_PARTS = {**sweep.DUE_WITH_PARTS, **absence_clock.DUE_WITH_PARTS}
