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
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue.model import Flow
from flows.project import Project
from storage import dialogue as dialogues
from storage.database import Connection


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage dialogue [D04]`."""
    who = await asker.asker(request, parts)
    words = [word.upper() for word in parse(str(request.payload.get("text") or "")).rest]
    flow = next((word for word in words if word in parts.playbook.flows and word != plan.SETUP), "")
    return await _open(request, parts, who, flow)


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Send questions], [Send it]: a dialogue, a part of one ("D02/after_W02"), or the choice."""
    project_id, _, wanted = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await _open(request, parts, who, wanted)


async def _open(request: Request, parts: Parts, who: Asker, wanted: str) -> Reply:
    """The right page for what was asked."""
    if invite.refusal(who) is not None or who.project is None:
        return await invite.opened(request, parts, who, (), title=who.w("Send questions"))
    found = piece(wanted, parts.playbook.flows)
    if found is None or found.flow == plan.SETUP:

        async def build() -> Json:
            return await parts.db.read(_choice, parts=parts, who=who, project=who.here)

        return answer.show(request, parts, who.w, who.w("Send questions"), build)
    if not found.part:
        found = await parts.db.read(next_part, parts=parts, project=who.project, flow=found.flow)
    return await invite.opened(request, parts, who, (found,), title=who.w("Send questions"))


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
        rows.append(
            blocks.section(
                Mrkdwn(" · ").join([bold(f"{id} {w.of(flow.title)}"), state]),
                accessory=_send(who, project, flow),
            )
        )
    return answer.page(w, w("Send questions"), rows)


def _send(who: Asker, project: Project, flow: Flow) -> Json:
    return elements.button(
        who.w("Send it"),
        f"send.open:{flow.id}",
        value=f"{project.id}:{flow.id}",
        label=who.w("Send {title}", title=flow.title),
    )


ACTIONS: dict[str, Any] = {"send.open": open_form}
