"""Starts a measured process and ends it."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.sink import Sink
from benchmarks.wire import SECRET

KEY = "k" * 43  # the application key of all that is measured, which links the audit


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """`python -m …` as a child of this process."""
    return subprocess.Popen([sys.executable, "-m", *arguments], env=environment)


@asynccontextmanager
async def running(
    arguments: list[str], *, sink: Sink, port: int | None, settings: dict[str, str] | None = None
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """`python -m …` with a clean environment that names the sink as Slack. Ready when its port
    answers, or, without a port, when it has linked to the sink. SIGTERM at the end."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    environment = kept | {"SLACK_API_URL": sink.api, "SLACK_SIGNING_SECRET": SECRET, "PYTHONUNBUFFERED": "1"}
    sink.linked.clear()
    process = start(arguments, environment | (settings or {}))
    try:
        await asyncio.wait_for(_ready(process, sink, port), 60)
        yield process
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 15)
        except subprocess.TimeoutExpired:
            process.kill()


async def _ready(process: subprocess.Popen[bytes], sink: Sink, port: int | None) -> None:
    while port is not None:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode} before it was ready")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    await sink.linked.wait()
