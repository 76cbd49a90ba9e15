# ruff: noqa: PLR0913 - a project, its plan, and what is sent of it
"""The plan of one project: its timetable as it stands, what guards know, and what a sending makes of it.

Proposes nothing and draws nothing; the decisions are flows/timetable.py's.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from bot.parts import Parts
from bot.rounds.pieces import Piece, Portion, asked, later_parts
from flows import timetable as tables
from flows.cadence import add_working_days, zone
from flows.plan import PlanFacts
from flows.playbook import Playbook
from flows.project import Project, Role
from flows.timetable import Change, Placed, Step, Timetable
from flows.words import Words
from storage import answer, memo, wave
from storage import plan as kept
from storage.database import Connection

#: Roles that must be named before anything is sent to anybody (2.1).
NEEDED: tuple[Role, ...] = ("sponsor", "lead", "arbiter")
#: What "Invite the team" opens, in the order people get it: sponsorship is of week 0.
FIRST = (Piece("D03"), Piece("D02"))
SETUP = "D01"  # opened by starting a project, and never sent
OPEN_FOR = 8  # working days a dialogue stays open unless the facilitator says otherwise
ROOM = 3  # working days left at least to answer questions that are sent later


def missing_names(project: Project) -> tuple[Role, ...]:
    """Roles without which nothing can be sent."""
    return tuple(role for role in NEEDED if project.cast.holder(role) is None)


def week(project: Project, today: date) -> int:
    """The week of the plan: 0 is the week that begins at the start date; never negative."""
    return max((today - (project.start or today)).days // 7, 0)


def table(conn: Connection, *, parts: Parts, project: Project, today: date) -> Timetable:
    """The project's plan on its days, as the facilitator and what was sent have made it."""
    here = {"workspace": project.workspace, "project_id": project.id}
    steps = kept.steps(conn, **here)
    waves = wave.of_project(conn, **here)
    changes = {
        key: Change(state=step.state, moved_to=step.moved_to, reason=step.reason or "")
        for key, step in steps.items()
    }
    every = tables.steps(parts.playbook.plan, sendable(parts.playbook))
    opened = {one.what for one in waves}
    for step in every:
        on = opens_on(conn, project, step.what) if step.wave and step.what not in opened else None
        if step.what == SETUP or (step.wave and step.what in opened):
            changes[step.key] = Change(state="sent")
        elif on is not None:
            changes[step.key] = Change(state="sent", moved_to=on)
    return tables.timetable(
        parts.playbook.plan,
        every,
        start=project.start or project.created_at.astimezone(zone(project.zone)).date(),
        changes=changes,
        facts=_facts(conn, project, steps, waves),
        today=today,
        aside={(one.guard, one.about) for one in kept.all_set_aside(conn, **here)},
    )


def sendable(playbook: Playbook) -> set[str]:
    """The dialogues and waves there is content for, as flows/timetable.py names them."""
    return {*playbook.flows, *(f"wave {id}" for id in playbook.waves)}


def _facts(
    conn: Connection, project: Project, steps: Mapping[str, kept.Step], waves: Collection[wave.Wave]
) -> PlanFacts:
    """What the guards of 2.1 read about a project. A workshop is held once somebody has said so."""
    here = {"workspace": project.workspace, "project_id": project.id}
    goals = answer.elsewhere(conn, **here, questions=("OBJ09",)).get("OBJ09")
    done = {key.rpartition(".")[2] for key, step in steps.items() if step.state == "sent"}
    closed = [one for one in waves if not one.open]
    return PlanFacts(
        cast=project.cast,
        goals=str(goals) if goals else None,
        waves_closed=frozenset(one.what for one in closed),
        waves_thin=frozenset(one.what for one in closed) - {o.what for o in closed if o.outcome == "kept"},
        workshops_held=frozenset(what for what in done if what.startswith("W")),
    )


def opens_on(conn: Connection, project: Project, what: str) -> date | None:
    """The day on which an anonymous wave that is ordered opens by itself; None when none is."""
    kept_day = memo.get(conn, workspace=project.workspace, name=wave_ordered(project, what))
    return date.fromisoformat(kept_day) if kept_day else None


def by_itself(step: Step, playbook: Playbook) -> bool:
    """Whether the calendar opens it on its day: an anonymous check-in (5.2)."""
    return step.wave and playbook.waves[step.what].checkin


def wave_ordered(project: Project, what: str) -> str:
    """The memo of the day on which a wave opens, until it does."""
    return f"wave_on:{project.id}:{what}"


def closing(table: Timetable, pieces: Sequence[Piece], playbook: Playbook, leaves: date) -> date:
    """The last day to answer that a sending on the day `leaves` proposes. A dialogue with a later
    part stays open until that has been answered too: it could not be sent once it is closed."""
    found = [add_working_days(leaves, OPEN_FOR)]
    for piece in pieces:
        later = later_parts(playbook.flows[piece.flow])
        days = [day for part in later if (day := part_day(table, Piece(piece.flow, part), playbook))]
        found += [add_working_days(day, ROOM) for day in days]
    return max(found)


def part_day(table: Timetable, piece: Piece, playbook: Playbook) -> date | None:
    """The day on which a later part of a dialogue is to be asked: that of its step, or its workshop."""
    placed = step_of(table, piece, playbook)
    workshop = (each for each in table.placed if each.step.what == piece.part and each.ahead)
    found = placed or next(workshop, None)
    return found.day if found else None


def step_of(table: Timetable, piece: Piece, playbook: Playbook) -> Placed | None:
    """The first step still to be done that sends this piece."""
    for each in table.placed:
        if each.ahead and each.step.lines and not each.step.wave and piece_of(each.step, playbook) == piece:
            return each
    return None


def piece_of(step: Step, playbook: Playbook) -> Piece:
    """What a step of the plan sends: its dialogue, or the later part its questions belong to."""
    flow = playbook.flows[step.what]
    of = {question.part for question in flow.questions if question.id in step.items}
    return Piece(step.what, next(iter(of)) or "" if len(of) == 1 else "")


def workshop_pieces(step: Step, playbook: Playbook) -> tuple[Piece, ...]:
    """The parts of dialogues that are filled in during a workshop."""
    return tuple(
        Piece(id, step.what)
        for id, flow in playbook.flows.items()
        if step.workshop is not None and step.what in later_parts(flow)
    )


def title_of(step: Step, playbook: Playbook) -> Words:
    """What people call it."""
    if step.workshop is not None:
        return step.workshop.title
    return playbook.waves[step.what].title if step.wave else playbook.flows[step.what].title


def covered(
    table: Timetable,
    piece: Piece,
    *,
    playbook: Playbook,
    project: Project,
    everybody: Mapping[str, Portion],
    reached: Collection[str],
) -> tuple[Step, ...]:
    """The steps still to be done whose people all have their questions once `reached` have got the
    piece. Of steps that ask the same again (a second vendor session) only the first is."""
    found: dict[frozenset[str], Step] = {}
    for each in table.placed:
        step = each.step
        if not each.ahead or not step.lines or step.wave or piece_of(step, playbook) != piece:
            continue
        people = {user for role in step.to for user in project.cast.people(role)}
        theirs = {user for user in people & everybody.keys() if step.items & asked(everybody[user])}
        if theirs and theirs <= {*reached}:
            found.setdefault(step.items, step)
    return tuple(found.values())


def note_sent(
    conn: Connection, *, project: Project, placed: Placed, run_id: str, by: str, now: datetime
) -> None:
    """This step is done. A day it was moved to stays, to be read."""
    kept.set_step(
        conn,
        workspace=project.workspace,
        project_id=project.id,
        line=placed.step.key,
        state="sent",
        moved_to=placed.day if placed.moved else None,
        sent_as=run_id,
        by=by,
        now=now,
    )
