"""Run a function in one transaction: `connect(url)` gives a Database, SQLite or PostgreSQL.

Functions are ordinary and synchronous, and take the connection first:

    turn = await db.run(take_turn, dialogue_id, event)     # returns after the commit

Does not know any table.
"""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from storage.audit import SEALER
from storage.engine import Options
from storage.errors import Busy, InUse, Unavailable
from storage.job import Job, Pulse, watch
from storage.postgresql import PostgresqlCrew
from storage.sealing import Sealer
from storage.sqlite import SqliteCrew
from storage.upgrade import migrate, upgrade_postgresql

#: `Connection` is passed on, so that callers in bot/ can name what they are given and know no SQL.
__all__ = ["Busy", "Connection", "Database", "InUse", "Runner", "Unavailable", "connect"]

#: Statements as SQL, by what they are.
Statements = MutableMapping[Any, Any]

P = ParamSpec("P")
T = TypeVar("T")

REQUEST_DEADLINE = 2.3  # seconds; Slack waits 3
BACKGROUND_DEADLINE = 10.0  # seconds, for the worker and the tick
UPGRADE_DEADLINE = 60.0  # seconds, for the migrations
REQUEST_THREADS = 8
BACKGROUND_THREADS = 4


class Crew(Protocol):
    """Threads that run jobs."""

    def write(self, job: Job) -> None:
        """Queue a job that may change the database."""
        ...

    def read(self, job: Job) -> None:
        """Queue a job that only looks."""
        ...

    def close(self) -> None:
        """Finish what is queued, then let go."""
        ...


class Runner:
    """Runs functions on the threads of a crew, for as long as the caller may wait. A caller never
    waits longer than the deadline, even when the database is frozen."""

    def __init__(self, crew: Crew, deadline: float) -> None:
        self._crew = crew
        self._deadline = deadline

    async def run(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(conn, …)` in one writing transaction; returns after COMMIT. Raises what `fn` raises
        (nothing is saved then), Busy or Unavailable."""
        job = Job(fn, args, kwargs, self._deadline)
        watch(job)
        self._crew.write(job)
        return await self._result(job)

    async def read(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(conn, …)` on a connection that cannot write. Raises as `run` does."""
        job = Job(fn, args, kwargs, self._deadline)
        self._crew.read(job)
        return await self._result(job)

    def run_sync(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `run`, for code without an event loop: commands, scripts, tests."""
        job = Job(fn, args, kwargs, self._deadline)
        self._crew.write(job)
        return self._result_sync(job)

    def read_sync(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `read`, for code without an event loop."""
        job = Job(fn, args, kwargs, self._deadline)
        self._crew.read(job)
        return self._result_sync(job)

    async def _result(self, job: Job) -> T:
        future: asyncio.Future[T] = asyncio.wrap_future(job.future)
        try:
            await asyncio.wait((future,), timeout=self._deadline)
        finally:  # also when the caller is cancelled: they will say what became of it
            if not future.done():
                job.leave()
                future.cancel()
        if future.cancelled():
            raise self._late()
        return future.result()

    def _result_sync(self, job: Job) -> T:  # type: ignore[type-var]
        try:
            return job.future.result(self._deadline)  # type: ignore[no-any-return]
        except TimeoutError:
            if job.future.done():  # the function's own
                raise
            job.leave()
            job.future.cancel()
            raise self._late() from None

    def _late(self) -> Busy:
        return Busy(f"no answer from the database within {self._deadline} seconds")


class Database(Runner):
    """A database, and its two groups of callers: those a person waits for (`run`, `read`), and the
    worker and the tick (`background.run`, `background.read`), which may wait longer and cannot
    take the connections of the former."""

    def __init__(self, url: URL, crew: Crew, background: Crew, pulse: Pulse, deadline: float) -> None:
        super().__init__(crew, deadline)
        self.background = Runner(background, max(deadline, BACKGROUND_DEADLINE))
        self.dialect: Literal["sqlite", "postgresql"] = (
            "sqlite" if isinstance(crew, SqliteCrew) else "postgresql"
        )
        self.url = url
        self._crews = {id(crew): crew, id(background): background}
        self._pulse = pulse

    def stuck_for(self) -> float:
        """Seconds the database has been getting nowhere with work in hand. The watchdog ends the
        process at 30: a restart is safe, and a frozen connection never comes back by itself."""
        return self._pulse.stuck_for()

    def upgrade(self) -> None:
        """Bring the tables up to date (Alembic). Safe from several processes at once. Raises
        InUse when another process holds the SQLite file."""
        crew = next(iter(self._crews.values()))
        if isinstance(crew, SqliteCrew):
            # on the writer's own thread: its one connection cannot hold two transactions
            job = Job(migrate, ("head",), {}, UPGRADE_DEADLINE)
            crew.write(job)
            job.future.result(UPGRADE_DEADLINE)
        else:
            upgrade_postgresql(self.url)

    def close(self) -> None:
        """Finish what is queued and let go."""
        for crew in self._crews.values():
            crew.close()


def connect(
    url: str, *, deadline: float = REQUEST_DEADLINE, key: str = "", statements: Statements | None = None
) -> Database:
    """A Database on `sqlite:///path` or `postgresql://…` (psycopg 3). Opens no connection yet. `key`: the
    application key, which links the audit (storage/audit.py). `statements`: where several databases
    share what was worked out as SQL; by default each keeps its own.
    Raises ValueError with a sentence for any other address."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL is not an address: use sqlite:///path or postgresql://…") from None
    pulse = Pulse()
    options: Options = {SEALER: Sealer(key)}
    if statements is not None:
        options["compiled_cache"] = statements
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database and address.database != ":memory:":
        crew = SqliteCrew(address, pulse, options)
        return Database(address, crew, crew, pulse, deadline)
    if backend != "postgresql":
        raise ValueError("DATABASE_URL must begin with sqlite:///path-to-a-file or postgresql://")
    address = address.set(drivername="postgresql+psycopg")
    requests = PostgresqlCrew(
        address, pulse, options, size=REQUEST_THREADS, statement_ms=2000, name="request"
    )
    background = PostgresqlCrew(
        address, pulse, options, size=BACKGROUND_THREADS, statement_ms=10_000, name="background"
    )
    return Database(address, requests, background, pulse, deadline)
