# ruff: noqa: PLR0913, PLR0917 - what, about which workshop, to whom, when: every message says all of it
"""Queues what people should see of a workshop, and plans its moments. In the transaction of the change;
renders nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.rounds import announce
from flows.cadence import at, zone
from flows.meeting import working_day_before
from flows.project import Project
from flows.signoff import ahead
from flows.workshop.hours import Calendar
from flows.workshop.model import Deed, Workshop
from storage import outbox, schedule
from storage import workshop as workshops
from storage.database import Connection

#: Of what is due.
SOON, COUNT, ENDING = "workshop_soon", "workshop_count", "workshop_ending"
CORRECTED = "workshop_corrected"
#: The note goes round before the workshop that reviews it: bot/signoff/ahead.py.
NOTE = "note_round"
BEFORE = timedelta(minutes=10)
#: Working hours before a step of the channel ends at which those who have not answered hear of it again.
ENDS_IN = timedelta(hours=4)
#: Minutes left at which a live card is drawn again: often enough to see, rarely enough not to flood.
MARKS = (20, 15, 10, 5, 3, 2, 1, 0)


def visit(trail: Sequence[Deed], step: int) -> int:
    """How many times a step has been begun: each time has a card of its own."""
    return sum(deed.what == "step" and deed.step == step for deed in trail)


def redrawn(conn: Connection, *, project: Project, now: datetime) -> None:
    """Something that cards of workshops under way show has changed elsewhere."""
    for one in workshops.running(conn, workspace=project.workspace, project_id=project.id):
        shown(conn, project=project, workshop=one, now=now)


def shown(
    conn: Connection, *, project: Project, workshop: Workshop, now: datetime, before: Workshop | None = None
) -> None:
    """Its card, that of the step of now, that of the step it has left, and those that were empty on the way;
    one drawing for many changes."""
    steps = [(one.step, visit(one.trail, one.step)) for one in ((before or workshop), workshop) if one.step]
    since = workshop.trail[len(before.trail) :] if before is not None else ()
    steps[1:1] = [(deed.step, visit(workshop.trail, deed.step)) for deed in since if deed.what == "step"]
    for number, times in dict.fromkeys(steps):
        _card(
            conn,
            project,
            workshop,
            "workshop_step",
            f"{workshop.id}:{number}:{times}",
            now,
            step=number,
            visit=times,
        )
    if before is None or _head(before) != _head(workshop):
        _card(conn, project, workshop, "workshop", workshop.id, now)


def _head(workshop: Workshop) -> tuple[object, ...]:
    """What the workshop's own card shows."""
    seats = tuple((one.seat, one.user) for one in workshop.people)
    voted = (workshop.voting, workshop.answers) if workshop.mode == "async" else ()
    return workshop.state, workshop.mode, workshop.facilitator, workshop.planned_for, seats, voted


def _card(
    conn: Connection,
    project: Project,
    workshop: Workshop,
    what: str,
    object_id: str,
    now: datetime,
    **more: int,
) -> None:
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"{what}:{object_id}",
        lane=f"workshop:{workshop.id}"[:64],
        op="card",
        ref={
            "what": what, "project": project.id, "channel": workshop.channel, "workshop": workshop.id,
            "object": object_id, **more,
        },
        now=now,
        coalesce=True,
    )  # fmt: skip


def told(
    conn: Connection, *, project: Project, workshop: Workshop, what: str, key: str, now: datetime, **ref: str
) -> None:
    """A line of its own in the channel."""
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"workshop_line:{workshop.id}:{key}",
        lane=f"workshop:{workshop.id}"[:64],
        op="post",
        ref={
            "what": "workshop_line", "project": project.id, "channel": workshop.channel,
            "workshop": workshop.id, "said": what, **ref,
        },
        now=now,
    )  # fmt: skip


def invited(conn: Connection, *, project: Project, workshop: Workshop, user: str, now: datetime) -> None:
    """The private card that invites somebody; drawn again when they reply, or when it moves or ends."""
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"workshop_invitation:{workshop.id}:{user}",
        lane=f"ws:{workshop.id}:{user}"[:64],
        op="card",
        ref={
            "what": "workshop_invitation", "project": project.id, "user": user, "workshop": workshop.id,
            "object": workshop.id,
        },
        now=now,
        coalesce=True,
    )  # fmt: skip


def calendar_file(
    conn: Connection, *, project: Project, workshop: Workshop, user: str, now: datetime
) -> None:
    """The same as a file for their calendar, once for each moment it is planned for."""
    if workshop.planned_for is None:
        return
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"workshop_file:{workshop.id}:{user}:{workshop.planned_for:%Y%m%d%H%M}",
        lane=f"wf:{workshop.id}:{user}"[:64],
        op="file",
        ref={"what": "workshop_file", "project": project.id, "user": user, "workshop": workshop.id},
        now=now,
    )


def planned(conn: Connection, *, project: Project, workshop: Workshop) -> None:
    """The reminders before it begins: a working day, and ten minutes. Before W10 the note goes round."""
    forgotten(conn, workshop=workshop)
    if workshop.planned_for is None:
        return
    here = zone(project.zone)
    local = workshop.planned_for.astimezone(here)
    before = at(working_day_before(local.date()), local.time(), here)
    _put(conn, project, workshop, SOON, "day", before, late=timedelta(hours=12))
    _put(conn, project, workshop, SOON, "minutes", workshop.planned_for - BEFORE, late=BEFORE)
    if workshop.script == ahead.SCRIPT:
        leaves = ahead.leaves(workshop.planned_for, workshop.mode, project.zone, project.holidays)
        _put(conn, project, workshop, NOTE, "note", leaves, late=timedelta(days=30))


def counted(conn: Connection, *, project: Project, workshop: Workshop, now: datetime) -> None:
    """Live, the next moment at which the minutes left are shown anew."""
    due = workshop.due if workshop.mode == "live" and workshop.state == "open" else None
    ahead = [moment for n in MARKS if due is not None and (moment := due - timedelta(minutes=n)) > now]
    if ahead:
        _put(conn, project, workshop, COUNT, "count", min(ahead), late=timedelta(minutes=5))
    else:
        schedule.cancel(conn, workspace=workshop.workspace, id_prefix=f"{COUNT}:{workshop.id}:")


def forgotten(conn: Connection, *, workshop: Workshop) -> None:
    """Nobody is reminded of it any more, and nothing goes round for it."""
    for kind in (SOON, NOTE):
        schedule.cancel(conn, workspace=workshop.workspace, id_prefix=f"{kind}:{workshop.id}:")


def picture(conn: Connection, *, project: Project, workshop: Workshop, ballot: int, now: datetime) -> None:
    """The picture of a revealed grid, in the channel."""
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"workshop_picture:{workshop.id}:{ballot}",
        lane=f"workshop:{workshop.id}"[:64],
        op="file",
        ref={
            "what": "workshop_picture", "project": project.id, "channel": workshop.channel,
            "workshop": workshop.id, "ballot": ballot,
        },
        now=now,
    )  # fmt: skip


def wanted(
    conn: Connection, *, project: Project, workshop: Workshop, user: str, now: datetime, again: bool = False
) -> None:
    """In the channel, step by step: a step waits for this person's answer; once a step or vote, and `again`
    before it ends."""
    announce.private(
        conn, workspace=project.workspace, user=user, what="workshop_wanted",
        key=f"{workshop.id}:{workshop.move}{':again' if again else ''}", now=now, at=now,
        ref={"project": project.id, "workshop": workshop.id, "move": workshop.move, "again": again},
    )  # fmt: skip


def first_said(conn: Connection, *, workshop: Workshop, user: str) -> bool:
    """Whether the first of the two has reached this person."""
    key = f"workshop_wanted:{workshop.id}:{workshop.move}:{user}"
    said = outbox.said(conn, workspace=workshop.workspace, key=key)
    return said is not None and said.at is not None


def ending(
    conn: Connection, *, project: Project, workshop: Workshop, calendar: Calendar, now: datetime
) -> None:
    """The moment before the end of a step of the channel at which it is said again (journeys 6, row 10). A
    step so short that it has only just been said has none."""
    open_ = workshop.mode == "async" and workshop.state == "open" and workshop.phase == "open"
    at_ = calendar.before(workshop.due, ENDS_IN) if open_ and workshop.due is not None else now
    if at_ > now:
        _put(conn, project, workshop, ENDING, str(workshop.move), at_, late=ENDS_IN)
    else:
        schedule.cancel(conn, workspace=workshop.workspace, id_prefix=f"{ENDING}:{workshop.id}:")


def homes(conn: Connection, *, project: Project, workshop: Workshop, now: datetime) -> None:
    """The Homes of those invited."""
    announce.homes(conn, project=project, users=[one.user for one in workshop.people], now=now)


def correctable(conn: Connection, *, project: Project, workshop: Workshop, until: datetime) -> None:
    """The moment at which corrections close, and its card says so."""
    _put(conn, project, workshop, CORRECTED, "closed", until, late=timedelta(days=30))


def _put(
    conn: Connection, project: Project, workshop: Workshop, kind: str, name: str, due: datetime, *,
    late: timedelta,
) -> None:  # fmt: skip
    schedule.put(
        conn,
        workspace=workshop.workspace,
        id=f"{kind}:{workshop.id}:{name}",
        kind=kind,
        next_due=due,
        zone=project.zone,
        data={"workshop": workshop.id, "name": name},
        late_limit=late,
    )
