"""One running bot: builds its parts, starts its loops, and stops them in an order that loses nothing.

Starts without Slack and without its database: it waits for them, and says so.
"""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import web

from bot.inbound.app import Receiver
from bot.inbound.background import cancelled
from bot.inbound.http import Demo, Events, Probes, Server, application
from bot.inbound.identity import Identity
from bot.inbound.socket import Link
from bot.operations.clock import Clock, DemoClock
from bot.operations.health import STUCK_AFTER, Health
from bot.operations.heartbeat import Heartbeat
from bot.operations.reload import Reload
from bot.operations.travel import Travel
from bot.outbound.mail import Post
from bot.outbound.outbox import Outbox
from bot.outbound.slack import DEADLINE, Slack
from bot.parts import Parts
from bot.rounds import always
from bot.routes import RENDERERS, ROUTES, due
from bot.settings import Settings
from bot.words.tongue import Tongues
from flows.playbook import Playbook
from flows.words import Language
from storage import outbox, person, wave_keys
from storage.database import Busy, Database, InUse, Unavailable
from storage.sealing import Sealer
from storage.wave_keys import OtherKey

log = structlog.get_logger()

DRAIN = 10.0  # seconds a stop may take
SKEW = 60.0  # seconds our clock may differ from Slack's before health says so
STUCK_EXIT = 70  # EX_SOFTWARE: the supervisor starts us again


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a start differs from the ordinary one."""

    restored: bool = False  # the database is a backup: look before repeating what Slack may have
    new_key: bool = False  # the former key is lost: what it sealed will close unread


ORDINARY = Start()


class Process:
    """Built by the command line; `run` returns when it has been told to stop."""

    def __init__(
        self, *, settings: Settings, db: Database, playbook: Playbook, clock: Clock, start: Start = ORDINARY
    ) -> None:
        self.settings, self.db, self._begun = settings, db, start
        self.health, self.identity = Health(), Identity()
        self.slack = Slack(
            url=settings.api_url, token=settings.bot_token, deadline=min(DEADLINE, settings.lease / 4)
        )
        self.parts = Parts(
            settings=settings, db=db, slack=self.slack, clock=clock, playbook=playbook, wake=self._wake,
            post=Post(settings) if settings.mails else None,
        )  # fmt: skip
        self.outbox = Outbox(parts=self.parts, renderers=RENDERERS, health=self.health)
        self.heartbeat = Heartbeat(parts=self.parts, handlers=due(self.parts), health=self.health)
        self.receiver = Receiver(
            parts=self.parts, routes=ROUTES, identity=self.identity, health=self.health,
            tongues=Tongues(default=settings.language, look_up=self._language),
        )  # fmt: skip
        self.server = Server(self._application(), host=settings.host, port=settings.port)
        self.links = [
            Link(slack=self.slack, token=settings.app_token, receiver=self.receiver, app_id=settings.app_id)
            for _ in range(settings.sockets if settings.socket_mode else 0)
        ]
        self.reload = Reload(folder=settings.content, use=self._use)
        self.stopping = asyncio.Event()
        self.again = False  # the demo's page asked to start over
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Run until `stopping` is set. Raises `OSError` when the port is taken and `InUse` when
        another process holds the SQLite file, and `OtherKey` when open waves were sealed with another
        key, unless the start says it is a new one."""
        await self.server.start()
        log.info("listening", host=self.settings.host, port=self.settings.port)
        try:
            await self._prepared()
            for link in self.links:
                self._start(link.run(), "socket")
            self._start(self.identity.find(self.slack), "identity")
            self._start(self._watch(), "watchdog")
            self._start(self.reload.run(self.settings.tick), "content")
            await self.stopping.wait()
        finally:
            await self._stop()

    async def _prepared(self) -> None:
        """The tables are up to date, or will be as soon as the database is there."""
        if await self._upgraded():
            self._start_work()
        else:
            self._start(self._upgrade_later(), "database")

    def _start_work(self) -> None:
        self.heartbeat.start()
        self._start(self.outbox.run(), "outbox")
        log.info("ready", database=self.db.dialect)

    async def _upgraded(self) -> bool:
        try:
            await asyncio.to_thread(self.db.upgrade)
            await self._key_checked()
            settle = timedelta(seconds=self.settings.lookup_after)
            await self.db.background.run(outbox.recover, now=self.parts.clock.now(), settle=settle)
            await self.db.background.run(always.planned_where_missing, self.parts.clock.now())
            if self._begun.restored:
                rows = await self.db.background.run(outbox.after_restore, now=self.parts.clock.now())
                log.info("restored", looked_up_first=rows)
        except (InUse, OtherKey):
            raise
        except Exception as error:
            log.error("database_not_ready", error=type(error).__name__, remedy="cadrage doctor says more")
            return False
        return True

    async def _key_checked(self) -> None:
        """A wrong key is noticed before anybody meets a wave that cannot be answered."""
        key = self.settings.key.get_secret_value()
        locked = (
            0 if self._begun.new_key or not key else await self.db.read(wave_keys.locked, sealer=Sealer(key))
        )
        if locked:
            raise OtherKey(locked)

    async def _upgrade_later(self) -> None:
        wait = 1.0
        while True:
            await asyncio.sleep(wait)
            if await self._upgraded():
                return self._start_work()
            wait = min(wait * 2, 8.0)

    async def _watch(self) -> None:
        """End a process whose database has been frozen for 30 s: no pooled connection comes back."""
        while True:
            await asyncio.sleep(1.0)
            self.health.beat("loop")
            if self.db.stuck_for() > STUCK_AFTER:
                log.critical("database_stuck", seconds=round(self.db.stuck_for()))
                os._exit(STUCK_EXIT)

    async def _stop(self) -> None:
        """Take nothing more, answer what was taken, send what was begun, give back the rest."""
        log.info("stopping")
        end = asyncio.get_running_loop().time() + DRAIN
        await self.server.stop_taking()
        await self.receiver.drain(DRAIN / 2)
        for link in self.links:
            await link.close()
        await self.heartbeat.stop()
        await self.outbox.stop(max(1.0, end - asyncio.get_running_loop().time()))
        await cancelled(*self._tasks)
        await self.server.stop()
        await self.slack.close()
        await asyncio.to_thread(self.db.close)
        log.info("stopped")

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A loop that ends by an error ends the process: a supervisor starts it whole again."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("loop_ended", loop=task.get_name(), exc_info=error)
            self.stopping.set()

    def _use(self, playbook: Playbook) -> None:
        """Other content from now on. What is under way ends with the parts, and so the content, it has."""
        self.parts = replace(self.parts, playbook=playbook)
        self.receiver.use(self.parts)
        self.outbox.use(self.parts)
        self.heartbeat.use(self.parts, due(self.parts))

    def _wake(self) -> None:
        self.outbox.wake()

    async def _language(self, workspace: str, user: str) -> Language | None:
        found = await self.db.background.read(person.get, workspace=workspace, user=user)
        if found is None:
            return None
        return found.language or ("fr" if found.locale.startswith("fr") else "en")

    def _application(self) -> web.Application:
        secret = self.settings.signing_secret.get_secret_value()
        events = Events(
            receiver=self.receiver, clock=Clock(), secret=secret, app_id=self.settings.app_id
        )  # real time: a demo clock must not make signatures stale
        demo = None
        if self.settings.demo and isinstance(self.parts.clock, DemoClock):
            travel = Travel(
                clock=self.parts.clock,
                db=self.db,
                outbox=self.outbox,
                heartbeat=self.heartbeat,
                titles={id: flow.title for id, flow in self.parts.playbook.flows.items()},
            )
            demo = Demo(time=travel.time, due=travel.due, advance=travel.advance, reset=self._start_over)
        return application(
            probes=Probes(health=self.health, facts=self._facts, ready=self._ready),
            events=None if self.settings.socket_mode else events,
            demo=demo,
        )

    def _start_over(self) -> None:
        self.again = True
        asyncio.get_running_loop().call_later(0.1, self.stopping.set)  # once this has been answered

    async def _ready(self) -> str:
        try:
            await self.db.run(outbox.depth)
        except (Busy, Unavailable) as error:
            return type(error).__name__
        except Exception as error:
            return f"not prepared ({type(error).__name__})"
        return ""

    def _facts(self) -> dict[str, Any]:
        return {
            "slack": "ok" if self.identity.known else f"degraded: {self.identity.trouble}",
            "workspace": self.identity.workspace,
            "clock": _clock(self.slack.skew),
            "content": f"refused: {self.reload.refused}" if self.reload.refused else "ok",
            "socket": self.health.socket or ("connecting" if self.links else "not used"),
        }


def _clock(off: float | None) -> str:
    """How our clock stands to Slack's."""
    if off is None:
        return "unknown"
    return "ok" if abs(off) <= SKEW else f"off by {off:.0f} s"
