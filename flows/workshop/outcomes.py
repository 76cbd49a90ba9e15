"""What each step of each script becomes, at once (4.2): one function a step, and what the end leaves.

Decides; carries nothing out. A step that is not here leaves nothing but its cards; a support vote that is not
here leaves its decision.
"""

from collections.abc import Mapping

from flows.register.said import in_title
from flows.words import Words
from flows.workshop import (
    outcomes_goals,
    outcomes_needs,
    outcomes_note,
    outcomes_people,
    outcomes_plan,
    outcomes_ways,
)
from flows.workshop.outcomes_made import APPROACH, issue, record, replay, replayed, voted
from flows.workshop.outcomes_model import Held, Make, Outcome, Win

#: By script and step.
OUTCOMES: Mapping[str, Make] = {
    "W01.3": outcomes_goals.counterweights,
    "W01.4": outcomes_goals.roles,
    "W02.4": outcomes_goals.goals,
    "W02.5": outcomes_goals.exclusions,
    "W02.6": outcomes_goals.goals_shared,
    "W03.2": outcomes_ways.gaps,
    "W03.4": outcomes_ways.gaps_kept,
    "W03.5": outcomes_ways.gap_owners,
    "W03.6": outcomes_ways.basis,
    "W04.4": outcomes_people.conditions,
    "W05.2": outcomes_ways.annex_effort,
    "W05.3": outcomes_ways.annexes,
    "W05.4": outcomes_ways.annexes_carried,
    "W06.1": outcomes_needs.needs,
    "W06.2": outcomes_needs.need_sizes,
    "W06.3": outcomes_needs.board,
    "W06.5": outcomes_needs.criteria,
    "W06.6": outcomes_needs.weights,
    "W06.7": outcomes_needs.board_carried,
    "W07.4": outcomes_plan.causes_kept,
    "W07.5": outcomes_plan.risks,
    "W07.6": outcomes_plan.assumptions,
    "W07.7": outcomes_plan.lots,
    "W07.8": outcomes_plan.tasks,
    "W07.9": outcomes_plan.plan_carried,
    "W08.3": outcomes_needs.sliders,
    "W08.4": outcomes_needs.settled,
    "W09.4": outcomes_note.learned,
    "W09.5": outcomes_note.changes,
    "W09.6": outcomes_note.vendor_grid,
    "W10.2": outcomes_note.readings,
    "W10.5": outcomes_note.note_carried,
    "W11.2": outcomes_people.stakes_by_function,
    "W11.4": outcomes_people.trial,
    "W11.5": outcomes_people.rules_carried,
    "W11.6": outcomes_people.charter,
    "W12.3": outcomes_goals.obstacle,
    "W12.4": outcomes_goals.not_changed,
}
TIED = Words(
    "Tied twice at the cut line in {place}: say which stay",
    "Deux égalités de suite à la limite ({place}) : dire ce qui est retenu",
)
#: Where what was put aside comes from, in place of a step.
PARKING = "parking"


def of_step(held: Held, step: int) -> tuple[Outcome, ...]:
    """What a step has come to so far. The same step again gives what it says now, in the place of before."""
    known = OUTCOMES.get(held.place(step))
    if known is not None:
        return (*known(held, step), *_tied(held, step), *_held_again(held, step))
    return voted(held, step, _title(held, step)) if held.script.step(step).ballot == "fist" else ()


def _tied(held: Held, step: int) -> tuple[Outcome, ...]:
    """Tied at the cut line twice: nothing is kept of it by chance. The group says which stay, and until then
    it is an open point; where people talk openly it says no word of theirs."""
    dots = [one for one in held.results if one.step == step and one.kind == "dots"]
    if not any(one.verdict == "failed" and not one.indicative for one in dots):
        return ()
    lines = [line for line in held.lines(step) if line.outcome == "tied"]
    words = "" if held.script.behind_doors else "\n".join(one.item.words.in_(held.language) for one in lines)
    tie = issue(
        held, f"{step}.tie", "tie", TIED.fill(place=held.place(step)), role="facilitator", family=APPROACH,
        detail=words,
    )  # fmt: skip
    return (record(held, f"{step}.tie", (tie,) if lines else ()),)


def _held_again(held: Held, step: int) -> tuple[Outcome, ...]:
    """Any vote without quorum is to be held again (4.1), and once it was, nothing waits for it any more. A
    support vote says so itself."""
    last = held.last(step)
    if last is None or last.kind == "fist" or last.verdict == "empty":
        return ()
    if last.indicative:
        return (record(held, f"{step}.again", [replay(held, step, held.script.step(step).words)]),)
    before = any(one.indicative for one in held.results if one.step == step)
    return (*([record(held, f"{step}.again", ())] if before else ()), *replayed(held, step))


def _title(held: Held, step: int) -> Words:
    found = held.last(step)
    return found.lines[0].item.words if found is not None and found.lines else held.script.title


def at_end(held: Held) -> tuple[Outcome, ...]:
    """What the end leaves: what was parked becomes open points, what pleases people is proposed as a win."""
    drafts = [
        issue(
            held, PARKING, card.id, in_title(card.text), role="facilitator", family=APPROACH, detail=card.text
        )
        for card in held.on_table("parked")
    ]
    wins = tuple(Win(item=card.id, line=card.text) for card in held.on_table("pleased"))
    return (record(held, PARKING, drafts), *wins)
