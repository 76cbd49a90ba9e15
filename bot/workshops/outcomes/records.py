"""The records that come of a workshop, kept: new ones, fields of those that were there, how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.arbitration import deeds as cases
from bot.parts import Parts
from bot.register import queueing
from bot.workshops.outcomes import sending
from flows.arbitration.model import PAIR, Case
from flows.dialogue.effects import Amend, Record
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.workshop.model import Workshop
from flows.workshop.outcomes_made import DECISION
from flows.workshop.outcomes_model import Held, Settle
from storage import amending, arbitration, life, recording
from storage import workshop as workshops
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where outcomes are carried out."""

    conn: Connection
    parts: Parts
    project: Project
    workshop: Workshop
    held: Held
    now: datetime
    step: int = 0  # which one has come to something; 0: none, the end has
    closes: bool = True  # it closes in this turn: its answers are filled in
    again: bool = False  # it had closed before, and was re-opened

    @property
    def here(self) -> dict[str, str]:
        """Which project, for storage."""
        return {"workspace": self.project.workspace, "project_id": self.project.id}


def record(task: Task, effect: Record) -> None:
    """Records of the step itself; nothing to write where there were none and are none."""
    by = task.workshop.facilitator
    about = recording.about(task.conn, **task.here, source=effect.source, now=task.now, by=by)
    recording.record(about, effect)
    changes = about.changes
    for one in changes.created:
        workshops.became(
            task.conn, workspace=task.project.workspace, id=task.workshop.id, card=one.item, ref=one.ref
        )
        _waits_no_longer(task, one)
    told(task, (*changes.created, *changes.changed, *changes.withdrawn))
    if any(one.fields.get("condition") == "asked" for one in changes.created):
        sending.conditions(task.conn, project=task.project, workshop_id=task.workshop.id, now=task.now)


def _waits_no_longer(task: Task, made: Kept) -> None:
    """What this decision settles is nobody's to decide any more: a pair, or what the same step had brought
    to the arbiter before it was carried after all."""
    pair = str(made.fields.get("settles") or "")
    if pair in PAIR:
        settled(task, pair)
    if made.kind == "decision" and made.item == DECISION:
        brought = task.held.register.values()
        refs = {one.ref for one in brought if one.fields.get("workshop") == made.fields.get("workshop")}
        for case in arbitration.pending(task.conn, **task.here):
            if case.ref in refs:
                _withdrawn(task, case)


def settled(task: Task, subject: str) -> None:
    """What waits for the arbiter about this has been settled by the group."""
    case = arbitration.about(task.conn, **task.here, subject=subject)
    if case is not None and case.live:
        _withdrawn(task, case)


def _withdrawn(task: Task, case: Case) -> None:
    cases.settled_elsewhere(
        task.conn, parts=task.parts, workspace=task.project.workspace, id=case.id, now=task.now
    )


def told(task: Task, records: Iterable[Kept]) -> None:
    """Whoever a record concerns hears of it, by the bot and not by whoever facilitates."""
    for one in records:
        queueing.told(task.conn, project=task.project, record=one, by="", now=task.now, read_back=True)


def amend(task: Task, effect: Amend) -> None:
    """Fields of records that were there before, once for each closing of the step; status, owner and date
    stay."""
    if effect.fields and task.closes:
        told(task, amending.amend(task.conn, **task.here, effect=effect, now=task.now))


def settle(task: Task, what: Settle) -> None:
    """A record moves on; one that is over already, or says so already, stays."""
    held = life.hold(task.conn, **task.here, ref=what.ref)
    if held is None or (what.status is not None and held.record.status in (*OVER, what.status)):
        return
    by, reason = task.workshop.facilitator, what.reason.in_(task.project.language)
    said_so = {"resolution": reason, "resolved_by": by} if what.status == "resolved" else {}
    now = life.change(
        task.conn, held, by=by, move=what.move, now=task.now, status=what.status,
        fields={**said_so, **what.fields}, reason=reason,
    )  # fmt: skip
    told(task, (now,))
