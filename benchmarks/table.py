"""Measured windows as rows of a Markdown table."""

from collections.abc import Sequence

from benchmarks.measure import Window, middle, percentile

HEAD = (
    "| | people | turns/s | of the floor | ack median | ack p99 | next median | next p99 | CPU a turn | "
    "calls a turn | peak memory | errors |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def row(name: str, people: int, windows: Sequence[Window], floor: Sequence[Window] = ()) -> str:
    """One line: medians over the windows; the ratio is the median of the pairs."""
    pairs = [own.rate / base.rate for own, base in zip(windows, floor, strict=False) if base.rate]
    acks = [seconds for window in windows for seconds in window.acks]
    nexts = [seconds for window in windows for seconds in window.nexts]
    cells = (
        name,
        f"{people:,}",
        f"{middle([w.rate for w in windows]):,.0f}",
        f"{middle(pairs):.2f}" if pairs else "1",
        _ms(percentile(acks, 0.5)),
        _ms(percentile(acks, 0.99)),
        _ms(percentile(nexts, 0.5)),
        _ms(percentile(nexts, 0.99)),
        f"{middle([w.cpu_per_turn for w in windows]):,.0f} µs",
        f"{sum(w.calls for w in windows) / max(len(nexts), 1):.2f}",
        f"{max((w.peak for w in windows), default=0):.0f} MB",
        str(sum(w.errors for w in windows)),
    )
    return "| " + " | ".join(cells) + " |"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"
