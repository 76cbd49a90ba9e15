"""What a story says was there before it began, put into the bot's database beside it.

A dialogue that is sent already, one of its later parts, answers of other dialogues, records of the
register, a verdict: each has its own stories; here they are only the ground others stand on.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from flows.dialogue.effects import PREFIX
from flows.dialogue.model import Flow
from flows.playbook import Playbook
from flows.project import Project
from storage import dialogue as dialogues
from storage.tables import answer, diagnosis, record

Json = dict[str, Any]
Plain = Callable[[Any], Any]


def sent(conn: Connection, *, project: Project, flow: Flow, now: datetime) -> str:
    """The dialogue is open, and everybody in the project is asked. Its id."""
    id = dialogues.open(
        conn, workspace=project.workspace, project_id=project.id, flow=flow.id, opened_by=project.creator,
        closes_on=now.date() + timedelta(days=90), now=now.astimezone(UTC),
    )  # fmt: skip
    dialogues.invite(
        conn, workspace=project.workspace, dialogue_id=id, users=project.cast.everybody(),
        by=project.creator, now=now.astimezone(UTC),
    )  # fmt: skip
    return id


def part(conn: Connection, *, project: Project, id: str, part: str) -> None:
    """A later part of it is sent too."""
    assert dialogues.send_part(conn, workspace=project.workspace, id=id, part=part), part


def before(
    conn: Connection,
    *,
    project: Project,
    playbook: Playbook,
    story: Mapping[str, Any],
    now: datetime,
    plain: Plain,
) -> None:
    """Everything the story starts from besides the project."""
    _answers(conn, project, playbook, story.get("elsewhere", {}), now)
    for kind, cases in story.get("register", {}).items():
        for case in cases:
            _record(conn, project, kind, {**case, "fields": plain(case.get("fields", {}))}, now)
    if "verdict" in story.get("facts", {}):
        _verdict(conn, project, story["facts"]["verdict"], now)


def _answers(
    conn: Connection, project: Project, playbook: Playbook, values: Mapping[str, Any], now: datetime
) -> None:
    """Shared answers of other dialogues."""
    for question, value in values.items():
        flow = next(flow for flow in playbook.flows.values() if question in flow.by_id)
        id = dialogues.open(
            conn, workspace=project.workspace, project_id=project.id, flow=flow.id,
            opened_by=project.creator, closes_on=None, now=now.astimezone(UTC),
        )  # fmt: skip
        row: Json = {
            "workspace": project.workspace, "dialogue_id": id, "question": question, "respondent": "",
            "version": 1, "author": project.creator, "value": value, "at": now.astimezone(UTC),
            "shared": True, "compared": False, "restricted": False,
        }  # fmt: skip
        conn.execute(insert(answer), row)


def _record(conn: Connection, project: Project, kind: Any, case: Json, now: datetime) -> None:
    """A record with the number the story gives it; the numbers of new ones start from 1 all the same."""
    row: Json = {
        "workspace": project.workspace, "project_id": project.id, "prefix": PREFIX[kind], "kind": kind,
        "number": int(case["ref"].partition("-")[2]), "title_en": case["title"], "title_fr": case["title"],
        "status": "open", "given_status": "open", "restricted": False, "fields": case["fields"],
        "source_dialogue": "", "source_question": "", "source_respondent": "", "source_item": case["ref"],
        "asked_by": 0, "created_at": now.astimezone(UTC), "changed_at": now.astimezone(UTC),
    }  # fmt: skip
    conn.execute(insert(record), row)


def _verdict(conn: Connection, project: Project, verdict: str, now: datetime) -> None:
    row: Json = {
        "workspace": project.workspace, "project_id": project.id, "number": 1, "at": now.astimezone(UTC),
        "cause": "asked", "about": "", "verdict": verdict, "coverage": 1.0, "families": {}, "gates": {},
        "rules": [], "contested": [],
    }  # fmt: skip
    conn.execute(insert(diagnosis), row)
