"""Claiming what is due from 10,000, 100,000 and 1,000,000 planned things, by 1, 2 and 4 processes at once; a
beat with nothing due; and how long a bot takes to start with as many.

`make bench BENCH=schedules`. The floor takes the same rows by hundreds in one statement, and does nothing
with them. Claimers are processes of their own (`--claim`), which begin together.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, text, tuple_, update

from benchmarks import subjects
from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE
from benchmarks.stores import store
from storage import firing
from storage.columns import Instant
from storage.database import Database, connect
from storage.tables import occurrence, schedule

SIZES = (10_000, 100_000, 1_000_000)
CLAIMERS = (1, 2, 4)
DUE = 4_000  # of them, at one moment, for each claimed line
TOGETHER = 100  # in one transaction
BEATS = 300
PORTION = 50_000  # filled in at once
NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)  # Thursday, 08:30 in Paris
LATER = datetime(2030, 1, 3, 7, 30, tzinfo=UTC)
RULE = '{"rrule": "FREQ=WEEKLY;BYDAY=TH", "start": "2026-01-01T08:30"}'
HEAD = (
    "| database | planned | claimers | claims a second | doubled | missed | the floor | of the floor | "
    "a beat with nothing due |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)
FILL = {
    "sqlite": (
        "WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n + 1 < :end) "
        "INSERT INTO schedule "
        "(workspace, id, kind, zone, rule, data, next_due, version, late_limit_s, skipped) "
        "SELECT :w, printf('bench:%09d', n), 'bench', 'Europe/Paris', :rule, '{}', :later + n * 1000000, 1, "
        "86400, 0 FROM s"
    ),
    "postgresql": (
        "INSERT INTO schedule "
        "(workspace, id, kind, zone, rule, data, next_due, version, late_limit_s, skipped) "
        "SELECT :w, 'bench:' || lpad(n::text, 9, '0'), 'bench', 'Europe/Paris', CAST(:rule AS jsonb), '{}', "
        ":later + n * interval '1 second', 1, 86400, 0 FROM generate_series(:first, :end - 1) n"
    ),
}
_HEADS = (
    select(schedule.c.workspace, schedule.c.id)
    .where(schedule.c.next_due <= NOW)
    .order_by(schedule.c.next_due)
    .limit(TOGETHER)
    .with_for_update(skip_locked=True)
)
_BARE = (
    update(schedule)
    .where(tuple_(schedule.c.workspace, schedule.c.id).in_(_HEADS))
    .values(next_due=LATER, version=schedule.c.version + 1)
    .returning(schedule.c.id)
)
_DUE_NOW = (
    update(schedule)
    .where(schedule.c.workspace == WORKSPACE, schedule.c.id == bindparam("i"))
    .values(next_due=NOW)
)


def main() -> None:
    """Print the tables; or, as a child of this program, claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without 1,000,000")
    parser.add_argument("--claim", nargs=2, metavar=("URL", "HOW"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.claim:
        _claim(*asked.claim)
        return
    starts = ["\n| database | planned | until a bot is ready |\n|---|--:|--:|"]
    print(f"\n{HEAD}", flush=True)
    for kind in ("SQLite", "PostgreSQL"):
        for size in (0, *SIZES[: 2 if asked.quick else 3]):
            with store(kind) as url:
                with _opened(url) as db:
                    db.upgrade()
                    _filled(db, size)
                if size:
                    _lines(url, kind, size)
                starts.append(f"| {kind} | {size:,} | {asyncio.run(_started(url)):.2f} s |")
    print("\n".join(starts), flush=True)


def _lines(url: str, kind: str, size: int) -> None:
    """A line for each number of claimers. A SQLite file belongs to one process."""
    with _opened(url) as db:
        idle = _idle(db)
    for claimers in CLAIMERS if kind == "PostgreSQL" else CLAIMERS[:1]:
        floor, _ = _race(url, "floor", claimers, size)
        rate, claimed = _race(url, "product", claimers, size)
        with _opened(url) as db:
            kept, left = db.read_sync(_came_of_it)
            db.run_sync(_forgotten)
        print(
            f"| {kind} | {size:,} | {claimers} | {rate:,.0f} | {claimed - kept} | {left} | {floor:,.0f} | "
            f"{rate / floor:.2f} | {idle * 1e6:,.0f} µs |",
            flush=True,
        )


def _race(url: str, how: str, claimers: int, size: int) -> tuple[float, int]:
    """How many a second all claimers together take, once there are as many due; and how many they took."""
    with _opened(url) as db:
        db.run_sync(_due, size)
    arguments = [sys.executable, "-W", "ignore", "-m", "benchmarks.schedules", "--claim", url, how]
    children = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(claimers)
    ]
    said = [child.stdout.readline() for child in children if child.stdout]
    assert said == ["ready\n"] * claimers, said
    for child in children:
        if child.stdin:
            child.stdin.write("go\n")
            child.stdin.flush()
    told = [[float(part) for part in child.communicate()[0].split()] for child in children]
    seconds = max(end for _, _, end in told) - min(begin for _, begin, _ in told)
    claimed = int(sum(many for many, _, _ in told))
    return claimed / seconds, claimed


def _claim(url: str, how: str) -> None:
    """Take what is due, a hundred at a time, until nothing is."""
    taken = 0
    with _opened(url) as db:
        db.background.run_sync(firing.fire_due, now=NOW - timedelta(days=1), handlers={}, limit=1)
        print("ready", flush=True)
        sys.stdin.readline()
        began = time.time()
        found = TOGETHER
        while found:
            found = db.background.run_sync(_bare if how == "floor" else _planned)
            taken += found
        print(taken, began, time.time(), flush=True)


def _planned(conn: Connection) -> int:
    """What a beat of the product does, with handlers that do nothing."""
    handlers = {"bench": lambda conn, due, now: None}
    return len(firing.fire_due(conn, now=NOW, limit=TOGETHER, handlers=handlers).fired)


def _bare(conn: Connection) -> int:
    return len(conn.execute(_BARE).all())


async def _started(url: str) -> float:
    """Seconds until a bot has prepared its database and is linked to Slack."""
    began = time.perf_counter()
    async with subjects.product("Socket Mode", 0, url, iter(())):
        return time.perf_counter() - began


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    db = connect(url, deadline=600, key=KEY)
    try:
        yield db
    finally:
        db.close()


def _filled(db: Database, size: int) -> None:
    """In portions, for no statement may take long."""
    for first in range(0, size, PORTION):
        db.background.run_sync(_added, first=first, end=min(first + PORTION, size))
    if db.dialect == "postgresql":
        db.background.run_sync(lambda conn: conn.execute(text("ANALYZE schedule")))


def _added(conn: Connection, *, first: int, end: int) -> None:
    fill = text(FILL[conn.dialect.name]).bindparams(bindparam("later", type_=Instant()))
    conn.execute(fill, {"w": WORKSPACE, "rule": RULE, "later": LATER, "first": first, "end": end})


def _due(conn: Connection, size: int) -> None:
    """Some of them, from the first to the last, are due now."""
    ids = [{"i": f"bench:{n * size // DUE:09d}"} for n in range(DUE)]
    conn.execute(_DUE_NOW, ids)


def _idle(db: Database) -> float:
    """Seconds of a look that finds nothing, the median."""
    times = []
    for _ in range(BEATS):
        began = time.perf_counter()
        db.background.run_sync(firing.fire_due, now=NOW, handlers={}, limit=TOGETHER)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _came_of_it(conn: Connection) -> tuple[int, int]:
    kept = conn.execute(select(func.count()).select_from(occurrence)).scalar_one()
    left = conn.execute(
        select(func.count()).select_from(schedule).where(schedule.c.next_due <= NOW)
    ).scalar_one()
    return int(kept), int(left)


def _forgotten(conn: Connection) -> None:
    conn.execute(delete(occurrence))


if __name__ == "__main__":
    main()
