"""`cadrage demo`: a pretend Slack in a process of its own, and the bot connected to it, until Ctrl-C.

The bot does not know that it is a demo, except that its clock can be moved. Nothing leaves the
machine, and every start begins with an empty database.
"""

import asyncio
import functools
import json
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.inbound.background import cancelled, on_signal
from bot.operations.clock import DemoClock
from bot.operations.key import demo_key
from bot.operations.manifest import manifest
from bot.process import Process
from bot.settings import Settings, load
from flows.playbook import Playbook
from storage.database import connect

HOST = "127.0.0.1"
FIRST_PORT = 8400
PATIENCE = 30.0  # seconds for the pretend Slack to answer
KEPT = (
    "CADRAGE_LANGUAGE",
    "CADRAGE_CONTENT",
    "CADRAGE_HOUSE_STYLE",
    "CADRAGE_LOG_LEVEL",
    "CADRAGE_OPERATOR",
    "CADRAGE_COMPANY_TEXT",
    "CADRAGE_HELP_CONTACT",
)


class DemoError(Exception):
    """The demo cannot go on; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one demo lives on this machine."""

    page: int  # port of the pretend Slack
    bot: int  # port of the bot's clock and health
    folder: Path
    mail: int  # port of its mail server

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.page}"

    @property
    def database(self) -> Path:
        """The demo's file: one for each page, so that two demos can run."""
        return self.folder / ("demo.db" if self.page == FIRST_PORT else f"demo-{self.page}.db")


def free_port(first: int) -> int:
    """`first`, or the next port nobody listens on."""
    for number in range(first, first + 200):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, number))
            except OSError:
                continue
            return number
    raise DemoError(f"No free port from {first} to {first + 199}.")


def settings_of(place: Place, bot_token: str, app_token: str) -> Settings:
    """The settings of the demo's bot. Takes from the environment only what is harmless here."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return load({
        **kept,
        "SLACK_API_URL": f"{place.address}/api/",
        "SLACK_BOT_TOKEN": bot_token,
        "SLACK_APP_TOKEN": app_token,
        "DATABASE_URL": f"sqlite:///{place.database}",
        "CADRAGE_HOST": HOST,
        "CADRAGE_PORT": str(place.bot),
        "CADRAGE_TICK": "2",
        "CADRAGE_DEMO": "1",
        "CADRAGE_KEY": demo_key(place.folder),
        "CADRAGE_SMTP_HOST": HOST,
        "CADRAGE_SMTP_PORT": str(place.mail),
        "CADRAGE_SMTP_TLS": "none",
        "CADRAGE_SMTP_FROM": "cadrage@localhost",
    })  # fmt: skip


async def play(
    place: Place, playbook: Playbook, *, scenario: str, browser: bool, say: Callable[[str], None]
) -> None:
    """Run the demo until it is told to stop. Raises `DemoError` when the pretend Slack does not start."""
    stopped = asyncio.Event()
    on_signal(stopped.set)
    tokens = f"xoxb-demo-{secrets.token_hex(8)}", f"xapp-demo-{secrets.token_hex(8)}"
    settings = settings_of(place, *tokens)
    say("Starting the pretend Slack …")
    slack = await _pretend_slack(place, tokens, scenario, settings.language)
    try:
        await _answers(place, slack, stopped)
        say("Starting Cadrage …")
        say(f"\n  {place.address}\n")
        say("Pretend Slack: nothing leaves this computer. First: open “Do this first” on the page, or be")
        say("Élodie and type /cadrage new in #boreal; or press “Play the story”, and look on.")
        say("Ctrl-C here ends both.")
        if browser:
            await asyncio.to_thread(webbrowser.open, place.address)
        await _bot_until(stopped, place, settings, playbook, slack)
        say("Stopped.")
    finally:
        await _ended(slack)


async def _pretend_slack(
    place: Place, tokens: tuple[str, str], scenario: str, language: str
) -> asyncio.subprocess.Process:
    place.folder.mkdir(parents=True, exist_ok=True)
    described = place.folder / f"demo-manifest-{place.page}.json"
    described.write_text(json.dumps(manifest("fr" if language == "fr" else "en")), encoding="utf-8")
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--host", HOST, "--port", str(place.page), "--scenario", scenario,
        "--bot-token", tokens[0], "--app-token", tokens[1], "--manifest", str(described),
        "--bot-control", f"http://{HOST}:{place.bot}", "--mail-port", str(place.mail),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


async def _answers(place: Place, slack: asyncio.subprocess.Process, stopped: asyncio.Event) -> None:
    """Wait until the page can be opened, or the demo is told to stop."""
    end = asyncio.get_running_loop().time() + PATIENCE
    async with aiohttp.ClientSession() as session:
        while asyncio.get_running_loop().time() < end:
            if stopped.is_set():
                return
            if slack.returncode is not None:
                raise DemoError("The pretend Slack did not start; what it said is above.")
            try:
                async with session.get(f"{place.address}/_/time") as answer:
                    if answer.status < 500:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise DemoError("The pretend Slack does not answer.")


async def _bot_until(
    stopped: asyncio.Event,
    place: Place,
    settings: Settings,
    playbook: Playbook,
    slack: asyncio.subprocess.Process,
) -> None:
    """The bot, again with an empty database whenever the page asks to start over."""
    again = True
    while again and not stopped.is_set():
        for file in place.folder.glob(f"{place.database.name}*"):
            if not file.name.endswith(".lock"):
                file.unlink()
        process = Process(
            settings=settings,
            db=connect(settings.database_url.get_secret_value(), key=settings.key.get_secret_value()),
            playbook=playbook,
            clock=DemoClock(),
        )
        ends = [asyncio.create_task(end(), name="demo") for end in (stopped.wait, slack.wait)]
        for task in ends:
            task.add_done_callback(functools.partial(_stop, process))
        try:
            await process.run()
        finally:
            again = process.again and slack.returncode is None
            await cancelled(*ends)


def _stop(process: Process, _: object) -> None:
    process.stopping.set()


async def _ended(slack: asyncio.subprocess.Process) -> None:
    if slack.returncode is None:
        slack.terminate()
        try:
            await asyncio.wait_for(slack.wait(), 5)
        except TimeoutError:
            slack.kill()
            await slack.wait()
