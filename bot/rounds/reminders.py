"""Reminders: before closing, "later", nudges. How a person puts them off stands in quiet.py.

One grouped private message a person and day at most, over all their projects, in their hours, on a day on
which nothing else asks them for something; what is done, closed, snoozed or stopped by then is not said.
Nobody else learns who was reminded.
"""

from datetime import date, datetime
from typing import Any

from bot import people
from bot.dialogue.later import reminders as later_days
from bot.hub import tasks
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rhythm import replying
from bot.rounds import budget, quiet, reminding, sending
from bot.rounds.cards import message
from bot.upkeep import rows as due_rows
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording, words
from flows import cadence
from flows.cadence import add_working_days, working_days_between
from flows.project import Person, Project
from storage import ask as asks
from storage import dialogue as dialogues
from storage import memo, schedule
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row
from storage.schedule import Due

NUDGED = "nudged:"  # memo of nobody: the day a dialogue was last nudged
NUDGE_EVERY = 5  # working days
SHOWN = 8  # open dialogues listed in one reminder
SHARED = 3  # of each project, where one reminder speaks of several
MOST = 8  # projects in one reminder, as many as a message holds; the rest stands in Home


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
    off, kept = project.holidays, memo.get(conn, workspace=project.workspace, name=f"{NUDGED}{run.id}")
    if kept and working_days_between(date.fromisoformat(kept), today, off) < NUDGE_EVERY:
        return add_working_days(date.fromisoformat(kept), NUDGE_EVERY, off)
    memo.put(conn, workspace=project.workspace, name=f"{NUDGED}{run.id}", value=today.isoformat())
    _tell_those_not_done(conn, project, run, now)
    return None


def put_off(
    conn: Connection, *, project: Project, run: dialogues.Run, user: str, today: date
) -> tuple[date, ...]:
    """ "Later" on an invitation: reminders after 2 and 5 working days, while closing leaves room."""
    days = later_days(today, run.closes_on, project.holidays)
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
    if (
        project is None
        or user not in project.cast.everybody()
        or quiet.silent(conn, project=project, user=user, now=parts.clock.now())
    ):
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if reminding.said_with_another(conn, row, person=person, project=project, now=parts.clock.now()):
        return None
    if later := budget.not_now(conn, row, parts=parts, person=person, project=project):
        return later
    if budget.too_late(conn, row, parts=parts, person=person, project=project):
        return None
    return _grouped(conn, parts, person, project)


def _grouped(conn: Connection, parts: Parts, person: Person, project: Project) -> Message | None:
    """What is open in this project, and in every other whose reminder has its turn by now."""
    now, w = parts.clock.now(), words(people.language(person, project))
    due = reminding.due_by_now(conn, person=person, project=project, now=now)
    rows = list[Json]()
    most = SHOWN if len(due) == 1 else SHARED
    for one in due[:MOST]:
        there = one.id == project.id or (
            person.user in one.cast.everybody()
            and not quiet.silent(conn, project=one, user=person.user, now=now)
        )
        waiting = _waiting(conn, parts, one, person.user) if there else []
        points = due_rows.reminded(conn, parts, w, project=one, user=person.user, now=now) if there else []
        day = sending.local_day(person, one, now)
        points += replying.reminded(conn, parts, w, project=one, user=person.user, today=day) if there else []
        if waiting or points:
            rows += [blocks.divider()] if rows else []
            rows += _said(w, one, waiting, points, most)
    if not rows:
        return None
    return message(*rows, blocks.context(w.md("Sent to you alone. Nobody sees who gets a reminder.")))


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


def _said(
    w: Wording, project: Project, waiting: list[tasks.Task], points: list[list[Json]], most: int
) -> list[Json]:
    head = w.plural_md(
        "*{n} thing is still open in {project}.*",
        "*{n} things are still open in {project}.*",
        len(waiting) + len(points),
        project=project.name,
    )
    rows = [blocks.section(head)]
    rows += [row for point in points[:most] for row in point]
    rows += [blocks.section(_open(w, task), accessory=_go(w, task)) for task in waiting[:most]]
    rows.append(
        blocks.actions(
            elements.button(w("Tomorrow"), "reminder.snooze:1", value=f"{project.id}:1"),
            elements.button(w("In 3 days"), "reminder.snooze:3", value=f"{project.id}:3"),
            elements.button(w("In a week"), "reminder.snooze:7", value=f"{project.id}:7"),
            elements.button(w("Stop reminding me"), "reminder.stop", value=project.id),
        )
    )
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


MESSAGES = {"reminder": render}
DUE = {"reminder": remind, "later": later}
