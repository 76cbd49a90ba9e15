"""Each method of a workshop with its rule (4.1): dots, support from 0 to 5, grid, points, votes, rankings."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from flows.words import Words
from flows.workshop import counting, dots, fist, grid, points
from flows.workshop.ballot import LONGEST, Ballot, Line, Option, Result, Vote
from flows.workshop.script import BallotKind
from tests.flows.workshop.making import items

OPTIONS = tuple(Option(value=value, words=Words.same(value)) for value in ("required", "preferred", "waived"))
SIZES = tuple(Option(value=value, words=Words.same(value)) for value in ("1", "3", "5", "8"))


def ballot(kind: BallotKind, *ids: str, **more: Any) -> Ballot:
    things = more.pop("items", None) or items(*ids)
    return counting.opened(Ballot(number=1, step=1, kind=kind, items=things, **more))


def votes(*choices: Mapping[str, int | str]) -> dict[str, Vote]:
    return {f"U{n}": Vote(choices=one) for n, one in enumerate(choices)}


def count(on: Ballot, *choices: Mapping[str, int | str]) -> Result:
    return counting.count(on, votes(*choices), voters=5, indicative=False)


def outcomes(result: Result) -> dict[str, str]:
    return {line.item.id: line.outcome for line in result.lines}


def line(result: Result, id: str) -> Line:
    return next(line for line in result.lines if line.item.id == id)


# --- dots


@pytest.mark.parametrize(("things", "dots_"), [(1, 2), (9, 2), (10, 3), (13, 3), (14, 4), (22, 6), (80, 6)])
def test_dots_are_a_quarter_of_the_items_rounded_half_up_from_two_to_six(things: int, dots_: int) -> None:
    assert dots.allowance(things) == dots_


def test_two_dots_at_most_on_one_item_and_no_more_than_one_has() -> None:
    on = ballot("dots", "a", "b", "c")
    assert on.dots == 2
    assert counting.problems(on, Vote(choices={"a": 3})) == {"a": "most"}
    assert counting.problems(on, Vote(choices={"a": "two"})) == {"a": "most"}
    assert counting.problems(on, Vote(choices={"a": 2, "b": 1})) == {"": "dots"}
    assert counting.problems(on, Vote(choices={"a": 2})) == {}
    assert counting.problems(on, Vote(choices={"b": 1})) == {}, "fewer than one has is fine"


def test_what_is_above_the_cut_line_is_kept() -> None:
    result = count(ballot("dots", "a", "b", "c", keep={"": 2}), {"a": 2}, {"a": 1, "c": 1})
    assert outcomes(result) == {"a": "kept", "c": "kept", "b": "out"}
    assert [line.item.id for line in result.lines] == ["a", "c", "b"]
    assert result.verdict == "settled"


def test_without_a_word_about_it_five_are_kept() -> None:
    result = count(ballot("dots", *"abcdef"), *({id: 1} for id in "abcde"))
    assert sorted(outcomes(result).values()) == ["kept"] * 5 + ["out"]


def test_an_item_without_a_dot_is_kept_only_where_there_is_room_for_all() -> None:
    assert outcomes(count(ballot("dots", "a", "b", "c", keep={"": 2}), {"a": 1})) == {
        "a": "kept", "b": "out", "c": "out"
    }  # fmt: skip
    assert set(outcomes(count(ballot("dots", "a", "b", keep={"": 2}), {"a": 1})).values()) == {"kept"}


def test_groups_have_cut_lines_of_their_own() -> None:
    things = (*items("s1", "s2", group="strategic"), *items("o1", "o2", group="operational"))
    on = ballot("dots", items=things, keep={"strategic": 1, "operational": 1})
    result = count(on, {"s1": 1, "o2": 1}, {"s1": 1})
    assert outcomes(result) == {"s1": "kept", "s2": "out", "o1": "out", "o2": "kept"}


def test_a_tie_on_the_cut_line_is_run_off_once_with_one_dot_for_the_places_that_are_left() -> None:
    on = ballot("dots", "a", "b", "c", "d", keep={"": 2})
    first = count(on, {"a": 2}, {"b": 1}, {"c": 1})
    assert outcomes(first) == {"a": "kept", "b": "tied", "c": "tied", "d": "out"}
    assert first.verdict == "again"
    run_off = counting.second(on, first, 7)
    assert (run_off.number, run_off.attempt, run_off.dots, run_off.most) == (7, 2, 1, 1)
    assert [item.id for item in run_off.items] == ["b", "c"]
    assert run_off.keep == {"": 1}
    assert counting.problems(run_off, Vote(choices={"b": 1, "c": 1})) == {"": "dots"}
    assert outcomes(count(run_off, {"b": 1}, {"b": 1}, {"c": 1})) == {"b": "kept", "c": "out"}


def test_a_run_off_in_two_groups_gives_one_dot_in_each() -> None:
    things = (*items("s1", "s2", group="strategic"), *items("o1", "o2", group="operational"))
    on = ballot("dots", items=things, keep={"strategic": 1, "operational": 1})
    first = count(on, {"s1": 1, "o1": 1}, {"s2": 1, "o2": 1})
    run_off = counting.second(on, first, 7)
    assert run_off.dots == 2
    assert counting.problems(run_off, Vote(choices={"s1": 1, "s2": 1})) == {"": "dots"}
    assert counting.problems(run_off, Vote(choices={"s1": 1, "o2": 1})) == {}


def test_a_tie_that_stays_fails_and_what_is_tied_is_neither_kept_nor_out() -> None:
    on = ballot("dots", "a", "b", keep={"": 1})
    again = counting.second(on, count(on, {"a": 1}, {"b": 1}), 7)
    result = count(again, {"a": 1}, {"b": 1})
    assert result.verdict == "failed"
    assert [one.item.id for one in result.undecided] == ["a", "b"]


# --- support from 0 to 5


@pytest.mark.parametrize(
    ("cast", "carried"),
    [
        ([3, 3, 3, 3, 3], True),
        ([5, 5, 5, 5, 2], True),  # exactly 80 %
        ([5, 5, 5, 2, 2], False),  # 60 %
        ([5, 5, 5, 5, 5, 5, 5, 5, 5, 1], False),  # one serious objection
        ([5, 5, 5, 5, 0], False),  # one block
        ([2], False),
        ([], False),
    ],
)
def test_support_passes_with_nobody_at_0_or_1_and_four_fifths_at_3_or_more(
    cast: list[int], carried: bool
) -> None:
    assert fist.passes(cast) is carried


def test_support_is_shown_as_a_distribution_with_reasons_that_nobody_signs() -> None:
    on = ballot("fist", "text")
    found = {
        "U1": Vote(choices={"text": 5}, why={"text": "at last"}),
        "U2": Vote(choices={"text": 2}, why={"text": "a date is missing"}, signed=True),
    }
    result = counting.count(on, found, voters=3, indicative=True)
    assert result.lines[0].counts == {"0": 0, "1": 0, "2": 1, "3": 0, "4": 0, "5": 1}
    assert result.lines[0].why == ("a date is missing", "at last")
    assert result.lines[0].against == ("a date is missing",), "a minority view is of those who cannot follow"
    assert result.lines[0].behind == ("at last",)
    assert (result.n, result.voters, result.indicative, result.verdict) == (2, 3, True, "again")
    assert result.signed == {"U2": {"text": 2}}, "only who wished to"
    assert line(result, "text").figure == 50
    second = counting.second(on, result, 9)
    assert counting.count(second, found, voters=3, indicative=False).verdict == "failed"


def test_a_point_that_does_not_exist_is_refused() -> None:
    on = ballot("fist", "text")
    assert counting.problems(on, Vote(choices={"text": 6})) == {"text": "point"}
    assert counting.problems(on, Vote(choices={"other": 3})) == {"other": "unknown"}
    assert counting.problems(on, Vote(choices={"text": 3}, why={"text": "x" * (LONGEST + 1)})) == {
        "text": "long"
    }
    assert counting.problems(on, Vote(choices={"text": 3}, why={"else": "x"})) == {"else": "long"}
    assert counting.problems(on, Vote()) == {}, "one may abstain"


def test_everybody_abstains_and_nothing_is_carried_nor_put_to_a_second_vote() -> None:
    on = ballot("fist", "text")
    result = count(on, {}, {}, {})
    assert (result.verdict, result.n, result.abstained) == ("empty", 0, 3)
    with pytest.raises(ValueError, match="no second attempt"):
        counting.second(on, result, 9)


# --- impact and effort


@pytest.mark.parametrize(
    ("impact", "effort", "box"),
    [(3.5, 2.5, "do_now"), (3.5, 3, "plan"), (3, 2.5, "if_time"), (3, 3, "leave"), (5, 1, "do_now")],
)
def test_four_boxes_at_three_and_a_half_and_two_and_a_half(impact: float, effort: float, box: str) -> None:
    assert grid.box(impact, effort) == box


def test_the_grid_takes_medians_of_both_axes() -> None:
    on = ballot("grid", "a", "b")
    result = count(
        on, {"a.impact": 5, "a.effort": 1}, {"a.impact": 4, "a.effort": 4}, {"a.impact": 1, "a.effort": 2}
    )
    placed = line(result, "a")
    assert (placed.figure, placed.second, placed.outcome, placed.n) == (4, 2, "do_now", 3)
    assert placed.counts["impact.5"] == 1
    assert line(result, "b").outcome == "", "nobody has placed it"


def test_an_item_on_the_grid_needs_both_axes_from_1_to_5() -> None:
    on = ballot("grid", "a")
    assert counting.problems(on, Vote(choices={"a.impact": 3})) == {"a": "both"}
    assert counting.problems(on, Vote(choices={"a.impact": 3, "a.effort": 6})) == {"a": "point"}
    assert counting.problems(on, Vote(choices={"a.impact": 3, "a.effort": 5})) == {}


# --- a hundred points


def test_points_make_a_hundred() -> None:
    on = ballot("points", "k1", "k2")
    assert counting.problems(on, Vote(choices={"k1": 60, "k2": 35})) == {"": "left 5"}
    assert counting.problems(on, Vote(choices={"k1": -1, "k2": 101})) == {"": "number"}
    assert counting.problems(on, Vote(choices={"k1": 60, "k2": 40})) == {}
    assert counting.problems(on, Vote()) == {}
    assert points.given(on, Vote(choices={"k1": 60, "k2": 35})) == 95


def test_weights_are_medians_rescaled_to_a_hundred() -> None:
    on = ballot("points", "k1", "k2", "k3")
    result = count(
        on, {"k1": 50, "k2": 30, "k3": 20}, {"k1": 40, "k2": 40, "k3": 20}, {"k1": 10, "k2": 10, "k3": 80}
    )
    assert {one.item.id: one.second for one in result.lines} == {"k1": 40, "k2": 30, "k3": 20}
    assert {one.item.id: one.figure for one in result.lines} == {"k1": 45, "k2": 33, "k3": 22}
    assert line(result, "k3").counts == {"lowest": 20, "highest": 80}


def test_where_each_has_put_all_on_something_else_means_take_the_place_of_medians() -> None:
    result = count(ballot("points", "a", "b", "c"), {"a": 100}, {"b": 100}, {"c": 100})
    assert [one.figure for one in result.lines] == [34, 33, 33]


def test_without_a_vote_there_are_no_weights() -> None:
    result = count(ballot("points", "a", "b"), {})
    assert [one.figure for one in result.lines] == [0, 0]
    assert result.lines[0].counts == {}


# --- one answer for each item


def test_more_than_half_settles_a_criterion_and_what_is_split_is_voted_on_once_more() -> None:
    on = ballot("choice", "k1", "k2", options=OPTIONS)
    first = count(on, {"k1": "required", "k2": "required"}, {"k1": "required", "k2": "waived"})
    assert outcomes(first) == {"k1": "required", "k2": "split"}
    second = counting.second(on, first, 5)
    assert [item.id for item in second.items] == ["k2"]
    assert outcomes(count(second, {"k2": "waived"}, {"k2": "waived"})) == {"k2": "waived"}
    assert count(second, {"k2": "waived"}, {"k2": "required"}).verdict == "failed"


def test_a_reason_goes_with_the_answer_it_was_given_for() -> None:
    on = ballot("choice", "k1", "k2", options=OPTIONS)
    told = {"U1": "We have one", "U2": "", "U3": "We need it"}
    chosen = {"U1": "waived", "U2": "waived", "U3": "required"}
    votes = {
        user: Vote(choices={"k1": chosen[user], "k2": said}, why={"k1": text, "k2": text} if text else {})
        for (user, text), said in zip(told.items(), ("waived", "required", "preferred"), strict=True)
    }
    first, split = counting.count(on, votes, voters=3, indicative=False).lines
    assert (first.outcome, first.behind, first.against) == ("waived", ("We have one",), ("We need it",))
    assert (split.outcome, split.behind, split.against) == ("split", ("We have one", "We need it"), ())


def test_an_answer_that_is_not_offered_is_refused() -> None:
    assert counting.problems(ballot("choice", "k1", options=OPTIONS), Vote(choices={"k1": "maybe"})) == {
        "k1": "option"
    }
    assert counting.problems(ballot("moscow", "r1"), Vote(choices={"r1": "X"})) == {"r1": "option"}


def test_the_board_shows_what_is_split_and_settles_nothing() -> None:
    result = count(ballot("moscow", "r1", "r2"), {"r1": "M", "r2": "M"}, {"r1": "M", "r2": "W"})
    assert outcomes(result) == {"r1": "M", "r2": "split"}
    assert result.verdict == "settled"


def test_a_size_is_the_median_and_between_two_the_larger() -> None:
    result = count(
        ballot("sizes", "r1", "r2", options=SIZES), {"r1": "1"}, {"r1": "3"}, {"r1": "8"}, {"r1": "3"}
    )
    assert outcomes(result) == {"r1": "3", "r2": ""}
    assert outcomes(count(ballot("sizes", "r1", options=SIZES), {"r1": "1"}, {"r1": "5"})) == {"r1": "5"}


def test_what_was_shown_is_a_spread_and_not_a_decision() -> None:
    result = count(ballot("levels", "k1", options=OPTIONS), {"k1": "required"}, {"k1": "waived"})
    assert line(result, "k1").counts == {"required": 1, "preferred": 0, "waived": 1}
    assert result.verdict == "settled"


# --- sliders and rankings


def test_sliders_say_where_people_differ_by_the_rule_of_the_diagnosis() -> None:
    on = ballot("sliders", "ARB01", "ARB02", "ARB03")
    result = count(
        on, {"ARB01": 1, "ARB02": 4}, {"ARB01": 2, "ARB02": 4}, {"ARB01": 5, "ARB02": 5}, {"ARB01": 4}
    )
    assert outcomes(result) == {"ARB01": "differ", "ARB02": "agree", "ARB03": "agree"}
    assert line(result, "ARB01").figure == 3
    assert line(result, "ARB03").figure == 0
    assert counting.problems(on, Vote(choices={"ARB01": 0})) == {"ARB01": "point"}


def test_a_ranking_counts_by_borda_and_equal_sums_share_a_place() -> None:
    on = ballot("ranking", "a", "b", "c")
    result = count(on, {"a": 1, "b": 2, "c": 3}, {"b": 1, "a": 2, "c": 3})
    assert outcomes(result) == {"a": "1", "b": "1", "c": "3"}
    assert line(result, "a").figure == 3
    assert counting.problems(on, Vote(choices={"a": 1, "b": 1, "c": 2})) == {"": "places"}
    assert counting.problems(on, Vote(choices={"a": 1, "b": 2, "c": 3})) == {}
    assert counting.problems(on, Vote()) == {}


def test_every_kind_of_ballot_has_its_rule() -> None:
    assert set(counting.RULES) == set(get_args(BallotKind))


# --- the second time nobody votes


def test_a_run_off_without_a_dot_leaves_tied_what_was_tied() -> None:
    first = count(ballot("dots", "a", "b", "c", keep={"": 1}), {"a": 1}, {"b": 1})
    on = counting.second(ballot("dots", "a", "b", "c", keep={"": 1}), first, 2)
    for nothing in (count(on), count(on, {"a": 0, "b": 0})):
        assert outcomes(nothing) == {"a": "tied", "b": "tied"}
        assert nothing.verdict == "failed"


def test_a_text_that_nobody_votes_on_again_is_not_carried_twice() -> None:
    on = ballot("fist", "a")
    first = count(on, {"a": 1}, {"a": 5})
    assert first.verdict == "again"
    assert count(counting.second(on, first, 2)).verdict == "failed"
    assert count(on).verdict == "empty", "the first time nothing is known"
