"""The card of a workshop itself in the channel: what for, when, quorum in counts; once over, one line."""

from typing import Any

from bot.outbound.render import Message
from bot.parts import Parts
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording
from bot.workshops.lines import FUNCTION_NAMES
from bot.workshops.scene import Scene, scene
from flows.workshop.model import Workshop
from flows.workshop.quorum import Quorum, quorum
from storage.database import Connection
from storage.outbox import Row

Json = dict[str, Any]


def head_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The workshop itself: what for, when, how many are here; once over, one line."""
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    return None if found is None else message(*head(found))


def head(found: Scene) -> list[Json]:
    """The blocks of the workshop's own card."""
    w, workshop = found.w, found.workshop
    rows = [blocks.header(f"{found.script.id} {w.of(found.script.title)}"), blocks.context(when(found))]
    if workshop.state == "cancelled":
        return [*rows, blocks.section(w("It will not take place."))]
    rows.append(blocks.section(w.of(found.script.goal)))
    if workshop.state == "ended":
        return [*rows, blocks.section(over(found))]
    now = quorum(found.script, workshop)
    if workshop.running:
        rows.append(blocks.section(standing(w, now, workshop)))
    else:
        coming = sum(one.seat in ("coming", "here") for one in workshop.people)
        rows.append(blocks.context(w.plural("{n} person comes so far", "{n} people come so far", coming)))
    return [*rows, blocks.actions(*always(found))]


def when(found: Scene) -> str:
    """Mode, moment, who facilitates."""
    w, workshop = found.w, found.workshop
    mode = w("Live") if workshop.mode == "live" else w("In the channel, step by step")
    parts = [mode]
    if workshop.planned_for is not None:
        parts.append(w.moment(workshop.planned_for, found.project.zone))
    elif workshop.state == "planned":
        parts.append(w("begins soon"))
    return " · ".join(
        [*parts, w("{name} facilitates, without a vote", name=found.name(workshop.facilitator))]
    )


def standing(w: Wording, now: Quorum, workshop: Workshop, *, desk: bool = False) -> Mrkdwn:
    """Quorum in counts and functions. In the channel nobody is there: people have taken part, or not yet; at
    a vote those count who have cast it, and of whom they are only the desk reads: a function may be one."""
    here = N_("{n} of {all} here, {needed} needed")
    if workshop.mode == "async":
        voted = N_("{n} of {all} have voted so far, {needed} needed")
        here = voted if workshop.voting else N_("{n} of {all} have taken part so far, {needed} needed")
    parts = [w.md(here, n=now.here, all=now.team, needed=now.needed)]
    if desk or workshop.mode == "live" or not workshop.voting:
        parts += _of_whom(w, now)
    return w.md("*Quorum:* {said}", said=Mrkdwn(" · ").join(parts))


def _of_whom(w: Wording, now: Quorum) -> list[Mrkdwn]:
    """Each front-office function, and the arbiter: there, or not yet."""
    found = [
        w.md(
            "{function}: {there}", function=function_name(w, name), there=w("yes") if there else w("not yet")
        )
        for name, there in now.functions.items()
    ]
    if now.arbiter is not None:
        found.append(w.md("arbiter: {there}", there=w("yes") if now.arbiter else w("not yet")))
    return found


def function_name(w: Wording, name: str) -> str:
    """A function as people say it."""
    return w.of(FUNCTION_NAMES[name]).lower() if name in FUNCTION_NAMES else name


def over(found: Scene) -> Mrkdwn:
    """One line once it is over."""
    w, people = found.w, found.workshop.people
    there = sum(one.seat == "here" for one in people)
    stopped = any(deed.what == "stopped" for deed in found.workshop.trail)
    if stopped:
        return w.md("Ended without deciding what was open. What was decided before stands.")
    return w.plural_md("Closed: {n} person took part.", "Closed: {n} people took part.", there)


def always(found: Scene) -> list[Json]:
    """What stands under every step, for latecomers too."""
    w, workshop = found.w, found.workshop
    if workshop.state == "planned":
        return [elements.button(w("Agenda and rules"), "workshop.agenda", value=workshop.id)]
    come = w("I’m here") if workshop.mode == "live" else w("Take part")
    return [
        elements.button(come, "workshop.here", value=workshop.id),
        elements.button(w("Park a point"), "workshop.give:park", value=f"{workshop.id}:0:parked"),
        elements.button(w("Agenda and rules"), "workshop.agenda", value=workshop.id),
    ]


MESSAGES = {"workshop": head_card}
