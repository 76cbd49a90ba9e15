"""Vendors side by side: each person's own grid, and what vendors claim. Compares nothing, judges nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.statement import Both
from storage.tables import vendor_claim, vendor_grid

_GRIDS = (
    select(vendor_grid.c.session, vendor_grid.c.levels)
    .where(vendor_grid.c.workspace == bindparam("w"), vendor_grid.c.project_id == bindparam("p"))
    .order_by(vendor_grid.c.session, vendor_grid.c.user)
)
_MINE = select(vendor_grid.c.levels).where(
    vendor_grid.c.workspace == bindparam("w"),
    vendor_grid.c.project_id == bindparam("p"),
    vendor_grid.c.session == bindparam("s"),
    vendor_grid.c.user == bindparam("u"),
)
_FILL = Both(
    lambda insert: (new := insert(vendor_grid)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "session", "user"],
        set_={"levels": new.excluded.levels, "changed_at": new.excluded.changed_at},
    )
)
_CLAIMS = (
    select(vendor_claim)
    .where(vendor_claim.c.workspace == bindparam("w"), vendor_claim.c.project_id == bindparam("p"))
    .order_by(vendor_claim.c.key)
)
_CLAIM = Both(
    lambda insert: (new := insert(vendor_claim)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "key"],
        set_={
            name: getattr(new.excluded, name) for name in ("vendor", "answers", "brought_by", "brought_at")
        },
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one vendor answers, need by need and check by check: {"REQ-1": {"answer": "standard"}}."""

    key: str
    vendor: str
    answers: Mapping[str, Mapping[str, str]]
    brought_by: str  # Slack user id
    brought_at: datetime  # UTC


def grids(conn: Connection, *, workspace: str, project_id: str) -> dict[str, list[dict[str, str]]]:
    """By session: the grids that say something, without whose they are."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in conn.execute(_GRIDS, {"w": workspace, "p": project_id}):
        if row.levels:
            found.setdefault(row.session, []).append(dict(row.levels))
    return found


def mine(conn: Connection, *, workspace: str, project_id: str, session: str, user: str) -> dict[str, str]:
    """One's own grid of a session; {} before it is filled."""
    key = {"w": workspace, "p": project_id, "s": session, "u": user}
    found = conn.execute(_MINE, key).scalar()
    return dict(found) if found else {}


def fill(
    conn: Connection, *, workspace: str, project_id: str, session: str, user: str, levels: Mapping[str, str],
    now: datetime,
) -> None:  # fmt: skip
    """Somebody's grid says this from now on."""
    row = {"workspace": workspace, "project_id": project_id, "session": session, "user": user}
    conn.execute(_FILL.on(conn), {**row, "levels": dict(levels), "changed_at": now})


def claims(conn: Connection, *, workspace: str, project_id: str) -> list[Claim]:
    """What the vendors claim, by name."""
    return [_claim(row) for row in conn.execute(_CLAIMS, {"w": workspace, "p": project_id})]


def claim(conn: Connection, *, workspace: str, project_id: str, made: Claim) -> None:
    """A vendor claims this from now on: a later file takes the place of the one before."""
    row = {
        "workspace": workspace, "project_id": project_id, "key": made.key, "vendor": made.vendor,
        "answers": {id: dict(said) for id, said in made.answers.items()}, "brought_by": made.brought_by,
        "brought_at": made.brought_at,
    }  # fmt: skip
    conn.execute(_CLAIM.on(conn), row)


def _claim(row: Any) -> Claim:
    return Claim(
        key=row.key, vendor=row.vendor, answers=row.answers or {}, brought_by=row.brought_by,
        brought_at=row.brought_at,
    )  # fmt: skip
