"""The sponsor's copy of the digest by e-mail: HTML readable on a phone, and plain text that says the same.

Every button of the message is one link into Slack: nothing can be decided from a mailbox, which others may
read. Templates hold no words; whatever people typed is escaped by them.
"""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import jinja2

from bot import people
from bot.digest import card, drawings
from bot.digest.page import Page
from bot.digest.planning import MAIL
from bot.outbound.render import Defer, Mail, Message
from bot.parts import Parts
from bot.rounds import sending
from bot.settings import Settings
from bot.words.drawing import png
from bot.words.text import words
from flows.project import Project
from storage import mail
from storage.database import Connection
from storage.outbox import Row

_HERE = Path(__file__).parent / "templates"
SUBJECT = 200  # characters


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The mail. None for somebody who is not the sponsor any more, or wants no copies any more."""
    found = card.of_row(conn, row)
    if found is None:
        return None
    project, issue, person = found
    wish = mail.choice(conn, workspace=project.workspace, user=person.user)
    if not wish.wanted or not wish.address:
        return None
    now = parts.clock.now()
    if now - issue.made_at > card.PROMPT and (wait := sending.not_now(person, project, now)):
        return wait
    link = into_slack(parts.settings, project)
    w = words(people.language(person, project))
    it = drawings.Subject(conn=conn, parts=parts, w=w, project=project, on=issue.made_on)
    page = drawings.illustrated(card.page(conn, parts, project, person, issue), it)
    told = {
        "page": page,
        "link": link,
        "language": w.language,
        "open": w("Open Cadrage in Slack"),
        "foot": w("You get this copy because you asked for it in Slack. It is confidential."),
        "stop": w("Stop these mails: Digest settings, in Slack"),
    }
    built = Mail(
        to=wish.address,
        subject=subject(page),
        text=_text().get_template("mail.txt.j2").render(told),
        html=_html().get_template("mail.html.j2").render(told),
        language=w.language,
        stop=link,
        pictures={part.id: png(part.picture.svg) for part in page.parts if part.picture},
    )
    return Message(text=page.head, mail=built)


def subject(page: Page) -> str:
    """The first line: state and change."""
    return page.head[:SUBJECT]


def into_slack(settings: Settings, project: Project) -> str:
    """The address that opens the bot in Slack's own client; in the demo, in the pretend one."""
    api = urlsplit(settings.api_url)
    where = {"app": settings.app_id} if settings.app_id else {"channel": project.channel}
    return f"{api.scheme}://{api.netloc}/app_redirect?" + urlencode({**where, "team": project.workspace})


@lru_cache(maxsize=1)
def _html() -> jinja2.Environment:
    """Escapes everything it is given (T6)."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _text() -> jinja2.Environment:
    """Plain text: there is nothing to escape in it, so it never makes HTML (T6)."""
    return jinja2.Environment(  # noqa: S701 - plain text
        loader=jinja2.FileSystemLoader(_HERE), undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


MESSAGES = {MAIL: render}
