"""Why nothing happened, in words: kind ones, because somebody was only a second late, or has no vote."""

from collections.abc import Mapping

from bot.words.text import N_, Wording
from flows.workshop.turn import Refusal

WORDS: Mapping[Refusal, str] = {
    "moved": N_("This step has gone on meanwhile. Nothing of yours is lost; look at the card again."),
    "closed": N_("This vote has closed. What was cast before counts; this one does not."),
    "over": N_("This workshop is over."),
    "early": N_("It is not time yet."),
    "planned": N_("This workshop has not begun yet."),
    "begun": N_("This workshop has begun already."),
    "paused": N_("This workshop is paused. It goes on from where it stands."),
    "running": N_("Another workshop of this project is under way. End that one first."),
    "facilitator": N_("Whoever facilitates does this."),
    "no_vote": N_("You have no vote here: facilitators, vendors and visitors look on."),
    "not_invited": N_("You are not among those invited. Ask whoever facilitates."),
    "not_here": N_("You are not in this step."),
    "guest": N_("Visitors look on here."),
    "turn": N_("It is somebody else’s turn."),
    "sealed": N_("This step is anonymous: the question reaches you privately."),
    "kind": N_("This cannot be put in at this step."),
    "nothing": N_("It is so already."),
    "some_steps": N_("Whoever is in some steps only cannot facilitate: they would read the others."),
    "settles": N_("The arbiter or the sponsor decides this."),
}


def said(w: Wording, refusal: Refusal) -> str:
    """The sentence; never an empty one."""
    return w(WORDS.get(refusal, WORDS["nothing"]))
