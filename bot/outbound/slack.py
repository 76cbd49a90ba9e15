"""The only client that calls Slack's Web API. Never retries, and never shows a token."""

import asyncio
import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr

from bot.outbound.outcome import Ambiguous, NotSent, Outcome, Refused, Sent, classify

Json = dict[str, Any]

DEADLINE = 15.0  # seconds for a whole call, connection and answer included
CONNECT = 5.0  # seconds to open a connection; later failures are ambiguous
ANSWER_CAP = 8 * 1024 * 1024  # bytes; a longer answer is not read
#: These take JSON. Reading methods take a form only, so everything else is sent as one.
AS_JSON = frozenset({
    "chat.postMessage", "chat.update", "chat.postEphemeral", "views.open",
    "views.push", "views.update", "views.publish", "conversations.open", "files.completeUploadExternal",
})  # fmt: skip


class Slack:
    """Web API calls for one app. `call` returns an `Outcome` and raises nothing that Slack causes.

    Does not pace, queue or repeat: the outbox does. One shared connection pool; close it.
    """

    def __init__(self, *, url: str, token: SecretStr, deadline: float = DEADLINE) -> None:
        self._url = url if url.endswith("/") else url + "/"
        self._token = token
        self._deadline = deadline
        self._session: aiohttp.ClientSession | None = None
        self.headers: Mapping[str, str] = {}  # of the latest answer, for the doctor
        self.skew: float | None = None  # seconds our clock was ahead of Slack's at the latest answer

    def __repr__(self) -> str:
        return f"Slack({self._url})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        """Call `method` as the bot in `workspace`. Parameters that are `None` are left out."""
        return await self.call_with(self._token_of(workspace), method, params)

    async def call_with(self, token: SecretStr, method: str, params: Mapping[str, Any]) -> Outcome:
        """Call `method` with another token, such as the app-level one."""
        headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
        given = {name: value for name, value in params.items() if value is not None}
        if method in AS_JSON:
            headers["Content-Type"] = "application/json; charset=utf-8"
            body: str | dict[str, str] = json.dumps(given)
        else:
            body = {name: _form(value) for name, value in given.items()}
        return await self._post(self._url + method, body, headers)

    async def respond(self, response_url: str, message: Json) -> Outcome:
        """Use a payload's `response_url` (5 uses in 30 minutes). Refuses an address that is not Slack's."""
        if not self._is_ours(response_url):
            return Refused(code="foreign_response_url")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        outcome = await self._post(response_url, json.dumps(message), headers)
        plain_ok = isinstance(outcome, Ambiguous) and outcome.code == "http_200"
        return Sent() if plain_ok else outcome  # this address answers "ok", not JSON

    async def upload(self, url: str, content: bytes, name: str) -> Outcome:
        """Send the bytes of a file to the address Slack gave. Publishes nothing."""
        if not self._is_ours(url):
            return Refused(code="foreign_upload_url")
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name, content_type="application/octet-stream")
        outcome = await self._post(url, form, {})
        plain_ok = isinstance(outcome, Ambiguous) and outcome.code == "http_200"
        return Sent() if plain_ok else outcome

    async def download(self, workspace: str, url: str, *, most: int) -> bytes | None:
        """The bytes of a file that somebody sent, as the bot may read it. None: it is not Slack's, not there,
        or longer than `most` bytes."""
        if not self._is_ours(url):
            return None
        headers = {"Authorization": f"Bearer {self._token_of(workspace).get_secret_value()}"}
        try:
            async with asyncio.timeout(self._deadline):
                async with self._open().get(url, headers=headers, allow_redirects=False) as answer:
                    raw = bytearray()
                    async for chunk in answer.content.iter_chunked(65536):
                        raw += chunk
                        if len(raw) > most:
                            return None
                    # without the permission Slack answers with the page that asks to log in
                    page = answer.content_type == "text/html"
                    return bytes(raw) if answer.status == 200 and not page else None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None

    async def open_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        """Open a modal, within three seconds of the gesture."""
        return await self.call(workspace, "views.open", trigger_id=trigger_id, view=view)

    async def push_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        """Put a modal on top of the open one (three at most)."""
        return await self.call(workspace, "views.push", trigger_id=trigger_id, view=view)

    async def update_view(self, workspace: str, view_id: str, view: Json, hash: str | None = None) -> Outcome:
        """Replace an open modal. With `hash`, only if nobody changed it since."""
        return await self.call(workspace, "views.update", view_id=view_id, view=view, hash=hash)

    async def ephemeral(
        self, workspace: str, channel: str, user: str, text: str, blocks: list[Json] | None = None
    ) -> Outcome:
        """Say something only `user` sees. It does not last: never the only copy of anything."""
        return await self.call(
            workspace, "chat.postEphemeral", channel=channel, user=user, text=text, blocks=blocks
        )

    def _token_of(self, workspace: str) -> SecretStr:
        """The bot token of a workspace. One workspace per process for now."""
        return self._token

    def _is_ours(self, url: str) -> bool:
        """Whether `url` is Slack's, or on the machine that plays Slack for us."""
        asked, api = urlsplit(url), urlsplit(self._url)
        if (asked.scheme, asked.netloc) == (api.scheme, api.netloc):
            return True
        host = asked.hostname or ""
        return asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))

    async def _post(self, url: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        try:
            async with asyncio.timeout(self._deadline):
                async with self._open().post(
                    url, data=body, headers=headers, allow_redirects=False
                ) as answer:
                    if answer.headers.get("Date") != self.headers.get("Date"):  # once a second
                        self.skew = ahead(answer.headers)
                    self.headers = answer.headers
                    raw = await answer.content.read(ANSWER_CAP)
                    while not answer.content.at_eof() and len(raw) < ANSWER_CAP:
                        raw += await answer.content.read(ANSWER_CAP - len(raw))
                    return classify(
                        answer.status, _decoded(raw), after=_seconds(answer.headers.get("Retry-After"))
                    )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            return NotSent(code=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return Ambiguous(code=type(error).__name__)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=64, ttl_dns_cache=300),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
                trust_env=not is_loopback(self._url),  # a company proxy is for Slack, not for the sandbox
            )
        return self._session


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def ahead(headers: Mapping[str, str]) -> float | None:
    """How many seconds our clock is ahead of the `Date` of an answer, which has whole seconds;
    `None` when it gives no time."""
    try:
        return time.time() - parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return None


def _form(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _seconds(header: str | None) -> float | None:
    try:
        return float(header) if header else None
    except ValueError:
        return None
