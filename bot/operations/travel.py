"""Moves the demo's clock, and says what it will start next. Exists only in `cadrage demo`."""

import asyncio
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.operations.clock import DemoClock
from bot.operations.heartbeat import Heartbeat
from bot.outbound.outbox import Outbox
from flows.words import Words
from storage import dialogue as dialogues
from storage import outbox, schedule
from storage import project as projects
from storage.database import Connection, Database

SETTLE = 20.0  # seconds to let calls at work end before the clock jumps
MOMENT = timedelta(seconds=1)  # past what is due, so that it is
MOST_STOPS = 200  # on one journey; the rest is played at once on arrival
PATIENCE = 5.0  # seconds for what is due to leave
LOOKS = 100  # meanwhile
JOURNEY = 20.0  # seconds for all stops: while Slack fails each of them takes its time; the page waits 60
FARTHEST = timedelta(days=400)

Json = dict[str, Any]


class Travel:
    """The demo's time machine. Forward only."""

    def __init__(
        self,
        *,
        clock: DemoClock,
        db: Database,
        outbox: Outbox,
        heartbeat: Heartbeat,
        titles: Mapping[str, Words],
    ) -> None:
        self._clock, self._db, self._outbox, self._heartbeat = clock, db, outbox, heartbeat
        self._titles = titles  # of dialogues, by their id

    def time(self) -> Json:
        """The demo's time in UTC, and how far it is ahead, in seconds."""
        return {"now": self._clock.now().isoformat(), "shift": self._clock.shift.total_seconds()}

    async def due(self) -> list[Json]:
        """The next ten things the clock will start: when, what, to whom, and about which dialogue of which
        project (in both languages, empty where it is about none). Messages that wait for the working hours
        of their reader are one of them."""
        planned = await self._db.read(self._planned)
        queued = await self._db.read(outbox.next_at)
        messages = []
        if queued is not None and queued > self._clock.now():
            leaves = {"when": queued.isoformat(), "what": "message", "to": "", "why": "outbox"}
            messages = [{**leaves, "about": {}}]
        return sorted(messages + planned, key=lambda one: datetime.fromisoformat(one["when"]))[:10]

    def _planned(self, conn: Connection) -> list[Json]:
        found = []
        for one in schedule.coming(conn, limit=10):
            run = dialogues.run(conn, workspace=one.workspace, id=str(one.data.get("run", "")))
            project = projects.get(conn, workspace=one.workspace, id=run.project_id) if run else None
            about, to = {}, one.data.get("user") or one.data.get("channel") or ""
            if run is not None and project is not None:
                title = self._titles.get(run.flow, Words.same(run.flow))
                about = {"en": f"{project.name}, {title.en}", "fr": f"{project.name}, {title.fr}"}
                to = to or (project.channel if one.kind == "close" else "")  # a closing is told there
            what = {"when": one.next_due.isoformat(), "what": one.kind, "to": to, "why": one.id}
            found.append({**what, "about": about})
        return found

    async def advance(self, asked: Json) -> Json:
        """Move by `seconds`, or `until` "next" or a moment (ISO 8601). Whatever is due on the way is
        started in its turn, at its own hour: one leap would make it late, and what is late is dropped.
        Raises `ValueError` for anything else, for the past, and for more than 400 days."""
        by = await self._distance(asked)
        if not timedelta() <= by <= FARTHEST:
            raise ValueError("not within the next 400 days")
        await self._leave()  # what is due now belongs to this hour, and not to the one arrived at
        target, fired = self._clock.now() + by, 0
        arrive = time.monotonic() + JOURNEY
        for _ in range(MOST_STOPS):
            stop = await self._next()
            if stop is None or stop + MOMENT >= target or time.monotonic() > arrive:
                break
            fired += await self._play(stop + MOMENT)
        fired += await self._play(max(target, self._clock.now()))
        return {**self.time(), "fired": fired}

    async def _play(self, moment: datetime) -> int:
        """Jump there, start what is due, and let it leave."""
        await self._outbox.settle(SETTLE)
        self._clock.advance(max(moment - self._clock.now(), timedelta()))
        fired = await self._heartbeat.beat()
        await self._leave()
        await self._outbox.settle(SETTLE)
        return fired

    async def _leave(self) -> None:
        """Give what is due the time to leave; while Slack fails, no more than that. A lane has its pace by
        this clock: nobody sits through it."""
        self._outbox.wake()
        for _ in range(LOOKS):
            if await self._db.read(outbox.oldest_due, now=self._clock.now()) is None:
                break
            await asyncio.sleep(PATIENCE / LOOKS)
            free = await self._db.read(outbox.next_free, now=self._clock.now())
            if free is not None:
                await self._outbox.settle(SETTLE)
                self._clock.advance(max(free - self._clock.now(), timedelta()))
                self._outbox.wake()

    async def _next(self) -> datetime | None:
        """The first moment still to come at which something starts or leaves."""
        coming = await self._db.read(schedule.coming, limit=1)
        queued = await self._db.read(outbox.next_at)
        moments = [one.next_due for one in coming] + ([queued] if queued else [])
        return min((moment for moment in moments if moment > self._clock.now()), default=None)

    async def _distance(self, asked: Json) -> timedelta:
        if "seconds" in asked:
            return timedelta(seconds=float(asked["seconds"]))
        until = str(asked["until"])
        if until != "next":
            moment = datetime.fromisoformat(until)
            if moment.tzinfo is None:
                raise ValueError("a moment needs its time zone")
            return moment - self._clock.now()
        stop = await self._next()
        return stop - self._clock.now() + MOMENT if stop else timedelta()
