"""Signed HTTP delivery: signatures, forms, retries with their headers, and what a late answer shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from sandbox.person import Person
from sandbox.server import Running, serving
from sandbox.workspace import Options
from tests.sandbox.test_person import until


class Receiver:
    """An HTTP app that records requests and answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.slow = 0.0
        self.text = ""
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.slow)
        return web.Response(status=self.status, headers=self.headers, text=self.text)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    it, app = Receiver(), web.Application()
    app.router.add_post("/slack/events", it.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    it.address = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield it
    await runner.cleanup()


@pytest.fixture
async def box(receiver: Receiver) -> AsyncIterator[Running]:
    async with serving(Options(deliver=(receiver.address,), retry_factor=0.002)) as running:
        yield running


async def test_every_delivery_is_signed(box: Running, receiver: Receiver, ana: Person) -> None:
    await ana.says("hello")
    await ana.runs("/tiny x y")
    await until(lambda: len(receiver.requests) == 2)
    verifier = SignatureVerifier(box.space.options.tokens.signing_secret)
    for headers, body in receiver.requests:
        assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(receiver.requests[0][1] + b" ", receiver.requests[0][0])


async def test_events_are_json_and_the_rest_are_forms(box: Running, receiver: Receiver, ana: Person) -> None:
    await ana.says("hello")
    await until(lambda: len(receiver.requests) == 1)
    await ana.runs("/tiny x y")
    await ana.uses("keep", on="hello")
    (_, event), (headers, command), (_, action) = receiver.requests
    assert json.loads(event)["event"]["text"] == "hello"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(command.decode())["text"] == ["x y"]
    assert json.loads(parse_qs(action.decode())["payload"][0])["type"] == "message_action"


async def test_a_refused_event_is_retried_with_its_reason(
    box: Running, receiver: Receiver, ana: Person
) -> None:
    receiver.status = 503
    await ana.says("hello")
    await until(lambda: len(receiver.requests) == 4)
    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in receiver.requests]
    reasons = [headers.get("X-Slack-Retry-Reason") for headers, _ in receiver.requests]
    assert numbers == [None, "1", "2", "3"]
    assert reasons == [None, "http_error", "http_error", "http_error"]
    assert len({json.loads(body)["event_id"] for _, body in receiver.requests}) == 1


async def test_no_retry_can_be_asked_for(box: Running, receiver: Receiver, ana: Person) -> None:
    receiver.status, receiver.headers = 503, {"x-slack-no-retry": "1"}
    await ana.says("hello")
    await until(lambda: len(receiver.requests) == 1)
    await until(lambda: box.space.delivery.waiting == 0)
    assert len(receiver.requests) == 1


async def test_a_late_event_is_retried_as_a_timeout(box: Running, receiver: Receiver, ana: Person) -> None:
    box.space.delivery.deadline, receiver.slow = 0.1, 0.3
    await ana.says("hello")
    await until(lambda: len(receiver.requests) >= 2)
    assert receiver.requests[1][0]["X-Slack-Retry-Reason"] == "http_timeout"


async def test_a_command_has_three_seconds_and_no_retry(
    box: Running, receiver: Receiver, ana: Person
) -> None:
    assert box.space.delivery.deadline == 3.0
    box.space.delivery.deadline, receiver.slow = 0.1, 0.3
    assert (await ana.runs("/tiny x"))["shown"] == "operation_timeout"
    receiver.slow, receiver.status = 0, 500
    assert (await ana.runs("/tiny x"))["shown"] == "http_service_error"
    assert len(receiver.requests) == 2


async def test_the_body_of_an_answer_is_shown(box: Running, receiver: Receiver, ana: Person) -> None:
    receiver.text = "plain words"
    await ana.runs("/tiny x")
    assert await ana.sees("plain words")


async def test_nobody_listening(box: Running, ana: Person) -> None:
    box.space.posts.addresses = ["http://127.0.0.1:9/"]  # type: ignore[union-attr]
    assert (await ana.runs("/tiny x"))["shown"] == "dispatch_failed"


async def test_an_address_is_verified_by_a_challenge(box: Running, receiver: Receiver) -> None:
    assert (await box.does("app", do="verify"))["ok"] is False
    sent = json.loads(receiver.requests[0][1])
    assert sent["type"] == "url_verification"
    assert sent["challenge"]
