"""When and where bots die: which failpoint, at which pass, or at which moment; and who restarts them."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.faults.bots import Bot, Nursery

#: Failpoint -> how many passes there may be before the deadly one. The first three are of the database,
#: where a bot passes many times a second.
POINTS: Mapping[str, int] = {
    "after_begin": 25,
    "before_commit": 25,
    "after_commit": 25,
    "before_turn": 3,
    "before_ack": 3,
    "after_claim": 3,
    "before_post": 3,
    "after_post": 3,
    "before_mark": 3,
    "after_mark": 3,
}
RANDOM = "random moment"
LIFE = 4.0  # seconds a bot has to reach its failpoint before it is killed where it stands
MOMENT = (0.1, 1.5)  # seconds from birth, for a kill at a random moment
SWAP = 10  # kills of one replica before the other one's turn


@dataclass(kw_only=True)
class Toll:
    """Kills so far, by point; and bots that ended otherwise, which none should."""

    kills: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.kills.total()


class Killer:
    """Kills the bots of one database until there have been enough. With two replicas one dies again and
    again while the other carries on; then they change places."""

    def __init__(
        self, nursery: Nursery, environments: list[dict[str, str]], toll: Toll, chance: random.Random
    ) -> None:
        self._nursery, self._environments, self._toll, self._chance = nursery, environments, toll, chance
        self._bots: list[Bot | None] = [None for _ in environments]
        self._points = self._bag()

    async def steady(self) -> None:
        """All replicas run, and none of them has a failpoint."""
        for n, bot in enumerate(self._bots):
            if bot is None or not bot.alive:
                self._bots[n] = await self._bear(n)

    async def kill(self, enough: int) -> None:
        """Kill until the toll is `enough`."""
        victim = 0
        while self._toll.total < enough:
            for _ in range(min(SWAP, enough - self._toll.total)):
                await self._one(victim)
            self._bots[victim] = await self._bear(victim)
            victim = (victim + 1) % len(self._bots)

    async def stop(self) -> None:
        """As at a deployment."""
        for n, bot in enumerate(self._bots):
            if bot is not None:
                await bot.stop()
                if bot.end.done() and bot.end.result() != 0:
                    self._toll.crashes.append(f"bot {n} stopped with {bot.end.result()}")

    async def _one(self, victim: int) -> None:
        """The life and death of one bot. A steady one that is there dies first, at a random moment."""
        bot = self._bots[victim]
        if bot is not None and bot.alive:
            await bot.dies(self._chance.uniform(*MOMENT))
            return await self._ended(bot, RANDOM, by_us=True)
        point = next(self._points)
        if point == RANDOM:
            bot = self._bots[victim] = await self._bear(victim)
            await bot.dies(self._chance.uniform(*MOMENT))
            return await self._ended(bot, RANDOM, by_us=True)
        passes = self._chance.randint(1, POINTS[point])
        bot = self._bots[victim] = await self._bear(victim, f"{point}:{passes}")
        reached = await bot.dies(LIFE)
        return await self._ended(bot, point if reached else RANDOM, by_us=not reached)

    async def _ended(self, bot: Bot, point: str, *, by_us: bool) -> None:
        if by_us:
            bot.kill()
            await bot.dies(10)
        end = bot.end.result() if bot.end.done() else None
        if end == signal.SIGKILL:
            self._toll.kills[point] += 1
        else:
            self._toll.crashes.append(f"bot {bot.pid} ended with {end} and not by a kill ({point})")
            if len(self._toll.crashes) > 20:
                raise RuntimeError("\n".join(self._toll.crashes))

    async def _bear(self, n: int, failpoint: str = "") -> Bot:
        deadly = {"CADRAGE_FAILPOINT": failpoint} if failpoint else {}
        return await self._nursery.bear({**self._environments[n], **deadly}, f"bot{n}")

    def _bag(self) -> Iterator[str]:
        """Every point as often as every other, in an order of chance; random moments three times as often."""
        while True:
            bag = [*POINTS, RANDOM, RANDOM, RANDOM]
            self._chance.shuffle(bag)
            yield from bag


class Progress:
    """Tells how far a run is, on one line a while."""

    def __init__(self, name: str, enough: int) -> None:
        self._name, self._enough, self._began, self._said = name, enough, time.monotonic(), 0.0

    def line(self, toll: Toll, rest: str) -> str:
        """What to print."""
        seconds = time.monotonic() - self._began
        rate = 60 * toll.total / seconds if seconds else 0
        done = f"{toll.total}/{self._enough} kills in {seconds:.0f} s ({rate:.0f} a minute)"
        return f"{self._name}: {done}, {rest}"
