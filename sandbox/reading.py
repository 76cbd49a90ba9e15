"""Reads a screen as a person does: its words, and what can be pressed or filled, by visible label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox import forms
from sandbox.refusal import Json

TOKENS = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
IDS = re.compile(r"(?<=[@#])[UCW]\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """Something on the screen that can be pressed, chosen or filled."""

    label: str
    kind: str
    action_id: str
    block_id: str
    element: Json
    is_input: bool
    container: Json  # what a gesture needs to find it again


def plain(text: str) -> str:
    """A text as read: entities resolved, tokens replaced by their label, mrkdwn signs and odd spaces gone."""
    text = TOKENS.sub(_token, text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = re.sub(r"[\u00a0\u202f]", " ", text)
    return re.sub(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)", "", text)


def _token(found: re.Match[str]) -> str:
    """A token as shown: "@" and the id (named later) for a person, "#name" for a channel, else its label."""
    sign, target, shown = found.groups()
    if sign == "!":
        return shown or f"@{target}"
    return f"{sign}{shown or target}"


def named(text: str, names: dict[str, str]) -> str:
    """The text with the ids of people and channels replaced by their names."""
    return IDS.sub(lambda found: names.get(found.group(), found.group()), text)


def folded(text: str) -> str:
    """For comparison: without case, accents' composition, straight or curly apostrophes, repeated spaces and
    those without width."""
    text = unicodedata.normalize("NFC", plain(text)).casefold().replace("’", "'").replace("\u200b", "")
    return re.sub(r"\s+", " ", text).strip()


def words(body: Any) -> Iterator[str]:
    """Every visible text of blocks, in reading order: labels, texts, options, placeholders left out."""
    if isinstance(body, list):
        for item in body:
            yield from words(item)
    elif isinstance(body, dict):
        kind = body.get("type")
        if kind in {"plain_text", "mrkdwn", "text", "markdown", "raw_text"} and isinstance(
            body.get("text"), str
        ):
            yield plain(body["text"])
            return
        for key in (
            "title",
            "label",
            "text",
            "fields",
            "element",
            "elements",
            "accessory",
            "hint",
            "rows",
            "options",
            "option_groups",
            "description",
            "caption",
            "child_blocks",
            "actions",
            "alt_text",
            "columns",
        ):
            value = body.get(key)
            if isinstance(value, str) and key in {"text", "title", "description", "alt_text", "caption"}:
                yield plain(value)
            elif isinstance(value, (dict, list)):
                yield from words(value)


def things(blocks: list[Json], container: Json) -> list[Thing]:
    """All that can be acted on, in reading order."""
    return [
        Thing(
            label=label(block, element),
            kind=element["type"],
            action_id=element.get("action_id", ""),
            block_id=block["block_id"],
            element=element,
            is_input=block["type"] == "input",
            container=container,
        )
        for block, element in forms.elements(blocks)
    ]


def label(block: Json, element: Json) -> str:
    """What a person calls it: the input's label, the button's text, else placeholder or text beside."""
    if block["type"] == "input":
        return plain(block["label"]["text"])
    for key in ("text", "placeholder"):
        if isinstance(element.get(key), dict):
            return plain(element[key]["text"])
    if isinstance(block.get("text"), dict):
        return plain(block["text"]["text"])
    return str(element.get("action_id", ""))


def pick(found: list[Thing], wanted: str) -> Thing | None:
    """The thing called `wanted`: action_id, block_id or label; exact, else beginning, else inside."""
    for thing in found:
        if wanted in (thing.action_id, thing.block_id):
            return thing
    want = folded(wanted.replace("_", " "))
    exact = folded(wanted)
    for test in (
        lambda have: have in (want, exact),
        lambda have: have.startswith((want, exact)),
        lambda have: want in have or exact in have,
    ):
        for thing in found:
            if test(folded(thing.label)) or test(folded(str(thing.element.get("accessibility_label", "-")))):
                return thing
    return None


def option(element: Json, wanted: str) -> Json | None:
    """The option of an element a person means, by value or by visible text."""
    options = forms.options_of(element)
    want = folded(wanted)
    for test in (
        lambda o: o.get("value") == wanted,
        lambda o: folded(o["text"]["text"]) == want,
        lambda o: folded(o["text"]["text"]).startswith(want),
    ):
        for candidate in options:
            if test(candidate):
                return candidate
    return None
