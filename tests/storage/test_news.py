"""News drafted for the lead: one a day, posted or skipped once, in one workspace."""

from dataclasses import replace
from datetime import date

from storage import news
from storage.database import Database
from storage.news import News
from tests.storage.scoping import NOW, SOPHIE, T, found

DAY, NEXT = date(2026, 11, 24), date(2026, 11, 26)


def test_one_draft_a_day_is_settled_once(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project}
    assert database.read_sync(news.get, **here, day=DAY) is None
    assert database.read_sync(news.last_posted, **here) is None
    assert database.run_sync(news.draft, **here, day=DAY, now=NOW)
    assert not database.run_sync(news.draft, **here, day=DAY, now=NOW), "of two replicas one drafts it"
    assert database.run_sync(news.draft, **here, day=NEXT, now=NOW)
    posted = News(project_id=project, day=DAY, state="posted", text="Du nouveau.", by=SOPHIE, at=NOW)
    assert database.run_sync(news.settle, workspace=T, found=posted)
    assert not database.run_sync(news.settle, workspace=T, found=replace(posted, state="skipped"))
    assert database.read_sync(news.get, **here, day=DAY) == posted
    assert [one.day for one in database.read_sync(news.since, **here, day=NEXT)] == [NEXT]
    assert database.read_sync(news.last_posted, **here) == DAY
    assert database.read_sync(news.since, workspace="T0OTHER", project_id=project, day=DAY) == []
