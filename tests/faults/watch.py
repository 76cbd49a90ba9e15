"""Listens to the sandbox's traffic: which events the bot acknowledged, and what Slack refused."""

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.people import TROUBLE
from tests.faults.slack import Json, Slack

EVERY = 1.0  # seconds; the sandbox keeps many times as much as comes in this time


@dataclass(kw_only=True)
class Heard:
    """Events of messages by (channel, ts); calls that were made, by method."""

    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    delivered: set[tuple[str, str]] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    n: int = 0


async def listen(slack: Slack, heard: Heard) -> None:
    """Until cancelled."""
    while True:
        with contextlib.suppress(*TROUBLE):
            await catch_up(slack, heard)
        await asyncio.sleep(EVERY)


async def catch_up(slack: Slack, heard: Heard) -> None:
    """Everything since the last look."""
    found = await slack.get("traffic", since=heard.n)
    if found["exchanges"] and found["exchanges"][0]["n"] != heard.n + 1:
        raise LookupError("traffic was forgotten before it was read")
    for exchange in found["exchanges"]:
        heard.n = exchange["n"]
        _hear(exchange, heard)


def _hear(exchange: Json, heard: Heard) -> None:
    if exchange["direction"] == "to Slack":
        if not exchange["note"]:
            heard.calls[exchange["method"]] += 1
        if exchange["refused"]:
            heard.refusals[f"{exchange['method']} {exchange['refused']} {exchange['why']}"] += 1
        return
    request = exchange["request"]
    event = request.get("event") if exchange["kind"] == "events_api" else None
    if event and _asks(event):
        message = (str(event.get("channel")), str(event.get("ts")))
        heard.delivered.add(message)
        if not exchange["refused"]:
            heard.acknowledged.add(message)


def _asks(event: Json) -> bool:
    """Whether the bot owes a reply: a direct message; a mention, which comes as a message too."""
    return event.get("type") == ("message" if str(event.get("channel")).startswith("D") else "app_mention")
