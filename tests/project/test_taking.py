"""`cadrage export` and `cadrage verify-audit` through the command line, on a database with records."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, update

from bot.cli import main
from flows.playbook import load
from storage.database import connect
from storage.tables import audit
from tests.storage.scoping import Scoping, T, found
from tests.storage.test_finding import draft, notes

KEY = "a key of these tests, as long as one has to be"


@pytest.fixture
def told(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A project with three decisions, one of them confidential. Gives the address of the database."""
    db = connect(sqlite_url, key=KEY)
    scoping = Scoping(db=db, playbook=load(), project=db.run_sync(found))
    secret = draft("Primes", "3", restricted=True)
    notes(scoping, draft("=Alpha()", "1"), draft("Bêta", "2"), secret)
    db.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CADRAGE_KEY", KEY)
    return sqlite_url


def cadrage(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_records_are_written_to_a_file_without_what_is_confidential_unless_asked(told: str) -> None:
    done = cadrage("export", "--output", "out.csv", "--language", "en")
    assert (done.exit_code, done.output) == (0, "out.csv: 2 records.\n")
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *lines = csv.reader(file)
    assert [line[2] for line in lines] == ["Bêta", "'=Alpha()"]
    for form in ("xlsx", "md", "json", "ics"):
        done = cadrage("export", "--output", f"out.{form}", "--form", form, "--confidential")
        assert (done.exit_code, done.output) == (0, f"out.{form}: 3 records.\n")
    assert cadrage("export", "--output", "x", "--project", "Nowhere").exit_code == 1
    assert cadrage("export", "--output", "no/folder/x").exit_code == 1


def test_the_audit_is_verified_and_what_was_altered_is_found(told: str) -> None:
    done = cadrage("verify-audit")
    assert done.exit_code == 0
    assert "3 links" in done.output

    def alter(conn: Connection) -> None:
        conn.execute(update(audit).where(audit.c.workspace == T, audit.c.n == 2).values(object="DEC-9"))

    db = connect(told)
    db.run_sync(alter)
    db.close()
    done = cadrage("verify-audit")
    assert done.exit_code == 1
    assert "link 2 does not hold" in done.output
