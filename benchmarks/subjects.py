"""What is measured: the floor, the stock stack, the product; each started with people ready to go."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from subprocess import Popen

from benchmarks.load import FloorPerson, Person, Posts
from benchmarks.people import Answering, Forms
from benchmarks.process import KEY, free_port, running
from benchmarks.seed import Seat
from benchmarks.sink import Sink
from benchmarks.wire import Http, SocketMode, Wire

PROTOCOLS = ("HTTP", "Socket Mode")


@dataclass(kw_only=True)
class Subject:
    """One running process with its own Slack, and people who can use it."""

    process: Popen[bytes]
    sink: Sink
    wire: Wire
    people: list[Person]

    @property
    def pid(self) -> int:
        """The process that is measured."""
        return self.process.pid


@asynccontextmanager
async def floor(protocol: str, people: int) -> AsyncIterator[Subject]:
    """The bare Bolt app."""
    async with _bare("benchmarks.floor", protocol, people, {}) as subject:
        yield subject


@asynccontextmanager
async def stock(protocol: str, people: int, url: str) -> AsyncIterator[Subject]:
    """Stock Bolt and an asynchronous ORM. `url` is the product's; its driver is the stock one's."""
    address = url.replace("sqlite://", "sqlite+aiosqlite://").replace(
        "postgresql://", "postgresql+psycopg://"
    )
    async with _bare("benchmarks.stock", protocol, people, {"DATABASE_URL": address}) as subject:
        yield subject


@asynccontextmanager
async def product(
    protocol: str, people: int, url: str, seats: Iterator[Seat], *, tick: int = 20
) -> AsyncIterator[Subject]:
    """`cadrage run`, as it runs for real but for the log. `tick`: seconds between two beats."""
    sink = Sink()
    await sink.start()
    forms, port, http = Forms(sink), free_port(), protocol == "HTTP"
    settings = {
        "DATABASE_URL": url, "SLACK_BOT_TOKEN": "xoxb-1", "CADRAGE_PORT": str(port),
        "CADRAGE_LOG_LEVEL": "error", "CADRAGE_GESTURES": "0", "CADRAGE_KEY": KEY, "CADRAGE_TICK": str(tick),
    } | ({} if http else {"SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": ""})  # fmt: skip
    async with running(["bot", "run"], sink=sink, port=port, settings=settings) as process:
        if not http:
            await asyncio.wait_for(sink.linked.wait(), 30)
        wire: Wire = Http(port) if http else SocketMode(sink)
        answering: list[Person] = [Answering(wire, forms, seats) for _ in range(people)]
        yield Subject(process=process, sink=sink, wire=wire, people=answering)
        await wire.close()
    await sink.stop()


@asynccontextmanager
async def _bare(module: str, protocol: str, people: int, settings: dict[str, str]) -> AsyncIterator[Subject]:
    sink = Sink()
    await sink.start()
    posts, port = Posts(sink), free_port()
    http = protocol == "HTTP"
    arguments = [module, "http", str(port)] if http else [module, "socket"]
    async with running(arguments, sink=sink, port=port if http else None, settings=settings) as process:
        wire: Wire = Http(port) if http else SocketMode(sink)
        crowd: list[Person] = [FloorPerson(n, wire, posts) for n in range(people)]
        yield Subject(process=process, sink=sink, wire=wire, people=crowd)
        await wire.close()
    await sink.stop()
