"""The transaction runner: what is saved, what is not, and how long a caller waits."""

import asyncio
import contextlib
import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, insert, select

from storage import project
from storage.database import Busy, Database, InUse, Unavailable, connect
from storage.job import Abandoned, Job, watched
from storage.tables import mark

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def put(conn: Connection, name: str) -> str:
    conn.execute(insert(mark), {"name": name, "at": NOW})
    return name


def put_then_fail(conn: Connection, name: str) -> None:
    put(conn, name)
    raise LookupError(name)


def put_slowly(conn: Connection, name: str, seconds: float) -> None:
    put(conn, name)
    time.sleep(seconds)


def names(conn: Connection) -> list[str]:
    return list(conn.execute(select(mark.c.name).order_by(mark.c.name)).scalars())


async def test_a_function_that_fails_saves_nothing_and_the_caller_gets_its_error(database: Database) -> None:
    with pytest.raises(LookupError, match="a"):
        await database.run(put_then_fail, "a")
    assert await database.read(names) == []


async def test_what_run_returned_is_read_by_everybody(database: Database) -> None:
    assert await database.run(put, "a") == "a"
    assert await database.read(names) == ["a"]
    assert await database.background.read(names) == ["a"]


async def test_among_many_at_once_only_those_that_fail_are_undone(database: Database) -> None:
    jobs = [database.run(put_then_fail if n % 3 == 0 else put, f"{n:02}") for n in range(40)]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    kept = [f"{n:02}" for n in range(40) if n % 3 != 0]
    assert [r for r in results if isinstance(r, str)] == kept
    assert sum(isinstance(r, LookupError) for r in results) == 14
    assert await database.read(names) == kept


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await database.read(put, "a")
    assert await database.read(names) == []


def test_code_without_an_event_loop_runs_the_same_functions(database: Database) -> None:
    assert database.run_sync(put, "a") == "a"
    assert database.read_sync(names) == ["a"]
    with pytest.raises(LookupError):
        database.run_sync(put_then_fail, "b")


async def test_a_timeout_inside_a_function_is_not_taken_for_a_slow_database(database: Database) -> None:
    def late(_: Connection) -> None:
        raise TimeoutError("of my own")

    with pytest.raises(TimeoutError, match="of my own"):
        await database.run(late)
    with pytest.raises(TimeoutError, match="of my own"):
        await asyncio.to_thread(database.run_sync, late)


async def test_a_caller_leaves_after_the_deadline_and_nothing_is_saved_behind_their_back(
    database_url: str,
) -> None:
    impatient = connect(database_url, deadline=0.2)
    started = time.monotonic()
    with pytest.raises(Busy):
        await impatient.run(put_slowly, "late", 0.6)
    assert time.monotonic() - started < 0.5
    await asyncio.sleep(0.7)
    assert await impatient.read(names) == []
    impatient.close()


async def test_a_caller_that_is_cancelled_leaves_nothing_saved_behind(database: Database) -> None:
    """Its own deadline may come first; it tells the person that nothing was saved."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.1):
            await database.run(put_slowly, "late", 0.4)
    await asyncio.sleep(0.5)
    assert await database.read(names) == []


async def test_a_job_whose_caller_has_left_is_not_begun(sqlite_url: str) -> None:
    impatient = connect(sqlite_url, deadline=0.2)
    slow = asyncio.create_task(impatient.background.run(put_slowly, "slow", 0.5))
    await asyncio.sleep(0.1)
    with pytest.raises(Busy):
        await impatient.run(put, "never")
    await slow
    await asyncio.sleep(0.1)
    assert await impatient.read(names) == ["slow"]
    impatient.close()


async def test_the_watchdog_sees_a_database_that_gets_nowhere(sqlite_database: Database) -> None:
    assert sqlite_database.stuck_for() == 0
    slow = asyncio.create_task(sqlite_database.run(put_slowly, "slow", 0.5))
    await asyncio.sleep(0.3)
    assert 0.1 < sqlite_database.stuck_for() < 0.5
    await slow
    await asyncio.sleep(0.05)
    assert sqlite_database.stuck_for() == 0


async def test_reading_goes_on_while_somebody_writes(sqlite_database: Database) -> None:
    slow = asyncio.create_task(sqlite_database.run(put_slowly, "slow", 0.4))
    await asyncio.sleep(0.05)
    started = time.monotonic()
    assert await sqlite_database.read(names) == []
    assert time.monotonic() - started < 0.2
    await slow


async def test_jobs_that_wait_together_share_one_commit(sqlite_database: Database) -> None:
    commits: list[object] = []
    note = commits.append
    event.listen(Engine, "commit", note)
    hold = asyncio.create_task(sqlite_database.run(put_slowly, "a", 0.2))
    await asyncio.sleep(0.05)
    await asyncio.gather(*(sqlite_database.run(put, f"b{n}") for n in range(20)), hold)
    event.remove(Engine, "commit", note)
    assert len(commits) == 2
    assert len(await sqlite_database.read(names)) == 21


async def test_a_writer_outside_makes_us_busy_and_never_slow(sqlite_database: Database) -> None:
    await sqlite_database.run(put, "before")
    other = sqlite3.connect(str(sqlite_database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(Busy):
        await sqlite_database.run(put, "meanwhile")
    assert time.monotonic() - started < 2.5
    other.execute("ROLLBACK")
    other.close()
    assert await sqlite_database.run(put, "after") == "after"
    assert await sqlite_database.read(names) == ["after", "before"]


async def test_a_full_disk_refuses_writes_and_recovers_by_itself(sqlite_database: Database) -> None:
    def limit(conn: Connection, pages: int) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def put_much(conn: Connection, name: str) -> None:
        for n in range(2000):
            put(conn, f"{name}-{n}")

    used = await sqlite_database.run(lambda conn: conn.exec_driver_sql("PRAGMA page_count").scalar_one())
    await sqlite_database.run(limit, used + 2)
    results = await asyncio.gather(
        sqlite_database.run(put, "first"),
        sqlite_database.run(put_much, "much"),
        sqlite_database.run(put, "last"),
        return_exceptions=True,
    )
    assert isinstance(results[1], Unavailable)
    saved = [r for r in results if isinstance(r, str)]
    assert await sqlite_database.read(names) == sorted(saved)
    await sqlite_database.run(limit, 100_000)
    await sqlite_database.run(put_much, "much")
    check = await sqlite_database.read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar_one())
    assert check == "ok"


def test_a_second_process_on_the_same_file_is_told_what_to_do(sqlite_database: Database) -> None:
    sqlite_database.run_sync(put, "a")
    second = connect(str(sqlite_database.url))
    with pytest.raises(InUse, match=r"already in use by another Cadrage process \(process \d+\). Stop"):
        second.upgrade()
    with pytest.raises(InUse):
        second.run_sync(put, "b")
    assert second.read_sync(names) == ["a"]
    second.close()
    sqlite_database.close()
    third = connect(str(sqlite_database.url))
    assert third.run_sync(put, "c") == "c"
    third.close()


async def test_what_is_queued_is_finished_before_closing(database_url: str) -> None:
    database = connect(database_url)
    jobs = [asyncio.ensure_future(database.run(put, f"{n}")) for n in range(8)]
    await asyncio.sleep(0)
    await asyncio.to_thread(database.close)
    assert len(await asyncio.gather(*jobs)) == 8


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/x", "must begin with"),
        ("sqlite://", "must begin with"),
        ("sqlite:///:memory:", "must begin with"),
        ("not an address", "not an address"),
    ],
)
def test_another_address_is_refused_with_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        connect(url)


def test_connecting_opens_nothing(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'not' / 'yet.db'}")
    assert not (tmp_path / "not").exists()
    database.close()


def test_many_threads_lose_no_update(database: Database) -> None:
    """Read, then write back what was read plus one: 8 threads, 20 times each."""
    id = database.run_sync(
        project.create, workspace="T1", channel="C1", language="en", facilitator="U1", name="0", now=NOW
    )

    def increment(conn: Connection) -> None:
        project.lock(conn, workspace="T1", id=id)
        found = project.get(conn, workspace="T1", id=id)
        assert found is not None
        project.set_facts(conn, workspace="T1", id=id, name=str(int(found.name) + 1))

    def work() -> None:
        for _ in range(20):
            database.run_sync(increment)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = database.read_sync(project.get, workspace="T1", id=id)
    assert found is not None
    assert found.name == "160"


async def test_whoever_leaves_learns_whether_something_may_have_been_saved(database: Database) -> None:
    with watched() as maybe:
        await database.read(names)
        with pytest.raises(LookupError):
            await database.run(put_then_fail, "a")
        assert not maybe(), "nothing of it was committed"
        await database.run(put, "b")
        assert maybe(), "what goes wrong from now on may not be called not saved"
    with watched() as maybe:
        assert not maybe(), "every gesture for itself"


def test_a_caller_leaves_before_the_commit_or_too_late() -> None:
    early = Job(lambda _: None, (), {}, 1.0)
    early.leave()
    with pytest.raises(Abandoned):
        early.call(None)  # type: ignore[arg-type]
    assert not early.committing
    late = Job(lambda _: None, (), {}, 1.0)
    late.call(None)  # type: ignore[arg-type]
    late.leave()
    assert late.committing
    assert not late.abandoned
