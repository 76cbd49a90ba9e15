"""Cursor paging of list methods, as Slack does it."""

from __future__ import annotations

import itertools
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from sandbox.call import Call
from sandbox.refusal import Refused

PAGE = 999


def paged(items: Iterable[Any], call: Call, default: int = 100) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next ("" at the end). Takes no more items than needed."""
    limit = max(1, min(call.number("limit", default), PAGE))
    start = 0
    if cursor := call.text("cursor"):
        try:
            start = int(b64decode(cursor.encode()).decode().removeprefix("next:"))
        except ValueError:
            raise Refused("invalid_cursor", "cursor: not one of ours") from None
    page = list(itertools.islice(items, start, start + limit + 1))
    more = b64encode(f"next:{start + limit}".encode()).decode() if len(page) > limit else ""
    return page[:limit], more
