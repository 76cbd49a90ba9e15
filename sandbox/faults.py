"""Faults on demand: which call or delivery goes wrong, how, how often. Others carry them out.

A fault names a Web API method, a delivery ("events_api", "interactive", "slash_commands"), "response_url",
"upload", "*" (every Web API method) or "deliveries" (everything sent to the app).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import Impossible, Json

# kind -> what it does; API kinds first, delivery kinds after
KINDS = {
    "429": "refuses with Retry-After; nothing happened",
    "500": "answers 500; with after=true the call was carried out first",
    "503": "answers 503; nothing happened",
    "drop_before": "cuts the connection; nothing happened",
    "drop_after": "carries the call out, then cuts the connection",
    "hang": "never answers (until `seconds`); with after=true the call was carried out first",
    "garbage": "answers 200 with bytes that are not JSON; with after=true after carrying out",
    "html": "answers 200 with a page of HTML; with after=true after carrying out",
    "empty": "answers 200 with nothing; with after=true after carrying out",
    "drip": "carries the call out and answers one byte at a time, `seconds` apart",
    "latency": "answers `seconds` later than it would",
    "error": "answers ok:false with `code`; with after=true the call was carried out first",
    "redeliver": "delivers an event that was acknowledged once more, as a retry",
    "duplicate": "delivers an event twice at the same time",
    "lose_ack": "the app's acknowledgement never arrives",
    "lose": "the delivery never reaches the app",
}
DELIVERIES = {"events_api", "interactive", "slash_commands"}


@dataclass(kw_only=True, slots=True)
class Fault:
    """One fault. It ends after `times`, or at `until` (monotonic seconds), or when removed."""

    id: int
    method: str
    kind: str
    times: int | None = None
    until: float | None = None
    probability: float = 1.0
    seconds: float = 30.0
    code: str = "internal_error"
    after: bool = False
    hits: int = 0
    note: str = ""

    def concerns(self, name: str) -> bool:
        """Whether this fault is about that method or delivery."""
        if self.method == "*":
            return name not in DELIVERIES
        return self.method == name or (self.method == "deliveries" and name in DELIVERIES)


@dataclass(kw_only=True, slots=True)
class Faults:
    """All faults in force."""

    clock: Callable[[], float]  # monotonic seconds
    chance: random.Random = field(default_factory=random.Random)
    active: dict[int, Fault] = field(default_factory=dict)
    total_hits: int = 0
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def add(
        self,
        *,
        method: str = "*",
        kind: str,
        times: int | None = None,
        duration: float | None = None,
        **options: Any,
    ) -> Fault:
        """Put a fault in force; Impossible, in a sentence, for an unknown kind."""
        if kind not in KINDS:
            raise Impossible(f"There is no fault {kind!r}; there is {', '.join(KINDS)}.")
        until = self.clock() + duration if duration is not None else None
        fault = Fault(id=next(self._ids), method=method, kind=kind, times=times, until=until, **options)
        self.active[fault.id] = fault
        return fault

    def remove(self, fault_id: int | None = None) -> None:
        """Remove one, or all."""
        if fault_id is None:
            self.active.clear()
        else:
            self.active.pop(fault_id, None)

    def strike(self, name: str) -> list[Fault]:
        """The faults that hit this call: any latency, and at most one other."""
        if not self.active:
            return []
        hit: list[Fault] = []
        for fault in list(self.active.values()):
            if fault.until is not None and self.clock() > fault.until:
                del self.active[fault.id]
                continue
            other = fault.kind != "latency" and any(f.kind != "latency" for f in hit)
            if other or not fault.concerns(name) or self.chance.random() >= fault.probability:
                continue
            hit.append(fault)
            self._count(fault)
        return hit

    def _count(self, fault: Fault) -> None:
        fault.hits += 1
        self.total_hits += 1
        if fault.times is not None and fault.hits >= fault.times:
            self.active.pop(fault.id, None)

    def listed(self) -> list[Json]:
        """What the page shows."""
        now = self.clock()
        return [
            {
                "id": f.id,
                "method": f.method,
                "kind": f.kind,
                "does": KINDS[f.kind],
                "hits": f.hits,
                "times": f.times,
                "probability": f.probability,
                "seconds": f.seconds,
                "code": f.code,
                "after": f.after,
                "note": f.note,
                "left": None if f.until is None else max(0.0, f.until - now),
            }
            for f in self.active.values()
        ]
