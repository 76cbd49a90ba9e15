"""What the detectors of small wins read of one project (flows/wins/facts), on one day. Judges nothing.

Restricted records, and what waits for the closing of its dialogue, are left out: wins are read in a channel.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from flows.alignment import share
from flows.cadence import zone
from flows.diagnosis.path import plan
from flows.diagnosis.tasks import must_share
from flows.playbook import Playbook
from flows.project import Project
from flows.wins import facts as shapes
from flows.wins.facts import Facts
from storage import diagnosis_rows, review, win_sources, win_workshops
from storage import win as wins
from storage.diagnosis_evidence import ANNEXES, gathered
from storage.diagnosis_rows import Rows
from storage.register import WITHDRAWN, kept
from storage.tables import note, record, record_change
from storage.win_sources import Sources

DECIDED = ("needed", "later", "not_needed")  # about a supporting project
SIGNED = ("approve", "conditions")  # RTE13
REDUCED = ("reduced", "closed")  # a risk whose response has been carried out

_IN_PROJECT = (record.c.workspace == bindparam("w"), record.c.project_id == bindparam("p"))
_RECORDS = (
    select(record)
    .where(*_IN_PROJECT, record.c.status != WITHDRAWN, ~record.c.restricted)
    .order_by(record.c.prefix, record.c.number)
)
_STEPS = (
    select(
        record_change.c.number, record_change.c.at, record_change.c.by, record_change.c.move,
        record_change.c.before, record_change.c.after, record_change.c.reason,
    )
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record_change.c.prefix == "ISS",
    )
    .order_by(record_change.c.number, record_change.c.n)
)  # fmt: skip
_VERSION = (
    select(note.c.version)
    .where(note.c.workspace == bindparam("w"), note.c.project_id == bindparam("p"))
    .order_by(note.c.version.desc())
    .limit(1)
)


def facts(conn: Connection, *, project: Project, playbook: Playbook, now: datetime) -> Facts:
    """All of it, at `now` (UTC)."""
    here = {"workspace": project.workspace, "project_id": project.id}
    local, rows = zone(project.zone), diagnosis_rows.read(conn, **here, playbook=playbook)
    found = gathered(conn, project=project, rows=rows, now=now)
    source = Sources(
        conn=conn, project=project, playbook=playbook, today=now.astimezone(local).date(), here=local,
        evidence=found, rows=rows, records=_records(conn, project, rows), steps=_steps(conn, project),
    )  # fmt: skip
    return Facts(
        today=source.today,
        rounds=tuple(win_sources.rounds(source)),
        issues=tuple(win_sources.issues(source)),
        settled=tuple(win_sources.settled(source)),
        sessions=tuple(win_sources.sessions(source)),
        closed_rules=tuple(win_sources.closed(source)),
        tries=tuple(win_sources.tries(source)),
        answered=(*win_sources.answered(source), *win_workshops.granted(source)),
        roles_carried=win_workshops.roles_carried(source),
        gaps=tuple(win_workshops.gaps(source)),
        let_go=tuple(win_workshops.let_go(source)),
        causes=win_workshops.causes(source),
        climbs=tuple(win_sources.climbs(source)),
        kept_months=tuple(win_sources.kept_months(source)),
        note=_note(source),
        noted=wins.noted(conn, **here),
        **_of_records(source),
        **_of_answers(source),
    )


def _records(conn: Connection, project: Project, rows: Rows) -> dict[str, tuple[Any, ...]]:
    """Rows by kind: neither restricted, nor waiting for the closing of the dialogue they come from."""
    shown = {(one.kind, one.number) for one in rows.records}
    found: dict[str, list[Any]] = {}
    for row in conn.execute(_RECORDS, {"w": project.workspace, "p": project.id}):
        if (row.kind, row.number) in shown:
            found.setdefault(row.kind, []).append(row)
    return {kind: tuple(several) for kind, several in found.items()}


def _steps(conn: Connection, project: Project) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in conn.execute(_STEPS, {"w": project.workspace, "p": project.id}):
        found.setdefault(row.number, []).append(row)
    return {number: tuple(several) for number, several in found.items()}


def _of_records(source: Sources) -> dict[str, Any]:
    """What is read off one record at a time."""
    ones = {kind: [kept(row) for row in several] for kind, several in source.records.items()}
    return {
        "goals": tuple(
            shapes.Goal(indicator=bool(one.fields.get("indicator")), target=bool(one.fields.get("target")))
            for one in ones.get("stake", ()) if one.fields.get("level") == "strategic"
        ),
        "committed": any(
            one.source == "OBJ09" and one.status == "accepted" for one in ones.get("decision", ())
        ),
        "supporting": tuple(
            shapes.Supporting(ref=one.ref, title=one.title, owned=bool(one.owner), dated=one.due is not None)
            for one in ones.get("annex", ()) if one.status == "open"
        ),
        "pairs": tuple(
            shapes.Pair(ref=one.ref, title=one.title)
            for one in ones.get("tradeoff", ()) if one.status == "decided"
        ),
        "risks": tuple(
            shapes.Risk(
                ref=one.ref, title=one.title, score=int(one.fields.get("score") or 0),
                answered=one.status in REDUCED,
            )
            for one in ones.get("risk", ())
        ),
        "assumptions": tuple(
            shapes.Assumption(ref=one.ref, title=one.title, status=one.status)
            for one in ones.get("assumption", ())
        ),
        "lots": tuple(win_sources.lots(source)),
    }  # fmt: skip


def _of_answers(source: Sources) -> dict[str, Any]:
    """What the diagnosis has gathered already."""
    read = source.evidence
    path = plan(read.tasks or ()).path
    owners = {task.id: task.owner for task in read.tasks or ()}
    return {
        "counterweights": _counterweights(source),
        "confronted": {area: steps.rows for area, steps in (read.steps or {}).items()},
        "supporting_decided": all(
            id in read.annexes and read.annexes[id].choice in DECIDED for id in ANNEXES
        ),
        "must_share": must_share(read.needs) if read.needs else None,
        "path_owned": path is not None and all(owners[id] for id in path.tasks),
        "charter": "CHG05" in read.forms and read.forms["CHG05"].value == "signed",
    }


def _counterweights(source: Sources) -> bool:
    """SET09: every counterweight that is offered."""
    form, question = source.evidence.forms.get("SET09"), source.playbook.flows["D01"].question("SET09")
    if form is None or not form.given or question is None:
        return False
    return {option.value for option in question.options} - {"none"} <= {*form.value}


def _note(source: Sources) -> shapes.Note | None:
    project = source.project
    version = source.conn.execute(_VERSION, {"w": project.workspace, "p": project.id}).scalar()
    if version is None:
        return None
    decided = source.evidence.forms.get("RTE13")
    states = review.states(source.conn, workspace=project.workspace, project_id=project.id)
    signed = max((one for one, state in states.items() if state == "signed"), default=0)
    return shapes.Note(
        version=signed or int(version),  # a draft after the signed version is no other win
        signed=decided is not None and decided.value in SIGNED,
        alignment=share(source.evidence.alignment) if source.evidence.alignment else None,
    )
