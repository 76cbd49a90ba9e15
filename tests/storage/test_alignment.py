"""What is kept of how the note is read: the latest counts of a run, without a reading or an author."""

from sqlalchemy import select

from flows.diagnosis.evidence import Alignment
from storage import alignment, dialogue
from storage.database import Database
from storage.tables import metadata
from tests.storage.scoping import NOW, SOPHIE, T, found


def test_rating_again_replaces_the_counts_and_nothing_else_is_kept(database: Database) -> None:
    project = database.run_sync(found)
    id = database.run_sync(
        dialogue.open, workspace=T, project_id=project, flow="D15", opened_by=SOPHIE, closes_on=None, now=NOW
    )
    run = database.read_sync(dialogue.run, workspace=T, id=id)
    assert run is not None
    assert database.read_sync(alignment.of, workspace=T, dialogue_id=id) is None
    for counts in (Alignment(aligned=3, partly=1), Alignment(aligned=1, partly=1, different=2)):
        database.run_sync(alignment.keep, run=run, counts=counts, now=NOW)
        assert database.read_sync(alignment.of, workspace=T, dialogue_id=id) == counts
    table = metadata.tables["alignment"]
    mine = select(table).where(table.c.workspace == T)
    assert database.read_sync(lambda conn: conn.execute(mine).all()) == [(T, id, 1, 1, 2, NOW)]
    assert database.read_sync(alignment.of, workspace="T0OTHER", dialogue_id=id) is None
