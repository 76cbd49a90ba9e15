"""The machine of a workshop: `advance(script, workshop, event, calendar=…, votes=…) -> Turn`.

An event that is not allowed changes nothing and says why. Steps, votes and cards are kept by `storage/`;
the order in which things happen is decided here and nowhere else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flows.workshop import giving, steering
from flows.workshop.ballot import Votes
from flows.workshop.course import Stage
from flows.workshop.events import (
    Amended,
    BallotOpened,
    Cancelled,
    Contributed,
    Deputised,
    Done,
    Ended,
    Event,
    Extended,
    HandedOver,
    Joined,
    Left,
    Merged,
    ModeChanged,
    NextPressed,
    Opened,
    Paused,
    Reopened,
    Replied,
    Resumed,
    Returned,
    Reworded,
    Skipped,
    TimeOver,
    Voted,
    Withdrew,
)
from flows.workshop.hours import Calendar
from flows.workshop.model import State, Workshop
from flows.workshop.script import Script
from flows.workshop.turn import Refusal, Turn

Handler = Callable[[Stage, Workshop, Any], Turn]

HANDLERS: Mapping[type, Handler] = {
    Replied: giving.replied,
    Joined: giving.joined,
    Left: giving.left,
    Deputised: giving.deputised,
    Returned: giving.returned,
    Contributed: giving.contributed,
    Withdrew: giving.withdrew,
    Reworded: giving.reworded,
    Merged: giving.merged,
    Done: giving.done,
    Voted: giving.voted,
    Opened: steering.opened,
    BallotOpened: steering.ballot_opened,
    Amended: steering.amended,
    NextPressed: steering.next_pressed,
    Skipped: steering.skipped,
    Reopened: steering.reopened,
    TimeOver: steering.time_over,
    Extended: steering.extended,
    Paused: steering.paused,
    Resumed: steering.resumed,
    ModeChanged: steering.mode_changed,
    HandedOver: steering.handed_over,
    Ended: steering.ended,
    Cancelled: steering.cancelled,
}
#: In which states something may happen at all.
WHEN: Mapping[type, tuple[State, ...]] = {
    Replied: ("planned", "open", "paused"),
    Joined: ("planned", "open", "paused"),
    Left: ("planned", "open", "paused"),
    Deputised: ("planned", "open", "paused"),
    Returned: ("planned", "open", "paused"),
    Opened: ("planned",),
    HandedOver: ("planned", "open", "paused"),
    Resumed: ("paused",),
    Ended: ("open", "paused"),
    Cancelled: ("planned",),
}
#: What only whoever facilitates may do, or the bot itself (by "").
STEERING = (
    Deputised, Opened, BallotOpened, Amended, NextPressed, Skipped, Reopened, Extended, Paused, Resumed,
    ModeChanged, Ended, Cancelled,
)  # fmt: skip


def advance(script: Script, workshop: Workshop, event: Event, *, calendar: Calendar, votes: Votes) -> Turn:
    """What this event does. `votes` is asked for the votes of the open ballot only at its reveal."""
    refusal = _refused(workshop, event)
    if refusal:
        return Turn(workshop=workshop, refusal=refusal)
    stage = Stage(script=script, calendar=calendar, votes=votes, at=event.at, by=event.by)
    return HANDLERS[type(event)](stage, workshop, event)


def _refused(workshop: Workshop, event: Event) -> Refusal:
    if workshop.state not in WHEN.get(type(event), ("open",)):
        return _state(workshop.state)
    if isinstance(event, STEERING) and event.by not in ("", workshop.facilitator):
        return "facilitator"
    return ""


def _state(state: State) -> Refusal:
    """Why it cannot be now."""
    said: Mapping[State, Refusal] = {"planned": "planned", "paused": "paused", "open": "begun"}
    return said.get(state, "over")
