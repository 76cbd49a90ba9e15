"""Reads a process's processor time and memory, and sums up a window of measured turns."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Processor time of one process so far, all its threads, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def peak_mb(pid: int) -> float:
    """The most resident memory one process has had, in MB (10^6 bytes)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    return float("nan")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; NaN for none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(kw_only=True)
class Window:
    """What happened in one measured stretch of time. Seconds everywhere."""

    pid: int
    sent: Callable[[], int] = lambda: 0  # how many calls have reached Slack so far
    acks: list[float] = field(default_factory=list)  # event -> acknowledgement
    nexts: list[float] = field(default_factory=list)  # event -> the person sees what comes next
    errors: int = 0
    seconds: float = 0
    cpu: float = 0
    peak: float = 0  # MB
    calls: int = 0  # to Slack
    _began: float = 0
    _cpu: float = 0
    _sent: int = 0

    def open(self) -> None:
        """Start counting from here, forgetting the warm-up."""
        self.acks.clear()
        self.nexts.clear()
        self._began, self._cpu, self._sent = time.perf_counter(), cpu_seconds(self.pid), self.sent()

    def close(self) -> None:
        """Stop counting."""
        self.seconds = time.perf_counter() - self._began
        self.cpu = cpu_seconds(self.pid) - self._cpu
        self.peak = peak_mb(self.pid)
        self.calls = self.sent() - self._sent

    @property
    def rate(self) -> float:
        """Turns per second."""
        return len(self.nexts) / self.seconds if self.seconds else 0

    @property
    def cpu_per_turn(self) -> float:
        """Microseconds of processor time per turn."""
        return self.cpu / len(self.nexts) * 1e6 if self.nexts else float("nan")


def middle(values: Sequence[float]) -> float:
    """The median; NaN for none."""
    return statistics.median(values) if values else float("nan")
