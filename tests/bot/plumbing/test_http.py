"""The HTTP side: only signed requests come through, and every answer is Slack's to understand."""

import asyncio
import json
from collections.abc import AsyncIterator
from urllib.parse import quote_plus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.inbound.app import Receiver
from bot.inbound.http import Events, Probes, application
from bot.operations.clock import Clock
from bot.parts import Parts
from bot.request import Reply, Request
from storage.database import Busy, Database
from tests.bot.plumbing.rig import click, event, parts_for, receiver_for, routes, settings_for
from tests.bot.plumbing.test_gate import SECRET, signed

Client = TestClient[web.Request, web.Application]
order: list[str] = []


async def pressed(request: Request, parts: Parts) -> Reply:
    async def after() -> None:
        order.append("after")

    order.append("handler")
    return Reply(ack={"text": "ok"}, after=after)


async def failing(request: Request, parts: Parts) -> Reply:
    raise Busy("locked")


@pytest.fixture
def receiver(sqlite_database: Database) -> Receiver:
    order.clear()
    table = routes(actions={"go": pressed}, events={"app_home_opened": failing, "message": pressed})
    return receiver_for(table, parts_for(settings_for(), sqlite_database))


@pytest.fixture
async def client(receiver: Receiver) -> AsyncIterator[Client]:
    async def ready() -> str:
        return ""

    events = Events(receiver=receiver, clock=Clock(), secret=SECRET)
    probes = Probes(health=receiver.health, facts=lambda: {"slack": "ok"}, ready=ready)
    async with TestClient(TestServer(application(probes=probes, events=events))) as started:
        yield started


def now_signed(raw: bytes, kind: str = "application/x-www-form-urlencoded") -> dict[str, str]:
    return signed(raw, kind=kind, at=int(Clock().now().timestamp()))


FORM = b"payload=" + quote_plus(json.dumps(click())).encode()


async def test_a_signed_click_is_handled_answered_and_only_then_followed_up(
    client: Client, receiver: Receiver
) -> None:
    answer = await client.post("/slack/events", data=FORM, headers=now_signed(FORM))
    assert (answer.status, await answer.json()) == (200, {"text": "ok"})
    await receiver.background.drain(2)
    assert order == ["handler", "after"]


async def test_an_unsigned_click_is_refused_and_handled_by_nobody(client: Client) -> None:
    answer = await client.post("/slack/events", data=FORM)
    assert answer.status == 401
    assert await answer.text() == ""
    assert order == []


async def test_an_event_that_could_not_be_saved_is_asked_for_again(client: Client) -> None:
    raw = json.dumps(event()).encode()
    answer = await client.post("/slack/events", data=raw, headers=now_signed(raw, "application/json"))
    assert answer.status == 503


async def test_an_oversized_body_is_refused_unread(client: Client) -> None:
    raw = b"x" * (1024 * 1024 + 1)
    answer = await client.post("/slack/events", data=raw, headers={"Content-Type": "text/plain"})
    assert answer.status == 413


async def test_a_body_of_unknown_length_is_refused(client: Client) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield FORM

    answer = await client.post("/slack/events", data=chunks())
    assert answer.status == 411


async def test_a_body_that_drips_is_not_waited_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.inbound import http  # noqa: PLC0415

    monkeypatch.setattr(http, "BODY_TIME", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab")
    status = await asyncio.wait_for(reader.readline(), 3)
    assert b"408" in status
    writer.close()


async def test_signed_nonsense_gets_an_empty_200(client: Client) -> None:
    raw = b"[" * 10_000
    answer = await client.post("/slack/events", data=raw, headers=now_signed(raw, "application/json"))
    assert (answer.status, await answer.text()) == (200, "")


async def test_slack_trying_our_certificate_is_answered(client: Client) -> None:
    answer = await client.post("/slack/events", data={"ssl_check": "1", "token": "x"})
    assert answer.status == 200


async def test_the_address_check_is_answered_when_signed(client: Client) -> None:
    raw = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    answer = await client.post("/slack/events", data=raw, headers=now_signed(raw, "application/json"))
    assert await answer.json() == {"challenge": "abc"}
    assert (await client.post("/slack/events", data=raw)).status == 401


async def test_health_is_told(client: Client) -> None:
    assert (await (await client.get("/live")).json())["live"] is True
    ready = await client.get("/ready")
    assert (ready.status, (await ready.json())["slack"]) == (200, "ok")


async def test_a_loop_that_stopped_going_round_ends_being_live(client: Client, receiver: Receiver) -> None:
    receiver.health.beat("outbox", within=60)
    assert (await client.get("/live")).status == 200
    receiver.health.beat("heartbeat", within=-1)
    answer = await client.get("/live")
    assert (answer.status, (await answer.json())["silent"]) == (503, ["heartbeat"])


async def test_refusals_are_counted_and_their_content_is_not_kept(client: Client) -> None:
    await client.post("/slack/events", data=b"payload=canary")
    metrics = await (await client.get("/metrics")).text()
    assert 'cadrage_rejected_total{reason="unsigned"} 1.0' in metrics
    assert "canary" not in metrics


async def test_other_addresses_do_not_exist(client: Client) -> None:
    assert (await client.get("/demo/time")).status == 404
    assert (await client.get("/slack/events")).status == 405
