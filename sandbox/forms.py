"""What the elements of a view or message hold: ids, initial and typed values, in Slack's state shapes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from sandbox.refusal import Impossible, Json

# element type -> (the key its value has in `state.values` and in actions, the key of its initial value)
VALUES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
MANY = {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
OPTIONS = {"selected_option", "selected_options"}
EXTERNAL = {"external_select", "multi_external_select"}


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of one block, in reading order."""
    match block.get("type"):
        case "section":
            return [block["accessory"]] if isinstance(block.get("accessory"), dict) else []
        case "input":
            return [block["element"]]
        case "actions" | "context_actions":
            return list(block.get("elements", []))
        case "card" | "container" | "carousel":
            inner = [*block.get("actions", []), *block.get("child_blocks", []), *block.get("elements", [])]
            return [e for child in inner for e in ([child] if "action_id" in child else elements_of(child))]
    return []


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) that can be acted on, in reading order."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") != "image":
                yield block, element


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with a random `block_id` and `action_id` where the app gave none, as Slack does."""
    named = []
    for original in blocks:
        block = dict(original)
        block.setdefault("block_id", secrets.token_hex(4))
        for key in ("elements", "actions"):
            if block.get("type") in {"actions", "context_actions", "card"} and isinstance(
                block.get(key), list
            ):
                block[key] = [_with_action_id(element) for element in block[key]]
        for key in ("element", "accessory"):
            if isinstance(block.get(key), dict):
                block[key] = _with_action_id(block[key])
        named.append(block)
    return named


def _with_action_id(element: Json) -> Json:
    if element.get("type") in {"image", "workflow_button"}:
        return element
    return {"action_id": secrets.token_hex(4), **element}


def options_of(element: Json) -> list[Json]:
    """All options of an element, those of its groups included."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group.get("options", []))
    return options


def blank(element: Json) -> Json | None:
    """The state of an element nobody has touched: its initial value, or empty. None when it has no state."""
    kind = element.get("type", "")
    if kind not in VALUES:
        return None
    key, initial = VALUES[kind]
    value: Any = element.get(initial) if initial else None
    if value is None:
        value = [] if key in MANY else None
    state: Json = {"type": kind, key: value}
    if kind == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def state_values(blocks: list[Json], typed: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """`state.values` as Slack sends it: every element with a state, typed or initial."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        action, name = element.get("action_id", ""), block["block_id"]
        kept = typed.get(name, {}).get(action)
        state = kept if kept is not None and kept["type"] == element["type"] else blank(element)
        if state is not None:
            values.setdefault(name, {})[action] = state
    return values


def find(blocks: list[Json], block_id: str | None, action_id: str) -> tuple[Json, Json]:
    """The (block, element) of an action; Impossible when it is not on the screen (any more)."""
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in (None, "", block["block_id"]):
            return block, element
    raise Impossible(f"There is nothing with action_id {action_id!r} here.")


def to_state(element: Json, raw: Any) -> Json:
    """A value as a person gives it (text, option value, list…), or in Slack's shape → Slack's state shape.

    Impossible, in a sentence, for an option that is not offered.
    """
    kind = element["type"]
    if isinstance(raw, dict) and raw.get("type") == kind:
        return raw
    key, _ = VALUES[kind]
    if raw in (None, "", []):
        return {"type": kind, key: [] if key in MANY else None}
    if key in MANY:
        items = raw if isinstance(raw, list) else [raw]
        return {"type": kind, key: [_option(element, item) if key in OPTIONS else item for item in items]}
    if key in OPTIONS:
        return {"type": kind, key: _option(element, raw)}
    if kind == "datetimepicker":
        return {"type": kind, key: int(raw)}
    return {"type": kind, key: raw if isinstance(raw, dict) else str(raw)}


def _option(element: Json, raw: Any) -> Json:
    if element["type"] in EXTERNAL:
        if isinstance(raw, dict):
            return raw
        raise Impossible(
            "Choose from the suggestions: an external select needs a whole option (text and value)."
        )
    wanted = raw.get("value") if isinstance(raw, dict) else raw
    for option in options_of(element):
        if option.get("value") == wanted or option.get("text", {}).get("text") == wanted:
            return {
                "text": option["text"],
                "value": option["value"],
                **({"description": option["description"]} if option.get("description") else {}),
            }
    offered = ", ".join(repr(option["text"]["text"]) for option in options_of(element)[:8])
    raise Impossible(f"{wanted!r} is not offered; there is {offered}.")


def action(element: Json, block_id: str, raw: Any, ts: str) -> Json:
    """One entry of `actions` in a block_actions payload."""
    kind = element["type"]
    entry: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id, "action_ts": ts}
    if kind in {"button", "icon_button"}:
        for key in ("text", "value", "style", "url", "accessibility_label"):
            if element.get(key) is not None:
                entry[key] = element[key]
        return entry
    if kind == "overflow":
        return {**entry, "selected_option": _option(element, raw)}
    if kind == "feedback_buttons":
        chosen = element["negative_button" if raw == "negative" else "positive_button"]
        return {**entry, "value": chosen.get("value", ""), "text": chosen["text"]}
    key, initial = VALUES[kind]
    entry[key] = to_state(element, raw)[key]
    if initial and element.get(initial) is not None:
        entry[initial] = element[initial]
    return entry
