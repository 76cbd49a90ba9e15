"""Values in words, and what comes out of a question."""

from typing import Any

import pytest

from flows.dialogue.kinds import KINDS
from flows.dialogue.model import Question
from flows.dialogue.results import polar, result
from flows.dialogue.show import SHOWN, in_words
from flows.words import Words
from tests.flows.questions import answer, choice, column, question, table, words

SCALE = choice("QUE01", "scale5", "1", "2", "3", "4", "5")
PEOPLE = table(columns=(column("who", "person"), column("size", "number")))
NAMES = {"UANA": "Ana", "UBEN": "Ben"}


@pytest.mark.parametrize(
    ("asked", "value", "shown"),
    [
        (question(), "As typed", "As typed"),
        (choice(), "red", "Red"),
        (choice(), "dropped since", "dropped since"),
        (choice("QUE01", "multi"), ["red", "green"], "Red · Green"),
        (SCALE, 4, "4"),
        (question(kind="number"), 1640, "1,640"),
        (question(kind="date"), "2026-02-19", "19 February 2026"),
        (question(kind="date"), "some day", "some day"),
        (question(kind="person"), "UANA", "Ana"),
        (question(kind="person"), "UGONE", "UGONE"),
        (question(kind="person", none=words("Nobody yet")), "nobody", "Nobody yet"),
        (question(kind="person"), "nobody", "—"),
        (question(kind="people"), ["UANA", "UBEN"], "Ana, Ben"),
        (choice("QUE01", "ranking"), ["green", "red"], "1. Green · 2. Red"),
        (choice("QUE01", "points100"), {"red": 60, "green": 40}, "Red: 60 · Green: 40"),
        (choice("QUE01", "moscow"), {"red": "M", "green": "?"}, "Red: must have · Green: ?"),
        (PEOPLE, [{"who": "UANA"}, {"size": 3}], "Ana\n3"),
        (table(), None, "—"),
        (table(), "not a table any more", "not a table any more"),
    ],
)  # fmt: skip
def test_a_value_is_shown_in_words(asked: Question, value: Any, shown: str) -> None:
    assert in_words(asked, value, NAMES).en == shown
    assert in_words(asked, value, NAMES).fr


def test_every_kind_can_be_shown() -> None:
    assert set(SHOWN) == set(KINDS)


def test_a_choice_is_shown_as_a_distribution_without_names() -> None:
    given = [answer("red"), answer("red"), answer("green"), answer("dropped"), answer(exit="unknown")]
    found = result(choice(), given, NAMES)
    assert [(bar.label.en, bar.count) for bar in found.bars] == [("Red", 2), ("Green", 1), ("None", 0)]
    assert (found.n, found.unknown, found.quotes, found.mean) == (4, 1, (), None)


def test_ticks_are_counted_one_by_one() -> None:
    found = result(
        choice("QUE01", "multi"), [answer(["red", "green"]), answer(["red"]), answer("old")], NAMES
    )
    assert [bar.count for bar in found.bars] == [2, 1, 0]


def test_a_scale_has_a_mean_and_says_when_opinions_are_split() -> None:
    found = result(SCALE, [answer(v) for v in (5, 4, 3, 2, 3, 2, 3, 4)], NAMES)
    assert (found.mean, found.split) == (3.25, True)
    assert not polar([1, 2, 2, 2, 5])


def test_a_ranking_comes_in_the_order_of_mean_ranks() -> None:
    rankings = [["green", "red", "none"], ["green", "none", "red"], ["red", "green"]]
    found = result(choice("QUE01", "ranking"), [answer(r) for r in rankings], NAMES)
    assert [(bar.label.en, bar.mean, bar.count) for bar in found.bars] == [
        ("Green", 4 / 3, 3), ("Red", 2.0, 3), ("None", 2.5, 2),
    ]  # fmt: skip
    nobody = result(choice("QUE01", "ranking"), [], NAMES)
    assert nobody.bars == ()


def test_points_have_a_mean_for_each_option() -> None:
    given = [answer({"red": 60, "green": 40}), answer({"red": 20, "green": 80})]
    found = result(choice("QUE01", "points100"), given, NAMES)
    assert [(bar.label.en, bar.mean) for bar in found.bars] == [("Red", 40.0), ("Green", 60.0)]


def test_texts_and_tables_come_with_their_author() -> None:
    found = result(question(), [answer("Mine"), answer("Yours", by="UBEN"), answer(exit="outside")], NAMES)
    assert [(quote.author, quote.words) for quote in found.quotes] == [
        ("UANA", Words.same("Mine")), ("UBEN", Words.same("Yours")),
    ]  # fmt: skip
    assert result(table(), [answer([{"what": "x"}])], NAMES).quotes[0].words == Words.same("x")


def test_what_is_read_unsigned_comes_without_author_and_in_no_order_of_arrival() -> None:
    given = [answer("Zinc"), answer("Amber", by="UBEN")]
    quotes = result(question("RTE12"), given, NAMES).quotes
    assert [(quote.author, quote.words.en) for quote in quotes] == [("", "Amber"), ("", "Zinc")]
