"""A small Bolt app to be "the bot" in tests of the sandbox: a command, a form, a Home tab, buttons."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Running

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(label: str, element: Json, *, block_id: str, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


COLOURS = [option("Red", "red"), option("Dark blue", "blue")]
FORM = [
    field("Project name", {"type": "plain_text_input", "action_id": "name"}, block_id="name"),
    field(
        "Colour",
        {"type": "static_select", "action_id": "colour", "options": COLOURS},
        block_id="colour",
        optional=True,
    ),
    field("Who leads?", {"type": "users_select", "action_id": "lead"}, block_id="lead", optional=True),
    field("Start", {"type": "datepicker", "action_id": "start"}, block_id="start", optional=True),
]


def modal(blocks: list[Json], title: str = "New project", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": blocks,
        **more,
    }


class TinyApp:
    """Connected by Socket Mode. Remembers what it was sent; `slow` makes it late on purpose (seconds)."""

    def __init__(self, box: Running) -> None:
        tokens = box.space.options.tokens
        self.client = AsyncWebClient(token=tokens.bot, base_url=box.api)
        self.app = AsyncApp(client=self.client, process_before_response=True)
        self.handler = AsyncSocketModeHandler(self.app, tokens.app)
        self.handler.client.web_client = AsyncWebClient(token=tokens.app, base_url=box.api)
        self.events: list[Json] = []
        self.bodies: list[Json] = []
        self.slow = 0.0
        self.answer: Json = {}  # the answer to the next view_submission; empty closes
        self._register()

    async def __aenter__(self) -> TinyApp:
        await self.handler.connect_async()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.handler.close_async()

    def _register(self) -> None:
        app = self.app
        app.command("/tiny")(self.on_command)
        app.view("form")(self.on_form)
        app.view_closed("form")(self.on_closed)
        app.options("city")(self.on_city)
        app.shortcut("keep")(self.on_body)
        for name in ("message", "app_mention", "reaction_added", "member_joined_channel", "user_change"):
            app.event(name)(self.on_event)
        app.event("app_home_opened")(self.on_home)
        app.action({"action_id": ""})(self.on_body)
        app.action("open")(self.on_open)
        for name in ("press", "pick", "colour", "city", "more"):
            app.action(name)(self.on_body)

    async def on_command(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        self.bodies.append(body)
        await asyncio.sleep(self.slow)
        if body["text"] == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=modal(FORM, notify_on_close=True))
            await ack()
        else:
            await ack(f"You said {body['text']}")

    async def on_form(self, ack: Any, body: Json) -> None:
        self.bodies.append(body)
        await asyncio.sleep(self.slow)
        await ack(**self.answer) if self.answer else await ack()

    async def on_closed(self, ack: Any, body: Json) -> None:
        self.bodies.append(body)
        await ack()

    async def on_city(self, ack: Any, body: Json) -> None:
        cities = [option("Lyon", "lyon"), option("Lisbon", "lisbon"), option("Paris", "paris")]
        await ack(options=[c for c in cities if body["value"].lower() in c["value"]])

    async def on_body(self, ack: Any, body: Json) -> None:
        self.bodies.append(body)
        await asyncio.sleep(self.slow)
        await ack()

    async def on_open(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        self.bodies.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=modal(FORM))
        await ack()

    async def on_event(self, event: Json, body: Json) -> None:
        await asyncio.sleep(self.slow)
        self.events.append(event | {"event_id": body["event_id"]})

    async def on_home(self, event: Json, client: AsyncWebClient) -> None:
        self.events.append(event)
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": f"Hello *<@{event['user']}>*"}},
            {"type": "actions", "elements": [button("Start", "open")]},
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
