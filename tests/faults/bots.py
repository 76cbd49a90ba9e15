"""Bots as processes: asked for, watched, killed. Says how each one ended."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a bot to be born, or to stop when told to


class Bot:
    """One process. `end` is the signal it died of, or minus its exit code."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.end: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def alive(self) -> bool:
        return not self.end.done()

    async def dies(self, within: float) -> bool:
        """Whether it ends by itself in this time (seconds)."""
        await asyncio.wait([self.end], timeout=within)
        return self.end.done()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal, if it lives."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)

    async def stop(self) -> None:
        """As at a deployment; killed when it does not obey."""
        self.kill(signal.SIGTERM)
        if not await self.dies(PATIENCE):
            self.kill()
            await self.dies(PATIENCE)


class Nursery:
    """Where bots come from. An async context manager; at its end no bot is left."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._bots: dict[int, Bot] = {}
        self._born: asyncio.Queue[Bot] = asyncio.Queue()
        self._one = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.nursery", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            self._process.kill()
        self._reading.cancel()

    async def bear(self, environment: Mapping[str, str], name: str) -> Bot:
        """A new bot with exactly these variables. Returns at once, before it listens."""
        order = {"environment": dict(environment), "log": str(self._logs / f"{name}.log")}
        assert self._process.stdin is not None
        async with self._one:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            return await asyncio.wait_for(self._born.get(), PATIENCE)

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            news: dict[str, Any] = json.loads(line)
            if "born" in news:
                bot = self._bots[news["born"]] = Bot(news["born"])
                self._born.put_nowait(bot)
            else:
                self._bots.pop(news["died"]).end.set_result(news.get("signal", -news.get("code", 0)))
