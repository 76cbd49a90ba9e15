"""`/cadrage dialogue D04`: any dialogue, its next part, its wave; or a choice of what can be sent."""

from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.hub.counts import counted, open_words
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import invite, plan
from bot.rounds.pieces import Piece, later_parts, open_run, piece
from bot.verbs import parse
from bot.waves import ordering as waves
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows import order_line
from flows.playbook import Playbook
from flows.project import Project
from storage import dialogue as dialogues
from storage import wave as stored
from storage.database import Connection

WAVE = "wave "  # as flows/timetable.py names one


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage dialogue [D04 @people by day]`."""
    who = await asker.asker(request, parts)
    typed = parse(str(request.payload.get("text") or "")).rest
    known = {id.upper(): id for id in (*parts.playbook.waves, *parts.playbook.flows)}
    wanted = next((known[word.upper()] for word in typed if word.upper() in known), "")
    rest = [word for word in typed if word.upper() not in known]
    line = order_line.read(rest, who.names, who.today)
    return await _open(request, parts, who, wave_of(wanted, parts.playbook), line)


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Send questions], [Send it]: a dialogue, a part of one ("D02/after_W02"), a wave ("wave D07"), or
    the choice."""
    project_id, _, wanted = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await _open(request, parts, who, wanted)


def wave_of(what: str, playbook: Playbook) -> str:
    """What is meant by a name: a dialogue that asks nobody but the facilitator by name is its wave."""
    flow = playbook.flows.get(what)
    named = flow is not None and any(q.audience.roles != ("facilitator",) for q in flow.questions)
    return f"{WAVE}{what}" if what in playbook.waves and not named else what


async def _open(
    request: Request, parts: Parts, who: Asker, wanted: str, line: order_line.OrderLine | None = None
) -> Reply:
    """The right page for what was asked. `line`: people and a day that were typed."""
    title = who.w("Send questions")
    if invite.refusal(who) is not None or who.project is None:
        return await invite.opened(request, parts, who, (), title=title)
    if wanted.startswith(WAVE) and line:
        return _everybody(request, parts, who, wanted)
    if wanted.startswith(WAVE):
        return await waves.page(request, parts, who, wanted.removeprefix(WAVE))
    found = piece(wanted, parts.playbook.flows)
    if found is None or found.flow == plan.SETUP:

        async def build() -> Json:
            return await parts.db.read(_choice, parts=parts, who=who, project=who.here)

        return answer.show(request, parts, who.w, title, build)
    if not found.part:
        found = await parts.db.read(next_part, parts=parts, project=who.project, flow=found.flow)
    return await invite.opened(request, parts, who, (found,), title=title, typed=line)


def _everybody(request: Request, parts: Parts, who: Asker, wanted: str) -> Reply:
    """A wave with people or a day typed after it: nobody is chosen for what is anonymous (5.3)."""
    w = who.w
    said = w.md(
        "This is asked anonymously: of everybody it is for, so that no choice of people tells who answered. "
        "Its closing day is chosen in the form."
    )
    go = elements.button(w("Open the form"), "send.open:wave", value=f"{who.here.id}:{wanted}")
    return answer.tell(request, parts, w, said, more=[blocks.actions(go)])


def next_part(conn: Connection, *, parts: Parts, project: Project, flow: str) -> Piece:
    """The dialogue itself while it is not open; then its parts, in their order; then it again."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = open_run(runs, flow)
    if run is None:
        return Piece(flow)
    left = (part for part in later_parts(parts.playbook.flows[flow]) if part not in run.parts)
    return Piece(flow, next(left, ""))


def _choice(conn: Connection, *, parts: Parts, who: Asker, project: Project) -> Json:
    """What can be sent, with where each stands."""
    w = who.w
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    rows = []
    for id, flow in sorted(parts.playbook.flows.items()):
        if id == plan.SETUP or not flow.questions:
            continue
        run = open_run(runs, id)
        closed = any(each.flow == id and each.status == "closed" for each in runs)
        state = (
            open_words(w, flow, run, counted(conn, run))
            if run
            else (w("Closed") if closed else w("not sent"))
        )
        rows.append(_row(who, project, id, f"{id} {w.of(flow.title)}", state))
    rows += [blocks.divider(), blocks.section(w.md("*Anonymous*, in waves:"))]
    every = stored.of_project(conn, workspace=project.workspace, project_id=project.id)
    open_until = {one.what: one.closes_on for one in every if one.open}
    for id, wave in parts.playbook.waves.items():
        until = open_until.get(id)
        state = w("closes on {day}", day=w.day(until)) if until else w("not open")
        rows.append(_row(who, project, f"{WAVE}{id}", w.of(wave.title), state))
    return answer.page(w, w("Send questions"), rows)


def _row(who: Asker, project: Project, wanted: str, title: str, state: str) -> Json:
    send = elements.button(
        who.w("Send it"),
        f"send.open:{wanted}",
        value=f"{project.id}:{wanted}",
        label=who.w("Send {title}", title=title),
    )
    return blocks.section(Mrkdwn(" · ").join([bold(title), state]), accessory=send)


ACTIONS: dict[str, Any] = {"send.open": open_form}
