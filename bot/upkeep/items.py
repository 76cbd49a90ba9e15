"""The items of a project that are due: issues, actions, reviews of risks and decisions, tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import people
from bot.absence import standing
from bot.hub import withheld
from bot.parts import Parts
from flows.absence import Absence
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.model import Kept
from flows.upkeep import KINDS, Item, Upkeep, current, owner_of, reckoned_from
from storage import register, upkeep
from storage.database import Connection

DATED: tuple[RecordKind, ...] = (*KINDS, "decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One item with what has been said of it so far. `hears`: who looks after it today: its owner, or whoever
    stands in for them; "": nobody."""

    record: Kept
    item: Item
    kept: Upkeep
    hears: str


def items(conn: Connection, *, project: Project, today: date) -> dict[str, Due]:
    """Every item with a date, by number, whoever may read it: for the bot's own reckoning."""
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = register.records(conn, **here, kinds=DATED, roles=None)
    said = upkeep.of_project(conn, **here)
    there, out = present(conn, project), standing.away(conn, project=project, today=today)
    found = (_due(project, one, said, there, out) for one in kept)
    return {one.record.ref: one for one in found if one is not None}


def readable(
    conn: Connection, parts: Parts, *, project: Project, user: str, found: Mapping[str, Due]
) -> list[Due]:
    """Those of them that somebody may read who sees to none of them: the lead, the arbiter."""
    here = {"workspace": project.workspace, "project_id": project.id}
    roles = project.cast.roles_of(user)
    kept = register.records(conn, **here, kinds=DATED, roles=roles)
    shown = {one.ref for one in withheld.shown(conn, kept, parts=parts, project=project, user=user)}
    return [one for ref, one in found.items() if ref in shown]


def present(conn: Connection, project: Project) -> tuple[str, ...]:
    """Those of the project who have not left the company."""
    users = project.cast.everybody()
    known = people.several(conn, workspace=project.workspace, users=users)
    return tuple(user for user in users if not known[user].deleted)


def _due(
    project: Project,
    record: Kept,
    said: Mapping[str, Upkeep],
    there: tuple[str, ...],
    out: Mapping[str, Absence],
) -> Due | None:
    due = reckoned_from(record)
    if due is None:
        return None
    item = Item(ref=record.ref, due=due, owner=owner_of(record, here=there))
    hears = standing.sees_to(project, record, item.owner, out)
    return Due(record=record, item=item, kept=current(item, said.get(record.ref)), hears=hears)
