"""You said, we did, on the card of the review of progress (W12) and in its minutes: what has changed since
the last one, and what became of what was promised there.

Counts nobody, and names nobody: what was asked for, and that it has come about.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.parts import Parts
from bot.request import Json
from bot.words import blocks
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows import cadence
from flows.document.minutes_since import Since
from flows.register.life import STATES
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.model import Workshop
from storage import workshop_since
from storage.database import Connection

MOST, LONGEST = 10, 250  # lines of each part, and characters of a reply


def found(
    conn: Connection, *, parts: Parts, workshop: Workshop, zone: str, now: datetime
) -> Since:  # fmt: skip
    """All that has changed since the review before, up to the end of this one, or until now (UTC). What was
    promised is listed once, with what became of it."""
    here: dict[str, Any] = {"workspace": workshop.workspace, "project_id": workshop.project_id}
    place = {**here, "script": workshop.script, "before": workshop.number}
    until = workshop.ended_at or now
    moment = workshop_since.since(conn, **place, now=until)
    said = workshop_since.changed(conn, **here, moment=moment, until=until)
    promised = workshop_since.promised(conn, **place, moment=moment, until=until)
    known = {one.ref for one, _ in promised}
    return Since(
        day=moment.astimezone(cadence.zone(zone)).date(),
        promised=promised,
        replies=tuple((_title(parts, what), text) for what, text in said.replies),
        granted=said.granted,
        closed=tuple(one for one in said.closed if one.ref not in known),
    )


def _title(parts: Parts, what: str) -> Words:
    content = parts.playbook.wave(what)
    return content.title if content is not None else Words.same(what)


def rows(  # noqa: PLR0913 - of which workshop, in whose words and zone, now
    conn: Connection, *, parts: Parts, w: Wording, workshop: Workshop, zone: str, now: datetime
) -> list[Json]:
    """What was promised, replies to waves, conditions granted, what was closed; each only where there is
    some."""
    since = found(conn, parts=parts, workshop=workshop, zone=zone, now=now)
    head = blocks.context(w("Since {day}", day=w.day(since.day, now.date())))
    said = _promised(w, since)
    said += _replies(w, since)
    said += _list(w, w.md("*Conditions the sponsor said yes to*"), since.granted)
    said += _list(w, w.md("*Closed, or done*"), since.closed)
    return [head, *(said or [blocks.section(w("Nothing has been closed or answered since."))])]


def _promised(w: Wording, since: Since) -> list[Json]:
    lines = [
        w.md(
            "{ref} {title}: {state}", ref=one.ref, title=one.title, state=STATES.get(state, Words.same(state))
        )
        for one, state in since.promised[-MOST:]
    ]
    head = w.md("*Promised last time, and what became of it*")
    return [blocks.section(Mrkdwn("\n").join([head, *lines]))] if lines else []


def _replies(w: Wording, since: Since) -> list[Json]:
    lines = [
        w.md("*{title}*: {text}", title=title, text=fit(text, LONGEST))
        for title, text in since.replies[-MOST:]
    ]
    return [blocks.section(Mrkdwn("\n").join([w.md("*You said, we did*"), *lines]))] if lines else []


def _list(w: Wording, head: Mrkdwn, kept: Sequence[Kept]) -> list[Json]:
    lines = [w.md("{ref} {title}", ref=one.ref, title=one.title) for one in kept[-MOST:]]
    return [blocks.section(Mrkdwn("\n").join([head, *lines]))] if lines else []
