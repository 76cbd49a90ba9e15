"""The minutes of a workshop as a file: in the channel when it ends, and in private to whoever asks later.

Made when it is sent, from the data of then, so that a correction after the end is in the next copy. Writes no
sentence of the minutes: flows/document/minutes.py does.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot import answer, asker, people
from bot.asker import asker as load_asker
from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Reply, Request
from bot.words.text import Wording, words
from bot.words.typography import typographic
from bot.workshops.outcomes import reading, since
from flows import cadence
from flows.document.markdown import markdown
from flows.document.minutes import Facts, minutes
from flows.document.minutes_since import PLACE, Since
from flows.project import Project
from flows.register.finding import fold
from flows.register.model import Kept
from flows.words import Language
from flows.workshop.model import Workshop
from flows.workshop.outcomes_model import NUMBER
from storage import outbox, register
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection
from storage.outbox import Row

WHAT, OPEN = "workshop_minutes", "workshop.minutes"
#: What a summary of the end counts, by kind of record.
COUNTED = ("decision", "tradeoff", "action", "issue")


def post(conn: Connection, *, project: Project, workshop: Workshop, now: datetime) -> None:
    """In the channel, once for each end; where somebody from outside may read it there, to each of those who
    were there, in private."""
    key = f"{WHAT}:{workshop.id}:{workshop.version}"
    if not any(one.guest for one in workshop.people):
        _queue(conn, project, workshop, key, {"channel": workshop.channel}, now)
        return
    there = [one.user for one in workshop.people if not one.guest and one.seat == "here"]
    for user in dict.fromkeys([workshop.facilitator, *there]):
        _queue(conn, project, workshop, f"{key}:{user}", {"user": user}, now)


def _queue(  # noqa: PLR0913, PLR0917 - which minutes, where to, when
    conn: Connection, project: Project, workshop: Workshop, key: str, to: dict[str, str], now: datetime
) -> None:
    ref = {"what": WHAT, "project": project.id, "workshop": workshop.id, **to}
    lane = f"workshop:{workshop.id}"[:64]
    outbox.queue(conn, workspace=project.workspace, key=key, lane=lane, op="file", ref=ref, now=now)


async def asked(request: Request, parts: Parts) -> Reply:
    """[Minutes]: a copy of now, in private."""
    id = answer.chosen(request)
    workshop = await parts.db.read(workshops.get, workspace=request.workspace, id=id or "-")
    who = await load_asker(request, parts, project_id=workshop.project_id if workshop else "-")
    verdict = who.may("register.read")
    if workshop is None or isinstance(verdict, Deny):
        refused = verdict if isinstance(verdict, Deny) else Deny(words=NOTHING_THERE)
        return answer.tell(request, parts, who.w, who.refusal(refused))
    now, to = parts.clock.now(), {"user": request.user}
    key = f"{WHAT}:{workshop.id}:{request.trigger_id or request.user}"
    await parts.db.run(_queue, who.here, workshop, key, to, now)
    parts.wake()
    return answer.tell(request, parts, who.w, who.w("The minutes are on their way to you, in private."))


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The minutes of now. Nothing when who asked may no longer."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    workshop = workshops.get(conn, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    user = str(row.ref.get("user", ""))
    if project is None or workshop is None or (user and not project.cast.roles_of(user)):
        return None
    language: Language = project.language
    if user:
        person = people.several(conn, workspace=row.workspace, users=(user,))[user]
        language = people.language(person, project)
    found = facts(conn, parts=parts, project=project, workshop=workshop)
    if found is None:
        return None
    w = words(language)
    title = w("Minutes of {id}, {project}", id=workshop.script, project=project.name)
    kind = w("minutes")
    name = f"{kind}-{workshop.script}-{workshop.number}-{_slug(project.name)}.md"
    content = markdown(minutes(found), language, typographic).encode()
    said = w.md("*{title}*: {came}.", title=title, came=counted(w, found.records))
    return Message(text=said, file=File(name=name, content=content, title=title))


def facts(conn: Connection, *, parts: Parts, project: Project, workshop: Workshop) -> Facts | None:
    """What minutes are made from. What is restricted is left out: they are for the whole team."""
    held = reading.held(conn, parts=parts, project=project, workshop=workshop, now=parts.clock.now())
    if held is None:
        return None
    here = {"workspace": project.workspace}
    own = register.of_dialogue(conn, **here, dialogue_id=workshop.id)
    also = [one for one in held.register.values() if one.fields.get(NUMBER) == workshop.number]
    records = {one.ref: one for one in (*own, *also) if not one.restricted}
    changed = _since(conn, parts, project, workshop)
    promised = [one for one, _ in changed.promised] if changed is not None else []
    owners = [one.owner for one in (*records.values(), *promised) if one.owner]
    opened = workshop.opened_at
    return Facts(
        held=held,
        held_on=opened.astimezone(cadence.zone(project.zone)).date() if opened else None,
        records=tuple(records.values()),
        names=asker.named(conn, project=project, also=[*owners, workshop.facilitator]),
        since=changed,
    )


def _since(conn: Connection, parts: Parts, project: Project, workshop: Workshop) -> Since | None:
    """Of a review of progress; None of any other workshop."""
    if not PLACE.startswith(f"{workshop.script}."):
        return None
    return since.found(conn, parts=parts, workshop=workshop, zone=project.zone, now=parts.clock.now())


def counted(w: Wording, records: Collection[Kept]) -> str:
    """ "2 decisions, 1 open point": in counts."""
    counts = {kind: sum(one.kind == kind for one in records) for kind in COUNTED}
    said = [
        w.plural("{n} decision", "{n} decisions", counts["decision"]),
        w.plural("{n} point for the arbiter", "{n} points for the arbiter", counts["tradeoff"]),
        w.plural("{n} action", "{n} actions", counts["action"]),
        w.plural("{n} open point", "{n} open points", counts["issue"]),
    ]
    listed = [text for text, kind in zip(said, COUNTED, strict=True) if counts[kind]]
    return w.listed(listed) if listed else w("nothing decided or left open")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40] or "project"


ACTIONS: dict[str, Any] = {OPEN: asked}
MESSAGES = {WHAT: file}
