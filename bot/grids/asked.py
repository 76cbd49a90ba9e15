"""What people want to ask a vendor (VEN02): unsigned, without a name, in an order that tells nothing.

Shown to those who pass it on before the session, and read out in it (W09). Sends nothing to a vendor itself.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from bot.documents import making
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import Wording
from flows.document.outside import outside
from flows.document.sweep import said_in
from flows.project import Project
from flows.register.model import Kept
from flows.words import Words
from storage.database import Connection

QUESTION = "VEN02"
MOST = 20  # questions of one session


def questions(conn: Connection, parts: Parts, project: Project) -> dict[str, tuple[str, ...]]:
    """By session, such as "VND-1": what is asked, with names and addresses replaced by roles."""
    known = making.facts(conn, parts=parts, project=project, now=parts.clock.now())
    if known is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, rows in outside(parts.playbook, known).facts.answers.items():
        question, _, ref = key.partition("@")
        texts = {str(one.value) for _, one in rows if one.given}
        if question == QUESTION and texts:
            found[ref] = tuple(sorted(texts, key=lambda text: sha256(text.encode()).digest()))
    return found


def lines(w: Wording, asked: Iterable[str]) -> Mrkdwn:
    """The questions of one session, a line each."""
    return Mrkdwn("\n").join(md(f"• {said_in(w.language, Words.same(text))}") for text in [*asked][:MOST])


def rows(w: Wording, sessions: Iterable[Kept], asked: Mapping[str, tuple[str, ...]]) -> Iterable[Json]:
    """For those who prepare a session that is to come: what to pass on to its vendor."""
    for one in sessions:
        if one.ref in asked:
            head = w.md("*What we ask {vendor}*, without names. Pass it on before the session:",
                        vendor=one.title)  # fmt: skip
            yield blocks.section(Mrkdwn("\n").join([head, lines(w, asked[one.ref])]))
