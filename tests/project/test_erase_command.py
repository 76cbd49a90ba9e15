"""`cadrage erase` through the command line: said first, refused where somebody must take over, then done."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, select

from bot.cli import main
from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.project import Person
from flows.words import Words
from storage import card, life
from storage import person as profiles
from storage import project as projects
from storage.database import connect
from storage.tables import outbox
from tests.storage.scoping import ANNE, KARIM, MARC, NOW, SOPHIE, Scoping, T, found

KEY = "a key of these tests, as long as one has to be"


@pytest.fixture
def lived(sqlite_url: str, tmp_path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> Scoping:
    """The example project: Anne sees to an issue that names her and has a card in the channel."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CADRAGE_KEY", KEY)
    db = connect(sqlite_url, key=KEY)
    scoping = Scoping(db=db, playbook=playbook, project=db.run_sync(found))

    def write(conn: Connection) -> None:
        anne = Person(workspace=T, user=ANNE, name="Anne Roy", locale="fr-FR", fetched_at=NOW)
        profiles.remember(conn, person=anne)
        issue = Draft(
            kind="issue", item="1", title=Words.same("Anne Roy décide-t-elle ?"), owner=ANNE, status="open"
        )
        life.make(conn, workspace=T, project_id=scoping.project, draft=issue, by=ANNE, now=NOW)
        place = {"kind": "record_card", "object_id": f"{scoping.project}:ISS-1"}
        card.remember(conn, workspace=T, **place, channel="C0CRM", ts="1.0")

    db.run_sync(write)
    db.close()
    return scoping


def cadrage(*arguments: str, says: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=says)


def test_what_goes_is_said_before_it_goes_and_cards_lose_the_name(lived: Scoping, sqlite_url: str) -> None:
    shown = cadrage("erase", ANNE, says="n\n")
    assert shown.exit_code == 0
    for said in (
        "Anne Roy (UANNE); projects: Phénix.",
        "1 places in a team",
        "Renamed “a former member”: 1 records",
        f"Left without an owner in Phénix: ISS-1. They go to {KARIM}.",
        "Their name stands in words that people wrote: ISS-1. Change these by hand.",
        "anonymous answers",
        "Nothing was changed.",
    ):
        assert said in shown.output
    done = cadrage("erase", ANNE, says="y\n")
    assert done.exit_code == 0, done.output
    assert f"Done: {ANNE} is gone-" in done.output
    assert "record check" in done.output
    db = connect(sqlite_url, key=KEY)
    keys = {row.key for row in db.read_sync(lambda conn: conn.execute(_queued).all())}
    db.close()
    assert any(key.startswith(f"record_card:{lived.project}:ISS-1") for key in keys)
    assert f"project_card:{lived.project}" in keys
    assert "Deleted: nothing." in cadrage("erase", ANNE, says="n\n").output


_queued = select(outbox.c.key).where(outbox.c.workspace == T)


def test_whoever_facilitates_hands_over_first(lived: Scoping, sqlite_url: str) -> None:
    refused = cadrage("erase", SOPHIE, "--yes")
    assert refused.exit_code == 1
    assert "facilitates Phénix. Say with --successor" in refused.output
    assert cadrage("erase", SOPHIE, "--successor", SOPHIE, "--yes").exit_code == 1
    assert cadrage("erase", SOPHIE, "--successor", MARC, "--yes").exit_code == 0
    db = connect(sqlite_url, key=KEY)
    cast = db.read_sync(projects.cast_of, workspace=T, id=lived.project)
    db.close()
    assert cast.holders["facilitator"] == MARC


def test_who_cannot_be_meant_is_said(lived: Scoping) -> None:
    assert "is no Slack user id" in cadrage("erase", "anne@example.com").output
    assert "No project is in the workspace" in cadrage("erase", ANNE, "--workspace", "T0OTHER").output
