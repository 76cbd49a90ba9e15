"""Who is in a workshop and what they may do: invited, here, gone, guests, sponsor, whoever facilitates."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.project import Cast, Member
from flows.workshop import effects as said
from flows.workshop import events
from flows.workshop.giving import may_give
from flows.workshop.model import Card, Mode, Participant, Workshop
from flows.workshop.pairs import pairs, partners
from flows.workshop.quorum import expected, quorum
from flows.workshop.reading import readable
from flows.workshop.roster import arbiters, roster, seat, some_steps, visitor
from flows.workshop.script import Step
from tests.flows.workshop.making import NOW, SOPHIE, TEAM, Room, begun, people, room, script, step

CAST = Cast(
    holders={"sponsor": "UBOSS", "lead": "UBEN", "facilitator": SOPHIE, "coach": "UCOACH"},
    members=(
        Member(user="UANA", function="marketing"), Member(user="UBEN", function="sales"),
        Member(user="UDAN", function="it"), Member(user="UCOACH", function="hr"),
    ),
)  # fmt: skip
GUEST = Participant(user="UVENDOR", vote=False, guest=True, steps=(2, 3), seat="here")
BOSS = Participant(user="UBOSS", sponsor=True, arbiter=True, steps=(1, 3), seat="here")


# --- who is invited


def test_the_team_and_the_sponsor_vote_the_coach_and_whoever_facilitates_do_not() -> None:
    found = {one.user: one for one in roster(script(roles=("team_all", "coach")), CAST, facilitator=SOPHIE)}
    assert set(found) == {"UANA", "UBEN", "UDAN", "UBOSS", "UCOACH"}
    assert {user for user, one in found.items() if one.vote} == {"UANA", "UBEN", "UDAN", "UBOSS"}
    assert {user for user, one in found.items() if one.counted} == {"UANA", "UBEN", "UDAN"}
    assert found["UBOSS"].arbiter, "the arbiter is the sponsor by default"
    assert found["UANA"].function == "marketing"


def test_who_has_left_is_not_invited_and_a_deputy_counts_as_the_arbiter() -> None:
    found = roster(
        script(), CAST, facilitator=SOPHIE, without=("UDAN",), deputies={"UBOSS": "UANA"}
    )  # fmt: skip
    assert {one.user for one in found if one.arbiter} == {"UBOSS", "UANA"}
    assert "UDAN" not in {one.user for one in found}


@pytest.mark.parametrize(
    ("deputy", "decides", "comes"),
    [("UCOACH", True, True), ("UCOACH", False, False), ("USTRANGER", True, False), (SOPHIE, True, False)],
)
def test_who_stands_in_for_the_arbiter_is_invited_where_it_is_decided(
    deputy: str, decides: bool, comes: bool
) -> None:
    play = script(roles=("team",), decides=decides)
    cast = replace(CAST, members=CAST.members[:3])
    found = {one.user: one for one in roster(play, cast, facilitator=SOPHIE, deputies={"UBOSS": deputy})}
    assert (deputy in found) is comes
    assert not comes or found[deputy].arbiter


def test_the_sponsor_of_w04_is_there_for_his_steps_only() -> None:
    found = roster(script(roles=("team",), only={"sponsor": (1, 5, 6)}), CAST, facilitator=SOPHIE)
    assert {one.user: one.steps for one in found}["UBOSS"] == (1, 5, 6)
    assert {one.user: one.steps for one in found}["UANA"] == ()


def test_in_w03_the_front_office_is_counted() -> None:
    found = roster(script(roles=("front", "it"), quorum="front"), CAST, facilitator=SOPHIE)
    assert {one.user for one in found if one.counted} == {"UANA", "UBEN"}


def test_whoever_is_in_some_steps_only_stays_away_from_the_desk() -> None:
    open_talk = script(roles=("team",), only={"sponsor": (1, 5, 6)})
    assert some_steps(open_talk, CAST, CAST.holder("sponsor") or "")
    assert not some_steps(open_talk, CAST, SOPHIE)


def test_whoever_has_no_part_in_the_project_is_a_visitor() -> None:
    assert seat(script(guests=(2, 3)), CAST, "UVENDOR") == visitor(script(guests=(2, 3)), "UVENDOR")
    assert seat(script(), Cast(), "UANA").guest


# --- quorum


def test_quorum_is_three_fifths_every_front_office_function_and_the_arbiter() -> None:
    here = begun(step(1, "talk"), decides=True)
    found = quorum(here.script, here.workshop)
    assert (found.here, found.team, found.needed) == (5, 5, 3)
    assert found.functions == {"marketing": True, "sales": True, "service": True}
    assert found.arbiter is False
    assert not found.reached
    here.happens(events.Joined(**here.by("UBOSS"), person=replace(BOSS, steps=())))
    assert quorum(here.script, here.workshop).reached
    here.happens(events.Left(**here.by(""), user="UANA"))
    assert not quorum(here.script, here.workshop).reached, "nobody from marketing"


def test_an_arbiter_whom_the_script_has_elsewhere_is_not_missed() -> None:
    here = begun(
        step(1, "talk"), step(2, "talk"), decides=True, who=(*people(), replace(BOSS, seat="invited"))
    )
    assert not quorum(here.script, here.workshop).arbiter
    here.next()
    assert quorum(here.script, here.workshop).arbiter


def test_before_it_begins_those_count_who_have_said_that_they_come() -> None:
    here = room(step(1, "talk"), who=people("invited"))
    assert not expected(here.script, here.workshop).enough
    for user in TEAM[:3]:
        here.happens(events.Replied(**here.by(user), coming=True))
    found = expected(here.script, here.workshop)
    assert found.reached
    assert found.arbiter is None, "it decides nothing"
    assert not quorum(script(), replace(here.workshop, people=())).reached, "nobody is nobody"


def test_whoever_has_answered_and_left_is_still_counted_for_that_vote() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    here.votes_("UANA", {"text": 4})
    here.happens(events.Left(**here.by(""), user="UANA"))
    assert quorum(here.script, here.workshop).here == 5


def test_in_the_channel_the_quorum_of_a_vote_counts_who_has_voted_and_not_who_wrote_before() -> None:
    silent = replace(BOSS, steps=(), vote=False)
    here = begun(step(1, "write"), step(2, "points"), mode="async", decides=True, who=(*people(), silent))
    for n, user in enumerate(TEAM):
        here.writes(user, f"c{n}")
    here.next()
    here.ballot("a", "b")
    assert quorum(here.script, here.workshop).here == 0, "all five have written, nobody has voted"
    assert quorum(here.script, here.workshop).arbiter, "who has no vote is there by being there"
    here.votes_("UANA", {"a": 100})
    here.votes_("UBEN", {})
    found = quorum(here.script, here.workshop)
    assert found.here == 2, "an abstention is a vote"
    assert found.functions == {"marketing": True, "sales": True, "service": False}
    here.time_is_up()
    assert here.results[0].indicative


def test_whoever_has_taken_the_desk_over_is_there_without_a_vote() -> None:
    here = begun(step(1, "points"), mode="async")
    here.happens(events.HandedOver(**here.by(), to="UCLEA"))
    here.ballot("a", "b")
    for user in ("UANA", "UBEN"):
        here.votes_(user, {"a": 100})
    assert quorum(here.script, here.workshop).here == 3
    assert quorum(here.script, here.workshop).reached


# --- who stands in for the arbiter


def stands_in(here: Room, *users: str, seats: tuple[Participant, ...] = ()) -> str:
    """It is worked out who settles today."""
    return here.happens(
        events.Deputised(**here.by(""), arbiters=frozenset({"UBOSS", *users}), seats=seats)
    ).refusal


def test_who_was_invited_before_holds_the_place_of_the_arbiter_while_they_stand_in() -> None:
    here = begun(step(1, "fist"), decides=True, who=(*people(), replace(BOSS, steps=(), seat="invited")))
    here.ballot("text")
    assert not quorum(here.script, here.workshop).reached
    assert stands_in(here, "UANA") == ""
    assert quorum(here.script, here.workshop).reached
    assert stands_in(here, "UANA") == "nothing"
    assert stands_in(here) == "", "the arbiter is back"
    assert not quorum(here.script, here.workshop).reached


def test_who_stands_in_and_was_not_invited_is_from_now_on_and_nobody_else() -> None:
    here = begun(step(1, "talk"), decides=True)
    seats = tuple(Participant(user=user, arbiter=True, vote=False) for user in ("UBOSS", "UNEW", "UANA"))
    stands_in(here, "UNEW", "UANA", seats=seats)
    assert [one.user for one in here.workshop.people if one.arbiter] == ["UANA", "UBOSS", "UNEW"]
    assert [one.user for one in here.workshop.people] == [*TEAM, "UBOSS", "UNEW"]
    assert here.happens(events.Deputised(**here.by("UBEN"), arbiters=frozenset())).refusal == "facilitator"


@pytest.mark.parametrize("mode", ["live", "async"])
def test_an_arbiter_who_facilitates_is_there_and_has_no_vote(mode: Mode) -> None:
    here = begun(step(1, "fist"), decides=True, mode=mode)
    here.ballot("text")
    for user in TEAM[:4]:
        here.votes_(user, {"text": 4})
    assert not quorum(here.script, here.workshop).reached
    seats = (Participant(user=SOPHIE, sponsor=True),)
    here.happens(events.Deputised(**here.by(""), arbiters=frozenset({SOPHIE}), seats=seats))
    assert quorum(here.script, here.workshop).reached
    assert here.votes_(SOPHIE, {"text": 4}).refusal == "no_vote"
    assert SOPHIE not in {one.user for one in here.workshop.voters}


def test_the_place_of_an_arbiter_who_is_in_some_steps_only_is_held_for_those() -> None:
    play = script(roles=("team",), only={"sponsor": (6, 7)}, decides=True)
    cast = replace(CAST, members=CAST.members[:3])
    assert seat(play, cast, "UCOACH", deputies={"UBOSS": "UCOACH"}).steps == (6, 7)
    assert seat(play, cast, "UANA", deputies={"UBOSS": "UANA"}).steps == (), "she is of the team"
    assert seat(play, cast, "UBOSS", deputies={"UBOSS": "UANA"}).steps == (6, 7)
    assert arbiters(cast, {"UBOSS": "USTRANGER"}) == {"UBOSS"}


# --- coming, joining, leaving


def test_who_was_not_invited_cannot_reply_nor_vote_nor_write() -> None:
    here = begun(step(1, "write"), step(2, "fist"))
    assert here.happens(events.Replied(**here.by("UX"), coming=True)).refusal == "not_invited"
    assert here.writes("UX", "c").refusal == "not_invited"
    assert here.happens(events.Done(**here.by("UX"), seen=here.workshop.move)).refusal == "not_here"
    here.next()
    here.next()
    here.ballot("text")
    assert here.votes_("UX", {"text": 4}).refusal == "not_invited"


def test_somebody_who_is_here_already_need_not_say_that_they_come() -> None:
    here = begun(step(1, "talk"))
    assert here.happens(events.Replied(**here.by("UANA"), coming=True)).refusal == "nothing"


def test_a_latecomer_joins_a_vote_that_is_open() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    late = Participant(user="ULATE", counted=True)
    here.happens(events.Joined(**here.by("ULATE"), person=late))
    assert here.votes_("ULATE", {"text": 4}).refusal == ""
    known = here.happens(events.Joined(**here.by("ULATE"), person=Participant(user="ULATE", vote=False)))
    one = known.workshop.person("ULATE")
    assert one is not None
    assert one.vote, "who is known keeps their place"


def test_who_leaves_is_not_waited_for_and_what_they_voted_counts() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    for user in TEAM[:4]:
        here.votes_(user, {"text": 4})
    here.happens(events.Left(**here.by(""), user="UANA"))
    assert here.happens(events.Left(**here.by(""), user="UANA")).refusal == "nothing"
    here.happens(events.Left(**here.by(""), user="UEVA"))
    assert here.results[0].n == 4
    assert here.happens(events.Done(**here.by("UANA"), seen=here.workshop.move)).refusal == "moved"


def test_who_has_left_takes_no_part() -> None:
    here = begun(step(1, "talk"))
    here.happens(events.Left(**here.by(""), user="UANA"))
    assert here.happens(events.Done(**here.by("UANA"), seen=here.workshop.move)).refusal == "not_here"
    assert here.writes("UANA", "c", "note").refusal == "not_here"


# --- guests and the sponsor


def test_a_vendor_neither_votes_nor_writes_nor_reads() -> None:
    here = begun(step(1, "talk"), step(2, "fist"), who=(*people(), GUEST))
    assert here.writes("UVENDOR", "c", "note").refusal == "guest"
    assert here.happens(events.Merged(**here.by("UVENDOR"), cards=(), into="a")).refusal == "closed"
    here.next()
    here.ballot("text")
    assert here.votes_("UVENDOR", {"text": 5}).refusal == "no_vote"
    here.next()
    merge = events.Merged(**here.by("UVENDOR"), cards=("b",), into="a")
    assert here.happens(merge).refusal == "not_here"
    assert readable(here.workshop, [card("a")], "UVENDOR", script=here.script) == ()


def test_whoever_is_not_in_a_step_neither_votes_in_it_nor_reads_what_was_written() -> None:
    here = begun(step(1, "talk"), step(2, "fist"), step(3, "talk"), who=(*people(), BOSS))
    here.next()
    here.ballot("text")
    assert here.votes_("UBOSS", {"text": 5}).refusal == "not_here"
    found = [card("a", at=2), card("b", at=1)]
    assert [one.id for one in readable(here.workshop, found, "UBOSS", script=here.script)] == ["b"]


# --- reading cards


def card(id: str, *, at: int = 1, author: str = "UANA", **more: object) -> Card:
    return Card(id=id, step=at, kind=more.pop("kind", "idea"), text=id, author=author, **more)  # type: ignore[arg-type]


def read(here: Room, reader: str, *cards: Card) -> dict[str, str]:
    return {one.id: one.author for one in readable(here.workshop, cards, reader, script=here.script)}


def test_while_a_step_is_open_everybody_reads_their_own_cards_only() -> None:
    here = begun(step(1, "write"))
    cards = (card("b"), card("a", author="UBEN"), card("p", kind="parked"))
    assert read(here, "UANA", *cards) == {"b": "UANA", "p": "UANA"}
    assert read(here, SOPHIE, *cards) == {"p": ""}, "whoever facilitates sees no more"
    here.next()
    assert read(here, "UCLEA", *cards) == {"a": "", "b": "", "p": ""}
    assert list(read(here, "UCLEA", *cards)) == ["a", "b", "p"], "by a random id: the order tells nothing"


def test_a_signed_card_and_a_line_of_a_table_keep_their_author() -> None:
    here = begun(step(1, "talk"))
    here.next()
    cards = (card("a", signed=True), card("b", kind="row"), card("c"))
    assert read(here, "UBEN", *cards) == {"a": "UANA", "b": "UANA", "c": ""}


def test_a_round_is_said_aloud() -> None:
    assert read(begun(step(1, "round")), "UBEN", card("a")) == {"a": ""}


def test_readings_of_the_note_are_read_by_whoever_facilitates_alone() -> None:
    here = begun(step(1, "write", private=True))
    here.next()
    assert read(here, "UBEN", card("a", author="")) == {}
    assert read(here, SOPHIE, card("a", author="")) == {"a": ""}


def test_once_it_is_over_nothing_is_hidden_any_more() -> None:
    here = begun(step(1, "write"))
    here.happens(events.Ended(**here.by()))
    assert read(here, "UBEN", card("a")) == {"a": ""}


# --- cards


def test_a_card_is_neither_empty_nor_too_long_and_belongs_to_the_step_of_now() -> None:
    here = begun(step(1, "write"))
    assert here.writes("UANA", "c", text="  ").problems == {"text": "empty"}
    assert here.writes("UANA", "c", text="x" * 1501).problems == {"text": "long"}
    old = events.Contributed(**here.by("UANA"), card=card("c"), seen=99)
    assert here.happens(old).refusal == "moved"
    assert here.writes("UANA", "row", "row", text="", fields={"risk": "x"}).refusal == "kind"


def test_a_point_is_parked_at_any_time() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    parked = events.Contributed(**here.by("UANA"), card=card("p", kind="parked"), seen=99)
    assert here.happens(parked).refusal == ""
    assert here.cards["p"].step == 1


def test_one_changes_a_card_of_ones_own_and_whoever_facilitates_any() -> None:
    here = begun(step(1, "rows"))
    assert here.writes("UANA", "r", "row").refusal == ""
    change = events.Reworded(**here.by("UANA"), card="r", text="better")
    assert here.happens(change).effects == (said.ChangeCard(card="r", of="UANA", text="better"),)
    assert here.happens(replace(change, by=SOPHIE)).effects == (
        said.ChangeCard(card="r", of="", text="better"),
    )
    assert here.happens(replace(change, text=" ")).problems == {"text": "empty"}
    gone = events.Withdrew(**here.by("UANA"), card="r")
    assert here.happens(gone).effects == (said.DropCard(card="r", of="UANA"),)
    assert here.happens(replace(gone, by="USTRANGER")).refusal == "not_here"


def test_alike_cards_are_merged_by_people() -> None:
    here = begun(step(1, "write"))
    assert here.happens(events.Merged(**here.by(), cards=("b",), into="a")).refusal == "closed"
    here.next()
    turn = here.happens(events.Merged(**here.by("UANA"), cards=("a", "b"), into="a"))
    assert turn.effects == (said.MergeCards(cards=("b",), into="a"),)


# --- whoever facilitates


def test_whoever_facilitates_has_no_vote() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    assert here.votes_(SOPHIE, {"text": 5}).refusal == "no_vote"


def test_handing_over_takes_one_step_withdraws_a_vote_and_is_told() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    here.votes_("UANA", {"text": 5})
    here.happens(events.HandedOver(**here.by("UANA"), to="UANA"))
    assert here.told() == ["handed_over"]
    assert here.votes == {}
    assert len(here.workshop.voters) == 4
    assert here.votes_("UANA", {"text": 5}).refusal == "no_vote"
    assert here.next(SOPHIE).refusal == "facilitator"
    here.happens(events.HandedOver(**here.by(SOPHIE), to=SOPHIE))
    assert here.votes_("UANA", {"text": 5}).refusal == "", "she has her vote again"


def test_it_is_not_handed_to_a_guest_nor_to_whoever_has_it() -> None:
    here = begun(step(1, "talk"), who=(*people(), GUEST))
    assert here.happens(events.HandedOver(**here.by(), to="UVENDOR")).refusal == "guest"
    assert here.happens(events.HandedOver(**here.by(), to=SOPHIE)).refusal == "nothing"


def test_whoever_takes_over_in_a_round_gives_up_the_floor() -> None:
    here = begun(step(1, "round"))
    here.happens(events.HandedOver(**here.by(), to="UANA"))
    assert here.workshop.speaker == "UBEN"


def test_more_time_a_pause_and_the_time_that_was_left() -> None:
    here = begun(step(1, "talk"))
    here.happens(events.Extended(**here.by(), amount=5))
    assert here.workshop.due == NOW + timedelta(minutes=15)
    here.at = NOW + timedelta(minutes=5)
    here.happens(events.Paused(**here.by()))
    assert (here.workshop.state, here.workshop.due) == ("paused", None)
    assert here.next().refusal == "paused"
    assert here.writes("UANA", "c").refusal == "paused"
    here.at = NOW + timedelta(hours=2)
    here.happens(events.Resumed(**here.by()))
    assert here.workshop.due == here.at + timedelta(minutes=10)
    assert here.happens(events.Resumed(**here.by())).refusal == "begun"
    assert here.happens(events.Extended(**here.by(), amount=0)).refusal == "nothing"


def test_a_pause_in_the_channel_keeps_working_hours() -> None:
    here = begun(step(1, "talk", hours=8), mode="async")
    here.at = NOW + timedelta(hours=4)
    here.happens(events.Paused(**here.by()))
    here.at = NOW + timedelta(days=1)
    here.happens(events.Resumed(**here.by()))
    assert here.workshop.due == here.at + timedelta(hours=4)
    here.happens(events.Extended(**here.by(), amount=8))
    assert here.workshop.due == NOW + timedelta(days=2, hours=4)


def test_a_phase_that_the_clock_does_not_end_goes_on_without_it() -> None:
    here = begun(step(1, "write"))
    here.next()
    here.happens(events.Paused(**here.by()))
    here.happens(events.Resumed(**here.by()))
    assert here.workshop.due is None
    assert here.happens(events.Extended(**here.by(), amount=5)).refusal == "nothing"


def test_a_workshop_goes_on_in_the_channel_and_comes_back() -> None:
    here = begun(step(1, "round"))
    here.happens(events.ModeChanged(**here.by(), mode="async"))
    assert here.told() == ["mode"]
    assert here.workshop.speaker == ""
    assert here.workshop.due == NOW + timedelta(hours=24), "eight working hours"
    assert here.happens(events.ModeChanged(**here.by(), mode="async")).refusal == "nothing"
    here.happens(events.ModeChanged(**here.by(), mode="live"))
    assert here.workshop.speaker == "UANA"
    assert here.workshop.due == NOW + timedelta(minutes=10)


def test_a_result_that_was_being_read_stands_for_half_a_day_in_the_channel() -> None:
    here = begun(step(1, "write"))
    here.next()
    here.happens(events.ModeChanged(**here.by(), mode="async"))
    assert here.workshop.due == NOW + timedelta(hours=4)
    here.time_is_up()
    assert here.place == (2, "open")


def test_a_step_is_skipped_and_votes_in_it_go_unread() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    here.votes_("UANA", {"text": 0})
    assert here.happens(events.Skipped(**here.by(), seen=99)).refusal == "moved"
    here.happens(events.Skipped(**here.by(), seen=here.workshop.move))
    assert (here.votes, here.results, here.place) == ({}, [], (2, "open"))


def test_going_back_holds_a_vote_anew_and_keeps_what_came_of_the_first() -> None:
    here = begun(step(1, "fist"), step(2, "talk"))
    here.ballot("text")
    here.all_vote({"text": 4})
    here.next()
    assert here.happens(events.Reopened(**here.by(), step=1, seen=99)).refusal == "moved"
    assert here.happens(events.Reopened(**here.by(), step=3, seen=here.workshop.move)).refusal == "nothing"
    here.happens(events.Reopened(**here.by(), step=1, seen=here.workshop.move))
    assert here.told() == ["reopened", "step"]
    here.ballot("text")
    here.all_vote({"text": 5})
    assert len(here.results) == 2
    assert len({result.number for result in here.results}) == 2


def test_ending_without_deciding_throws_open_votes_away() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    here.votes_("UANA", {"text": 0})
    here.happens(events.Ended(**here.by()))
    assert (here.votes, here.results) == ({}, [])
    assert here.told() == ["stopped"]
    assert here.next().refusal == "over"
    assert here.happens(events.Joined(**here.by("UX"), person=GUEST)).refusal == "over"


def test_it_is_called_off_only_before_it_begins() -> None:
    here = room(step(1, "talk"))
    assert here.next().refusal == "planned"
    here.happens(events.Cancelled(**here.by()))
    assert here.workshop.state == "cancelled"
    assert begun(step(1, "talk")).happens(events.Cancelled(by=SOPHIE, at=NOW)).refusal == "begun"


@pytest.mark.parametrize("mode", ["live", "async"])
def test_it_may_begin_otherwise_than_planned(mode: str) -> None:
    here = room(step(1, "talk"), mode="live")
    here.opens(mode)  # type: ignore[arg-type]
    assert here.workshop.mode == mode
    assert here.opens().refusal == "begun"


def test_nobody_has_answered_what_has_not_begun() -> None:
    planned: Workshop = room(step(1, "talk")).workshop
    assert not planned.has_answered("UANA")
    assert not planned.running
    assert planned.person("UX") is None


# --- pairs


def test_pairs_are_from_different_functions_as_far_as_they_go() -> None:
    found = pairs(people())
    functions = {one.user: one.function for one in people()}
    assert sorted(user for pair in found for user in pair) == sorted(TEAM)
    assert all(len({functions[user] for user in pair}) > 1 for pair in found)
    assert max(map(len, found)) == 3, "an odd one writes with a pair"
    assert partners(found, found[0][0]) == tuple(user for user in found[0][1:])
    assert pairs(people()) == found, "the same people make the same pairs"


def test_colleagues_write_together_where_nobody_else_is_left_and_one_alone_writes_alone() -> None:
    same = [Participant(user=user, function="sales") for user in ("U1", "U2")]
    assert pairs(same) == (("U1", "U2"),)
    assert pairs(same[:1]) == (("U1",),)
    assert pairs([]) == ()


def test_the_arbiter_is_invited_to_whatever_decides() -> None:
    found = roster(script(roles=("team",), decides=True), CAST, facilitator=SOPHIE)
    assert "UBOSS" in {one.user for one in found}
    assert "UBOSS" not in {one.user for one in roster(script(roles=("team",)), CAST, facilitator=SOPHIE)}


def test_where_people_talk_openly_nobody_new_comes_in() -> None:
    here = begun(step(1, "talk"), step(2, "write", sealed=True))
    late = Participant(user="ULATE", counted=True)
    assert here.happens(events.Joined(**here.by("ULATE"), person=late)).refusal == "not_invited"
    assert here.workshop.person("ULATE") is None


def open_talk(*steps: Step, **more: Any) -> Room:
    """People talk openly in its second step, in the channel; Eva has said that she cannot come."""
    who = (*people()[:-1], replace(people("cannot")[-1]), replace(BOSS, steps=(1, 3)))
    return begun(step(1, "talk"), step(2, "write", sealed=True), step(3, "dots"), who=who, **more)


def test_whoever_has_said_that_they_cannot_come_neither_reads_nor_does_what_is_behind_doors() -> None:
    here = open_talk()
    here.next()
    here.next()
    here.next()
    cards = (card("a", at=2, author=""), card("b", at=3, author=""))
    assert read(here, "UANA", *cards) == {"a": "", "b": ""}
    assert read(here, "UEVA", *cards) == {}
    assert read(here, "UBOSS", *cards) == {"b": ""}
    here.next()
    here.ballot("a", "b")
    assert here.votes_("UEVA", {"a": 1}).refusal == "not_here"
    assert may_give(here.script, here.workshop, "UEVA", "parked") == "not_here"
    here.happens(events.Ended(**here.by()))
    assert read(here, "UEVA", *cards) == {}


@pytest.mark.parametrize("comes", ["joins", "replies"])
def test_who_comes_after_all_is_in_what_is_behind_doors_from_then_on(comes: str) -> None:
    here = open_talk()
    here.next()
    here.next()
    here.next()
    known = here.workshop.person("UEVA")
    assert known is not None
    event = events.Joined(**here.by("UEVA"), person=known)
    here.happens(event if comes == "joins" else events.Replied(**here.by("UEVA"), coming=True))
    cards = (card("a", at=2, author=""), card("b", at=3, author=""))
    assert read(here, "UEVA", *cards) == {"b": ""}
    here.next()
    here.ballot("b")
    assert here.votes_("UEVA", {"b": 1}).refusal == ""


def test_before_it_begins_and_where_nothing_is_closed_whoever_comes_after_all_is_in_all_of_it() -> None:
    here = room(step(1, "talk"), step(2, "write", sealed=True), who=people("cannot"))
    here.happens(events.Replied(**here.by("UANA"), coming=True))
    assert here.workshop.takes_part("UANA", 1)
    other = begun(step(1, "talk"), step(2, "write"), who=people("cannot"))
    other.next()
    other.happens(events.Replied(**other.by("UANA"), coming=True))
    assert read(other, "UANA", card("a", author="")) == {"a": ""}


def test_whoever_takes_the_desk_over_reads_what_is_written_behind_doors_from_then_on() -> None:
    here = open_talk()
    cards = (card("a", at=2, author=""), card("b", at=3, author=""))
    here.next()
    here.next()
    here.next()
    assert read(here, SOPHIE, *cards) == {"a": "", "b": ""}
    here.happens(events.HandedOver(**here.by(), to="UEXPERT"))
    assert read(here, "UEXPERT", *cards) == {"b": ""}
    assert read(here, SOPHIE, *cards) == {}, "she is at the desk no more, and has no other place"
    assert read(here, "", *cards) == {"a": "", "b": ""}, "the bot gathers the ballot from all of it"
    here.happens(events.HandedOver(**here.by("UEXPERT"), to=SOPHIE))
    assert read(here, SOPHIE, *cards) == {"a": "", "b": ""}
    here.happens(events.HandedOver(**here.by(), to="UANA"))
    assert read(here, "UANA", *cards) == {"a": "", "b": ""}, "she was in both steps"


def test_how_many_have_answered_counts_those_who_vote_and_nobody_twice() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    here.votes_("UANA", {"text": 4})
    here.votes_("UANA", {"text": 5})
    here.votes_("UBEN", {"text": 3})
    assert here.workshop.answers == 2
