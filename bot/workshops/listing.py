"""The twelve workshops with their state, and the script of one to be read before."""

from typing import Any

from bot import answer
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from bot.workshops.outcomes import past
from flows.workshop.model import Workshop
from flows.workshop.outcomes_said import BECOMES
from storage import workshop as workshops
from storage.database import Connection


async def opened(request: Request, parts: Parts, who: Asker) -> Reply:
    """`/cadrage workshop`, [Workshops]."""
    if isinstance(verdict := who.may("workshop.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(page, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Workshops"), build)


async def button(request: Request, parts: Parts) -> Reply:
    """[Workshops]."""
    return await opened(
        request, parts, await load_asker(request, parts, project_id=answer.chosen(request) or "-")
    )


async def read(request: Request, parts: Parts) -> Reply:
    """[Read the script]: "project:W06"."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await load_asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("workshop.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    return await script(request, parts, who, id)


async def script(request: Request, parts: Parts, who: Asker, id: str) -> Reply:
    """The steps of one, and for those who run the project what to say and what to do with each result."""

    async def build() -> Json:
        return told(parts, who, id)

    return answer.show(request, parts, who.w, id, build)


def page(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """One line each, in their order."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    latest = {one.script: one for one in workshops.of_project(conn, **here) if one.state != "cancelled"}
    runs = who.may("workshop.run") == Allow()
    rows = []
    for one in parts.playbook.workshops.values():
        state = _state(w, latest.get(one.id), project.zone)
        said = Mrkdwn(" · ").join([bold(f"{one.id} {w.of(one.title)}"), state])
        held = latest.get(one.id)
        value, action, words = f"{project.id}:{one.id}", "workshop.script", w("Read")
        if held is not None and held.state in ("planned", "open", "paused"):
            value, action, words = (
                held.id,
                "workshop.desk" if held.facilitator == who.actor.user else "workshop.agenda",
                w.p("button", "Open"),
            )
        elif runs:
            action, words = "workshop.prepare", w("Prepare")
        label = w("{what}: {question}", what=words, question=one.id)
        rows.append(
            blocks.section(
                said, accessory=elements.button(words, f"{action}:{one.id}", value=value, label=label)
            )
        )
    rows.append(blocks.actions(past.way(w, project.id)))
    return answer.page(w, w("Workshops"), rows)


def _state(w: Wording, held: Workshop | None, zone: str) -> str:
    if held is None:
        return w("not held yet")
    if held.state == "planned":
        when = w.moment(held.planned_for, zone) if held.planned_for else ""
        return w("planned, {when}", when=when) if when else w("planned")
    if held.state == "ended":
        day = held.ended_at.date() if held.ended_at else None
        return w("held, {day}", day=w.day(day)) if day else w("held")
    return w("paused") if held.state == "paused" else w("under way, step {n}", n=held.step)


def told(parts: Parts, who: Asker, id: str) -> Json:
    """The script of one workshop."""
    w, one = who.w, parts.playbook.workshops[id]
    runs = who.may("workshop.run") == Allow()
    rows = [blocks.section(w.md("*{title}.* {goal}", title=one.title, goal=one.goal))]
    for step in one.steps:
        guide = parts.playbook.guidance(step)
        name = w.of(guide.name) if guide else step.method
        lines = [
            w.md("*{n}. {what}*, {minutes} min", n=step.number, what=name, minutes=step.minutes),
            w.of(step.words),
        ]
        if runs and guide is not None:
            lines += [
                w.md("_To say:_ {say}", say=guide.say),
                w.md("_With the result:_ {then}", then=guide.then),
            ]
        if becomes := BECOMES.get(f"{id}.{step.number}"):
            lines.append(w.md("_What becomes of it:_ {becomes}", becomes=becomes))
        rows.append(blocks.section(Mrkdwn("\n").join(lines)))
    if one.rules is not None:
        rows.append(blocks.context(w.of(one.rules)))
    rows.append(blocks.context(w("Done when: {close}", close=w.of(one.close))))
    return answer.page(w, id, rows)


ACTIONS: dict[str, Any] = {"workshop.list": button, "workshop.script": read}
