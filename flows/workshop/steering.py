"""What whoever facilitates does, and the clock: begin, go on, go back, more time, pause, hand over, end."""

from dataclasses import replace

from flows.workshop import course, giving, speaking, timing
from flows.workshop.course import Moved, Stage
from flows.workshop.effects import DropVotes, Effect, Plan, Unsign, WantBallot
from flows.workshop.events import (
    Amended,
    BallotOpened,
    Cancelled,
    Ended,
    Extended,
    HandedOver,
    ModeChanged,
    NextPressed,
    Opened,
    Paused,
    Reopened,
    Resumed,
    Skipped,
    TimeOver,
)
from flows.workshop.model import Workshop
from flows.workshop.turn import Turn


def opened(stage: Stage, workshop: Workshop, event: Opened) -> Turn:
    """It begins with its first step. Quorum is not asked for: without it votes are indicative."""
    begun = replace(workshop, state="open", mode=event.mode or workshop.mode, opened_at=event.at)
    begun, said = course.told(stage, begun, "opened")
    return _moved(course.go_on(stage, begun), said)


def ballot_opened(stage: Stage, workshop: Workshop, event: BallotOpened) -> Turn:
    """What is voted on has been gathered: voting is open."""
    if event.seen != workshop.move or workshop.phase != "preparing":
        return Turn(workshop=workshop, refusal="moved")
    return _moved(course.open_ballot(stage, workshop, event))


def amended(stage: Stage, workshop: Workshop, event: Amended) -> Turn:
    """A text changes between its two votes."""
    if workshop.phase != "between" or workshop.ballot is None:
        return Turn(workshop=workshop, refusal="closed")
    if event.item not in {item.id for item in workshop.ballot.items}:
        return Turn(workshop=workshop, refusal="nothing")
    items = tuple(
        replace(item, words=event.words) if item.id == event.item else item for item in workshop.ballot.items
    )
    return _moved(
        course.told(stage, replace(workshop, ballot=replace(workshop.ballot, items=items)), "amended")
    )


def next_pressed(stage: Stage, workshop: Workshop, event: NextPressed) -> Turn:
    """Closes what is open, or goes on. Of two who press together, the second has seen an older move."""
    if event.seen != workshop.move:
        return Turn(workshop=workshop, refusal="moved")
    return _on(stage, workshop)


def _on(stage: Stage, workshop: Workshop) -> Turn:
    if workshop.phase == "preparing":
        return Turn(workshop=workshop, effects=(WantBallot(step=workshop.step, move=workshop.move),))
    if workshop.phase == "between" and workshop.ballot is not None:
        return _moved(course.second(stage, workshop, workshop.ballot))
    if workshop.phase == "shown":  # what was parked meanwhile has an author still
        return _moved(course.go_on(stage, workshop), (Unsign(step=workshop.step),))
    return _moved(course.close(stage, workshop))


def time_over(stage: Stage, workshop: Workshop, event: TimeOver) -> Turn:
    """In the channel the phase closes; live it is said, and whoever facilitates closes it or adds time."""
    if event.seen != workshop.move or workshop.due is None:
        return Turn(workshop=workshop, refusal="moved")
    if event.at < workshop.due:
        return Turn(workshop=workshop, refusal="early")
    late = replace(workshop, due=None)
    if workshop.mode == "live":
        return _moved(course.told(stage, late, "time_up"))
    return _on(stage, late)


def skipped(stage: Stage, workshop: Workshop, event: Skipped) -> Turn:
    """Goes on without closing; votes that were cast go unread."""
    if event.seen != workshop.move:
        return Turn(workshop=workshop, refusal="moved")
    thrown = course.left_behind(stage, workshop)
    there, said = course.told(stage, workshop, "skipped")
    return _moved(course.go_on(stage, there), (*thrown, *said))


def reopened(stage: Stage, workshop: Workshop, event: Reopened) -> Turn:
    """Back to a step that has begun. What came of it stays; votes that are open now go unread."""
    if event.seen != workshop.move:
        return Turn(workshop=workshop, refusal="moved")
    if not 1 <= event.step <= workshop.step or (workshop.plays and event.step not in workshop.plays):
        return Turn(workshop=workshop, refusal="nothing")
    thrown = course.left_behind(stage, workshop)
    there, said = course.told(stage, replace(workshop, step=event.step), "reopened")
    return _moved(course.enter(stage, there, event.step), (*thrown, *said))


def extended(stage: Stage, workshop: Workshop, event: Extended) -> Turn:
    """More time for what is open."""
    if event.amount <= 0 or workshop.phase == "shown":
        return Turn(workshop=workshop, refusal="nothing")
    due = timing.extended(workshop, stage.at, event.amount, stage.calendar)
    longer = replace(workshop, due=due)
    return _moved(
        course.told(stage, longer, "extended", to=str(event.amount)), (Plan(due=due, move=longer.move),)
    )


def paused(stage: Stage, workshop: Workshop, event: Paused) -> Turn:
    """Nothing runs out until it goes on. Votes that were cast are held."""
    left = timing.left(workshop, stage.at, stage.calendar)
    still = replace(workshop, state="paused", left=left, due=None)
    return _moved(course.told(stage, still, "paused"), (Plan(due=None, move=still.move),))


def resumed(stage: Stage, workshop: Workshop, event: Resumed) -> Turn:
    """Goes on with the time that was left."""
    due = timing.resumed(workshop, stage.at, stage.calendar)
    on = replace(workshop, state="open", left=0, due=due)
    return _moved(course.told(stage, on, "resumed"), (Plan(due=due, move=on.move),))


def mode_changed(stage: Stage, workshop: Workshop, event: ModeChanged) -> Turn:
    """The same step goes on in the other mode, with the time it has there, from now on."""
    if event.mode == workshop.mode:
        return Turn(workshop=workshop, refusal="nothing")
    step = stage.script.step(workshop.step)
    other = replace(workshop, mode=event.mode)
    due = timing.due(step, other.phase, other.mode, stage.at, stage.calendar)
    other = replace(other, due=due, speaker=speaking.next_(step, replace(other, speaker="")).speaker)
    return _moved(course.told(stage, other, "mode", to=event.mode), (Plan(due=due, move=other.move),))


def handed_over(stage: Stage, workshop: Workshop, event: HandedOver) -> Turn:
    """Somebody else facilitates, and has no vote from now on: one they have cast is withdrawn. Nobody who is
    in some steps only: they would read what was put in without them (W04: the sponsor)."""
    to = workshop.person(event.to)
    if event.to in ("", workshop.facilitator):
        return Turn(workshop=workshop, refusal="nothing")
    if to is not None and to.guest:
        return Turn(workshop=workshop, refusal="guest")
    if to is not None and to.steps:
        return Turn(workshop=workshop, refusal="some_steps")
    thrown: tuple[Effect, ...] = ()
    other = replace(workshop, facilitator=event.to)
    if to is not None and workshop.voting and to.answered == workshop.asked:
        thrown = (DropVotes(ballot=workshop.asked, user=event.to),)
        other = other.seated(replace(to, answered=0))
    if other.speaker == event.to:
        other = speaking.next_(stage.script.step(other.step), other)
    there, said = course.told(stage, other, "handed_over", to=event.to)
    return giving.completed(stage, there, (*thrown, *said))  # they were the last one waited for, perhaps


def ended(stage: Stage, workshop: Workshop, event: Ended) -> Turn:
    """Ends without deciding what is open."""
    box = course.closing_box(stage.script.step(workshop.step))
    return _moved(course.end(stage, workshop, "stopped"), box)


def cancelled(stage: Stage, workshop: Workshop, event: Cancelled) -> Turn:
    """It will not take place."""
    return _moved(course.told(stage, replace(workshop, state="cancelled"), "cancelled"))


def _moved(moved: Moved, before: tuple[Effect, ...] = ()) -> Turn:
    workshop, effects = moved
    return Turn(workshop=workshop, effects=(*before, *effects))
