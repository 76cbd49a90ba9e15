"""What goes wrong in a workshop: people leave and come back, the desk is empty, quorum goes, nobody votes."""

from datetime import timedelta

from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.correcting import may_correct, until
from flows.workshop.hours import CLOSES
from flows.workshop.idle import has_facilitated, takes_over_from, vacant
from flows.workshop.model import Participant
from flows.workshop.replay import to_replay
from tests.flows.workshop.making import NOW, PARIS, SOPHIE, TEAM, Room, begun, people, room, step


def leaves(here: Room, user: str) -> None:
    here.happens(events.Left(by="", at=here.at, user=user))


# --- people leave, and come back


def test_a_vote_of_somebody_who_leaves_is_counted_and_nobody_waits_for_the_rest() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    for user in TEAM[:4]:
        here.votes_(user, {"text": 5})
    leaves(here, "UANA")
    assert here.workshop.voting, "one has not voted"
    leaves(here, "UEVA")
    assert here.results[0].n == 4
    assert here.votes == {}


def test_who_comes_back_is_invited_again_and_is_waited_for_in_the_channel() -> None:
    here = begun(step(1, "fist"), mode="async", who=people("invited"))
    here.ballot("text")
    leaves(here, "UANA")
    assert here.votes_("UANA", {"text": 5}).refusal == "not_here"
    back = events.Returned(by="", at=here.at, user="UANA")
    assert here.happens(back).refusal == ""
    assert "UANA" in {one.user for one in here.workshop.voters}
    assert here.happens(back).refusal == "nothing"
    assert here.happens(events.Returned(by="", at=here.at, user="USTRANGER")).refusal == "nothing"
    assert here.votes_("UANA", {"text": 5}).refusal == ""


# --- the desk


def test_when_whoever_facilitates_leaves_everybody_is_told_once_and_the_desk_is_free() -> None:
    here = begun(step(1, "talk"))
    assert takes_over_from(here.workshop, PARIS) == NOW + timedelta(minutes=10)
    leaves(here, SOPHIE)
    assert here.told() == ["vacant"]
    assert vacant(here.workshop)
    assert takes_over_from(here.workshop, PARIS) is None
    assert here.happens(events.Left(by="", at=here.at, user=SOPHIE)).refusal == "nothing"
    here.next()
    assert not vacant(here.workshop), "she steers from where she is"
    here.happens(events.HandedOver(**here.by("UANA"), to="UANA"))
    leaves(here, "UANA")
    assert here.told() == ["vacant"]
    assert here.workshop.person("UANA") == Participant(
        user="UANA", function="marketing", counted=True, seat="left"
    )


def test_a_desk_that_stands_idle_may_be_taken_after_ten_minutes_or_a_working_day() -> None:
    here = begun(step(1, "talk"))
    here.at = NOW + timedelta(minutes=5)
    here.happens(events.Extended(**here.by(), amount=5))
    assert takes_over_from(here.workshop, PARIS) == NOW + timedelta(minutes=15)
    here.happens(events.ModeChanged(**here.by(), mode="async"))
    assert takes_over_from(here.workshop, PARIS) == NOW + timedelta(days=1, minutes=5)
    here.happens(events.HandedOver(by="UANA", at=NOW + timedelta(days=3), to="UANA"))
    assert takes_over_from(here.workshop, PARIS) == NOW + timedelta(days=6), "over a weekend"


def test_before_it_begins_and_without_a_trace_nobody_waits() -> None:
    assert takes_over_from(room(step(1, "talk")).workshop, PARIS) is None


def test_whoever_has_steered_it_takes_it_back_at_any_time() -> None:
    here = begun(step(1, "talk"))
    here.happens(events.HandedOver(**here.by(), to="UANA"))
    assert has_facilitated(here.workshop, SOPHIE)
    assert not has_facilitated(here.workshop, "UBEN")
    here.happens(events.NextPressed(**here.by("UANA"), seen=here.workshop.move))
    assert has_facilitated(here.workshop, "UANA")


# --- no quorum, too late


def test_quorum_that_goes_half_way_makes_the_second_vote_indicative_and_it_is_held_again() -> None:
    here = begun(step(1, "fist"), decides=True, who=people(arbiter=True))
    here.ballot("text")
    here.all_vote({"text": 1}, {"text": 5})
    assert here.place == (1, "between")
    for user in TEAM[1:4]:
        leaves(here, user)
    here.next()
    here.votes_("UANA", {"text": 1})
    here.votes_("UEVA", {"text": 5})
    here.next()
    assert [one.indicative for one in here.results] == [False, True]
    assert to_replay(here.script, here.results) == (1, 2)


def test_a_vote_after_the_reveal_is_refused_and_changes_nothing() -> None:
    here = begun(step(1, "fist"))
    here.ballot("text")
    number = here.workshop.asked
    here.votes_("UANA", {"text": 5})
    here.next()
    vote = events.Voted(**here.by("UBEN"), vote=Vote(choices={"text": 0}), ballot=number)
    assert here.happens(vote).refusal == "closed"
    assert here.results[0].n == 1


# --- working hours, backward


def test_working_time_before_a_moment() -> None:
    four = timedelta(hours=4)
    evening = NOW.replace(hour=CLOSES.hour - 1)  # five in Paris
    assert PARIS.before(evening, four) == NOW.replace(hour=12)
    assert PARIS.before(NOW, four) == NOW.replace(day=23, hour=13)
    assert PARIS.before(NOW - timedelta(days=1), four) == NOW.replace(day=20, hour=13), "over a weekend"
    assert PARIS.before(NOW, timedelta()) == NOW


# --- corrections


def test_what_came_of_it_is_corrected_until_half_an_hour_after_the_end() -> None:
    here = begun(step(1, "talk"), who=(*people(), Participant(user="UVENDOR", vote=False, guest=True)))
    assert until(here.workshop, PARIS) is None
    assert may_correct(here.workshop, "UANA", NOW, PARIS)
    assert may_correct(here.workshop, SOPHIE, NOW, PARIS)
    assert not may_correct(here.workshop, "UVENDOR", NOW, PARIS)
    assert not may_correct(here.workshop, "USTRANGER", NOW, PARIS)
    here.happens(events.Ended(**here.by()))
    closes = NOW + timedelta(minutes=30)
    assert until(here.workshop, PARIS) == closes
    assert may_correct(here.workshop, "UANA", closes - timedelta(minutes=1), PARIS)
    assert not may_correct(here.workshop, "UANA", closes, PARIS)


def test_in_the_channel_it_is_corrected_until_the_evening_of_the_next_working_day() -> None:
    here = begun(step(1, "talk"), mode="async")
    here.at = NOW + timedelta(days=3)  # a Friday
    here.happens(events.Ended(**here.by()))
    assert until(here.workshop, PARIS) == (NOW + timedelta(days=6)).replace(hour=17), "six in Paris"


def test_before_it_begins_there_is_nothing_to_correct() -> None:
    assert not may_correct(room(step(1, "talk")).workshop, "UANA", NOW, PARIS)
