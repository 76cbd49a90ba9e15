"""The tables are made by migrations, from any number of processes at once, and agree with storage/tables."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, inspect, select

from storage import dialogue, project, register
from storage.database import connect
from storage.tables import ACROSS, answer, metadata, record
from storage.tables import dialogue as dialogue_table
from storage.tables import project as project_table
from storage.tables.logs import TEXT_INDEX
from storage.upgrade import configuration, newest
from tests.storage.scoping import NOW, SOPHIE, T

ROOT = Path(__file__).parents[2]


def differences(conn: Connection) -> list[object]:
    opts = {"compare_type": True, "compare_server_default": True, "include_name": described}
    context = MigrationContext.configure(conn, opts=opts)
    return compare_metadata(context, metadata)


def described(name: str | None, _kind: str, _within: object) -> bool:
    """All but the index of the log's texts, which SQLAlchemy has no words for (storage/tables/logs.py)."""
    return not (name or "").startswith(TEXT_INDEX)


def tables(conn: Connection) -> set[str]:
    return {name for name in inspect(conn).get_table_names() if described(name, "table", None)}


def test_an_upgrade_of_nothing_gives_exactly_the_tables(empty_url: str) -> None:
    database = connect(empty_url)
    database.upgrade()
    assert database.read_sync(tables) == {*metadata.tables, "alembic_version"}
    assert database.read_sync(differences) == []
    database.upgrade()
    database.close()


def test_one_can_go_back_and_forth(empty_url: str) -> None:
    database = connect(empty_url)
    database.upgrade()
    database.background.run_sync(lambda conn: command.downgrade(configuration(conn), "base"))
    assert database.read_sync(tables) == {"alembic_version"}
    database.upgrade()
    assert database.read_sync(differences) == []
    database.close()


def lived_in(conn: Connection) -> tuple[str, str]:
    """A project with a dialogue, an answer and a record, in the first tables; ids of the first two."""
    project_id = project.create(
        conn, workspace=T, channel="C0CRM", language="fr", facilitator=SOPHIE, name="Phénix", now=NOW
    )
    id = dialogue.open(
        conn, workspace=T, project_id=project_id, flow="D02", opened_by=SOPHIE, closes_on=None, now=NOW
    )
    flags = {"shared": False, "compared": False, "restricted": False}
    key = {"workspace": T, "dialogue_id": id, "question": "OBJ05", "respondent": SOPHIE}
    conn.execute(insert(answer), {**key, "version": 1, "author": SOPHIE, "value": "pain", "at": NOW, **flags})
    here = {"workspace": T, "project_id": project_id, "prefix": "DEC", "number": 1, "kind": "decision"}
    said = {"title_en": "One", "title_fr": "Un", "status": "open", "given_status": "open", "fields": {"a": 1}}
    source = {"source_dialogue": id, "source_question": "OBJ05", "source_respondent": "", "source_item": "a"}
    more = {"restricted": False, "asked_by": 0, "created_at": NOW, "changed_at": NOW}
    conn.execute(insert(record), {**here, **said, **source, **more})
    return project_id, id


def counted(conn: Connection) -> list[int]:
    """Rows of the tables that are copied or changed on the way."""
    changed = (project_table, dialogue_table, answer, record)
    rows = [select(func.count()).select_from(table).execution_options(**ACROSS) for table in changed]
    return [conn.execute(query).scalar_one() for query in rows]


def test_what_people_have_said_stays_on_the_way_up_and_down(empty_url: str) -> None:
    """SQLite changes a column by copying its table: nothing may hang on the one that goes."""
    database = connect(empty_url)
    run = database.background.run_sync
    run(lambda conn: command.upgrade(configuration(conn), "0001"))
    project_id, id = run(lived_in)
    database.upgrade()
    answers = database.read_sync(dialogue.answers, workspace=T, dialogue_id=id)
    assert [(who, given.value) for who, given in answers["OBJ05"]] == [(SOPHIE, "pain")]
    [kept] = database.read_sync(register.records, workspace=T, project_id=project_id)
    assert (kept.ref, kept.title.fr, kept.fields, kept.source) == ("DEC-1", "Un", {"a": 1}, "OBJ05")
    run(lambda conn: command.downgrade(configuration(conn), "0001"))
    assert database.read_sync(counted) == [1, 1, 1, 1]
    database.close()


UPGRADE = "import sys; from storage.database import connect; connect(sys.argv[1]).upgrade()"


@pytest.mark.postgresql
@pytest.mark.slow
def test_processes_that_upgrade_at_once_do_not_trip_over_each_other(postgresql_server: str) -> None:
    from tests.databases import own_schema  # noqa: PLC0415

    with own_schema(postgresql_server) as url:
        processes = [
            subprocess.Popen([sys.executable, "-c", UPGRADE, url], cwd=ROOT, stderr=subprocess.PIPE)
            for _ in range(3)
        ]
        errors = [process.communicate(timeout=60)[1].decode() for process in processes]
        assert [process.returncode for process in processes] == [0, 0, 0], errors
        database = connect(url)
        assert database.read_sync(differences) == []
        database.close()


def test_a_process_that_upgrades_a_file_in_use_is_told(sqlite_url: str) -> None:
    database = connect(sqlite_url)
    database.run_sync(lambda conn: None)
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE, sqlite_url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    database.close()
    assert done.returncode == 1
    assert "already in use by another Cadrage process" in done.stderr


def test_the_migrations_travel_in_the_wheel(tmp_path: Path) -> None:
    """Imports storage from a zip-like copy elsewhere, as an installed package would be."""
    packed = tmp_path / "installed"
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as archive:
        for package in ("storage", "flows"):
            for file in sorted((ROOT / package).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(ROOT))
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        archive.extractall(packed)
    url = f"sqlite:///{tmp_path / 'new' / 'cadrage.db'}"
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE, url], cwd=packed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_table_and_column_says_what_it_is_for() -> None:
    silent = [table.name for table in metadata.tables.values() if not table.comment]
    silent += [str(column) for table in metadata.tables.values() for column in table.c if not column.comment]
    assert silent == []


def test_every_tenant_row_says_its_workspace_first() -> None:
    """`mark` holds moments of the installation; `outbox` is claimed by its own number, `log_entry` read by
    its own."""
    apart = ("mark", "outbox", "log_entry")
    tenants = [table for table in metadata.tables.values() if table.name not in apart]
    assert all(next(iter(table.primary_key)).name == "workspace" for table in tenants)


def test_the_newest_migration_is_known_without_alembic() -> None:
    assert newest() == ScriptDirectory.from_config(configuration(None)).get_current_head()  # type: ignore[arg-type]


def test_a_start_with_tables_of_today_does_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'today.db'}"
    program = (
        "import sys; from storage.database import connect; "
        "db = connect(sys.argv[1]); db.upgrade(); db.close(); print('alembic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program, url], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]
