"""What Slack says when it refuses: an error code, and for us a sentence that says why."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A request Slack would answer with `ok: false`.

    `code` is Slack's own error code; `why` are sentences for the page and tests, each naming the place and
    the figure ("option 3: 81 characters, 75 allowed"). Raising it changes nothing in the world.
    """

    def __init__(self, code: str, *why: str, **extra: Any) -> None:
        super().__init__(code, *why)
        self.code = code
        self.why = why
        self.extra = extra

    def body(self) -> Json:
        """The JSON body Slack would send."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.why:
            body["response_metadata"] = {"messages": [f"[ERROR] {sentence}" for sentence in self.why]}
        return body


class Impossible(Exception):
    """A gesture nobody could make in Slack: a button that is not there, a channel one cannot see.

    The text is a sentence for the person who tried.
    """
