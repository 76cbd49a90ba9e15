"""One person's place in one dialogue, all that a turn starts from: read in as few statements as it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select

from flows.dialogue.model import Dialogue, Flow
from flows.project import Person, Project
from storage import dialogue_statements as sql
from storage.dialogue import Participation, Run, part_of, run_of
from storage.project import days_of
from storage.sheet import sheet_and_names
from storage.tables import dialogue, participation, person, project


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The run, its project with everybody's roles, the person's sheet, their part in the run (None:
    neither invited nor begun), their profile (None: Slack has never been asked), and the names of
    those who hold a role, where they are known. Does not say that the person may see any of it."""

    run: Run
    project: Project
    sheet: Dialogue
    part: Participation | None
    me: Person | None
    names: Mapping[str, str]  # Slack user id -> display name


_PERSON = tuple(column for column in person.c if column.name not in ("workspace", "user"))
_PROJECT = tuple(column for column in project.c if column.name not in ("workspace", "id"))
_SEAT = (
    select(
        dialogue,
        participation.c.user,
        participation.c.invited_at,
        participation.c.started_at,
        participation.c.done_at,
        participation.c.later_at,
        *(column.label(f"project_{column.name}") for column in _PROJECT),
        *(column.label(f"me_{column.name}") for column in _PERSON),
        sql.VERDICT,
        sql.REVIEW,
    )
    .join(
        project,
        and_(project.c.workspace == dialogue.c.workspace, project.c.id == dialogue.c.project_id),
    )
    .outerjoin(
        participation,
        and_(
            participation.c.workspace == dialogue.c.workspace,
            participation.c.dialogue_id == dialogue.c.id,
            participation.c.user == bindparam("u"),
        ),
    )
    .outerjoin(person, and_(person.c.workspace == dialogue.c.workspace, person.c.user == bindparam("u")))
    .where(
        dialogue.c.workspace == bindparam("w"),
        dialogue.c.id == bindparam("d"),
        project.c.workspace == bindparam("w"),
    )
)
_LOCKED = _SEAT.with_for_update(of=dialogue)


def seat(
    conn: Connection, *, workspace: str, id: str, user: str, flows: Mapping[str, Flow], lock: bool = False
) -> Seat | None:
    """The person's place in the dialogue, or None when there is no such dialogue in this workspace.
    `flows`: those of the playbook, which say what the sheet reads. `lock`: hold the dialogue to the end
    of the transaction, for an `advance` that will be saved."""
    row = conn.execute(_LOCKED if lock else _SEAT, {"w": workspace, "d": id, "u": user}).first()
    if row is None:
        return None
    sheet, names = sheet_and_names(conn, row, person=user, flows=flows)
    facts = {column.name: getattr(row, f"project_{column.name}") for column in _PROJECT}
    facts["holidays"] = days_of(facts["holidays"])
    mine = {column.name: getattr(row, f"me_{column.name}") for column in _PERSON}
    return Seat(
        run=run_of(row),
        project=Project(workspace=workspace, id=row.project_id, cast=sheet.cast, **facts),
        sheet=sheet,
        part=None if row.user is None else part_of(row),
        me=Person(workspace=workspace, user=user, **mine) if row.me_fetched_at else None,
        names=names,
    )
