# ruff: noqa: PLR0913 - what came of which workshop, in which project, when: every outcome says all of it
"""Carries out what a workshop comes to: records, fields, answers of dialogues, points for the arbiter.

In the transaction of the turn that brought it about, so that what was decided is on record before anybody
leaves. The same step twice changes what has changed, and nothing else. Decides nothing: flows/workshop does.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.parts import Parts
from bot.rounds import announce
from bot.signoff import voting
from bot.workshops.outcomes import laying, minutes, own_words, proposing, reading, records, together
from bot.workshops.outcomes.records import Task
from flows.dialogue.effects import Amend, Record
from flows.project import Project
from flows.workshop import closing
from flows.workshop import effects as said
from flows.workshop.model import Workshop
from flows.workshop.outcomes import at_end, of_step
from flows.workshop.outcomes_model import Bring, Fill, Held, Outcome, Send, Settle, Try, Win
from storage import project as projects
from storage.database import Connection

THE_END = 0  # in place of a step


def after(
    conn: Connection,
    *,
    parts: Parts,
    project: Project,
    workshop: Workshop,
    effects: Iterable[said.Effect],
    now: datetime,
) -> None:
    """What a turn has brought about, before anything is gathered that reads it. `workshop`: as it stands
    after the turn."""
    effects = tuple(effects)
    own_words.keep(conn, parts=parts, project=project, workshop=workshop, effects=effects, now=now)
    steps = closing.looked_at(workshop, effects)
    ended = closing.over(effects)
    if steps or ended:
        projects.lock(conn, workspace=project.workspace, id=project.id)
        for step in (*steps, *((THE_END,) if ended else ())):
            held = reading.held(conn, parts=parts, project=project, workshop=workshop, now=now)
            if held is not None:
                _follow(conn, parts, held, project, step, effects, now)
    laying.lay(conn, workshop=workshop, effects=effects)
    voting.of_workshop(conn, parts=parts, project=project, workshop=workshop, effects=effects, now=now)
    if ended and workshop.opened_at is not None:
        announce.project_card(conn, project=project, now=now)
        minutes.post(conn, project=project, workshop=workshop, now=now)


def _follow(  # noqa: PLR0917 - which step of what, in which project, when
    conn: Connection, parts: Parts, held: Held, project: Project, step: int, effects: tuple[said.Effect, ...],
    now: datetime,
) -> None:  # fmt: skip
    """One step, or the end, is carried out as it stands now."""
    end = step == THE_END
    task = Task(
        conn=conn, parts=parts, project=project, workshop=held.workshop, held=held, now=now, step=step,
        closes=end or closing.closes(held, step, effects),
        again=not end and closing.closed_before(held, step),
    )  # fmt: skip
    carry_out(task, at_end(held) if end else of_step(held, step))


def carry_out(task: Task, outcomes: Iterable[Outcome]) -> None:
    """One after the other."""
    for one in outcomes:
        CARRY[type(one)](task, one)


CARRY: Mapping[type, Callable[[Task, Any], None]] = {
    Record: records.record,
    Amend: records.amend,
    Fill: together.fill,
    Settle: records.settle,
    Bring: proposing.bring,
    Send: proposing.send,
    Try: proposing.try_,
    Win: proposing.propose,
}
