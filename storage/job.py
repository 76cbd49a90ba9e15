"""One piece of work for the database, waiting for a thread. Knows no SQL."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock, get_ident
from typing import Any

from sqlalchemy import Connection


class Job:
    """A function to run in a transaction, and the future its caller waits on."""

    __slots__ = ("_lock", "abandoned", "args", "committing", "ends", "fn", "future", "kwargs")

    def __init__(self, fn: Callable[..., Any], args: Any, kwargs: Any, deadline: float) -> None:
        self.fn = fn
        self.args = args
        self.kwargs = kwargs
        self.ends = time.monotonic() + deadline
        self.future: Future[Any] = Future()
        self.abandoned = False  # the caller has left: do not commit
        self.committing = False  # it will be committed, whatever the caller does
        self._lock = Lock()

    def starts(self) -> bool:
        """Take the job up; False when its caller has left meanwhile."""
        return not self.abandoned and self.future.set_running_or_notify_cancel()

    def call(self, conn: Connection) -> Any:
        """Run it. Raises Abandoned when the caller has left, so that nothing is committed."""
        self.committing = False  # when it is run again
        value = self.fn(conn, *self.args, **self.kwargs)
        with self._lock:
            if self.abandoned:
                raise Abandoned
            self.committing = True
        return value

    def leave(self) -> None:
        """The caller waits no longer: nothing is saved, unless that is too late to say (`committing`)."""
        with self._lock:
            self.abandoned = not self.committing

    def resolve(self, value: Any) -> None:
        """Tell the caller, if still there."""
        if not self.future.done():
            self.future.set_result(value)

    def reject(self, problem: BaseException) -> None:
        """Tell the caller what went wrong, if still there."""
        if not self.future.done():
            self.future.set_exception(problem)


class Abandoned(Exception):
    """The caller has left before the commit."""


_WATCHED: ContextVar["list[Job] | None"] = ContextVar("watched", default=None)


def watch(job: Job) -> None:
    """Remember a job that writes for whoever asked, with `watched`, to be told what became of it."""
    jobs = _WATCHED.get()
    if jobs is not None:
        jobs.append(job)


@contextmanager
def watched() -> Iterator[Callable[[], bool]]:
    """What is written inside, by this task: a function that says whether some of it may have been saved.
    False is certain; so whoever got an error may say "not saved" then, and only then."""
    jobs: list[Job] = []
    before = _WATCHED.set(jobs)
    try:
        yield lambda: any(job.committing for job in jobs)
    finally:
        _WATCHED.reset(before)


class Pulse:
    """How long the threads have been getting nowhere. Thread-safe by single operations on a dict."""

    def __init__(self) -> None:
        self._running: dict[int, float] = {}
        self._done = time.monotonic()

    def begins(self) -> None:
        """This thread takes up a job."""
        self._running[get_ident()] = time.monotonic()

    def ends(self, *, answered: bool = True) -> None:
        """This thread is done with its job. `answered`: the database had something to say, be it
        a refusal; not so when it could not be reached."""
        self._running.pop(get_ident(), None)
        if answered:
            self._done = time.monotonic()

    def stuck_for(self) -> float:
        """Seconds one job has been running without the database answering any; 0 when none runs."""
        running = list(self._running.values())
        return time.monotonic() - max(min(running), self._done) if running else 0.0
