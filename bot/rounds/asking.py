"""What a person does with an invitation: later, who is behind it, not the right person, and its menu.

Refusing tells the facilitator and stops everything; nobody else learns of it.
"""

from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.dialogue import opening
from bot.hub import settings_screen
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, dropping, reminders, sending
from bot.rounds.cards import message, people_by_role
from bot.rounds.invitation import REFUSED
from bot.waves import coach
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import words
from flows.project import Project
from storage import dialogue as dialogues
from storage import memo
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row


async def later(request: Request, parts: Parts) -> Reply:
    """[Later]: two reminders at most, and what is answered stays."""
    who, run, refused = await _invited(request, parts, answer.chosen(request))
    if run is None or who.project is None:
        return answer.tell(request, parts, who.w, refused)
    days = await parts.db.run(
        reminders.put_off, project=who.project, run=run, user=request.user, today=who.today
    )
    w = who.w
    if not days:
        said = w("Kept for later. No reminder: it closes too soon.")
    elif len(days) == 1:
        said = w("Kept for later. One reminder on {day}, then no more.", day=w.day(days[0]))
    else:
        said = w(
            "Kept for later. Two reminders, on {first} and {second}, then no more.",
            first=w.day(days[0]),
            second=w.day(days[1]),
        )
    return answer.tell(request, parts, w, said)


async def behind(request: Request, parts: Parts) -> Reply:
    """[Who is behind this?]"""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("team.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return answer.page(who.w, who.w("Who is behind this?"), _people(who, parts))

    return answer.show(request, parts, who.w, who.w("Who is behind this?"), build)


async def menu(request: Request, parts: Parts) -> Reply:
    """The "⋯" of an invitation."""
    what = answer.chosen(request).partition(":")[0]
    handlers: dict[str, Any] = {
        "answers": opening.answers,
        "refuse": refuse,
        "settings": settings_screen.open_form,
        "data": settings_screen.data,
        "neutral": coach.open_form,
        "language": settings_screen.set_language,
    }
    return await handlers[what](request, parts) if what in handlers else Reply()


async def refuse(request: Request, parts: Parts) -> Reply:
    """ "Not the right person": the facilitator is told, and nothing more is asked."""
    who, run, refused = await _invited(request, parts, answer.chosen(request).partition(":")[2])
    if run is None or who.project is None:
        return answer.tell(request, parts, who.w, refused)
    await parts.db.run(_refused, who=who, project=who.project, parts=parts)
    parts.wake()
    return answer.tell(
        request,
        parts,
        who.w,
        who.w("Noted. The facilitator is told, and I ask you nothing more about this project."),
    )


def refusal(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """What the facilitator reads, in their hours, when somebody is not the right person."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user, whom = str(row.ref.get("user", "")), str(row.ref.get("whom", ""))
    if project is None or project.cast.holder("facilitator") != user:
        return None
    known = people.several(conn, workspace=row.workspace, users=(user, whom))
    w = words(people.language(known[user], project))
    said = w.md(
        "{name} says they are not the right person for *{project}*. I ask them nothing more. You can "
        "change the team.",
        name=known[whom].name,
        project=project.name,
    )
    return sending.not_now(known[user], project, parts.clock.now()) or message(
        blocks.section(said),
        blocks.actions(elements.button(w("Change the team"), "team.change", value=project.id)),
    )


def _refused(conn: Connection, *, who: Asker, project: Project, parts: Parts) -> None:
    workspace, user, now = project.workspace, who.actor.user, parts.clock.now()
    memo.put(conn, workspace=workspace, user=user, name=f"{REFUSED}{project.id}", value=True)
    facilitator = project.cast.holder("facilitator")
    dropping.everything(conn, project=project, user=user, flows=parts.playbook.flows, now=now)
    if facilitator:
        announce.private(
            conn,
            workspace=workspace,
            user=facilitator,
            what="refusal",
            key=f"{project.id}:{user}",
            ref={"project": project.id, "whom": user},
            now=now,
            at=now,  # a lane of its own: it may wait for their hours
        )


async def _invited(request: Request, parts: Parts, run_id: str) -> tuple[Asker, dialogues.Run | None, str]:
    """The open run this person was sent, or the sentence that says there is none."""
    found = await parts.db.read(_mine, workspace=request.workspace, user=request.user, run_id=run_id)
    who = await asker.asker(request, parts, project_id=found.run.project_id if found else "-")
    verdict = who.may("dialogue.later", invited=found is not None)
    if isinstance(verdict, Deny) or found is None:
        return who, None, who.refusal(verdict) if isinstance(verdict, Deny) else ""
    if found.run.status == "closed":
        return who, None, who.w("This is closed. Your answers are kept.")
    return who, found.run, ""


def _mine(conn: Connection, *, workspace: str, user: str, run_id: str) -> dialogues.Invited | None:
    mine = dialogues.for_user(conn, workspace=workspace, user=user)
    return next((one for one in mine if one.run.id == run_id), None)


def _people(who: Asker, parts: Parts) -> list[Json]:
    """Who facilitates, who sponsors, who runs the server."""
    w, project = who.w, who.here
    rows = [blocks.section(Mrkdwn("\n").join(people_by_role(w, project, who.names)))]
    rows.append(
        blocks.section(
            w(
                "I am a bot that asks short questions, keeps decisions and open points, and "
                "prepares the scoping note. People decide; I do not."
            )
        )
    )
    if parts.settings.operator:
        rows.append(blocks.context(w("This bot is run by {operator}.", operator=parts.settings.operator)))
    return rows


ACTIONS: dict[str, Any] = {"invitation.later": later, "invitation.who": behind, "invitation.menu": menu}
MESSAGES = {"refusal": refusal}
