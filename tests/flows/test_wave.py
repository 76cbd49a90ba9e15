"""The rules of an anonymous wave (5.3, appendix A.8), without anything that remembers."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as some

from flows.playbook import Playbook
from flows.project import Cast, Member
from flows.wave import ballot, box, calendar, closing, eligible, groups, reading, shown
from flows.wave.model import (
    NO_ANSWER,
    Ballot,
    Box,
    ChoiceKept,
    Closed,
    Comment,
    Item,
    Kept,
    ScaleKept,
    Sum,
    TextKept,
)

TEAM = {
    "U1": "sales", "U2": "sales", "U3": "sales", "U4": "sales", "U5": "sales",
    "U6": "it", "U7": "it", "U8": "it", "U9": "it", "U10": "it", "U11": "hr", "ULEAD": "sales",
}  # fmt: skip
SCALE = Item(id="SPO06", kind="scale", invited=12, groups=("it", "sales"))
POWER = Item(
    id="COL10", kind="choice", invited=12, several=True, options=("marketing", "sales", "it", "nobody")
)
STANCE = Item(id="BEL09", kind="choice", invited=12, options=("push", "wait", "out"))
HELP = Item(id="BEL10", kind="choice", invited=12, several=True, options=("rules", "pay", "time", "say"))
THOUGHT = Item(id="BEL07", kind="text", invited=12, longest=20, consent="BEL07a")
BOARD = Item(id="PLA01", kind="text", invited=12, longest=60, lines=3)
ITEMS = (SCALE, POWER, STANCE, HELP, THOUGHT, BOARD)
FULL = {
    "SPO06": "4", "COL10": ["sales"], "BEL09": "push", "BEL10": ["pay", "time"], "BEL07": "Too fast",
    "BEL07a": "quote", "PLA01": "No time\n\nNo money",
}  # fmt: skip
NOTHING = {
    "SPO06": NO_ANSWER, "COL10": [NO_ANSWER], "BEL09": NO_ANSWER, "BEL10": [NO_ANSWER],
}  # fmt: skip


def as_is(_: list[Comment]) -> None:
    """A shuffle that changes nothing."""


def backwards(comments: list[Comment]) -> None:
    comments.reverse()


def sheet(**given: Any) -> Ballot:
    found = ballot.read(ITEMS, {**NOTHING, **given})
    assert isinstance(found, Ballot)
    return found


def filled(*ballots: Ballot, group: str = "") -> Box:
    found = box.empty(ITEMS)
    for one in ballots:
        found = box.add(found, one, group=group, shuffle=as_is)
    return found


def left(found: Box, threshold: int = 5) -> Closed:
    return closing.close(ITEMS, found, threshold=threshold, shuffle=backwards)


def scale(found: Closed) -> ScaleKept:
    kept = found.kept["SPO06"]
    assert isinstance(kept, ScaleKept)
    return kept


# -- the ballot ---------------------------------------------------------------------------------------------


def test_a_ballot_is_read_whole() -> None:
    found = ballot.read(ITEMS, FULL)
    assert isinstance(found, Ballot)
    assert found.scales == {"SPO06": 4}
    assert found.choices == {"COL10": ("sales",), "BEL09": ("push",), "BEL10": ("pay", "time")}
    assert [(c.question, c.level, c.text) for c in found.texts] == [
        ("BEL07", "quote", "Too fast"), ("PLA01", "quote", "No time"), ("PLA01", "quote", "No money"),
    ]  # fmt: skip


def test_no_answer_is_missing_and_says_nothing() -> None:
    assert sheet() == Ballot()


@pytest.mark.parametrize(
    ("id", "raw"),
    [
        ("SPO06", None), ("SPO06", "6"), ("SPO06", 3), ("SPO06", ["3"]), ("COL10", []), ("COL10", "sales"),
        ("COL10", ["sales", "boss"]), ("COL10", [NO_ANSWER, "sales"]), ("BEL09", "other"), ("BEL09", None),
        ("BEL07", "x" * 21), ("PLA01", "a\nb\nc\nd"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_under_its_question(id: str, raw: Any) -> None:
    found = ballot.read(ITEMS, {**FULL, id: raw})
    assert isinstance(found, dict)
    assert set(found) == {id}


@pytest.mark.parametrize("consent", [None, "count", "everybody", ["quote"]])
def test_a_text_without_a_known_wish_is_only_counted(consent: Any) -> None:
    assert [c.level for c in sheet(BEL07="Too fast", BEL07a=consent).texts] == ["count"]


@pytest.mark.parametrize("raw", [None, "", "  \n ", 7])
def test_a_text_may_be_left_empty(raw: Any) -> None:
    assert sheet(BEL07=raw, PLA01=raw).texts == ()


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ({"BEL01": 5}, True), ({"B06": 5}, True), ({"P04": 1}, True), ({"BEL12": 1}, True),
        ({"B07": 1}, True),
        ({"BEL01": 4, "P04": 2, "B07": 5, "SPO06": 1, "BEL08": 5}, False), ({}, False),
    ],
)  # fmt: skip
def test_the_coach_is_offered_in_colour_for_a_heavy_answer(answers: dict[str, int], offered: bool) -> None:
    """5.4."""
    assert ballot.heavy(Ballot(scales=answers)) is offered


def test_nothing_of_a_ballot_shows_in_a_trace() -> None:
    secret = sheet(SPO06="5", BEL07="Secret words", BEL07a="quote")
    for shown_ in (secret, filled(secret), *secret.texts):
        assert "Secret" not in repr(shown_)
        assert "SPO06" not in repr(shown_)


# -- the box ------------------------------------------------------------------------------------------------


def test_the_box_adds_up_and_keeps_nothing_together() -> None:
    found = filled(sheet(SPO06="4", COL10=["sales", "it"], BEL07="A", BEL07a="quote"), sheet(SPO06="4"))
    assert found.scales["SPO06"] == (0, 0, 0, 2, 0)
    assert found.answered["COL10"] == 1
    assert found.choices["COL10"] == {"marketing": 0, "sales": 1, "it": 1, "nobody": 0}
    assert found.texts == {"BEL07": 1, "PLA01": 0}
    assert {f.name for f in fields(Box)} == {"scales", "groups", "answered", "choices", "texts", "comments"}


def test_a_function_is_counted_apart_only_where_the_wave_follows_it() -> None:
    found = box.empty(ITEMS)
    for group in ("sales", "hr", ""):
        found = box.add(found, sheet(SPO06="3"), group=group, shuffle=as_is)
    found = box.add(found, sheet(), group="it", shuffle=as_is)
    assert found.groups == {"SPO06": {"it": Sum(), "sales": Sum(1, 3)}}
    assert sum(found.scales["SPO06"]) == 3


def test_comments_are_mixed_at_each_ballot_and_what_is_only_counted_never_gets_in() -> None:
    found = box.empty(ITEMS)
    for text, level in (("A", "quote"), ("B", "count"), ("C", "coach")):
        one = sheet(BEL07=text, BEL07a=level)
        found = box.add(found, one, group="", shuffle=backwards)
    assert [c.text for c in found.comments] == ["C", "A"]
    assert found.texts["BEL07"] == 3


def test_what_the_wave_does_not_ask_is_left_out() -> None:
    stranger = Ballot(
        scales={"OBJ01": 5},
        choices={"OBJ02": ("a",)},
        texts=(Comment(question="X", level="quote", text="x"),),
    )
    assert box.add(box.empty(ITEMS), stranger, group="", shuffle=as_is) == box.empty(ITEMS)


# -- closing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballots", "threshold", "read"), [(4, 5, False), (5, 5, True), (5, 6, False), (4, 1, False)]
)
def test_a_wave_is_read_from_five_ballots_and_the_threshold_only_rises(
    ballots: int, threshold: int, read: bool
) -> None:
    assert closing.enough(ballots, threshold) is read


def test_a_question_with_four_answers_leaves_nothing() -> None:
    found = filled(*[sheet(SPO06="3", BEL07="A", BEL07a="quote", BEL09="push")] * 4, sheet(PLA01="x"))
    assert left(found) == Closed(kept={})


def test_with_five_the_list_of_rule_6_is_kept_and_no_distribution() -> None:
    """Appendix A.8."""
    functions = [["sales"]] * 2 + [["it", "nobody"]] * 3
    wishes = [["rules"]] * 3 + [["time", "say"]] * 2
    ballots = [
        sheet(SPO06=p, COL10=[*f], BEL09="push", BEL10=[*h], BEL07=f"Text {p}", BEL07a="quote")
        for p, f, h in zip("12355", functions, wishes, strict=True)
    ]
    found = left(filled(*ballots))
    assert found.kept == {
        "SPO06": ScaleKept(n=5, total=16, polar=True),
        "COL10": ChoiceKept(n=5, named=("sales", "it")),
        "BEL09": ChoiceKept(n=5),
        "BEL10": ChoiceKept(n=5, top=("rules", "time", "say")),
        "BEL07": TextKept(n=5, quotes=("Text 5", "Text 5", "Text 3", "Text 2", "Text 1")),
    }
    assert {f.name for f in fields(ScaleKept)} == {"n", "total", "polar", "apart", "groups"}


def test_counts_of_a_choice_are_kept_from_ten_answers() -> None:
    nine, ten = (left(filled(*[sheet(BEL09="push")] * n)).kept["BEL09"] for n in (9, 10))
    assert nine == ChoiceKept(n=9)
    assert ten == ChoiceKept(n=10, counts={"push": 10, "wait": 0, "out": 0})


def test_most_chosen_answers_come_unranked_and_never_more_than_three() -> None:
    ballots = [sheet(BEL10=["say", "time"])] * 3 + [sheet(BEL10=["rules", "pay"])] * 2
    kept = left(filled(*ballots)).kept["BEL10"]
    assert isinstance(kept, ChoiceKept)
    assert kept.top == ("rules", "time", "say")
    alone = left(filled(*[sheet(BEL10=["pay"])] * 5)).kept["BEL10"]
    assert isinstance(alone, ChoiceKept)
    assert alone.top == ("pay",)


def test_fewer_than_five_texts_are_not_quoted_but_reach_the_coach() -> None:
    """Rule 5."""
    quoted = [sheet(BEL07=f"Quote {n}", BEL07a="quote") for n in range(3)]
    found = left(filled(*quoted, sheet(BEL07="Help", BEL07a="coach"), sheet(SPO06="3")))
    assert "BEL07" not in found.kept
    assert found.coach == {"BEL07": ("Help",)}
    with_counted = left(filled(*quoted, *[sheet(BEL07="No", BEL07a="count")] * 2))
    assert with_counted.kept["BEL07"] == TextKept(n=5, quotes=("Quote 2", "Quote 1", "Quote 0"))


def test_lines_of_the_premortem_are_separated_and_counted_by_author() -> None:
    found = left(filled(*[sheet(PLA01=f"a{n}\nb{n}") for n in range(5)]))
    kept = found.kept["PLA01"]
    assert isinstance(kept, TextKept)
    assert kept.n == 5
    assert sorted(kept.quotes) == sorted(f"{letter}{n}" for letter in "ab" for n in range(5))


@pytest.mark.parametrize(
    ("counts", "split"),
    [
        ((1, 1, 1, 1, 1), True), ((2, 0, 0, 0, 3), True), ((1, 0, 0, 0, 4), False), ((0, 0, 5, 0, 0), False),
        ((2, 0, 7, 0, 2), False), ((3, 0, 6, 0, 3), True), ((0, 2, 4, 2, 0), True), ((0, 2, 5, 2, 0), False),
    ],
)  # fmt: skip
def test_opinions_are_split_with_two_answers_and_a_quarter_on_both_sides(
    counts: tuple[int, ...], split: bool
) -> None:
    """3.1."""
    assert closing.polar(counts) is split


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        (Sum(5, 10), Sum(5, 17), ()), (Sum(5, 10), Sum(6, 21), ("it", "sales")),
        (Sum(5, 10), Sum(5, 18), ("it", "sales")), (Sum(5, 10), Sum(5, 10), ()),
    ],
)  # fmt: skip
def test_functions_are_far_apart_from_one_point_and_a_half(
    one: Sum, other: Sum, far: tuple[str, ...]
) -> None:
    """3.4: 3.4 - 2.0 is not enough, 3.5 - 2.0 is."""
    assert closing.apart({"sales": one, "it": other}) == far


def test_two_whole_functions_have_figures_and_are_compared() -> None:
    found = box.empty(ITEMS)
    for group, point in [("sales", "1")] * 5 + [("it", "5")] * 5:
        found = box.add(found, sheet(SPO06=point), group=group, shuffle=as_is)
    kept = scale(left(found))
    assert kept.groups == {"it": Sum(5, 25), "sales": Sum(5, 5)}
    assert kept.apart == ("it", "sales")
    assert kept.polar


# -- groups -------------------------------------------------------------------------------------------------


def test_a_function_is_followed_only_if_it_and_the_rest_are_five() -> None:
    """Rule 2."""
    assert groups.followed(["sales"] * 5 + ["it"] * 4, 5) == ()
    assert groups.followed(["sales"] * 5 + ["it"] * 5, 5) == ("it", "sales")
    assert groups.followed(["sales"] * 5 + ["it"] * 4 + [None], 5) == ("sales",)
    assert groups.followed([None] * 10, 5) == ()
    assert groups.followed(["sales"] * 5 + ["it"] * 5, 6) == ()


def test_nobody_is_found_by_subtraction() -> None:
    five, six = Sum(5, 20), Sum(6, 12)
    assert groups.given(11, {"sales": five, "it": six}, 5) == {"sales": five, "it": six}
    assert groups.given(12, {"sales": five, "it": six}, 5) == {"it": six}, "one person was left over"
    assert groups.given(16, {"sales": five, "it": six}, 5) == {"sales": five, "it": six}
    assert groups.given(9, {"sales": five}, 5) == {}, "four others"
    assert groups.given(9, {"sales": Sum(4, 4), "it": Sum(5, 5)}, 5) == {}
    assert groups.given(12, {"sales": five, "it": five}, 5) == {"sales": five}


@with_any(
    some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 12)),
    some.integers(0, 12),
    some.integers(5, 8),
)
def test_no_difference_of_published_figures_isolates_fewer_than_five(
    sizes: dict[str, int], others: int, enough: int
) -> None:
    """N3 of reliability 5: whatever is added or subtracted."""
    whole = sum(sizes.values()) + others
    published = groups.given(whole, {part: Sum(n, n) for part, n in sizes.items()}, enough)
    sizes_of_parts = [one.n for one in published.values()]
    for subset in range(1 << len(sizes_of_parts)):
        inside = sum(n for at, n in enumerate(sizes_of_parts) if subset >> at & 1)
        assert inside == 0 or inside >= enough
        assert whole - inside == 0 or whole - inside >= enough or not published


# -- everything together ------------------------------------------------------------------------------------

answers = some.fixed_dictionaries({
    "SPO06": some.sampled_from([*"12345", NO_ANSWER]),
    "COL10": some.sampled_from([["sales"], ["it", "nobody"], [NO_ANSWER]]),
    "BEL09": some.sampled_from(["push", "out", NO_ANSWER]),
    "BEL10": some.just([NO_ANSWER]),
    "BEL07": some.sampled_from(["", "words"]),
    "BEL07a": some.sampled_from(["quote", "coach", "count"]),
})  # fmt: skip


@with_any(some.lists(some.tuples(answers, some.sampled_from(["sales", "it", ""])), max_size=14))
def test_whatever_is_answered_only_what_rule_6_lists_is_left(cast: list[tuple[dict[str, Any], str]]) -> None:
    found = box.empty(ITEMS)
    for given, group in cast:
        found = box.add(found, sheet(**given), group=group, shuffle=backwards)
    points = [int(given["SPO06"]) for given, _ in cast if given["SPO06"] != NO_ANSWER]
    for id, kept in left(found).kept.items():
        assert kept.n >= 5, id
        match kept:
            case ScaleKept():
                assert (kept.n, kept.total) == (len(points), sum(points))
                assert all(one.n >= 5 for one in kept.groups.values())
            case ChoiceKept():
                assert (kept.counts is not None) == (kept.n >= 10)
            case TextKept():
                assert len(kept.quotes) <= kept.n


@with_any(some.lists(answers, max_size=8), some.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_order_of_ballots(cast: list[dict[str, Any]], chance: Any) -> None:
    ballots = [sheet(**given) for given in cast]
    mixed = [*ballots]
    chance.shuffle(mixed)
    one, other = filled(*ballots), filled(*mixed)
    assert replace(one, comments=()) == replace(other, comments=())
    assert sorted(c.text + c.level for c in one.comments) == sorted(c.text + c.level for c in other.comments)


# -- calendar -----------------------------------------------------------------------------------------------


def test_a_wave_is_open_five_working_days_and_reminds_two_before_the_end() -> None:
    tuesday, thursday = date(2026, 11, 24), date(2026, 11, 26)
    assert calendar.closes(tuesday) == date(2026, 12, 1)
    assert calendar.reminds(date(2026, 12, 1)) == date(2026, 11, 27)
    assert calendar.closes(thursday) == date(2026, 12, 3)
    assert calendar.reminds(date(2026, 12, 3)) == date(2026, 12, 1)


def test_waves_are_sent_from_tuesday_to_thursday() -> None:
    assert calendar.sending_day(date(2026, 11, 27)) == date(2026, 12, 1)
    assert calendar.sending_day(date(2026, 11, 25)) == date(2026, 11, 25)


# -- who ----------------------------------------------------------------------------------------------------


@pytest.fixture
def people() -> Cast:
    members = tuple(Member(user=user, function=part) for user, part in TEAM.items())
    holders: Mapping[Any, str] = {
        "sponsor": "UBOSS",
        "lead": "ULEAD",
        "facilitator": "UFAC",
        "coach": "UCOACH",
    }
    return Cast(holders=dict(holders), members=(*members, Member(user="UBOSS", function="management")))


def test_the_sponsor_the_facilitator_and_the_coach_are_asked_nothing(
    playbook: Playbook, people: Cast
) -> None:
    for wave in playbook.waves.values():
        assert set(eligible.people(wave, people)) == set(TEAM)
    assert "U1" not in eligible.people(playbook.waves["C02"], people, without={"U1"})


def test_the_lead_is_not_asked_about_the_steering(playbook: Playbook, people: Cast) -> None:
    """SET17: the team minus the lead."""
    invited = eligible.people(playbook.waves["steering_support"], people)
    found = {item.id: item for item in eligible.items(playbook.waves["steering_support"], people, invited)}
    assert found["SET17"].invited == 11
    assert found["SPO06"].invited == 12
    assert found["SPO06"].groups == ("it", "sales")


def test_a_question_for_fewer_than_five_is_not_sent(playbook: Playbook) -> None:
    small = Cast(holders={"lead": "U1"}, members=tuple(Member(user=f"U{n}") for n in range(1, 6)))
    wave = playbook.waves["steering_support"]
    asked = eligible.items(wave, small, eligible.people(wave, small))
    assert [item.id for item in asked] == ["SPO06", "SPO07", "CHG08"], "four answer without the lead"
    tiny = replace(small, members=small.members[:4])
    assert eligible.items(wave, tiny, eligible.people(wave, tiny)) == ()
    assert eligible.items(wave, small, eligible.people(wave, small), threshold=6) == ()


def test_the_users_of_a_lot_are_asked_all_but_what_is_for_the_team(playbook: Playbook, people: Cast) -> None:
    """5.1, C01: its own items of all of them; SPO06 of those who are in the team, if they are enough."""
    users = tuple(f"UUSER{n}" for n in range(5))
    with_users = replace(people, lots={"LOT-1": (*users, "U1"), "LOT-2": ("U1",)})
    assert with_users.people("users") == with_users.of_lots(("LOT-1", "LOT-2")) == (*users, "U1")
    assert with_users.roles_of("UUSER1") == {"users"}
    wave = playbook.waves["C01"].with_added(["SPO06", "SPO07"])
    asked = {item.id: item for item in eligible.items(wave, with_users, users, users=True)}
    assert (asked["P01"].invited, asked["P01"].groups) == (5, ())
    assert "SPO06" not in asked
    assert eligible.items(wave, with_users, users[:4], users=True) == ()
    assert eligible.items(playbook.waves["C08"], with_users, users) == (), "none of them is in the team"


def test_items_say_what_a_ballot_may_hold(playbook: Playbook, people: Cast) -> None:
    wave = playbook.waves["D06"]
    found = {item.id: item for item in eligible.items(wave, people, TEAM, split=False)}
    assert "COL11a" not in found, "a wish is no answer"
    assert found["COL11"].consent == "COL11a"
    assert found["COL11"].longest == 1500
    assert found["COL10"].several
    assert not found["COL01"].groups
    board = eligible.items(playbook.waves["D12"], people, TEAM)[0]
    assert (board.lines, board.consent) == (3, "")
    assert not eligible.items(playbook.waves["D07"], people, TEAM)[9].several


def test_a_function_counts_only_where_it_is_followed(playbook: Playbook, people: Cast) -> None:
    wave = playbook.waves["C08"]
    found = eligible.functions(people, TEAM, eligible.items(wave, people, TEAM))
    assert {found[user] for user in ("U1", "ULEAD")} == {"sales"}
    assert found["U11"] == ""


# -- showing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "mean"),
    [
        (Sum(5, 5), shown.Mean(15, "or_less")), (Sum(5, 25), shown.Mean(45, "or_more")),
        (Sum(5, 8), shown.Mean(16)), (Sum(20, 31), shown.Mean(16)), (Sum(6, 19), shown.Mean(32)),
        (Sum(20, 89), shown.Mean(45, "or_more")),
    ],
)  # fmt: skip
def test_a_mean_has_one_decimal_and_open_ends(figures: Sum, mean: shown.Mean) -> None:
    """Rule 3; all-equal answers show no mean beyond 1.5 or 4.5."""
    assert shown.mean(figures) == mean


def test_the_number_of_answers_is_from_five_or_from_ten() -> None:
    assert [shown.at_least(n) for n in (5, 9, 10, 37)] == [5, 5, 10, 10]
    assert [shown.bars(n) for n in (9, 10)] == [False, True]


@pytest.mark.parametrize(
    ("value", "n", "figure"), [(52.4, 9, 50), (52.5, 5, 55), (52.4, 10, 52), (100.0, 5, 100), (0.0, 5, 0)]
)
def test_an_index_is_to_the_nearest_five_below_ten_answers(value: float, n: int, figure: int) -> None:
    assert shown.index(value, n) == figure


def test_bands_of_an_item() -> None:
    bands = [shown.band(Sum(100, total)) for total in (244, 245, 344, 345)]
    assert bands == ["low", "middle", "middle", "high"]


@pytest.mark.parametrize(
    ("joined", "gone", "bands"), [(0, 0, False), (1, 0, True), (0, 2, True), (2, 3, True), (3, 0, False)]
)
def test_one_or_two_people_more_or_fewer_leave_only_bands(joined: int, gone: int, bands: bool) -> None:
    """Rule 4."""
    before = {*range(10)}
    after = {*range(gone, 10), *range(100, 100 + joined)}
    assert shown.only_bands([f"U{n}" for n in before], [f"U{n}" for n in after]) is bands


def test_which_way_it_went() -> None:
    assert shown.moved(Sum(5, 10), Sum(5, 13)) == "up"
    assert shown.moved(Sum(5, 13), Sum(5, 10)) == "down"
    assert shown.moved(Sum(5, 10), Sum(5, 11)) == "stable"
    assert shown.index_moved(50, 62.5) == "up"


# -- reading ------------------------------------------------------------------------------------------------


def test_indices_of_what_is_kept() -> None:
    three = ScaleKept(n=6, total=18)
    kept: dict[str, Kept] = {f"COL0{n}": three for n in range(1, 9)} | {"COL06": ScaleKept(n=5, total=25)}
    found = reading.index("D06", kept)
    assert found is not None
    assert (round(found.value, 4), found.n) == (43.75, 5), "full reserve in an item scored in reverse"
    assert reading.index("D12", kept) is None
    assert reading.index("D07", {"BEL01": ChoiceKept(n=5)}) is None
    lately = reading.index("C02", {"B01": ScaleKept(n=5, total=25)})
    assert lately is not None
    assert lately.value == 100


def test_the_barrier_is_the_first_step_at_three_or_less() -> None:
    steps = (("P01", "awareness"), ("P02", "desire"), ("P03", "knowledge"))
    kept: dict[str, Kept] = {"P01": ScaleKept(n=5, total=16), "P03": ScaleKept(n=5, total=15)}
    assert reading.barrier(steps, kept) == "knowledge", "a step without enough answers is passed over"
    assert reading.barrier(steps[:1], kept) is None
