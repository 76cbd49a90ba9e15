"""The history of a project's diagnosis: each run, the latest one, and the sponsor's override of it.

Keeps what the page shows of the whole group; no answer, no name but the overriding sponsor's. Works
nothing out (that is flows/diagnosis), and lets nobody override (that is the caller's to check).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.diagnosis.model import Severity
from flows.diagnosis.result import Diagnosis, Family, Kind, Standing, Verdict
from storage import project
from storage.tables import diagnosis

Cause = Literal["dialogue", "wave", "weekly", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredThen:
    """A rule that fired in a run (3.7)."""

    id: str
    severity: Severity
    family: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """The sponsor goes on in spite of a verdict, which stays what it is (3.6)."""

    reason: str
    by: str  # Slack user id
    at: datetime  # UTC
    ref: str | None  # the decision that says so: "DEC-12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the diagnosis, as it was found. Scores 0 to 100, coverages 0 to 1, not rounded."""

    number: int  # 1, 2, 3 … in its project
    at: datetime  # UTC
    cause: Cause
    about: str  # the dialogue or wave that had closed, "" for none
    verdict: Verdict
    kind: Kind | None
    readiness: float | None
    coverage: float
    families: Mapping[int, Family]
    gates: Mapping[str, Standing]
    rules: tuple[FiredThen, ...]
    contested: tuple[str, ...]
    overridden: Overridden | None


_PROJECT = (diagnosis.c.workspace == bindparam("w"), diagnosis.c.project_id == bindparam("p"))
_NEWEST_FIRST = select(diagnosis).where(*_PROJECT).order_by(diagnosis.c.number.desc())
_LATEST = _NEWEST_FIRST.limit(1)
_HISTORY = _NEWEST_FIRST.limit(bindparam("most"))
_ADD = insert(diagnosis)
_OVERRIDE = (
    update(diagnosis)
    .where(*_PROJECT, diagnosis.c.number == bindparam("n"), diagnosis.c.override_at.is_(None))
    .values(
        override_reason=bindparam("reason"),
        override_by=bindparam("by"),
        override_at=bindparam("now"),
        override_ref=bindparam("ref"),
    )
)


def record(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    found: Diagnosis,
    cause: Cause,
    about: str = "",
    now: datetime,
) -> int:
    """Add this run to the history; returns its number."""
    project.lock(conn, workspace=workspace, id=project_id)
    last = conn.execute(_LATEST, {"w": workspace, "p": project_id}).first()
    number = last.number + 1 if last else 1
    row = {"workspace": workspace, "project_id": project_id, "number": number, "at": now}
    conn.execute(_ADD, {**row, "cause": cause, "about": about, **_kept(found)})
    return number


def latest(conn: Connection, *, workspace: str, project_id: str) -> Run | None:
    """The last run, or None before the first."""
    row = conn.execute(_LATEST, {"w": workspace, "p": project_id}).first()
    return None if row is None else _run(row)


def history(conn: Connection, *, workspace: str, project_id: str, most: int = 52) -> list[Run]:
    """The last runs, newest first; a year of weekly ones unless told otherwise."""
    return [_run(row) for row in conn.execute(_HISTORY, {"w": workspace, "p": project_id, "most": most})]


def override(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    number: int,
    reason: str,
    by: str,
    ref: str | None,
    now: datetime,
) -> bool:
    """Note that the sponsor goes on in spite of this run. False when there is no such run, or when
    that was noted before: a reason once given is not replaced."""
    key = {"w": workspace, "p": project_id, "n": number}
    return conn.execute(_OVERRIDE, {**key, "reason": reason, "by": by, "ref": ref, "now": now}).rowcount == 1


def _kept(found: Diagnosis) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "kind": found.kind,
        "readiness": found.readiness,
        "coverage": found.coverage,
        "families": {str(number): asdict(family) for number, family in found.families.items()},
        "gates": dict(found.gates),
        "rules": [{"id": r.id, "severity": r.severity, "family": r.family} for r in found.rules],
        "contested": [one.id for one in found.contested],
    }


def _run(row: Any) -> Run:
    return Run(
        number=row.number,
        at=row.at,
        cause=row.cause,
        about=row.about,
        verdict=row.verdict,
        kind=row.kind,
        readiness=row.readiness,
        coverage=row.coverage,
        families={int(number): Family(**family) for number, family in sorted(row.families.items())},
        gates=row.gates,
        rules=tuple(FiredThen(**rule) for rule in row.rules),
        contested=tuple(row.contested),
        overridden=_overridden(row),
    )


def _overridden(row: Any) -> Overridden | None:
    if row.override_at is None:
        return None
    return Overridden(
        reason=row.override_reason, by=row.override_by, at=row.override_at, ref=row.override_ref
    )
