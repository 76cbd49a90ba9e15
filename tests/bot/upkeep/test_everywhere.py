"""Projects from before there was a sweep get theirs at a start, on both databases, once; and it works."""

from datetime import UTC, date, datetime

from bot.upkeep import sweep
from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.words import Words
from storage import life, recurring, schedule
from storage import project as projects
from storage.database import Database
from tests.bot.surfaces.stage import WORKSPACE, town
from tests.bot.surfaces.stage import Town as Workspace

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Paris
INES, MARC = "U0INES", "U0MARC"


def older(place: Workspace) -> str:
    """A project made by a version that planned no sweep."""
    database = place.parts.db
    id = database.run_sync(
        projects.create, workspace=WORKSPACE, name="Boréal", channel="C0BOREAL", facilitator="U0ELODIE",
        language="fr", now=NOW,
    )  # fmt: skip
    for role, user in (("lead", MARC), ("sponsor", "U0CLAIRE")):
        database.run_sync(projects.set_role, workspace=WORKSPACE, id=id, role=role, user=user)  # type: ignore[arg-type]
    return id


def sweeps(database: Database) -> list[tuple[str, datetime]]:
    return [
        (one.id, one.next_due)
        for one in database.read_sync(schedule.coming, limit=50)
        if one.kind == sweep.MORNING.kind
    ]


def test_an_older_project_is_swept_from_the_next_working_morning_on_once(
    database: Database, playbook: Playbook
) -> None:
    place = town(database, playbook)
    id = older(place)
    assert sweeps(database) == []
    assert database.run_sync(recurring.plan_missing, sweep.MORNING, NOW) == 1
    planned = sweeps(database)
    assert planned == [(f"upkeep:{id}", datetime(2026, 1, 13, 6, 30, tzinfo=UTC))], "7:30 in Paris"
    later = datetime(2026, 1, 13, 6, 45, tzinfo=UTC)
    assert database.run_sync(recurring.plan_missing, sweep.MORNING, later) == 0
    assert sweeps(database) == planned, "a start in between takes no morning away"
    item = Draft(
        kind="issue", item="i", title=Words.same("Qui porte les fiches ?"), owner=MARC, due=date(2026, 1, 13)
    )
    database.run_sync(life.make, workspace=WORKSPACE, project_id=id, draft=item, by=INES, now=NOW)
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert len(place.to(MARC, "reminder")) == 1, "and the item is said, once"
