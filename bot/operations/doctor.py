"""Says in sentences what is wrong with a configuration: tokens, database, key, mail server, clock, port.

Stores nothing: what it writes to try the database is rolled back (SQLite makes an empty file).
"""

import re
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.operations.clock import Clock
from bot.operations.logs import first_line
from bot.operations.manifest import SCOPES
from bot.outbound.mail import Post
from bot.outbound.outcome import NotSent, Outcome, Sent, Throttled
from bot.outbound.slack import Slack
from bot.settings import Settings
from storage import memo, wave_keys
from storage.database import Busy, Connection, Database, InUse, Unavailable
from storage.errors import Refused
from storage.sealing import Sealer

SKEW = 60.0  # seconds our clock may differ from Slack's; at 300 every request is refused
_SECRET = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `wrong` ones make the command fail."""

    says: str
    wrong: bool = False


class _RollBack(Exception):
    """Ends a transaction that was only a try."""


async def examine(settings: Settings, db: Database, clock: Clock) -> AsyncIterator[Finding]:
    """Everything that can be looked at, in the order in which it is best corrected."""
    for problem in settings.to_run():
        yield _bad(problem)
    async with Slack(url=settings.api_url, token=settings.bot_token) as slack:
        if settings.bot_token.get_secret_value():
            outcome = await slack.call("", "auth.test")
            yield bot_token(outcome)
            if isinstance(outcome, Sent):
                yield scopes(slack.headers)
            if slack.headers:
                yield skew(slack.skew)
        if settings.socket_mode:
            yield app_token(await slack.call_with(settings.app_token, "apps.connections.open", {}))
    if settings.signing_secret.get_secret_value():
        yield signing_secret(settings.signing_secret.get_secret_value())
    yield await database(db, clock)
    if key := settings.key.get_secret_value():
        yield await seals(db, Sealer(key))
    if settings.mails:
        yield mail_server(await Post(settings).trial())
    yield await port(settings.host, settings.port)


def bot_token(outcome: Outcome) -> Finding:
    """What `auth.test` said."""
    if isinstance(outcome, Sent):
        team, user = outcome.data.get("team", "?"), outcome.data.get("user", "?")
        return Finding(says=f"Slack knows the bot: @{user} in the workspace {team}.")
    if isinstance(outcome, NotSent):
        return _bad(
            f"Slack cannot be reached ({outcome.code}). Check the network, the proxy and SLACK_API_URL."
        )
    if isinstance(outcome, Throttled):
        return _bad(f"Slack asks to wait {outcome.after:.0f} seconds. Run this again then.")
    code = getattr(outcome, "code", "")
    return _bad(
        f"Slack does not accept SLACK_BOT_TOKEN ({code}). Copy the Bot User OAuth Token again from the app's "
        "page, OAuth & Permissions; if the app was removed, install it again first."
    )


def app_token(outcome: Outcome) -> Finding:
    """What opening a socket said."""
    if isinstance(outcome, Sent):
        return Finding(says="Socket Mode works: Slack gave an address to connect to.")
    code = getattr(outcome, "code", "throttled")
    return _bad(
        f"Slack does not open a socket ({code}). Switch Socket Mode on in the app's settings, and give "
        "SLACK_APP_TOKEN an app-level token with the permission connections:write."
    )


def scopes(headers: Mapping[str, str]) -> Finding:
    """The permissions Slack says the token has."""
    granted = headers.get("X-OAuth-Scopes")
    if granted is None:
        return Finding(says="Slack did not say which permissions the token has; they were not checked.")
    missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
    if not missing:
        return Finding(says="The token has every permission it needs.")
    wanted = "; ".join(f"{scope} ({SCOPES[scope].en})" for scope in missing)
    return _bad(
        f"The token lacks permissions: {wanted}. Paste the manifest again (cadrage manifest), then reinstall "
        "the app."
    )


def skew(off: float | None) -> Finding:
    """How far our clock is ahead of Slack's, in seconds."""
    if off is None:
        return Finding(says="Slack gave no time; the clock was not checked.")
    if abs(off) <= SKEW:
        return Finding(says="The clock agrees with Slack's.")
    ahead = "ahead" if off > 0 else "behind"
    return _bad(
        f"The clock of this machine is {abs(off):.0f} seconds {ahead}. Set it (NTP): beyond 300 seconds "
        "Slack's requests are refused, and reminders come at the wrong time."
    )


def signing_secret(secret: str) -> Finding:
    """Whether it can be a signing secret at all; only a request of Slack's can tell if it is ours."""
    if _SECRET.fullmatch(secret):
        return Finding(says="SLACK_SIGNING_SECRET has the right shape.")
    return _bad(
        "SLACK_SIGNING_SECRET does not have the shape of one (32 characters, 0-9 and a-f). Copy it again "
        "from the app's page, Basic Information."
    )


async def database(db: Database, clock: Clock) -> Finding:
    """Whether the tables are there and can be written. Writes nothing that stays."""
    try:
        await db.run(_try_to_write, clock.now())
    except _RollBack:
        return Finding(says=f"The database can be read and written ({db.dialect}).")
    except InUse as error:
        return Finding(says=f"{error} If that is the bot at work, all is well.")
    except (Busy, Unavailable) as error:
        return _bad(
            f"The database does not answer ({first_line(error)}). Check DATABASE_URL, and that it is running."
        )
    except Refused as error:
        return Finding(
            says=f"The database answers. Its tables are not there yet, or older than this program "
            f"({first_line(error)}): the bot brings them up to date when it starts; cadrage db upgrade "
            "does it now."
        )
    raise AssertionError("the trial transaction always rolls back")


async def seals(db: Database, sealer: Sealer) -> Finding:
    """Whether the application key is the one that sealed the waves that are open."""
    try:
        locked = await db.read(wave_keys.locked, sealer=sealer)
    except (Busy, Unavailable, Refused):
        return Finding(says="The database could not be read; CADRAGE_KEY was not compared with it.")
    if locked:
        return _bad(str(wave_keys.OtherKey(locked)))
    return Finding(says="CADRAGE_KEY opens every anonymous wave that is open.")


def mail_server(trouble: str) -> Finding:
    """What opening a connection to the mail server said. Nothing is sent."""
    if not trouble:
        return Finding(says="The mail server can be reached, and takes our account if there is one.")
    return _bad(
        f"The mail server does not take us ({trouble}). Check CADRAGE_SMTP_HOST, _PORT, _TLS, _USER and "
        "_PASSWORD, and that this machine may reach it."
    )


async def port(host: str, number: int) -> Finding:
    """Whether the port can be listened on, or is this bot's already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, number))
        except OSError as error:
            why = error.strerror
        else:
            return Finding(says=f"Port {number} on {host} is free.")
    if await _is_bot(host, number):
        return Finding(says=f"A bot is at work on port {number}.")
    return _bad(f"Port {number} on {host} cannot be used ({why}). Set CADRAGE_PORT to a free one.")


async def _is_bot(host: str, number: int) -> bool:
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{host}:{number}/live") as answer,
        ):
            return "live" in await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


def _try_to_write(conn: Connection, now: datetime) -> None:
    memo.put(conn, workspace="", name="doctor", value=now.isoformat())
    raise _RollBack


def _bad(says: str) -> Finding:
    return Finding(says=says, wrong=True)
