"""Runs of dialogues: opening, inviting, one person's sheet, closing. Judges no answer."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from flows.dialogue.model import Answer, Dialogue, Flow
from flows.project import Cast, Member, Role
from storage import dialogue_statements as sql
from storage import register
from storage.answer import Past, answers, elsewhere, history
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


def sheet(
    conn: Connection,
    *,
    workspace: str,
    id: str,
    person: str,
    flows: Mapping[str, Flow],
    lock: bool = False,
) -> Dialogue | None:
    """This person's sheet: their answers, the shared ones, what must be compared, and what its flow
    reads of the rest of the project (`flows`: those of the playbook). `lock`: hold the dialogue to the
    end of the transaction, for an `advance` that will be saved. None: no such dialogue in this
    workspace. Does not check that the person may see it."""
    found = conn.execute(sql.LOCKED_SHEET_OF if lock else sql.SHEET_OF, {"w": workspace, "d": id}).first()
    return None if found is None else sheet_and_names(conn, found, person=person, flows=flows)[0]


def sheet_and_names(
    conn: Connection, found: Any, *, person: str, flows: Mapping[str, Flow]
) -> tuple[Dialogue, dict[str, str]]:
    """The sheet, once the row of its dialogue has been read (and locked, where it will be saved), with
    the project's currency and verdict; and the display names of those in the project, by user id,
    where they are known. A flow that reads nothing of other dialogues costs no statement for it."""
    cast, bots, names = _cast(conn, found.workspace, found.project_id)
    own, exits, compared = _answers(conn, found.workspace, found.id, person)
    flow = flows.get(found.flow)
    here = {"workspace": found.workspace, "project_id": found.project_id}
    sheet = Dialogue(
        id=found.id,
        flow=found.flow,
        person=person,
        cast=cast,
        answers=own,
        exits=exits,
        facts={**compared, "bots": bots, **_facts(found)},
        elsewhere=elsewhere(conn, **here, dialogue_id=found.id, questions=flow.elsewhere)
        if flow is not None and flow.elsewhere
        else {},
        register=register.cases(conn, **here, kinds=flow.registers)
        if flow is not None and flow.registers
        else {},
        parts=frozenset(found.parts or ()),
        closes_on=found.closes_on,
        closed=found.status == "closed",
    )
    return sheet, names


def _facts(found: Any) -> dict[str, str]:
    """What content quotes of the project, where there is any."""
    known = {"verdict": found.verdict, "currency": found.project_currency}
    return {name: value for name, value in known.items() if value is not None}


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


def reopen(conn: Connection, *, workspace: str, dialogue_id: str, users: Iterable[str]) -> None:
    """These people have something left to answer after all."""
    conn.execute(sql.UNDO_DONE, {"w": workspace, "d": dialogue_id, "users": list(users)})


def set_closing(conn: Connection, *, workspace: str, id: str, closes_on: date | None) -> None:
    """Change the last day to answer."""
    conn.execute(sql.SET_CLOSING, {"w": workspace, "d": id, "on": closes_on})


def close(conn: Connection, *, workspace: str, id: str, by: str | None, now: datetime) -> bool:
    """No more answers. `by`: who closed it, None for its date. False when it was closed already."""
    return conn.execute(sql.CLOSE, {"w": workspace, "d": id, "by": by, "now": now}).rowcount == 1


def _cast(conn: Connection, workspace: str, project_id: str) -> tuple[Cast, frozenset[str], dict[str, str]]:
    holders: dict[Role, str] = {}
    members: list[tuple[int, Member]] = []
    bots: set[str] = set()
    names: dict[str, str] = {}
    for row in conn.execute(sql.CAST, {"w": workspace, "p": project_id}):
        if row.name is not None:
            names[row.user] = row.name
        if row.position >= 0:
            line = Member(user=row.user, function=row.function, daci=row.daci, hours=row.hours)
            members.append((row.position, line))
        elif row.position == sql.IS_ROLE:
            holders[row.function] = row.user
        else:
            bots.add(row.user)
    ordered = sorted(members, key=lambda pair: pair[0])
    return Cast(holders=holders, members=tuple(line for _, line in ordered)), frozenset(bots), names


_Sheet = tuple[dict[str, Answer], dict[str, Answer], dict[str, dict[str, Any]]]


def _answers(conn: Connection, workspace: str, id: str, person: str) -> _Sheet:
    own: dict[str, Answer] = {}
    exits: dict[str, Answer] = {}
    compared: dict[str, dict[str, Any]] = {}
    rows = conn.execute(sql.SHEET, {"w": workspace, "d": id, "me": person})
    for row in rows:
        answer = Answer(value=row.value, exit=row.exit, author=row.author, version=row.version, at=row.at)
        if row.compared and answer.given:
            compared.setdefault(row.question, {})[row.respondent] = answer.value
        if row.respondent == person and row.shared:
            exits[row.question] = answer
        elif row.respondent in ("", person):
            own[row.question] = answer
    return own, exits, compared


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
