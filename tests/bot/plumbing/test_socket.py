"""Socket Mode: connected, renewed without a gap, reopened with patience (row 24)."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from bot.inbound import socket, wire
from bot.inbound.app import Receiver
from bot.inbound.socket import Link, back_off
from bot.parts import Parts
from bot.request import Reply, Request
from sandbox.server import Running
from storage.database import Busy, Database
from tests.bot.plumbing.rig import TOKENS, parts_for, receiver_for, routes, settings_for

heard: list[str] = []
failures: list[Exception] = []


async def handler(request: Request, parts: Parts) -> Reply:
    if failures:
        raise failures.pop()
    heard.append(request.name)
    return Reply(ack={"response_type": "ephemeral", "text": "heard"})


@pytest.fixture
def receiver(sandbox: Running, sqlite_database: Database) -> Receiver:
    heard.clear()
    failures.clear()
    table = routes(commands={"todo": handler}, events={"app_home_opened": handler})
    return receiver_for(table, parts_for(settings_for(sandbox), sqlite_database))


@contextlib.asynccontextmanager
async def linked(sandbox: Running, receiver: Receiver) -> AsyncIterator[Link]:
    link = Link(slack=receiver._parts.slack, token=SecretStr(TOKENS.app), receiver=receiver)
    running = asyncio.create_task(link.run())
    try:
        await until(lambda: receiver.health.socket == "connected")
        yield link
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await link.close()
        await receiver._parts.slack.close()


async def until(condition: Callable[[], Any], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.02)


def connections(sandbox: Running) -> int:
    return len(sandbox.space.sockets.connections)


async def test_a_command_is_heard_and_its_answer_seen(sandbox: Running, receiver: Receiver) -> None:
    async with linked(sandbox, receiver), sandbox.person("ana") as ana:
        await ana.channel("general")
        assert (await ana.runs("/cadrage todo"))["ok"]
        assert await ana.sees("heard")


async def test_an_event_that_was_not_saved_comes_again(sandbox: Running, receiver: Receiver) -> None:
    failures.append(Busy("locked"))
    async with linked(sandbox, receiver), sandbox.person("ana") as ana:
        await ana.home()
        await until(lambda: heard == ["app_home_opened"])


async def test_an_announced_end_leaves_no_gap(sandbox: Running, receiver: Receiver) -> None:
    async with linked(sandbox, receiver), sandbox.person("ana") as ana:
        await sandbox.space.sockets.disturb("warning")
        await until(lambda: connections(sandbox) == 2, 2)
        await ana.channel("general")
        for _ in range(4):  # both connections get some
            assert (await ana.runs("/cadrage todo"))["ok"]
        assert len(heard) == 4


@pytest.mark.parametrize("how", ["drop", "refresh_requested"])
async def test_a_lost_connection_is_opened_again(sandbox: Running, receiver: Receiver, how: str) -> None:
    async with linked(sandbox, receiver), sandbox.person("ana") as ana:
        await sandbox.space.sockets.disturb(how)
        await until(lambda: [c.number for c in sandbox.space.sockets.connections] == [2], 4)
        await ana.channel("general")
        assert (await ana.runs("/cadrage todo"))["ok"]


async def test_a_half_open_connection_is_noticed(
    sandbox: Running, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "PING", 0.1)
    monkeypatch.setattr(wire, "SILENCE", 0.4)
    async with linked(sandbox, receiver), sandbox.person("ana") as ana:
        await sandbox.space.sockets.disturb("freeze")
        await until(lambda: any(not c.frozen for c in sandbox.space.sockets.connections), 5)
        await ana.channel("general")
        await until(lambda: receiver.health.socket == "connected", 2)


async def test_socket_mode_switched_off_is_an_alarm_and_not_a_storm(
    sandbox: Running, receiver: Receiver
) -> None:
    async with linked(sandbox, receiver):
        await sandbox.space.sockets.disturb("link_disabled")
        await until(lambda: receiver.health.socket == "link_disabled")
        await asyncio.sleep(0.5)
        assert connections(sandbox) == 0


async def test_slack_down_at_the_start_is_waited_for(sandbox: Running, receiver: Receiver) -> None:
    sandbox.space.faults.add(method="apps.connections.open", kind="500", times=1)
    async with linked(sandbox, receiver):
        assert connections(sandbox) == 1


async def test_a_throttled_connection_waits_as_asked(sandbox: Running, receiver: Receiver) -> None:
    sandbox.space.faults.add(method="apps.connections.open", kind="429", times=1, seconds=1)
    started = time.monotonic()
    async with linked(sandbox, receiver):
        assert time.monotonic() - started >= 0.9


def test_waiting_times_grow_to_a_minute_and_differ() -> None:
    assert back_off(0) == 0
    assert all(0.5 <= back_off(1) <= 1 for _ in range(20))
    assert all(30 <= back_off(20) <= socket.LONGEST_WAIT for _ in range(20))
    assert len({back_off(5) for _ in range(20)}) > 10
