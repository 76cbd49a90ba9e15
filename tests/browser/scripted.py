"""A tiny bot of the tests' own: one form with every element, a Home, cards, a file. Not the product."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
NOTE = (
    "# Note de cadrage\n\n| Qui | Quoi |\n|---|---|\n| Marc | pilote |\n\n"
    "<script>window.harmed=1</script> **fin**\n"
)
HOSTILE = (
    '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> & *bold* <javascript:alert(1)|x>'
)


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[Json]:
    return [{"text": words(name), "value": name.lower().replace(" ", "_")} for name in names]


def field(block: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block,
        "label": words(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def exits(gone: bool) -> list[Json]:
    """The question, or what stands in its place once somebody said "I don't know"."""
    if gone:
        return [
            {
                "type": "section",
                "block_id": "why-gone",
                "text": {"type": "mrkdwn", "text": "*I don't know* is noted."},
                "accessory": {"type": "button", "action_id": "back", "text": words("Answer after all")},
            }
        ]
    return [
        field("why", "Why now?", {"type": "radio_buttons", "options": options("Growth", "Pain")}),
        {
            "type": "actions",
            "block_id": "why-exits",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "exit",
                    "placeholder": words("Can't answer this one?"),
                    "options": options("I don't know", "Outside my scope"),
                }
            ],
        },
    ]


def form(*, gone: bool = False, step: int = 1) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": "1",
        "notify_on_close": True,
        "title": words("New project"),
        "submit": words("Next"),
        "close": words("Cancel"),
        "blocks": [
            {
                "type": "context",
                "block_id": "label",
                "elements": [
                    {
                        "type": "mrkdwn",
                        "text": f"{step} of 4 · about 1 minute · *Named.* The team will see these answers.",
                    }
                ],
            },
            field(
                "name",
                "What is the project called?",
                {"type": "plain_text_input", "max_length": 80},
                hint=words("The name heads every message."),
            ),
            *exits(gone),
            field("lead", "Who leads?", {"type": "users_select"}),
            field("team", "Who is in the team?", {"type": "multi_users_select"}, optional=True),
            field(
                "room",
                "Project channel",
                {"type": "conversations_select", "filter": {"include": ["public"]}},
                optional=True,
            ),
            field(
                "causes",
                "What explained the gap?",
                {"type": "checkboxes", "options": options("Tool", "People")},
                optional=True,
            ),
            field("start", "When does it start?", {"type": "datepicker"}, optional=True),
            field(
                "hours",
                "Hours a month",
                {"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "80"},
                optional=True,
            ),
            field(
                "words", "In your own words", {"type": "plain_text_input", "multiline": True}, optional=True
            ),
            field("erp", "Which system?", {"type": "external_select", "min_query_length": 0}, optional=True),
        ],
    }


def home(user: str) -> Json:
    return {
        "type": "home",
        "blocks": [
            {
                "type": "section",
                "block_id": "next",
                "text": {"type": "mrkdwn", "text": f"<@{user}>, *Goals*: you stopped at 2 of 4."},
            },
            {
                "type": "actions",
                "block_id": "go",
                "elements": [
                    {"type": "button", "action_id": "open", "style": "primary", "text": words("Continue")},
                    {
                        "type": "button",
                        "action_id": "careful",
                        "text": words("Remove"),
                        "style": "danger",
                        "confirm": {
                            "title": words("Remove it?"),
                            "text": words("It cannot be brought back."),
                            "confirm": words("Remove"),
                            "deny": words("Keep"),
                        },
                    },
                ],
            },
            {"type": "divider", "block_id": "line"},
            {"type": "header", "block_id": "mine", "text": words("My decisions")},
            {
                "type": "section",
                "block_id": "facts",
                "fields": [
                    {"type": "mrkdwn", "text": "*Owner*\nMarc"},
                    {"type": "mrkdwn", "text": "*Due*\n2 Feb"},
                ],
            },
        ],
    }


def card(done: int) -> Json:
    return {
        "text": f"Goals: {done} of 8 answered.",
        "blocks": [
            {
                "type": "section",
                "block_id": "card",
                "text": {"type": "mrkdwn", "text": f"*Goals* · In progress · {done} of 8 answered"},
                "accessory": {
                    "type": "overflow",
                    "action_id": "more",
                    "options": options("Read in English", "Plan"),
                },
            },
            {
                "type": "actions",
                "block_id": "card-do",
                "elements": [
                    {"type": "button", "action_id": "answer", "text": words("Answer")},
                    {"type": "button", "action_id": "silent", "text": words("Never answers")},
                ],
            },
        ],
    }


class Bot:
    """Handles what the page can do, and remembers what reached it."""

    def __init__(self, api: str) -> None:
        async def authorize(**_: Any) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None,
                team_id="T0SANDBOX",
                bot_user_id="U0CADRAGE",
                bot_id="B0CADRAGE",
                bot_token="xoxb-sandbox-cadrage-000000000000",
            )

        client = AsyncWebClient(base_url=api)
        self.app = AsyncApp(authorize=authorize, client=client, signing_secret="none")
        self.submitted: list[Json] = []
        self.closed: list[str] = []
        self.handler = AsyncSocketModeHandler(
            self.app, "xapp-sandbox-cadrage-000000000000", web_client=client
        )
        self._listen()

    def _listen(self) -> None:
        app = self.app
        app.command("/cadrage")(self._command)
        app.event("app_home_opened")(self._home)
        app.event("message")(self._message)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._closed)
        app.shortcut("record")(self._record)
        app.options("value")(self._suggest)
        app.action("exit")(self._exit)
        app.action("back")(self._back)
        app.action("open")(self._open)
        app.action("answer")(self._open)
        app.action("silent")(self._silent)
        for name in ("more", "careful"):
            app.action(name)(self._noted)

    async def _command(self, ack: Any, body: Json, client: Any) -> None:
        verb = body.get("text", "")
        if verb == "slow":
            await asyncio.sleep(4)
            return
        if verb == "note":
            await ack()
            await client.files_upload_v2(
                channel=body["channel_id"],
                filename="note.md",
                title="Note de cadrage",
                content=NOTE,
            )
        elif verb == "card":
            await ack()
            await client.chat_postMessage(channel=body["channel_id"], **card(5))
        elif verb == "hostile":
            await ack()
            await client.chat_postMessage(
                channel=body["channel_id"],
                text=HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            )
        elif verb:
            await ack(f"I don't know '{verb}'.")
        else:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def _home(self, event: Json, client: Any) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home(event["user"]))

    async def _message(self, event: Json, client: Any) -> None:
        if event.get("channel_type") == "im" and not event.get("bot_id"):
            await client.chat_postMessage(channel=event["channel"], text="I read answers only in the form.")

    async def _submitted(self, ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        self.submitted.append(values)
        name = values["name"]["value"]["value"]
        if name == "Cadrage":
            await ack(response_action="errors", errors={"name": "This name is taken."})
        elif name == "Slow":
            await asyncio.sleep(4)
        elif "step 2" in body["view"]["blocks"][0]["elements"][0]["text"]:
            await ack(response_action="clear")
        else:
            await ack()

    async def _closed(self, ack: Any, body: Json) -> None:
        await ack()
        self.closed.append(body["view"]["callback_id"])

    async def _record(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def _suggest(self, ack: Any, body: Json) -> None:
        await ack(options=options(f"{body['value'] or 'Any'} ERP", "Mail"))

    async def _exit(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=form(gone=True))

    async def _back(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=form())

    async def _open(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def _silent(self, **_: Any) -> None:
        await asyncio.sleep(4)

    async def _noted(self, ack: Any, body: Json, client: Any) -> None:
        await ack()
        channel = (body.get("channel") or {}).get("id")
        if channel:
            await client.chat_postEphemeral(
                channel=channel, user=body["user"]["id"], text="Noted, for you only."
            )


@contextlib.asynccontextmanager
async def bot_at(api: str) -> AsyncIterator[Bot]:
    """The bot, connected by Socket Mode while the block runs."""
    bot = Bot(api)
    await bot.handler.connect_async()
    try:
        yield bot
    finally:
        await bot.handler.close_async()
