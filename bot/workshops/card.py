"""The card of one step in the channel: where we are, what to do now, how long; later what came of it.

Posted once for each time a step is begun, then changed in place. Counts only: who has not joined or
answered is never named. Renders from the data of now.
"""

from collections.abc import Sequence
from typing import Any

from bot.outbound.render import Message
from bot.parts import Parts
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import Wording
from bot.workshops import came_of, pressing, standing
from bot.workshops.head import always
from bot.workshops.outcomes import showing
from bot.workshops.queueing import visit
from bot.workshops.scene import Scene, scene
from flows.workshop import correcting
from flows.workshop.reading import unseen
from flows.workshop.script import Step
from storage.database import Connection
from storage.outbox import Row

Json = dict[str, Any]


def step_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One step, once begun."""
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    number = int(row.ref.get("step", 0))
    if found is None or not 1 <= number <= len(found.script.steps):
        return None
    table = showing.Table(conn=conn, parts=parts, project=found.project, workshop=found.workshop, w=found.w)
    team = unseen(found.script, found.workshop, number)  # ties that were declared, for instance
    side = showing.rows(table, number) if found.workshop.running and not team else []
    return message(*view(found, number, visit_=int(row.ref.get("visit", 1)), side=side))


def view(found: Scene, number: int, *, visit_: int, side: Sequence[Json] = ()) -> list[Json]:
    """The blocks of one step's card."""
    workshop, w = found.workshop, found.w
    current = workshop.running and workshop.step == number and visit(workshop.trail, number) == visit_
    step = found.script.step(number)
    rows = [blocks.header(title(w, found, step))]
    if not current:
        return [
            *rows,
            blocks.section(w.of(step.words)),
            *came_of.shown(found, step),
            *_to_correct(found, step),
            *_to_score(found, step),
        ]
    if said := standing.where(found, step):
        rows.append(blocks.context(said))
    if workshop.state == "paused":
        rows.append(blocks.section(w.md("*Paused.* Nothing runs out; what you have put in is kept.")))
    rows += [blocks.section(w.of(step.words)), *side]
    rows += [*_prompt(found, step), *came_of.shown(found, step)]
    rows += came_of.read_back(found) if step.method == "close" else []
    return [*rows, *pressing.rows(found, step, more=always(found))]


def _to_correct(found: Scene, step: Step) -> list[Json]:
    """Once it has ended: what has come of it, for as long as it is corrected (journeys E5)."""
    w, workshop = found.w, found.workshop
    closes = correcting.until(workshop, found.calendar)
    if (
        step.number != workshop.step
        or closes is None
        or found.now >= closes
        or not (found.records or found.settled)
    ):
        return []
    when = w.moment(closes, found.project.zone)
    go = elements.button(w("Correct"), "workshop.correct", value=workshop.id)
    rows = came_of.read_back(found)
    if not found.records:  # what was settled in a form or brought to the arbiter is changed there
        return rows
    return [*rows, blocks.context(w("Corrections are taken until {when}.", when=when)), blocks.actions(go)]


def _to_score(found: Scene, step: Step) -> list[Json]:
    """Once it has ended: the way to the anonymous score, while its box is open (one working day, 4.1)."""
    ended = step.number == found.workshop.step and not found.workshop.running
    score = pressing.score(found) if ended else []
    return [blocks.actions(*score)] if score else []


def title(w: Wording, found: Scene, step: Step) -> str:
    """ "W02 · Step 4 of 7: dots"."""
    name = found.guidance(step)
    said = w.of(name.name) if name else step.method
    return w(
        "{id} · Step {n} of {m}: {what}",
        id=found.script.id, n=step.number, m=len(found.script.steps), what=said,
    )  # fmt: skip


def _prompt(found: Scene, step: Step) -> list[Json]:
    """What this phase asks of people beyond the step's own words."""
    workshop, w = found.workshop, found.w
    rows: list[Json] = []
    if workshop.phase == "preparing":
        rows.append(blocks.context(w("Voting opens once alike ideas have been put together.")))
    if found.script.behind_doors:
        return [*rows, *_doors(found, step)]
    if found.amending:
        rows.append(
            blocks.context(
                w("Everybody gets the same buttons, so that nobody is exposed. Texts are unsigned.")
            )
        )
    if workshop.ballot is not None and (found.amending or workshop.voting) and workshop.ballot.kind == "fist":
        rows += [
            blocks.section(w.md("*As it stands:* {text}", text=one.words))
            for one in workshop.ballot.items[:5]
            if one.words != step.words
        ]
    if workshop.pairs and workshop.phase == "open":
        said = [w.listed([found.name(user) for user in pair]) for pair in workshop.pairs]
        rows.append(blocks.section(Mrkdwn("\n").join([w.md("*Two by two:*"), *map(md, said)])))
    if workshop.speaker:
        rows.append(blocks.section(w.md("*{name}* speaks now.", name=found.name(workshop.speaker))))
    return rows


def _doors(found: Scene, step: Step) -> list[Json]:
    """Where people talk openly: who writes how, or why nobody does."""
    w = found.w
    if not step.sealed or found.workshop.phase != "open":
        return []
    if f"{found.script.id}.{step.number}" in found.boxes:
        return [blocks.context(w("Anonymous: nobody types here, and nothing says who has answered."))]
    few = w("Fewer than five people are in this step: nothing is written, so that nobody can be guessed.")
    return [blocks.context(few)]


MESSAGES = {"workshop_step": step_card}
