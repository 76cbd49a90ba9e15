"""Which steps a turn has closed or looked at again, and whether an answer is filled in now (Fill). No I/O.

A step is looked at when its vote is revealed and again when it is left, so that what is put together or
corrected meanwhile is on record. What it gives to the form of a dialogue is given once for each closing: what
somebody changes in that form between the reveal and the next step is theirs.
"""

from collections.abc import Iterable

from flows.workshop.effects import Effect, Reveal, Tell
from flows.workshop.model import Workshop
from flows.workshop.outcomes_model import Held

LEFT = ("step", "ended", "stopped", "reopened")
ENDS = ("ended", "stopped")


def looked_at(workshop: Workshop, effects: Iterable[Effect]) -> tuple[int, ...]:
    """The steps about which something is known now: revealed ones, the one that was left, and the one that
    begins. `workshop`: as it stands after the turn."""
    found: list[int] = []
    begun = [deed.step for deed in workshop.trail if deed.what == "step"]
    for one in effects:
        if isinstance(one, Reveal):
            found.append(one.result.step)
        elif isinstance(one, Tell) and one.what in LEFT:
            found += begun[-2:] if one.what == "step" else begun[-1:]
    return tuple(dict.fromkeys(found))


def over(effects: Iterable[Effect]) -> bool:
    """Whether the workshop has ended in this turn."""
    return any(isinstance(one, Tell) and one.what in ENDS for one in effects)


def closes(held: Held, step: int, effects: Iterable[Effect]) -> bool:
    """Whether this turn closes the step for good: its last vote is revealed and no second one is to come, or
    it is left without one. A step that is open is not closed, also where it was before (a replay); nor is one
    by a vote without quorum, or in which nobody voted: what was given before stands."""
    now, last = held.workshop, held.last(step)
    if now.running and now.step == step and now.phase != "shown":
        return False
    if last is not None and (last.indicative or last.verdict == "empty"):
        return False
    if any(isinstance(one, Reveal) and one.result.step == step for one in effects):
        return True
    return last is None or last.verdict == "again"


def closed_before(held: Held, step: int) -> bool:
    """Whether what this step gives has been given by an earlier closing of it: it was re-opened."""
    firsts = [one for one in held.results if one.step == step and one.attempt == 1]
    if firsts:
        return sum(one.counts for one in firsts) > 1
    return sum(deed.what == "step" and deed.step == step for deed in held.workshop.trail) > 1
