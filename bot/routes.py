"""Every handler, renderer and clock handler by its name: one dict each, to be read at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import returning
from bot.app import Routes
from bot.render import Renderer
from storage.schedule import Fire


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What the loops of a process call: gestures, queued rows, due times."""

    routes: Routes
    renderers: Mapping[str, Renderer]
    due: Mapping[str, Fire]


ROUTES = Routes(
    commands={},
    actions={},
    views={},
    closed={},
    shortcuts={},
    options={},
    events={**returning.EVENTS},
)
RENDERERS: dict[str, Renderer] = {}
DUE: dict[str, Fire] = {}

TABLES = Tables(routes=ROUTES, renderers=RENDERERS, due=DUE)
