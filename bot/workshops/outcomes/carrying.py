# ruff: noqa: PLR0913 - what came of which workshop, in which project, when: every outcome says all of it
"""Carries out what a workshop comes to: records, fields, answers of dialogues, points for the arbiter.

In the transaction of the turn that brought it about, so that what was decided is on record before anybody
leaves. The same step twice changes what has changed, and nothing else. Decides nothing: flows/workshop does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.arbitration import deeds as cases
from bot.parts import Parts
from bot.register import queueing
from bot.rounds import announce
from bot.signoff import voting
from bot.wins import queueing as wins
from bot.workshops.outcomes import bringing, filling, laying, minutes, own_words, reading, sending
from flows.arbitration.model import PAIR
from flows.dialogue.effects import Amend, Draft, Record, Source
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.wins.initiative import Initiative
from flows.wins.model import LONGEST
from flows.wins.model import Win as Told
from flows.words import Words
from flows.workshop import effects as said
from flows.workshop.model import Workshop
from flows.workshop.outcomes import at_end, of_step
from flows.workshop.outcomes_made import APPROACH, issue
from flows.workshop.outcomes_model import NUMBER, Bring, Fill, Held, Outcome, Send, Settle, Try, Win
from storage import amending, arbitration, inbox, initiative, life, recording, win
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection

#: A line that a form would not take: what, and why.
LEFT_OUT = Words("{question}: {what}", "{question} : {what}")
VOTE = "vote"  # how a group decides
OWN_WIN = "WM5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where outcomes are carried out."""

    conn: Connection
    parts: Parts
    project: Project
    workshop: Workshop
    held: Held
    now: datetime

    @property
    def here(self) -> dict[str, str]:
        """Which project, for storage."""
        return {"workspace": self.project.workspace, "project_id": self.project.id}


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
    steps = closed(workshop, effects)
    ended = any(isinstance(one, said.Tell) and one.what in ("ended", "stopped") for one in effects)
    if steps or ended:
        follow(conn, parts=parts, project=project, workshop=workshop, steps=steps, ended=ended, now=now)
    laying.lay(conn, workshop=workshop, effects=effects)
    voting.of_workshop(conn, parts=parts, project=project, workshop=workshop, effects=effects, now=now)
    if ended and workshop.opened_at is not None:
        announce.project_card(conn, project=project, now=now)
        minutes.post(conn, project=project, workshop=workshop, now=now)


def closed(workshop: Workshop, effects: Iterable[said.Effect]) -> tuple[int, ...]:
    """The steps about which something is known now: revealed ones, and the one that was left."""
    found: list[int] = []
    for one in effects:
        if isinstance(one, said.Reveal):
            found.append(one.result.step)
        elif isinstance(one, said.Tell) and one.what in ("step", "ended", "stopped", "reopened"):
            begun = [deed.step for deed in workshop.trail if deed.what == "step"]
            found += begun[-2:] if one.what == "step" else begun[-1:]
    return tuple(dict.fromkeys(found))


def follow(
    conn: Connection,
    *,
    parts: Parts,
    project: Project,
    workshop: Workshop,
    steps: Iterable[int],
    ended: bool = False,
    now: datetime,
) -> None:
    """These steps, and the end, are carried out as they stand now."""
    projects.lock(conn, workspace=project.workspace, id=project.id)
    found: list[Callable[[Held], tuple[Outcome, ...]]] = [partial(_of_step, step=step) for step in steps]
    for each in (*found, at_end) if ended else found:
        held = reading.held(conn, parts=parts, project=project, workshop=workshop, now=now)
        if held is not None:
            task = Task(conn=conn, parts=parts, project=project, workshop=workshop, held=held, now=now)
            carry_out(task, each(held))


def _of_step(held: Held, step: int) -> tuple[Outcome, ...]:
    return of_step(held, step)


def carry_out(task: Task, outcomes: Iterable[Outcome]) -> None:
    """One after the other."""
    for one in outcomes:
        CARRY[type(one)](task, one)


def _record(task: Task, effect: Record) -> None:
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
    _told(task, (*changes.created, *changes.changed, *changes.withdrawn))
    if any(one.fields.get("condition") == "asked" for one in changes.created):
        sending.conditions(task.conn, project=task.project, workshop_id=task.workshop.id, now=task.now)


def _waits_no_longer(task: Task, made: Kept) -> None:
    """A pair that this decision settles is nobody's to decide any more."""
    pair = str(made.fields.get("settles") or "")
    case = arbitration.about(task.conn, **task.here, subject=pair) if pair in PAIR else None
    if case is not None and case.live:
        cases.settled_elsewhere(
            task.conn, parts=task.parts, workspace=task.project.workspace, id=case.id, now=task.now
        )


def _told(task: Task, records: Iterable[Kept]) -> None:
    for one in records:
        queueing.told(task.conn, project=task.project, record=one, by="", now=task.now)


def _amend(task: Task, effect: Amend) -> None:
    if effect.fields:
        _told(task, amending.amend(task.conn, **task.here, effect=effect, now=task.now))


def _fill(task: Task, what: Fill) -> None:
    """The answer, then on each record it made: in which workshop, and that the group has decided."""
    found = filling.fill(
        task.conn, parts=task.parts, project=task.project, workshop=task.workshop, what=what, now=task.now
    )
    fields = {one.ref: _of_group(task, one, what.method) for one in found.records}
    amending.amend(
        task.conn, **task.here, effect=Amend(question=task.workshop.script, fields=fields), now=task.now
    )
    for one in found.records:
        workshops.became(
            task.conn, workspace=task.project.workspace, id=task.workshop.id, card=one.item, ref=one.ref
        )
    _told(task, found.records)
    if found.run:
        announce.dialogue_card(task.conn, project=task.project, run_id=found.run, now=task.now)
    _left_out(task, what, found.refused)


def _of_group(task: Task, one: Kept, method: str) -> dict[str, Any]:
    """Which workshop has filled it in; of a decision, how it was taken: by vote, it is nobody's alone."""
    how: dict[str, Any] = {"method": method} if one.kind == "decision" else {}
    if how.get("method") == VOTE:
        how |= {"authority": "team", "decided_by": ""}
    return {"workshop": task.workshop.script, NUMBER: task.workshop.number, **how}


def _left_out(task: Task, what: Fill, refused: Iterable[filling.Refused]) -> None:
    """Each line that the form refused is an open point of the facilitator, with the reason."""
    question = next(iter(what.values))
    drafts: list[Draft] = []
    for one in refused:
        words = one.what or one.why.in_(task.project.language)
        title = LEFT_OUT.fill(question=one.question.short, what=words)
        detail = one.why.in_(task.project.language)
        drafts.append(
            issue(task.held, question, one.item, title, role="facilitator", family=APPROACH, detail=detail)
        )
    source = Source(dialogue=task.workshop.id, question=task.held.place(question), respondent="")
    _record(task, Record(source=source, drafts=tuple(drafts)))


def _settle(task: Task, what: Settle) -> None:
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
    _told(task, (now,))


def _bring(task: Task, what: Bring) -> None:
    """Once for each vote, also when its step is read again after the arbiter has decided. Its trade-off
    belongs to this workshop: the minutes lead to it."""
    place = ".".join(what.item.split(".")[:2])
    vote = task.held.last(int(place.partition(".")[2]))
    nonce = _once(task, f"b{vote.number if vote is not None else 0}:{what.item}")
    if nonce is None:
        return
    case = bringing.bring(task.conn, parts=task.parts, project=task.project, what=what, now=task.now)
    inbox.remember_form(
        task.conn, workspace=task.project.workspace, nonce=nonce, result=case.number, now=task.now
    )
    fields = {case.ref: {"workshop": place, NUMBER: task.workshop.number}}
    amending.amend(task.conn, **task.here, effect=Amend(question=place, fields=fields), now=task.now)


def _send(task: Task, what: Send) -> None:
    sending.send(
        task.conn,
        parts=task.parts,
        project=task.project,
        by=task.workshop.facilitator,
        what=what,
        now=task.now,
    )


def _once(task: Task, item: str) -> str | None:
    """The name under which something is done once; None when it has been."""
    nonce = f"ws:{task.workshop.id}:{item}"[:64]
    done = inbox.hold_form(task.conn, workspace=task.project.workspace, nonce=nonce, now=task.now)
    return nonce if done is None else None


def _try(task: Task, what: Try) -> None:
    nonce = _once(task, what.item)
    if nonce is None:
        return
    new = Initiative(number=0, statement=what.statement[:LONGEST], author=what.author, made_at=task.now)
    number = initiative.put(task.conn, **task.here, new=new)
    wins.initiative_card(task.conn, project=task.project, number=number, now=task.now)
    inbox.remember_form(task.conn, workspace=task.project.workspace, nonce=nonce, result=number, now=task.now)


def _win(task: Task, what: Win) -> None:
    """Proposed: it waits for its turn like any other, and names nobody."""
    nonce = _once(task, what.item)
    if nonce is None:
        return
    told = Told(
        number=0,
        type=OWN_WIN,
        said=Words.same(what.line[:LONGEST]),
        state="waiting",
        by="",
        found_at=task.now,
    )
    kept = win.tell(task.conn, **task.here, win=told)
    wins.posted(task.conn, project=task.project, now=task.now)
    inbox.remember_form(
        task.conn, workspace=task.project.workspace, nonce=nonce, result=kept.number, now=task.now
    )


CARRY: Mapping[type, Callable[[Task, Any], None]] = {
    Record: _record,
    Amend: _amend,
    Fill: _fill,
    Settle: _settle,
    Bring: _bring,
    Send: _send,
    Try: _try,
    Win: _win,
}
