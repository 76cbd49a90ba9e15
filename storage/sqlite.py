"""SQLite: one writer thread that commits together what is waiting, and readers beside it."""

import fcntl
import os
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from sqlalchemy import URL, Connection, Engine

from storage.engine import Options, sqlite_reader, sqlite_writer
from storage.errors import InUse, translate
from storage.failpoint import fp
from storage.job import Job, Pulse

_TOGETHER = 64  # jobs in one commit at most: nobody waits for more than these
_READERS = 3


class SqliteCrew:
    """The threads of one SQLite file. Refuses a file that another process holds."""

    def __init__(self, url: URL, pulse: Pulse, options: Options) -> None:
        self._url = url
        self._options = options
        self._pulse = pulse
        self._lock: IO[str] | None = None
        self._writing: SimpleQueue[Job | None] = SimpleQueue()
        self._reading: SimpleQueue[Job | None] = SimpleQueue()
        self._writer_engine: Engine | None = None
        self._reader_engine = sqlite_reader(url, _READERS, options)
        self._threads = [
            Thread(target=self._write_on, name="sqlite-writer", daemon=True),
            *(Thread(target=self._read_on, name=f"sqlite-reader-{n}", daemon=True) for n in range(_READERS)),
        ]
        for thread in self._threads:
            thread.start()

    def write(self, job: Job) -> None:
        """Queue a job that may change the database."""
        self._writing.put(job)

    def read(self, job: Job) -> None:
        """Queue a job that only looks."""
        self._reading.put(job)

    def claim_file(self) -> None:
        """Hold the file for this process until it ends. Raises InUse with what to do about it."""
        if self._lock is not None:
            return
        path = Path(f"{self._url.database}.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise InUse(
                f"The database {self._url.database} is already in use by another Cadrage process "
                f"(process {holder}). Stop that one, or give this one its own DATABASE_URL; "
                "several processes need PostgreSQL."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def engine(self) -> Engine:
        """The writer's engine; the file is claimed first."""
        if self._writer_engine is None:
            self.claim_file()
            self._writer_engine = sqlite_writer(self._url, self._options)
        return self._writer_engine

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        self._writing.put(None)
        for _ in range(_READERS):
            self._reading.put(None)
        for thread in self._threads:
            thread.join(timeout=5)
        self._reader_engine.dispose()
        if self._writer_engine is not None:
            self._writer_engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def _read_on(self) -> None:
        while (job := self._reading.get()) is not None:
            if not job.starts():
                continue
            self._pulse.begins()
            try:
                with self._reader_engine.connect() as conn:
                    value = job.call(conn)
            except BaseException as problem:
                self._pulse.ends()
                job.reject(translate(problem))
            else:
                self._pulse.ends()
                job.resolve(value)

    def _write_on(self) -> None:
        while (first := self._writing.get()) is not None:
            batch, last = self._waiting(first)
            while batch:
                batch = self._commit(batch)
            if last:
                return

    def _waiting(self, first: Job) -> tuple[list[Job], bool]:
        batch = [first] if first.starts() else []
        while len(batch) < _TOGETHER:
            try:
                job = self._writing.get_nowait()
            except Empty:
                return batch, False
            if job is None:
                return batch, True
            if job.starts():
                batch.append(job)
        return batch, False

    def _commit(self, batch: list[Job]) -> list[Job]:
        """Run `batch` in one transaction. Returns the jobs to run again, in another one."""
        done: list[tuple[Job, Any]] = []
        again: list[Job] = []
        self._pulse.begins()
        try:
            with self.engine().connect() as conn, conn.begin():
                fp("after_begin")
                again = _run(conn, batch, done)
                fp("before_commit")
            fp("after_commit")
        except BaseException as problem:
            self._pulse.ends()
            for job in batch:
                job.reject(translate(problem))
            return []
        self._pulse.ends()
        for job, value in done:
            job.resolve(value)
        return again


def _run(conn: Connection, batch: list[Job], done: list[tuple[Job, Any]]) -> list[Job]:
    """Run the jobs so that the failure of one undoes it alone; collect what they return in `done`.
    Returns those to run again because SQLite undid everything (disk full)."""
    if len(batch) == 1:  # nobody else to protect: its failure undoes the transaction
        done.append((batch[0], batch[0].call(conn)))
        return []
    raw: Any = conn.connection.driver_connection
    for position, job in enumerate(batch):
        raw.execute("SAVEPOINT job").close()
        try:
            value = job.call(conn)
            raw.execute("RELEASE job").close()
        except BaseException as problem:
            job.reject(translate(problem))
            if not raw.in_transaction:
                undone = [job for job, _ in done]
                done.clear()
                return [*undone, *batch[position + 1 :]]
            for undo in ("ROLLBACK TO job", "RELEASE job"):
                raw.execute(undo).close()
        else:
            done.append((job, value))
    return []
