"""PostgreSQL stops, or freezes, under our feet: callers are answered, nothing is lost, it heals."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, insert, select

from storage.database import Busy, Database, Unavailable, connect
from storage.tables import mark, metadata
from tests.storage.server import Server

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]
#: Seconds: far below those the network waits for, far above those that a busy machine takes.
PATIENCE = 10
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as started:
        yield started


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    opened = connect(server.url)
    opened.run_sync(metadata.drop_all)
    opened.run_sync(metadata.create_all)
    yield opened
    opened.close()


def put(conn: Connection, name: str) -> str:
    conn.execute(insert(mark), {"name": name, "at": NOW})
    return name


def names(conn: Connection) -> list[str]:
    return list(conn.execute(select(mark.c.name).order_by(mark.c.name)).scalars())


async def test_a_stopped_server_is_unavailable_at_once_and_back_when_it_is_back(
    server: Server, database: Database
) -> None:
    await asyncio.gather(*(database.run(put, f"before-{n}") for n in range(8)))  # warm every connection
    server.stop()
    for n in range(3):
        started = time.monotonic()
        with pytest.raises(Unavailable):
            await database.run(put, f"during-{n}")
        assert time.monotonic() - started < PATIENCE
    server.start()
    assert await database.run(put, "after") == "after"
    assert await database.read(names) == ["after", *(f"before-{n}" for n in range(8))]


async def test_a_restart_between_two_turns_is_not_even_noticed(server: Server, database: Database) -> None:
    await asyncio.gather(*(database.run(put, f"before-{n}") for n in range(8)))
    server.stop()
    server.start()
    results = await asyncio.gather(*(database.run(put, f"after-{n}") for n in range(16)))
    assert len(results) == 16
    assert len(await database.read(names)) == 24


async def test_what_was_confirmed_is_there_after_crashes_and_nothing_else(
    server: Server, database: Database
) -> None:
    confirmed: list[str] = []
    going_on = True

    async def write(writer: int) -> None:
        n = 0
        while going_on:
            n += 1
            try:
                confirmed.append(await database.run(put, f"{writer}-{n}"))
            except (Busy, Unavailable):
                await asyncio.sleep(0.05)

    writers = [asyncio.create_task(write(writer)) for writer in range(6)]
    for _ in range(3):
        await asyncio.sleep(0.4)
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(server.start)
    await asyncio.sleep(0.5)
    going_on = False
    await asyncio.gather(*writers)
    stored = set(await database.read(names))
    assert len(confirmed) > 50
    assert set(confirmed) <= stored
    assert len(confirmed) == len(set(confirmed))


async def test_a_frozen_server_does_not_hold_up_the_caller(server: Server, database: Database) -> None:
    await database.run(put, "before")
    server.freeze()
    started = time.monotonic()
    results = await asyncio.gather(
        *(database.run(put, f"frozen-{n}") for n in range(20)), database.read(names), return_exceptions=True
    )
    took, stuck = time.monotonic() - started, database.stuck_for()
    server.thaw()
    assert took < PATIENCE
    assert all(isinstance(result, Busy | Unavailable) for result in results)
    assert stuck > 2
    await asyncio.sleep(0.5)
    assert await database.run(put, "after") == "after"
    assert await database.read(names) == ["after", "before"]  # what callers had left was not committed
    assert database.stuck_for() == 0


async def test_the_worker_cannot_take_the_connections_of_clicks(database: Database) -> None:
    def dawdle(_: Connection) -> None:
        time.sleep(0.6)

    slow = [asyncio.create_task(database.background.run(dawdle)) for _ in range(12)]
    await asyncio.sleep(0.05)
    started = time.monotonic()
    await database.run(put, "click")
    assert time.monotonic() - started < 0.3
    await asyncio.gather(*slow)


async def test_a_row_that_somebody_holds_is_busy_before_the_deadline(database: Database) -> None:
    def hold(conn: Connection) -> None:
        conn.execute(select(mark).where(mark.c.name == "a").with_for_update())
        time.sleep(3)

    await database.run(put, "a")
    holder = asyncio.create_task(database.background.run(hold))
    await asyncio.sleep(0.2)
    started = time.monotonic()
    with pytest.raises(Busy):
        await database.run(lambda conn: conn.execute(mark.update().values(at=NOW)).rowcount)
    assert time.monotonic() - started < 2.3
    await holder


async def test_two_that_lock_each_other_both_succeed(database: Database) -> None:
    """PostgreSQL ends one of them (deadlock); it is run again."""
    for name in ("a", "b"):
        await database.run(put, name)

    def touch(conn: Connection, first: str, second: str) -> None:
        conn.execute(mark.update().where(mark.c.name == first).values(at=NOW))
        time.sleep(0.2)
        conn.execute(mark.update().where(mark.c.name == second).values(at=NOW))

    await asyncio.gather(database.background.run(touch, "a", "b"), database.background.run(touch, "b", "a"))
