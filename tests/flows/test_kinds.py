"""What each kind of question accepts, and what it says when it does not."""

from typing import Any

import pytest

from flows.dialogue.kinds import KINDS, Refused, check, clean, empty
from flows.dialogue.minutes import minutes, seconds
from flows.dialogue.model import NOBODY, Kind, Question
from tests.flows.questions import choice, column, option, question, table, words

SCALE = choice("QUE01", "scale5", "1", "2", "3", "4", "5")
TEXT, LONG = question(), question(kind="long_text")
MULTI = choice("QUE01", "multi")
RANKING = choice("QUE01", "ranking", "a", "b", "c")
POINTS = choice("QUE01", "points100", "a", "b")
NEEDS = choice("QUE01", "moscow", "a", "b")
PEOPLE = table(columns=(column("person", "person"), column("size", "number", required=False)))
LEVEL = table(columns=(column("group"), column("power", "scale5", options=SCALE.options)))


@pytest.mark.parametrize(
    ("asked", "raw", "value"),
    [
        (TEXT, "  Boréal \n II ", "Boréal II"),
        (TEXT, "a\x00b\ud800c", "abc"),
        (TEXT, "e\u0301", "é"),
        (TEXT, "👩‍🚀 שלום", "👩‍🚀 שלום"),
        (LONG, " one\r\ntwo ", "one\ntwo"),
        (choice(), "red", "red"),
        (MULTI, ["green", "red"], ["red", "green"]),
        (MULTI, ["none"], ["none"]),
        (SCALE, "4", 4),
        (SCALE, 5, 5),
        (question(kind="number", maximum=80), " 12 ", 12),
        (question(kind="number"), 0, 0),
        (question(kind="date"), "2026-02-28", "2026-02-28"),
        (question(kind="person"), "U123ABC", "U123ABC"),
        (question(kind="person", none=words("Nobody yet")), NOBODY, NOBODY),
        (question(kind="person", external=True), " Jeanne, coach@example.org ", "Jeanne, coach@example.org"),
        (question(kind="people"), ["U1", "U2", "U1"], ["U1", "U2"]),
        (RANKING, ["b", "a", "c"], ["b", "a", "c"]),
        (POINTS, {"a": "60", "b": 40}, {"a": 60, "b": 40}),
        (POINTS, {"a": 100}, {"a": 100, "b": 0}),
        (NEEDS, {"a": "M", "b": "W"}, {"a": "M", "b": "W"}),
        (table(), [{"what": " x ", "size": "3", "colour": "red"}], [{"what": "x", "size": 3}]),
        (table(), [{"what": "x", "id": "1.1"}], [{"what": "x", "id": "1.1"}]),
        (LEVEL, [{"group": "x", "power": "4"}], [{"group": "x", "power": 4}]),
        (PEOPLE, [{"person": "U1"}, {"person": "U2"}], [{"person": "U1"}, {"person": "U2"}]),
    ],
)  # fmt: skip
def test_a_sound_value_is_taken_in(asked: Question, raw: Any, value: Any) -> None:
    assert check(asked, raw) == value
    assert check(asked, value) == value, "what is kept stays valid"


@pytest.mark.parametrize(
    ("asked", "raw", "says"),
    [
        (TEXT, "x" * 201, "201 characters; the limit is 200."),
        (question(kind="text", maximum=80), "x" * 81, "81 characters; the limit is 80."),
        (LONG, "x" * 1640, "1,640 characters; the limit is 1,500."),
        (question(kind="long_text", minimum=20), "short", "A few more words: 20 characters at least."),
        (TEXT, 12, "This cannot be read. Please type it again."),
        (choice(), "blue", "This choice is no longer offered. Choose again."),
        (choice(), ["red"], "This choice is no longer offered. Choose again."),
        (MULTI, ["red", {"forged": 1}], "This choice is no longer offered. Choose again."),
        (MULTI, "red", "This choice is no longer offered. Choose again."),
        (MULTI, ["red", "none"], "“None” stands alone: take it off, or take the others off."),
        (SCALE, "6", "Choose an answer."),
        (SCALE, True, "Choose an answer."),
        (SCALE, "3.5", "Choose an answer."),
        (question(kind="number", maximum=80), "81", "A whole number from 0 to 80."),
        (question(kind="number", minimum=1), "0", "A whole number from 1 to 1,000,000."),
        (question(kind="number"), "٣", "A whole number from 0 to 1,000,000."),
        (question(kind="date"), "2026-02-30", "Choose a date."),
        (question(kind="date"), "20260228", "Choose a date."),
        (question(kind="date"), 3, "Choose a date."),
        (question(kind="date"), "9999-12-31", "Choose a date between 1950 and 2150."),
        (question(kind="date"), "0001-01-01", "Choose a date between 1950 and 2150."),
        (question(kind="person"), "Marc", "Choose a person of this workspace."),
        (question(kind="person"), NOBODY, "Choose a person of this workspace."),
        (question(kind="person"), ["U1"], "Choose a person of this workspace."),
        (question(kind="person", external=True), "ab", "A name and a contact, 3 to 200 characters."),
        (question(kind="people"), ["U1", "Marc"], "Choose a person of this workspace."),
        (question(kind="people"), "U1", "Choose a person of this workspace."),
        (RANKING, ["a", "b", "a"], "“A” already has rank 1."),
        (RANKING, [None, "b", "b"], "“B” already has rank 2."),
        (RANKING, ["a", None, "c"], "Give each line a rank: 1 still to place."),
        (RANKING, ["a", "z"], "This choice is no longer offered. Choose again."),
        (RANKING, "abc", "This choice is no longer offered. Choose again."),
        (POINTS, {"a": 95}, "These add up to 95: 5 left to give."),
        (POINTS, {"a": 99}, "These add up to 99: 1 left to give."),
        (POINTS, {"a": 95, "b": 10}, "These add up to 105: 5 too many."),
        (POINTS, {"a": -5, "b": 105}, "Whole numbers of points, 0 or more."),
        (POINTS, {"a": "x", "b": 100}, "Whole numbers of points, 0 or more."),
        (POINTS, {"z": 100}, "This choice is no longer offered. Choose again."),
        (POINTS, [100], "This choice is no longer offered. Choose again."),
        (NEEDS, {"a": "M", "b": "X"}, "Still to place: 1."),
        (NEEDS, {"z": "M"}, "This choice is no longer offered. Choose again."),
        (NEEDS, "M", "This choice is no longer offered. Choose again."),
        (table(), "x", "This cannot be read. Please type it again."),
        (table(), ["x"], "This cannot be read. Please type it again."),
        (table(minimum=3), [{"what": "x"}], "Lines so far: 1; needed: 3."),
        (table(maximum=1), [{"what": "x"}, {"what": "y"}], "2 lines; the limit is 1."),
        (table(), [{"what": "x"}] * 41, "41 lines; the limit is 40."),
        (table(), [{"what": "x"}, {"size": "3"}], "Line 2. What: to fill in."),
        (table(), [{"what": "x", "size": "many"}], "Line 1. Size: A whole number from 0 to 1,000,000."),
        (PEOPLE, [{"person": "U1"}, {"person": "U1"}], "The same person stands on two lines."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_a_way_on(asked: Question, raw: Any, says: str) -> None:
    refused = check(asked, raw)
    assert isinstance(refused, Refused)
    assert refused.words.en == says
    assert refused.words.fr
    assert refused.words.fr != refused.words.en


def test_thousands_are_grouped_as_each_language_does() -> None:
    refused = check(LONG, "x" * 1640)
    assert isinstance(refused, Refused)
    assert refused.words.fr == "1 640 caractères ; la limite est de 1 500."


@pytest.mark.parametrize("raw", [None, "", "  \n", "\x00", [], {}, ()])
def test_nothing_typed_is_empty(raw: Any) -> None:
    assert empty(raw)


@pytest.mark.parametrize("raw", ["x", 0, ["x"], {"a": 0}, False])
def test_something_typed_is_not_empty(raw: Any) -> None:
    assert not empty(raw)


def test_a_line_break_stays_only_where_lines_are_wanted() -> None:
    assert clean("a\nb", lines=True) == "a\nb"
    assert clean("a\nb", lines=False) == "a b"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (choice(), 15), (choice("QUE01", "single", *"abcdef"), 30), (MULTI, 30), (SCALE, 15), (RANKING, 60),
        (TEXT, 45), (LONG, 60), (question(kind="date"), 15), (POINTS, 30), (NEEDS, 30),
        (table(), 60), (table(likely_rows=3), 180),
        (table(columns=tuple(column(key) for key in "abcdef"), likely_rows=2), 180),
    ],
)  # fmt: skip
def test_seconds_follow_the_rule_of_2_1(asked: Question, expected: int) -> None:
    assert seconds(asked) == expected


def test_minutes_are_rounded_up_with_the_opening() -> None:
    assert minutes([]) == 0
    assert minutes([SCALE]) == 1
    assert minutes([SCALE, SCALE, SCALE]) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_seconds(kind: Kind) -> None:
    assert seconds(question(kind=kind, options=(option("a"),))) > 0
