"""PostgreSQL: a few threads, each with one connection of a bounded pool."""

import time
from queue import SimpleQueue
from threading import Thread
from typing import Any

from sqlalchemy import URL

from storage.engine import Options, postgresql
from storage.errors import Unavailable, disconnected, repeatable, translate
from storage.failpoint import fp
from storage.job import Abandoned, Job, Pulse

_TRIES = 4


class PostgresqlCrew:
    """`size` threads. Repeats what PostgreSQL asks to repeat (serialisation, deadlock) and what a
    connection that had died before could not begin; never what may have been committed."""

    def __init__(
        self, url: URL, pulse: Pulse, options: Options, *, size: int, statement_ms: int, name: str
    ) -> None:
        self._pulse = pulse
        self._engine = postgresql(url, size=size, statement_ms=statement_ms, options=options)
        self._queue: SimpleQueue[tuple[Job, bool] | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work_on, name=f"postgresql-{name}-{n}", daemon=True) for n in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def write(self, job: Job) -> None:
        """Queue a job that may change the database."""
        self._queue.put((job, True))

    def read(self, job: Job) -> None:
        """Queue a job that only looks."""
        self._queue.put((job, False))

    def close(self) -> None:
        """Finish what is queued. Leaves threads that a frozen server holds."""
        for _ in self._threads:
            self._queue.put(None)
        until = time.monotonic() + 5
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))
        self._engine.dispose()

    def _work_on(self) -> None:
        while (item := self._queue.get()) is not None:
            job, writes = item
            if not job.starts():
                continue
            self._pulse.begins()
            try:
                value = self._persist(job, writes=writes)
            except BaseException as problem:
                reason = Unavailable("abandoned") if isinstance(problem, Abandoned) else translate(problem)
                self._pulse.ends(answered=not isinstance(reason, Unavailable))
                job.reject(reason)
            else:
                self._pulse.ends()
                job.resolve(value)

    def _persist(self, job: Job, *, writes: bool) -> Any:
        for left in range(_TRIES - 1, -1, -1):
            attempt = _Attempt(job)
            try:
                return attempt.write(self._engine) if writes else attempt.read(self._engine)
            except Exception as problem:
                again = repeatable(problem) or (disconnected(problem) and not attempt.committing)
                if not (again and left and time.monotonic() < job.ends):
                    raise
        raise AssertionError("the last try returns or raises")


class _Attempt:
    """One try of a job; remembers whether its commit had begun."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.committing = False

    def write(self, engine: Any) -> Any:
        with engine.connect() as conn, conn.begin():
            fp("after_begin")
            value = self._job.call(conn)
            fp("before_commit")
            self.committing = True
        fp("after_commit")
        return value

    def read(self, engine: Any) -> Any:
        with engine.connect() as conn:
            conn.execution_options(postgresql_readonly=True)
            return self._job.call(conn)
