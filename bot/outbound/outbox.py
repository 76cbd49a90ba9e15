"""Delivers what was queued, in order within each lane: claim, hand to `Delivery`, write the decision.

The only code that posts. Runs in every replica; leases keep two from sending one row, and a row
whose fate is doubtful is looked up in Slack before it is repeated (reliability 6.4).
"""

import asyncio
import contextlib
import functools
import os
import secrets
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.inbound.background import cancelled
from bot.operations.health import Health
from bot.outbound.decision import Again, Decision
from bot.outbound.delivery import Delivery
from bot.outbound.marking import Mine, mark
from bot.outbound.render import Renderers
from storage import outbox
from storage.database import Busy, Unavailable
from storage.failpoint import fp
from storage.outbox import Row

if TYPE_CHECKING:
    from bot.parts import Parts

log = structlog.get_logger()

IDLE = 1.0  # seconds between looks when nothing was queued here; another replica may have queued
GLANCE = 0.01  # seconds between two looks at whether a claim has come back
BRISK = 0.25  # seconds, while a lane waits for its pace
BRISK_FOR = 5.0  # seconds after the latest delivery
FENCE = 3  # no call is begun in the last third of a lease (20 s of 60 s): it could end too late
MARK_TRIES = 5


class Outbox:
    """The worker of one process. Sends up to `senders` rows at once, each of another lane."""

    def __init__(self, *, parts: "Parts", renderers: Renderers, health: Health) -> None:
        self.worker = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._parts, self._health = parts, health
        self._delivery = Delivery(parts=parts, renderers=renderers, health=health, worker=self.worker)
        self._lease = timedelta(seconds=parts.settings.lease)
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._active: dict[int, asyncio.Task[None]] = {}
        self._begun: set[int] = set()  # rows of which a call may have reached Slack
        self._latest = 0.0
        self._stopping = False
        self._claiming = False  # rows may be ours already, without a task

    def use(self, parts: "Parts") -> None:
        """Other parts for what is rendered from now on."""
        self._parts = self._delivery.parts = parts

    def wake(self) -> None:
        """Something was queued: look now. May be called from any thread."""
        self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Deliver until cancelled. A database that is away is waited for."""
        pause = 1.0
        while not self._stopping:
            self._health.beat("outbox")
            try:
                full = await self._claim()
                pause = 1.0
            except (Busy, Unavailable) as error:
                log.warning("outbox_waits", reason=type(error).__name__, retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
                continue
            if not full:
                await self._rest()

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, let calls at work end, and give back what is left."""
        self._stopping = True
        self._wake.set()
        if self._active:
            await asyncio.wait(set(self._active.values()), timeout=seconds)
        await cancelled(*self._active.values())
        try:
            await self._parts.db.background.run(
                outbox.release, worker=self.worker, now=self._parts.clock.now(), begun=frozenset(self._begun)
            )
        except Exception as error:  # the leases end by themselves
            log.warning("leases_not_released", reason=type(error).__name__)

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is being sent (the demo's clock jumps only then): neither a row whose call is at
        work, nor one that was claimed and whose task has not begun."""
        end = self._loop.time() + seconds
        while (self._active or self._claiming) and self._loop.time() < end:
            if self._active:
                await asyncio.wait(set(self._active.values()), timeout=end - self._loop.time())
            else:
                await asyncio.sleep(GLANCE)

    async def _claim(self) -> bool:
        """Take rows for the free places. Whether there may be more right now."""
        free = self._parts.settings.senders - len(self._active)
        if free <= 0:
            return False
        self._wake.clear()
        claimed = self._loop.time()
        self._claiming = True
        try:
            rows = await self._parts.db.background.run(
                outbox.claim, worker=self.worker, now=self._parts.clock.now(), limit=free, lease=self._lease
            )
            for row in rows:
                task = asyncio.create_task(self._deliver(row, claimed), name=f"outbox {row.id}")
                self._active[row.id] = task
                task.add_done_callback(functools.partial(self._ended, row.id))
        finally:
            self._claiming = False
        return len(rows) == free

    async def _rest(self) -> None:
        """Wait for news, a free place, or a moment."""
        brisk = self._active or self._loop.time() - self._latest < BRISK_FOR
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(BRISK if brisk else IDLE):
                await self._wake.wait()
        if len(self._active) >= self._parts.settings.senders:
            tasks = set(self._active.values())
            await asyncio.wait(tasks, timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)

    def _ended(self, id: int, _: asyncio.Task[None]) -> None:
        self._active.pop(id, None)
        self._begun.discard(id)
        self._latest = self._loop.time()
        self._wake.set()

    async def _deliver(self, row: Row, claimed: float) -> None:
        fp("after_claim")
        self._begun.add(row.id)
        try:
            whole = self._lease.total_seconds()
            decision = await self._delivery.take(row, claimed + whole - whole / FENCE)
        except (Busy, Unavailable) as error:
            log.warning("delivery_waits", row=row.id, reason=type(error).__name__)
            return  # the lease ends, and the row is looked up: it may have been sent
        except Exception as error:
            log.error("delivery_failed", row=row.id, what=row.ref.get("what"), exc_info=error)
            decision = Again(code=f"ours: {type(error).__name__}", poison=True)
        fp("before_mark")
        await self._mark(row, decision)
        fp("after_mark")

    async def _mark(self, row: Row, decision: Decision) -> None:
        """Write the decision. Repeats while the database is away: otherwise the lease ends, and the
        next worker looks the row up."""
        for wait in range(MARK_TRIES):
            try:
                mine = Mine(row_id=row.id, worker=self.worker, now=self._parts.clock.now())
                settle = timedelta(seconds=self._parts.settings.lookup_after)
                state = await self._parts.db.background.run(mark, row, decision, mine, settle)
            except (Busy, Unavailable):
                await asyncio.sleep(wait)
                continue
            if state in ("parked", "lost"):
                code = getattr(decision, "code", "")
                log.error(f"row_{state}", row=row.id, what=row.ref.get("what"), op=row.op, code=code)
            return
