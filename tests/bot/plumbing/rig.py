"""A small bot for tests of the plumbing: the real parts, with handlers and renderers of our own."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.inbound.app import Answer, Receiver, Routes
from bot.inbound.identity import Identity
from bot.operations.clock import Clock
from bot.operations.health import Health
from bot.outbound.marking import INSTEAD
from bot.outbound.outbox import Outbox
from bot.outbound.render import Defer, Message, Renderer
from bot.outbound.slack import Slack
from bot.parts import Parts
from bot.request import Handler, Json
from bot.settings import Settings, load
from bot.words.tongue import Tongues
from flows.playbook import Playbook
from flows.words import Language
from sandbox.scenario import Tokens
from sandbox.server import Running
from storage import outbox
from storage.database import Database
from storage.outbox import Op, Row

TEAM = "T0SANDBOX"
TOKENS = Tokens()


def settings_for(sandbox: Running | None = None, **more: str) -> Settings:
    """Settings of a bot beside a sandbox; impatient, so that tests are quick."""
    return load({
        "SLACK_API_URL": sandbox.api if sandbox else "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": TOKENS.bot,
        "CADRAGE_LOOKUP_AFTER": "0",
        "CADRAGE_KEY": "0" * 32,
        **more,
    })  # fmt: skip


@dataclass(kw_only=True)
class Said:
    """Renderers that say what the row holds, or what a test wants."""

    messages: dict[str, Message | Defer | Exception | None] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)

    def __call__(self, conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
        self.rendered.append(row.key)
        wanted = self.messages.get(row.key, Message(text=str(row.ref.get("words", row.key))))
        if isinstance(wanted, Exception):
            raise wanted
        return wanted


class Post:
    """Queues rows and lets the real outbox deliver them to the sandbox."""

    def __init__(self, parts: Parts, worker: Outbox, said: Said) -> None:
        self.parts, self.worker, self.said = parts, worker, said

    async def queue(self, key: str, *, op: Op = "post", lane: str = "", **ref: Any) -> None:
        """Queue one row; its words are its key unless `words` says otherwise."""
        again = op in ("card", "home", "canvas")
        await self.parts.db.run(
            outbox.queue, workspace=TEAM, key=key, lane=lane or f"lane:{key}", op=op,
            ref={"what": "said", **ref}, now=self.parts.clock.now(), coalesce=again,
        )  # fmt: skip
        self.worker.wake()


def parts_for(settings: Settings, db: Database, playbook: Playbook | None = None) -> Parts:
    """Parts around a database; without a playbook, for what needs none."""
    slack = Slack(url=settings.api_url, token=settings.bot_token, deadline=2.0)
    nothing: Any = playbook
    return Parts(settings=settings, db=db, slack=slack, clock=Clock(), playbook=nothing, wake=lambda: None)


@contextlib.asynccontextmanager
async def posting(settings: Settings, db: Database, renderer: Renderer | None = None) -> AsyncIterator[Post]:
    """An outbox at work while the block runs."""
    import asyncio  # noqa: PLC0415

    said = Said()
    parts = parts_for(settings, db)
    renderers = {"said": renderer or said, "delivery_trouble": said, INSTEAD: renderer or said}
    worker = Outbox(parts=parts, renderers=renderers, health=Health())
    running = asyncio.create_task(worker.run())
    try:
        yield Post(parts, worker, said)
    finally:
        await worker.stop(5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await parts.slack.close()


def routes(**kinds: Mapping[str, Handler]) -> Routes:
    """A routing table with only what a test needs."""
    empty: dict[str, Mapping[str, Handler]] = {
        name: {} for name in ("commands", "actions", "views", "closed", "shortcuts", "options", "events")
    }
    return Routes(**{**empty, **kinds})


def receiver_for(table: Routes, parts: Parts, *, language: Language = "en") -> Receiver:
    """A receiver in front of `table`; `language` is everybody's."""

    async def known(workspace: str, user: str) -> Language:
        return language

    return Receiver(
        parts=parts, routes=table, identity=Identity(), health=Health(),
        tongues=Tongues(default=language, look_up=known),
    )  # fmt: skip


async def finished(receiver: Receiver, answer: Answer) -> None:
    """Let what follows an answer happen."""
    receiver.finish(answer)
    await receiver.background.drain(5)


def click(action_id: str = "go:1", *, user: str = "U1", **more: Any) -> Json:
    """A press on a button of a message."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user},
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:9/response/x",
        "container": {"type": "message", "message_ts": "1.0", "channel_id": "C1"},
        "actions": [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": "v", "action_ts": "1.1"}
        ],
        **more,
    }


def submission(callback_id: str = "form:1", *, blocks: list[Json] | None = None) -> Json:
    """A submitted form with one field."""
    field_ = {"type": "input", "block_id": "q1", "label": {"type": "plain_text", "text": "?"}}
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": "U1"},
        "trigger_id": "1.2.3",
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": callback_id,
            "blocks": [field_] if blocks is None else blocks,
            "state": {"values": {}},
        },
    }


def command(text: str = "todo") -> Json:
    """A slash command."""
    return {
        "command": "/cadrage", "text": text, "team_id": TEAM, "user_id": "U1", "channel_id": "C1",
        "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/response/x",
    }  # fmt: skip


def event(kind: str = "app_home_opened", **more: Any) -> Json:
    """An event."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev1",
        "event": {"type": kind, "user": "U1", **more},
    }


NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
