# ruff: noqa: PLR0913 - one argument for each option Slack offers
"""Builders of Slack's blocks as plain dicts, every text of which is kept within its limit.

A `str` is shown as written, a `Mrkdwn` as markup; where Slack reads no markup it is taken off. The
builders know no capability and no language: they are given words. Elements are in bot/words/elements.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.words import limits
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, md, plain

Json = dict[str, Any]


def text(words: str, limit: int) -> Json:
    """A plain_text object; never empty, because Slack refuses that."""
    return {"type": "plain_text", "text": fit(plain(words), limit) or " ", "emoji": True}


def mrkdwn(words: str, limit: int = limits.SECTION) -> Json:
    """A mrkdwn object. `verbatim`: Slack looks for no names or addresses in it (T4)."""
    return {"type": "mrkdwn", "text": fit(md(words), limit) or " ", "verbatim": True}


def header(words: str, *, block_id: str = "") -> Json:
    """A heading. One a card at most (journeys 8.5)."""
    return _block("header", block_id, text=text(words, limits.HEADER))


def section(words: str, *, accessory: Json | None = None, block_id: str = "") -> Json:
    """A paragraph, with one element beside it at most."""
    block = _block("section", block_id, text=mrkdwn(words))
    return block if accessory is None else {**block, "accessory": accessory}


def fields(*cells: str, block_id: str = "") -> Json:
    """A paragraph of cells in two columns."""
    kept = [mrkdwn(cell, limits.FIELD) for cell in cells[: limits.SECTION_FIELDS]]
    return _block("section", block_id, fields=kept)


def context(*lines: str, block_id: str = "") -> Json:
    """Small print."""
    kept = [mrkdwn(line, limits.CONTEXT) for line in lines[: limits.CONTEXT_ELEMENTS]]
    return _block("context", block_id, elements=kept)


def alert(words: str, *, level: Literal["info", "warning", "error", "success"] = "warning") -> Json:
    """A notice that stands out. Modals only: Slack refuses it in messages and in Home."""
    return {"type": "alert", "text": mrkdwn(words, limits.CONTEXT), "level": level}


def actions(*elements: Json, block_id: str = "") -> Json:
    """A row of buttons and selects."""
    return _block("actions", block_id, elements=list(elements[: limits.ACTIONS_ELEMENTS]))


def divider() -> Json:
    """A line."""
    return {"type": "divider"}


def field(
    label: str,
    element: Json,
    *,
    block_id: str,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Json:
    """An input block. `dispatch`: a choice is told at once, as a block_actions payload."""
    block = _block("input", block_id, label=text(label, limits.LABEL), element=element, optional=optional)
    if hint:
        block["hint"] = text(hint, limits.HINT)
    if dispatch:
        block["dispatch_action"] = True
    return block


def modal(
    title: str,
    blocks: Sequence[Json],
    *,
    callback_id: str,
    submit: str = "",
    close: str = "",
    metadata: str = "",
    notify_on_close: bool = False,
) -> Json:
    """A modal. `metadata` holds ids, a nonce and versions only: never words (T11)."""
    if len(metadata) > limits.METADATA:
        raise ValueError(f"private_metadata of {callback_id} has {len(metadata)} characters")
    view: Json = {
        "type": "modal",
        "title": text(title, limits.TITLE),
        "callback_id": callback_id,
        "private_metadata": metadata,
        "blocks": list(blocks[: limits.VIEW_BLOCKS]),
        "notify_on_close": notify_on_close,
    }
    if submit:
        view["submit"] = text(submit, limits.TITLE)
    if close:
        view["close"] = text(close, limits.TITLE)
    return view


def home(blocks: Sequence[Json], *, callback_id: str = "home", metadata: str = "") -> Json:
    """The Home tab of one person."""
    kept = steady(blocks[: limits.VIEW_BLOCKS])
    return {"type": "home", "callback_id": callback_id, "private_metadata": metadata, "blocks": kept}


def steady(blocks: Sequence[Json]) -> list[Json]:
    """The blocks with a `block_id` made of what their first element does, where they have none: what is
    drawn again while somebody presses keeps its ids, and the press finds it."""
    given: dict[str, int] = {}
    kept = []
    for block in blocks:
        id = "" if block.get("block_id") else _purpose(block)
        given[id] = given.get(id, 0) + 1
        again = f"#{given[id]}" if given[id] > 1 else ""
        kept.append({**block, "block_id": id[: limits.ID - len(again)] + again} if id else block)
    return kept


def _purpose(block: Json) -> str:
    """What the first element of a block does: its action, and with what. "" when it does nothing."""
    elements = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory") or {}]
    first = next((element for element in elements if element.get("action_id")), {})
    value = first.get("value") or first.get("initial_option", {}).get("value", "")
    return f"{first['action_id']}={value}" if first else ""


def said(blocks: Sequence[Mapping[str, Any]]) -> str:
    """What the blocks of a message say, in reading order: a message's `text` (journeys 8.1)."""
    parts: list[str] = []
    for block in blocks:
        parts += [_marked(found) for found in _texts(block)]
    return fit(_joined(parts), limits.MESSAGE_TEXT)


def _joined(parts: Sequence[str]) -> Mrkdwn:
    """Texts that are markup already, in one paragraph."""
    return Mrkdwn(" ".join(part.replace("\n", " ").strip() for part in parts if part.strip()))


def _marked(found: Json) -> Mrkdwn:
    """A text object as markup. Where Slack reads none (headings, buttons) it is not escaped yet."""
    words: str = found["text"]
    return Mrkdwn(words) if found.get("type") == "mrkdwn" else md(words)


def _texts(block: Mapping[str, Any]) -> list[Json]:
    """The text objects of one block, actions last: they end the message's text."""
    found = [block["text"]] if isinstance(block.get("text"), dict) else []
    found += block.get("fields", [])
    for element in block.get("elements", []):
        found += [element] if "text" in element and isinstance(element["text"], str) else _label(element)
    return [*found, *_label(block.get("accessory") or {})]


def _label(element: Mapping[str, Any]) -> list[Json]:
    """The words of a button, between brackets."""
    inner = element.get("text")
    return [{"text": f"[{inner['text']}]"}] if isinstance(inner, dict) else []


def _block(type_: str, block_id: str, **rest: Any) -> Json:
    if len(block_id) > limits.ID:
        raise ValueError(f"block_id of {len(block_id)} characters: {block_id[:40]}…")
    return {"type": type_, **({"block_id": block_id} if block_id else {}), **rest}
