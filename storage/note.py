"""What the scoping note is made from, read at one instant. Writes no text, and numbers no version."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from flows.cadence import zone
from flows.diagnosis.evidence import Alignment
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Flow, Question
from flows.dialogue.path import expected
from flows.document.facts import Asked, Group, Judged, NoteFacts
from flows.document.heard import Pairs, Round, heard
from flows.project import Cast, Project
from flows.vendor_grid import Claimed
from storage import alignment, dialogue, finding, grid, person, project, register, review, wave, workshop
from storage.dialogue import Run
from storage.tables import note, record
from storage.weighed import weighed

#: The anonymous dialogues of which the note says something, and the one that asks how it is read.
GROUPS, SIGN_OFF = ("D06", "D07"), "D15"
DECISIONS: tuple[RecordKind, ...] = ("decision",)
_THIS = (note.c.workspace == bindparam("w"), note.c.project_id == bindparam("p"))
_LATEST = select(note.c.version, note.c.made_at).where(*_THIS).order_by(note.c.version.desc()).limit(2)
_CHANGED = (
    select(record.c.prefix, record.c.number)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.changed_at > bindparam("since"),
        ~record.c.restricted,
    )
    .order_by(record.c.prefix, record.c.number)
)


def facts(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    flows: Mapping[str, Flow],
    today: date,
    judged: Judged | None = None,
) -> NoteFacts | None:
    """Everything the latest version of the note says; None when there is no such project. Restricted
    answers and records are left out: the note goes to the whole team. `today`: in the project's
    zone. `judged`: the diagnosis as the team may read it. All runs of each flow count."""
    found = project.get(conn, workspace=workspace, id=project_id)
    if found is None:
        return None
    every = [
        run for run in dialogue.runs(conn, workspace=workspace, project_id=project_id) if run.flow in flows
    ]
    runs = {run.flow: run for run in every}
    rounds = {run.id: _round(conn, run) for run in every}
    told = [heard(flows[id], [rounds[run.id] for run in every if run.flow == id]) for id in runs]
    answers = {question: pairs for one in told for question, pairs in one.answers.items()}
    latest = {id: pairs for run in runs.values() for id, pairs in rounds[run.id].answers.items()}
    records = tuple(register.records(conn, workspace=workspace, project_id=project_id))
    gone = register.records(
        conn, workspace=workspace, project_id=project_id, kinds=DECISIONS, status=register.WITHDRAWN
    )
    withdrawn = tuple(gone)
    versions = conn.execute(_LATEST, {"w": workspace, "p": project_id}).all()
    workshops = workshop.of_project(conn, workspace=workspace, project_id=project_id)
    reviews = review.states(conn, workspace=workspace, project_id=project_id)
    return NoteFacts(
        project=found,
        names=_names(conn, found, answers, {one.owner for one in (*records, *withdrawn) if one.owner}),
        answers=answers,
        runs={question: said for one in told for question, said in one.runs.items()},
        stands=frozenset(question for one in told for question in one.stands),
        records=records,
        withdrawn=withdrawn,
        replaces=_replaces(conn, found, {record.ref for record in (*records, *withdrawn)}),
        expected=_expected(flows.values(), found.cast, latest),
        dialogues={flow: _asked(run, today, zone(found.zone)) for flow, run in runs.items()},
        today=today,
        version=versions[0].version if versions else 1,
        changes=_changes(conn, workspace, project_id, versions),
        judged=judged or Judged(),
        groups=_groups(conn, workspace, project_id),
        weighed=weighed(conn, workspace=workspace, project_id=project_id),
        held=frozenset(one.script for one in workshops if one.state == "ended"),
        grids=grid.grids(conn, workspace=workspace, project_id=project_id),
        claims=tuple(
            Claimed(vendor=one.vendor, answers=one.answers)
            for one in grid.claims(conn, workspace=workspace, project_id=project_id)
        ),
        alignment=_alignment(conn, runs.get(SIGN_OFF)),
        review=max(reviews, default=None),
        signed=max((version for version, state in reviews.items() if state == "signed"), default=None),
    )


def _replaces(conn: Connection, found: Project, readable: set[str]) -> dict[str, tuple[str, ...]]:
    """Which decision replaces which, of those that everybody may read."""
    links = finding.replaced(conn, workspace=found.workspace, project_id=found.id)
    return {
        ref: tuple(old for old in before if old in readable)
        for ref, before in links.items()
        if ref in readable
    }


def _round(conn: Connection, run: Run) -> Round:
    """What was answered in one run, nothing restricted."""
    said = dialogue.answers(conn, workspace=run.workspace, dialogue_id=run.id)
    return Round(id=run.id, is_open=run.status == "open", answers=said)


def _groups(conn: Connection, workspace: str, project_id: str) -> dict[str, Group]:
    """By anonymous dialogue that was asked: its latest wave that reached enough answers, and until when one
    is open."""
    waves = wave.of_project(conn, workspace=workspace, project_id=project_id)
    found: dict[str, Group] = {}
    for what in GROUPS:
        asked = [one for one in waves if one.what == what]
        kept = [one.id for one in asked if one.outcome == "kept"][-1:]
        if asked:
            tallies = wave.results(conn, workspace=workspace, ids=kept)
            until = max((one.closes_on for one in asked if one.open), default=None)
            found[what] = Group(kept=tallies.get(kept[0], {}) if kept else {}, open_until=until)
    return found


def read_alike(conn: Connection, *, workspace: str, project_id: str) -> Alignment | None:
    """How the note is read (RTE12), of the latest run that asks for it; None: not rated."""
    runs = dialogue.runs(conn, workspace=workspace, project_id=project_id)
    return _alignment(conn, next((run for run in reversed(runs) if run.flow == SIGN_OFF), None))


def _alignment(conn: Connection, run: Run | None) -> Alignment | None:
    return alignment.of(conn, workspace=run.workspace, dialogue_id=run.id) if run is not None else None


def _names(
    conn: Connection, found: Project, answers: Mapping[str, Pairs], owners: set[str]
) -> dict[str, str]:
    authors = {answer.author for pairs in answers.values() for _, answer in pairs}
    users = sorted({*found.cast.everybody(), *authors, *owners, found.creator})
    known = person.many(conn, workspace=found.workspace, users=users)
    return {user: known[user].name for user in users if user in known}


def _expected(
    flows: Iterable[Flow], cast: Cast, answers: Mapping[str, Sequence[tuple[str, Answer]]]
) -> dict[str, int]:
    """By question, of those who are asked now."""
    return {
        question.id: _how_many(flow, cast, question, answers.get(question.id, ()))
        for flow in flows
        for question in flow.questions
    }


def _how_many(flow: Flow, cast: Cast, question: Question, pairs: Sequence[tuple[str, Answer]]) -> int:
    outside = {respondent for respondent, answer in pairs if answer.exit == "outside"}
    people = [user for user in expected(flow, cast, question) if user not in outside]
    return min(1, len(people)) if question.shared else len(people)


def _asked(run: Run, today: date, here: ZoneInfo) -> Asked:
    days = max(0, (today - run.opened_at.astimezone(here).date()).days)
    return Asked(days=days, closed=run.status == "closed", closes_on=run.closes_on, run=run.id)


def _changes(conn: Connection, workspace: str, project_id: str, versions: Sequence[Any]) -> tuple[str, ...]:
    """Records that have changed since the version before the latest."""
    if len(versions) < 2:
        return ()
    key = {"w": workspace, "p": project_id, "since": versions[1].made_at}
    return tuple(f"{row.prefix}-{row.number}" for row in conn.execute(_CHANGED, key))
