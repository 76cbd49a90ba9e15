"""The card of one step in the channel: where we are, what to do now, how long; later what came of it.

Posted once for each time a step is begun, then changed in place. Counts only: who has not joined or
answered is never named. Renders from the data of now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.outbound.render import Message
from bot.parts import Parts
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import N_, Wording
from bot.workshops import results
from bot.workshops.ballots import FIST
from bot.workshops.head import always
from bot.workshops.outcomes import showing
from bot.workshops.scene import Scene, scene
from flows import cadence
from flows.workshop.ballot import Result
from flows.workshop.model import Card, Deed
from flows.workshop.quorum import quorum
from flows.workshop.script import Method, Step
from storage.database import Connection
from storage.outbox import Row

Json = dict[str, Any]
LISTED = 15  # contributions on a card; all of them behind [Read]
READ, PLEASED = N_("I have read it"), N_("What pleases us")
#: What the button that opens the form of a step says.
GIVE: Mapping[Method, str] = {
    "talk": N_("Write privately"), "show": N_("Write privately"), "cards": N_("Write privately"),
    "write": N_("Write"), "round": N_("Add mine"), "rows": N_("Propose a line"), "read": READ,
    "decide": N_("Decide"), "close": PLEASED,
}  # fmt: skip
VOTE = N_("Vote")
GIVE_DOTS = N_("Give my dots")


def visit(trail: Sequence[Deed], step: int) -> int:
    """How many times a step has been begun: each time has a card of its own."""
    return sum(deed.what == "step" and deed.step == step for deed in trail)


def step_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One step, once begun."""
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    number = int(row.ref.get("step", 0))
    if found is None or not 1 <= number <= len(found.script.steps):
        return None
    table = showing.Table(conn=conn, parts=parts, project=found.project, workshop=found.workshop, w=found.w)
    side = showing.rows(table, number) if found.workshop.running else []
    return message(*view(found, number, visit_=int(row.ref.get("visit", 1)), side=side))


def view(found: Scene, number: int, *, visit_: int, side: Sequence[Json] = ()) -> list[Json]:
    """The blocks of one step's card."""
    workshop, w = found.workshop, found.w
    current = workshop.running and workshop.step == number and visit(workshop.trail, number) == visit_
    step = found.script.step(number)
    rows = [blocks.header(title(w, found, step))]
    if not current:
        return [*rows, blocks.section(w.of(step.words)), *_came_of(found, step, visit_)]
    rows.append(blocks.context(where(found, step)))
    if workshop.state == "paused":
        rows.append(blocks.section(w.md("*Paused.* Nothing runs out; what you have put in is kept.")))
    rows += [blocks.section(w.of(step.words)), *side]
    rows += [*_prompt(found, step), *_came_of(found, step, visit_)]
    rows += read_back(found) if step.method == "close" else []
    buttons = _buttons(found, step) if workshop.state == "open" else []
    return [*rows, *_rows_of(buttons), always(found)]


def title(w: Wording, found: Scene, step: Step) -> str:
    """ "W02 · Step 4 of 7: dots"."""
    name = found.guidance(step.method)
    said = w.of(name.name) if name else step.method
    return w(
        "{id} · Step {n} of {m}: {what}",
        id=found.script.id, n=step.number, m=len(found.script.steps), what=said,
    )  # fmt: skip


def where(found: Scene, step: Step) -> str:
    """How long, how many have answered, who sees what."""
    workshop, w = found.workshop, found.w
    parts = [_time(found)]
    counted = step.ballot is not None or step.method in ("write", "read")
    if workshop.phase == "open" and counted and not step.sealed and workshop.voters:
        parts.append(w("{n} of {all} have answered", n=workshop.answers, all=len(workshop.voters)))
    if workshop.voting:
        parts.append(w("Secret vote: held until the reveal, then only totals"))
        found_ = quorum(found.script, workshop)
        if not found_.reached:
            parts.append(w("without quorum so far: indicative only"))
    return " · ".join(part for part in parts if part)


def _time(found: Scene) -> str:
    """The end as a time of day, and minutes left; coarse, so that the card changes rarely."""
    workshop, w, now = found.workshop, found.w, found.now
    if workshop.state == "paused":
        return ""
    if workshop.due is None:
        late = workshop.phase in ("open", "preparing") and workshop.mode == "live"
        if not late:
            return ""
        return w("Time is up: {name} closes the step or adds time", name=found.name(workshop.facilitator))
    zone = cadence.zone(found.project.zone)
    ends = workshop.due.astimezone(zone)
    if workshop.mode == "async":
        return w(
            "Closes {when}, or once everybody has answered", when=w.moment(workshop.due, found.project.zone)
        )
    minutes = left(workshop.due, now)
    if not minutes:
        return w("Ends at {time}", time=w.hour(ends))
    return w.plural(
        "Ends at {time} ({n} minute left)", "Ends at {time} ({n} minutes left)", minutes, time=w.hour(ends)
    )


def left(due: datetime, now: datetime) -> int:
    """Whole minutes to go, rounded up; 0 when it is over."""
    return max(-(-(due - now) // timedelta(minutes=1)), 0)


def _prompt(found: Scene, step: Step) -> list[Json]:
    """What this phase asks of people beyond the step's own words."""
    workshop, w = found.workshop, found.w
    rows: list[Json] = []
    if workshop.phase == "preparing":
        rows.append(blocks.context(w("Voting opens once alike ideas have been put together.")))
    if found.script.behind_doors:
        return [*rows, *_doors(found, step)]
    if workshop.phase == "between":
        rows.append(
            blocks.context(
                w("Everybody gets the same buttons, so that nobody is exposed. Texts are unsigned.")
            )
        )
    if workshop.ballot is not None and workshop.phase == "between":
        rows += [
            blocks.section(w.md("*As it stands:* {text}", text=one.words))
            for one in workshop.ballot.items[:5]
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


def _came_of(found: Scene, step: Step, visit_: int) -> list[Json]:
    """Revealed ballots, then what was put in, as far as everybody in the channel may read it."""
    w = found.w
    rows: list[Json] = []
    for result in _of_step(found, step):
        rows += results.told(w, published(found, result), found.names)
    if found.unread(step):
        rows.append(blocks.context(w("Fewer than five have written: nothing is shown, to protect everyone.")))
    if found.private(step):
        read = elements.button(
            w("Read what was put in"), "workshop.read", value=f"{found.workshop.id}:{step.number}"
        )
        return [*rows, blocks.actions(read)] if found.put_in(step) or _more(found, step) else rows
    kept = found.on_table(step)
    lines = [_line(found, card) for card in kept[:LISTED]]
    if lines:
        rows.append(blocks.section(Mrkdwn("\n").join(lines)))
    if len(kept) > LISTED:
        rows.append(blocks.context(w("… and {n} more", n=len(kept) - LISTED)))
    return rows


def _more(found: Scene, step: Step) -> bool:
    """There is more of a result than the channel reads."""
    return found.script.behind_doors and bool(_of_step(found, step))


def published(found: Scene, result: Result) -> Result:
    """What everybody in the channel may read of a result: where people talk openly only what was kept."""
    if not found.script.behind_doors:
        return result
    return replace(result, lines=tuple(line for line in result.lines if line.outcome == "kept"))


def _of_step(found: Scene, step: Step) -> list[Result]:
    return [one for one in found.results if one.step == step.number][-2:]


def _line(found: Scene, card: Card) -> Mrkdwn:
    """One contribution; whoever signed it, or filled a line with others, is named."""
    by = f" ({found.name(card.author)})" if card.signed and card.author else ""
    cells = [str(value) for value in card.fields.values() if value and str(value) != card.text]
    return md(f"• {' · '.join([card.text, *(found.name(cell) for cell in cells)])}{by}")


def doing(found: Scene, step: Step) -> list[Json]:
    """The same buttons in a private message."""
    return _rows_of(_buttons(found, step))


def _buttons(found: Scene, step: Step) -> list[Json]:  # noqa: PLR0911 - one answer a phase
    """What somebody can do now, by phase and method."""
    workshop, w = found.workshop, found.w
    value = f"{workshop.id}:{workshop.move}"
    if workshop.voting and workshop.ballot is not None:
        if workshop.ballot.kind == "fist" and len(workshop.ballot.items) == 1:
            points = [
                elements.button(
                    f"{n} {w(said)}",
                    f"workshop.fist:{n}",
                    value=f"{workshop.id}:{workshop.ballot.number}:{n}",
                )
                for n, said in FIST.items()
            ]
            more = elements.button(
                w("With a reason"), "workshop.vote", value=f"{workshop.id}:{workshop.ballot.number}"
            )
            return [*points, more]
        label = w(GIVE_DOTS) if workshop.ballot.kind == "dots" else w(VOTE)
        go = elements.button(
            label, "workshop.vote", value=f"{workshop.id}:{workshop.ballot.number}", style="primary"
        )
        return [go]
    if found.script.behind_doors and workshop.phase in ("between", "preparing"):
        return []
    if workshop.phase == "between":
        return [elements.button(w("What would bring me to 3"), "workshop.give", value=f"{value}:to_three")]
    if workshop.phase == "preparing":
        return [elements.button(w("Add one"), "workshop.give", value=f"{value}:idea")]
    if step.sealed and workshop.phase == "open":
        box = found.boxes.get(f"{found.script.id}.{step.number}")
        return [elements.button(w("Answer (anonymous)"), "anonymous.open", value=box)] if box else []
    if workshop.phase == "shown":
        return []
    return _giving(found, step, value)


def _giving(found: Scene, step: Step, value: str) -> list[Json]:
    w = found.w
    if step.method == "close":
        return _closing(found, value)
    if step.method == "read":
        return [elements.button(w(READ), "workshop.done", value=value, style="primary")]
    if found.script.behind_doors:
        return []
    kinds = {"write": "idea", "round": "idea", "rows": "row", "decide": "decision"}
    style: Any = "primary" if step.method in kinds else None
    go = elements.button(
        w(GIVE[step.method]), "workshop.give", value=f"{value}:{kinds.get(step.method, 'note')}", style=style
    )
    if step.method in ("round", "write"):
        words = w("Pass") if step.method == "round" else w("Nothing to add")
        return [go, elements.button(words, "workshop.done", value=value)]
    return [go]


def _closing(found: Scene, value: str) -> list[Json]:
    """Right or to be corrected; worth the time, anonymously; what pleases us."""
    w, id = found.w, found.workshop.id
    row = [
        elements.button(w("That’s right"), "workshop.done", value=value, style="primary"),
        elements.button(w("Correct"), "workshop.correct", value=id),
    ]
    if box := found.boxes.get("worth"):
        row.append(elements.button(w("Worth your time? (anonymous)"), "anonymous.open", value=box))
    return [*row, elements.button(w(PLEASED), "workshop.give", value=f"{value}:pleased")]


def read_back(found: Scene) -> list[Json]:
    """What has come of it so far, to be corrected on the spot (4.1)."""
    w = found.w
    if not found.records:
        return [blocks.context(w("Nothing has been recorded so far."))]
    lines = [
        Mrkdwn(" · ").join([md(p) for p in parts if p])
        for one in found.records[:LISTED]
        if (
            parts := [
                f"{one.ref} {w.of(one.title)}",
                found.name(one.owner or ""),
                w.day(one.due) if one.due else "",
            ]
        )
    ]
    more = [w.md("… and {n} more", n=len(found.records) - LISTED)] if len(found.records) > LISTED else []
    return [blocks.section(Mrkdwn("\n").join([w.md("*Is this right?*"), *lines, *more]))]


def _rows_of(buttons: list[Json]) -> list[Json]:
    return [blocks.actions(*buttons)] if buttons else []


MESSAGES = {"workshop_step": step_card}
