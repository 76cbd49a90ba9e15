"""What the log, files of records and the audit cost with 10, 1,000 and 100,000 records, and a full Home.

Run alone (`python -m benchmarks.registers`), on a SQLite file or on the database whose address is given.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot import asker, people
from bot.hub import home
from bot.operations import bringing, taking
from bot.operations.bringing import Order
from bot.operations.clock import Clock
from bot.parts import Parts
from bot.settings import Settings
from flows.dialogue.effects import Draft
from flows.playbook import load
from flows.project import Project
from flows.register.finding import Wanted, typed
from flows.words import Words
from storage import bringing as storage_bringing
from storage import finding
from storage import project as projects
from storage.database import Connection, Database, connect
from storage.finding import Reader

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORKSPACE, READER = "T0BENCH", Reader(user="U0ANN", roles=frozenset({"team"}), waiting=("PRO05", "GOA01"))
SUBJECTS = ("l’éditeur", "les données", "le pilote", "la reprise", "l’intégrateur", "les droits", "le budget")
TRIES = 200


def main() -> None:
    """Print the tables."""
    given = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as folder:
        _home(f"sqlite:///{folder}/home.db")
        rows = []
        for many in (10, 1_000, 100_000):
            db = connect(given or f"sqlite:///{folder}/{many}.db", deadline=3600, key="k" * 43)
            db.upgrade()
            rows.append(_sized(db, many, Path(folder)))
            db.close()
    print("A page of ten, median ms:")
    print("| records | list | next page | kind and state | a word | a rare word | two words | no such word |")
    print("|---|---|---|---|---|---|---|---|")
    for many, times in rows:
        print(f"| {many:,} | " + " | ".join(f"{each:.2f}" for each in times) + " |")


def _sized(db: Database, many: int, folder: Path) -> tuple[int, list[float]]:
    project = _founded(db)
    table = folder / f"{many}.csv"
    with table.open("w", encoding="utf-8") as out:
        out.write("Kind,Title,Because,Owner,Due\n")
        for n in range(many):
            what = SUBJECTS[n % len(SUBJECTS)]
            rare = " zephyr" if n == many // 2 else ""
            kind = "decision" if n % 3 else "issue"
            why = f"Parce que {what} coûte {n} €"
            out.write(f'{kind},"Point {n} : choisir {what}{rare}","{why}",,2027-01-15\n')
    if many > 1000:
        _files(db, project, table, folder)
    else:
        _quietly(Order(db=db, file=table, project=project))
    if db.dialect == "postgresql":
        db.background.run_sync(_analysed)
    here = {"workspace": WORKSPACE, "project_id": project.id}

    def page(wanted: Wanted, after: int = 0) -> Callable[[], object]:
        return lambda: db.read_sync(finding.page, **here, wanted=wanted, reader=READER, after=after, most=11)

    first = db.read_sync(
        finding.page, workspace=WORKSPACE, project_id=project.id, wanted=Wanted(), reader=READER, most=11
    )
    middle = first[-1].place
    cases = (page(Wanted()), page(Wanted(), middle), page(Wanted(kind="decision", status="proposed")),
             page(typed(["editeur"])), page(typed(["zephyr"])), page(typed(["donnees", "choisir"])),
             page(typed(["nothing"])))  # fmt: skip
    return many, [_median(case) for case in cases]


def _home(url: str) -> None:
    """Home of somebody who sees to 200 open issues: processor time, not waiting."""
    db = connect(url, deadline=60, key="k" * 43)
    db.upgrade()
    project, user = _founded(db), "U0ANN"
    here = {"workspace": WORKSPACE, "project_id": project.id}
    drafts = [
        Draft(kind="issue", item=str(n), title=Words.same(f"Issue {n}"), owner=user, due=NOW.date())
        for n in range(200)
    ]
    db.run_sync(storage_bringing.bring, **here, drafts=drafts, now=NOW)
    parts = Parts(
        settings=Settings(), db=db, slack=None, clock=Clock(), playbook=load(), wake=lambda: None,  # type: ignore[arg-type]
    )  # fmt: skip

    def drawn(conn: Connection) -> object:
        person = people.several(conn, workspace=WORKSPACE, users=(user,))[user]
        return home.view(conn, parts=parts, who=asker.load(conn, parts=parts, person=person))

    db.read_sync(drawn)
    began = time.process_time()
    for _ in range(20):
        db.read_sync(drawn)
    print(f"Home with 200 open issues: {(time.process_time() - began) / 20 * 1000:.1f} ms of processor time")
    db.close()


def _files(db: Database, project: Project, table: Path, folder: Path) -> None:
    """Bring in, take away in every form, verify: rows a second and the most memory."""
    many = 100_000
    _line("import: preview and making", many, lambda: _quietly(Order(db=db, file=table, project=project)))
    playbook = load()
    for form in ("csv", "xlsx", "json", "md", "ics"):
        _line(f"export {form}", many, lambda form=form: taking.export(  # type: ignore[misc]
            db, playbook, project=project, form=form, target=folder / f"out.{form}", language="fr",
            confidential=False, now=NOW, say=lambda said: None,
        ))  # fmt: skip
    _line("verify-audit", many, lambda: taking.verify(db, lambda said: None))


def _line(what: str, many: int, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = f"{many / took:,.0f} a second"
    print(f"{what}: {took:.1f} s, {rate}; the process's most so far {peak:.0f} MB", flush=True)


def _quietly(order: Order) -> None:
    found = bringing.preview(order, say=lambda said: None)
    bringing.bring(order, found, now=NOW, say=lambda said: None)


def _median(case: Callable[[], object]) -> float:
    case()
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        case()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _founded(db: Database) -> Project:
    id = db.run_sync(projects.create, workspace=WORKSPACE, channel="C0", language="fr", facilitator="U0ANN",
                     name="Bench", now=NOW)  # fmt: skip
    found = db.read_sync(projects.get, workspace=WORKSPACE, id=id)
    assert found is not None
    return found


def _analysed(conn: Connection) -> None:
    conn.execute(text("ANALYZE log_entry"))


if __name__ == "__main__":
    main()
