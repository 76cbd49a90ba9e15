"""The page's own words: complete in both languages, and none used that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.routes import DUE, DUE_WITH_PARTS
from sandbox import scenario
from sandbox.web.words import FILE, LANGUAGES, words

STATIC = FILE.parent / "static"
SLOT = re.compile(r"\{(\w+)\}")


def scripts() -> list[Path]:
    return sorted(STATIC.glob("*.js"))


@pytest.mark.parametrize("key", sorted(words()))
def test_every_word_exists_in_both_languages_with_the_same_slots(key: str) -> None:
    entry = words()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(text.strip() for text in entry.values())
    assert set(SLOT.findall(entry["en"])) == set(SLOT.findall(entry["fr"]))
    assert "'" not in entry["fr"], "French takes ’"


def test_every_word_the_scripts_ask_for_exists() -> None:
    for path in scripts():
        source = path.read_text(encoding="utf-8")
        for key in re.findall(r"\bt\(\"([\w.]+)\"", source):
            assert key in words(), f"{path.name} asks for {key!r}"
        for stem in re.findall(r"\bcount\([^,]+, \"([\w.]+)\"", source):
            assert {f"{stem}.one", f"{stem}.many"} <= set(words())


def test_every_word_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in scripts())
    for template in sorted((FILE.parent / "templates").glob("*.html")):
        source += template.read_text(encoding="utf-8")
    families = ("scenario.", "shown.", "alert.", "panel.", "look.", "fault.", "due.kind.")
    unused = [
        key
        for key in words()
        if f'"{key}"' not in source
        and f"words.{key}." not in source
        and not key.startswith(families)
        and not (key.endswith((".one", ".many")) and f'"{key.rsplit(".", 1)[0]}"' in source)
    ]
    assert unused == []


def test_everything_the_bot_plans_has_words_on_the_page() -> None:
    for kind in {*DUE, *DUE_WITH_PARTS}:
        assert f"due.kind.{kind}" in words(), kind


def test_no_script_writes_html() -> None:
    for path in scripts():
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|DOMParser", source
        ), path.name


@pytest.mark.parametrize("name", [name for name in scenario.names() if scenario.read(name).get("guide")])
def test_every_step_of_a_guide_is_in_both_languages_and_leads_somewhere(name: str) -> None:
    data = scenario.read(name)
    keys = {person["key"] for person in data["people"]}
    rooms = {f"#{channel['name']}" for channel in data["channels"]} | {"home", "messages"}
    assert set(data["guide"]["roles"]) <= keys
    for step in data["guide"]["steps"]:
        assert step["as"] in keys
        assert step["place"] in rooms
        assert "seen" in step or "visited" in step
        for entry in (step, step["title"], step["notice"]):
            assert set(LANGUAGES) <= set(entry)
            assert "'" not in entry["fr"]
