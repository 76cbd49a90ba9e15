"""What Slack refuses in each block: where it may stand, sizes, which elements it may hold."""

from __future__ import annotations

import json
from collections.abc import Callable

from sandbox.chartrules import chart
from sandbox.elementrules import KEYS as ELEMENTS
from sandbox.elementrules import check_element, check_image
from sandbox.inspection import Inspection
from sandbox.refusal import Json

Rule = Callable[[Inspection, str, Json], None]

EVERYWHERE = frozenset({"message", "modal", "home"})
MESSAGES = frozenset({"message"})

# block type -> (surfaces, properties beside type and block_id)
BLOCKS: dict[str, tuple[frozenset[str], set[str]]] = {
    "section": (EVERYWHERE, {"text", "fields", "accessory", "expand"}),
    "header": (EVERYWHERE, {"text"}),
    "context": (EVERYWHERE, {"elements"}),
    "divider": (EVERYWHERE, set()),
    "image": (EVERYWHERE, {"image_url", "slack_file", "alt_text", "title"}),
    "actions": (EVERYWHERE, {"elements"}),
    "input": (EVERYWHERE, {"label", "element", "hint", "optional", "dispatch_action"}),
    "rich_text": (EVERYWHERE, {"elements"}),
    "video": (
        EVERYWHERE,
        {"alt_text", "author_name", "description", "provider_icon_url", "provider_name", "thumbnail_url"}
        | {"title", "title_url", "video_url"},
    ),
    "alert": (EVERYWHERE, {"text", "level"}),
    "markdown": (MESSAGES, {"text"}),
    "file": (MESSAGES, {"external_id", "source", "file_id"}),
    "context_actions": (MESSAGES, {"elements"}),
    "table": (MESSAGES, {"rows", "column_settings"}),
    "data_table": (MESSAGES, {"rows", "caption", "page_size", "row_header_column_index"}),
    "data_visualization": (MESSAGES, {"title", "chart"}),
    "card": (MESSAGES, {"hero_image", "icon", "title", "subtitle", "body", "actions"}),
    "carousel": (MESSAGES, {"elements"}),
    "container": (
        MESSAGES,
        {"title", "rich_text_title", "subtitle", "icon", "child_blocks", "width", "is_collapsible"}
        | {"default_collapsed", "has_header_divider"},
    ),
    "plan": (MESSAGES, {"title", "tasks"}),
    "task_card": (MESSAGES, {"task_id", "title", "details", "output", "sources", "status"}),
}

SELECTS = {
    f"{many}{what}"
    for many in ("", "multi_")
    for what in (
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
    )
}
PICKS = SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}

# which elements may stand where, as the element pages say
PLACES: dict[str, set[str]] = {
    "section": PICKS | {"button", "overflow", "image", "workflow_button"},
    "actions": PICKS | {"button", "overflow", "datetimepicker", "workflow_button", "rich_text_input"},
    "input": PICKS | TYPED | {"datetimepicker", "file_input"},
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button", "icon_button"},
}


def check_blocks(it: Inspection, blocks: list[object], where: str = "block") -> None:
    """All blocks of a message or view."""
    for number, block in enumerate(blocks, 1):
        place = f"{where} {number}"
        kind = block.get("type") if isinstance(block, dict) else type(block).__name__
        if not isinstance(block, dict) or not isinstance(kind, str) or kind not in BLOCKS:
            it.say(place, f"unsupported type: {kind}")
            continue
        try:
            check_block(it, f"{place} ({kind})", block)
        except (AttributeError, KeyError, TypeError):  # the rules assume objects where Slack wants objects
            it.say(f"{place} ({kind})", "has a part of the wrong type")


def check_block(it: Inspection, where: str, block: Json) -> None:
    """One block."""
    kind = block["type"]
    surfaces, keys = BLOCKS[kind]
    if it.surface not in surfaces:
        it.say(where, f"not allowed in a {it.surface}, only in {' or '.join(sorted(surfaces))}s")
    it.keys(where, block, keys | {"type", "block_id"})
    block_id = block.get("block_id")
    it.string(f"{where}, block_id", block_id, 255, 1)
    if block_id in it.block_ids:
        it.say(where, f"block_id {block_id!r} is used twice")
    if block_id:
        it.block_ids.add(block_id)
    if rule := RULES.get(kind):
        rule(it, where, block)


def _element(it: Inspection, where: str, element: object, place: str) -> None:
    """An element that must be one of those its block may hold."""
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in ELEMENTS:
        it.say(where, f"unsupported type: {kind}")
    elif kind not in PLACES[place]:
        it.say(where, f"a {kind} cannot stand in {place}")
    else:
        check_element(it, where, element)


def _section(it: Inspection, where: str, block: Json) -> None:
    if not block.get("text") and not block.get("fields"):
        it.say(where, "needs text or fields")
    it.text(where, block.get("text"), 3000)
    if "fields" in block:
        for number, field in enumerate(it.items(f"{where}, fields", block["fields"], 10), 1):
            it.text(f"{where}, field {number}", field, 2000)
    if block.get("accessory") is not None:
        _element(it, f"{where}, accessory", block["accessory"], "section")


def _header(it: Inspection, where: str, block: Json) -> None:
    it.required(where, block, "text")
    it.text(where, block.get("text"), 150, plain=True)


def _context(it: Inspection, where: str, block: Json) -> None:
    for number, element in enumerate(it.items(where, block.get("elements"), 10), 1):
        place = f"{where}, element {number}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(it, place, element)
        else:
            it.text(place, element, 2000)


def _actions(it: Inspection, where: str, block: Json) -> None:
    _row(it, where, block, 25, "actions")


def _context_actions(it: Inspection, where: str, block: Json) -> None:
    _row(it, where, block, 5, "context_actions")


def _row(it: Inspection, where: str, block: Json, most: int, place: str) -> None:
    seen: set[str] = set()
    for number, element in enumerate(it.items(where, block.get("elements"), most), 1):
        _element(it, f"{where}, element {number}", element, place)
        action = element.get("action_id") if isinstance(element, dict) else None
        if action and action in seen:
            it.say(f"{where}, element {number}", f"action_id {action!r} is used twice in this block")
        seen.add(action or "")


def _input(it: Inspection, where: str, block: Json) -> None:
    it.required(where, block, "label", "element")
    it.text(f"{where}, label", block.get("label"), 2000, plain=True)
    it.text(f"{where}, hint", block.get("hint"), 2000, plain=True)
    if block.get("element") is not None:
        _element(it, f"{where}, element", block["element"], "input")


def _image(it: Inspection, where: str, block: Json) -> None:
    check_image(it, where, block)
    it.text(f"{where}, title", block.get("title"), 2000, plain=True)


def _markdown(it: Inspection, where: str, block: Json) -> None:
    it.required(where, block, "text")
    it.markdown += len(str(block.get("text", "")))
    if it.markdown > 12_000:
        it.say(where, f"{it.markdown} characters in all markdown blocks, 12000 allowed")


def _rich_text(it: Inspection, where: str, block: Json) -> None:
    kinds = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
    for number, element in enumerate(it.items(where, block.get("elements"), 1000, 0), 1):
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in kinds:
            it.say(f"{where}, element {number}", f"unsupported type: {kind}")


def _alert(it: Inspection, where: str, block: Json) -> None:
    it.required(where, block, "text")
    it.text(where, block.get("text"), 3000)
    it.one_of(f"{where}, level", block.get("level"), ("default", "info", "warning", "error", "success"))


def _table(it: Inspection, where: str, block: Json) -> None:
    _rows(it, where, block, 1, 100)
    it.items(f"{where}, column_settings", block.get("column_settings") or [], 20, 0)


def _data_table(it: Inspection, where: str, block: Json) -> None:
    it.required(where, block, "caption")
    it.number(f"{where}, page_size", block.get("page_size"), 1, 100)
    rows = _rows(it, where, block, 2, 201)
    if len({len(row) for row in rows if isinstance(row, list)}) > 1:
        it.say(where, "all rows must have the same number of cells")
    if (size := len(json.dumps(rows, ensure_ascii=False))) > 20_000:
        it.say(where, f"{size} characters, 20000 allowed")


def _rows(it: Inspection, where: str, block: Json, least: int, most: int) -> list[object]:
    rows = it.items(f"{where}, rows", block.get("rows"), most, least)
    for number, row in enumerate(rows, 1):
        for cell in it.items(f"{where}, row {number}", row, 20):
            if not isinstance(cell, dict) or cell.get("type") not in {"raw_text", "raw_number", "rich_text"}:
                it.say(f"{where}, row {number}", "cells must be raw_text, raw_number or rich_text")
    return rows


def _card(it: Inspection, where: str, block: Json) -> None:
    it.text(f"{where}, title", block.get("title"), 150)
    it.text(f"{where}, subtitle", block.get("subtitle"), 150)
    it.text(f"{where}, body", block.get("body"), 200)
    for number, element in enumerate(block.get("actions") or [], 1):
        _element(it, f"{where}, action {number}", element, "card")


def _carousel(it: Inspection, where: str, block: Json) -> None:
    for number, card in enumerate(it.items(where, block.get("elements"), 10), 1):
        if isinstance(card, dict):
            _card(it, f"{where}, card {number}", card)


def _container(it: Inspection, where: str, block: Json) -> None:
    it.text(f"{where}, title", block.get("title"), 150, plain=True)
    children = it.items(f"{where}, child_blocks", block.get("child_blocks"), 10)
    check_blocks(it, children, f"{where}, block")


RULES: dict[str, Rule] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "image": _image,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "alert": _alert,
    "table": _table,
    "data_table": _data_table,
    "card": _card,
    "carousel": _carousel,
    "data_visualization": chart,
    "container": _container,
}
