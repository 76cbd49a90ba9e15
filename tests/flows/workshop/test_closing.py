"""What a step gives to the form of a dialogue is given once for each closing of it."""

import pytest

from flows.project import Cast
from flows.workshop import effects as said
from flows.workshop import events
from flows.workshop.closing import closed_before, closes, looked_at, over
from flows.workshop.outcomes_model import Held
from flows.workshop.script import Step
from tests.flows.workshop.making import NOW, TEAM, Room, begun, step


def held(here: Room) -> Held:
    """The workshop as outcomes read it now."""
    return Held(
        workshop=here.workshop, script=here.script, results=tuple(here.results), cast=Cast(), today=NOW.date()
    )


def effects(here: Room) -> tuple[said.Effect, ...]:
    """Of the last thing that has happened."""
    return here.last.effects if here.last else ()


def closed(here: Room, number: int) -> bool:
    return closes(held(here), number, effects(here))


def back(here: Room, number: int) -> None:
    here.happens(events.Reopened(**here.by(), step=number, seen=here.workshop.move))


def test_a_vote_closes_its_step_when_it_is_revealed_and_not_again_when_it_is_left() -> None:
    here = begun(step(1, "points"), step(2, "talk"))
    here.ballot("a", "b")
    assert not closed(here, 1), "it is open"
    here.all_vote({"a": 60, "b": 40})
    assert looked_at(here.workshop, effects(here)) == (1,)
    assert closed(here, 1)
    here.next()
    assert looked_at(here.workshop, effects(here)) == (1, 2)
    assert not closed(here, 1), "what was changed in the form meanwhile stays"
    assert not closed(here, 2), "it has only begun"


def test_a_vote_that_is_taken_twice_closes_its_step_with_the_second() -> None:
    here = begun(step(1, "fist"), step(2, "talk"))
    here.ballot("text")
    here.all_vote({"text": 1})
    assert here.place == (1, "between")
    assert not closed(here, 1)
    here.next()
    here.all_vote({"text": 4})
    assert closed(here, 1)
    assert not closed_before(held(here), 1), "both votes are one closing"


def test_without_a_second_vote_the_step_closes_when_it_is_left() -> None:
    here = begun(step(1, "fist"), step(2, "talk"))
    here.ballot("text")
    here.all_vote({"text": 1})
    here.happens(events.Skipped(**here.by(), seen=here.workshop.move))
    assert closed(here, 1)


@pytest.mark.parametrize("first", [step(1, "rows"), step(1, "points")])
def test_a_step_that_was_re_opened_closes_again(first: Step) -> None:
    here = begun(first, step(2, "talk"))
    _through(here)
    assert not closed_before(held(here), 1)
    if here.place == (1, "shown"):
        here.next()
    back(here, 1)
    assert 1 in looked_at(here.workshop, effects(here))
    assert not closed(here, 1), "it is open again: nothing is filled in by opening it"
    _through(here)
    assert closed(here, 1)
    assert closed_before(held(here), 1)


def test_a_vote_held_again_without_quorum_or_by_nobody_gives_nothing_anew() -> None:
    here = begun(step(1, "points"), step(2, "talk"))
    _through(here)
    for votes in (1, 0):
        back(here, 1)
        here.ballot("a", "b")
        for user in TEAM[1:]:
            here.happens(events.Left(**here.by(""), user=user))
        for user in TEAM[:votes]:
            here.votes_(user, {"a": 100})
        if here.workshop.voting:
            here.next()
        assert here.place == (1, "shown")
        assert not closed(here, 1)


def _through(here: Room) -> None:
    """Everybody says what they have to say in the first step."""
    if here.script.step(1).ballot is None:
        here.next()
        return
    here.ballot("a", "b")
    here.all_vote({"a": 60, "b": 40})


def test_the_end_looks_at_the_last_step_that_was_open() -> None:
    here = begun(step(1, "rows"), step(2, "talk"))
    for user in TEAM:
        here.happens(events.Done(**here.by(user), seen=here.workshop.move))
    assert not over(effects(here))
    back(here, 1)
    here.happens(events.Ended(**here.by()))
    assert over(effects(here))
    assert looked_at(here.workshop, effects(here)) == (1,)
    assert closed(here, 1)
