"""conversations.history and .replies: what was said, page by page, within a span of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.call import Call, Method
from sandbox.paging import paged
from sandbox.people import Channel
from sandbox.refusal import Json, Refused


@dataclass(frozen=True, slots=True)
class Span:
    """The time a history is asked for: `oldest` and `latest`, without the ends unless `inclusive`."""

    oldest: float
    latest: float
    inclusive: bool

    @classmethod
    def of(cls, call: Call) -> Span:
        """The span a call asks for."""
        return cls(
            _number(call.text("oldest") or "0"), _number(call.text("latest") or "inf"), call.flag("inclusive")
        )

    def holds(self, ts: float) -> bool:
        """Whether a message of this moment is inside."""
        if self.inclusive:
            return self.oldest <= ts <= self.latest
        return self.oldest < ts < self.latest


def history(call: Call) -> Json:
    """conversations.history, newest first; replies are not in it. Metadata only when asked."""
    channel, span = call.channel(member=True), Span.of(call)
    page, cursor = paged(_newest_first(channel, span), call)
    return {
        "messages": [_shown(call, m) for m in page],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def _newest_first(channel: Channel, span: Span) -> Iterator[Json]:
    for message in reversed(channel.messages.values()):
        ts = float(message["ts"])
        if ts < span.oldest:
            return
        reply = message.get("thread_ts") not in (None, message["ts"])
        if span.holds(ts) and (not reply or message.get("subtype") == "thread_broadcast"):
            yield message


def replies(call: Call) -> Json:
    """conversations.replies: the parent and its thread, oldest first."""
    call.need("ts")
    channel, span = call.channel(member=True), Span.of(call)
    parent = channel.messages.get(call.text("ts"))
    if parent is None:
        raise Refused("thread_not_found", f"no message {call.text('ts')} in {channel.id}")
    root = str(parent.get("thread_ts", parent["ts"]))
    thread = [channel.messages[ts] for ts in channel.replies.get(root, []) if span.holds(float(ts))]
    page, cursor = paged([channel.messages[root], *thread], call, 1000)
    return {
        "messages": [_shown(call, m) for m in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _number(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        raise Refused("invalid_ts_oldest", f"{ts!r} is not a time stamp") from None


def _shown(call: Call, message: Json) -> Json:
    if call.flag("include_all_metadata") or "metadata" not in message:
        return message
    return {**message, "metadata": {"event_type": message["metadata"].get("event_type", "")}}


HISTORY: dict[str, Method] = {
    "conversations.history": history,
    "conversations.replies": replies,
}
