"""The rows that a diagnosis is made from: answers, invitations and records of one project. Judges nothing.

What people answer for themselves is read once their dialogue has closed (flows/dialogue/visible.py): a
figure, a rule or a gate that reads one answer shows it. While a dialogue is asked again, what people said
in it the time before still stands.

As many statements for a project of three people as for one of three hundred.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Flow, Question, Value
from flows.dialogue.visible import waiting, withheld
from flows.playbook import Playbook
from storage import dialogue
from storage.dialogue import Run
from storage.register import WITHDRAWN, amended
from storage.tables import answer, answer_past, participation, record

#: When the goals were first shared is read from this question's whole history.
GOALS = "OBJ09"

_RUNS: BindParameter[Any] = bindparam("runs", expanding=True)
_ANSWERS = (
    select(
        answer.c.dialogue_id, answer.c.question, answer.c.respondent, answer.c.author, answer.c.version,
        answer.c.value, answer.c.exit, answer.c.at,
    )
    .where(answer.c.workspace == bindparam("w"), answer.c.dialogue_id.in_(_RUNS))
    .order_by(answer.c.at, answer.c.question, answer.c.respondent)
)  # fmt: skip
_INVITED = (
    select(participation.c.dialogue_id, participation.c.user)
    .where(
        participation.c.workspace == bindparam("w"),
        participation.c.dialogue_id.in_(_RUNS),
        participation.c.invited_at.is_not(None),
    )
    .order_by(participation.c.invited_at, participation.c.user)
)
_RECORDS = (
    select(
        record.c.kind, record.c.number, record.c.owner, record.c.status, record.c.fields, record.c.amended,
        record.c.source_dialogue, record.c.source_question, record.c.source_item, record.c.created_at,
    )
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.status != WITHDRAWN,
    )
    .order_by(record.c.prefix, record.c.number)
)  # fmt: skip
_PAST_GOALS = select(answer_past.c.value, answer_past.c.at).where(
    answer_past.c.workspace == bindparam("w"),
    answer_past.c.dialogue_id.in_(_RUNS),
    answer_past.c.question == GOALS,
    answer_past.c.fate == "replaced",
)
_GOALS = select(answer.c.value, answer.c.at).where(
    answer.c.workspace == bindparam("w"), answer.c.dialogue_id.in_(_RUNS), answer.c.question == GOALS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question that may be read, with who was invited to its dialogue and what was answered."""

    question: Question
    invited: tuple[str, ...]
    answers: Mapping[str, Answer]  # by respondent; "" for a shared answer; exits included

    @property
    def last(self) -> Answer | None:
        """The real answer that was saved last."""
        given = [answer for answer in self.answers.values() if answer.given]
        return max(given, key=lambda answer: answer.at, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record, as a diagnosis reads it."""

    kind: RecordKind
    number: int
    owner: str | None
    status: str
    fields: Mapping[str, Value]
    dialogue: str  # the run it comes from; "" by hand
    question: str  # the one it comes from
    item: str  # tells apart the records of one question
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All of it, the latest run of each dialogue. `sent` holds "D11" and ("D11", "W06").

    `answers`, `invited`: for counting only; they hold what may not be shown yet, which `asked` and
    `records` do not.
    """

    flows: Mapping[str, Flow]
    runs: Mapping[str, Run]  # by flow
    asked: Mapping[str, Asked]  # by question; what is asked once per record is not here
    withheld: Mapping[str, str]  # questions whose answers wait -> the dialogue that closes first
    answers: Mapping[str, Mapping[str, Mapping[str, Answer]]]  # flow -> question -> respondent
    invited: Mapping[str, tuple[str, ...]]  # by flow
    records: tuple[Item, ...]
    goals: tuple[tuple[Value, datetime], ...]  # every value OBJ09 has had, and since when
    sent: frozenset[str | tuple[str, str]] = field(default_factory=frozenset)
    reviewed: bool = False  # a version of the note has gone round: its cards ask what D15 asked before


def read(conn: Connection, *, workspace: str, project_id: str, playbook: Playbook) -> Rows:
    """Read them, in five statements."""
    every = dialogue.runs(conn, workspace=workspace, project_id=project_id)
    runs = {run.flow: run for run in every if run.flow in playbook.flows}
    closed = {run.flow: run for run in every if run.flow in runs and run.status == "closed"}
    key = {"w": workspace, "runs": [run.id for run in (*runs.values(), *closed.values())]}
    answers, invited = _answers(conn, key), _invited(conn, key)
    asked = {}
    for question, run in _readable(playbook, runs, closed):
        said = answers.get(run.id, {}).get(question.id, {})
        asked[question.id] = Asked(question=question, invited=invited.get(run.id, ()), answers=said)
    still_open = {run.id: run for run in runs.values() if run.status == "open"}
    later = waiting(playbook.flows, {run.flow for run in still_open.values()})
    records = _records(conn, workspace, project_id)
    return Rows(
        flows=playbook.flows,
        runs=runs,
        asked=asked,
        withheld=_withheld(playbook, later, runs, asked),
        answers={flow: answers.get(run.id, {}) for flow, run in runs.items()},
        invited={flow: invited.get(run.id, ()) for flow, run in runs.items()},
        records=tuple(one for one in records if one.dialogue not in still_open or _shown(one, later)),
        goals=_goals(conn, workspace, [run.id for run in every]),
        sent=frozenset((*runs, *((flow, part) for flow, run in runs.items() for part in run.parts))),
    )


def _readable(
    playbook: Playbook, runs: Mapping[str, Run], closed: Mapping[str, Run]
) -> Iterator[tuple[Question, Run]]:
    """Each question that has been sent, with the run whose answers may be shown: the latest one; of what
    people answer for themselves, the latest that has closed."""
    for flow, latest in runs.items():
        for question in playbook.flows[flow].questions:
            waits = withheld(question, is_open=latest.status == "open")
            run = closed.get(flow) if waits else latest
            if run is not None and question.per is None and _sent(question, run):
                yield question, run


def _sent(question: Question, run: Run) -> bool:
    return question.part is None or question.part in run.parts


def _withheld(
    playbook: Playbook, later: Mapping[str, str], runs: Mapping[str, Run], asked: Collection[str]
) -> dict[str, str]:
    """Those that have been sent, and of which no earlier time can be read instead."""
    sent = ((id, flow, playbook.flows[flow].question(id)) for id, flow in later.items() if id not in asked)
    return {id: flow for id, flow, question in sent if question is not None and _sent(question, runs[flow])}


def _shown(one: Item, later: Mapping[str, str]) -> bool:
    """A record made from an answer that waits, waits with it. Needs are on the board before all eyes."""
    return one.kind == "need" or one.question.partition("@")[0] not in later


_Answers = dict[str, dict[str, dict[str, Answer]]]  # run -> question -> respondent


def _answers(conn: Connection, key: dict[str, Any]) -> _Answers:
    found: _Answers = {}
    for row in conn.execute(_ANSWERS, key):
        said = Answer(value=row.value, exit=row.exit, author=row.author, version=row.version, at=row.at)
        by_question = found.setdefault(row.dialogue_id, {})
        by_question.setdefault(row.question, {})[row.respondent] = said
    return found


def _invited(conn: Connection, key: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in conn.execute(_INVITED, key):
        found.setdefault(row.dialogue_id, []).append(row.user)
    return {run: tuple(users) for run, users in found.items()}


def _records(conn: Connection, workspace: str, project_id: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            kind=row.kind,
            number=row.number,
            owner=row.owner,
            status=row.status,
            fields=amended(row.fields, row.amended),
            dialogue=row.source_dialogue,
            question=row.source_question,
            item=row.source_item,
            created_at=row.created_at,
        )
        for row in conn.execute(_RECORDS, {"w": workspace, "p": project_id})
    )


def _goals(conn: Connection, workspace: str, runs: list[str]) -> tuple[tuple[Value, datetime], ...]:
    key = {"w": workspace, "runs": runs}
    rows = (*conn.execute(_PAST_GOALS, key), *conn.execute(_GOALS, key))
    return tuple((row.value, row.at) for row in rows)
