"""When open points were raised and settled: nothing restricted, nothing withdrawn, in one workspace."""

from datetime import timedelta

from sqlalchemy import Connection

from flows.dialogue.effects import Draft
from flows.words import Words
from storage import life, points
from storage.database import Database
from tests.storage.scoping import CLAIRE, NOW, T, found


def test_each_point_with_its_two_days(database: Database) -> None:
    project = database.run_sync(found)
    later = NOW + timedelta(days=9)

    def raised(conn: Connection) -> list[str]:
        refs = []
        for n, restricted in enumerate((False, False, True)):
            draft = Draft(kind="issue", item=str(n), title=Words.same("?"), restricted=restricted)
            made = life.make(conn, workspace=T, project_id=project, draft=draft, by=CLAIRE, now=NOW)
            refs.append(made.ref)
        held = life.hold(conn, workspace=T, project_id=project, ref=refs[0])
        assert held is not None
        life.change(conn, held, by=CLAIRE, move="resolve", now=later, status="resolved")
        return refs

    settled, open_, _ = database.run_sync(raised)
    read = database.read_sync(points.points, workspace=T, project_id=project)
    told = {one.ref: (one.raised_at, one.settled_at) for one in read}
    assert told[settled] == (NOW, later)
    assert told[open_] == (NOW, None)
    assert len(told) == len(read)
    assert database.read_sync(points.points, workspace="T0OTHER", project_id=project) == []
