"""Killed at each point of a transaction: what was confirmed is there, what was not is whole or absent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import connect
from storage.tables import answer, inbox, mark

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from datetime import UTC, datetime
from sqlalchemy import insert
from storage.database import connect
from storage.tables import inbox, mark

def put(conn, n):
    conn.execute(insert(mark), {"name": f"{n}", "at": datetime.now(UTC)})
    conn.execute(insert(inbox), {"workspace": "T", "key": f"{n}", "kind": "event", "at": datetime.now(UTC)})

database = connect(sys.argv[1])
for n in range(20):
    database.run_sync(put, n)
    print(n, flush=True)
"""


@pytest.mark.parametrize("point", ["after_begin", "before_commit", "after_commit"])
def test_a_kill_loses_nothing_confirmed_and_leaves_no_half(database_url: str, point: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITER, database_url],
        cwd=ROOT,
        env={**os.environ, "CADRAGE_FAILPOINT": f"{point}:5"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    confirmed = {int(line) for line in done.stdout.split()}
    database = connect(database_url)
    marks = {
        int(name) for name in database.read_sync(lambda c: c.execute(select(mark.c.name)).scalars().all())
    }
    keys = database.read_sync(
        lambda c: c.execute(select(inbox.c.key).where(inbox.c.workspace == "T")).scalars().all()
    )
    assert confirmed == {0, 1, 2, 3}
    assert marks == ({0, 1, 2, 3, 4} if point == "after_commit" else confirmed)
    assert {int(key) for key in keys} == marks
    count = select(func.count()).select_from(answer).where(answer.c.workspace == "T")
    assert database.run_sync(lambda c: c.execute(count).scalar_one()) == 0  # and writing goes on
    database.close()


def test_without_the_setting_nothing_happens(database_url: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "CADRAGE_FAILPOINT"}
    done = subprocess.run(
        [sys.executable, "-c", WRITER, database_url],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stdout.split())) == (0, 20), done.stderr
