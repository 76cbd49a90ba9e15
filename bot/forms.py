"""Reading what a form sent back. Everything in it is user input: nothing here raises on it."""

import json
from datetime import date
from typing import Any

from flows.dates import possible


def held(metadata: str) -> dict[str, str]:
    """The ids a form of ours carried in its private_metadata; {} when it is not ours."""
    try:
        found: Any = json.loads(metadata)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(key, str) and isinstance(value, str)}


def day(value: Any) -> date | None:
    """A date as Slack sends it, or None; also for a year nobody can have meant."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and possible(found) else None


def packed(**ids: str) -> str:
    """Ids for a form's private_metadata: never words (T11)."""
    return json.dumps(ids, separators=(",", ":"))
