"""One run on one database: load, kills, faults; then peace, and the verdict."""

import asyncio
import contextlib
import os
import random
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from sandbox.scenario import Tokens
from tests.faults import people, world
from tests.faults.bots import Nursery
from tests.faults.kills import Killer, Progress, Toll
from tests.faults.people import Going, Memory, Visit
from tests.faults.slack import Json, Slack, pretend_slack
from tests.faults.verdict import Kept, Verdict, broken_chains, judge, kept
from tests.faults.watch import Heard, catch_up, listen
from tests.faults.world import KEY, Size, World
from tests.ports import free_port

TOKENS = Tokens()
DRAIN = 300.0  # seconds everything may take to be said once the faults have ended
EVERY = 10.0  # seconds between two lines that tell how far it is
LEASE, LOOK_UP = 9, 1.5  # seconds: a call may take a quarter of a lease; none begins in its last third


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to run. `url`: an empty database."""

    name: str
    url: str
    kills: int = 200
    seed: int = 0
    size: Size = field(default_factory=Size)

    @property
    def replicas(self) -> int:
        """SQLite is for one process."""
        return 2 if self.url.startswith("postgresql") else 1


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything a run counted."""

    plan: Plan
    toll: Toll
    memory: Memory
    heard: Heard
    verdict: Verdict
    hits: int
    seconds: float  # the kills alone
    drained: float  # seconds from the end of the faults until everything had been said

    @property
    def wrong(self) -> list[str]:
        return [*self.verdict.wrong, *self.toll.crashes]


async def run(plan: Plan, say: Callable[[str], None]) -> Result:
    """Raises TimeoutError rather than hang."""
    limit = 60 + 6 * plan.kills + DRAIN
    with tempfile.TemporaryDirectory(prefix="cadrage-faults-", ignore_cleanup_errors=True) as folder:
        logs = Path(folder)
        slack_runs = pretend_slack(logs / "slack.log")
        try:
            async with asyncio.timeout(limit), slack_runs as slack, Nursery(logs) as nursery:
                return await _run(plan, say, slack, nursery)
        finally:
            _keep_logs(logs)


def _keep_logs(folder: Path) -> None:
    """Copy what the bots wrote where FAULTS_LOGS says; for the hunt."""
    if kept := os.environ.get("FAULTS_LOGS"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        for log in folder.glob("*.log"):
            (Path(kept) / log.name).write_bytes(log.read_bytes())


async def _run(plan: Plan, say: Callable[[str], None], slack: Slack, nursery: Nursery) -> Result:
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    stage = await world.gather(slack, plan.url, plan.size, chance)
    toll, memory, heard = Toll(), Memory(), Heard()
    visit = Visit(slack=slack, memory=memory, chance=chance)
    killer = Killer(nursery, [_environment(plan, slack) for _ in range(plan.replicas)], toll, chance)
    await killer.steady()
    await slack.connected(plan.replicas)
    listening = asyncio.create_task(listen(slack, heard))
    telling = asyncio.create_task(_tell(Progress(plan.name, plan.kills), plan, toll, memory, say))
    try:
        await slack.spoil()
        began = time.monotonic()
        await _under_load(killer.kill(plan.kills), lambda going: people.load(stage, visit, going))
        seconds, hits = time.monotonic() - began, await slack.mend()
        telling.cancel()
        say(f"{plan.name}: {toll.total} kills in {seconds:.0f} s; the faults end, everything drains …")
        began = time.monotonic()
        await killer.steady()
        await _drained(plan, slack, say)
        drained = time.monotonic() - began
        await killer.stop()
        await catch_up(slack, heard)
    finally:
        await _cancelled(listening, telling)
    verdict = judge(kept(plan.url), await _everything(slack, stage), memory, heard)
    verdict.lost += await asyncio.to_thread(broken_chains, plan.url)
    return Result(
        plan=plan, toll=toll, memory=memory, heard=heard, verdict=verdict, hits=hits, seconds=seconds,
        drained=drained,
    )  # fmt: skip


async def _under_load(
    killing: Coroutine[None, None, None], load: Callable[[Going], Coroutine[None, None, None]]
) -> None:
    """Kill while people work; then people finish what they are doing."""
    going = True
    work, kills = asyncio.create_task(load(lambda: going)), asyncio.create_task(killing)
    try:
        await asyncio.wait([kills, work], return_when=asyncio.FIRST_COMPLETED)
        going = False
        if work.done():  # before its time: people have failed
            work.result()
        await kills
        await asyncio.wait_for(work, 60)
    finally:
        await _cancelled(work, kills)


async def _drained(plan: Plan, slack: Slack, say: Callable[[str], None]) -> None:
    """Until nothing waits: no event in Slack, no row in the outbox; or the patience is over."""
    began, quiet, told = time.monotonic(), 0, time.monotonic()
    while quiet < 3 and time.monotonic() - began < DRAIN:
        await asyncio.sleep(0.5)
        waiting = (await slack.get("health"))["waiting"]
        with contextlib.suppress(SQLAlchemyError):
            found: Kept = await asyncio.to_thread(kept, plan.url)
            rows = [row for row in found.rows if row.state in ("ready", "ambiguous")]
            quiet = 0 if waiting or rows else quiet + 1
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                say(f"{plan.name}: {waiting} events and {len(rows)} messages wait")


async def _everything(slack: Slack, stage: World) -> dict[str, list[Json]]:
    """Every message, by channel."""
    channels = [team.channel for team in stage.teams]
    channels += [found for who in stage.people if (found := await people.direct(slack, who))]
    return {channel: (await slack.get("messages", channel=channel))["messages"] for channel in channels}


async def _tell(
    progress: Progress, plan: Plan, toll: Toll, memory: Memory, say: Callable[[str], None]
) -> None:
    while True:
        await asyncio.sleep(EVERY)
        rest = f"{memory.acknowledged} gestures acknowledged, {memory.refused} refused"
        say(progress.line(toll, rest))


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _environment(plan: Plan, slack: Slack) -> dict[str, str]:
    """The variables of one bot. It keeps nothing of whoever runs the battery."""
    own = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    return own | {
        "SLACK_API_URL": f"{slack.url}/api/", "SLACK_BOT_TOKEN": TOKENS.bot, "SLACK_APP_TOKEN": TOKENS.app,
        "DATABASE_URL": plan.url, "CADRAGE_PORT": str(free_port()), "CADRAGE_LOG_LEVEL": "warning",
        "CADRAGE_LOG_FORMAT": "json", "CADRAGE_LEASE": str(LEASE), "CADRAGE_LOOKUP_AFTER": str(LOOK_UP),
        "CADRAGE_TICK": "5", "CADRAGE_GESTURES": "0", "CADRAGE_KEY": KEY,
    }  # fmt: skip
