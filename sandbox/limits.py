"""What Slack refuses in whole messages and views. Single blocks and elements have files of their own.

Each function raises `Refused` with Slack's code and a sentence for each thing that is wrong. Characters are
counted as Python counts them (code points): how Slack counts is not documented.
"""

from __future__ import annotations

import json
from typing import Any

from sandbox.blockrules import check_blocks
from sandbox.elementrules import check_choices
from sandbox.inspection import Inspection
from sandbox.refusal import Json, Refused

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_CHARTS = 2
VIEW_BYTES = 250_000
METADATA_BYTES = 8_000  # unpublished by Slack: ours is a guess on the small side
VIEW_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
MODAL_KEYS = VIEW_KEYS | {"title", "close", "submit", "clear_on_close", "notify_on_close", "submit_disabled"}


def check_markdown(text: str) -> None:
    """`markdown_text`: 12,000 characters."""
    if len(text) > 12_000:
        raise Refused("msg_too_long", f"markdown_text: {len(text)} characters, 12000 allowed")


def check_message_blocks(blocks: Any) -> None:
    """The blocks of a message: at most 50, at most one table, at most two charts."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format", "blocks: must be a list")
    it = Inspection(surface="message")
    it.items("blocks", blocks, MESSAGE_BLOCKS, 0)
    check_blocks(it, blocks)
    if sum(isinstance(block, dict) and block.get("type") == "table" for block in blocks) > 1:
        raise Refused("invalid_attachments", "only one table allowed in a message", *it.complaints)
    charts = sum(isinstance(block, dict) and block.get("type") == "data_visualization" for block in blocks)
    if charts > MESSAGE_CHARTS:
        it.say("blocks", f"{charts} charts, {MESSAGE_CHARTS} allowed")
    if it.complaints:
        raise Refused("invalid_blocks", *it.complaints, errors=it.complaints)


def check_attachments(attachments: Any) -> None:
    """At most 100 attachments; the blocks inside are held to the rules of messages."""
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments", "attachments: must be a list")
    if len(attachments) > 100:
        raise Refused("too_many_attachments", f"attachments: {len(attachments)}, 100 allowed")
    for attachment in attachments:
        if isinstance(attachment, dict) and attachment.get("blocks"):
            check_message_blocks(attachment["blocks"])


def check_metadata(metadata: Any) -> None:
    """event_type and a payload of plain values."""
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format", "metadata: needs event_type and event_payload")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise Refused("invalid_metadata_schema", "metadata: event_type must be a name")
    if (size := len(json.dumps(metadata))) > METADATA_BYTES:
        raise Refused("metadata_too_large", f"metadata: {size} bytes, {METADATA_BYTES} allowed here")


def check_view(view: Any, kind: str) -> None:
    """A modal or Home: at most 100 blocks and 250 kB, titles of 24, private_metadata of 3,000."""
    if not isinstance(view, dict) or not isinstance(view.get("blocks"), list):
        raise Refused("invalid_arguments", "view: must be an object with blocks")
    it = Inspection(surface=kind)
    if view.get("type") != kind:
        it.say("view, type", f"must be {kind!r}, not {view.get('type')!r}")
    it.keys("view", view, MODAL_KEYS if kind == "modal" else VIEW_KEYS | {"title", "close", "submit"})
    _titles(it, view, kind)
    it.string("private_metadata", view.get("private_metadata"), 3000)
    it.string("callback_id", view.get("callback_id"), 255)
    it.string("external_id", view.get("external_id"), 255)
    it.items("blocks", view["blocks"], VIEW_BLOCKS, 0)
    check_blocks(it, view["blocks"])
    if it.focused > 1:
        it.say("view", f"focus_on_load on {it.focused} elements, 1 allowed")
    if it.complaints:
        raise Refused("invalid_arguments", *it.complaints)
    if (size := len(json.dumps(view, ensure_ascii=False).encode())) > VIEW_BYTES:
        raise Refused("view_too_large", f"view: {size} bytes, {VIEW_BYTES} allowed")


def _titles(it: Inspection, view: Json, kind: str) -> None:
    if kind == "modal":
        it.required("view", view, "title")
    for name in ("title", "submit", "close"):
        it.text(name, view.get(name), 24, plain=True)
    inputs = any(isinstance(block, dict) and block.get("type") == "input" for block in view["blocks"])
    if kind == "modal" and inputs and not view.get("submit"):
        it.say("view", "submit is missing, and there are input blocks")


def check_suggestions(answer: Json) -> None:
    """The options of an external select: at most 100, with the limits of any option."""
    if not answer:
        return
    it = Inspection(surface="message")
    if answer.get("options") == [] or answer.get("option_groups") == []:
        return
    check_choices(it, "suggestions", answer)
    if it.complaints:
        raise Refused("invalid_options", *it.complaints)
