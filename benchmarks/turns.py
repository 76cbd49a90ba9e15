"""Turns per second, latency, processor time and memory, with the floor measured in the same run.

Floor and product are both up and take turns at being loaded (A B A B …), so that a machine that
becomes slower becomes slower for both. A turn of the product is a submitted screen: verified, read,
decided, answers and outbox rows committed, and the next screen in the acknowledgement. A turn of the
floor is acknowledged without being kept, and ends when its one message has arrived.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import seed, subjects, table
from benchmarks.load import drive
from benchmarks.measure import Window
from benchmarks.stores import store

STORES = ("SQLite", "PostgreSQL")
CROWDS = (1, 32, 256)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long and what. Seconds."""

    crowds: Sequence[int] = CROWDS
    stores: Sequence[str] = STORES
    protocols: Sequence[str] = subjects.PROTOCOLS
    rounds: int = 3
    seconds: float = 3
    warm: float = 1
    stock: bool = True


async def main(plan: Plan) -> None:
    """Print one table for each protocol."""
    for protocol in plan.protocols:
        print(f"\n### {protocol}\n\n{table.HEAD}", flush=True)
        for crowd in plan.crowds:
            for kind in plan.stores:
                await _compare(plan, protocol, crowd, kind)


async def _compare(plan: Plan, protocol: str, crowd: int, kind: str) -> None:
    """The product on one store, window by window beside the floor."""
    with store(kind) as url:
        seats = _seats(url, crowd)
        async with (
            subjects.floor(protocol, crowd) as base,
            subjects.product(protocol, crowd, url, seats) as own,
        ):
            floor, product = [], []
            for _ in range(plan.rounds):
                floor.append(await _window(plan, base))
                product.append(await _window(plan, own))
            if kind == plan.stores[0]:
                print(table.row("floor", crowd, floor), flush=True)
            print(table.row(f"Cadrage, {kind}", crowd, product, floor), flush=True)
        if plan.stock and kind == "SQLite" and crowd > 1:
            await _stock(plan, protocol, crowd, floor)


async def _stock(plan: Plan, protocol: str, crowd: int, floor: Sequence[Window]) -> None:
    with store("SQLite") as url:
        async with subjects.stock(protocol, crowd, url) as subject:
            windows = [await _window(plan, subject)]
        print(table.row("stock Bolt, async ORM, SQLite", crowd, windows, floor), flush=True)


async def _window(plan: Plan, subject: subjects.Subject) -> Window:
    window = Window(pid=subject.pid, sent=lambda: sum(subject.sink.calls.values()))
    await drive(subject.people, window, warm=plan.warm, seconds=plan.seconds)
    await asyncio.sleep(0.3)  # what is still on its way belongs to nobody's window
    return window


def _seats(url: str, crowd: int) -> Iterator[seed.Seat]:
    """Enough dialogues for the fastest run seen, dealt so that neighbours are of different projects."""
    made = seed.seats(url, 400 if crowd == 1 else 4000)
    return iter([seat for n in range(seed.MEMBERS) for seat in made[n :: seed.MEMBERS]])
