"""Collects what is wrong with a payload, as sentences that name the place and the figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import Json


@dataclass(kw_only=True, slots=True)
class Inspection:
    """The complaints about one message or view, and what must be unique across it."""

    surface: str  # "message", "modal", "home"
    complaints: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0
    markdown: int = 0  # characters of all markdown blocks

    def say(self, where: str, what: str) -> None:
        """Note one complaint."""
        self.complaints.append(f"{where}: {what}")

    def length(self, where: str, text: str, most: int, least: int = 0) -> None:
        """Between `least` and `most` characters."""
        if len(text) > most:
            self.say(where, f"{len(text)} characters, {most} allowed")
        elif len(text) < least:
            self.say(where, f"{len(text)} characters, at least {least} needed")

    def string(self, where: str, value: Any, most: int, least: int = 0) -> None:
        """A string of a limited length; None is fine."""
        if value is None:
            return
        if isinstance(value, str):
            self.length(where, value, most, least)
        else:
            self.say(where, f"must be a string, not {type(value).__name__}")

    def text(self, where: str, value: Any, most: int, *, plain: bool = False) -> None:
        """A text object, `plain_text` only when `plain`; None is fine."""
        if value is None:
            return
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            self.say(where, "must be a text object (type and text)")
            return
        kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
        if value.get("type") not in kinds:
            self.say(where, f"must be {' or '.join(kinds)}, not {value.get('type')!r}")
        allowed = (
            {"type", "text", "emoji"} if value.get("type") == "plain_text" else {"type", "text", "verbatim"}
        )
        self.keys(where, value, allowed)
        self.length(where, value["text"], most, 1)

    def required(self, where: str, body: Json, *names: str) -> None:
        """Complain of each of these that is missing."""
        for name in names:
            if body.get(name) is None:
                self.say(where, f"{name} is missing")

    def keys(self, where: str, body: Json, allowed: set[str]) -> None:
        """Slack refuses properties it does not know."""
        for name in body.keys() - allowed:
            self.say(where, f"there is no property {name!r}")

    def items(self, where: str, value: Any, most: int, least: int = 1) -> list[Any]:
        """A list with a limited number of items; the list, empty when it is not one."""
        if not isinstance(value, list):
            self.say(where, "must be a list")
            return []
        if len(value) > most:
            self.say(where, f"{len(value)} items, {most} allowed")
        elif len(value) < least:
            self.say(where, f"{len(value)} items, at least {least} needed")
        return value

    def number(self, where: str, value: Any, least: int, most: int) -> None:
        """Complain of what is no whole number in this range."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (whole and least <= value <= most):
            self.say(where, f"must be a whole number from {least} to {most}")

    def one_of(self, where: str, value: Any, choices: tuple[str, ...]) -> None:
        """Complain of a value that is not offered."""
        if value is not None and not (isinstance(value, str) and value in choices):
            self.say(where, f"must be one of {', '.join(choices)}, not {value!r}")

    def matches(self, where: str, value: Any, pattern: str, shape: str) -> None:
        """Complain of a text of another shape."""
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            self.say(where, f"must look like {shape}")
