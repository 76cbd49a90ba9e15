# ruff: noqa: PLR0913, PLR0917 - what happens in which workshop, by whom, when: every deed says all of it
"""One thing that happens in a workshop, in one transaction: taken by storage/workshop.py, then everything
that follows from it: ballots gathered, cards drawn, people told. Decides nothing (flows/workshop does)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.parts import Parts
from bot.rounds import plan
from bot.waves import opening
from bot.waves.scene import sealer, shuffle
from bot.workshops import gathering, queueing, seats
from bot.workshops.outcomes import carrying
from bot.workshops.scene import calendar
from flows import cadence
from flows.project import Project
from flows.workshop.correcting import until
from flows.workshop.effects import OpenBox, Plan, Reveal, Tell, WantBallot
from flows.workshop.events import BallotOpened, Event, Opened
from flows.workshop.model import Workshop
from flows.workshop.script import Script
from flows.workshop.turn import Turn
from storage import plan as kept
from storage import project as projects
from storage import schedule
from storage import wave as waves
from storage import workshop as workshops
from storage.database import Connection
from storage.workshop import Setting

#: What everybody is told in a line of its own; the rest shows on the cards.
SAID = ("handed_over", "vacant", "paused", "resumed", "mode", "reopened", "many", "cancelled", "stopped")
#: What the line about the pause of the whole project has said already, where nobody did it.
OF_PROJECT = ("paused", "resumed")
#: Steps of the channel that wait for an answer of each person.
COLLECTS = ("write", "rows", "round", "cards", "read", "close")
Make = Callable[[Workshop], Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it: the turn, and how the workshop stood before."""

    before: Workshop
    turn: Turn
    project: Project
    script: Script

    @property
    def workshop(self) -> Workshop:
        """As it stands now."""
        return self.turn.workshop

    @property
    def taken(self) -> bool:
        """Whether it has happened."""
        return not self.turn.refusal and not self.turn.problems


def happen(
    conn: Connection, *, parts: Parts, workspace: str, id: str, make: Make, now: datetime
) -> Done | None:
    """Takes one event and all that follows. `make` is given the workshop as it stands, held until the
    end of the transaction. None: there is no such workshop."""
    project_id = workshops.project_of(conn, workspace=workspace, id=id)
    if project_id is None or not projects.lock(conn, workspace=workspace, id=project_id):
        return None
    before = workshops.hold(conn, workspace=workspace, id=id)
    project = projects.get(conn, workspace=workspace, id=project_id)
    script = parts.playbook.workshops.get(before.script) if before else None
    if before is None or project is None or script is None:
        return None
    event = make(before)
    if isinstance(event, Opened) and _another(conn, before):
        return Done(
            before=before, turn=Turn(workshop=before, refusal="running"), project=project, script=script
        )
    seated = _seated(conn, parts, project, script, before, event)
    turn = _taken(conn, parts, project, script, seated, event)
    done = Done(before=before, turn=turn, project=project, script=script)
    if done.taken:
        _shown(conn, parts, done, now)
    return done


def _another(conn: Connection, workshop: Workshop) -> bool:
    """Two at once would talk over one another in the channel."""
    here = {"workspace": workshop.workspace, "project_id": workshop.project_id}
    return any(one.id != workshop.id for one in workshops.running(conn, **here))


def _seated(
    conn: Connection, parts: Parts, project: Project, script: Script, workshop: Workshop, event: Event
) -> Workshop:  # fmt: skip
    """The same with the arbiter's place held by whoever holds it today; whoever is new in it is invited."""
    if not seats.looked_at(workshop, event):
        return workshop
    found = seats.today(conn, project=project, script=script, workshop=workshop, now=event.at)
    if found is None:
        return workshop
    turn = workshops.take(
        conn, workspace=workshop.workspace, id=workshop.id, event=found,
        setting=setting(conn, parts, project, script), held=workshop,
    )  # fmt: skip
    if turn is None or turn.refusal:
        return workshop
    for one in turn.workshop.people:
        if workshop.person(one.user) is None and one.user != workshop.facilitator:
            queueing.invited(conn, project=project, workshop=turn.workshop, user=one.user, now=event.at)
    return turn.workshop


def setting(conn: Connection, parts: Parts, project: Project, script: Script) -> Setting:
    """What a turn needs beside its event."""
    return Setting(script=script, calendar=calendar(project), sealer=sealer(parts), shuffle=shuffle)


def _taken(
    conn: Connection, parts: Parts, project: Project, script: Script, workshop: Workshop, event: Event
) -> Turn:  # fmt: skip
    """The event, and where it asks for a ballot, the ballot too: one turn for whoever looks."""
    with_ = setting(conn, parts, project, script)
    here = {"workspace": workshop.workspace, "id": workshop.id}
    turn = workshops.take(conn, **here, event=event, setting=with_, held=workshop)
    if turn is None:
        return Turn(workshop=workshop, refusal="nothing")
    effects = list(turn.effects)
    _carried(conn, parts, project, turn, event)  # what is voted on next reads what has come of it
    while (wanted := next((one for one in turn.effects if isinstance(one, WantBallot)), None)) is not None:
        found, left_out = gathering.items(conn, parts, workshop=turn.workshop, project=project, script=script)
        opened = BallotOpened(by="", at=event.at, items=found, left_out=left_out, seen=wanted.move)
        more = workshops.take(conn, **here, event=opened, setting=with_, held=turn.workshop)
        if more is None or more.refusal:
            break
        turn, effects = more, [*effects, *more.effects]
        _carried(conn, parts, project, turn, event)
    return Turn(workshop=turn.workshop, effects=tuple(effects), refusal=turn.refusal, problems=turn.problems)


def _carried(conn: Connection, parts: Parts, project: Project, turn: Turn, event: Event) -> None:
    carrying.after(
        conn, parts=parts, project=project, workshop=turn.workshop, effects=turn.effects, now=event.at
    )


def _shown(conn: Connection, parts: Parts, done: Done, now: datetime) -> None:
    """Everything people should see of it."""
    project, workshop, before = done.project, done.workshop, done.before
    if workshop.running or before.running or before.state == "planned":
        queueing.shown(conn, project=project, workshop=workshop, before=before, now=now)
    if any(isinstance(one, OpenBox) for one in done.turn.effects):
        _boxed(conn, project, workshop)
    for effect in done.turn.effects:
        if isinstance(effect, Reveal) and effect.result.kind == "grid" and effect.result.n:
            queueing.picture(conn, project=project, workshop=workshop, ballot=effect.result.number, now=now)
    _wanted(conn, done, now)
    if any(isinstance(one, Plan) for one in done.turn.effects):
        hours = calendar(project)
        queueing.counted(conn, project=project, workshop=workshop, now=now)
        queueing.ending(conn, project=project, workshop=workshop, calendar=hours, now=now)
    for n, tell in enumerate(one for one in done.turn.effects if isinstance(one, Tell)):
        by_itself = tell.what in OF_PROJECT and not tell.by
        if tell.what in SAID and not by_itself and before.state != "planned":
            queueing.told(
                conn, project=project, workshop=workshop, what=tell.what, by=tell.by, to=tell.to, now=now,
                key=f"{workshop.version}:{n}", step=str(tell.step),
            )  # fmt: skip
    closes = until(workshop, calendar(project)) if workshop.state == "ended" and before.running else None
    if closes is not None:
        queueing.correctable(conn, project=project, workshop=workshop, until=closes)
    if workshop.state == "ended" and before.running and workshop.step == len(done.script.steps):
        _held(conn, parts, done, now)
    if workshop.state != before.state:
        if workshop.state != "planned":
            queueing.forgotten(conn, workshop=workshop)
        for one in workshop.people:
            queueing.invited(conn, project=project, workshop=workshop, user=one.user, now=now)
        queueing.homes(conn, project=project, workshop=workshop, now=now)


def waits(script: Script, workshop: Workshop) -> bool:
    """Whether a step or vote of the channel is open that waits for an answer of each person."""
    if workshop.mode != "async" or workshop.state != "open" or workshop.phase != "open":
        return False
    step = script.step(workshop.step)
    return workshop.voting or step.method in COLLECTS or step.sealed


def _boxed(conn: Connection, project: Project, workshop: Workshop) -> None:
    """The score at the end closes by the clock, after one working day (4.1)."""
    for one in waves.of_project(conn, workspace=project.workspace, project_id=project.id):
        if one.open and one.what == f"worth#{workshop.number}":
            opening.plan_closing(conn, project=project, id=one.id, closes_on=one.closes_on)
            # one question of a few seconds: nobody is reminded of it
            schedule.cancel(conn, workspace=project.workspace, id_prefix=f"wave_remind:{one.id}")


def _held(conn: Connection, parts: Parts, done: Done, now: datetime) -> None:
    """The plan says that it was held: what waited for it may leave."""
    project = done.project
    today = now.astimezone(cadence.zone(project.zone)).date()
    table = plan.table(conn, parts=parts, project=project, today=today)
    placed = next((one for one in table.placed if one.ahead and one.step.what == done.script.id), None)
    if placed is not None:
        kept.set_step(
            conn, workspace=project.workspace, project_id=project.id, line=placed.step.key, state="sent",
            moved_to=placed.day if placed.moved else None, by=done.workshop.facilitator, now=now,
        )  # fmt: skip


def _wanted(conn: Connection, done: Done, now: datetime) -> None:
    """In the channel a step or vote that waits for everybody says so privately, once (journeys 6, row 10). Of
    a sealed step everybody is told alike: nothing knows who has written."""
    workshop = done.workshop
    begun = any(isinstance(one, Tell) and one.what in ("step", "voting", "mode") for one in done.turn.effects)
    if begun and waits(done.script, workshop):
        for one in workshop.voters:
            queueing.wanted(conn, project=done.project, workshop=workshop, user=one.user, now=now)
