"""Sending one dialogue: `/cadrage dialogue D02`, its second part, or a choice of what can be sent.

The form of who and when is that of the invitation. Whoever may not gets a sentence.
"""

from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.hub.counts import counted, open_words
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import invite, launch, ordering, plan
from bot.verbs import parse
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows.project import Project
from storage import dialogue as dialogues
from storage.database import Connection

CALLBACK = "send.part"


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage dialogue [D02]`."""
    who = await asker.asker(request, parts)
    words = [word.upper() for word in parse(str(request.payload.get("text") or "")).rest]
    flow = next((word for word in words if word in plan.FIRST), "")
    return await _open(request, parts, who, flow)


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Send questions], [Send it]."""
    project_id, _, flow = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await _open(request, parts, who, flow if flow in plan.FIRST else "")


async def send_part(request: Request, parts: Parts) -> Reply:
    """[Send it] on the page of the second part."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    if (refused := invite.refusal(who)) is not None or who.project is None:
        return answer.tell(request, parts, who.w, refused or "")
    known = await people.everybody(parts, request.workspace, who.project.cast.everybody())
    done = await parts.db.run(_sent, parts=parts, who=who, run_id=held.get("run", ""), known=known)
    parts.wake()
    said = who.w("Sent. Each card shows the new questions; nobody sees who has answered.")
    return answer.tell(request, parts, who.w, said if done else who.w("Already sent. Nothing more to do."))


async def _open(request: Request, parts: Parts, who: Asker, flow: str) -> Reply:
    """The right page for what was asked."""
    if (refused := invite.refusal(who)) is not None or who.project is None:
        return answer.tell(request, parts, who.w, refused or "")
    project, w = who.project, who.w

    async def build() -> Json:
        known = await people.everybody(parts, request.workspace, project.cast.everybody())
        runs = await parts.db.read(dialogues.runs, workspace=project.workspace, project_id=project.id)
        run = next((each for each in runs if each.flow == flow and each.status == "open"), None)
        if not flow:
            return await parts.db.read(_choice, parts=parts, who=who, project=project)
        if run is not None and flow == "D02" and plan.SECOND_PART not in run.parts:
            return await parts.db.read(_part, parts=parts, who=who, run=run)
        already = await parts.db.read(ordering.invited, project=project)
        return ordering.form(who, project, known, parts, flows=(flow,), already=already)

    return answer.show(request, parts, w, w("Send questions"), build)


def _choice(conn: Connection, *, parts: Parts, who: Asker, project: Project) -> Json:
    """What can be sent, with where each stands."""
    w, rows = who.w, []
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    for id in plan.FIRST:
        flow = parts.playbook.flows[id]
        run = next((each for each in runs if each.flow == id and each.status == "open"), None)
        state = open_words(w, flow, run, counted(conn, run)) if run else w("not sent")
        send = elements.button(
            w("Send it"),
            f"send.open:{id}",
            value=f"{project.id}:{id}",
            label=w("Send {title}", title=flow.title),
        )
        rows.append(
            blocks.section(Mrkdwn(" · ").join([bold(f"{id} {w.of(flow.title)}"), state]), accessory=send)
        )
    return answer.page(w, w("Send questions"), rows)


def _part(conn: Connection, *, parts: Parts, who: Asker, run: dialogues.Run) -> Json:
    """The second part, as the people concerned will read it."""
    w, flow = who.w, parts.playbook.flows[run.flow]
    later = [question for question in flow.questions if question.part == plan.SECOND_PART]
    rows = [
        blocks.section(w.md("The questions of *{title}* that come after workshop W02:", title=flow.title)),
        blocks.section(
            Mrkdwn("\n").join([w.md("• {question}", question=question.words) for question in later])
        ),
        blocks.section(open_words(w, flow, run, counted(conn, run))),
        blocks.context(
            w("Each person gets one private message, in their language, between 09:30 and 16:30 their time.")
        ),
    ]
    return blocks.modal(
        w("Send the second part"),
        rows,
        callback_id=CALLBACK,
        submit=w("Send it"),
        close=w("Not yet"),
        metadata=forms.packed(project=run.project_id, run=run.id),
    )


def _sent(conn: Connection, *, parts: Parts, who: Asker, run_id: str, known: Any) -> bool:
    project = who.project
    run = dialogues.run(conn, workspace=who.actor.workspace, id=run_id)
    if project is None or run is None or run.project_id != project.id or run.flow != "D02":
        return False
    return launch.second_part(
        conn,
        parts=parts,
        project=project,
        run_id=run.id,
        part=plan.SECOND_PART,
        by=who.actor.user,
        known=known,
        now=parts.clock.now(),
    )


ACTIONS: dict[str, Any] = {"send.open": open_form}
VIEWS: dict[str, Any] = {CALLBACK: send_part}
