"""What a turn costs with 10, 1,000 and 100,000 dialogues in the database."""

import asyncio

from benchmarks import seed, subjects
from benchmarks.load import drive
from benchmarks.measure import Window, middle, percentile
from benchmarks.stores import store

SIZES = (10, 1_000, 100_000)
PEOPLE = 8  # enough to keep it busy, few enough for the latency to be that of a turn
SPARE = 1_600  # dialogues that are answered during the measurement, in every size


async def main(kinds: tuple[str, ...], *, rounds: int = 3, seconds: float = 3) -> None:
    """Print a table: one line for each database and size."""
    print("\n| database | dialogues | turns/s | next median | next p99 | CPU a turn |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    for kind in kinds:
        for size in SIZES:
            await _measure(kind, size, rounds, seconds)


async def _measure(kind: str, size: int, rounds: int, seconds: float) -> None:
    with store(kind) as url:
        await asyncio.to_thread(seed.seats, url, size, first=10_000)
        made = seed.seats(url, SPARE)
        seats = iter([seat for n in range(seed.MEMBERS) for seat in made[n :: seed.MEMBERS]])
        async with subjects.product("Socket Mode", PEOPLE, url, seats) as subject:
            windows = []
            for _ in range(rounds):
                window = Window(pid=subject.pid)
                await drive(subject.people, window, warm=0.5, seconds=seconds)
                windows.append(window)
    nexts = [each * 1000 for window in windows for each in window.nexts]
    rate, cpu = middle([w.rate for w in windows]), middle([w.cpu_per_turn for w in windows])
    times = f"{percentile(nexts, 0.5):.1f} ms | {percentile(nexts, 0.99):.1f} ms"
    print(f"| {kind} | {size:,} | {rate:,.0f} | {times} | {cpu:,.0f} µs |", flush=True)
