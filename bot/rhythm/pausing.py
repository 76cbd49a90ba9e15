"""A pause (journeys E7): nothing is sent until a day; forms stay open, and what is open closes later by as
many working days; a workshop under way stands still. It goes on by itself, with one message.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, term
from bot.rounds.cards import message
from bot.waves import opening
from bot.words import blocks, elements
from bot.words.text import words
from bot.workshops import halting
from flows import cadence
from flows.cadence import add_working_days, working_days_between
from flows.project import Project
from storage import dialogue as dialogues
from storage import project as projects
from storage import rhythm, schedule
from storage import wave as waves
from storage.database import Connection
from storage.outbox import Row
from storage.schedule import Due

CALLBACK, KIND = "pause.set", "pause_over"
LONGEST = timedelta(days=120)
USUAL = 5  # working days that the form proposes
ENDS_AT = time(0, 5)  # local
#: It ends even if the bot was off on the day.
NEVER_LATE = timedelta(days=3650)


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage pause`."""
    return _form(request, parts, await asker.asker(request, parts))


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Pause Cadrage]."""
    return _form(request, parts, await asker.asker(request, parts, project_id=answer.chosen(request) or "-"))


async def paused(request: Request, parts: Parts) -> Reply:
    """The day is chosen."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    until = forms.day(answer.state(request, "until", "until").get("selected_date"))
    if until is None or not who.today < until <= who.today + LONGEST:
        why = who.w("Choose a day from tomorrow on, within four months.")
        return Reply(ack={"response_action": "errors", "errors": {"until": why}})
    days = await parts.db.run(_set, parts=parts, who=who, until=until)
    parts.wake()
    if days is None:
        return answer.tell(request, parts, who.w, who.w("This project is paused already."))
    said = who.w.plural(
        "Paused until {day}. What is open closes {n} working day later.",
        "Paused until {day}. What is open closes {n} working days later.",
        days,
        day=who.w.day(until),
    )
    return answer.tell(request, parts, who.w, said)


async def resumed(request: Request, parts: Parts) -> Reply:
    """[Go on now], `/cadrage resume`."""
    project = answer.chosen(request) if request.kind == "action" else ""
    who = await asker.asker(request, parts, project_id=(project or "-") if request.kind == "action" else "")
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    ended = await parts.db.run(end, parts=parts, project=who.here, now=parts.clock.now())
    parts.wake()
    told = who.w("Cadrage goes on.") if ended else who.w("This project is not paused.")
    return answer.tell(request, parts, who.w, told)


def over(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """Its last day has passed: everything goes on, with one line in the channel."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is not None:
        end(conn, parts=parts, project=project, now=now)


def end(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> bool:
    """The pause is over. False when there is none."""
    here = {"workspace": project.workspace, "project_id": project.id}
    if rhythm.paused(conn, **here) is None:
        return False
    rhythm.end_pause(conn, **here)
    schedule.cancel(conn, workspace=project.workspace, id_prefix=f"{KIND}:{project.id}")
    halting.go_on(conn, parts=parts, project=project, now=now)
    announce.post(
        conn, project=project, what="pause_over", key=f"{project.id}:{now.isoformat()}", ref={}, now=now
    )
    announce.homes(conn, project=project, users=project.cast.everybody(), now=now)
    return True


def _form(request: Request, parts: Parts, who: Asker) -> Reply:
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_drawn, who=who)

    return answer.show(request, parts, who.w, who.w("Pause Cadrage"), build)


def _drawn(conn: Connection, *, who: Asker) -> Json:
    w, project = who.w, who.here
    kept = rhythm.paused(conn, workspace=project.workspace, project_id=project.id)
    if kept is not None and kept.until > who.today:
        go = elements.button(w("Go on now"), "pause.end", value=project.id)
        said = w.md("*Paused until {day}.* Nothing is sent before.", day=w.day(kept.until))
        return answer.page(w, w("Pause Cadrage"), [blocks.section(said, accessory=go)])
    until = add_working_days(who.today, USUAL, project.holidays)
    rows = [
        blocks.section(
            w(
                "Nothing is sent in this project until then. Forms stay open, and what is open closes later "
                "by as many working days."
            )
        ),
        blocks.field(
            w("Until when?"), elements.date("until", initial=until.isoformat()), block_id="until",
            hint=w(
                "The day on which everything goes on, by itself. A reason is neither asked nor published."
            ),
        ),
    ]  # fmt: skip
    return blocks.modal(
        w("Pause Cadrage"), rows, callback_id=CALLBACK, submit=w.p("button", "Pause"), close=w("Not now"),
        metadata=forms.packed(project=project.id),
    )  # fmt: skip


def _set(conn: Connection, *, parts: Parts, who: Asker, until: date) -> int | None:
    """The pause begins. Gives by how many working days what is open closes later; None: paused already."""
    project, now, today = who.here, parts.clock.now(), who.today
    here = {"workspace": project.workspace, "project_id": project.id}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    kept = rhythm.paused(conn, **here)
    if kept is not None and kept.until > today:
        return None
    rhythm.set_pause(conn, **here, since=today, until=until, by=who.actor.user, now=now)
    zone = cadence.zone(project.zone)
    at = datetime.combine(until, ENDS_AT, tzinfo=zone).astimezone(UTC)
    schedule.put(
        conn, workspace=project.workspace, id=f"{KIND}:{project.id}", kind=KIND, next_due=at, zone=zone.key,
        data={"project": project.id}, late_limit=NEVER_LATE,
    )  # fmt: skip
    before = timedelta(days=1)
    days = working_days_between(today - before, until - before, project.holidays)
    _closes_later(conn, project, days, now)
    halting.halt(conn, parts=parts, project=project, now=now)
    ref = {"until": until.isoformat()}
    announce.post(
        conn, project=project, what="pause_set", key=f"{project.id}:{now.isoformat()}", ref=ref, now=now
    )
    announce.homes(conn, project=project, users=project.cast.everybody(), now=now)
    return days


def _closes_later(conn: Connection, project: Project, days: int, now: datetime) -> None:
    """Open waves and dialogues keep as many working days as they had."""
    here = {"workspace": project.workspace, "project_id": project.id}
    for wave in waves.of_project(conn, **here):
        if wave.open:
            day = add_working_days(wave.closes_on, days, project.holidays)
            waves.postpone(conn, workspace=project.workspace, id=wave.id, closes_on=day)
            opening.plan_closing(conn, project=project, id=wave.id, closes_on=day)
    for run in dialogues.runs(conn, **here):
        if run.status == "open" and run.closes_on is not None:
            term.set_closing(
                conn,
                project=project,
                run_id=run.id,
                closes_on=add_working_days(run.closes_on, days, project.holidays),
            )


def set_line(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """In the channel: until when, and that forms stay open."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    until = forms.day(row.ref.get("until"))
    if project is None or until is None:
        return None
    w = words(project.language)
    said = w.md("Cadrage is paused until {day}. Forms stay open; nothing will be sent.", day=w.day(until))
    return message(blocks.section(said))


def over_line(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """In the channel: it goes on."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    w = words(project.language)
    return message(blocks.section(w("Cadrage goes on. What waited comes in the next days, not all at once.")))


ACTIONS: dict[str, Any] = {"pause.open": open_form, "pause.end": resumed}
VIEWS: dict[str, Any] = {CALLBACK: paused}
MESSAGES: dict[str, Any] = {"pause_set": set_line, "pause_over": over_line}
DUE_WITH_PARTS = {KIND: over}
