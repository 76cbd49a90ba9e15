"""The control API: the log and its masks, the stream, resetting, building worlds, time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import traffic
from sandbox.person import Cannot, Person
from sandbox.refusal import Impossible
from sandbox.scenario import names
from sandbox.server import Running, serving
from sandbox.travel import Travel
from sandbox.workspace import Options, Workspace
from tests.sandbox.tinyapp import FORM, TinyApp, modal

Json = dict[str, Any]


async def get(box: Running, path: str) -> Json:
    async with aiohttp.ClientSession() as session, session.get(f"{box.url}/_/{path}") as answer:
        body: Json = await answer.json()
        return body


async def test_the_log_holds_both_directions_and_the_reason_of_a_refusal(
    app: TinyApp, ana: Person, box: Running
) -> None:
    await ana.runs("/tiny x")
    await app.client.api_call("chat.postMessage", json={"channel": "C0GENERAL", "text": "fine"})
    box.space.traffic.n, start = box.space.traffic.n, box.space.traffic.n
    with pytest.raises(Exception, match="invalid_blocks"):
        await app.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[{"type": "divider"}] * 51)
    last = (await get(box, f"traffic?since={start}"))["exchanges"][-1]
    assert last["refused"] == "invalid_blocks"
    assert last["why"] == ["[ERROR] blocks: 51 items, 50 allowed"]
    ways = {one["direction"] for one in (await get(box, "traffic"))["exchanges"]}
    assert ways == {"to the app", "to Slack"}


async def test_tokens_are_not_in_the_log(box: Running, client: AsyncWebClient) -> None:
    await client.auth_test()
    assert box.space.options.tokens.bot not in json.dumps(await get(box, "traffic"))


async def test_anonymous_forms_are_masked_in_the_log(app: TinyApp, ana: Person, box: Running) -> None:
    note = {"type": "context", "elements": [{"type": "mrkdwn", "text": "*Anonymous*: nobody will know"}]}
    trigger = box.space.world.surfaces.trigger("U0ANA")
    await app.client.views_open(trigger_id=trigger, view=modal([note, FORM[0]]))
    await ana.submits(name="my secret")
    assert app.bodies[-1]["view"]["state"]["values"]["name"]["name"]["value"] == "my secret"
    log = json.dumps(await get(box, "traffic"))
    assert "my secret" not in log
    assert traffic.MASK in log


async def test_the_log_is_bounded() -> None:
    log = traffic.Traffic(kept=3)
    for _ in range(5):
        log.add(traffic.Exchange(at=0, direction="to Slack", kind="x", ms=0, request={}, response={}))
    assert [one["n"] for one in log.since(0)] == [3, 4, 5]


async def test_changes_are_streamed(box: Running, ana: Person) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{box.url}/_/stream?as=ana") as stream:
        assert b"changed" in await stream.content.readuntil(b"\n\n")
        await ana.says("hello")
        news = json.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: "))
        assert "channel:C0GENERAL" in news["changed"]


async def test_reset_starts_again(box: Running, app: TinyApp, ana: Person) -> None:
    await ana.says("hello")
    box.space.faults.add(kind="500")
    await box.does("reset", data={"people": [{"key": "ana", "name": "Ana Two"}],
                                 "channels": [{"name": "general", "members": "*", "bot": True}]})  # fmt: skip
    assert await ana.messages() == []
    assert (await ana.state())["me"]["name"] == "Ana Two"
    assert (await ana.runs("/tiny still"))["ok"], "the app stays connected"


async def test_worlds_are_built_and_changed(box: Running, ana: Person, client: AsyncWebClient) -> None:
    await box.does("people", key="kim", name="Kim Larsen", team="vendor", ultra_restricted=True)
    user = (await client.users_info(user="U0KIM"))["user"]
    assert user["is_ultra_restricted"]
    assert user["is_stranger"]
    assert user["team_id"] == "T0VENDOR"
    await box.does("people", **{"as": "kim", "tz": "../../etc/passwd"})
    assert (await client.users_info(user="U0KIM"))["user"]["tz"] == "../../etc/passwd"


async def test_what_cannot_be_done_is_a_sentence(ana: Person) -> None:
    for gesture, body, sentence in (
        ("dance", {}, "There is no gesture 'dance'"),
        ("say", {"channel": "#nowhere", "text": "x"}, "there is no conversation '#nowhere'"),
        ("say", {"text": "x"}, "Something is missing or unknown in the request: 'channel'"),
        ("channels", {"channel": "C0GENERAL", "do": "explode"}, "cannot be told 'explode'"),
    ):
        with pytest.raises(Cannot, match=sentence):
            await ana.does(gesture, **body)


async def test_a_revoked_token_and_its_return(box: Running, ana: Person, client: AsyncWebClient) -> None:
    await box.does("app", do="revoke")
    with pytest.raises(Exception, match="invalid_auth"):
        await client.auth_test()
    await box.does("app", do="restore")
    await client.auth_test()


async def test_time_moves_forward_only(box: Running, ana: Person) -> None:
    before = (await get(box, "time"))["now"]
    await box.does("time", advance=86_400)
    assert (await get(box, "time"))["now"] - before >= 86_400
    with pytest.raises(Cannot, match="only moves forward"):
        await box.does("time", advance=-1)


@pytest.fixture
async def bot_clock() -> AsyncIterator[str]:
    """The bot's demo clock, as its health port serves it."""
    shift = {"seconds": 0.0}

    async def time(_: web.Request) -> web.Response:
        return web.json_response({"now": "2026-02-16T09:42:00+00:00", "shift": shift["seconds"]})

    async def due(_: web.Request) -> web.Response:
        one = {"when": "2026-02-17T08:30:00+00:00", "what": "close", "to": "U0ANA", "why": "D02"}
        return web.json_response({"due": [one]})

    async def advance(request: web.Request) -> web.Response:
        shift["seconds"] += float((await request.json()).get("seconds", 60))
        return web.json_response({"shift": shift["seconds"], "fired": 2})

    app = web.Application()
    app.add_routes(
        [web.get("/demo/time", time), web.get("/demo/due", due), web.post("/demo/advance", advance)]
    )
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_the_world_follows_the_bots_clock(bot_clock: str) -> None:
    async with serving(Options(bot_control=bot_clock)) as box:
        moved = await box.does("time", advance=3600)
        assert (moved["fired"], moved["travels"]) == (2, True)
        assert moved["shift"] == pytest.approx(3600, abs=1)
        due = (await get(box, "due"))["due"]
        assert (due[0]["to_name"], due[0]["at"]) == ("Ana Ruiz", 1771317000.0)


async def test_what_the_bot_posts_at_an_event_bears_the_hour_of_that_event(bot_clock: str) -> None:
    """On the way to tomorrow the bot stops at 08:30, and posts there before it answers."""
    due = 1771317000.0
    async with serving(Options(bot_control=bot_clock)) as box:
        world = box.space.world
        world.clock = lambda: due - 3600
        bot = Looking(box.space)
        await bot.advance({"advance": 86_400})
        assert bot.seen == pytest.approx([due + 1, due - 3600 + 86_400])
        world.shift = 0.0
        bot.seen.clear()
        await bot.advance({"until": "next"})
        assert bot.seen == pytest.approx([due + 1])
        for asked, words in (
            ({"until": "soon"}, "how many seconds"),
            ({"advance": -5}, "only moves forward"),
            ({"advance": 500 * 86_400}, "400 days"),
        ):
            with pytest.raises(Impossible, match=words):
                await bot.advance(asked)


async def test_the_seconds_a_journey_takes_are_made_up_for_by_the_next_one() -> None:
    async with serving(Options(bot_control="http://bot")) as box:
        slow = Slow(box.space)
        for _ in range(3):
            await slow.advance({"advance": 3600})
        assert slow.asked == pytest.approx([3600, 3605, 3605])
        assert box.space.world.shift - slow.shift == pytest.approx(5, abs=1)


class Slow(Travel):
    """A bot that takes five seconds for each journey."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self.asked: list[float] = []
        self.shift = 0.0

    async def _bot(self, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
        if verb == "POST":
            self.asked.append((body or {})["seconds"])
            self.shift += self.asked[-1] - 5
        return {"shift": self.shift, "due": [], "fired": 0}


class Looking(Travel):
    """Notes what time it is in this world when the bot is asked to move."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self.seen: list[float] = []

    async def _bot(self, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
        if verb == "POST":
            self.seen.append(self.space.world.now())
        answer = await super()._bot(verb, path, body)
        return {**answer, "shift": 0} if "shift" in answer else answer  # the fake bot's time is its own


@pytest.mark.parametrize("name", names())
async def test_every_scenario_loads(name: str) -> None:
    async with serving(Options(scenario=name)) as box:
        assert len(box.space.world.people) > 1
