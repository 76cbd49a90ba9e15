"""Slack's own rate limits, switched on when wanted: calls a minute, messages a second.

Off by default, because tests and load would be slowed. Slack allows short bursts without saying how short:
here a channel takes three messages at once, and a method its whole minute's worth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sandbox.refusal import Json

PER_CHANNEL = 1.0  # messages a second
CHANNEL_BURST = 3.0

# calls a minute, by the tier on each method's page; methods not named are tier 4
TIERS = {
    "apps.connections.open": 1,
    "conversations.list": 20,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "users.list": 20,
    "chat.update": 50,
    "chat.delete": 50,
    "chat.getPermalink": 100,
    "chat.postMessage": 300,  # "several hundred messages per minute" in a workspace
    "reactions.add": 50,
    "files.completeUploadExternal": 100,
}
TIER_4 = 100


@dataclass(kw_only=True, slots=True)
class Bucket:
    """Tokens that come back with time."""

    tokens: float
    at: float

    def take(self, now: float, rate: float, most: float) -> float:
        """0 when a token was there; else the seconds until one is."""
        self.tokens = min(most, self.tokens + (now - self.at) * rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / rate


@dataclass(kw_only=True, slots=True)
class Rates:
    """All buckets of one workspace. `now` is monotonic seconds."""

    on: bool = False
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, method: str, args: Json, now: float) -> int:
        """Whole seconds to wait (Retry-After), or 0 when the call may go on."""
        if not self.on:
            return 0
        tier = TIERS.get(method, TIER_4)
        seconds = self._take(method, now, tier / 60, tier)
        if not seconds and method == "chat.postMessage":
            seconds = self._take(f"channel {args.get('channel')}", now, PER_CHANNEL, CHANNEL_BURST)
        return math.ceil(seconds)

    def _take(self, name: str, now: float, rate: float, most: float) -> float:
        bucket = self.buckets.setdefault(name, Bucket(tokens=most, at=now))
        return bucket.take(now, rate, most)
