"""What a gesture makes of the lines of a table: kept, doubled, moved, removed, put back. Pure.

A change is applied to the lines there are when it is carried out, which may not be those that were shown.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from flows.dialogue.model import Value

Row = Mapping[str, Value]
#: What a gesture makes of the lines there are at the moment it is carried out; None: it refuses.
Change = Callable[[list[dict[str, Value]]], list[dict[str, Value]] | None]


def put(line: str, row: Row, *, shown: str) -> Change:
    """The line replaced by `row`, or added when it is new. None when the line is not any more what
    the person was shown: two people changed it."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]] | None:
        known = next((one for one in now if line and one.get("id") == line), None)
        if line and (known is None or digest(known) != shown):
            return None
        if known is None:
            return [*now, dict(row)]
        return [{**row, "id": line} if one is known else one for one in now]

    return change


def doubled(line: str) -> Change:
    """A copy of the line after it."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]]:
        copies = [
            {key: value for key, value in one.items() if key != "id"} for one in now if one.get("id") == line
        ]
        at = next((n for n, one in enumerate(now, start=1) if one.get("id") == line), len(now))
        return [*now[:at], *copies, *now[at:]]

    return change


def removed(line: str) -> Change:
    """Without the line. Pressing twice removes nothing more."""
    return lambda now: [one for one in now if one.get("id") != line]


def moved(line: str, by: int) -> Change:
    """The line one place up (-1) or down (1); at the end of the list it stays."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]]:
        at = next((n for n, one in enumerate(now) if one.get("id") == line), None)
        if at is None or not 0 <= at + by < len(now):
            return now
        rest = [*now[:at], *now[at + 1 :]]
        return [*rest[: at + by], now[at], *rest[at + by :]]

    return change


def restored(line: str, earlier: Sequence[Sequence[Row]]) -> Change:
    """With a line that was removed, where it stood. `earlier`: the lists there were, oldest first.
    Nothing changes when it is there, or was never."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]]:
        if any(one.get("id") == line for one in now):
            return now
        for rows in reversed(earlier):
            for at, row in enumerate(rows):
                if row.get("id") == line:
                    return [*now[:at], dict(row), *now[at:]]
        return now

    return change


def digest(row: Row) -> str:
    """A short mark of a line's content, to notice that somebody else has changed it."""
    kept = {key: value for key, value in row.items() if key != "id"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]
