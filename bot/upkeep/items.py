"""The items of a project that are due: issues, actions, reviews of risks and decisions, tests."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import people
from bot.hub import withheld
from bot.parts import Parts
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.model import Kept
from flows.upkeep import KINDS, Item, Upkeep, current, due_of, owner_of
from storage import register, upkeep
from storage.database import Connection

DATED: tuple[RecordKind, ...] = (*KINDS, "decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One item with what has been said of it so far."""

    record: Kept
    item: Item
    kept: Upkeep


def items(conn: Connection, *, project: Project) -> dict[str, Due]:
    """Every item with a date, by number, whoever may read it: for the bot's own reckoning."""
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = register.records(conn, **here, kinds=DATED, roles=None)
    said = upkeep.of_project(conn, **here)
    there = present(conn, project)
    return {one.ref: found for one in kept if (found := _due(one, said, there)) is not None}


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


def _due(record: Kept, said: Mapping[str, Upkeep], there: tuple[str, ...]) -> Due | None:
    due = due_of(record)
    if due is None:
        return None
    item = Item(ref=record.ref, due=due, owner=owner_of(record, here=there))
    return Due(record=record, item=item, kept=current(item, said.get(record.ref)))
