"""Work that goes on after an acknowledgement, tracked so that stopping waits for it; and stopping."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

log = structlog.get_logger()


class Background:
    """The unfinished tasks of one process. A task that fails is logged and lost: nothing may
    depend on one. What must not be lost is an outbox row."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def spawn(self, work: Callable[[], Awaitable[None]], what: str) -> None:
        """Start `work` now, without waiting for it."""
        task = asyncio.get_running_loop().create_task(_watched(work, what), name=what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> int:
        """Wait for what is unfinished, then cancel the rest. Returns how many were cancelled."""
        pending = {task for task in self._tasks if task is not asyncio.current_task()}
        if not pending:
            return 0
        _, late = await asyncio.wait(pending, timeout=seconds)
        await cancelled(*late)
        return len(late)


def on_signal(stop: Callable[[], None]) -> None:
    """Call `stop` when the process is told to end (SIGTERM, or Ctrl-C)."""
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def on_hangup(again: Callable[[], None]) -> None:
    """Call `again` when the process is asked to read its content again (SIGHUP)."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, again)


async def cancelled(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have ended, however they end."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _watched(work: Callable[[], Awaitable[None]], what: str) -> None:
    try:
        await work()
    except Exception as error:
        log.warning("after_work_failed", what=what, error=type(error).__name__, exc_info=True)
