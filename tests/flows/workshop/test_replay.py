"""Votes without quorum are replayed: which steps, and only once they are still without."""

from flows.workshop import events
from flows.workshop.replay import to_replay
from tests.flows.workshop.making import TEAM, begun, step


def test_a_step_without_quorum_is_played_again_until_it_has_one() -> None:
    here = begun(step(1, "fist"), step(2, "fist"))
    assert to_replay(here.script, here.results) == ()
    here.ballot("text")
    here.all_vote({"text": 4})
    here.next()
    for user in TEAM[:3]:
        here.happens(events.Left(**here.by(""), user=user))
    here.ballot("text")
    here.votes_(TEAM[3], {"text": 4})
    here.next()
    assert to_replay(here.script, here.results) == (2, 3), "with the closing"
    here.happens(events.Reopened(**here.by(), step=2, seen=here.workshop.move))
    here.ballot("text")
    here.next()
    assert to_replay(here.script, here.results) == (2, 3), "a vote that nobody took part in settles nothing"
    for one in here.workshop.people:
        here.happens(events.Joined(**here.by(one.user), person=one))
    here.happens(events.Reopened(**here.by(), step=2, seen=here.workshop.move))
    here.ballot("text")
    here.all_vote({"text": 4})
    assert to_replay(here.script, here.results) == ()
