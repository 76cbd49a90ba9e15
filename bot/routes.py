"""Every handler, renderer and clock handler by its name: one dict each, to be read at a glance."""

from collections.abc import Callable
from datetime import datetime

from bot import commands, typed
from bot.arbitration import routes as arbitration
from bot.canvas import publishing as canvas
from bot.checkins import routes as checkins
from bot.delegation import answering as delegation
from bot.delegation import card as delegation_card
from bot.delegation import leaving
from bot.diagnosis import alignment, desk, news, override, runs
from bot.dialogue import routes as dialogue
from bot.digest import routes as digest
from bot.documents import form as documents
from bot.founding import look, setup
from bot.grids import routes as grids
from bot.hub import confrontation, home, log, page_handlers, project_settings, register, settings_screen
from bot.inbound import returning
from bot.inbound.app import Routes
from bot.leaving import forget_me
from bot.outbound import trouble
from bot.outbound.render import Renderer
from bot.parts import Parts
from bot.progress import routes as progress
from bot.register import routes as registering
from bot.rhythm import routes as rhythm
from bot.rounds import (
    agenda,
    asking,
    cards,
    closing,
    invitation,
    invite,
    more,
    planning,
    quiet,
    reminders,
    send,
)
from bot.route import routes as route
from bot.signoff import routes as signoff
from bot.takeaway import form as takeaway
from bot.upkeep import routes as upkeep
from bot.waves import routes as waves
from bot.wins import routes as wins
from bot.workshops import routes as workshops
from storage.database import Connection
from storage.schedule import Due, Fire

ROUTES = Routes(
    commands=commands.COMMANDS,
    actions={
        **dialogue.ACTIONS,
        **delegation.ACTIONS,
        **setup.ACTIONS,
        **look.ACTIONS,
        **invite.ACTIONS,
        **send.ACTIONS,
        **planning.ACTIONS,
        **asking.ACTIONS,
        **quiet.ACTIONS,
        **closing.ACTIONS,
        **agenda.ACTIONS,
        **home.ACTIONS,
        **page_handlers.ACTIONS,
        **register.ACTIONS,
        **registering.ACTIONS,
        **log.ACTIONS,
        **takeaway.ACTIONS,
        **confrontation.ACTIONS,
        **documents.ACTIONS,
        **signoff.ACTIONS,
        **canvas.ACTIONS,
        **grids.ACTIONS,
        **route.ACTIONS,
        **desk.ACTIONS,
        **alignment.ACTIONS,
        **override.ACTIONS,
        **settings_screen.ACTIONS,
        **project_settings.ACTIONS,
        **waves.ACTIONS,
        **arbitration.ACTIONS,
        **upkeep.ACTIONS,
        **rhythm.ACTIONS,
        **checkins.ACTIONS,
        **wins.ACTIONS,
        **forget_me.ACTIONS,
        **digest.ACTIONS,
        **workshops.ACTIONS,
        **progress.ACTIONS,
    },
    views={
        **dialogue.VIEWS,
        **delegation.VIEWS,
        **setup.VIEWS,
        **invite.VIEWS,
        **planning.VIEWS,
        **closing.VIEWS,
        **override.VIEWS,
        **registering.VIEWS,
        **alignment.VIEWS,
        **log.VIEWS,
        **takeaway.VIEWS,
        **documents.VIEWS,
        **signoff.VIEWS,
        **grids.VIEWS,
        **route.VIEWS,
        **settings_screen.VIEWS,
        **project_settings.VIEWS,
        **waves.VIEWS,
        **arbitration.VIEWS,
        **upkeep.VIEWS,
        **rhythm.VIEWS,
        **checkins.VIEWS,
        **wins.VIEWS,
        **forget_me.VIEWS,
        **digest.VIEWS,
        **progress.VIEWS,
        **workshops.VIEWS,
    },
    closed={},
    shortcuts={**page_handlers.SHORTCUTS, **registering.SHORTCUTS, **wins.SHORTCUTS},
    options={},
    events={
        **returning.EVENTS,
        **leaving.EVENTS,
        **home.EVENTS,
        **typed.EVENTS,
        **registering.EVENTS,
        **wins.EVENTS,  # reactions: those on wins, and then those of registering
    },
)
RENDERERS: dict[str, Renderer] = {
    **cards.MESSAGES,
    **registering.MESSAGES,
    **invitation.MESSAGES,
    **delegation_card.MESSAGES,
    **asking.MESSAGES,
    **reminders.MESSAGES,
    **more.MESSAGES,
    **agenda.MESSAGES,
    **home.MESSAGES,
    **documents.MESSAGES,
    **signoff.MESSAGES,
    **canvas.MESSAGES,
    **grids.MESSAGES,
    **route.MESSAGES,
    **takeaway.MESSAGES,
    **news.MESSAGES,
    **typed.MESSAGES,
    **trouble.MESSAGES,
    **waves.MESSAGES,
    **arbitration.MESSAGES,
    **upkeep.MESSAGES,
    **rhythm.MESSAGES,
    **checkins.MESSAGES,
    **wins.MESSAGES,
    **digest.MESSAGES,
    **workshops.MESSAGES,
    **progress.MESSAGES,
}
DUE: dict[str, Fire] = {**reminders.DUE, **closing.DUE, **delegation.DUE, **wins.DUE}
#: What is due and needs content, or more of the process than the database.
DUE_WITH_PARTS: dict[str, Callable[[Connection, Due, datetime, Parts], None]] = {
    **runs.DUE_WITH_PARTS,
    **waves.DUE_WITH_PARTS,
    **delegation.DUE_WITH_PARTS,
    **arbitration.DUE_WITH_PARTS,
    **upkeep.DUE_WITH_PARTS,
    **rhythm.DUE_WITH_PARTS,
    **wins.DUE_WITH_PARTS,
    **digest.DUE_WITH_PARTS,
    **workshops.DUE_WITH_PARTS,
    **signoff.DUE_WITH_PARTS,
}


def due(parts: Parts) -> dict[str, Fire]:
    """Every clock handler, ready for the heartbeat."""

    def bound(handler: Callable[[Connection, Due, datetime, Parts], None]) -> Fire:
        return lambda conn, due, now: handler(conn, due, now, parts)

    return DUE | {kind: bound(handler) for kind, handler in DUE_WITH_PARTS.items()}
