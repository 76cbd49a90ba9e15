"""Faults on demand: each does what it says, as often as asked, to what it names."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import aiohttp
import pytest

from sandbox.person import Cannot, Person
from sandbox.server import Running
from tests.sandbox.test_person import until
from tests.sandbox.tinyapp import TinyApp

Json = dict[str, Any]


async def call(box: Running, **sent: Any) -> tuple[int, str, bytes]:
    """A bare chat.postMessage: status, content type, bytes."""
    headers = {"Authorization": f"Bearer {box.space.options.tokens.bot}"}
    body = {"channel": "C0GENERAL", "text": "hello", **sent}
    timeout = aiohttp.ClientTimeout(total=2)
    async with (
        aiohttp.ClientSession(headers=headers, timeout=timeout) as session,
        session.post(f"{box.api}chat.postMessage", json=body) as answer,
    ):
        return answer.status, answer.content_type, await answer.read()


def posted(box: Running) -> int:
    return len(box.space.world.channels["C0GENERAL"].messages)


@pytest.mark.parametrize(
    ("kind", "more", "status", "kept"),
    [
        ("429", {"seconds": 7}, 429, 0),
        ("500", {}, 500, 0),
        ("500", {"after": True}, 500, 1),
        ("503", {}, 503, 0),
        ("garbage", {"after": True}, 200, 1),
        ("html", {}, 200, 0),
        ("empty", {"after": True}, 200, 1),
        ("error", {"code": "fatal_error", "after": True}, 200, 1),
    ],
)
async def test_a_spoiled_answer(box: Running, kind: str, more: Json, status: int, kept: int) -> None:
    box.space.faults.add(method="chat.postMessage", kind=kind, times=1, **more)
    answer = await call(box)
    assert (answer[0], posted(box)) == (status, kept)
    assert b'"ok": true' not in answer[2]
    assert b'"ok": true' in (await call(box))[2], "once only"


async def test_retry_after_is_in_the_headers(box: Running) -> None:
    box.space.faults.add(kind="429", times=1, seconds=7)
    async with aiohttp.ClientSession() as session, session.post(f"{box.api}auth.test") as answer:
        assert answer.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("kind", "kept"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection(box: Running, kind: str, kept: int) -> None:
    box.space.faults.add(kind=kind, times=1)
    with pytest.raises(aiohttp.ClientError):
        await call(box)
    assert posted(box) == kept


async def test_hanging_and_dripping_outlast_a_deadline(box: Running) -> None:
    for kind in ("hang", "drip"):
        box.space.faults.add(kind=kind, times=1, seconds=0.5)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await call(box)


async def test_latency_comes_before_an_answer(box: Running) -> None:
    box.space.faults.add(kind="latency", seconds=0.2, times=1)
    started = asyncio.get_running_loop().time()
    await call(box)
    assert asyncio.get_running_loop().time() - started >= 0.2


async def test_by_probability(box: Running) -> None:
    box.space.faults.chance = random.Random(7)  # noqa: S311
    box.space.faults.add(kind="500", probability=0.5)
    failed = sum([(await call(box))[0] == 500 for _ in range(40)])
    assert 10 < failed < 30


async def test_for_a_time(box: Running) -> None:
    box.space.faults.add(kind="500", duration=0.1)
    assert (await call(box))[0] == 500
    await asyncio.sleep(0.15)
    assert (await call(box))[0] == 200


async def test_one_method_only(box: Running) -> None:
    box.space.faults.add(method="views.open", kind="500")
    assert (await call(box))[0] == 200


async def test_a_redelivered_event_is_the_same_event(box: Running, app: TinyApp, ana: Person) -> None:
    await box.does("faults", method="events_api", kind="redeliver", times=1)
    await box.does("faults", method="events_api", kind="duplicate", times=1)
    await ana.says("one")
    await ana.says("two")
    await until(lambda: len(app.events) == 4)
    assert len({event["event_id"] for event in app.events}) == 2


async def test_a_lost_acknowledgement_of_a_press(box: Running, app: TinyApp, ana: Person) -> None:
    await box.does("faults", method="slash_commands", kind="lose_ack", times=1)
    assert (await ana.runs("/tiny x"))["shown"] == "operation_timeout"
    assert len(app.bodies) == 1, "the app did get it"


async def test_a_lost_delivery_is_retried(box: Running, app: TinyApp, ana: Person) -> None:
    box.space.delivery.deadline = 0.1
    await box.does("faults", method="events_api", kind="lose", times=2)
    await ana.says("hello")
    await until(lambda: len(app.events) == 1)


async def test_faults_are_listed_and_removed(box: Running, ana: Person) -> None:
    made = await box.does("faults", kind="429", times=3)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{box.url}/_/faults") as answer:
            assert [f["kind"] for f in (await answer.json())["faults"]] == ["429"]
        await session.delete(f"{box.url}/_/faults/{made['id']}")
        async with session.get(f"{box.url}/_/faults") as answer:
            assert (await answer.json())["faults"] == []


async def test_an_unknown_fault_is_refused_in_a_sentence(box: Running) -> None:
    with pytest.raises(Cannot, match="There is no fault 'earthquake'"):
        await box.does("faults", kind="earthquake")


async def test_slacks_own_rates_when_they_are_switched_on(box: Running) -> None:
    await box.does("rates", on=True)
    statuses = [(await call(box))[0] for _ in range(5)]
    assert statuses[:3] == [200, 200, 200]
    assert 429 in statuses[3:]
    await box.does("rates", on=False)
    assert (await call(box))[0] == 200
