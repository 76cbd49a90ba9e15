"""The invitation to a workshop: a private card with "I'll come" and "I can't", and a file for one's calendar.

Says what it is for and how long; never who else comes. Changes in place when it moves, begins, or is
cancelled.
"""

from typing import Any

from bot import answer, people
from bot.asker import wording
from bot.outbound.render import Defer, File, Message
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Reply, Request
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.workshops import deeds, head, queueing, refusals
from bot.workshops.deeds import Done
from bot.workshops.scene import Scene, scene
from flows import cadence, meeting
from flows.register.takeaway import calendar
from flows.workshop import events as happened
from flows.workshop.model import Participant, Workshop
from storage.database import Connection
from storage.outbox import Row


def invitation(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To one person. A first one leaves in their hours, unless the workshop begins before."""
    user = str(row.ref.get("user", ""))
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")), reader=user)
    one = found.workshop.person(user) if found else None
    if found is None or one is None or (user == found.workshop.facilitator and not row.remote_id):
        return None
    if not row.remote_id:
        if found.workshop.state in ("ended", "cancelled"):
            return None
        if later := _not_now(conn, found, user):
            return Defer(until=later)
    return message(*_rows(found, one))


def _not_now(conn: Connection, found: Scene, user: str) -> Any:
    person = people.several(conn, workspace=found.workshop.workspace, users=(user,))[user]
    zone = cadence.zone(person.zone, default=found.project.zone)
    at = cadence.next_window(found.now, zone, off=found.project.holidays)
    begins = found.workshop.planned_for
    soon = found.workshop.running or (begins is not None and begins <= at)
    return None if soon or at <= found.now else at


def _rows(found: Scene, one: Participant) -> list[Any]:
    w, workshop = found.w, found.workshop
    named = w.md(
        "*{id} {title}* · {project}", id=found.script.id, title=found.script.title, project=found.project.name
    )
    rows = [blocks.section(named), blocks.context(head.when(found)), blocks.section(w.of(found.script.goal))]
    if workshop.state == "cancelled":
        return [*rows, blocks.section(w("It will not take place."))]
    if workshop.state == "ended":
        return [*rows, blocks.section(head.over(found))]
    if one.steps:
        steps = w.listed([str(number) for number in one.steps])
        rows.append(blocks.context(w("You take part in steps {steps} only.", steps=steps)))
    if one.guest:
        rows.append(blocks.context(w("You come as a visitor, without a vote.")))
    if workshop.running:
        rows.append(blocks.section(w.md("*It is under way.* What to do now stands in the channel.")))
        join = elements.button(w("Join the step"), "workshop.here", value=workshop.id, style="primary")
        agenda = elements.button(w("Agenda and rules"), "workshop.agenda", value=workshop.id)
        return [*rows, blocks.actions(join, agenda)]
    said = {
        "coming": w("You come."),
        "here": w("You come."),
        "cannot": w("You cannot come. You can change this."),
    }.get(one.seat)
    if said:
        rows.append(blocks.context(said))
    yes = elements.button(w("I’ll come"), "workshop.reply:yes", value=f"{workshop.id}:yes", style="primary")
    no = elements.button(w("I can’t"), "workshop.reply:no", value=f"{workshop.id}:no")
    agenda = elements.button(w("Agenda and rules"), "workshop.agenda", value=workshop.id)
    return [*rows, blocks.actions(yes, no, agenda)]


def file(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The same as an .ics file, in their hours as the invitation; nothing for who cannot come, or once it has
    begun."""
    user = str(row.ref.get("user", ""))
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")), reader=user)
    one = found.workshop.person(user) if found else None
    if found is None or one is None or one.seat == "cannot" or found.workshop.state != "planned":
        return None
    w, workshop = found.w, found.workshop
    if workshop.planned_for is None:
        return None
    if later := _not_now(conn, found, user):
        return Defer(until=later)
    title = f"{found.script.id} {w.of(found.script.title)} · {found.project.name}"
    lines = meeting.event(
        uid=f"{workshop.id}@cadrage", start=workshop.planned_for, minutes=found.script.minutes, title=title,
        detail=w.of(found.script.goal), stamp=found.now, version=workshop.version,
    )  # fmt: skip
    content = "".join(calendar(lines)).encode()
    name = f"{found.script.id}.ics"
    return Message(text=w("For your calendar"), file=File(name=name, content=content, title=title))


async def replied(request: Request, parts: Parts) -> Reply:
    """[I'll come], [I can't]."""
    w = await wording(request, parts)
    id, _, said = answer.chosen(request).partition(":")
    done: Done | None = await parts.db.run(_reply, parts=parts, request=request, id=id, coming=said == "yes")
    parts.wake()
    if done is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    if not done.taken and done.turn.refusal != "nothing":
        return answer.tell(request, parts, w, refusals.said(w, done.turn.refusal or "nothing"))
    return Reply()


def _reply(conn: Connection, *, parts: Parts, request: Request, id: str, coming: bool) -> Done | None:
    now = parts.clock.now()

    def make(workshop: Workshop) -> happened.Event:
        return happened.Replied(by=request.user, at=now, coming=coming)

    done = deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=make, now=now)
    if done is not None:
        queueing.invited(conn, project=done.project, workshop=done.workshop, user=request.user, now=now)
    return done


def soon(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """A working day, and ten minutes, before it begins: to those who have not said that they cannot; and to
    whoever facilitates, with the way to the desk: nobody else opens it."""
    user = str(row.ref.get("user", ""))
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")), reader=user)
    one = found.workshop.person(user) if found else None
    opens = found is not None and found.workshop.facilitator == user
    if found is None or found.workshop.state != "planned":
        return None
    if not opens and (one is None or one.seat == "cannot"):
        return None
    w, begins = found.w, found.workshop.planned_for
    if begins is None or begins <= found.now:
        return None
    said = w.md("*{id} {title}* begins soon.", id=found.script.id, title=found.script.title)
    rows: list[Any] = [blocks.section(Mrkdwn("\n").join([said, head.when(found)]))]
    if opens:
        desk = elements.button(w("My desk"), "workshop.desk", value=found.workshop.id, style="primary")
        rows.append(blocks.actions(desk))
    return message(*rows)


ACTIONS: dict[str, Any] = {"workshop.reply": replied}
MESSAGES = {
    "workshop_invitation": invitation,
    "workshop_file": file,
    "workshop_soon": soon,
}
