"""Cyclic tasks and no task at all: each has its sentence under R62 (issue 3, bad input)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, update

from bot.diagnosis.picture import Picture, Reader, draw
from bot.diagnosis.seen import seen
from bot.words.text import words
from storage.tables import record
from tests.bot.diagnosis.corvanne import Corvanne, Example
from tests.bot.surfaces.stage import WORKSPACE

READER = Reader(roles=frozenset({"facilitator"}))


def picture(base: Corvanne) -> Picture:
    return base.town.parts.db.read_sync(_drawn, base, base.town.clock.now())


def _drawn(conn: Connection, base: Corvanne, now: datetime) -> Picture:
    return draw(conn, parts=base.town.parts, project=base.project, now=now)


def _without_tasks(conn: Connection, project_id: str) -> None:
    """Whoever had listed them has taken them all out again."""
    mine = (record.c.workspace == WORKSPACE, record.c.project_id == project_id, record.c.kind == "task")
    conn.execute(update(record).where(*mine).values(status="withdrawn"))


async def test_no_task_at_all_has_no_critical_path_and_says_so(example: Example) -> None:
    base = example()
    base.town.parts.db.run_sync(_without_tasks, base.id)
    found = picture(base)
    assert found.found.critical_path is None
    assert "R62" in [one.id for one in found.found.rules]
    assert seen(words("en"), found, "R62", READER) == "no key task is recorded yet"
    assert seen(words("fr"), found, "R62", READER) == "aucune tâche clé n’est encore notée"


async def test_tasks_that_wait_for_one_another_are_named_in_their_order(example: Example) -> None:
    found = picture(example())
    loop = replace(found, found=replace(found.found, loop=(1, 3, 1)))
    assert seen(words("en"), loop, "R62", READER) == "these tasks wait for one another: 1 → 3 → 1"
