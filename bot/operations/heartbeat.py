"""Starts whatever is due, every few seconds, in every replica. Knows neither what nor why.

What is due lives in our tables and is taken once (storage/schedule.py). APScheduler only beats: its
own job stores would run a job once in each replica, or lose one that is late.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]

from bot.operations.health import STUCK_AFTER, Health
from bot.outbound.outcome import Sent
from storage import firing, inbox, outbox, pauses, schedule
from storage.database import Busy, Connection, Unavailable
from storage.schedule import Fire, Fired

if TYPE_CHECKING:
    from bot.parts import Parts

log = structlog.get_logger()

KEPT_KEYS = timedelta(days=7)  # Slack redelivers for 24 hours at most
KEPT_ROWS = timedelta(days=30)
PURGE_EVERY = timedelta(hours=1)
AT_ONCE = 25  # things of one transaction: a click that comes meanwhile waits for it
MOST_ROUNDS = 200  # of one beat; the next beat goes on


class Heartbeat:
    """One beat: fire what is due, count what waits, forget what is old. Beats never overlap."""

    def __init__(self, *, parts: "Parts", handlers: Mapping[str, Fire], health: Health) -> None:
        self._parts, self._health = parts, health
        self._handlers = handlers
        self._purged: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._beating = asyncio.Lock()

    def use(self, parts: "Parts", handlers: Mapping[str, Fire]) -> None:
        """Other parts from the next beat on."""
        self._parts, self._handlers = parts, handlers

    def start(self) -> None:
        """Beat now and every `tick` seconds."""
        self._scheduler.add_job(
            self.beat,
            "interval",
            seconds=self._parts.settings.tick,
            next_run_time=datetime.now(self._scheduler.timezone),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """No more beats; the one that runs ends first (the scheduler's own stop would cut it)."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._beating:
                self._scheduler.shutdown(wait=False)

    async def beat(self) -> int:
        """One beat. Returns how many things were started. A database that is away is for the next one."""
        self._health.beat("heartbeat", within=3 * self._parts.settings.tick + STUCK_AFTER)
        async with self._beating:
            try:
                started = await self._fire()
                await self._look_round()
            except (Busy, Unavailable) as error:
                log.warning("heartbeat_waits", reason=type(error).__name__)
                return 0
            return started

    async def _fire(self) -> int:
        started = 0
        for _ in range(MOST_ROUNDS):
            fired: Fired = await self._parts.db.background.run(
                firing.fire_due, now=self._parts.clock.now(), handlers=self._handlers, limit=AT_ONCE
            )
            for id, problem in fired.failed:
                log.error("due_failed", schedule=id, exc_info=problem)
            for due in fired.skipped:
                log.warning("due_too_late", schedule=due.id, kind=due.kind)
            if not (fired.fired or fired.skipped):
                break
            started += len(fired.fired)
            self._parts.wake()
        return started

    async def _look_round(self) -> None:
        now = self._parts.clock.now()
        waiting, given_up, paused = await self._parts.db.background.read(_counts)
        self._health.depth.set(waiting)
        self._health.parked.set(given_up)
        if self._parts.slack.skew is not None:
            self._health.skew.set(self._parts.slack.skew)
        await self._resume(paused)
        if self._purged is None or now - self._purged > PURGE_EVERY:
            await self._parts.db.background.run(_forget, now)
            self._purged = now

    async def _resume(self, paused: Mapping[str, str]) -> None:
        """Go on in a workspace that takes our token again (reinstalled, permissions granted)."""
        for workspace, reason in paused.items():
            if isinstance(await self._parts.slack.call(workspace, "auth.test"), Sent):
                await self._parts.db.background.run(pauses.resume, workspace=workspace)
                log.info("workspace_resumed", workspace=workspace, paused_for=reason)
                self._parts.wake()
            else:
                log.error("workspace_paused", workspace=workspace, reason=reason)


def _counts(conn: Connection) -> tuple[int, int, dict[str, str]]:
    return outbox.depth(conn), len(outbox.parked(conn, limit=1000)), pauses.paused(conn)


def _forget(conn: Connection, now: datetime) -> None:
    inbox.purge(conn, before=now - KEPT_KEYS)
    outbox.purge(conn, before=now - KEPT_ROWS)
    schedule.purge(conn, before=now - KEPT_ROWS)
