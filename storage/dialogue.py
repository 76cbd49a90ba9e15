"""Runs of dialogues: opening, inviting, parts, closing. Judges no answer."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from storage import dialogue_statements as sql
from storage.answer import Past, answers, history
from storage.sheet import sheet, sheets
from storage.turn import Saved, save

__all__ = [
    "Counts",
    "Invited",
    "Participation",
    "Past",
    "Run",
    "Saved",
    "answers",
    "close",
    "counts",
    "for_user",
    "history",
    "invite",
    "open",
    "participations",
    "reopen",
    "run",
    "runs",
    "save",
    "send_part",
    "set_closing",
    "sheet",
    "sheets",
    "withdraw_invitations",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a flow in a project."""

    id: str
    workspace: str
    project_id: str
    flow: str
    status: Literal["open", "closed"]
    parts: tuple[str, ...]  # the later parts that have been sent
    opened_by: str
    opened_at: datetime  # UTC
    closes_on: date | None  # last day to answer, in the project's zone
    closed_at: datetime | None
    closed_by: str | None  # None while open, and when its date closed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One person's part in a dialogue. For that person, and for sending; never for a list of who
    has not answered."""

    user: str
    invited_at: datetime | None
    started_at: datetime | None
    done_at: datetime | None
    later_at: datetime | None  # last asked to be reminded


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A run somebody takes part in, with their part."""

    run: Run
    part: Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far a dialogue is. Says how many, never who."""

    invited: int
    started: int
    done: int


def open(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    flow: str,
    opened_by: str,
    closes_on: date | None,
    now: datetime,
) -> str:
    """Start a run and return its id, or the id of the one that is open already (unchanged)."""
    row = {
        "workspace": workspace,
        "id": secrets.token_hex(16),
        "project_id": project_id,
        "flow": flow,
        "status": "open",
        "opened_by": opened_by,
        "opened_at": now,
        "closes_on": closes_on,
        "parts": [],
    }
    conn.execute(sql.OPEN.on(conn), row)
    key = {"w": workspace, "p": project_id, "f": flow}
    return str(conn.execute(sql.OPEN_ID, key).scalar_one())


def take_up(conn: Connection, *, workspace: str, project_id: str, flow: str) -> bool:
    """The latest run of a flow goes on, with all that was answered in it, for a later part of its questions.
    False when it is open, or was never sent."""
    key = {"w": workspace, "p": project_id, "f": flow}
    return conn.execute(sql.TAKE_UP, key).rowcount == 1


def run(conn: Connection, *, workspace: str, id: str) -> Run | None:
    """The run, or None when there is none of this id in this workspace."""
    row = conn.execute(sql.RUN, {"w": workspace, "d": id}).first()
    return None if row is None else run_of(row)


def runs(conn: Connection, *, workspace: str, project_id: str) -> list[Run]:
    """Every run of a project, oldest first."""
    return [run_of(row) for row in conn.execute(sql.RUNS, {"w": workspace, "p": project_id})]


def for_user(conn: Connection, *, workspace: str, user: str) -> list[Invited]:
    """Every run the user was invited to or has answered in, open ones first, then newest first."""
    rows = conn.execute(sql.FOR_USER, {"w": workspace, "u": user})
    return [Invited(run=run_of(row), part=part_of(row)) for row in rows]


def invite(
    conn: Connection, *, workspace: str, dialogue_id: str, users: Iterable[str], by: str, now: datetime
) -> list[str]:
    """Note that these people are asked. Returns those who had not been before, in order."""
    new = []
    for user in dict.fromkeys(users):
        row = {"workspace": workspace, "dialogue_id": dialogue_id, "user": user, "invited_at": now}
        if conn.execute(sql.INVITE.on(conn), {**row, "invited_by": by}).first() is not None:
            new.append(user)
    return new


def withdraw_invitations(conn: Connection, *, workspace: str, dialogue_id: str, users: Iterable[str]) -> None:
    """These people are not asked any more (they left the team). Their answers stay."""
    conn.execute(sql.WITHDRAW, {"w": workspace, "d": dialogue_id, "users": list(users)})


def participations(conn: Connection, *, workspace: str, dialogue_id: str) -> list[Participation]:
    """Everybody who was invited or has answered, by first appearance."""
    rows = conn.execute(sql.PARTICIPATIONS, {"w": workspace, "d": dialogue_id})
    return [part_of(row) for row in rows]


def counts(conn: Connection, *, workspace: str, dialogue_id: str) -> Counts:
    """How many were invited, have started, are done."""
    row = conn.execute(sql.COUNTS, {"w": workspace, "d": dialogue_id}).one()
    return Counts(invited=row.invited, started=row.started, done=row.done)


def send_part(conn: Connection, *, workspace: str, id: str, part: str) -> bool:
    """Ask the questions of a later part from now on. False when it had been sent, or is closed."""
    row = conn.execute(sql.LOCKED_RUN, {"w": workspace, "d": id}).first()
    if row is None or row.status == "closed" or part in (row.parts or ()):
        return False
    conn.execute(sql.SET_PARTS, {"w": workspace, "d": id, "parts": [*(row.parts or ()), part]})
    return True


def answered_together(conn: Connection, *, workspace: str, id: str, part: str) -> None:
    """A later part that a workshop has answered belongs to the run that its people have answered before, also
    where that has closed."""
    row = conn.execute(sql.LOCKED_RUN, {"w": workspace, "d": id}).first()
    if row is not None and part not in (row.parts or ()):
        conn.execute(sql.SET_PARTS, {"w": workspace, "d": id, "parts": [*(row.parts or ()), part]})


def reopen(conn: Connection, *, workspace: str, dialogue_id: str, users: Iterable[str]) -> None:
    """These people have something left to answer after all."""
    conn.execute(sql.UNDO_DONE, {"w": workspace, "d": dialogue_id, "users": list(users)})


def set_closing(conn: Connection, *, workspace: str, id: str, closes_on: date | None) -> None:
    """Change the last day to answer."""
    conn.execute(sql.SET_CLOSING, {"w": workspace, "d": id, "on": closes_on})


def close(conn: Connection, *, workspace: str, id: str, by: str | None, now: datetime) -> bool:
    """No more answers. `by`: who closed it, None for its date. False when it was closed already."""
    return conn.execute(sql.CLOSE, {"w": workspace, "d": id, "by": by, "now": now}).rowcount == 1


def run_of(row: Any) -> Run:
    """The run in a row that has the columns of a dialogue."""
    return Run(
        id=row.id,
        workspace=row.workspace,
        project_id=row.project_id,
        flow=row.flow,
        status=row.status,
        parts=tuple(row.parts or ()),
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closes_on=row.closes_on,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )


def part_of(row: Any) -> Participation:
    """One person's part, in a row that has its columns."""
    return Participation(
        user=row.user,
        invited_at=row.invited_at,
        started_at=row.started_at,
        done_at=row.done_at,
        later_at=row.later_at,
    )
