"""One person's sheets: their answers and the shared ones, and what content reads of the whole project.

Decides nothing, and does not check that the person may see any of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.model import Answer, Case, Dialogue, Flow, Value
from flows.project import Cast, Member, Role
from storage import answer, register
from storage import dialogue_statements as sql

Flows = Mapping[str, Flow]


def sheet(
    conn: Connection, *, workspace: str, id: str, person: str, flows: Flows, lock: bool = False
) -> Dialogue | None:
    """This person's sheet: their answers, the shared ones, what must be compared, and what its flow
    reads of the rest of the project (`flows`: those of the playbook). `lock`: hold the dialogue to the
    end of the transaction, for an `advance` that will be saved. None: no such dialogue in this
    workspace."""
    row = conn.execute(sql.LOCKED_SHEET_OF if lock else sql.SHEET_OF, {"w": workspace, "d": id}).first()
    return None if row is None else sheet_and_names(conn, row, person=person, flows=flows)[0]


def sheets(
    conn: Connection, *, workspace: str, project_id: str, person: str, flows: Flows
) -> dict[str, Dialogue]:
    """This person's sheets of all the runs of a project by the id of the run, in as many statements as
    it takes for one."""
    rows = conn.execute(sql.SHEETS_OF, {"w": workspace, "p": project_id}).all()
    return _sheets(conn, rows, person=person, flows=flows)[0] if rows else {}


def sheet_and_names(
    conn: Connection, row: Any, *, person: str, flows: Flows
) -> tuple[Dialogue, dict[str, str]]:
    """The sheet, once the row of its dialogue has been read (and locked, where it will be saved), with
    the project's currency and verdict; and the display names of those in the project, by user id,
    where they are known. A flow that reads nothing of other dialogues costs no statement for it."""
    found, names = _sheets(conn, [row], person=person, flows=flows)
    return found[row.id], names


def _sheets(
    conn: Connection, rows: Sequence[Any], *, person: str, flows: Flows
) -> tuple[dict[str, Dialogue], dict[str, str]]:
    """Of runs of one project."""
    here = {"workspace": rows[0].workspace, "project_id": rows[0].project_id}
    cast, bots, names = _cast(conn, **here)
    said = _said(conn, here["workspace"], [row.id for row in rows], person)
    read = _read(conn, here, [flows[row.flow] for row in rows if row.flow in flows])
    found = {}
    for row in rows:
        mine, flow = said.get(row.id, _Said()), flows.get(row.flow)
        found[row.id] = Dialogue(
            id=row.id,
            flow=row.flow,
            person=person,
            cast=cast,
            answers=mine.own,
            exits=mine.exits,
            facts={**mine.compared, "bots": bots, **_facts(row)},
            elsewhere=_of(read.elsewhere, flow.elsewhere if flow else ()),
            register=_of(read.register, flow.registers if flow else ()),
            parts=frozenset(row.parts or ()),
            closes_on=row.closes_on,
            closed=row.status == "closed",
        )
    return found, names


def _of(known: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    return {name: known[name] for name in wanted if name in known}


def _facts(row: Any) -> dict[str, str]:
    """What content quotes of the project, where there is any."""
    known = {"verdict": row.verdict, "currency": row.project_currency, "review": row.review}
    return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What flows read of the rest of their project."""

    elsewhere: Mapping[str, Value]
    register: Mapping[str, tuple[Case, ...]]


def _read(conn: Connection, here: Mapping[str, str], flows: Collection[Flow]) -> _Read:
    questions = sorted({id for flow in flows for id in flow.elsewhere})
    kinds = sorted({kind for flow in flows for kind in flow.registers})
    return _Read(
        elsewhere=answer.elsewhere(conn, **here, questions=questions) if questions else {},
        register=register.cases(conn, **here, kinds=kinds) if kinds else {},
    )


def _cast(
    conn: Connection, *, workspace: str, project_id: str
) -> tuple[Cast, frozenset[str], dict[str, str]]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What stands on one person's sheet of one dialogue: see `Dialogue`."""

    own: dict[str, Answer] = field(default_factory=dict)
    exits: dict[str, Answer] = field(default_factory=dict)
    compared: dict[str, dict[str, Value]] = field(default_factory=dict)


def _said(conn: Connection, workspace: str, ids: Collection[str], person: str) -> dict[str, _Said]:
    found: dict[str, _Said] = {}
    for row in conn.execute(sql.SHEET, {"w": workspace, "ids": list(ids), "me": person}):
        said = found.setdefault(row.dialogue_id, _Said())
        one = Answer(value=row.value, exit=row.exit, author=row.author, version=row.version, at=row.at)
        if row.compared and one.given:
            said.compared.setdefault(row.question, {})[row.respondent] = one.value
        if row.respondent == person and row.shared:
            said.exits[row.question] = one
        elif row.respondent in ("", person):
            said.own[row.question] = one
    return found
