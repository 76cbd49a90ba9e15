"""What the facilitator does with a step of the plan: send it, move it, set it aside, take that back.

Each is read and checked again at the moment it is asked for; nothing leaves without the form of a sending.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Action, Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, attendance, calendar, invite, plan, term
from bot.waves import ordering as waves
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from bot.workshops import preparing
from flows.timetable import Placed, Refused, Timetable
from storage import dialogue as dialogues
from storage import plan as kept
from storage.database import Connection

MOVE, SKIP = "plan.move", "plan.skip"
SHORTEST_REASON, LONGEST_REASON = 10, 500  # characters of why a step is set aside
#: What one must be allowed to, where it is not changing the plan.
ACTION: Mapping[str, Action] = {"send": "dialogue.send", "prepare": "workshop.run"}
Telling = Callable[[Wording, Mrkdwn, date], Mrkdwn]  # what was done, of which step, now on which day


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage plan`."""
    return _page(request, parts, await asker.asker(request, parts))


async def open_page(request: Request, parts: Parts) -> Reply:
    """[Plan], [See the plan]."""
    return _page(request, parts, await asker.asker(request, parts, project_id=answer.chosen(request) or "-"))


async def menu(request: Request, parts: Parts) -> Reply:
    """The "⋯" of a step: "send:{project}:{step}" and the like."""
    what, _, rest = answer.chosen(request).partition(":")
    action: Action = ACTION.get(what, "plan.change")
    who, placed, _, refused = await _mine(request, parts, rest, action)
    if placed is None:
        return answer.tell(request, parts, who.w, refused)
    if what == "send":
        return await _send(request, parts, who, placed)
    if what == "prepare":
        return await preparing.opened(request, parts, who, placed.step.what)
    if what == "held":
        return await _held(request, parts, who, placed)
    if what == "back":
        return await _change(request, parts, who, placed, told=_put_back, state="planned")
    title = who.w("Move") if what == "move" else who.w("Set aside")

    async def build() -> Json:
        return _move_form(who, placed, parts) if what == "move" else _skip_form(who, placed, parts)

    return answer.show(request, parts, who.w, title, build)


async def send(request: Request, parts: Parts) -> Reply:
    """[Send it] of the next action."""
    who, placed, _, refused = await _mine(request, parts, answer.chosen(request), "dialogue.send")
    if placed is None:
        return answer.tell(request, parts, who.w, refused)
    return await _send(request, parts, who, placed)


async def moved(request: Request, parts: Parts) -> Reply:
    """The day is chosen: a working day to come, with every guard still before what it guards."""
    held = forms.held(answer.metadata(request))
    who, placed, table, refused = await _mine(request, parts, held.get("step", ""))
    if placed is None or table is None:
        return answer.tell(request, parts, who.w, refused)
    w = who.w
    day = forms.day(answer.state(request, "day", "day").get("selected_date"))
    if day is None:
        return _error("day", w("Choose a day."))
    if (why := table.may_move(placed.step.key, day)) is not None:
        return _error("day", _why_not(w, why, parts))
    reason = str(answer.state(request, "because", "because").get("value") or "").strip()[:LONGEST_REASON]
    return await _change(
        request, parts, who, placed, told=_moved, undo=True, state="planned", day=day, reason=reason
    )


async def undone(request: Request, parts: Parts) -> Reply:
    """[Undo]: the step is where it was before it was moved, set aside or held."""
    project_id, _, rest = answer.chosen(request).partition(":")
    key, _, before = rest.partition(":")
    who, placed, table, refused = await _mine(request, parts, f"{project_id}:{key}")
    if placed is None or table is None:
        return answer.tell(request, parts, who.w, refused)
    day = forms.day(before)
    if day is not None and table.may_move(key, day) is not None:
        day = None  # its day has passed since, or something waits for it: as it was in the plan
    return await _change(request, parts, who, placed, told=_put_back, state="planned", day=day)


async def skipped(request: Request, parts: Parts) -> Reply:
    """Set aside, with a reason."""
    held = forms.held(answer.metadata(request))
    who, placed, _, refused = await _mine(request, parts, held.get("step", ""))
    if placed is None:
        return answer.tell(request, parts, who.w, refused)
    reason = str(answer.state(request, "because", "because").get("value") or "").strip()
    if len(reason) < SHORTEST_REASON:
        return _error("because", who.w("A few more words: {n} characters at least.", n=SHORTEST_REASON))
    return await _change(
        request, parts, who, placed, told=_aside, undo=True, state="skipped", reason=reason[:LONGEST_REASON]
    )


async def _held(request: Request, parts: Parts, who: Asker, placed: Placed) -> Reply:
    """A workshop was held. Of a session with a vendor it is asked first who was there."""
    known = await parts.db.read(attendance.sessions, who=who)
    if placed.step.what != attendance.WORKSHOP or not known:
        return await _change(request, parts, who, placed, told=_was_held, undo=True, state="sent")

    async def build() -> Json:
        return await parts.db.read(attendance.form, who=who, step=f"{who.here.id}:{placed.step.key}")

    return answer.show(request, parts, who.w, who.w("Who was there?"), build)


async def attended(request: Request, parts: Parts) -> Reply:
    """Who was there is said: the sessions are held, and so is the step of the plan."""
    held = forms.held(answer.metadata(request))
    who, placed, _, refused = await _mine(request, parts, held.get("step", ""))
    if placed is None:
        return answer.tell(request, parts, who.w, refused)
    planned = await parts.db.read(attendance.sessions, who=who)
    there = attendance.chosen(request, who, planned)
    if not any(there.values()) and planned:
        return _error(planned[0].ref, who.w("Name at least one person who was there."))
    await parts.db.run(attendance.note, who=who, there=there, now=parts.clock.now())
    return await _change(request, parts, who, placed, told=_was_held, state="sent")


def _page(request: Request, parts: Parts, who: Asker) -> Reply:
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(calendar.page, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Plan"), build)


async def _send(request: Request, parts: Parts, who: Asker, placed: Placed) -> Reply:
    """The form of a sending, from this step."""
    step, title = placed.step, who.w("Send questions")
    if step.wave:
        added = {id for one in step.lines for id in one.added}
        return await waves.page(request, parts, who, step.what, day=placed.day, added=added)
    if step.workshop is not None:
        found = plan.workshop_pieces(step, parts.playbook)
        return await invite.opened(request, parts, who, found, title=title)
    pieces = (plan.piece_of(step, parts.playbook),)
    return await invite.opened(request, parts, who, pieces, title=title, step=step.key)


async def _change(  # noqa: PLR0913 - a step, what becomes of it, and how that is told
    request: Request,
    parts: Parts,
    who: Asker,
    placed: Placed,
    *,
    told: Telling,
    undo: bool = False,
    state: kept.State,
    day: date | None = None,
    reason: str = "",
) -> Reply:
    await parts.db.run(_kept, parts=parts, who=who, placed=placed, state=state, day=day, reason=reason)
    parts.wake()
    table = await parts.db.read(plan.table, parts=parts, project=who.here, today=who.today)
    now_there = table.by_key.get(placed.step.key, placed)
    before = placed.day.isoformat() if placed.moved else ""
    line = calendar.Told(
        said=told(who.w, calendar.named(who.w, placed, parts), now_there.day),
        undo=f"{who.here.id}:{placed.step.key}:{before}" if undo else "",
    )
    view = await parts.db.read(calendar.page, parts=parts, who=who, told=line)
    return answer.refreshed(request, parts, view)


def _moved(w: Wording, what: Mrkdwn, day: date) -> Mrkdwn:
    return w.md("Moved to {day}: {what}. Nobody is told.", what=what, day=w.day(day))


def _put_back(w: Wording, what: Mrkdwn, day: date) -> Mrkdwn:
    return w.md("Put back: {what}, on {day}.", what=what, day=w.day(day))


def _aside(w: Wording, what: Mrkdwn, _: date) -> Mrkdwn:
    return w.md("Set aside: {what}. Its line says why, to everybody in the project.", what=what)


def _was_held(w: Wording, what: Mrkdwn, _: date) -> Mrkdwn:
    return w.md("Held: {what}. What waited for it can start.", what=what)


def _kept(  # noqa: PLR0913 - a step, and what becomes of it
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    placed: Placed,
    state: kept.State,
    day: date | None,
    reason: str,
) -> None:
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id, "line": placed.step.key}
    if state == "planned" and day is None:
        kept.put_back(conn, **here)
    else:
        moved_to = day or (placed.day if placed.moved else None)
        kept.set_step(
            conn, **here, state=state, moved_to=moved_to, reason=reason or None, by=who.actor.user, now=now
        )
    _parts_follow(conn, parts, who, placed)
    announce.homes(conn, project=project, users=(who.actor.user,), now=now)


def _parts_follow(conn: Connection, parts: Parts, who: Asker, placed: Placed) -> None:
    """A dialogue stays open until a later part of it, wherever the step that asks it was moved."""
    project, step = who.here, placed.step
    table = plan.table(conn, parts=parts, project=project, today=who.today)
    pieces = plan.workshop_pieces(step, parts.playbook)
    if step.lines and not step.wave:
        pieces = (plan.piece_of(step, parts.playbook),)
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        for piece in pieces:
            day = plan.part_day(table, piece, parts.playbook)
            if piece.flow == run.flow and piece.part and piece.part not in run.parts and day is not None:
                term.follow(conn, project=project, run=run, last=day)


async def _mine(
    request: Request, parts: Parts, value: str, action: Action = "plan.change"
) -> tuple[Asker, Placed | None, Timetable | None, str]:
    """The step "{project}:{key}", for those who may change the plan; else the sentence why not."""
    project_id, _, key = value.partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    verdict = who.may(action)
    if isinstance(verdict, Deny):
        return who, None, None, who.refusal(verdict)
    table = await parts.db.read(plan.table, parts=parts, project=who.here, today=who.today)
    placed = table.by_key.get(key)
    return who, placed, table, "" if placed else who.w("This is no longer in the plan.")


def _move_form(who: Asker, placed: Placed, parts: Parts) -> Json:
    w = who.w
    until = elements.date("day", initial=max(placed.day, who.today).isoformat())
    why = elements.words("because", most=LONGEST_REASON)
    return blocks.modal(
        w("Move"),
        [
            blocks.section(calendar.named(w, placed, parts)),
            blocks.context(
                w("Now on {day}. Moving it tells nobody and sends nothing.", day=w.day(placed.day))
            ),
            blocks.field(w("To which day?"), until, block_id="day"),
            blocks.field(
                w("Because"),
                why,
                block_id="because",
                optional=True,
                hint=w("Shown in the plan. You can take it back."),
            ),
        ],
        callback_id=MOVE,
        submit=w("Move"),
        close=w("Not yet"),
        metadata=forms.packed(step=f"{who.here.id}:{placed.step.key}"),
    )


def _skip_form(who: Asker, placed: Placed, parts: Parts) -> Json:
    w = who.w
    why = elements.words("because", several_lines=True, most=LONGEST_REASON)
    hint = w("Shown in the plan. You can take it back.")
    return blocks.modal(
        w("Set aside"),
        [
            blocks.section(calendar.named(w, placed, parts)),
            blocks.field(w("Because"), why, block_id="because", hint=hint),
        ],
        callback_id=SKIP,
        submit=w("Set aside"),
        close=w("Not yet"),
        metadata=forms.packed(step=f"{who.here.id}:{placed.step.key}"),
    )


def _why_not(w: Wording, why: Refused, parts: Parts) -> str:
    """Why a step cannot go to that day, and what stands in the way."""
    if why.fault == "past":
        return w("This date is past. Choose today or later.")
    if why.fault == "weekend" or why.guard is None or why.other is None:
        return w("Choose a working day, Monday to Friday.")
    return w(
        "{guard} In the plan: {other}, {day}.",
        guard=why.guard.words,
        other=f"{why.other.step.what} {w.of(plan.title_of(why.other.step, parts.playbook))}",
        day=w.day(why.other.day),
    )


def _error(field: str, said: str) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": {field: said}})


ACTIONS: dict[str, Any] = {
    "plan.open": open_page,
    "plan.menu": menu,
    "plan.send": send,
    "plan.undo": undone,  # value: project, step, and the day it had been moved to, or ""
}
VIEWS: dict[str, Any] = {MOVE: moved, SKIP: skipped, attendance.CALLBACK: attended}
