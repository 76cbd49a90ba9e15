"""What came of a step, on its card: revealed votes, what was put in, and at the end what is on record.

Reads no vote, and shows of a step only what everybody in the channel may read.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.workshops import contribution, results
from bot.workshops.scene import Scene
from flows.workshop import reading
from flows.workshop.ballot import Result
from flows.workshop.model import Card
from flows.workshop.script import Step

Json = dict[str, Any]
#: In which order what has come of it is read back: decided, still to be settled by somebody, open.
READ = {"decision": 0, "tradeoff": 1, "issue": 2, "action": 3}
LISTED = 15  # contributions on a card; all of them behind [Read what was put in]


def shown(found: Scene, step: Step) -> list[Json]:
    """Revealed ballots, then what was put in, as far as everybody in the channel may read it."""
    w = found.w
    rows: list[Json] = []
    for result in _of_step(found, step):
        rows += results.told(w, published(found, result), found.names, asked=step.words)
    if _nothing(found, step):
        rows.append(blocks.context(w("Nothing had been put in, so there was nothing to vote on.")))
    if found.unread(step):
        rows.append(blocks.context(w("Fewer than five have written: nothing is shown, to protect everyone.")))
    if found.private(step):
        return (
            [*rows, blocks.actions(_read(found, step))] if found.put_in(step) or _more(found, step) else rows
        )
    if step.private:  # of each person's own (W10.2): read by whoever facilitates, at the desk
        return rows
    kept = found.on_table(step)
    to_three = [card for card in kept if card.kind == "to_three"]
    rows += _listed(found, step, [card for card in kept if card.kind != "to_three"])
    if to_three:
        rows.append(blocks.section(w.md("*What would bring people to 3*")))
    return [*rows, *_listed(found, step, to_three)]


def _read(found: Scene, step: Step) -> Json:
    value = f"{found.workshop.id}:{step.number}"
    return elements.button(found.w("Read what was put in"), "workshop.read", value=value)


def _listed(found: Scene, step: Step, kept: Sequence[Card]) -> list[Json]:
    """Contributions, one a line; of many the first."""
    lines = [line(found, step, card) for card in kept[:LISTED]]
    rows = [blocks.section(Mrkdwn("\n").join(lines))] if lines else []
    left = len(kept) - LISTED
    if left <= 0:
        return rows
    rows.append(blocks.context(found.w("… and {n} more", n=left)))
    return [*rows, blocks.actions(_read(found, step))]


def _more(found: Scene, step: Step) -> bool:
    """There is more of a result than the channel reads, or more of what came of it."""
    close = step.method == "close" and found.visited and bool(found.records)
    return close or any(published(found, one) != one for one in _of_step(found, step))


def published(found: Scene, result: Result) -> Result:
    """What everybody in the channel may read of a result."""
    lines = reading.published(found.script, found.workshop, result)
    return result if lines == result.lines else replace(result, lines=lines, signed={})


def _nothing(found: Scene, step: Step) -> bool:
    """The last time it came to a vote there was nothing to vote on."""
    told = [one.what for one in found.workshop.trail if one.step == step.number]
    ends = [what for what in told if what in ("empty", "revealed")]
    return bool(ends) and ends[-1] == "empty"


def _of_step(found: Scene, step: Step) -> list[Result]:
    return [one for one in found.results if one.step == step.number][-2:]


def line(found: Scene, step: Step, card: Card) -> Mrkdwn:
    """One contribution; whoever signed it is named."""
    place = f"{found.script.id}.{step.number}"
    said = contribution.said(found.w, found.playbook, place, card, found.name)
    by = f" ({found.name(card.author)})" if card.signed and card.author else ""
    return Mrkdwn(" ").join([Mrkdwn("•"), said, *([md(by.strip())] if by else [])])


def read_back(found: Scene) -> list[Json]:
    """What has come of it so far, to be corrected on the spot (4.1)."""
    if found.visited:
        return [blocks.context(found.w("Those who took part read what came of it behind the button."))]
    return recorded(found)


def recorded(found: Scene) -> list[Json]:
    """What is on record of it, one a line."""
    w = found.w
    every = sorted((*found.records, *found.settled), key=lambda one: READ.get(one.kind, len(READ)))
    if not every:
        return [blocks.context(w("Nothing has been recorded so far."))]
    lines = [
        Mrkdwn(" · ").join([md(p) for p in parts if p])
        for one in every[:LISTED]
        if (
            parts := [
                f"{one.ref} {w.of(one.title)}",
                found.name(one.owner or ""),
                w.day(one.due) if one.due else "",
            ]
        )
    ]
    more = [w.md("… and {n} more", n=len(every) - LISTED)] if len(every) > LISTED else []
    return [blocks.section(Mrkdwn("\n").join([w.md("*Is this right?*"), *lines, *more]))]
