"""Quiet: a person puts reminders of one project off, or stops them. Seen and done by nobody else."""

from datetime import date, datetime, timedelta
from typing import Any

from bot import answer, asker, people
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Reply, Request
from bot.rounds import sending
from bot.rounds.invitation import REFUSED
from flows import cadence
from flows.cadence import add_working_days
from flows.project import Project
from storage import memo, schedule
from storage.database import Connection

QUIET = "quiet:"  # memo of a person and project: {"until": day} or {"stopped": true}
SNOOZES = {"1": 1, "2": 2, "3": 3, "7": 7}  # days; "2" stands on older messages


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


def silent(conn: Connection, *, project: Project, user: str, now: datetime) -> bool:
    """Refused, stopped, or snoozed until a later day where the person is: asked again at send time."""
    if memo.get(conn, workspace=project.workspace, user=user, name=f"{REFUSED}{project.id}"):
        return True
    kept = memo.get(conn, workspace=project.workspace, user=user, name=f"{QUIET}{project.id}") or {}
    until = kept.get("until")
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    today = sending.local_day(person, project, now)
    return bool(kept.get("stopped") or (until and date.fromisoformat(until) > today))


ACTIONS: dict[str, Any] = {"reminder.snooze": snooze, "reminder.stop": stop}
