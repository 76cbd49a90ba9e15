"""What happened to one record, for its page: by hand, and by answers, as the audit has it.

Each line says when, who, what, and why where somebody said so. Changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import asker
from bot.asker import Asker
from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows import cadence
from flows.register.model import Change, Kept
from flows.register.shown import FIXED, UNSAID, state
from storage import audit, trail
from storage.audit import Link
from storage.database import Connection
from storage.person import FORMER

SHOWN = 6  # the latest ones
READ = 20  # links of the audit
#: How a link of the audit is said, as the steps by hand are (bot/register/ways.py).
LINKS: Mapping[str, str] = {trail.MADE: "recorded", trail.CHANGED: "edited"}
#: What a record has beside its fields.
OWN: Mapping[str, str] = {
    "title": N_("title"), "owner": N_("owner"),
    "due": N_("due date"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened. `who`: as it is read; `after`: its state from then on, "" when that stayed."""

    at: datetime
    who: str
    move: str
    after: str = ""
    fields: tuple[str, ...] = ()  # what else changed, by key
    reason: str = ""


def rows(
    conn: Connection, who: Asker, record: Kept, past: Sequence[Change], said: Mapping[str, str]
) -> list[Json]:
    """The latest lines, the newest last. `past`: what people did by hand; `said`: each move in words."""
    w, lines = who.w, [*_by_hand(conn, who, past), *_by_answers(conn, who, record, past)]
    if not lines:
        return []
    shown = [_line(who, record, one, said) for one in sorted(lines, key=lambda one: one.at)[-SHOWN:]]
    return [blocks.context(Mrkdwn("\n").join([bold(w("What happened")), *shown]))]


def _by_hand(conn: Connection, who: Asker, past: Sequence[Change]) -> list[Line]:
    users = [one.by for one in past if one.by.startswith(("U", "W", FORMER))]
    names = asker.named(conn, project=who.here, also=users)
    return [
        Line(
            at=one.at, who=names.get(one.by, one.by) or "Cadrage", move=one.move,
            after=one.after if one.after != one.before else "",
            fields=tuple(one.changed) if one.move == "edited" else (),
            reason=one.reason or "",
        )
        for one in past
    ]  # fmt: skip


def _by_answers(conn: Connection, who: Asker, record: Kept, past: Sequence[Change]) -> list[Line]:
    """What the audit has that nobody did by hand: each of those has a link of the same moment."""
    project, by_hand = who.here, {one.at for one in past}
    here = {"workspace": project.workspace, "project_id": project.id}
    links = audit.about(conn, **here, object=record.ref, most=READ)
    links = [link for link in links if link.action in LINKS and link.at not in by_hand]
    if not links:
        return []
    known = dict.fromkeys((*project.cast.everybody(), record.owner or "", record.respondent))
    users = {audit.stands_for(conn, project.id, user): user for user in known if user}
    names = asker.named(conn, project=project, also=[user for user in known if user])
    return [_of_link(who.w, record, link, users, names) for link in links]


def _of_link(
    w: Wording, record: Kept, link: Link, users: Mapping[str, str], names: Mapping[str, str]
) -> Line:
    """Of an answer that is one person's nobody else is named, whoever gave it in their place."""
    user = users.get(link.actor, "")
    name = "Cadrage"
    if user and record.respondent in ("", user):
        name = names.get(user, user)
    elif link.actor and not user:
        name = w("somebody who is no longer in the project")
    status = link.data.get("status") or (None, "")
    fields = [*(key for key in OWN if key in link.data), *(link.data.get("fields") or ())]
    return Line(
        at=link.at, who=name, move=LINKS[link.action], after=status[1] or "",
        fields=() if link.action == trail.MADE else tuple(fields),
    )  # fmt: skip


def _line(who: Asker, record: Kept, one: Line, said: Mapping[str, str]) -> Mrkdwn:
    w = who.w
    day = w.day(one.at.astimezone(cadence.zone(who.here.zone)).date())
    what = w(said.get(one.move) or one.move)
    if changed := list(_named(w, one.fields)):
        what = w("{what}: {fields}", what=what, fields=", ".join(changed))
    moved = state(record.kind, one.after) if one.after else None
    parts = [day, one.who, what, *([w.of(moved)] if moved else [])]
    parts += [w("“{words}”", words=one.reason[:200])] if one.reason else []
    return Mrkdwn(" · ").join(parts)


def _named(w: Wording, keys: Iterable[str]) -> Iterable[str]:
    """What people call these fields; those that are the bot's own are not named."""
    for key in keys:
        fixed = FIXED[key][0] if key in FIXED and key not in UNSAID else None
        name = w(OWN[key]) if key in OWN else w.of(fixed) if fixed is not None else ""
        if name:
            yield name[:1].lower() + name[1:]
