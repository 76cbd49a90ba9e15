"""A person is erased: their id is nowhere, what the company keeps stays, the audit holds (G1)."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Text, cast, insert, or_, select

from flows.dialogue.effects import Draft
from flows.project import Member, Person
from flows.register.finding import typed
from flows.words import Words
from storage import audit, erasing, finding, life, memo, outbox, register, schedule
from storage import person as profiles
from storage import project as projects
from storage.database import Database, connect
from storage.erasing import Wish
from storage.tables import ACROSS, metadata, wave, wave_invited
from tests.databases import PATIENCE
from tests.storage.scoping import ANNE, KARIM, MARC, NOW, SOPHIE, Scoping, T

HERE = {"workspace": T}
LABEL = "un ancien membre"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """With the key of the audit, as a real process has it."""
    opened = connect(database_url, deadline=PATIENCE, key="k" * 43)
    yield opened
    opened.close()


def lives(scoping: Scoping) -> None:
    """Anne is everywhere: she answers, owns, decides, is named, asked, reminded and invited."""
    d02 = scoping.opens("D02")
    scoping.submits(d02, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    scoping.submits(d02, MARC, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    scoping.db.run_sync(_written, project=scoping.project, run=d02)


def _written(conn: Connection, *, project: str, run: str) -> None:
    here = {**HERE, "project_id": project}
    profiles.remember(conn, person=Person(**HERE, user=ANNE, name="Anne Roy", locale="fr-FR", fetched_at=NOW))
    issue = Draft(
        kind="issue", item="1", title=Words.same("Qui héberge ?"), owner=ANNE, status="open",
        fields={"asked": [ANNE, KARIM], "why": f"Vu avec <@{ANNE}> et Anne Roy"},
    )  # fmt: skip
    decision = Draft(kind="decision", item="2", title=Words.same("Alpha"), owner=ANNE, status="accepted")
    other = Draft(kind="issue", item="3", title=Words.same("Autre"), owner=KARIM, status="open")
    for draft in (issue, decision, other):
        life.make(conn, **here, draft=draft, by=ANNE, now=NOW)
    held = life.hold(conn, **here, ref="ISS-2")
    assert held is not None
    life.change(conn, held, by=KARIM, move="edited", fields={"owner": ANNE}, now=NOW)
    memo.put(conn, **HERE, user=ANNE, name="project", value=project)
    memo.put(conn, **HERE, user=KARIM, name=f"asked:{ANNE}", value={"by": ANNE})
    outbox.queue(conn, **HERE, key=f"home:{ANNE}", lane=f"home:{ANNE}", op="home",
                 ref={"what": "home", "user": ANNE}, now=NOW)  # fmt: skip
    outbox.queue(conn, **HERE, key="post:1", lane="channel:C0", op="post", ref={"by": ANNE}, now=NOW)
    schedule.put(conn, **HERE, id=f"later:{run}:{ANNE}:0", kind="later", next_due=NOW, zone="Europe/Paris",
                 data={"user": ANNE})  # fmt: skip
    facts = {"project_id": project, "what": "D06", "opened_by": SOPHIE, "opened_on": NOW.date(),
             "closes_on": date(2026, 12, 1), "threshold": 5, "asked": {}, "key_mark": "",
             "status": "closed"}  # fmt: skip
    conn.execute(insert(wave), {**HERE, "id": "w1", **facts})
    conn.execute(insert(wave_invited), [{**HERE, "wave_id": "w1", "user": ANNE, "part": "service"}])


def everywhere(conn: Connection, *words: str) -> list[str]:
    """Tables in any text of which one of these words stands."""
    found = []
    for table in metadata.sorted_tables:
        texts = [cast(column, Text) for column in table.c]
        said = or_(*(text.icontains(word, autoescape=True) for text in texts for word in words))
        if conn.execute(select(table).where(said).execution_options(**ACROSS)).first() is not None:
            found.append(table.name)
    return found


def erased(scoping: Scoping, user: str = ANNE) -> erasing.Found:
    wish = Wish(workspace=T, user=user, label=LABEL, heirs={scoping.project: KARIM})
    return scoping.db.run_sync(erasing.erase, wish, now=NOW)


def test_the_id_is_nowhere_and_what_the_company_keeps_stays(scoping: Scoping) -> None:
    lives(scoping)
    here = {**HERE, "project_id": scoping.project}
    db = scoping.db
    before = db.read_sync(audit.verify, **here)
    assert before.broken is None
    seen = db.read_sync(erasing.look, **HERE, user=ANNE)
    done = erased(scoping)
    assert (seen.gone, seen.renamed, seen.left) == (done.gone, done.renamed, done.left)
    assert done.left == {scoping.project: ["ISS-1", "ISS-2"]}
    assert db.read_sync(everywhere, ANNE) == []
    kept = {one.ref: one for one in db.read_sync(register.records, **here)}
    assert kept["DEC-1"].owner == done.former  # the decision was taken by somebody, and stays
    assert (kept["ISS-1"].owner, kept["ISS-2"].owner) == (KARIM, KARIM)
    assert kept["ISS-1"].fields["asked"] == [done.former, KARIM]
    after = db.read_sync(audit.verify, **here)
    assert after.broken is None
    assert after.links > before.links


def test_others_keep_what_they_said_and_the_log_finds_what_there_is_now(scoping: Scoping) -> None:
    lives(scoping)
    here = {**HERE, "project_id": scoping.project}
    done = erased(scoping)
    profile = scoping.db.read_sync(profiles.get, **HERE, user=done.former)
    assert profile is not None
    assert (profile.name, profile.deleted) == (LABEL, True)
    lines = scoping.db.read_sync(finding.page, **here, wanted=typed(["heberge"]), reader=None)
    assert [line.record.ref for line in lines] == ["ISS-1"]
    assert scoping.db.read_sync(finding.page, **here, wanted=typed([ANNE]), reader=None) == []
    assert scoping.db.read_sync(erasing.named, **HERE, name="Anne Roy") == [(scoping.project, "ISS-1")]
    cast = scoping.db.read_sync(projects.cast_of, **HERE, id=scoping.project)
    assert ANNE not in cast.everybody()
    assert MARC in cast.everybody()


def test_a_longer_id_is_somebody_else(scoping: Scoping) -> None:
    lives(scoping)
    longer = Member(user=f"{ANNE}2", function="hr", daci="informed")
    team = scoping.db.read_sync(projects.cast_of, **HERE, id=scoping.project).members
    scoping.db.run_sync(projects.set_team, **HERE, id=scoping.project, members=[*team, longer])
    erased(scoping)
    cast = scoping.db.read_sync(projects.cast_of, **HERE, id=scoping.project)
    assert f"{ANNE}2" in cast.everybody()


def test_erasing_somebody_nobody_knows_changes_nothing(scoping: Scoping) -> None:
    lives(scoping)
    done = erased(scoping, "UNOBODY")
    assert (done.gone, done.renamed, done.left, done.elsewhere) == ({}, {}, {}, 0)
