"""What a person has typed and chosen in a view: `state.values` out of Slack's wrapping.

Everything in it is user input. Unknown shapes are left out, not refused.
"""

from collections.abc import Mapping
from typing import Any

#: Where each element keeps what was chosen.
_PLAIN = (
    "value", "selected_date", "selected_time", "selected_user", "selected_conversation", "selected_channel",
)  # fmt: skip
_LISTS = ("selected_users", "selected_conversations")


def typed(view: Mapping[str, Any]) -> dict[str, Any]:
    """block_id to value: a string, a list of strings, or None for an empty field."""
    values = _dict(_dict(view.get("state")).get("values"))
    found: dict[str, Any] = {}
    for block, actions in values.items():
        first = next(iter(_dict(actions).values()), None)
        found[block] = chosen(_dict(first))
    return found


def chosen(element: Mapping[str, Any]) -> Any:
    """The value of one element's state, or of one action of a block_actions payload."""
    option = element.get("selected_option")
    if isinstance(option, dict):
        return _text(option.get("value"))
    options = element.get("selected_options")
    if isinstance(options, list):
        return [text for one in options if (text := _text(_dict(one).get("value")))]
    for key in _LISTS:
        if isinstance(element.get(key), list):
            return [one for one in element[key] if isinstance(one, str)]
    return next((text for key in _PLAIN if (text := _text(element.get(key)))), None)


def under(fields: Mapping[str, Any], start: str) -> dict[str, Any]:
    """The fields of one question: those whose id is `start` ("" in the result) or `start:…`."""
    inner = {
        block[len(start) + 1 :]: value for block, value in fields.items() if block.startswith(f"{start}:")
    }
    return {**({"": fields[start]} if start in fields else {}), **inner}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
