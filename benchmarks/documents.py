"""Documents as files: of the worked example, of a project ten times larger, the note with 500 needs; and how
long people wait while a bot lays out PDFs.

`make bench BENCH=documents`. The floor of a form is the least work that could give one: the same lines as
bare paragraphs, through the same printer, the same library for Word, or as bytes.
"""

import argparse
import asyncio
import html
import io
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import docx

from benchmarks import full, seed, subjects
from benchmarks.digests import presses, waited
from benchmarks.pieces import parts_of
from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE as BENCH
from benchmarks.sink import Json
from benchmarks.stores import store
from bot.documents import making, sending
from bot.documents.forms import FORMS, Form, Order, made
from bot.documents.kinds import KINDS, NOTE
from bot.documents.making import Blocked
from bot.documents.page import Page
from bot.documents.press import pdf, word
from flows.playbook import Playbook, load
from storage import project as projects
from storage.database import Connection, connect
from tests.golden.stages import order
from tests.worked_example.playing import WORKSPACE
from tests.worked_example.written import Written, written

TIMES = 5
PATIENCE = 300.0  # seconds a page may take here: what is measured is not stopped
NEEDS = 500
#: People who press meanwhile, seconds until PDFs may leave, and the most they may take.
PEOPLE, WAIT, LONGEST = 8, 25, 300
HEAD = (
    "| project | document | form | size | median | its floor | ratio | peak memory |\n"
    "|---|---|---|--:|--:|--:|--:|--:|"
)
Work = Callable[[], Any]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the example only, each once")
    quick = parser.parse_args().quick
    times = 1 if quick else TIMES
    print(f"\n{HEAD}", flush=True)
    playbook = load()
    for name, more in [*SIZES.items()][: 1 if quick else None]:
        with written(playbook, "fr") as project:
            if more:
                _filled(project, **more)
            for doc in KINDS if name != LARGEST else (NOTE,):
                _rows(project, name, doc, times)
    print(
        "\n| database | PDFs of a large note | laid out a second | ack before: median | p99 | ack meanwhile: "
        "median | p99 | not as PDF | errors |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        flush=True,
    )
    with store("SQLite") as url:
        print(f"| SQLite | {asyncio.run(_meanwhile(url, playbook, 1 if quick else 10))} |", flush=True)


LARGEST = f"with {NEEDS} needs"
SIZES: Mapping[str, Mapping[str, int]] = {
    "the worked example": {}, "ten times larger": {"times": 9}, LARGEST: {"times": 0, "need": NEEDS},
}  # fmt: skip


def _filled(project: Written, **more: int) -> None:
    project.parts.db.run_sync(
        full.fill, workspace=WORKSPACE, project=project.id, by=project.project.creator,
        now=project.clock.now(), **more,
    )  # fmt: skip


# -- one file ------------------------------------------------------------


def _rows(project: Written, name: str, doc: str, times: int) -> None:
    """One document in each form, with its floor in turns."""
    try:
        kept = project.makes(doc)
    except Blocked:
        return
    lines = made(order(kept, doc, "fr", "md")).file.content.decode().splitlines()
    for form in FORMS:
        press, writer = partial(pdf, patience=PATIENCE), partial(word, patience=PATIENCE)
        asked = replace(order(kept, doc, "fr", form), press=press, writer=writer)
        own, least = _medians((lambda asked=asked: made(asked), partial(FLOORS[form], lines)), times)  # type: ignore[misc]
        file = made(asked)
        assert not file.instead, file.instead
        size, memory = f"{len(file.file.content) / 1000:,.0f} kB", _memory(asked)
        cells = (name, doc, form, size, _s(own), _s(least), f"{own / least:.1f}", memory)
        print(f"| {' | '.join(cells)} |", flush=True)


def _medians(cases: tuple[Work, Work], times: int) -> list[float]:
    """Seconds, medians, in turns, after one of each that does not count."""
    spent: tuple[list[float], list[float]] = ([], [])
    for n in range(times + 1):
        for case, taken in zip(cases, spent, strict=True):
            began = time.perf_counter()
            case()
            if n:
                taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in spent]


def _memory(asked: Order) -> str:
    """Of what is made in a process of its own the largest resident set of that; of the others the most one
    call allocates."""
    if asked.form in ("pdf", "docx"):
        with ProcessPoolExecutor(1) as apart:  # a process that has had no other child
            return apart.submit(_printer, asked).result()
    tracemalloc.start()
    try:
        made(asked)
        return f"{tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB"
    finally:
        tracemalloc.stop()


def _printer(asked: Order) -> str:
    made(asked)
    return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6:.0f} MB"


def _printed(lines: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    page = f"<html lang=fr><title>x</title><body style='font:10pt DejaVu Sans'>{body}</body></html>"
    return pdf(Page(title="x", html=page, pictures={}), patience=PATIENCE)


def _word(lines: list[str]) -> bytes:
    file, out = docx.Document(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(out)
    return out.getvalue()


def _bytes(lines: list[str]) -> bytes:
    return "\n".join(html.escape(line) for line in lines).encode()


FLOORS: Mapping[Form, Callable[[list[str]], bytes]] = {
    "pdf": _printed, "docx": _word, "html": _bytes, "md": _bytes,
}  # fmt: skip


# -- many, while people answer ------------------------------------------------------------


@dataclass(kw_only=True)
class Files:
    """The files that have reached the sink."""

    names: list[str]
    latest: float = 0

    def listens(self, before: Callable[[str, Json], None]) -> Callable[[str, Json], None]:
        """Beside whoever listens already."""

        def call(method: str, body: Json) -> None:
            before(method, body)
            if method == "files.getUploadURLExternal":
                self.names.append(str(body.get("filename", "")))
            elif method == "files.completeUploadExternal":
                self.latest = time.perf_counter()

        return call


async def _meanwhile(url: str, playbook: Playbook, size: int) -> str:
    """One line: the note of a large project, asked for as PDF by everybody in it and in both languages.
    `size`: how many times the example."""
    everybody = await asyncio.to_thread(seed.seats, url, 60 * seed.MEMBERS)
    mine = [seat for seat in everybody if seat.project == everybody[0].project]
    seats = iter([seat for seat in everybody if seat.project != everybody[0].project])
    wanted = len(mine) * 2
    due = datetime.now(UTC) + timedelta(seconds=WAIT)
    await asyncio.to_thread(_asked, url, playbook, mine, size, due)
    async with subjects.product("Socket Mode", PEOPLE, url, seats, tick=3) as subject:
        files = Files(names=[])
        subject.sink.on_call = files.listens(subject.sink.on_call)
        acks: list[tuple[float, float]] = []
        errors: list[str] = []
        pressing = [asyncio.create_task(presses(who, acks, errors)) for who in subject.people]
        began = time.perf_counter() + (due - datetime.now(UTC)).total_seconds()
        while len(files.names) < wanted and time.perf_counter() < began + LONGEST:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        for task in pressing:
            task.cancel()
    before = [seconds for at, seconds in acks if at < began]
    during = [seconds for at, seconds in acks if began <= at <= files.latest]
    for error in errors[:1]:
        print(f"    first error: {error}", flush=True)
    other = wanted - sum(name.endswith(".pdf") for name in files.names)
    cells = (
        wanted,
        f"{wanted / (files.latest - began):.2f}",
        *waited(before),
        *waited(during),
        other,
        len(errors),
    )
    return " | ".join(str(cell) for cell in cells)


def _asked(url: str, playbook: Playbook, seats: list[seed.Seat], size: int, due: datetime) -> None:
    """A large project; everybody in it has asked for its note, which leaves from a moment on."""
    db = connect(url, deadline=60, key=KEY)
    try:
        id, by, now = seats[0].project, seats[0].user, datetime.now(UTC)
        db.background.run_sync(full.fill, workspace=BENCH, project=id, by=by, now=now, times=size)
        parts = parts_of(db, playbook)
        project = db.read_sync(projects.get, workspace=BENCH, id=id)
        assert project is not None
        number = db.run_sync(making.make, parts=parts, project=project, doc=NOTE, by=by)

        def queued(conn: Connection) -> None:
            for seat in seats:
                for language in ("fr", "en"):
                    ref = sending.Ref(doc=NOTE, version=number, form="pdf", language=language, by=seat.user)
                    sending.queue(conn, project=project, ref=ref, now=due)

        db.run_sync(queued)
    finally:
        db.close()


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
