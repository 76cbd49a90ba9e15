"""Whose turn it is in a live round (W07): one after the other, until everybody has passed."""

from dataclasses import replace

from flows.workshop.model import Workshop
from flows.workshop.script import Step


def takes_turns(step: Step, workshop: Workshop) -> bool:
    """Whether people speak one after the other; in the channel everybody adds when they can."""
    return step.method == "round" and workshop.mode == "live"


def first(step: Step, workshop: Workshop) -> str:
    """Who begins; "": nobody is there yet."""
    there = workshop.present
    return there[0].user if takes_turns(step, workshop) and there else ""


def next_(step: Step, workshop: Workshop) -> Workshop:
    """The turn goes to the next one who has not passed; to nobody once all have."""
    if not takes_turns(step, workshop):
        return workshop
    users = [one.user for one in workshop.people]
    at = users.index(workshop.speaker) + 1 if workshop.speaker in users else 0
    open_ = [one.user for one in workshop.present if not workshop.answered_by(one)]
    ahead = [user for user in (*users[at:], *users[:at]) if user in open_]
    return replace(workshop, speaker=ahead[0] if ahead else "")
