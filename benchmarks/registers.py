"""What a page of the log costs with 10, 1,000 and 100,000 records, and a full Home: a table each.

Run by `make bench` in a process of its own, so that the most memory is theirs. Files: benchmarks/files.py.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from benchmarks import files
from benchmarks.process import KEY
from benchmarks.record_seed import HERE, USER, founded, open_issues, written
from benchmarks.stores import store
from bot import asker, people
from bot.hub import home
from bot.operations.clock import Clock
from bot.parts import Parts
from bot.settings import Settings
from flows.playbook import load
from flows.project import Project
from flows.register.finding import Wanted, typed
from storage import finding
from storage.database import Database, connect
from storage.finding import Reader
from storage.tables import record

READER = Reader(user=USER, roles=frozenset({"team"}), waiting=("PRO05", "GOA01"))
SIZES = (10, 1_000, 100_000)
TRIES = 200
Work = Callable[[], Any]
HEAD = (
    "| database | records | newest | page after | kind and state | a word | a rare word | two words | "
    "no such word | the floor | two words to the floor |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without 100,000 records")
    asked = parser.parse_args()
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if not asked.quick:
            print(files.HEAD, flush=True)
        for kind in ("SQLite", "PostgreSQL"):
            for many in SIZES[: 2 if asked.quick else 3]:
                with store(kind) as url:
                    rows.append(_sized(url, kind, many, Path(folder)))
    print(f"\nA page of ten, median in ms; the floor is ten records read by their numbers.\n\n{HEAD}")
    print("\n".join(rows))
    with store("SQLite") as url:
        _home(url)


def _sized(url: str, kind: str, many: int, folder: Path) -> str:
    db = connect(url, deadline=3600, key=KEY)
    db.upgrade()
    project, table = founded(db), folder / f"{many}.csv"
    written(table, many)
    if many > SIZES[1]:
        files.measure(db, kind, project, table)
    else:
        files.brought(db, project, table)
    if db.dialect == "postgresql":
        db.background.run_sync(_analysed)
    cells = _pages(db, project)
    db.close()
    return f"| {kind} | {many:,} | " + " | ".join(cells) + " |"


def _pages(db: Database, project: Project) -> list[str]:
    """Each case in turns with the floor."""
    here = {"workspace": project.workspace, "project_id": project.id}

    def page(wanted: Wanted, after: int = 0) -> Work:
        return lambda: db.read_sync(finding.page, **here, wanted=wanted, reader=READER, after=after, most=11)

    middle = page(Wanted())()[-1].place
    cases = (page(Wanted()), page(Wanted(), middle), page(Wanted(kind="decision", status="proposed")),
             page(typed(["editeur"])), page(typed(["zephyr"])), page(typed(["donnees", "choisir"])),
             page(typed(["nothing"])))  # fmt: skip
    *times, floor = _medians([*cases, lambda: db.read_sync(_by_number, project=project)])
    return [*(f"{each:.2f}" for each in times), f"{floor:.2f}", f"{times[5] / floor:.1f}"]


def _medians(cases: Sequence[Work]) -> list[float]:
    """Milliseconds, medians. In turns, so that what else the machine does falls on all alike."""
    times: list[list[float]] = [[] for _ in cases]
    for _ in range(TRIES):
        for case, taken in zip(cases, times, strict=True):
            began = time.perf_counter()
            case()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) * 1000 for taken in times]


def _by_number(conn: Connection, *, project: Project) -> object:
    """The floor: ten records by their numbers."""
    query = select(record).where(
        record.c.workspace == project.workspace, record.c.project_id == project.id,
        record.c.prefix == "DEC", record.c.number.in_(range(1, 11)),
    )  # fmt: skip
    return conn.execute(query).all()


def _home(url: str) -> None:
    """Home of somebody who sees to 200 open issues: processor time, not waiting."""
    db = connect(url, deadline=60, key=KEY)
    db.upgrade()
    open_issues(db, founded(db), 200)
    parts = Parts(
        settings=Settings(), db=db, slack=None, clock=Clock(), playbook=load(), wake=lambda: None,  # type: ignore[arg-type]
    )  # fmt: skip

    def drawn(conn: Connection) -> object:
        person = people.several(conn, workspace=HERE, users=(USER,))[USER]
        return home.view(conn, parts=parts, who=asker.load(conn, parts=parts, person=person))

    page = db.read_sync(drawn)
    own, least = _processor(lambda: db.read_sync(drawn)), _processor(lambda: json.dumps(page))
    print(f"\nHome with 200 open issues: {own:.1f} ms of processor time; its JSON alone {least:.2f} ms.")
    db.close()


def _processor(work: Work, times: int = 20) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times * 1000


def _analysed(conn: Connection) -> None:
    for table in ("log_entry", "record"):
        conn.execute(text(f"ANALYZE {table}"))


if __name__ == "__main__":
    main()
