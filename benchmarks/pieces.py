"""What single pieces of work cost, in this process: a diagnosis, all content, the largest pages, one turn.

Each stands beside a floor: the least work that could give the same. Calls are made one after the other;
allocations are the most memory one call has held beyond what was there before it.
"""

import json
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from benchmarks import company
from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE
from bot import asker, people
from bot.dialogue import load, screens
from bot.dialogue.load import Gesture, Who
from bot.dialogue.place import Place
from bot.hub import home
from bot.operations.clock import Clock
from bot.outbound.slack import Slack
from bot.parts import Parts
from bot.settings import Settings
from bot.words import blocks
from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence, ScaleTally
from flows.dialogue.engine import advance
from flows.dialogue.events import Submitted
from flows.dialogue.path import current
from flows.playbook import Playbook
from flows.playbook import load as load_content
from flows.playbook.loader import CRM
from flows.written import parse
from storage import dialogue
from storage.database import Connection, Database, connect
from storage.diagnosis_evidence import evidence

Work = Callable[[], Any]
PEOPLE = 20
TIMES = 200  # calls of what takes milliseconds
SLOW = 5  # calls of what takes longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One line of the table."""

    name: str
    work: Work
    floor: str
    least: Work
    times: int = TIMES


def main(*, quick: bool = False) -> None:
    """Print two tables: pieces beside their floors, and one turn as playbook and project grow."""
    playbook = load_content()
    with own_database() as db:
        project_id = company.fill(db, playbook, PEOPLE)
        print(f"\nWith {PEOPLE} people, who have answered every dialogue:\n")
        print("| piece | median | p99 | allocates | the floor | ratio |")
        print("|---|--:|--:|--:|---|--:|", flush=True)
        for piece in _pieces(db, playbook, project_id):
            _line(replace(piece, times=SLOW) if quick else piece)
    print("\n| one turn in process, as it grows | median | p99 |\n|---|--:|--:|", flush=True)
    for name, work in _turns(playbook):
        times = timed(work, SLOW if quick else TIMES)
        print(f"| {name} | {_ms(statistics.median(times))} | {_ms(_p99(times))} |", flush=True)


def _line(piece: Piece) -> None:
    times, least = timed(piece.work, piece.times), timed(piece.least, piece.times)
    median, base = statistics.median(times), statistics.median(least)
    print(
        f"| {piece.name} | {_ms(median)} | {_ms(_p99(times))} | {_allocates(piece.work) / 1000:,.0f} kB | "
        f"{piece.floor}: {_ms(base)} | {median / base:,.1f} |",
        flush=True,
    )


def _pieces(db: Database, playbook: Playbook, project_id: str) -> Iterator[Piece]:
    """Pages first, while every dialogue is open; a diagnosis reads most once they have closed."""
    yield from _pages(db, playbook, project_id)
    company.close(db, project_id)
    yield from _diagnoses(db, playbook, project_id)


def _diagnoses(db: Database, playbook: Playbook, project_id: str) -> Iterator[Piece]:
    now, here = datetime.now(UTC), {"workspace": WORKSPACE, "project_id": project_id}

    def gather() -> Evidence:
        found = db.read_sync(evidence, workspace=WORKSPACE, project_id=project_id, playbook=playbook, now=now)
        if found is None:
            raise LookupError(project_id)
        return found

    read = gather()
    yield Piece(
        name="diagnosis: indicators, gates, rules, verdict", work=lambda: diagnose(read, playbook.diagnosis),
        floor="the mean of each question", least=lambda: _means(read),
    )  # fmt: skip
    yield Piece(
        name="diagnosis with all it reads from the database",
        work=lambda: diagnose(gather(), playbook.diagnosis),
        floor="the same rows, unread", least=lambda: db.read_sync(_rows, **here), times=40,
    )  # fmt: skip


def _pages(db: Database, playbook: Playbook, project_id: str) -> Iterator[Piece]:
    yield Piece(
        name="loading and checking all content", work=load_content,
        floor="parsing the files", least=_parsed, times=SLOW,
    )  # fmt: skip
    parts = parts_of(db, playbook)
    shown = db.read_sync(_home, parts=parts, project_id=project_id)
    yield Piece(
        name=f"largest Home ({len(shown['blocks'])} blocks)",
        work=lambda: db.read_sync(_home, parts=parts, project_id=project_id),
        floor="its JSON", least=lambda: json.dumps(shown), times=40,
    )  # fmt: skip
    draw, view = _largest(db, parts, project_id)
    yield Piece(
        name=f"largest screen ({len(json.dumps(view)):,} bytes)", work=draw,
        floor="its JSON", least=lambda: json.dumps(view),
    )  # fmt: skip


def _means(read: Evidence) -> list[float]:
    """One pass over the same answers."""
    tallies = [t.total / t.n for t in read.anonymous.values() if isinstance(t, ScaleTally)]
    return tallies + [
        statistics.fmean(v if isinstance(v, int) else 0 for v in asked.answers.values())
        for asked in read.named.values()
        if asked.answers
    ]


def _rows(conn: Connection, *, workspace: str, project_id: str) -> int:
    """Every answer of the project, as it is stored."""
    runs = dialogue.runs(conn, workspace=workspace, project_id=project_id)
    return sum(len(dialogue.participations(conn, workspace=workspace, dialogue_id=run.id)) for run in runs)


def _parsed() -> None:
    """The files of content, parsed and looked at by nobody."""
    for file in sorted(CRM.glob("*.yaml")):
        parse(file.read_text(encoding="utf-8"))


def _home(conn: Connection, *, parts: Parts, project_id: str) -> dict[str, Any]:
    """The Home of whoever sees most of the project: its facilitator."""
    user = company.HEADS["facilitator"]
    person = people.several(conn, workspace=WORKSPACE, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person, project_id=project_id)
    return blocks.home(home.view(conn, parts=parts, who=who))


def _largest(db: Database, parts: Parts, project_id: str) -> tuple[Work, dict[str, Any]]:
    """The screen of the project whose view is longest, and its view."""
    found: list[tuple[int, Work, dict[str, Any]]] = []
    for run in db.read_sync(dialogue.runs, workspace=WORKSPACE, project_id=project_id):
        for user in (*company.HEADS.values(), "U0M000"):
            who, place = Who(workspace=WORKSPACE, user=user), Place(dialogue=run.id, nonce="0" * 32)
            gesture = Gesture(parts=parts, who=who, place=place, now=datetime.now(UTC))
            scene = db.read_sync(load.scene, gesture)
            if scene is None:
                continue
            for screen in scene.path:
                drawn = partial(screens.build, scene, screen, replace(place, screen=screen.key))
                found.append((len(json.dumps(drawn())), drawn, drawn()))
    _, draw, view = max(found, key=lambda one: one[0])
    return draw, view


def _turns(playbook: Playbook) -> Iterator[tuple[str, Work]]:
    """The first screen of D02, by somebody of the project: read, decided, saved, and undone."""
    fewer = replace(playbook, flows={"D02": playbook.flows["D02"]}, waves={})
    for name, content, size in (
        (f"a playbook of one dialogue, project of {PEOPLE} people", fewer, PEOPLE),
        (f"the whole playbook, project of {PEOPLE} people", playbook, PEOPLE),
        (f"the whole playbook, project of {3 * PEOPLE} people", playbook, 3 * PEOPLE),
    ):
        with own_database() as db:
            project_id = company.fill(db, content, size)
            yield name, _turn(db, content, project_id)


def _turn(db: Database, playbook: Playbook, project_id: str) -> Work:
    """Somebody changes an answer of D02: the sheet is read, the turn decided and saved."""
    flow, user, now = playbook.flows["D02"], "U0M001", datetime.now(UTC)
    runs = db.read_sync(dialogue.runs, workspace=WORKSPACE, project_id=project_id)
    run = next(run.id for run in runs if run.flow == "D02")
    said = iter(range(10**9))

    def taken(conn: Connection) -> None:
        sheet = dialogue.sheet(
            conn, workspace=WORKSPACE, id=run, person=user, flows=playbook.flows, lock=True
        )
        if sheet is None:
            raise LookupError(run)
        values = {"OBJ01": f"They are called back within {next(said)} hours."}
        event = Submitted(by=user, screen=flow.screens[0].key, values=values, at=now, confirmed=True)
        turn = advance(flow, sheet, event, today=now.date())
        current(flow, turn.dialogue)
        dialogue.save(conn, workspace=WORKSPACE, project_id=project_id, flow=flow, turn=turn, now=now)

    return lambda: db.run_sync(taken)


def parts_of(db: Database, playbook: Playbook) -> Parts:
    """What drawing needs. Nothing here calls Slack."""
    slack = Slack(url="http://127.0.0.1:9/", token=SecretStr("xoxb-none"), deadline=1)
    return Parts(settings=Settings(), db=db, slack=slack, clock=Clock(), playbook=playbook, wake=lambda: None)


@contextmanager
def own_database() -> Iterator[Database]:
    """An empty one in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="cadrage-bench-") as folder:
        db = connect(f"sqlite:///{Path(folder) / 'bench.db'}", deadline=60, key=KEY)
        try:
            db.upgrade()
            yield db
        finally:
            db.close()


def timed(work: Work, times: int) -> list[float]:
    """Seconds of each call, after one that does not count."""
    work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def _allocates(work: Work) -> int:
    """Bytes one call holds at most."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def _p99(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"
