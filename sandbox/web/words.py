"""The page's own words: one file, two languages. Does not touch the bot's words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).parent / "words.yaml"
LANGUAGES = ("en", "fr")


@cache
def words() -> dict[str, dict[str, str]]:
    """Key → {"en": …, "fr": …}, as written in words.yaml."""
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(FILE)
    return found
