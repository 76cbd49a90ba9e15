"""The sponsor's digest: what one costs, in Slack and as a mail with pictures; and a thousand that are due in
the same minute, while people go on answering.

`make bench BENCH=digests`. Each of the thousand has a project, a sponsor and a channel of their own. People
press steadily, not as fast as they can: what counts is how long they wait. The floor is how long before.
"""

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from benchmarks import company, seed, subjects
from benchmarks.load import Person
from benchmarks.measure import percentile
from benchmarks.pieces import own_database, parts_of, timed
from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE, Json
from benchmarks.stores import store
from bot.digest import planning
from bot.outbound.render import Message
from bot.parts import Parts
from bot.routes import RENDERERS, due
from flows.diagnosis.diagnose import diagnose
from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.playbook import load as load_content
from flows.words import Words
from storage import diagnosis, firing, life, mail, outbox, schedule
from storage.database import Database, connect
from storage.diagnosis_evidence import evidence
from storage.tables import occurrence, project

MANY, WAIT = 1_000, 20  # digests; seconds until they are due
PEOPLE, PAUSE = 8, 0.25  # who press meanwhile, and seconds between two presses
LONGEST = 240  # seconds the thousand may take
RUNS = 6  # of the diagnosis, a week apart: what pictures draw


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundred digests")
    many = 100 if parser.parse_args().quick else MANY
    print("\n| one digest, of a project of 20 people | median | p99 |\n|---|--:|--:|", flush=True)
    _pieces()
    print(
        "\n| database | digests at once | made a second | posted a second | most in one channel | doubled | "
        "missed | ack before: median | p99 | ack meanwhile: median | p99 | errors |"
        "\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        flush=True,
    )
    for kind in ("SQLite", "PostgreSQL"):
        with store(kind) as url:
            print(f"| {kind} | {many:,} | {asyncio.run(_together(url, many))} |", flush=True)


# -- one ------------------------------------------------------------


def _pieces() -> None:
    playbook = load_content()
    with own_database() as db:
        id = company.fill(db, playbook, 20)
        company.close(db, id)
        parts = parts_of(db, playbook)
        rows = db.run_sync(_made, parts=parts, id=id, playbook=playbook)
        for name, what in (("in Slack", "sponsor_digest"), ("as a mail with pictures", planning.MAIL)):
            row = next(row for row in rows if row.ref["what"] == what)
            times = timed(partial(_rendered, db, parts, row), 30)
            print(f"| {name} | {' | '.join(waited(times))} |", flush=True)


def _made(conn: Connection, *, parts: Parts, id: str, playbook: Playbook) -> list[outbox.Row]:
    """The week's digest of this project, queued in both forms."""
    now, here = datetime.now(UTC), {"workspace": WORKSPACE, "project_id": id}
    for week in range(RUNS, 0, -1):
        read = evidence(conn, **here, playbook=playbook, now=now)
        if read is not None:
            found = diagnose(read, playbook.diagnosis)
            diagnosis.record(conn, **here, found=found, cause="weekly", now=now - timedelta(weeks=week))
    sponsor = company.HEADS["sponsor"]
    mail.choose(conn, workspace=WORKSPACE, user=sponsor, wanted=True, address="s@example.org", now=now)
    _planned(conn, id, now)
    fired = firing.fire_due(conn, now=now, handlers=due(parts))
    assert not fired.failed, fired.failed
    return outbox.claim(conn, worker="bench", now=now + timedelta(days=3), limit=500)


def _rendered(db: Database, parts: Parts, row: outbox.Row) -> object:
    message: Any = db.read_sync(RENDERERS[str(row.ref["what"])], row, parts)
    assert isinstance(message, Message), message
    return message.finish() if message.finish else message


def _planned(conn: Connection, id: str, at: datetime) -> None:
    schedule.put(
        conn, workspace=WORKSPACE, id=f"{planning.KIND}:{id}", kind=planning.KIND, next_due=at,
        zone="Europe/Paris", rule=planning.THURSDAYS, data={"project": id}, late_limit=planning.ANY_TIME,
    )  # fmt: skip


# -- a thousand ------------------------------------------------------------


@dataclass(kw_only=True)
class Heard:
    """The digests that have reached the sink: when the first and the latest came, and how often where."""

    began: float = 0
    latest: float = 0
    channels: Counter[str] = field(default_factory=Counter)

    def listens(self, before: Callable[[str, Json], None]) -> Callable[[str, Json], None]:
        """Beside whoever listens already."""

        def call(method: str, body: Json) -> None:
            before(method, body)
            if method == "chat.postMessage" and str(body.get("channel", "")).startswith("DU0H"):
                self.latest = time.perf_counter()
                self.began = self.began or self.latest
                self.channels[str(body["channel"])] += 1

        return call


async def _together(url: str, many: int) -> str:
    """One line of the table."""
    seats = iter(await asyncio.to_thread(_seeded, url, many))
    async with subjects.product("Socket Mode", PEOPLE, url, seats, tick=3) as subject:
        heard = Heard()
        subject.sink.on_call = heard.listens(subject.sink.on_call)
        acks: list[tuple[float, float]] = []
        errors: list[str] = []
        pressing = [asyncio.create_task(presses(who, acks, errors)) for who in subject.people]
        until = time.perf_counter() + LONGEST
        while heard.channels.total() < many and time.perf_counter() < until:  # noqa: ASYNC110
            await asyncio.sleep(1)
        for task in pressing:
            task.cancel()
    before = [seconds for at, seconds in acks if at < heard.began]
    during = [seconds for at, seconds in acks if heard.began <= at <= heard.latest]
    made = await asyncio.to_thread(_made_in, url)
    for error in errors[:1]:
        print(f"    first error: {error}", flush=True)
    doubled = sum(n - 1 for n in heard.channels.values())
    cells = (
        f"{many / made:,.0f}", f"{many / (heard.latest - heard.began):,.0f}", max(heard.channels.values()),
        doubled, many - len(heard.channels), *waited(before), *waited(during), len(errors),
    )  # fmt: skip
    return " | ".join(str(cell) for cell in cells)


async def presses(who: Person, acks: list[tuple[float, float]], errors: list[str]) -> None:
    """One person, at their ease: when each turn began, and how long its acknowledgement took."""
    while True:
        at = time.perf_counter()
        try:
            if (taken := await who.turn()) is not None:
                acks.append((at, taken[0]))
        except Exception as error:
            errors.append(repr(error))
        await asyncio.sleep(PAUSE)


def waited(seconds: list[float]) -> tuple[str, str]:
    """The median and what one in a hundred exceeds, as cells of a table."""
    return f"{percentile(seconds, 0.5) * 1e3:.1f} ms", f"{percentile(seconds, 0.99) * 1e3:.1f} ms"


def _seeded(url: str, many: int) -> list[seed.Seat]:
    """So many projects with a sponsor and something to say; their digests are due soon."""
    seats = seed.seats(url, many * seed.MEMBERS)
    db = connect(url, deadline=60, key=KEY)
    try:
        ids = [*db.read_sync(lambda conn: conn.execute(select(project.c.id)).scalars().all())]
        for first in range(0, many, 50):
            db.background.run_sync(_busy, ids[first : first + 50])
        at = datetime.now(UTC) + timedelta(seconds=WAIT)
        for first in range(0, many, 50):
            db.background.run_sync(_due, ids[first : first + 50], at)
    finally:
        db.close()
    return seats


def _due(conn: Connection, ids: list[str], at: datetime) -> None:
    for id in ids:
        _planned(conn, id, at)


def _busy(conn: Connection, ids: list[str]) -> None:
    now = datetime.now(UTC)
    for id in ids:
        for kind, title in (
            ("action", "Call three customers"),
            ("risk", "The supplier withdraws"),
        ):
            draft = Draft(kind=kind, item=title, title=Words.same(title), due=now.date())  # type: ignore[arg-type]
            life.make(conn, workspace=WORKSPACE, project_id=id, draft=draft, by="U0P00000X1", now=now)


def _made_in(url: str) -> float:
    """Seconds from the first digest that was made to the last one."""
    db = connect(url, deadline=60, key=KEY)
    try:
        query = select(occurrence.c.fired_at).where(occurrence.c.schedule_id.startswith(f"{planning.KIND}:"))
        moments = db.read_sync(lambda conn: conn.execute(query).scalars().all())
    finally:
        db.close()
    return max(float((max(moments) - min(moments)).total_seconds()), 0.001)


if __name__ == "__main__":
    main()
