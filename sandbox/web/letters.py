"""The mailbox page: the mails the app has sent, each as a phone shows it, and as plain text.

A mail is foreign content: it is shown in a frame of its own that may run and fetch nothing.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from sandbox.mailbox import Mailbox, Received
from sandbox.web.words import LANGUAGES, words

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

HERE = Path(__file__).parent
PAGE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
MAIL = {
    **PAGE,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
}


class Letters:
    """The routes of the mailbox page, and the address a mail's links lead to."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        self._template = environment.get_template("mailbox.html")

    def routes(self) -> list[web.RouteDef]:
        """Every address."""
        return [
            web.get("/mailbox", self.show),
            web.get("/mailbox/{number:[0-9]+}.html", self.mail),
            web.get("/app_redirect", self.into),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """All of them, the newest first."""
        asked = request.query.get("language", "")
        language = asked if asked in LANGUAGES else LANGUAGES[0]
        said = {key: both[language] for key, both in words().items() if key.startswith("mailbox")}
        letters = [_told(one) for one in reversed(self._box.received)]
        page = self._template.render(language=language, said=said, letters=letters)
        return web.Response(text=page, content_type="text/html", headers=PAGE)

    async def mail(self, request: web.Request) -> web.Response:
        """One of them, as HTML."""
        number = int(request.match_info["number"])
        found = next((one for one in self._box.received if one.number == number), None)
        if found is None:
            raise web.HTTPNotFound
        leaves = '<head><base target="_top">'  # links open outside the frame
        text = _with_pictures(found).replace("<head>", leaves, 1)
        return web.Response(text=text, content_type="text/html", headers=MAIL)

    async def into(self, request: web.Request) -> web.Response:
        """Slack's own address for opening an app leads to the page."""
        raise web.HTTPFound("/")

    @property
    def _box(self) -> Mailbox:
        return self._space.mailbox


def _with_pictures(one: Received) -> str:
    """Its HTML with the pictures that came with it in their places: the frame fetches nothing."""
    text = one.part("html")
    for part in one.mail.walk():
        cid, kind = str(part["Content-ID"] or "").strip("<>"), part.get_content_type()
        if cid and kind.startswith("image/"):
            content = base64.b64encode(bytes(part.get_content())).decode()
            text = text.replace(f"cid:{cid}", f"data:{kind};base64,{content}")
    return text


def _told(one: Received) -> dict[str, object]:
    mail = one.mail
    return {
        "number": one.number,
        "subject": str(mail["Subject"] or ""),
        "sender": str(mail["From"] or one.sender),
        "to": ", ".join(one.to),
        "date": str(mail["Date"] or ""),
        "text": one.part("plain"),
        "html": bool(one.part("html")),
    }
