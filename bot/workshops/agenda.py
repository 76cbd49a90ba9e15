"""[Agenda and rules]: the script and where it stands, for everybody; the way to the desk for whoever
facilitates, and to taking over for those who may."""

from typing import Any

from bot import answer
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.workshops.scene import Scene, scene
from flows import cadence
from flows.workshop import idle
from storage.database import Connection


async def opened(request: Request, parts: Parts) -> Reply:
    """[Agenda and rules]."""
    who = await load_asker(request, parts)
    id = answer.chosen(request)

    async def build() -> Json:
        return await parts.db.read(_page, parts=parts, request=request, who=who, id=id)

    return answer.show(request, parts, who.w, who.w("Agenda and rules"), build)


def _page(conn: Connection, *, parts: Parts, request: Request, who: Asker, id: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or not readable(found, request.user):
        return answer.page(who.w, who.w("Agenda and rules"), [blocks.section(who.w.of(NOTHING_THERE))])
    rows = page(found, request.user)
    return answer.page(found.w, found.w("Agenda and rules"), rows)


def readable(found: Scene, user: str) -> bool:
    """Those invited, and those of the project."""
    return found.workshop.person(user) is not None or bool(found.project.cast.roles_of(user))


def page(found: Scene, user: str) -> list[Json]:
    """The steps in order with their time; the rules; the way to the desk."""
    w, script, workshop = found.w, found.script, found.workshop
    rows = [blocks.section(w.md("*{title}.* {goal}", title=script.title, goal=script.goal))]
    lines = []
    for step in script.steps:
        name = found.guidance(step)
        time = (
            w.plural("{n} minute", "{n} minutes", step.minutes)
            if workshop.mode == "live" or not step.hours
            else w.plural("{n} working hour at most", "{n} working hours at most", step.hours)
        )
        here = w.md(" *(now)*") if workshop.running and step.number == workshop.step else ""
        what = w.of(name.name) if name else step.method
        lines.append(
            w.md("*{n}. {what}* · {time}{here}", n=step.number, what=what, time=time, here=Mrkdwn(here))
        )
        lines.append(md(w.of(step.words)))
    rows.append(blocks.section(Mrkdwn("\n").join(lines)))
    if script.rules is not None:
        rows.append(blocks.context(w.of(script.rules)))
    rows.append(
        blocks.context(
            w(
                "Votes are secret until the reveal; then only totals exist. Without quorum a vote is "
                "indicative and is replayed. What is off the point is parked and becomes an open point."
            )
        )
    )
    buttons = []
    if workshop.state in ("planned", "open", "paused"):
        if user == workshop.facilitator:
            buttons.append(elements.button(w("My desk"), "workshop.desk", value=workshop.id, style="primary"))
        elif runs_it(found, user):
            if said := not_yet(found, user):
                rows.append(blocks.context(said))
            else:
                buttons.append(
                    elements.button(w.p("workshop", "Take over"), "workshop.take_over", value=workshop.id)
                )
    if buttons:
        rows.append(blocks.actions(*buttons))
    return rows


def runs_it(found: Scene, user: str) -> bool:
    """Facilitator and lead of the project, and the expert: they may take over, and everybody is told."""
    return bool(found.project.cast.roles_of(user) & {"facilitator", "lead", "expert"})


def not_yet(found: Scene, user: str) -> str:
    """Why they may not take over now: somebody is at work at the desk (journeys E6). "" when they may;
    whoever has steered it before takes it back at any time."""
    workshop, w = found.workshop, found.w
    from_ = idle.takes_over_from(workshop, found.calendar)
    if from_ is None or from_ <= found.now or idle.has_facilitated(workshop, user):
        return ""
    name, zone = found.name(workshop.facilitator), found.project.zone
    when = w.hour(from_.astimezone(cadence.zone(zone))) if workshop.mode == "live" else w.moment(from_, zone)
    return w(
        "{name} is at the desk. If nothing happens there before {when}, you can take over here.",
        name=name, when=when,
    )  # fmt: skip


ACTIONS: dict[str, Any] = {"workshop.agenda": opened}
