"""Where a dialogue stands is worked out from its answers."""

from dataclasses import replace
from typing import Any

import pytest

from flows.dialogue.engine import current, expected, path, preview, progress
from flows.dialogue.model import Dialogue, Flow, Screen
from flows.dialogue.path import holds
from flows.dialogue.sheet import standing
from flows.project import Audience
from tests.flows.questions import (
    CAST,
    NOON,
    answer,
    choice,
    column,
    condition,
    flow,
    option,
    question,
    sheet,
    table,
)  # fmt: skip

FIRST = choice("QUE01")
FOLLOW = question("QUE02", show_if=(condition("QUE01", "is", "red"),))
DEEPER = question("QUE03", show_if=(condition("QUE02", "is_not", "never"),))


def keys(flow: Flow, dialogue: Dialogue) -> list[str]:
    return [screen.key for screen in path(flow, dialogue)]


@pytest.mark.parametrize(
    ("test", "value", "given", "true"),
    [
        ("is", "red", "red", True), ("is", "red", "green", False),
        ("is_not", "red", "green", True), ("is_not", "red", "red", False),
        ("in", ["red", "green"], "green", True), ("in", ["red"], "green", False),
        ("at_least", 4, 4, True), ("at_least", 4, 3, False), ("at_least", 4, "lots", False),
    ],
)  # fmt: skip
def test_a_condition_reads_one_earlier_answer(test: str, value: Any, given: Any, true: bool) -> None:
    assert holds(condition("QUE01", test, value), answer(given)) is true


@pytest.mark.parametrize("missing", [None, answer(exit="unknown"), answer(None)])
def test_without_an_answer_no_condition_holds_not_even_a_negative_one(missing: Any) -> None:
    assert not holds(condition("QUE01", "is_not", "red"), missing)


def test_the_path_follows_the_answers_and_what_is_off_it_does_not_count() -> None:
    dialogue = flow(FIRST, FOLLOW, DEEPER)
    asked = sheet(answers={"QUE01": answer("red"), "QUE02": answer("once")})
    assert keys(dialogue, asked) == ["QUE01", "QUE02", "QUE03"]
    changed = replace(asked, answers={**asked.answers, "QUE01": answer("green")})
    assert keys(dialogue, changed) == ["QUE01"], "QUE02 is not asked, so what hangs on it is not either"
    assert changed.answers["QUE02"].value == "once", "kept, not used"


def test_options_follow_earlier_answers_too() -> None:
    colour = choice("QUE02", "multi")
    shade = option("dark", show_if=condition("QUE01", "is", "red"))
    asked = flow(FIRST, replace(colour, options=(*colour.options, shade)))
    (_, red) = path(asked, sheet(answers={"QUE01": answer("red")}))
    (_, green) = path(asked, sheet(answers={"QUE01": answer("green")}))
    assert [o.value for o in red.questions[0].options] == ["red", "green", "none", "dark"]
    assert [o.value for o in green.questions[0].options] == ["red", "green", "none"]


def test_a_person_sees_only_what_they_are_asked_and_a_later_part_once_it_is_sent() -> None:
    boss = question("QUE02", audience=Audience(roles=("sponsor",)))
    after = question("QUE03", part="after_W02")
    asked = flow(FIRST, boss, after)
    assert keys(asked, sheet()) == ["QUE01"]
    assert keys(asked, sheet("UBOSS")) == ["QUE02"]
    assert keys(asked, sheet(parts=frozenset({"after_W02"}))) == ["QUE01", "QUE03"]
    assert keys(asked, sheet("USTRANGER")) == []
    assert expected(asked, CAST, boss) == ("UBOSS",)


def test_one_returns_to_the_first_open_question_and_later_ones_come_last() -> None:
    asked = flow(FIRST, question("QUE02"), question("QUE03"))

    def screen(dialogue: Dialogue) -> str | None:
        found = current(asked, dialogue)
        return found.key if found else None

    assert screen(sheet()) == "QUE01"
    later = sheet(answers={"QUE01": answer(exit="later")})
    assert screen(later) == "QUE02"
    rest = {"QUE02": answer("x"), "QUE03": answer(exit="outside")}
    assert screen(replace(later, answers={**later.answers, **rest})) == "QUE01"
    assert screen(sheet(answers={"QUE01": answer("red"), **rest})) is None


def test_progress_counts_screens_and_what_is_put_off_is_not_done() -> None:
    asked = flow(FIRST, question("QUE02"), question("QUE03", requirement="optional"))
    found = progress(asked, sheet(answers={"QUE01": answer("red"), "QUE02": answer(exit="later")}))
    assert (found.done, found.total, found.finished) == (1, 3, False)
    assert found.minutes_left == 2
    done = {"QUE01": answer("red"), "QUE02": answer("x"), "QUE03": answer(None)}
    assert progress(asked, sheet(answers=done)).finished


def test_an_optional_question_beside_a_required_one_holds_nobody_up() -> None:
    together = Screen(key="both", questions=(FIRST, question("QUE02", requirement="optional")))
    assert current(flow(screens=(together,)), sheet(answers={"QUE01": answer("red")})) is None


@pytest.mark.parametrize(
    ("kept", "open_"),
    [
        (answer("red"), False),
        (answer("blue"), True),  # content has dropped this choice
        (answer(["red"]), True),  # content has made a single choice of it
        (answer(None), True),
        (answer(exit="unknown"), False),
    ],
)
def test_an_answer_that_no_longer_fits_the_content_is_open_again(kept: Any, open_: bool) -> None:
    dialogue = sheet(answers={"QUE01": kept, "QUE77": answer("of a question that is gone")})
    assert (current(flow(FIRST), dialogue) is not None) == open_
    assert dialogue.answers["QUE01"] is kept


def test_a_question_that_became_needed_has_no_way_round_any_more() -> None:
    hard = replace(FIRST, requirement="hard")
    assert current(flow(hard), sheet(answers={"QUE01": answer(exit="unknown")})) is not None


def test_an_empty_table_is_an_answer_where_no_row_is_needed() -> None:
    assert current(flow(table(minimum=0)), sheet(answers={"QUE01": answer([])})) is None
    assert current(flow(table(minimum=1)), sheet(answers={"QUE01": answer([])})) is not None


def test_a_table_spread_over_two_screens_is_one_question() -> None:
    whole = table()
    first = replace(whole, columns=(column("what"),))
    screens = (Screen(key="names", questions=(first,)), Screen(key="rest", questions=(whole,)))
    asked = flow(screens=screens)
    assert [q.id for q in asked.questions] == ["QUE01"]
    assert flow(screens=screens[::-1]).question("QUE01") == whole
    assert asked.question("QUE01") == whole
    names, rest = path(asked, sheet())
    assert (len(names.questions[0].columns), len(rest.questions[0].columns)) == (1, 3)


def test_what_is_typed_so_far_shows_its_follow_up_at_once() -> None:
    together = Screen(key="both", questions=(FIRST, FOLLOW))
    asked = flow(screens=(together,))
    assert preview(asked, sheet(), "both", {}, at=NOON) == Screen(key="both", questions=(FIRST,))
    typed = preview(asked, sheet(), "both", {"QUE01": "red", "QUE02": "x" * 900}, at=NOON)
    assert typed == together
    assert preview(asked, sheet(), "gone", {"QUE01": "red"}, at=NOON) is None


def test_what_somebody_gave_goes_before_ones_own_exit() -> None:
    form, own = question("QUE01", mode="form"), question("QUE02")
    answers = {"QUE01": answer("shared", by="UBEN"), "QUE02": answer("mine")}
    exits = {"QUE01": answer(exit="outside")}
    dialogue = sheet(answers=answers, exits=exits)
    assert standing(dialogue, form) == answers["QUE01"]
    assert standing(replace(dialogue, answers={}), form) == exits["QUE01"]
    assert standing(dialogue, own) == answers["QUE02"]
    assert standing(sheet(), form) is None
