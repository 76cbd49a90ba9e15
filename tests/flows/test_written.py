"""A text is read by libyaml as a reader of YAML 1.2 in Python reads it: the same values, on the same lines."""
# ruff: noqa: E501  one word after the other reads as a table

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from flows.playbook.loader import CRM
from flows.written import Unreadable, parse

ROOT = Path(__file__).parents[2]
FILES = sorted([*CRM.glob("*.yaml"), *(ROOT / "tests").rglob("*.yaml"), *(ROOT / "sandbox").rglob("*.yaml")])
#: Words that versions and readers of YAML do not all take alike.
WORDS: dict[str, Any] = {
    "yes": "yes", "no": "no", "on": "on", "off": "off", "y": "y", "N": "N", "True": True, "FALSE": False, "truE": "truE",
    "010": 10, "0o17": 15, "0x1F": 31, "-7": -7, "+7": 7, "12:30": "12:30", "190:20:30": "190:20:30", "08": 8,
    "1.5": 1.5, "1.": 1.0, ".5": 0.5, "1e3": 1000.0, "1.5e-3": 0.0015, "-.inf": float("-inf"), "+.Inf": float("inf"),
    "1.2.3": "1.2.3", "0.1.0": "0.1.0", "1 an": "1 an", "5-10": "5-10", "~": None, "": None, "Null": None, "nul": "nul",
    "2026-11-23": date(2026, 11, 23), "2026-1-2": "2026-1-2", "'2026-11-23'": "2026-11-23", "'no'": "no", '"1"': "1",
    "2026-01-12T09:30:00": datetime(2026, 1, 12, 9, 30), "=": "=", "<": "<", "!!str 12": "12", "a: b\n": {"a": "b"},  # noqa: DTZ001
}  # fmt: skip


def by_reference(text: str) -> Any:
    """What ruamel.yaml, a reader of YAML 1.2 in Python, makes of it."""
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_both_readers_find_the_same_in_a_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert parse(text).values == by_reference(text)


@pytest.mark.parametrize("word", WORDS)
def test_both_readers_take_a_word_for_the_same(word: str) -> None:
    found = parse(f"word: {word}").values["word"] if "\n" not in word else parse(word).values
    assert (found, type(found)) == (WORDS[word], type(WORDS[word]))
    if word not in {"=", "!!str 12"}:  # what ruamel leaves as objects of its own
        assert found == (by_reference(f"word: {word}")["word"] if "\n" not in word else by_reference(word))


def test_what_only_the_reference_takes_for_numbers_stays_text() -> None:
    assert parse("[1_000, 0b11]").values == ["1_000", "0b11"]
    assert parse(".nan").values != parse(".nan").values


def test_a_moment_with_a_time_zone_keeps_it() -> None:
    assert parse("2026-01-12T09:30:00Z").values == datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


def places(tree: Any, place: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], int]]:
    """Each place of what ruamel has read, with its line."""
    keys = (
        tree if isinstance(tree, CommentedMap) else range(len(tree)) if isinstance(tree, CommentedSeq) else ()
    )
    return [
        found
        for key in keys
        for found in (((*place, key), tree.lc.data[key][0] + 1), *places(tree[key], (*place, key)))
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["D02.yaml", "plan.yaml", "rules.yaml"])
def test_both_readers_know_the_line_of_every_place(name: str) -> None:
    text = (CRM / name).read_text(encoding="utf-8")
    written = parse(text)
    expected = places(YAML(typ="rt").load(text))
    assert len(expected) > 100
    assert {place: [line for line, _ in written.lines(place)][-1] for place, _ in expected} == dict(expected)


def test_lines_go_as_far_as_the_text_does() -> None:
    written = parse("a:\n  - b: 1\n  - c: 2\n")
    assert list(written.lines(("a", 1, "c"))) == [(1, [{"b": 1}, {"c": 2}]), (3, {"c": 2}), (3, 2)]
    for beyond in ("z", "a", 9), ("a", 0, "z"), ("a", 1, "c", "d"):
        assert len(list(written.lines(beyond))) == len(beyond) - 1 - (beyond[0] == "z") * 2
    assert list(parse("").lines(("a",))) == []


def test_what_one_key_shares_with_another_is_found_on_its_own_line() -> None:
    written = parse("a: &a\n  x: 1\n  y: 1\nb:\n  <<: *a\n  y: 2\n")
    assert written.values["b"] == {"x": 1, "y": 2}
    assert [line for line, _ in written.lines(("b", "y"))] == [4, 6]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a: [", 1, "did not find expected node content"),
        ("a: [\n", 2, "did not find expected node content"),
        ("a: 1\nb: {c: 1, c: 2}", 2, "found duplicate key"),
        ("a: 1\n[b]: 2", 2, "found unhashable key"),
        ("a:\n - 2026-02-31", 2, "day is out of range for month"),
        ("a: " + "9" * 5000, 1, "Exceeds the limit"),
        ("a: !!python/name:os.system x", 1, "could not determine a constructor for the tag"),
        ("a: 1\n---\nb: 2", 2, "but found another document"),
        ("a: \x00", None, ""),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int | None, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(text)
    assert raised.value.line == line
    assert why in raised.value.why
    assert str(raised.value).startswith(f"line {line}: " if line else "")
