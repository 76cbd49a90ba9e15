"""Every handler, renderer and clock handler by its name: one dict each, to be read at a glance."""

from bot.app import Routes
from bot.render import Renderer
from storage.schedule import Fire

ROUTES = Routes(commands={}, actions={}, views={}, closed={}, shortcuts={}, options={}, events={})
RENDERERS: dict[str, Renderer] = {}
DUE: dict[str, Fire] = {}
