"""The pretend Slack of a run, in a process of its own, and how the rig speaks to it. Every wait ends."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

from tests.faults.bots import PATIENCE, ROOT
from tests.ports import free_port

Json = dict[str, Any]

#: Each with its probability: 15 % of the calls of a method. Half of them strike after Slack has obeyed.
FAULTS: tuple[Json, ...] = (
    {"kind": "429", "seconds": 1, "probability": 0.02},
    {"kind": "500", "probability": 0.02},
    {"kind": "500", "after": True, "probability": 0.025},
    {"kind": "drop_before", "probability": 0.02},
    {"kind": "drop_after", "probability": 0.035},
    {"kind": "garbage", "after": True, "probability": 0.02},
    {"kind": "html", "probability": 0.01},
)
SPOILT = ("chat.postMessage", "chat.update", "views.publish", "conversations.open")


class Slack:
    """The control API of the sandbox at `url`."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self._session = url, session

    async def get(self, path: str, **query: Any) -> Json:
        """What /_/`path` says. Raises RuntimeError with the sandbox's sentence."""
        async with self._session.get(f"{self.url}/_/{path}", params=query) as response:
            return _checked(path, response.status, await response.json())

    async def post(self, path: str, **body: Any) -> Json:
        """A gesture or a change. Raises RuntimeError with the sandbox's sentence."""
        async with self._session.post(f"{self.url}/_/{path}", json=body) as response:
            return _checked(path, response.status, await response.json())

    async def spoil(self) -> None:
        """Put the faults in force."""
        for method in SPOILT:
            for fault in FAULTS:
                await self.post("faults", method=method, **fault)

    async def mend(self) -> int:
        """Take all faults away; how many calls they hit."""
        hits = int((await self.get("faults"))["hits"])
        async with self._session.delete(f"{self.url}/_/faults"):
            return hits

    async def connected(self, bots: int, within: float = PATIENCE) -> None:
        """Wait until so many bots are connected."""
        async with asyncio.timeout(within):
            while (await self.get("health"))["connections"] < bots:  # noqa: ASYNC110 - of another process
                await asyncio.sleep(0.05)


def _checked(path: str, status: int, answer: Json) -> Json:
    if status >= 400:
        raise RuntimeError(f"{path}: {answer.get('error')} {answer.get('why', '')}".strip())
    return answer


@contextlib.asynccontextmanager
async def pretend_slack(log: Path) -> AsyncIterator[Slack]:
    """A running sandbox, which complains in `log`. Retries after minutes come after seconds here."""
    port, complaints = free_port(), log.open("ab")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", str(port), "--scenario", "tests", "--retry-factor", "0.05",
        "--traffic", "20000", cwd=ROOT, stdout=asyncio.subprocess.DEVNULL,
        stderr=complaints,
    )  # fmt: skip
    timeout = aiohttp.ClientTimeout(total=15)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            slack = Slack(f"http://127.0.0.1:{port}", session)
            await _awake(slack)
            yield slack
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            process.kill()
        complaints.close()


async def _awake(slack: Slack) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await slack.get("health")
                return
            await asyncio.sleep(0.05)
