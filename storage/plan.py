"""What a facilitator changed in the plan, and guards set aside with their reason. Proposes nothing."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.statement import Both
from storage.tables import override, plan_step

State = Literal["planned", "sent", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the plan that is not as the content has it. A line without one is planned."""

    line: str  # flows.plan.Line.key
    state: State
    moved_to: date | None  # in the project's zone; None: where the plan has it
    sent_as: str  # id of the dialogue or wave it became, "" for none
    reason: str | None
    by: str  # Slack user id; "": the bot, by the plan
    at: datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A guard somebody set aside, and why."""

    guard: str  # flows.plan.Guard.id
    about: str  # what was sent or held in spite of it: "D14", "W09"
    reason: str
    by: str  # Slack user id
    at: datetime  # UTC


_CHANGED = ("state", "moved_to", "sent_as", "reason", "by", "at")
_SET = Both(
    lambda insert: (new := insert(plan_step)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "line"],
        set_={name: new.excluded[name] for name in _CHANGED},
    )
)
_STEPS = select(plan_step).where(
    plan_step.c.workspace == bindparam("w"), plan_step.c.project_id == bindparam("p")
)
_PUT_BACK = delete(plan_step).where(
    plan_step.c.workspace == bindparam("w"),
    plan_step.c.project_id == bindparam("p"),
    plan_step.c.line == bindparam("l"),
)
_SET_ASIDE = insert(override)
_ALL_SET_ASIDE = (
    select(override)
    .where(override.c.workspace == bindparam("w"), override.c.project_id == bindparam("p"))
    .order_by(override.c.at, override.c.id)
)


def set_step(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    line: str,
    state: State,
    moved_to: date | None = None,
    sent_as: str = "",
    reason: str | None = None,
    by: str,
    now: datetime,
) -> None:
    """This is how the line stands from now on, whatever it was."""
    row = {"workspace": workspace, "project_id": project_id, "line": line, "state": state}
    more = {"moved_to": moved_to, "sent_as": sent_as, "reason": reason, "by": by, "at": now}
    conn.execute(_SET.on(conn), {**row, **more})


def put_back(conn: Connection, *, workspace: str, project_id: str, line: str) -> None:
    """The line is again as the plan has it."""
    conn.execute(_PUT_BACK, {"w": workspace, "p": project_id, "l": line})


def steps(conn: Connection, *, workspace: str, project_id: str) -> dict[str, Step]:
    """The lines that are not as the plan has them, by key."""
    return {row.line: _step(row) for row in conn.execute(_STEPS, {"w": workspace, "p": project_id})}


def set_aside(
    conn: Connection, *, workspace: str, project_id: str, guard: str, about: str, reason: str, by: str,
    now: datetime,
) -> None:  # fmt: skip
    """Keep why a guard was set aside. Whether it may be is the caller's to know."""
    row = {"workspace": workspace, "id": secrets.token_hex(16), "project_id": project_id, "guard": guard}
    conn.execute(_SET_ASIDE, {**row, "about": about, "reason": reason, "by": by, "at": now})


def all_set_aside(conn: Connection, *, workspace: str, project_id: str) -> list[SetAside]:
    """Every guard set aside in the project, oldest first."""
    rows = conn.execute(_ALL_SET_ASIDE, {"w": workspace, "p": project_id})
    return [
        SetAside(guard=row.guard, about=row.about, reason=row.reason, by=row.by, at=row.at) for row in rows
    ]


def _step(row: Any) -> Step:
    return Step(
        line=row.line,
        state=row.state,
        moved_to=row.moved_to,
        sent_as=row.sent_as,
        reason=row.reason,
        by=row.by,
        at=row.at,
    )
