"""What Slack refuses in messages and views: sizes, unknown blocks, wrong shapes. One sentence for each refusal."""

from __future__ import annotations

import json
from typing import Any

from sandbox.refusal import Json, Refused


def check_markdown(text: str) -> None:
    """`markdown_text`: 12,000 characters."""
    if len(text) > 12_000:
        raise Refused("msg_too_long", f"markdown_text: {len(text)} characters, 12000 allowed")


def check_message_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format", "blocks: must be a list")


def check_attachments(attachments: Any) -> None:
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments", "attachments: must be a list")
    if len(attachments) > 100:
        raise Refused("too_many_attachments", f"attachments: {len(attachments)}, 100 allowed")


def check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format", "metadata: needs event_type and event_payload")


def check_view(view: Any, kind: str) -> None:
    if not isinstance(view, dict) or not isinstance(view.get("blocks"), list):
        raise Refused("invalid_arguments", "view: must be an object with blocks")
    if len(json.dumps(view)) > 250_000:
        raise Refused("view_too_large", "view: over 250 kB")


__all__ = [
    "Json",
    "check_attachments",
    "check_markdown",
    "check_message_blocks",
    "check_metadata",
    "check_view",
]


def checked_content(body: Json) -> Json:
    """Text and blocks of an answer (ack body or response_url), after the same checks as a message."""
    from sandbox import forms

    content: Json = {"text": str(body.get("text") or "")}
    if body.get("blocks") is not None:
        check_message_blocks(body["blocks"])
        content["blocks"] = forms.with_ids(body["blocks"])
    return content


def check_suggestions(answer: Json) -> None:
    """The options of an external select: at most 100."""
