"""People: what they can do, what they see, and what the app hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Cannot, NotSeen, Person
from sandbox.server import Running
from tests.sandbox.tinyapp import TinyApp, button, option, plain

Json = dict[str, Any]


async def until(test: Callable[[], bool], within: float = 3.0) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(within):
        while not test():  # noqa: ASYNC110 - what is waited for happens in another program
            await asyncio.sleep(0.01)


async def heard(app: TinyApp, kind: str) -> Json:
    await until(lambda: any(event["type"] == kind for event in app.events))
    return next(event for event in reversed(app.events) if event["type"] == kind)


async def test_a_message_is_heard_with_its_place_and_kind(app: TinyApp, ana: Person) -> None:
    await ana.says("Hello & <b> @ben in #general")
    event = await heard(app, "message")
    assert event["text"] == "Hello &amp; &lt;b&gt; <@U0BEN> in <#C0GENERAL|general>"
    assert (event["channel"], event["channel_type"], event["user"]) == ("C0GENERAL", "channel", "U0ANA")
    assert event["client_msg_id"]


async def test_a_broadcast_typed_literally_is_harmless(app: TinyApp, ana: Person) -> None:
    await ana.says("<!channel> now")
    assert (await heard(app, "message"))["text"] == "&lt;!channel&gt; now"


async def test_a_mention_of_the_bot_is_heard_twice_with_one_ts(app: TinyApp, ana: Person) -> None:
    said = await ana.says("@Cadrage help")
    mention = await heard(app, "app_mention")
    message = await heard(app, "message")
    assert mention["ts"] == message["ts"] == said["ts"]
    assert mention["event_id"] != message["event_id"]


async def test_the_apps_dm(app: TinyApp, ana: Person) -> None:
    await ana.dm()
    await ana.says("hello")
    assert (await heard(app, "message"))["channel_type"] == "im"


async def test_edits_and_deletes_are_heard(app: TinyApp, ana: Person) -> None:
    said = await ana.says("one")
    await ana.does("edit", channel="C0GENERAL", ts=said["ts"], text="two")
    await ana.does("erase", channel="C0GENERAL", ts=said["ts"])
    await until(lambda: {"message_changed", "message_deleted"} <= {str(e.get("subtype")) for e in app.events})
    changed = next(e for e in app.events if e.get("subtype") == "message_changed")
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("one", "two")


async def test_a_reaction_is_added_and_taken_back(app: TinyApp, ana: Person, ben: Person) -> None:
    await ben.says("good news")
    await ana.reacts("tada", on="good news")
    assert (await heard(app, "reaction_added"))["item_user"] == "U0BEN"
    await ana.reacts("tada", on="good news")
    assert (
        "reactions" not in await ana.message("good news") or not (await ana.message("good news"))["reactions"]
    )


async def test_a_command_answers_only_its_author(app: TinyApp, ana: Person, ben: Person) -> None:
    await ana.runs("/tiny hello there")
    assert await ana.sees("You said hello there")
    assert await ben.does_not_see("You said hello there")
    assert app.bodies[-1]["channel_name"] == "general"


async def test_commands_are_refused_in_threads(app: TinyApp, ana: Person) -> None:
    await ana.says("parent")
    answer = await ana.says("/tiny x", under="parent")
    assert answer["shown"] == "not_in_threads"
    assert await ana.sees("/tiny is not supported in threads")


async def test_a_late_command_times_out(app: TinyApp, ana: Person, box: Running) -> None:
    box.space.delivery.deadline = 0.2
    app.slow = 0.4
    assert (await ana.runs("/tiny x"))["shown"] == "operation_timeout"
    assert await ana.sees('failed with the error "operation_timeout"')


async def test_without_an_app_the_person_is_told(ana: Person) -> None:
    assert (await ana.runs("/tiny x"))["shown"] == "app_not_connected"
    assert await ana.sees("the app did not respond")


async def test_commands_of_the_manifest_only(box: Running, app: TinyApp, ana: Person) -> None:
    await box.does("manifest", features={"slash_commands": [{"command": "/other"}]})
    assert (await ana.runs("/tiny x"))["shown"] == "not_a_command"


async def test_a_command_is_escaped_where_the_manifest_says_so(
    box: Running, app: TinyApp, ana: Person
) -> None:
    await ana.runs("/tiny ask @ben about R&D")
    assert app.bodies[-1]["text"] == "ask @ben about R&D"
    command = {"command": "/tiny", "should_escape": True}
    await box.does("manifest", features={"slash_commands": [command]})
    await ana.runs("/tiny ask @ben about R&D")
    assert app.bodies[-1]["text"] == "ask <@U0BEN> about R&amp;D"


BLOCKS = [
    {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": "*Choose* <@U0BEN>"}},
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            button("Press me", "press", value="42", style="primary"),
            {
                "type": "static_select",
                "action_id": "pick",
                "placeholder": plain("A colour"),
                "options": [option("Red", "red"), option("Dark blue", "blue")],
            },
            {"type": "overflow", "action_id": "more", "options": [option("Copy", "copy")]},
        ],
    },
    {
        "type": "section",
        "block_id": "ext",
        "text": plain("Where?"),
        "accessory": {"type": "external_select", "action_id": "city", "min_query_length": 0},
    },
]


async def test_a_button_of_a_message_is_pressed(app: TinyApp, ana: Person, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    assert await ana.sees("Choose @Ben Carter", "Press me")
    assert (await ana.clicks("Press me"))["ok"]
    body = app.bodies[-1]
    assert body["actions"][0]["value"] == "42"
    assert body["actions"][0]["block_id"] == "row"
    assert body["container"] == {
        "type": "message", "message_ts": posted["ts"], "channel_id": "C0GENERAL", "is_ephemeral": False
    }  # fmt: skip
    assert body["message"]["text"] == "Choose"
    assert body["response_url"].startswith("http")


async def test_choices_travel_with_the_whole_state(app: TinyApp, ana: Person, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    await ana.chooses("A colour", "Dark blue")
    assert app.bodies[-1]["actions"][0]["selected_option"]["value"] == "blue"
    await ana.chooses("more", "Copy")
    assert app.bodies[-1]["actions"][0]["selected_option"]["value"] == "copy"
    await ana.chooses("city", "Lisbon")
    body = app.bodies[-1]
    assert body["actions"][0]["selected_option"] == option("Lisbon", "lisbon")
    assert body["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "blue"
    assert body["state"]["values"]["ext"]["city"]["selected_option"]["value"] == "lisbon"


async def test_an_option_that_is_not_offered_cannot_be_chosen(ana: Person, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    with pytest.raises(NotSeen, match="is not offered 'Green' under 'A colour'; there is 'Red', 'Dark blue'"):
        await ana.chooses("A colour", "Green")
    message = await ana.message("Choose")
    container = {"type": "message", "channel": "C0GENERAL", "ts": message["ts"]}
    with pytest.raises(Cannot, match="'forged' is not offered"):
        await ana.does("click", container=container, action_id="pick", value="forged")


async def test_an_unanswered_press_shows_a_triangle(
    app: TinyApp, ana: Person, box: Running, client: Any
) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    box.space.delivery.deadline = 0.2
    app.slow = 0.4
    assert (await ana.clicks("Press me"))["warning"]
    assert await ana.sees("the app did not confirm")


async def test_a_response_url_works_five_times_for_thirty_minutes(
    app: TinyApp, ana: Person, box: Running, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    await ana.clicks("Press me")
    url = app.bodies[-1]["response_url"]
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"text": "changed", "replace_original": True}) as answer:
            assert answer.status == 200
        assert await ana.does_not_see("Press me", for_seconds=0)
        assert await ana.sees("changed")
        for _ in range(4):
            await session.post(url, json={"text": "only you"})
        async with session.post(url, json={"text": "sixth"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
    assert await ana.does_not_see("sixth", for_seconds=0)


async def test_a_message_shortcut(app: TinyApp, ana: Person, ben: Person) -> None:
    await ben.says("We decided to start in March")
    assert (await ana.uses("keep", on="start in March"))["ok"]
    body = app.bodies[-1]
    assert (body["type"], body["message"]["user"], body["user"]["id"]) == ("message_action", "U0BEN", "U0ANA")


async def test_people_see_only_their_own_places(box: Running, ana: Person, ben: Person) -> None:
    await box.does("channels", name="secret", private=True, members=["ben"])
    assert "secret" in [c["name"] for c in (await ben.state())["channels"]]
    assert "secret" not in [c["name"] for c in (await ana.state())["channels"]]
    with pytest.raises(Cannot, match="Ana Ruiz cannot see #secret"):
        await ana.does("say", channel="#secret", text="x")


async def test_the_deactivated_can_do_nothing(box: Running, ben: Person) -> None:
    await box.does("people", **{"as": "ben", "deleted": True})
    with pytest.raises(Cannot, match="Ben Carter is deactivated"):
        await ben.says("hello")


async def test_not_seeing_something_says_what_is_seen(ana: Person, ben: Person) -> None:
    await ben.says("good morning")
    with pytest.raises(NotSeen, match=r"(?s)ana does not see \['goodbye'\].*good morning"):
        await ana.sees("goodbye", within=0.1)


async def test_joining_is_heard(box: Running, app: TinyApp) -> None:
    await box.does("channels", name="far")
    await box.does("channels", channel="C0FAR", do="invite", user="U0CADRAGE")
    assert (await heard(app, "member_joined_channel"))["user"] == "U0CADRAGE"


async def test_home_is_announced_once_each_time_it_is_opened(app: TinyApp, ana: Person) -> None:
    await ana.home()
    event = await heard(app, "app_home_opened")
    assert (event["tab"], event["user"]) == ("home", "U0ANA")
    assert "view" not in event
    await ana.sees("Hello")
    app.events.clear()
    await ana.home()
    assert (await heard(app, "app_home_opened"))["view"]["type"] == "home"


async def test_a_guest_and_a_stranger_see_only_where_they_are(box: Running, client: AsyncWebClient) -> None:
    await box.does("people", key="kim", name="Kim Larsen", team="vendor", locale="en-US")
    await box.does("people", key="gus", name="Gus Guest", ultra_restricted=True)
    await box.does("channels", name="shared", members=["ana", "kim", "gus"], shared=["vendor"], bot=True)
    async with box.person("kim") as kim, box.person("gus") as gus:
        for person in (kim, gus):
            assert [c["name"] for c in (await person.state())["channels"]] == ["shared"]
    assert (await client.users_info(user="U0KIM"))["user"]["is_stranger"] is False


async def test_a_strangers_press_carries_their_own_team(
    box: Running, app: TinyApp, client: AsyncWebClient
) -> None:
    await box.does("people", key="kim", name="Kim Larsen", team="vendor")
    await box.does("channels", name="shared", members=["kim"], shared=["vendor"], bot=True)
    await client.chat_postMessage(channel="C0SHARED", text="Choose", blocks=BLOCKS)
    async with box.person("kim") as kim:
        await kim.channel("#shared")
        await kim.clicks("Press me")
    assert app.bodies[-1]["user"]["team_id"] == "T0VENDOR"
    assert app.bodies[-1]["team"]["id"] == "T0SANDBOX"


async def test_two_presses_are_two_payloads(app: TinyApp, ana: Person, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="Choose", blocks=BLOCKS)
    await asyncio.gather(ana.clicks("Press me"), ana.clicks("Press me"))
    assert len({body["trigger_id"] for body in app.bodies}) == 2


async def test_the_submit_button_can_be_pressed_by_its_name(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    await ana.fills(name="Phénix")
    assert (await ana.clicks("Save"))["ok"]
    assert await ana.no_modal()
