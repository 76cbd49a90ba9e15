"""Gets payloads to the app, by Socket Mode or by signed HTTP, with Slack's deadline and Slack's retry plan.

Events are retried (nearly at once, after 1 minute, after 5 minutes); interactions and commands are tried
once, and their fate is what the person sees. `factor` compresses the minutes for tests.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.faults import Fault, Faults
from sandbox.refusal import Json
from sandbox.traffic import TO_APP, Exchange, Traffic
from sandbox.world import World

DEADLINE = 3.0
RETRIES = (0.5, 60.0, 300.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ack:
    """What came back. `ok`: a 2xx, or an envelope acknowledged in time. `problem`: Slack's retry reason."""

    ok: bool
    body: Any = None
    problem: str = ""
    no_retry: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One try at delivering one payload."""

    kind: str  # "events_api", "interactive", "slash_commands"
    payload: Json
    retry: int = 0
    reason: str = ""


class Road(Protocol):
    """A way to the app."""

    async def carry(self, parcel: Parcel, deadline: float) -> Ack:
        """Deliver once and wait for the acknowledgement at most `deadline` seconds."""
        ...


class Delivery:
    """Sends to the app what happens in the world."""

    def __init__(
        self, *, world: World, road: Road, traffic: Traffic, faults: Faults, factor: float = 1.0
    ) -> None:
        self.world = world
        self.road = road
        self.traffic = traffic
        self.faults = faults
        self.factor = factor
        self.deadline = DEADLINE
        self._tasks: set[asyncio.Task[None]] = set()
        self.waiting = 0  # events not acknowledged yet
        self.given_up = 0

    async def ask(self, kind: str, payload: Json) -> Ack:
        """An interaction or a command: one try, at most 3 seconds."""
        return await self._try(Parcel(kind=kind, payload=payload), self.faults.strike(kind))

    def tell(self, payload: Json) -> None:
        """An event: delivered in the background until acknowledged or given up. Does not wait."""
        task = asyncio.get_running_loop().create_task(self._deliver(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, payload: Json) -> None:
        self.waiting += 1
        try:
            await self._attempts(payload)
        finally:
            self.waiting -= 1

    async def _attempts(self, payload: Json) -> None:
        reason = ""
        for attempt in range(len(RETRIES) + 1):
            if attempt:
                pause = RETRIES[attempt - 1]
                await asyncio.sleep(pause * self.factor if attempt > 1 else min(pause, pause * self.factor))
            faults = self.faults.strike("events_api")
            parcel = Parcel(kind="events_api", payload=payload, retry=attempt, reason=reason)
            kinds = {fault.kind for fault in faults}
            if "duplicate" in kinds:
                ack, _ = await asyncio.gather(self._try(parcel, faults), self._try(parcel, faults))
            else:
                ack = await self._try(parcel, faults)
            if ack.ok and "redeliver" in kinds:
                again = Parcel(kind="events_api", payload=payload, retry=attempt + 1, reason="http_timeout")
                await self._try(again, [])
            if ack.ok or ack.no_retry:
                return
            reason = ack.problem
        self.given_up += 1

    async def _try(self, parcel: Parcel, faults: list[Fault]) -> Ack:
        started = time.perf_counter()
        for fault in faults:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
        kinds = {fault.kind for fault in faults}
        if "lose" in kinds:
            await asyncio.sleep(self.deadline if parcel.kind == "events_api" else 0)
            ack = Ack(ok=False, problem="timeout")
        else:
            ack = await self.road.carry(parcel, self.deadline)
            if "lose_ack" in kinds:
                ack = Ack(ok=False, problem="timeout")
        self._log(parcel, ack, (time.perf_counter() - started) * 1000)
        return ack

    def _log(self, parcel: Parcel, ack: Ack, ms: float) -> None:
        payload = parcel.payload
        note = f"retry {parcel.retry} ({parcel.reason})" if parcel.retry else ""
        self.traffic.add(
            Exchange(
                at=self.world.now(),
                direction=TO_APP,
                kind=parcel.kind,
                method=label(payload),
                person=actor(payload),
                ms=ms,
                request=payload,
                response=ack.body,
                refused="" if ack.ok else ack.problem,
                note=note,
            )
        )

    async def close(self) -> None:
        """Stop delivering and retrying."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def label(payload: Json) -> str:
    """What a payload is about, in a few words: event type, command, action id, callback id."""
    if payload.get("type") == "event_callback":
        return str(payload["event"].get("type"))
    if "command" in payload:
        return f"{payload['command']} {payload.get('text', '')}".strip()
    if payload.get("actions"):
        return f"{payload['type']} {payload['actions'][0].get('action_id')}"
    named = (
        payload.get("callback_id")
        or payload.get("action_id")
        or (payload.get("view") or {}).get("callback_id")
    )
    return f"{payload.get('type')} {named or ''}".strip()


def actor(payload: Json) -> str:
    """The user id a payload comes from."""
    user = payload.get("user") or payload.get("user_id") or (payload.get("event") or {}).get("user") or ""
    return user["id"] if isinstance(user, dict) else str(user)
