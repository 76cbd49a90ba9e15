"""`python -m sandbox`: serve a pretend Slack workspace until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path

from sandbox import scenario
from sandbox.refusal import Impossible
from sandbox.scenario import Tokens
from sandbox.server import serving
from sandbox.workspace import Options


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A pretend Slack workspace.")
    defaults = Tokens()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--scenario", default="", help=f"one of: {', '.join(scenario.names()) or 'none yet'}")
    parser.add_argument("--bot-token", default=defaults.bot)
    parser.add_argument("--app-token", default=defaults.app)
    parser.add_argument("--signing-secret", default=defaults.signing_secret)
    parser.add_argument(
        "--deliver",
        action="append",
        default=[],
        metavar="URL",
        help="deliver by signed HTTP to this address instead of Socket Mode; may be repeated",
    )
    parser.add_argument("--bot-control", default="", metavar="URL", help="where the bot's demo clock listens")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON): holds the app to it")
    parser.add_argument("--retry-factor", type=float, default=1.0, help="0.01 makes one minute 0.6 seconds")
    parser.add_argument("--traffic", type=int, default=2_000, help="exchanges kept in the log")
    parser.add_argument("--mail-port", type=int, help="listen for e-mail on this port, and keep what comes")
    return parser


async def serve(given: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    manifest = json.loads(given.manifest.read_text(encoding="utf-8")) if given.manifest else None
    options = Options(
        scenario=given.scenario,
        deliver=tuple(given.deliver),
        bot_control=given.bot_control,
        manifest=manifest,
        retry_factor=given.retry_factor,
        traffic=given.traffic,
        mail_port=given.mail_port,
        tokens=Tokens(bot=given.bot_token, app=given.app_token, signing_secret=given.signing_secret),
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with serving(options, host=given.host, port=given.port) as running:
        sys.stdout.write(f"The pretend Slack is at {running.url} (API: {running.api})\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Serve, and return an exit code."""
    try:
        asyncio.run(serve(arguments().parse_args()))
    except (Impossible, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
