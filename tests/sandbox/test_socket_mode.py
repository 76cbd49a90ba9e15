"""Socket Mode: hello, envelopes over several connections, redelivery, disconnects."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Person
from sandbox.server import Running
from tests.sandbox.test_person import until
from tests.sandbox.tinyapp import TinyApp

Json = dict[str, Any]


async def connect(box: Running, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    """A bare connection, past its hello."""
    headers = {"Authorization": f"Bearer {box.space.options.tokens.app}"}
    async with session.post(f"{box.api}apps.connections.open", headers=headers) as answer:
        url = (await answer.json())["url"]
    socket = await session.ws_connect(url)
    hello = await socket.receive_json()
    assert hello["type"] == "hello"
    return socket


async def test_hello_says_how_many_connections_there_are(box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        first = await connect(box, session)
        async with session.ws_connect(f"{box.url}/link/?ticket={box.space.sockets.ticket()}") as second:
            hello = await second.receive_json()
        assert not first.closed
    assert hello["num_connections"] == 2
    assert hello["debug_info"]["approximate_connection_time"] > 0


async def test_a_ticket_is_good_for_one_connection(box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(f"{box.url}/link/?ticket={box.space.sockets.ticket()}"):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{box.url}/link/?ticket=used")


async def test_payloads_are_spread_over_the_connections(box: Running, ana: Person) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await connect(box, session) for _ in range(3)]
        for number in range(6):
            await ana.says(f"message {number}")
        for socket in sockets:
            for _ in range(2):
                envelope = await socket.receive_json(timeout=2)
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await until(lambda: box.space.delivery.waiting == 0)


async def test_an_event_not_acknowledged_comes_again_by_slacks_plan(box: Running, ana: Person) -> None:
    box.space.delivery.deadline = 0.1
    async with aiohttp.ClientSession() as session:
        socket = await connect(box, session)
        await ana.says("hello")
        envelopes = [await socket.receive_json(timeout=5) for _ in range(4)]
        assert [(e["retry_attempt"], e["retry_reason"]) for e in envelopes] == [
            (0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")
        ]  # fmt: skip
        assert len({e["payload"]["event_id"] for e in envelopes}) == 1
        assert len({e["envelope_id"] for e in envelopes}) == 4
        await until(lambda: box.space.delivery.given_up == 1)


async def test_an_event_waits_for_a_connection(box: Running, ana: Person) -> None:
    await ana.says("anybody?")
    async with aiohttp.ClientSession() as session:
        socket = await connect(box, session)
        envelope = await socket.receive_json(timeout=5)
        assert envelope["retry_attempt"] >= 1
        assert envelope["payload"]["event"]["text"] == "anybody?"


async def test_the_sdks_own_client_takes_part(box: Running, ana: Person) -> None:
    tokens = box.space.options.tokens
    got: list[str] = []

    async def take(socket: Any, request: SocketModeRequest) -> None:
        got.append(request.payload["event"]["text"])
        await socket.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    sdk = SocketModeClient(
        app_token=tokens.app, web_client=AsyncWebClient(token=tokens.bot, base_url=box.api)
    )
    sdk.socket_mode_request_listeners.append(take)  # type: ignore[arg-type]
    await sdk.connect()
    await ana.says("hello")
    await until(lambda: got == ["hello"] and box.space.delivery.waiting == 0)
    await sdk.close()


@pytest.mark.parametrize(
    "reason", ["refresh_requested", "too_many_websockets", pytest.param("drop", marks=pytest.mark.slow)]
)
async def test_the_sdks_client_comes_back(box: Running, app: TinyApp, ana: Person, reason: str) -> None:
    before = box.space.sockets.connections[0]
    await box.does("socket", do=reason)
    await until(lambda: [c for c in box.space.sockets.connections if c is not before] != [], within=15)
    async with asyncio.timeout(15):  # as a person would: what was typed while it came back is typed again
        while not (await ana.runs("/tiny again"))["ok"]:  # noqa: ASYNC110 - it happens in another program
            await asyncio.sleep(0.1)


async def test_a_warning_leaves_the_connection_open(box: Running, ana: Person) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(box, session)
        await box.does("socket", do="warning")
        assert (await socket.receive_json())["reason"] == "warning"
        assert len(box.space.sockets.connections) == 1


async def test_link_disabled_refuses_new_connections_until_enabled(box: Running, ana: Person) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(box, session)
        await box.does("socket", do="link_disabled")
        assert (await socket.receive_json())["reason"] == "link_disabled"
        headers = {"Authorization": f"Bearer {box.space.options.tokens.app}"}
        async with session.post(f"{box.api}apps.connections.open", headers=headers) as answer:
            assert (await answer.json())["ok"] is False
        await box.does("socket", do="enable")
        await connect(box, session)


async def test_the_eleventh_connection_is_one_too_many(box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        ten = [await connect(box, session) for _ in range(10)]
        assert len(box.space.sockets.connections) == len(ten)
        async with session.ws_connect(f"{box.url}/link/?ticket={box.space.sockets.ticket()}") as socket:
            assert json.loads((await socket.receive()).data)["reason"] == "too_many_websockets"


async def test_a_half_open_connection_swallows_everything(box: Running, ana: Person) -> None:
    box.space.delivery.deadline = 0.1
    async with aiohttp.ClientSession() as session:
        socket = await connect(box, session)
        await box.does("socket", do="freeze")
        assert (await ana.runs("/tiny x"))["shown"] == "operation_timeout"
        with pytest.raises(asyncio.TimeoutError):
            await socket.receive(timeout=0.2)
