# ruff: noqa: PLR0913, PLR0917 - what, about which, to whom, when: every message says all of it
"""Queues what people should see once a colleague was asked, or an outcome is known. Renders nothing.

In the transaction of the change, like everything queued.
"""

from datetime import date, datetime, timedelta
from typing import Any

from bot.parts import Parts
from bot.rounds import announce, budget, sending
from flows import cadence
from flows.dialogue.delegation import Delegation
from flows.fatigue import WORKSHOP_SOON
from flows.project import Person, Project
from storage import ask as asks
from storage import outbox, schedule
from storage import person as kept
from storage.ask import Ask
from storage.database import Connection

REMIND, OVER = "delegation_remind", "delegation_over"
REMINDER = "delegation_reminder"  # the message, where REMIND is what is due
LATER = 2  # working days: what "Later" means (section 6)
LONG_AFTER = timedelta(days=3650)  # a date that has passed has passed, even if the bot was off


def card(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> None:
    """The colleague's card is posted in their hours, or drawn again."""
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=message(asked),
        lane=f"ask:{asked.id}",
        op="card",
        ref=_ref(project, asked, "delegation") | {"object": asked.id},
        now=now,
        coalesce=True,
    )


def budgeted(
    conn: Connection, *, project: Project, asked: Delegation, person: Person, length: int, now: datetime
) -> None:
    """It takes up the colleague's time like every message that asks for answers (2.1): `length` minutes of
    their week, and their message of the day. What one person waits for goes before questionnaires
    (journeys 6), as what a workshop needs does."""
    today = budget.first_day(person, project, now)
    budget.put(
        conn,
        project=project,
        ask=Ask(
            key=message(asked),
            user=asked.to_user,
            project_id=project.id,
            about=asked.dialogue_id,
            kind="dialogue",
            earliest=today,
            minutes=length,
            sponsor=project.cast.holder("sponsor") == asked.to_user,
            needed_by=min(asked.until or today, today + WORKSHOP_SOON),
            since=now,
        ),
    )


def leaves(
    conn: Connection, *, parts: Parts, project: Project, person: Person, id: str, now: datetime
) -> date | None:
    """The day on which the message of this delegation leaves, where the colleague is; None when that is the
    first on which they may be written to at all."""
    moments = budget.leaving(conn, parts=parts, person=person, project=project, now=now)
    day = sending.local_day(person, project, moments.get(f"delegation:{id}", now))
    return day if day > budget.first_day(person, project, now) else None


def message(asked: Delegation) -> str:
    """The key of the message the colleague gets."""
    return f"delegation:{asked.id}"


def told(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> None:
    """The card of the colleague and the Homes of both."""
    card(conn, project=project, asked=asked, now=now)
    for user in (asked.from_user, asked.to_user):
        announce.home(conn, workspace=project.workspace, user=user, now=now)


def planned(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> None:
    """One reminder, the working day before the last; and the end, the morning after it."""
    if asked.until is None:
        return
    today = now.astimezone(cadence.zone(project.zone)).date()
    eve = asked.until - timedelta(days=1)
    while not cadence.is_working_day(eve):
        eve -= timedelta(days=1)
    if eve > today:
        remind(conn, project=project, asked=asked, at=_morning(conn, project, asked, eve))
    end = cadence.at(asked.until + timedelta(days=1), cadence.OPENS, cadence.zone(project.zone))
    _put(conn, project, asked, OVER, end, late_limit=LONG_AFTER)


def later(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> datetime | None:
    """ "Later": the one reminder comes in 2 working days, where the date leaves room. When, if so."""
    day = cadence.add_working_days(now.astimezone(cadence.zone(project.zone)).date(), LATER)
    if asked.until is not None and day > asked.until:
        return None
    at = _morning(conn, project, asked, day)
    remind(conn, project=project, asked=asked, at=at)
    return at


def remind(conn: Connection, *, project: Project, asked: Delegation, at: datetime) -> None:
    """The one reminder, planned anew."""
    _put(conn, project, asked, REMIND, at, late_limit=timedelta(hours=4))


def unplanned(conn: Connection, *, workspace: str, asked: Delegation) -> None:
    """Nothing is due any more, and what has not left takes up nobody's time."""
    schedule.cancel(conn, workspace=workspace, id_prefix=f"ask:{asked.id}:")
    for key in (message(asked), _reminder(asked)):
        asks.forget(conn, workspace=workspace, key=key)


def silenced(conn: Connection, *, workspace: str, asked: Delegation) -> None:
    """No reminder for this one."""
    schedule.cancel(conn, workspace=workspace, id_prefix=f"ask:{asked.id}:{REMIND}")


def reminder(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> None:
    """The reminder itself, on a day of its own (2.1)."""
    person = kept.get(conn, workspace=project.workspace, user=asked.to_user)
    if person is None:
        return
    day = budget.first_day(person, project, now)
    ask = Ask(
        key=_reminder(asked),
        user=asked.to_user,
        project_id=project.id,
        kind="reminder",
        earliest=day,
        since=now,
    )
    budget.put(conn, project=project, ask=ask)
    _private(conn, project, asked, REMINDER, asked.to_user, now)


def gone_back(conn: Connection, *, project: Project, asked: Delegation, now: datetime) -> None:
    """A word to the one who asked, for whom nothing else is left to answer."""
    _private(conn, project, asked, "delegation_back", asked.from_user, now)


def _private(
    conn: Connection, project: Project, asked: Delegation, what: str, user: str, now: datetime
) -> None:
    ref = {**_ref(project, asked, what), "user": user, "asks": what == REMINDER}
    announce.private(
        conn, workspace=project.workspace, user=user, what=what, key=asked.id, ref=ref, now=now, at=now
    )


def _ref(project: Project, asked: Delegation, what: str) -> dict[str, Any]:
    of = {"project": project.id, "user": asked.to_user, "delegation": asked.id}
    return {"what": what, **of, "asks": True}  # it takes up their time: see bot/rounds/budget.py


def _reminder(asked: Delegation) -> str:
    return f"{REMINDER}:{asked.id}:{asked.to_user}"


def _morning(conn: Connection, project: Project, asked: Delegation, day: date) -> datetime:
    person = kept.get(conn, workspace=project.workspace, user=asked.to_user)
    return cadence.at(day, cadence.OPENS, cadence.zone(person.zone if person else "", default=project.zone))


def _put(
    conn: Connection, project: Project, asked: Delegation, kind: str, at: datetime, *, late_limit: timedelta
) -> None:
    schedule.put(
        conn,
        workspace=project.workspace,
        id=f"ask:{asked.id}:{kind}",
        kind=kind,
        next_due=at,
        zone=project.zone,
        data={"project": project.id, "delegation": asked.id, "user": asked.to_user},
        late_limit=late_limit,
    )
