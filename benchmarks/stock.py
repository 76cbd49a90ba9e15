"""What one would write first: stock Bolt and an asynchronous ORM, the same turn. To compare with.

    python -m benchmarks.stock http PORT | socket        DATABASE_URL=sqlite+aiosqlite:///…

Nothing is tuned and nothing is made worse: Bolt's own defaults, its own client, one session a turn.
A turn loads the dialogue, keeps the answers of one form, commits, acknowledges, posts one message.
"""

import asyncio
import logging
import os
import sys
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    """The tables of this comparison."""


class Dialogue(Base):
    """One person's dialogue."""

    __tablename__ = "dialogue"
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    answers: Mapped[list["Answer"]] = relationship()


class Answer(Base):
    """One answer; the newest version counts."""

    __tablename__ = "answer"
    dialogue: Mapped[str] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]


def durable(connection: Any, _: Any) -> None:
    """The same durability as the product's."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def save(sessions: async_sessionmaker[AsyncSession], who: str, values: dict[str, Any]) -> None:
    """Load the dialogue, add a version of each answer, keep the last few, commit."""
    async with sessions() as session, session.begin():
        found = await session.scalar(
            select(Dialogue).where(Dialogue.id == who).options(selectinload(Dialogue.answers))
        )
        if found is None:
            found = Dialogue(id=who, version=0, answers=[])
            session.add(found)
        found.version += 1
        for old in [a for a in found.answers if a.version <= found.version - 3]:
            await session.delete(old)
        for question, fields in values.items():
            body = next(iter(fields.values()))["value"]
            session.add(Answer(dialogue=who, question=question, version=found.version, body=body))


def build(sessions: async_sessionmaker[AsyncSession]) -> AsyncApp:
    """The app as the getting-started page has it."""
    app = AsyncApp(token="xoxb-1", signing_secret=os.environ["SLACK_SIGNING_SECRET"])  # noqa: S106
    app.client.base_url = os.environ["SLACK_API_URL"]

    @app.view("floor")
    async def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any], client: Any) -> None:
        await save(sessions, body["user"]["id"], view["state"]["values"])
        await ack()
        await client.chat_postMessage(channel="C0", text=f"{view['private_metadata']} Saved.")

    return app


async def main(how: str, port: int) -> None:
    """Serve until killed."""
    engine = create_async_engine(os.environ["DATABASE_URL"])
    event.listen(engine.sync_engine, "connect", durable)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    app = build(async_sessionmaker(engine, expire_on_commit=False))
    if how == "socket":
        handler: Any = AsyncSocketModeHandler(app, app_token="xapp-1", web_client=app.client)  # noqa: S106
        await handler.start_async()
        return
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))
