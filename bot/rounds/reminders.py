"""Reminders: before closing, "later", nudges, and their snooze and stop.

One grouped private message a person and day at most, in their hours, on a day on which nothing else
asks them for something; what is done, closed, snoozed or stopped by then is not said. Nobody else
learns who was reminded.
"""

from datetime import date, datetime, timedelta
from typing import Any

from bot import answer, asker, people
from bot.dialogue.later import reminders as later_days
from bot.hub import tasks
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import budget, reminding, sending
from bot.rounds.cards import message
from bot.rounds.invitation import REFUSED
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording, words
from flows import cadence
from flows.cadence import add_working_days, working_days_between
from flows.project import Project
from storage import ask as asks
from storage import dialogue as dialogues
from storage import memo, schedule
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row
from storage.schedule import Due

QUIET = "quiet:"  # memo of a person and project: {"until": day} or {"stopped": true}
NUDGED = "nudged:"  # memo of nobody: the day a dialogue was last nudged
NUDGE_EVERY = 5  # working days
SNOOZES = {"1": 1, "2": 2, "3": 3, "7": 7}  # days; "2" stands on older messages
SHOWN = 8  # open dialogues listed in one reminder


def remind(conn: Connection, due: Due, now: datetime) -> None:
    """Two days before closing: everybody who is not done, each once."""
    found = _found(conn, due)
    if found is None:
        return
    project, run = found
    _tell_those_not_done(conn, project, run, now)


def later(conn: Connection, due: Due, now: datetime) -> None:
    """ "Remind me later", or the end of a snooze: one person."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    user = str(due.data.get("user", ""))
    if project is not None and user:
        reminding.queue(conn, project=project, user=user, at=now, now=now)


def nudge(
    conn: Connection, *, project: Project, run: dialogues.Run, today: date, now: datetime
) -> date | None:
    """Remind privately those who are not done. None: done; a day: not before then (once in 5
    working days)."""
    kept = memo.get(conn, workspace=project.workspace, name=f"{NUDGED}{run.id}")
    if kept and working_days_between(date.fromisoformat(kept), today) < NUDGE_EVERY:
        return add_working_days(date.fromisoformat(kept), NUDGE_EVERY)
    memo.put(conn, workspace=project.workspace, name=f"{NUDGED}{run.id}", value=today.isoformat())
    _tell_those_not_done(conn, project, run, now)
    return None


def put_off(
    conn: Connection, *, project: Project, run: dialogues.Run, user: str, today: date
) -> tuple[date, ...]:
    """ "Later" on an invitation: reminders after 2 and 5 working days, while closing leaves room."""
    days = later_days(today, run.closes_on)
    zone = cadence.zone(
        people.several(conn, workspace=project.workspace, users=(user,))[user].zone, default=project.zone
    )
    for n, day in enumerate(days):
        schedule.put(
            conn,
            workspace=project.workspace,
            id=f"later:{run.id}:{user}:{n}",
            kind="later",
            next_due=cadence.at(day, cadence.OPENS, zone),
            zone=project.zone,
            data={"project": project.id, "run": run.id, "user": user},
        )
    return days


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """What is still open for this person, as of now. Nothing when nothing is, or when it comes too
    late; not outside their hours, nor on a day on which something else asks for their answers."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None or user not in project.cast.everybody() or _silent(conn, project, user, parts):
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if later := budget.not_now(conn, row, parts=parts, person=person, project=project):
        return later
    if budget.too_late(conn, row, parts=parts, person=person, project=project):
        return None
    waiting = _waiting(conn, parts, project, user)
    w = words(people.language(person, project))
    return message(*_said(w, project, waiting[:SHOWN])) if waiting else None


async def snooze(request: Request, parts: Parts) -> Reply:
    """[Tomorrow], [In 3 days], [In a week]: nothing about this project until then, then one reminder."""
    project_id, _, days = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id)
    if isinstance(verdict := who.may("project.read"), Deny) or who.project is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")
    day = add_working_days(who.today + timedelta(days=SNOOZES.get(days, 1)), 0)
    await parts.db.run(_hush, project=who.project, user=request.user, until=day)
    return answer.tell(request, parts, who.w, who.w.md("No reminder before {day}.", day=who.w.day(day)))


async def stop(request: Request, parts: Parts) -> Reply:
    """[Stop reminding me]: never again for this project (acceptance 35)."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request))
    if isinstance(verdict := who.may("project.read"), Deny) or who.project is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")
    await parts.db.run(_hush, project=who.project, user=request.user, until=None)
    said = who.w.md(
        "No more reminders for *{project}*. What is open stays in Home. Settings bring reminders back.",
        project=who.project.name,
    )
    return answer.tell(request, parts, who.w, said)


def set_quiet(conn: Connection, *, project: Project, user: str, stopped: bool) -> None:
    """Reminders for this project off, or on again."""
    name = f"{QUIET}{project.id}"
    if stopped:
        memo.put(conn, workspace=project.workspace, user=user, name=name, value={"stopped": True})
    else:
        memo.forget(conn, workspace=project.workspace, user=user, name=name)


def stopped(conn: Connection, *, project: Project, user: str) -> bool:
    """Whether this person wants no reminders for this project."""
    kept = memo.get(conn, workspace=project.workspace, user=user, name=f"{QUIET}{project.id}")
    return bool(kept and kept.get("stopped"))


def _hush(conn: Connection, *, project: Project, user: str, until: date | None) -> None:
    """Quiet until a day, with a reminder then; or for ever."""
    if until is None:
        set_quiet(conn, project=project, user=user, stopped=True)
        schedule.cancel(conn, workspace=project.workspace, id_prefix=f"snooze:{project.id}:{user}")
        return
    memo.put(
        conn,
        workspace=project.workspace,
        user=user,
        name=f"{QUIET}{project.id}",
        value={"until": until.isoformat()},
    )
    zone = cadence.zone(
        people.several(conn, workspace=project.workspace, users=(user,))[user].zone, default=project.zone
    )
    schedule.put(
        conn,
        workspace=project.workspace,
        id=f"snooze:{project.id}:{user}",
        kind="later",
        next_due=cadence.at(until, cadence.OPENS, zone),
        zone=project.zone,
        data={"project": project.id, "user": user},
    )


def _silent(conn: Connection, project: Project, user: str, parts: Parts) -> bool:
    """Refused, stopped, or snoozed until a later day where the person is: asked again at send time."""
    if memo.get(conn, workspace=project.workspace, user=user, name=f"{REFUSED}{project.id}"):
        return True
    kept = memo.get(conn, workspace=project.workspace, user=user, name=f"{QUIET}{project.id}") or {}
    until = kept.get("until")
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    today = sending.local_day(person, project, parts.clock.now())
    return bool(kept.get("stopped") or (until and date.fromisoformat(until) > today))


def _found(conn: Connection, due: Due) -> tuple[Project, dialogues.Run] | None:
    """The project and the open run an occurrence is about."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    run = dialogues.run(conn, workspace=due.workspace, id=str(due.data.get("run", "")))
    return (project, run) if project and run and run.status == "open" else None


def _tell_those_not_done(conn: Connection, project: Project, run: dialogues.Run, now: datetime) -> None:
    for part in dialogues.participations(conn, workspace=project.workspace, dialogue_id=run.id):
        if part.invited_at is not None and part.done_at is None:
            reminding.queue(conn, project=project, user=part.user, at=now, now=now)


def _waiting(conn: Connection, parts: Parts, project: Project, user: str) -> list[tasks.Task]:
    """What is open for this person: nothing that is left by its exits or only lacks "I'm done", and
    nothing whose invitation has not reached them."""
    known = asks.of(conn, workspace=project.workspace, user=user, now=parts.clock.now())
    to_come = {each.about for each in known if each.left_at is None and each.key.startswith("invitation:")}
    mine = tasks.tasks(conn, parts=parts, project=project, user=user)
    return [task for task in mine if task.open and task.done < task.total and task.run.id not in to_come]


def _said(w: Wording, project: Project, waiting: list[tasks.Task]) -> list[Json]:
    head = w.plural_md(
        "*{n} thing is still open in {project}.*",
        "*{n} things are still open in {project}.*",
        len(waiting),
        project=project.name,
    )
    rows = [blocks.section(head)]
    rows += [blocks.section(_open(w, task), accessory=_go(w, task)) for task in waiting]
    rows.append(
        blocks.actions(
            elements.button(w("Tomorrow"), "reminder.snooze:1", value=f"{project.id}:1"),
            elements.button(w("In 3 days"), "reminder.snooze:3", value=f"{project.id}:3"),
            elements.button(w("In a week"), "reminder.snooze:7", value=f"{project.id}:7"),
            elements.button(w("Stop reminding me"), "reminder.stop", value=project.id),
        )
    )
    rows.append(blocks.context(w.md("Sent to you alone. Nobody sees who gets a reminder.")))
    return rows


def _open(w: Wording, task: tasks.Task) -> Mrkdwn:
    parts: list[Any] = [w.md("Still open: *{title}*", title=task.flow.title)]
    if task.minutes:
        parts.append(w.plural("about {n} minute", "about {n} minutes", task.minutes))
    if task.run.closes_on:
        parts.append(w("closes on {day}", day=w.day(task.run.closes_on)))
    return Mrkdwn(" · ").join(parts)


def _go(w: Wording, task: tasks.Task) -> Json:
    words_ = w("Continue") if task.state == "started" else w("Start")
    label = w("{what}: {question}", what=words_, question=w.of(task.flow.title))
    return elements.button(words_, f"dialogue.open:{task.run.id}", value=task.run.id, label=label)


ACTIONS: dict[str, Any] = {"reminder.snooze": snooze, "reminder.stop": stop}
MESSAGES = {"reminder": render}
DUE = {"reminder": remind, "later": later}
