"""You said, we did, on the card of the review of progress (W12): what has changed since the last one.

Counts nobody, and names nobody: what was asked for, and that it has come about.
"""

from datetime import datetime

from bot.parts import Parts
from bot.request import Json
from bot.words import blocks
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows import cadence
from flows.register.model import Kept
from flows.workshop.model import Workshop
from storage import workshop_since
from storage.database import Connection
from storage.workshop_since import Changed

MOST, LONGEST = 10, 250  # lines of each part, and characters of a reply


def rows(  # noqa: PLR0913 - of which workshop, in whose words and zone, now
    conn: Connection, *, parts: Parts, w: Wording, workshop: Workshop, zone: str, now: datetime
) -> list[Json]:
    """Replies to waves, then conditions granted, then what was closed; each only where there is some."""
    here = {"workspace": workshop.workspace, "project_id": workshop.project_id}
    moment = workshop_since.since(conn, **here, script=workshop.script, before=workshop.number, now=now)
    found = workshop_since.changed(conn, **here, moment=moment)
    day = moment.astimezone(cadence.zone(zone)).date()
    head = blocks.context(w("Since {day}", day=w.day(day, now.date())))
    said = _replies(w, parts, found)
    said += _list(w, w.md("*Conditions the sponsor said yes to*"), found.granted)
    said += _list(w, w.md("*Closed, or done*"), found.closed)
    return [head, *(said or [blocks.section(w("Nothing has been closed or answered since."))])]


def _replies(w: Wording, parts: Parts, found: Changed) -> list[Json]:
    lines = []
    for what, text in found.replies[-MOST:]:
        content = parts.playbook.wave(what)
        title = w.of(content.title) if content is not None else what
        lines.append(w.md("*{title}*: {text}", title=title, text=fit(text, LONGEST)))
    return [blocks.section(Mrkdwn("\n").join([w.md("*You said, we did*"), *lines]))] if lines else []


def _list(w: Wording, head: Mrkdwn, kept: tuple[Kept, ...]) -> list[Json]:
    lines = [w.md("{ref} {title}", ref=one.ref, title=one.title) for one in kept[-MOST:]]
    return [blocks.section(Mrkdwn("\n").join([head, *lines]))] if lines else []
