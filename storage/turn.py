"""Carry out what a turn asks for: answers, records, roles, facts, participation. Decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, update

from flows.dialogue.effects import (
    Amend,
    Assign,
    Complete,
    Effect,
    Keep,
    OpenUnknown,
    Record,
    RemindLater,
    Reopen,
    SetProject,
    SettleUnknown,
    Team,
)
from flows.dialogue.model import Case, Dialogue, Flow
from flows.dialogue.turn import Turn
from flows.project import Cast
from flows.register.model import Kept
from storage import amending, answer, casting, project, recording, register
from storage.casting import Change
from storage.recording import Changes, Task
from storage.statement import Both
from storage.tables import participation


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What changed in the database. Empty when the turn was not accepted, or was saved before."""

    created: tuple[Kept, ...] = ()
    changed: tuple[Kept, ...] = ()
    withdrawn: tuple[Kept, ...] = ()
    completed: tuple[str, ...] = ()  # people who are done
    reopened: tuple[str, ...] = ()  # people who are not done any more
    later: tuple[str, ...] = ()  # people who asked to be reminded
    joined: tuple[str, ...] = ()  # people who had no part in the project before
    left: tuple[str, ...] = ()  # people who have none any more
    facts: tuple[str, ...] = ()  # fields of the project that were set
    #: The records the flow reads, as the turn left them; None: it changed none, the sheet is right.
    register: Mapping[str, tuple[Case, ...]] | None = None


_STARTED = Both(
    lambda insert: (new := insert(participation)).on_conflict_do_update(
        index_elements=["workspace", "dialogue_id", "user"],
        set_={"started_at": new.excluded.started_at},
        where=participation.c.started_at.is_(None),
    )
)
_PART = (
    participation.c.workspace == bindparam("w"),
    participation.c.dialogue_id == bindparam("d"),
    participation.c.user == bindparam("u"),
)
_DONE = update(participation).where(*_PART).values(done_at=bindparam("at"))
_LATER = update(participation).where(*_PART).values(later_at=bindparam("at"))


def save(
    conn: Connection, *, workspace: str, project_id: str, flow: Flow, turn: Turn, now: datetime
) -> Saved:
    """Carry out the effects of a turn in this transaction. Saving it twice changes nothing more.
    A turn that was not accepted only leaves the losing text of its conflicts in the history.
    Raises answer.Overtaken when the sheet was loaded without a lock and has changed."""
    dialogue = turn.dialogue
    if turn.conflicts:
        answer.refuse(
            conn,
            workspace=workspace,
            dialogue=dialogue,
            flow=flow,
            conflicts=turn.conflicts,
            by=dialogue.writer,
            now=now,
        )
    if not turn.accepted or not turn.effects:
        return Saved()
    keeps = [effect for effect in turn.effects if isinstance(effect, Keep)]
    if keeps:
        answer.keep(conn, workspace=workspace, dialogue=dialogue, flow=flow, keeps=keeps)
        _started(conn, workspace, dialogue, keeps, now)
    before = _cast(conn, workspace, project_id, turn.effects)
    task = Task(
        conn=conn,
        workspace=workspace,
        project_id=project_id,
        dialogue_id=dialogue.id,
        now=now,
        by=dialogue.writer,
        known=recording.known(conn, workspace=workspace, dialogue_id=dialogue.id, effects=turn.effects),
    )
    for effect in turn.effects:
        _carry_out(task, effect)
    after = _cast(conn, workspace, project_id, turn.effects)
    saved = _saved(turn, task.changes, set(before.everybody()), set(after.everybody()))
    return replace(saved, register=_register(task, flow)) if flow.registers else saved


def _register(task: Task, flow: Flow) -> Mapping[str, tuple[Case, ...]] | None:
    """A person who has just added a need is asked about it on the next screen."""
    changes = task.changes
    touched = {record.kind for record in (*changes.created, *changes.changed, *changes.withdrawn)}
    if not touched & {*flow.registers}:
        return None
    here = {"workspace": task.workspace, "project_id": task.project_id}
    return register.cases(task.conn, **here, kinds=flow.registers)


def _carry_out(task: Task, effect: Effect) -> None:
    conn = task.conn
    change = Change(workspace=task.workspace, project_id=task.project_id, by=task.by, now=task.now)
    match effect:
        case Keep():
            pass  # all at once, before
        case Record():
            recording.record(task, effect)
        case Amend():
            _amend(task, effect)
        case OpenUnknown():
            recording.open_unknown(task, effect)
        case SettleUnknown():
            recording.settle_unknown(task, effect)
        case Assign():
            casting.give(conn, change, role=effect.role, user=effect.user)
        case Team():
            casting.team(conn, change, effect.members)
        case SetProject():
            casting.settle(conn, change, **_fact(effect))
        case RemindLater():
            conn.execute(_LATER, _part(task, effect.person) | {"at": task.now})
        case Complete():
            conn.execute(_DONE, _part(task, effect.person) | {"at": task.now})
        case Reopen():
            conn.execute(_DONE, _part(task, effect.person) | {"at": None})


def _amend(task: Task, effect: Amend) -> None:
    here = {"workspace": task.workspace, "project_id": task.project_id}
    for changed in amending.amend(task.conn, **here, effect=effect, now=task.now, by=task.by):
        task.changes.note(changed)


def _part(task: Task, person: str) -> dict[str, Any]:
    return {"w": task.workspace, "d": task.dialogue_id, "u": person}


def _fact(effect: SetProject) -> project.Facts:
    match effect.field:
        case "start":
            return {"start": date.fromisoformat(effect.value)}
        case "language":
            return {"language": "fr" if effect.value == "fr" else "en"}
        case "name":
            return {"name": effect.value}


def _started(conn: Connection, workspace: str, dialogue: Dialogue, keeps: list[Keep], now: datetime) -> None:
    """Note a person's first answer. Their sheet tells when it was not the first, without a query."""
    new = {keep.question for keep in keeps if keep.answer.version == 1 or not keep.respondent}
    answered = {**dialogue.exits, **dialogue.answers}
    if any(given.author == dialogue.person and id not in new for id, given in answered.items()):
        return
    row = {"workspace": workspace, "dialogue_id": dialogue.id, "user": dialogue.person, "started_at": now}
    conn.execute(_STARTED.on(conn), row)


def _cast(conn: Connection, workspace: str, project_id: str, effects: Iterable[Effect]) -> Cast:
    """Who is what, if the turn touches it at all."""
    if not any(isinstance(effect, Assign | Team) for effect in effects):
        return Cast()
    return project.cast_of(conn, workspace=workspace, id=project_id)


def _saved(turn: Turn, changes: Changes, before: set[str], after: set[str]) -> Saved:
    def people(kind: type[Complete] | type[Reopen] | type[RemindLater]) -> tuple[str, ...]:
        return tuple(effect.person for effect in turn.effects if isinstance(effect, kind))

    return Saved(
        created=tuple(changes.created),
        changed=tuple(changes.changed),
        withdrawn=tuple(changes.withdrawn),
        completed=people(Complete),
        reopened=people(Reopen),
        later=people(RemindLater),
        joined=tuple(sorted(after - before)),
        left=tuple(sorted(before - after)),
        facts=tuple(effect.field for effect in turn.effects if isinstance(effect, SetProject)),
    )
