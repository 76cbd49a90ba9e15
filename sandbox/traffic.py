"""The log of everything exchanged with the app, bounded, with anonymous forms masked before they are kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields, replace
from typing import Any

from sandbox.refusal import Json

KEPT = 2_000
TO_SLACK, TO_APP = "to Slack", "to the app"
MASK = "(masked: this form is anonymous)"
SECRET = {
    "value",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_date",
    "selected_time",
    "rich_text_value",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "selected_date_time",
    "files",
    "initial_option",
    "initial_options",
    "initial_value",
    "private_metadata",
    "style",  # a coloured button may answer what was sent
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request and its answer. `ms` is the time to the answer, `person` a user id."""

    at: float  # seconds since 1970, in the world's time
    direction: str
    kind: str
    ms: float
    request: Any
    response: Any
    person: str = ""
    method: str = ""
    size: int = 0  # bytes of the request
    refused: str = ""  # Slack's error code, or why a delivery was not acknowledged
    why: tuple[str, ...] = ()
    note: str = ""


class Traffic:
    """Exchanges in order, each with a growing number `n`. Keeps the last 2,000."""

    def __init__(self, kept: int = KEPT) -> None:
        self.exchanges: deque[tuple[int, Exchange, bool]] = deque(maxlen=kept)
        self.n = 0

    def add(self, exchange: Exchange) -> None:
        """Keep one exchange; answers of anonymous forms are masked before."""
        self.n += 1
        if not self.exchanges.maxlen:
            return
        masked = anonymous(exchange.request)
        if masked:
            request, response = mask(exchange.request), mask(exchange.response)
            exchange = replace(exchange, request=request, response=response, size=0)  # a text has a length
        self.exchanges.append((self.n, exchange, masked))

    def since(self, n: int) -> list[Json]:
        """Those after number `n`, as JSON."""
        return [_json(number, kept, masked) for number, kept, masked in self.exchanges if number > n]


def _json(number: int, exchange: Exchange, masked: bool) -> Json:
    body = {field.name: getattr(exchange, field.name) for field in fields(Exchange)}
    body |= {"n": number, "masked": masked, "ms": round(exchange.ms, 1), "refused": exchange.refused or None}
    return body


def anonymous(body: Any) -> bool:
    """Whether this is about an anonymous form: its callback_id or its visible words say so."""
    if not isinstance(body, dict):
        return False
    view = body.get("view")
    if not isinstance(view, dict):
        return False
    if "anonym" in str(view.get("callback_id", "")).lower():
        return True
    return any(_says_so(block) for block in view.get("blocks") or [] if isinstance(block, dict))


def _says_so(block: Json) -> bool:
    if block.get("type") not in {"section", "context", "header", "alert"}:
        return False
    texts = [block.get("text"), *(block.get("elements") or [])]
    return any(
        str(t.get("text", "")).lower().lstrip("*_ :").startswith("anonym")
        for t in texts
        if isinstance(t, dict)
    )


def mask(body: Any) -> Any:
    """The same structure with every answer replaced."""
    if isinstance(body, dict):
        return {
            key: MASK if key in SECRET and value not in (None, [], "") else mask(value)
            for key, value in body.items()
        }
    if isinstance(body, list):
        return [mask(item) for item in body]
    return body
