"""What a draft of news says: what has moved since the last one, in lines to change. Reads; posts nothing.

Only what everybody may read: dialogues that closed, decisions taken, points settled, what comes next. Nobody
is named, and nothing is praised: the words are the lead's.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.hub import withheld
from bot.parts import Parts
from bot.progress import reading
from bot.words.text import Wording, words
from flows.cadence import zone
from flows.dialogue.effects import RecordKind
from flows.project import Project
from storage import dialogue as dialogues
from storage import news, points, register
from storage.database import Connection

MOST = 3  # lines of each kind
PLAIN = {0xA0: " ", 0x202F: " "}  # no-break spaces are never kept
WEEK = timedelta(days=7)
KINDS: tuple[RecordKind, ...] = ("decision", "issue")


def draft(conn: Connection, parts: Parts, *, project: Project, on: date) -> str:
    """The lines of a day, in the project's language; "" when nothing has moved and nothing is near."""
    w = words(project.language)
    last = news.last_posted(conn, workspace=project.workspace, project_id=project.id)
    since = max(last or on - WEEK, on - 2 * WEEK)
    lines = [*_closed(conn, parts, w, project, since), *_register(conn, parts, w, project, since)]
    ahead = reading.for_all(conn, parts, project=project, on=on).next
    if ahead is not None and (lines or ahead.day - on <= WEEK):
        lines.append(w("Next: {what}, {day}", what=ahead.what, day=w.day(ahead.day)))
    return "\n".join(f"• {line}" for line in lines).translate(PLAIN)


def _closed(conn: Connection, parts: Parts, w: Wording, project: Project, since: date) -> Iterable[str]:
    """Dialogues that have closed since."""
    here, known = zone(project.zone), parts.playbook.flows
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    lately = [one for one in runs if one.closed_at and one.closed_at.astimezone(here).date() > since]
    titles = dict.fromkeys(w.of(known[one.flow].title) for one in lately if one.flow in known)
    return [w("Closed: {title}. Thank you to those who answered.", title=one) for one in [*titles][:MOST]]


def _register(conn: Connection, parts: Parts, w: Wording, project: Project, since: date) -> list[str]:
    """Decisions taken and points settled since, of those that everybody may read."""
    here = zone(project.zone)
    every = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=KINDS, roles=())
    kept = withheld.shown(conn, every, parts=parts, project=project)
    taken = [
        w("Decided: {title} ({ref})", title=one.title, ref=one.ref)
        for one in kept
        if one.kind == "decision" and one.status == "accepted"
        and one.created_at.astimezone(here).date() > since
    ]  # fmt: skip
    when = {
        one.ref: one.settled_at
        for one in points.points(conn, workspace=project.workspace, project_id=project.id)
    }
    settled = [
        w("Settled: {title} ({ref})", title=one.title, ref=one.ref)
        for one in kept
        if (at := when.get(one.ref)) is not None and at.astimezone(here).date() > since
    ]
    return [*taken[-MOST:], *settled[-MOST:]]
