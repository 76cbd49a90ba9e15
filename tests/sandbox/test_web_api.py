"""The Web API through Slack's own client: what is answered, and what is refused with which code."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Running

Json = dict[str, Any]


async def refusal(call: Any) -> str:
    """The error code a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def post(client: AsyncWebClient, text: str = "hello", **more: Any) -> Json:
    answer = await client.chat_postMessage(channel="C0GENERAL", text=text, **more)
    return dict(answer.data)  # type: ignore[arg-type]


async def test_a_token_says_who_it_is(client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["team_id"], me["bot_id"]) == ("U0CADRAGE", "T0SANDBOX", "B0CADRAGE")


@pytest.mark.parametrize(
    ("token", "code"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")]
)
async def test_a_wrong_token_is_refused(box: Running, token: str, code: str) -> None:
    token = box.space.options.tokens.app if token == "app" else token
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{box.api}auth.test", data={"token": token}) as answer,
    ):
        assert (await answer.json())["error"] == code


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.sing")) == "unknown_method"


async def test_json_and_form_bodies_say_the_same(box: Running) -> None:
    headers = {"Authorization": f"Bearer {box.space.options.tokens.bot}"}
    blocks = [{"type": "divider"}]
    async with aiohttp.ClientSession(headers=headers) as session:
        sent = {"channel": "C0GENERAL", "text": "x", "blocks": blocks}
        async with session.post(f"{box.api}chat.postMessage", json=sent) as answer:
            one = await answer.json()
        form = {"channel": "C0GENERAL", "text": "x", "blocks": '[{"type": "divider"}]'}
        async with session.post(f"{box.api}chat.postMessage", data=form) as answer:
            two = await answer.json()
    assert one["message"]["blocks"][0]["type"] == two["message"]["blocks"][0]["type"] == "divider"


async def test_a_message_is_posted_updated_and_deleted(client: AsyncWebClient) -> None:
    ts = (
        await post(
            client, blocks=[{"type": "divider"}], metadata={"event_type": "k", "event_payload": {"k": 1}}
        )
    )["ts"]
    await client.chat_update(channel="C0GENERAL", ts=ts, text="changed")
    kept = (await client.conversations_history(channel="C0GENERAL", include_all_metadata=True))["messages"][0]
    assert kept["text"] == "changed"
    assert "blocks" not in kept, "text without blocks removes the blocks"
    assert kept["metadata"]["event_payload"] == {"k": 1}, "metadata left out stays"
    await client.chat_delete(channel="C0GENERAL", ts=ts)
    assert (await client.conversations_history(channel="C0GENERAL"))["messages"] == []


async def test_metadata_comes_only_when_asked(client: AsyncWebClient) -> None:
    await post(client, metadata={"event_type": "k", "event_payload": {"k": 1}})
    shown = (await client.conversations_history(channel="C0GENERAL"))["messages"][0]
    assert "event_payload" not in shown["metadata"]


async def test_history_is_bounded_by_time_and_pages(client: AsyncWebClient) -> None:
    stamps = [(await post(client, str(n)))["ts"] for n in range(5)]
    between = await client.conversations_history(channel="C0GENERAL", oldest=stamps[0], latest=stamps[4])
    assert [m["text"] for m in between["messages"]] == ["3", "2", "1"]
    page = await client.conversations_history(channel="C0GENERAL", limit=2)
    rest = await client.conversations_history(
        channel="C0GENERAL", limit=9, cursor=page["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in [*page["messages"], *rest["messages"]]] == ["4", "3", "2", "1", "0"]


async def test_replies_are_in_the_thread_and_not_in_the_channel(client: AsyncWebClient) -> None:
    parent = await post(client, "parent")
    await post(client, "reply", thread_ts=parent["ts"])
    main = (await client.conversations_history(channel="C0GENERAL"))["messages"]
    thread = (await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"]))["messages"]
    assert [m["text"] for m in main] == ["parent"]
    assert main[0]["reply_count"] == 1
    assert [m["text"] for m in thread] == ["parent", "reply"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0GENERAL"}, "no_text"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C0GENERAL", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "C0GENERAL", "blocks": [{"type": "no_such"}]}, "invalid_blocks"),
        ({"channel": "C0GENERAL", "blocks": "{not json"}, "invalid_blocks_format"),
        ({"channel": "C0GENERAL", "text": "x", "metadata": {"event_type": "k"}}, "invalid_metadata_format"),
        ({"channel": "U0CADRAGE", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "U0NOBODY", "text": "x"}, "channel_not_found"),
    ],
)
async def test_a_post_that_cannot_be_is_refused(client: AsyncWebClient, sent: Json, code: str) -> None:
    assert await refusal(client.api_call("chat.postMessage", json=sent)) == code


async def test_where_the_bot_is_not_it_cannot_post(client: AsyncWebClient, box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        for channel in ({"name": "far"}, {"name": "secret", "private": True}):
            await session.post(f"{box.url}/_/channels", json=channel)
        await session.post(f"{box.url}/_/channels", json={"name": "old", "bot": True, "archived": True})
    assert await refusal(client.chat_postMessage(channel="C0FAR", text="x")) == "not_in_channel"
    assert await refusal(client.chat_postMessage(channel="C0SECRET", text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel="C0OLD", text="x")) == "is_archived"
    await client.conversations_join(channel="C0FAR")
    await client.chat_postMessage(channel="C0FAR", text="x")


async def test_only_ones_own_messages_can_be_changed(client: AsyncWebClient, ana: Any) -> None:
    said = await ana.says("mine")
    assert (
        await refusal(client.chat_update(channel="C0GENERAL", ts=said["ts"], text="x"))
        == "cant_update_message"
    )
    assert await refusal(client.chat_delete(channel="C0GENERAL", ts=said["ts"])) == "cant_delete_message"
    assert await refusal(client.chat_update(channel="C0GENERAL", ts="1.1", text="x")) == "message_not_found"


async def test_long_texts(client: AsyncWebClient) -> None:
    posted = await post(client, "x" * 41_000)
    assert len(posted["message"]["text"]) == 40_000, "cut, not refused"
    assert (
        await refusal(client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="x" * 4001))
        == "msg_too_long"
    )


async def test_texts_are_changed_on_the_way_in(client: AsyncWebClient) -> None:
    assert (await post(client, "R&D < 3 <@U0ANA> &amp;"))["message"][
        "text"
    ] == "R&amp;D &lt; 3 <@U0ANA> &amp;"


async def test_an_ephemeral_message_is_seen_by_one_and_kept_nowhere(
    client: AsyncWebClient, ana: Any, ben: Any
) -> None:
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="only you")
    assert await ana.sees("only you")
    assert await ben.does_not_see("only you")
    assert (await client.conversations_history(channel="C0GENERAL"))["messages"] == []


async def test_people_are_described(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0CHLOE", include_locale=True))["user"]
    assert (user["real_name"], user["locale"], user["tz"]) == ("Chloé Petit", "fr-FR", "Europe/Paris")
    assert "locale" not in (await client.users_info(user="U0CHLOE"))["user"]
    assert await refusal(client.users_info(user="U0NOBODY")) == "user_not_found"
    assert len((await client.users_list())["members"]) == 4


async def test_a_direct_message_is_opened_once(client: AsyncWebClient) -> None:
    one = (await client.conversations_open(users="U0ANA"))["channel"]["id"]
    await client.chat_postMessage(channel="U0ANA", text="hello")
    assert (await client.conversations_history(channel=one))["messages"][0]["text"] == "hello"
    nine = ",".join(f"U{n}" for n in range(9))
    assert await refusal(client.conversations_open(users=nine)) == "too_many_users"


async def test_places_are_listed(client: AsyncWebClient) -> None:
    assert [c["name"] for c in (await client.conversations_list())["channels"]] == ["general"]
    assert "U0ANA" in (await client.conversations_members(channel="C0GENERAL"))["members"]
    assert (await client.conversations_info(channel="C0GENERAL"))["channel"]["is_member"]
    assert (await client.users_conversations(user="U0ANA"))["channels"][0]["id"] == "C0GENERAL"


async def test_a_file_is_uploaded_in_three_steps(client: AsyncWebClient, box: Running) -> None:
    uploaded = await client.files_upload_v2(
        channel="C0GENERAL",
        filename="note.md",
        content="# Note\nÉté",
        title="The note",
        initial_comment="Here",
    )
    file = (await client.files_info(file=uploaded["file"]["id"]))["file"]
    assert file["shares"]["public"]["C0GENERAL"][0]["ts"]
    message = (await client.conversations_history(channel="C0GENERAL"))["messages"][0]
    assert (message["text"], message["files"][0]["title"]) == ("Here", "The note")
    async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as answer:
        assert (await answer.read()).decode() == "# Note\nÉté"


async def test_a_file_is_private_until_completed_with_a_channel(client: AsyncWebClient) -> None:
    step = await client.files_getUploadURLExternal(filename="a.md", length=3)
    assert (
        await refusal(client.files_completeUploadExternal(files=[{"id": step["file_id"]}]))
        == "file_not_found"
    )
    assert (await client.files_info(file=step["file_id"]))["file"]["shares"] == {}


async def test_scopes_of_the_manifest_are_held_to(client: AsyncWebClient, box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        await session.post(
            f"{box.url}/_/manifest", json={"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
        )
    await post(client)
    assert await refusal(client.users_info(user="U0ANA")) == "missing_scope"
