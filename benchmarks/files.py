"""Records brought in from a file, taken away in every form, and their audit verified: rows a second.

Each stands beside a floor: the same lines read and put into a bare table, the same rows read and written as
CSV, a keyed hash of as many bytes as a link has.
"""

import csv
import hmac
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select

from benchmarks.record_seed import HERE, NOW
from bot.operations import bringing, taking
from bot.operations.bringing import Order
from bot.takeaway.files import Form
from flows.playbook import load
from flows.project import Project
from storage import bringing as kept
from storage.database import Database
from storage.tables import record

Work = Callable[[], Any]
EVERY: tuple[Form, ...] = ("csv", "xlsx", "json", "md", "ics")
HEAD = "\n| 100,000 records in files | a second | of the floor | most memory |\n|---|--:|--:|--:|"
BARE = Table("bare", MetaData(), Column("n", Integer, primary_key=True), *(
    Column(name, String(400)) for name in ("kind", "title", "because", "owner", "due")
))  # fmt: skip


def measure(db: Database, kind: str, project: Project, table: Path) -> None:
    """One line of the table each; every form of file on SQLite, where reading is fastest, CSV on both."""
    with table.open(encoding="utf-8") as file:
        many = sum(1 for _ in file) - 1
    _line(f"{kind}: brought in, preview first", many, lambda: brought(db, project, table),
          lambda: _put(db, table))  # fmt: skip
    playbook = load()
    for form in EVERY if kind == "SQLite" else EVERY[:1]:
        target = table.with_suffix(f".out.{form}")
        taken = partial(
            taking.export, db, playbook, project=project, form=form, target=target, language="fr",
            confidential=False, now=NOW, say=lambda said: None,
        )  # fmt: skip
        _line(f"{kind}: taken away as {form}", many, taken, lambda: _got(db, table.with_suffix(".bare")))
    _line(
        f"{kind}: audit verified", many, lambda: taking.verify(db, lambda said: None), lambda: _hashed(many)
    )


def brought(db: Database, project: Project, table: Path) -> None:
    """Preview, then make."""
    order = Order(db=db, file=table, project=project)
    found = bringing.preview(order, say=lambda said: None)
    bringing.bring(order, found, now=NOW, say=lambda said: None)


def _line(what: str, many: int, work: Work, least: Work) -> None:
    base, own = _took(least), _took(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {what} | {many / own:,.0f} | {base / own:.2f} | {peak:.0f} MB |", flush=True)


def _took(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _put(db: Database, table: Path) -> None:
    """The floor of bringing in: the same lines, as many at a time, in a table without anything."""
    db.background.run_sync(BARE.create)
    with table.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, fieldnames=[column.name for column in BARE.c][1:])
        while rows := list(islice(lines, kept.MOST)):
            db.background.run_sync(lambda conn, rows=rows: conn.execute(insert(BARE), rows))  # type: ignore[misc]


def _got(db: Database, target: Path) -> None:
    """The floor of taking away: the rows as they are, as CSV."""
    with target.open("w", encoding="utf-8", newline="") as out:
        for rows in _portions(db):
            csv.writer(out).writerows(map(tuple, rows))


def _portions(db: Database) -> Iterator[list[Any]]:
    for prefix in ("DEC", "ISS"):
        number = 0
        while rows := db.background.read_sync(_after, prefix=prefix, number=number):
            number = rows[-1].number
            yield rows


def _after(conn: Connection, *, prefix: str, number: int) -> list[Any]:
    query = select(record).where(
        record.c.workspace == HERE, record.c.prefix == prefix, record.c.number > number
    )
    return list(conn.execute(query.order_by(record.c.number).limit(1000)).all())


def _hashed(many: int) -> None:
    before = b"0" * 64
    for _ in range(many):
        before = hmac.digest(b"k" * 32, before + b"x" * 300, "sha256").hex().encode()
