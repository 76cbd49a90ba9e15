"""An answer that a group has given together goes into the form of its dialogue, as if filled in there.

Goes through the dialogue engine, so that checks and records are those of the form. A line that the form would
refuse is left out and becomes an open point that says why; nothing a group has worked out is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.arbitration.seating import today_of
from bot.dialogue.turns import light
from bot.parts import Parts
from flows.dialogue.engine import advance
from flows.dialogue.events import Submitted
from flows.dialogue.model import Dialogue, Flow, Question, Value
from flows.dialogue.turn import Turn
from flows.project import Project
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.model import Workshop
from flows.workshop.outcomes_model import Fill
from storage import dialogue as dialogues
from storage import seat as seats
from storage.database import Connection

ASIDE = "aside"  # the screen of a light flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What the form would not take, and why."""

    question: Question
    item: str
    what: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What came of it: the records that are new or changed, and what was refused."""

    run: str = ""
    records: tuple[Kept, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(slots=True)
class Form:
    """One form while it is filled in: its sheet as it stands after each answer."""

    conn: Connection
    project: Project
    flow: Flow
    sheet: Dialogue
    now: datetime

    def take(self, question: Question, value: Value) -> tuple[Turn, tuple[Kept, ...]]:
        """One answer, with everything it records. Refused, it changes nothing."""
        event = Submitted(
            by=self.sheet.person, screen=ASIDE, values={question.id: value}, at=self.now, confirmed=True
        )
        today = today_of(self.project, self.now)
        turn = advance(light(self.flow, question), self.sheet, event, today=today)
        if not turn.accepted:
            return turn, ()
        saved = dialogues.save(
            self.conn, workspace=self.project.workspace, project_id=self.project.id, flow=self.flow,
            turn=turn, now=self.now,
        )  # fmt: skip
        sheet = turn.dialogue
        self.sheet = sheet if saved.register is None else replace(sheet, register=saved.register)
        return turn, (*saved.created, *saved.changed)

    def lines(self, question: Question) -> list[dict[str, Any]]:
        """The lines of a table as they stand."""
        known = self.sheet.answers.get(question.id)
        return [dict(row) for row in known.value] if known is not None and known.given else []


def fill(  # noqa: PLR0913 - what is filled in, in which project, by which workshop, when
    conn: Connection, *, parts: Parts, project: Project, workshop: Workshop, what: Fill, now: datetime
) -> Filled:
    """Each answer in turn. A dialogue that was never sent is opened for it; one that has closed keeps its one
    run, since the group's answer belongs to it."""
    flow = parts.playbook.flows.get(what.flow)
    if flow is None:
        return Filled()
    run = _run(conn, project, what, by=workshop.facilitator, now=now)
    records: list[Kept] = []
    refused: list[Refused] = []
    for id, value in what.values.items():
        question = flow.question(id)
        form = None if question is None else _form(conn, parts, project, flow, question, run, what, now)
        if question is None or form is None:
            continue
        made, left = _lines(form, question, value) if question.kind == "rows" else _one(form, question, value)
        records += made
        refused += left
    return Filled(run=run, records=_latest(records), refused=tuple(refused))


def own(  # noqa: PLR0913 - whose answer to what, in which project, when
    conn: Connection, *, parts: Parts, project: Project, by: str, user: str, flow: str, part: str,
    question: str, text: str, now: datetime,
) -> None:  # fmt: skip
    """One person's own answer, after what they have answered before. `by`: who opens the dialogue where it
    was never sent. The later part is not sent by it: those who were not there are asked when it is."""
    known = parts.playbook.flows.get(flow)
    asked = known.question(question) if known is not None else None
    if known is None or asked is None or user not in project.cast.audience(asked.audience):
        return
    run = _run(conn, project, Fill(flow=flow, values={}), by=by, now=now)
    what = Fill(flow=flow, part=part, values={})
    form = _of(conn, parts, project, known, user, run, what, now)
    if form is not None:
        before = form.sheet.answers.get(question)
        said = str(before.value) if before is not None and before.given else ""
        form.take(asked, "\n".join(one for one in (said, text) if one))


def _run(conn: Connection, project: Project, what: Fill, *, by: str, now: datetime) -> str:
    """The latest run, with its later part asked; a new one where there is none."""
    here = {"workspace": project.workspace, "project_id": project.id}
    runs = [one for one in dialogues.runs(conn, **here) if one.flow == what.flow]
    id = runs[-1].id if runs else dialogues.open(
        conn, **here, flow=what.flow, opened_by=by, closes_on=None, now=now
    )  # fmt: skip
    if what.part:
        dialogues.answered_together(conn, workspace=project.workspace, id=id, part=what.part)
    return id


def _form(  # noqa: PLR0913, PLR0917 - one question of one run, and all it is read with
    conn: Connection, parts: Parts, project: Project, flow: Flow, question: Question, run: str, what: Fill,
    now: datetime,
) -> Form | None:  # fmt: skip
    """The sheet of somebody the question is asked of: the facilitator where it is one of theirs. None where
    nobody is."""
    people = project.cast.audience(question.audience)
    facilitator = project.cast.holder("facilitator")
    user = facilitator if facilitator in people else next(iter(people), None)
    return None if user is None else _of(conn, parts, project, flow, user, run, what, now)


def _of(  # noqa: PLR0913, PLR0917 - the form of one person, and all it is read with
    conn: Connection, parts: Parts, project: Project, flow: Flow, user: str, run: str, what: Fill,
    now: datetime,
) -> Form | None:  # fmt: skip
    """Somebody's sheet of one run, open for what a workshop puts into it."""
    seat = seats.seat(
        conn, workspace=project.workspace, id=run, user=user, flows=parts.playbook.flows, lock=True
    )
    if seat is None:
        return None
    sent = seat.sheet.parts | ({what.part} if what.part else frozenset())
    sheet = replace(seat.sheet, closed=False, closes_on=None, parts=sent)
    return Form(conn=conn, project=project, flow=flow, sheet=sheet, now=now)


def _one(form: Form, question: Question, value: Value) -> tuple[tuple[Kept, ...], list[Refused]]:
    turn, made = form.take(question, value)
    return made, [_refused(question, question.id, _text(value), turn)] if not turn.accepted else []


def _lines(form: Form, question: Question, rows: Value) -> tuple[tuple[Kept, ...], list[Refused]]:
    """All lines at once; where the form refuses them so, line by line, and what it refuses is left out."""
    turn, made = form.take(question, merged(form.lines(question), rows))
    if turn.accepted:
        return made, []
    found: list[Kept] = []
    refused = []
    for n, row in enumerate(rows):
        turn, made = form.take(question, merged(form.lines(question), [row]))
        found += made
        if not turn.accepted:
            refused.append(_refused(question, str(row.get("id") or n), _first(question, row), turn))
    return tuple(found), refused


def merged(known: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines that stand, with new ones after them; one with the id of a line that stands takes its place.
    A table whose lines have no ids of their own (the grid of a vendor) is replaced."""
    added = [dict(row) for row in new]
    if not all(row.get("id") for row in added):
        return added
    ids = {row["id"]: row for row in added}
    stay = [ids.pop(row.get("id"), dict(row)) for row in known]
    return [*stay, *ids.values()]


def _refused(question: Question, item: str, what: str, turn: Turn) -> Refused:
    why = next((one.words for one in (*turn.problems, *turn.warnings)), Words("", ""))
    return Refused(question=question, item=item, what=what, why=why)


def _first(question: Question, row: Mapping[str, Any]) -> str:
    return str(row.get(question.columns[0].key) or "")


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _latest(records: Iterable[Kept]) -> tuple[Kept, ...]:
    return tuple({one.ref: one for one in records}.values())
