"""Workshops that are coming and those that were held: what came of each in counts, its minutes, and again.

For those who may read the register. Says how many took part, never who.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot import answer
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.waves import results
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from bot.workshops.outcomes import minutes
from flows.register.model import Kept
from flows.workshop.model import Workshop
from flows.workshop.outcomes_model import NUMBER
from storage import register
from storage import wave as waves
from storage import workshop as workshops
from storage.database import Connection

OPEN, CALLBACK = "workshop.past", "workshop.past"
#: Workshops on the page, and the states in the order in which they stand on it.
MOST = 20
COMING = ("open", "paused", "planned")


def way(w: Wording, project_id: str) -> Json:
    """[Held and coming]."""
    return elements.button(w("Held and coming"), OPEN, value=project_id)


async def opened(request: Request, parts: Parts) -> Reply:
    """[Held and coming], `/cadrage workshop list`."""
    who = await load_asker(request, parts, project_id=answer.chosen(request) or "-")
    return await show(request, parts, who)


async def show(request: Request, parts: Parts, who: Asker) -> Reply:
    """The page, for somebody who is known."""
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(page, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Workshops"), build)


def page(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """What is coming first, then what was held, the latest first."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    every = workshops.of_project(conn, **here)
    kept = register.records(conn, workspace=project.workspace, project_id=project.id)
    coming = [one for one in every if one.state in COMING]
    held = [one for one in reversed(every) if one.state == "ended"]
    scores = {one.what: one.id for one in waves.of_project(conn, **here) if one.outcome == "kept"}
    rows: list[Json] = []
    for title, several in ((w("Coming"), coming), (w("Held"), held)):
        if several:
            rows.append(blocks.header(title))
            rows += [row for one in several[:MOST] for row in _rows(who, parts, one, kept, scores)]
    if not rows:
        rows = [blocks.section(w("No workshop has been planned or held yet."))]
    return answer.page(w, w("Workshops"), rows, callback_id=CALLBACK)


def _rows(
    who: Asker, parts: Parts, one: Workshop, kept: Iterable[Kept], scores: Mapping[str, str]
) -> list[Json]:  # fmt: skip
    w, script = who.w, parts.playbook.workshops.get(one.script)
    name = f"{one.script} {w.of(script.title)}" if script else one.script
    zone = who.here.zone
    moment = one.ended_at or one.planned_for or one.opened_at
    said = [bold(name)]
    if moment is not None:
        said.append(Mrkdwn(w.moment(moment, zone)))
    if one.state != "ended":
        return [blocks.section(Mrkdwn(" · ").join(said), accessory=_open(w, one))]
    mine = [record for record in kept if record.dialogue == one.id or record.fields.get(NUMBER) == one.number]
    people = sum(person.seat in ("here", "left") for person in one.people)
    said.append(Mrkdwn(minutes.counted(w, mine)))
    said.append(Mrkdwn(w.plural("{n} person", "{n} people", people)))
    label = w("Minutes of {id}, {project}", id=one.script, project=who.here.name)
    button = elements.button(w("Minutes"), f"{minutes.OPEN}:{one.number}", value=one.id, label=label)
    worth = _worth(w, one, scores.get(f"{results.SCORE}#{one.number}"))
    return [blocks.section(Mrkdwn(" · ").join(said)), blocks.actions(button, *worth, *_again(who, one))]


def _worth(w: Wording, one: Workshop, wave: str | None) -> list[Json]:
    """What people said of their time, once enough have said it: drawn as the results of any wave."""
    if wave is None:
        return []
    words = w("Was it worth the time?")
    label = w("{what}: {question}", what=words, question=one.script)
    return [elements.button(words, f"wave.results:{one.number}", value=wave, label=label)]


def _open(w: Wording, one: Workshop) -> Json:
    words = w.p("button", "Open")
    label = w("{what}: {question}", what=words, question=one.script)
    return elements.button(words, f"workshop.agenda:{one.number}", value=one.id, label=label)


def _again(who: Asker, one: Workshop) -> list[Json]:
    """[Hold it again], for those who run workshops."""
    if who.may("workshop.run") != Allow():
        return []
    value = f"{who.here.id}:{one.script}"
    return [elements.button(who.w("Hold it again"), f"workshop.prepare:{one.script}", value=value)]


ACTIONS: dict[str, Any] = {OPEN: opened}
