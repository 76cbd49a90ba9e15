"""What is filled in for documents that go out: kept, put back, told to the audit without its words."""

from sqlalchemy import select

from storage import audit, outgoing
from storage.tables import audit as links
from tests.storage.scoping import MARC, NOW, SOPHIE, Scoping, T


def test_a_form_keeps_what_it_said_before_and_the_audit_hears_of_it_once(scoping: Scoping) -> None:
    here = {"workspace": T, "project_id": scoping.project, "part": "texts"}
    first, second = {"company_fr": "Des pompes"}, {"company_fr": "Des pompes, depuis 1952"}
    put = scoping.db.run_sync
    assert scoping.db.read_sync(outgoing.get, **here) is None
    assert put(outgoing.put, **here, content=first, by=SOPHIE, now=NOW)
    assert put(outgoing.put, **here, content=second, by=MARC, now=NOW)
    assert not put(outgoing.put, **here, content=second, by=SOPHIE, now=NOW), "the same again"
    found = scoping.db.read_sync(outgoing.get, **here)
    assert found is not None
    assert (found.content, found.before, found.by) == (second, first, MARC)
    every = scoping.db.read_sync(outgoing.all_of, workspace=T, project_id=scoping.project)
    assert every == {"texts": second}
    query = select(links.c.action, links.c.object, links.c.data).where(links.c.workspace == T)
    told = [
        tuple(row)
        for row in scoping.db.read_sync(lambda conn: conn.execute(query).all())
        if row.action == "outgoing.filled"
    ]
    assert [(action, object) for action, object, _ in told] == [("outgoing.filled", "texts")] * 2
    assert "pompes" not in str(told)
    assert scoping.db.read_sync(audit.verify, workspace=T, project_id=scoping.project).broken is None
