"""The running parts of one pretend workspace: world, delivery, hands, log, faults. Can be reset."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox import scenario
from sandbox.delivery import Delivery
from sandbox.faults import Faults
from sandbox.hands import Hands
from sandbox.mailbox import Mailbox
from sandbox.rates import Rates
from sandbox.refusal import Json
from sandbox.scenario import Tokens
from sandbox.signed import SignedPosts
from sandbox.socketmode import Sockets
from sandbox.traffic import Traffic
from sandbox.world import World

GOODBYE = ""  # what a stream is told when the sandbox ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """How a sandbox is started."""

    scenario: str = ""
    tokens: Tokens = field(default_factory=Tokens)
    deliver: tuple[str, ...] = ()  # the app's HTTP addresses; none: Socket Mode
    bot_control: str = ""  # the bot's demo clock endpoint
    manifest: Json | None = None
    retry_factor: float = 1.0  # 0.01 makes Slack's 1 and 5 minutes 0.6 and 3 seconds
    traffic: int = 2_000
    mail_port: int | None = None  # where the mail server listens (0: anywhere free); None: there is none
    clock: Callable[[], float] = time.time


@dataclass(kw_only=True, eq=False)
class Workspace:
    """One sandbox: its parts are replaced together by `reset`, connections of the app stay open."""

    options: Options
    address: str
    world: World = field(init=False)
    hands: Hands = field(init=False)
    delivery: Delivery = field(init=False)
    traffic: Traffic = field(init=False)
    faults: Faults = field(init=False)
    sockets: Sockets = field(default_factory=lambda: Sockets("A0CADRAGE"))
    rates: Rates = field(default_factory=Rates)
    posts: SignedPosts | None = None
    mailbox: Mailbox = field(default_factory=Mailbox)
    listeners: set[asyncio.Queue[str]] = field(default_factory=set)
    scenario_name: str = ""
    acting: str = ""  # whom the player acts as just now: the page has to wait

    def __post_init__(self) -> None:
        self.faults = Faults(clock=time.monotonic)
        self.traffic = Traffic(self.options.traffic)
        self._build(scenario.read(self.options.scenario))
        self.scenario_name = self.options.scenario

    def _build(self, data: Json) -> None:
        self.world = scenario.build(data, clock=self.options.clock, tokens=self.options.tokens)
        self.world.manifest = self.options.manifest
        self.world.watchers.append(self._notify)
        if self.options.deliver:
            self.posts = self.posts or SignedPosts(
                addresses=list(self.options.deliver),
                now=self.options.clock,
                secret=self.options.tokens.signing_secret,
            )
        self.delivery = Delivery(
            world=self.world,
            road=self.posts or self.sockets,
            traffic=self.traffic,
            faults=self.faults,
            factor=self.options.retry_factor,
        )
        self.hands = Hands(self.world, self.delivery, self.address)

    async def reset(self, data: Json, name: str) -> None:
        """Start again from scenario data; faults end, the log is emptied."""
        await self.delivery.close()
        manifest = self.world.manifest
        self.faults.remove()
        self.traffic.exchanges.clear()
        self.mailbox.received.clear()
        self._build(data)
        self.world.manifest = manifest
        self.scenario_name, self.acting = name, ""
        self._notify("world", "")

    def _notify(self, what: str, who: str) -> None:
        for queue in self.listeners:
            if queue.qsize() < 1000:
                queue.put_nowait(f"{what}:{who}")

    async def close(self) -> None:
        """End deliveries, connections and streams."""
        for queue in self.listeners:
            queue.put_nowait(GOODBYE)
        await self.delivery.close()
        await self.mailbox.stop()
        await self.sockets.close()
        if self.posts is not None:
            await self.posts.close()
