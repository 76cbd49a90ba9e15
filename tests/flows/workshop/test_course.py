"""How a workshop moves: its steps live and in the channel, votes held until the reveal, the second vote."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows.words import Words
from flows.workshop import effects as said
from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.model import Mode, Participant
from tests.flows.workshop.making import NOW, SOPHIE, TEAM, Room, begun, items, people, room, step

DOTS = step(2, "dots", keep={"": 1})
FIST = step(1, "fist")


def kinds(here: Room) -> list[type]:
    return [type(effect) for effect in (here.last.effects if here.last else ())]


# --- live


def test_it_begins_with_its_first_step_and_the_clock_is_planned() -> None:
    here = room(step(1, "talk"))
    here.opens()
    assert here.workshop.state == "open"
    assert here.place == (1, "open")
    assert here.workshop.due == NOW + timedelta(minutes=10)
    assert here.told() == ["opened", "step"]
    assert said.Plan(due=here.workshop.due, move=1) in (here.last.effects if here.last else ())


def test_of_two_who_press_next_together_the_second_changes_nothing() -> None:
    here = begun(step(1, "talk"), step(2, "talk"))
    seen = here.workshop.move
    here.happens(events.NextPressed(**here.by(), seen=seen))
    again = here.happens(events.NextPressed(**here.by(), seen=seen))
    assert again.refusal == "moved"
    assert here.place == (2, "open")


def test_live_time_that_is_up_is_said_and_nothing_closes_by_itself() -> None:
    here = begun(step(1, "talk"))
    assert here.happens(events.TimeOver(by="", at=NOW, seen=1)).refusal == "early"
    here.time_is_up()
    assert here.told() == ["time_up"]
    assert here.place == (1, "open")
    assert here.happens(events.TimeOver(by="", at=here.at, seen=1)).refusal == "moved", "it is said once"


def test_writing_stays_private_until_everybody_has_then_closes_and_forgets_who() -> None:
    here = begun(step(1, "write"))
    for n, user in enumerate(TEAM[:-1]):
        here.writes(user, f"c{n}")
    assert here.place == (1, "open")
    here.writes(TEAM[-1], "c9", signed=True)
    assert here.place == (1, "shown")
    assert {card.author for card in here.cards.values()} == {"", TEAM[-1]}
    assert here.workshop.due is None, "nothing runs out while it is read"
    here.next()
    assert here.place == (2, "open")


def test_what_does_not_fit_into_a_ballot_is_said() -> None:
    here = begun(FIST)
    here.ballot("a", left_out=3)
    assert here.told()[-2:] == ["voting", "many"]
    assert here.workshop.trail[-1].to == "3"


def test_several_cards_put_in_together_are_one_answer() -> None:
    here = begun(step(1, "write"))
    first = here.writes("UANA", "a")
    more = events.Contributed(
        **here.by("UBEN"), card=here.cards["a"], more=(here.cards["a"],), seen=here.workshop.move
    )
    assert len(here.happens(more).effects) == 2
    assert first.refusal == ""


def test_pairs_put_in_one_goal_after_the_other_and_each_says_when_it_is_all() -> None:
    here = begun(step(1, "write", pairs=True))
    assert sorted(user for pair in here.workshop.pairs for user in pair) == sorted(TEAM)
    for n, pair in enumerate(here.workshop.pairs):
        here.writes(pair[0], f"c{n}")
        here.writes(pair[0], f"d{n}")
    assert here.place == (1, "open"), "one goal of each pair is not each goal"
    for user in TEAM:
        assert not here.workshop.has_answered(user)
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (1, "shown")


def test_several_cards_are_put_in_one_by_one_until_each_has_said_that_it_is_all() -> None:
    """W11.2: one function after the other."""
    here = begun(step(1, "cards"), step(2, "talk"), mode="async")
    for user in TEAM:
        here.writes(user, f"{user}-1", "note")
        here.writes(user, f"{user}-2", "note")
    assert here.place == (1, "open")
    assert len(here.cards) == 10
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (2, "open")


@pytest.mark.parametrize("mode", ["live", "async"])
def test_lines_are_put_in_until_each_has_said_that_it_is_all(mode: Mode) -> None:
    here = begun(step(1, "rows"), step(2, "talk"), mode=mode)
    here.writes("UANA", "r1", "row")
    here.writes("UANA", "r2", "row")
    assert not here.workshop.has_answered("UANA")
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (2, "open")


def test_a_live_talk_goes_on_only_when_somebody_says_so() -> None:
    here = begun(step(1, "talk"))
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (1, "open")
    here.next()
    assert here.place == (2, "open")


def test_the_first_to_vote_is_not_everybody() -> None:
    here = begun(FIST, who=people("invited"))
    here.ballot("text")
    here.votes_("UANA", {"text": 4})
    assert here.workshop.voting
    here.next()
    assert here.results[0].indicative
    assert here.results[0].n == 1


def test_who_has_said_they_come_is_waited_for() -> None:
    here = begun(FIST, who=(*people()[:4], *people("coming")[4:]))
    here.ballot("text")
    for user in TEAM[:4]:
        here.votes_(user, {"text": 4})
    assert here.workshop.voting
    here.happens(events.Replied(**here.by(TEAM[4]), coming=False))
    assert here.place == (1, "shown")


# --- hidden ballot, one reveal


def test_a_ballot_opens_once_it_has_items_and_nothing_is_revealed_before_all_have_voted() -> None:
    here = begun(FIST)
    assert kinds(here)[-1] is said.WantBallot
    here.ballot("text")
    assert here.told() == ["voting"]
    for user in TEAM[:-1]:
        here.votes_(user, {"text": 4})
        assert not here.results
    here.votes_(TEAM[-1], {"text": 5})
    assert here.told() == ["revealed"]
    assert here.results[0].verdict == "settled"
    assert here.votes == {}, "no vote is kept"
    assert all(one.answered == 0 for one in here.workshop.people), "nor who has voted"


def test_until_the_reveal_one_may_change_and_counts_once() -> None:
    here = begun(FIST)
    here.ballot("text")
    here.votes_("UANA", {"text": 0})
    here.votes_("UANA", {"text": 4})
    here.all_vote({"text": 4})
    assert here.results[0].n == 5
    assert here.results[0].lines[0].counts["0"] == 0


def test_a_vote_after_the_close_is_refused_and_changes_nothing() -> None:
    here = begun(FIST)
    here.ballot("text")
    number = here.workshop.ballot.number if here.workshop.ballot else 0
    here.next()
    assert here.results[0].verdict == "empty"
    late = events.Voted(**here.by("UANA"), vote=here_vote(), ballot=number)
    assert here.happens(late).refusal == "closed"


def here_vote() -> Vote:

    return Vote(choices={"text": 4})


def test_a_vote_with_a_mistake_says_where_and_is_not_taken() -> None:
    here = begun(FIST)
    here.ballot("text")
    turn = here.votes_("UANA", {"text": 9})
    assert turn.problems == {"text": "point"}
    assert not turn.effects


def test_nothing_is_added_once_voting_is_open() -> None:
    here = begun(step(1, "dots"))
    assert here.writes("UANA", "late-but-fine").refusal == ""
    here.ballot("a", "b")
    assert here.writes("UBEN", "too-late").refusal == "kind"
    merge = events.Merged(**here.by(), cards=("a", "b"), into="a")
    assert here.happens(merge).refusal == "closed"
    assert here.happens(events.Withdrew(**here.by(), card="a")).refusal == "closed"


def test_an_empty_phase_is_said_and_goes_on() -> None:
    here = begun(FIST)
    here.ballot(items=())
    assert here.told() == ["empty"]
    assert here.place == (1, "shown")
    here.next()
    assert here.place == (2, "open")


def test_a_step_without_a_vote_has_no_ballot() -> None:
    here = begun(step(1, "talk"))
    assert here.ballot("text").refusal == "moved"


def test_dots_wait_for_whoever_facilitates_so_that_alike_ideas_are_merged_first() -> None:
    here = begun(step(1, "dots"))
    assert said.WantBallot not in kinds(here)
    here.next()
    assert kinds(here) == [said.WantBallot]
    here.ballot("a", "b", "c")
    assert here.workshop.ballot is not None
    assert here.workshop.ballot.dots == 2


# --- what fails once, and twice


def objected() -> Room:
    here = begun(FIST)
    here.ballot("text")
    here.all_vote({"text": 1}, {"text": 4})
    return here


def test_what_is_not_carried_is_amended_and_voted_on_again() -> None:
    here = objected()
    assert here.place == (1, "between")
    assert here.writes("UANA", "to3", "to_three").refusal == ""
    here.happens(events.Amended(**here.by(), item="text", words=Words.same("the text, with a date")))
    assert here.told() == ["amended"]
    here.next()
    assert here.cards["to3"].author == "", "who said what would bring them to 3 is forgotten"
    ballot = here.workshop.ballot
    assert ballot is not None
    assert (ballot.attempt, ballot.items[0].words.en) == (2, "the text, with a date")
    here.all_vote({"text": 4})
    assert [result.verdict for result in here.results] == ["again", "settled"]
    assert here.place == (1, "shown")


def test_what_fails_twice_goes_to_the_arbiter() -> None:
    here = objected()
    here.next()
    here.all_vote({"text": 1}, {"text": 4})
    assert here.results[1].verdict == "failed", "the outcomes bring it to the arbiter"
    assert not here.results[1].indicative
    assert here.place == (1, "shown")


def test_only_a_text_that_is_being_amended_can_be() -> None:
    here = objected()
    change = events.Amended(**here.by(), item="other", words=Words.same("x"))
    assert here.happens(change).refusal == "nothing"
    here.next()
    assert here.happens(change).refusal == "closed"


def test_a_tie_is_run_off_and_a_tie_that_stays_goes_to_the_arbiter() -> None:
    here = begun(step(1, "dots", keep={"": 1}))
    here.ballot("a", "b", "c")
    here.all_vote({"a": 1}, {"b": 1}, {})
    assert here.place == (1, "between")
    here.next()
    here.all_vote({"a": 1}, {"b": 1}, {})
    assert here.results[-1].verdict == "failed"


def test_without_quorum_a_vote_is_indicative_and_neither_amended_nor_settled_elsewhere() -> None:
    here = begun(FIST, decides=True)  # nobody is the arbiter
    here.ballot("text")
    here.all_vote({"text": 0})
    assert here.results[0].indicative
    assert here.place == (1, "shown")


def test_a_quorum_lost_half_way_makes_the_next_vote_indicative() -> None:
    here = begun(FIST, step(2, "fist"))
    here.ballot("text")
    here.all_vote({"text": 4})
    here.next()
    here.ballot("text")
    for user in TEAM[:3]:
        here.happens(events.Left(**here.by(""), user=user))
    here.votes_(TEAM[3], {"text": 4})
    here.votes_(TEAM[4], {"text": 4})
    here.next()
    assert [result.indicative for result in here.results] == [False, True]


# --- in the channel


def test_in_the_channel_a_step_has_working_hours_and_closes_early_once_all_have_answered() -> None:
    here = begun(step(1, "talk", hours=8), step(2, "write"), mode="async", who=people("invited"))
    assert here.workshop.due == datetime(2026, 11, 25, 9, 0, tzinfo=NOW.tzinfo)
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (2, "open")
    for n, user in enumerate(TEAM):
        here.writes(user, f"c{n}")
    assert here.place == (3, "open"), "what was written is shown, and the next step begins"


def test_in_the_channel_who_cannot_come_is_not_waited_for() -> None:
    here = begun(step(1, "talk"), mode="async", who=people("invited"))
    for user in TEAM[:-1]:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    here.happens(events.Replied(**here.by(TEAM[-1]), coming=False))
    assert here.place == (2, "open")


def test_in_the_channel_the_clock_closes_a_step() -> None:
    here = begun(step(1, "talk"), FIST2, mode="async")
    here.time_is_up()
    assert here.place == (2, "preparing")
    here.ballot("text")
    here.votes_("UANA", {"text": 1})
    here.time_is_up()
    assert here.results[0].n == 1
    assert here.results[0].verdict == "again"


FIST2 = step(2, "fist")


def test_in_the_channel_dots_have_half_the_time_for_merging_and_half_for_voting() -> None:
    here = begun(step(1, "dots", hours=8), mode="async")
    assert here.workshop.due == NOW + timedelta(hours=4)
    here.time_is_up()
    assert kinds(here) == [said.WantBallot]
    here.ballot("a", "b")
    assert here.workshop.due == NOW + timedelta(hours=24), "four hours, the next morning"


def test_in_the_channel_a_tie_is_run_off_at_once_and_a_text_has_time_to_be_amended() -> None:
    here = begun(step(1, "dots", keep={"": 1}), FIST2, mode="async")
    here.time_is_up()
    here.ballot("a", "b", "c")
    here.all_vote({"a": 1}, {"b": 1}, {})
    assert here.workshop.voting
    here.all_vote({"a": 1}, {"a": 1}, {"b": 1})
    here.ballot("text")
    here.all_vote({"text": 0}, {"text": 4})
    assert here.place == (2, "between")
    assert here.workshop.due is not None
    here.time_is_up()
    assert here.workshop.voting
    assert here.workshop.ballot is not None
    assert here.workshop.ballot.attempt == 2


def test_a_step_of_no_hours_is_a_meeting_and_waits_for_whoever_facilitates() -> None:
    here = begun(step(1, "show", hours=0), step(2, "dots", hours=0), mode="async")
    assert here.workshop.due is None
    here.next()
    assert here.workshop.due is None
    here.next()
    here.ballot("a", "b")
    assert here.workshop.due is None


def test_a_decision_is_not_closed_by_the_others() -> None:
    boss = Participant(user="UBOSS", vote=True, counted=True, arbiter=True, sponsor=True, seat="here")
    here = begun(step(1, "decide"), mode="async", who=(*people(), boss))
    assert here.writes("UANA", "remark", "note").refusal == ""
    assert here.writes("UANA", "mine", "decision").refusal == "settles"
    assert here.writes("UBOSS", "his", "decision").refusal == ""
    for one in here.workshop.people:
        here.happens(events.Done(**here.by(one.user), seen=here.workshop.move))
    assert here.place == (1, "open")


def test_a_sealed_step_is_written_in_its_box_and_closed_by_hand_or_clock() -> None:
    here = begun(step(1, "write", sealed=True), mode="async")
    assert said.OpenBox(what="write", step=1) in (here.last.effects if here.last else ())
    assert here.writes("UANA", "c1").refusal == "sealed"
    assert here.writes("UANA", "c2", "parked").refusal == ""
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (1, "open"), "nobody can know who has written"
    here.time_is_up()
    assert said.CloseBox in kinds(here)


def test_where_people_talk_openly_nobody_types_and_the_facilitator_notes_what_was_said_aloud() -> None:
    here = begun(step(1, "talk"), step(2, "write", sealed=True), step(3, "dots", keep={"": 1}))
    assert here.writes("UANA", "n1", "note").refusal == "kind"
    here.next()
    here.next()
    assert here.place == (2, "shown"), "what came of the box is read before the vote"
    here.next()
    assert here.writes("UANA", "c1").refusal == "facilitator"
    assert here.writes(SOPHIE, "c2").refusal == ""
    here.next()
    here.ballot("c2", "c3")
    for user in TEAM:
        here.votes_(user, {"c2": 1, "c3": 1})
    assert here.place == (3, "between"), "a tie"
    assert here.writes("UANA", "x", "to_three").refusal == "kind"


def test_what_has_its_own_form_is_not_decided_on_a_card() -> None:
    boss = Participant(user="UBOSS", arbiter=True, seat="here")
    here = begun(step(1, "decide", questions=("RTE08",)), who=(*people(), boss))
    assert here.writes("UBOSS", "mine", "decision").refusal == "kind"
    assert here.writes("UBOSS", "aside", "note").refusal == ""


def test_what_a_grid_is_about_may_be_put_in_first() -> None:
    here = begun(step(1, "grid", gather=True))
    assert here.place == (1, "preparing")
    assert here.writes("UANA", "one trial").refusal == ""
    here.next()
    here.ballot("one trial")
    assert here.workshop.voting


def test_whoever_is_in_some_steps_only_cannot_facilitate() -> None:
    boss = Participant(user="UBOSS", sponsor=True, steps=(1,), seat="here")
    here = begun(step(1, "talk"), step(2, "talk"), who=(*people(), boss))
    assert here.happens(events.HandedOver(**here.by(), to="UBOSS")).refusal == "some_steps"
    assert here.happens(events.HandedOver(**here.by(), to="UANA")).refusal == ""


def test_the_closing_asks_whether_it_was_worth_it_and_then_it_is_over() -> None:
    here = begun(step(1, "talk"))
    here.next()
    assert said.OpenBox(what="worth", step=2) in (here.last.effects if here.last else ())
    assert here.writes("UANA", "nice", "pleased").refusal == ""
    here.next()
    assert here.workshop.state == "ended"
    assert here.workshop.ended_at == NOW
    assert here.told() == ["ended"]


def test_a_replay_plays_only_its_steps() -> None:

    here = room(step(1, "talk"), step(2, "fist"))
    here.workshop = replace(here.workshop, plays=(2, 3))
    here.opens()
    assert here.place == (2, "preparing")
    back = events.Reopened(**here.by(), step=1, seen=here.workshop.move)
    assert here.happens(back).refusal == "nothing"


# --- a round


def test_in_a_live_round_one_speaks_after_the_other_until_all_have_passed() -> None:
    here = begun(step(1, "round"))
    assert here.workshop.speaker == "UANA"
    assert here.writes("UBEN", "not-yet").refusal == "turn"
    here.writes("UANA", "cause")
    assert here.workshop.speaker == "UBEN"
    here.happens(events.Joined(**here.by("UANA"), person=people()[0]))
    assert here.workshop.speaker == "UBEN", "who comes does not take the floor"
    here.writes(SOPHIE, "said-aloud")  # whoever facilitates types what was said
    assert here.workshop.speaker == "UCLEA"
    here.happens(events.Done(**here.by("UCLEA"), seen=here.workshop.move))
    assert here.workshop.speaker == "UDAN"
    here.happens(events.Left(**here.by(""), user="UDAN"))
    assert here.workshop.speaker == "UEVA"
    for user in ("UEVA", "UANA", "UBEN"):
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert here.place == (2, "open")


def test_in_the_channel_a_round_has_no_turns() -> None:
    here = begun(step(1, "round"), mode="async")
    assert here.workshop.speaker == ""
    assert here.writes("UEVA", "cause").refusal == ""
    assert here.place == (1, "open"), "somebody may have another one"


def test_a_round_begins_with_the_first_who_comes() -> None:
    here = begun(step(1, "round"), who=())
    assert here.workshop.speaker == ""
    here.happens(events.Joined(**here.by("UANA"), person=people()[0]))
    assert here.workshop.speaker == "UANA"
    here.happens(events.Left(**here.by(""), user="UANA"))
    assert here.workshop.speaker == ""


@pytest.mark.parametrize("by", ["UANA", "USTRANGER"])
def test_only_whoever_facilitates_goes_on(by: str) -> None:
    here = begun(step(1, "talk"))
    assert here.next(by).refusal == "facilitator"


def test_an_item_can_be_voted_on_in_groups() -> None:
    here = begun(step(1, "dots", keep={"s": 1, "o": 1}))
    here.ballot(items=(*items("a", "b", group="s"), *items("c", "d", group="o")))
    here.all_vote({"a": 1, "c": 1})
    assert {line.item.id for line in here.results[0].lines if line.outcome == "kept"} == {"a", "c"}


@pytest.mark.parametrize("leaves", ["reveal", "empty", "skip", "back"])
def test_however_a_step_is_left_nobody_is_remembered_as_the_author_of_what_was_put_in(leaves: str) -> None:
    here = begun(step(1, "talk"), step(2, "dots", keep={"": 1}), step(3, "talk"))
    here.next()
    here.writes("UANA", "c1")
    assert here.cards["c1"].author == "UANA"
    match leaves:
        case "reveal":
            here.ballot("c1")
            here.all_vote({"c1": 1})
        case "empty":
            here.ballot()
        case "skip":
            here.happens(events.Skipped(**here.by(), seen=here.workshop.move))
        case _:
            here.happens(events.Reopened(**here.by(), seen=here.workshop.move, step=1))
    assert here.cards["c1"].author == ""
