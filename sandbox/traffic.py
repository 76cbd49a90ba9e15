"""The log of everything exchanged with the app, bounded, with anonymous forms masked before they are kept."""

from __future__ import annotations

from collections import deque
from typing import Any

from sandbox.refusal import Json

KEPT = 2_000
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
}


class Traffic:
    """Exchanges in order, each with a growing number `n`. Keeps the last 2,000."""

    def __init__(self, kept: int = KEPT) -> None:
        self.exchanges: deque[Json] = deque(maxlen=kept)
        self.n = 0

    def add(
        self,
        *,
        at: float,
        direction: str,
        kind: str,
        ms: float,
        request: Any,
        response: Any,
        person: str = "",
        method: str = "",
        size: int = 0,
        refused: str = "",
        why: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        """Keep one exchange. `direction` is "to Slack" or "to the app"; `ms` is the time to the answer."""
        self.n += 1
        if not self.exchanges.maxlen:
            return
        masked = anonymous(request)
        self.exchanges.append(
            {
                "n": self.n,
                "at": at,
                "direction": direction,
                "kind": kind,
                "person": person,
                "ms": round(ms, 1),
                "size": size,
                "method": method,
                "request": mask(request) if masked else request,
                "response": mask(response) if masked else response,
                "refused": refused or None,
                "why": list(why),
                "note": note,
                "masked": masked,
            }
        )

    def since(self, n: int) -> list[Json]:
        return [exchange for exchange in self.exchanges if exchange["n"] > n]


def anonymous(body: Any) -> bool:
    """Whether this is about an anonymous form: a view that says so in its callback_id or in its visible words."""
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
