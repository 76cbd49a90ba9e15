"""Whether this process is alive and able to work, and what it has counted. Knows no words of people."""

import contextlib
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

STUCK_AFTER = 30.0  # seconds a loop may be silent, or the database stuck
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.3, 5.0)


class Health:
    """Counters, gauges and loop heartbeats of one process. Times are monotonic seconds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._rejected = self._counter("rejected", "Payloads not taken, by reason", "reason")
        self._failed = self._counter("failed", "Handlers that failed", "kind", "error")
        self._calls = self._counter(
            "slack_calls", "Calls to Slack, by method and outcome", "method", "outcome"
        )
        self._connects = self._counter("socket_connects", "Socket Mode connections opened")
        self._answers = Histogram(
            "cadrage_answer_seconds", "From a payload to its acknowledgement", ["kind"],
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self.depth = self._gauge("outbox_depth", "Messages waiting to be sent")
        self.parked = self._gauge("outbox_parked", "Messages given up, to be looked at")
        self.skew = self._gauge("clock_skew_seconds", "Our clock minus Slack's")
        self._alive_until: dict[str, float] = {}
        self.socket = ""  # "" not used, "connected", or what is wrong

    def rejected(self, reason: str) -> None:
        """Count a payload that was not taken."""
        self._rejected.labels(reason).inc()

    def failed(self, kind: str, error: str) -> None:
        """Count a handler that failed."""
        self._failed.labels(kind, error).inc()

    def called(self, method: str, outcome: str) -> None:
        """Count a call to Slack."""
        self._calls.labels(method, outcome).inc()

    def connected(self) -> None:
        """Count a Socket Mode connection."""
        self._connects.inc()
        self.socket = "connected"

    @contextlib.contextmanager
    def answering(self, kind: str) -> Iterator[None]:
        """Measure the time to an acknowledgement."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._answers.labels(kind).observe(time.perf_counter() - start)

    def beat(self, loop: str, *, within: float = STUCK_AFTER) -> None:
        """Note that a loop goes round, and will again within so many seconds unless it is stuck."""
        self._alive_until[loop] = time.monotonic() + within

    def silent(self) -> list[str]:
        """The loops that have not gone round for too long."""
        now = time.monotonic()
        return sorted(name for name, until in self._alive_until.items() if now > until)

    def page(self) -> bytes:
        """The metrics, as Prometheus reads them."""
        return generate_latest(self.registry)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"cadrage_{name}", says, labels, registry=self.registry)

    def _gauge(self, name: str, says: str) -> Gauge:
        return Gauge(f"cadrage_{name}", says, registry=self.registry)
