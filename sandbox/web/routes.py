"""Serves the page of the sandbox: one HTML document and its own files, under a strict content policy.

It does not know the workspace: the page asks the control API for everything it shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from sandbox.web.letters import Letters
from sandbox.web.stage import Stage
from sandbox.web.words import words

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def add_routes(app: web.Application, space: Workspace) -> None:
    """Serve the page at `/`, its files under `/static/`, and `/_/play`, which acts out the scenario."""
    stage = Stage(space)
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    page = environment.get_template("page.html").render(words=words())

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    async def protect(request: web.Request, response: web.StreamResponse) -> None:
        if request.path.startswith("/static/"):
            response.headers.update(HEADERS)

    app.router.add_routes(stage.routes())
    app.router.add_routes(Letters(space).routes())
    app.on_shutdown.append(lambda _: stage.close())
    app.router.add_get("/", show)
    app.router.add_static("/static", HERE / "static")
    app.on_response_prepare.append(protect)
