"""Signed HTTP delivery: posts to the app as Slack does, with signature, timestamp and retry headers."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery import Ack, Parcel
from sandbox.refusal import Json

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class SignedPosts:
    """A road for delivery over HTTP. Of several addresses each delivery takes the next, like a balancer."""

    def __init__(self, *, addresses: list[str], secret: str, now: Callable[[], float]) -> None:
        self.addresses = addresses
        self.secret = secret
        self.now = now
        self._turn = 0
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, parcel: Parcel, deadline: float) -> Ack:
        """Post once; 2xx in time is an acknowledgement. Follows at most two redirects."""
        body, kind = encode(parcel)
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+sandbox)",
            **sign(self.secret, body, int(self.now())),
        }
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.reason}
        self._turn += 1
        address = self.addresses[self._turn % len(self.addresses)]
        try:
            async with self._client().post(
                address,
                data=body,
                headers=headers,
                max_redirects=2,
                timeout=aiohttp.ClientTimeout(total=deadline),
            ) as response:
                return read(response, await response.read())
        except TimeoutError:
            return Ack(ok=False, problem="http_timeout")
        except aiohttp.TooManyRedirects:
            return Ack(ok=False, problem="too_many_redirects")
        except aiohttp.ClientError:
            return Ack(ok=False, problem="connection_failed")

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()


def sign(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """Slack's signature headers for a raw body."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def encode(parcel: Parcel) -> tuple[bytes, str]:
    """The raw body and its content type: events are JSON, the rest are forms."""
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), JSON_TYPE
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload).encode(), FORM_TYPE
    return urlencode({"payload": json.dumps(parcel.payload)}).encode(), FORM_TYPE


def read(response: aiohttp.ClientResponse, raw: bytes) -> Ack:
    """The acknowledgement an HTTP answer amounts to."""
    no_retry = response.headers.get("x-slack-no-retry") == "1"
    if not 200 <= response.status < 300:
        return Ack(ok=False, problem="http_error", body=response.status, no_retry=no_retry)
    if not raw:
        return Ack(ok=True)
    if JSON_TYPE in response.headers.get("Content-Type", ""):
        try:
            body: Json | str = json.loads(raw)
        except ValueError:
            body = raw.decode(errors="replace")
        return Ack(ok=True, body=body)
    return Ack(ok=True, body=raw.decode(errors="replace"))
