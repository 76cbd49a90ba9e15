"""How a workshop moves: into a step, into a ballot, out of both. Who may move it is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.workshop import counting, speaking, timing
from flows.workshop.ballot import Ballot, Result, Vote, Votes
from flows.workshop.effects import (
    CloseBox,
    DropVotes,
    Effect,
    OpenBox,
    Plan,
    Reveal,
    Tell,
    Unsign,
    WantBallot,
)
from flows.workshop.events import BallotOpened
from flows.workshop.hours import Calendar
from flows.workshop.model import Deed, Phase, What, Workshop
from flows.workshop.pairs import pairs
from flows.workshop.quorum import quorum
from flows.workshop.script import Script, Step

Moved = tuple[Workshop, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that a move needs to know beside the workshop."""

    script: Script
    calendar: Calendar
    votes: Votes
    at: datetime
    by: str


def told(stage: Stage, workshop: Workshop, what: What, *, to: str = "") -> Moved:
    """It happened, for everybody to see."""
    deed = Deed(what=what, at=stage.at, step=workshop.step, by=stage.by, to=to)
    tell = Tell(what=what, step=workshop.step, by=stage.by, to=to)
    return replace(workshop, trail=(*workshop.trail, deed)), (tell,)


def enter(stage: Stage, workshop: Workshop, number: int) -> Moved:
    """Begin a step. What is put in first is voted on once alike items are merged; any other ballot opens at
    once."""
    step = stage.script.step(number)
    phase: Phase = "preparing" if step.ballot else "open"
    there = replace(_blank(workshop), step=number)
    there, plan = _phase(stage, there, phase)
    there = replace(
        there, pairs=pairs(there.present) if step.pairs else (), speaker=speaking.first(step, there)
    )
    there, said = told(stage, there, "step")
    return there, (*plan, *said, *_boxes(step), *_ballot_wanted(step, there))


def _boxes(step: Step) -> tuple[Effect, ...]:
    if step.method == "close":
        return (OpenBox(what="worth", step=step.number),)
    return (OpenBox(what="write", step=step.number),) if step.sealed else ()


def _ballot_wanted(step: Step, workshop: Workshop) -> tuple[Effect, ...]:
    if step.ballot is None or step.gathers:
        return ()
    return (WantBallot(step=step.number, move=workshop.move),)


def _blank(workshop: Workshop) -> Workshop:
    """Nobody has answered, nothing is voted on."""
    people = tuple(replace(one, answered=0) if one.answered else one for one in workshop.people)
    return replace(workshop, people=people, ballot=None, speaker="", pairs=(), left=0)


def _phase(stage: Stage, workshop: Workshop, phase: Phase) -> Moved:
    step = stage.script.step(workshop.step)
    due = timing.due(step, phase, workshop.mode, stage.at, stage.calendar)
    moved = replace(workshop, phase=phase, move=workshop.move + 1, began=stage.at, due=due)
    return moved, (Plan(due=due, move=moved.move),)


def open_ballot(stage: Stage, workshop: Workshop, event: BallotOpened) -> Moved:
    """Voting begins on these items, and on none that come later; that there are more is said. Without items
    the step is empty."""
    step = stage.script.step(workshop.step)
    if step.ballot is None or not event.items:
        return _empty(stage, workshop)
    ballot = Ballot(
        number=workshop.move + 1, step=step.number, kind=step.ballot, items=event.items,
        options=event.options, keep=event.keep or step.keep,
    )  # fmt: skip
    keep_time = not step.gathers or _live(workshop)
    there, effects = _voting(stage, workshop, counting.opened(ballot), keep_time=keep_time)
    if not event.left_out:
        return there, effects
    there, said = told(stage, there, "many", to=str(event.left_out))
    return there, (*effects, *said)


def _empty(stage: Stage, workshop: Workshop) -> Moved:
    workshop, said = told(stage, workshop, "empty")
    there, more = _shown(stage, workshop)
    return there, (Unsign(step=workshop.step), *said, *more)


def second(stage: Stage, workshop: Workshop, ballot: Ballot) -> Moved:
    """The second vote, or the run-off."""
    ballot = replace(ballot, number=workshop.move + 1)
    there, effects = _voting(stage, workshop, ballot, keep_time=False)
    return there, (Unsign(step=workshop.step), *effects)


def _voting(stage: Stage, workshop: Workshop, ballot: Ballot, *, keep_time: bool) -> Moved:
    due = workshop.due
    there, plan = _phase(stage, replace(workshop, ballot=ballot), "open")
    if keep_time:
        there, plan = replace(there, due=due), (Plan(due=due, move=there.move),)
    there, said = told(stage, there, "voting")
    return there, (*plan, *said)


def _live(workshop: Workshop) -> bool:
    return workshop.mode == "live"


def close(stage: Stage, workshop: Workshop, *, last: Mapping[str, Vote] | None = None) -> Moved:
    """Close what is open. `last`: votes that are being cast in this very turn."""
    if workshop.voting and workshop.ballot is not None:
        return _reveal(stage, workshop, workshop.ballot, {**stage.votes(), **(last or {})})
    step = stage.script.step(workshop.step)
    forgotten: tuple[Effect, ...] = (Unsign(step=step.number), *closing_box(step))
    there, more = _shown(stage, workshop) if step.method == "write" or step.sealed else go_on(stage, workshop)
    return there, (*forgotten, *more)


def closing_box(step: Step) -> tuple[Effect, ...]:
    """A sealed step ends with its box."""
    return (CloseBox(what="write", step=step.number),) if step.sealed else ()


def _reveal(stage: Stage, workshop: Workshop, ballot: Ballot, votes: Mapping[str, Vote]) -> Moved:
    indicative = not quorum(stage.script, workshop).reached
    result = counting.count(ballot, votes, voters=len(workshop.voters), indicative=indicative)
    revealed, said = told(stage, workshop, "revealed")
    effects: tuple[Effect, ...] = (Reveal(result=result), *said)
    if result.verdict == "again" and not indicative:
        there, more = _between(stage, revealed, ballot, result)
    else:
        there, more = _shown(stage, revealed)
        more = (Unsign(step=ballot.step), *more)
    return there, (*effects, *more)


def _between(stage: Stage, workshop: Workshop, ballot: Ballot, result: Result) -> Moved:
    """A tie is run off at once in the channel; a text is amended first."""
    there, plan = _phase(stage, _blank(workshop), "between")
    again = counting.second(ballot, result, there.move)
    there = replace(there, ballot=again)
    if ballot.kind != "fist" and there.mode == "async":
        there, plan = second(stage, there, again)
    return there, plan


def _shown(stage: Stage, workshop: Workshop) -> Moved:
    """What came of it can be read. In the channel the next step begins at once."""
    shown, plan = _phase(stage, _blank(workshop), "shown")
    return (shown, plan) if _live(workshop) else go_on(stage, shown)


def go_on(stage: Stage, workshop: Workshop) -> Moved:
    """The next step, or the end."""
    number = following(stage.script, workshop)
    return enter(stage, workshop, number) if number else end(stage, workshop, "ended")


def following(script: Script, workshop: Workshop) -> int:
    """The step after this one, of those it plays; 0: none."""
    numbers = [step.number for step in script.steps if not workshop.plays or step.number in workshop.plays]
    return next((number for number in numbers if number > workshop.step), 0)


def end(stage: Stage, workshop: Workshop, what: What) -> Moved:
    """It is over. Votes of an open ballot are thrown away unread."""
    thrown = dropped(workshop)
    over = replace(
        _blank(workshop), state="ended", phase="", due=None, ended_at=stage.at, move=workshop.move + 1
    )  # fmt: skip
    over, said = told(stage, over, what)
    return over, (*thrown, Unsign(step=workshop.step), Plan(due=None, move=over.move), *said)


def left_behind(stage: Stage, workshop: Workshop) -> tuple[Effect, ...]:
    """A step that is left without closing: its open votes go unread, its box closes, nobody is remembered as
    the author of what was put in."""
    step = stage.script.step(workshop.step)
    return (*dropped(workshop), Unsign(step=step.number), *closing_box(step))


def dropped(workshop: Workshop) -> tuple[Effect, ...]:
    """The votes of an open ballot go unread."""
    return (DropVotes(ballot=workshop.asked),) if workshop.voting else ()
