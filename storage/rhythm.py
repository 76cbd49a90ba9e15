"""What people and the clock made of the rhythm: days of phases, occasions, a pause. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, select

from flows.rhythm.calendar import Made
from storage.statement import Both
from storage.tables import milestone, occasion, pause

_SET_MILESTONE = Both(
    lambda insert: (new := insert(milestone)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "name"],
        set_={name: new.excluded[name] for name in ("day", "by", "at")},
    )
)
_NO_MILESTONE = delete(milestone).where(
    milestone.c.workspace == bindparam("w"),
    milestone.c.project_id == bindparam("p"),
    milestone.c.name == bindparam("n"),
)
_MILESTONES = select(milestone.c.name, milestone.c.day).where(
    milestone.c.workspace == bindparam("w"), milestone.c.project_id == bindparam("p")
)
_OCCASIONS = select(occasion.c.key, occasion.c.state, occasion.c.day).where(
    occasion.c.workspace == bindparam("w"), occasion.c.project_id == bindparam("p")
)
_SET_OCCASION = Both(
    lambda insert: (new := insert(occasion)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "key"],
        set_={name: new.excluded[name] for name in ("state", "day", "by", "at")},
        where=occasion.c.state != "sent",
    )
)
_FORGET_OCCASION = delete(occasion).where(
    occasion.c.workspace == bindparam("w"),
    occasion.c.project_id == bindparam("p"),
    occasion.c.key == bindparam("k"),
    occasion.c.state != "sent",
)
_SET_PAUSE = Both(
    lambda insert: (new := insert(pause)).on_conflict_do_update(
        index_elements=["workspace", "project_id"],
        set_={name: new.excluded[name] for name in ("since", "until", "by", "at")},
    )
)
_PAUSE = select(pause).where(pause.c.workspace == bindparam("w"), pause.c.project_id == bindparam("p"))
_NO_PAUSE = delete(pause).where(pause.c.workspace == bindparam("w"), pause.c.project_id == bindparam("p"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A project in which nothing is sent from `since` on, until the day `until`, on which all goes on."""

    since: date
    until: date
    by: str


def milestones(conn: Connection, *, workspace: str, project_id: str) -> dict[str, date]:
    """The days that were given, by name: signed, contract, LOT-1."""
    rows = conn.execute(_MILESTONES, {"w": workspace, "p": project_id})
    return {row.name: row.day for row in rows}


def set_milestone(
    conn: Connection, *, workspace: str, project_id: str, name: str, day: date | None, by: str, now: datetime
) -> None:
    """This is the day from now on; None: there is none."""
    if day is None:
        conn.execute(_NO_MILESTONE, {"w": workspace, "p": project_id, "n": name})
        return
    row = {"workspace": workspace, "project_id": project_id, "name": name, "day": day, "by": by, "at": now}
    conn.execute(_SET_MILESTONE.on(conn), row)


def occasions(conn: Connection, *, workspace: str, project_id: str) -> Mapping[str, Made]:
    """What became of each occasion, by key; nothing for one that is as the calendar has it."""
    rows = conn.execute(_OCCASIONS, {"w": workspace, "p": project_id})
    return {row.key: Made(state=row.state, day=row.day) for row in rows}


def note(
    conn: Connection, *, workspace: str, project_id: str, key: str, state: str, day: date | None, by: str,
    now: datetime,
) -> None:  # fmt: skip
    """This is what became of it. What was sent stays sent."""
    row = {"workspace": workspace, "project_id": project_id, "key": key, "state": state, "day": day}
    conn.execute(_SET_OCCASION.on(conn), {**row, "by": by, "at": now})


def put_back(conn: Connection, *, workspace: str, project_id: str, key: str) -> None:
    """It is again as the calendar has it, unless it was sent."""
    conn.execute(_FORGET_OCCASION, {"w": workspace, "p": project_id, "k": key})


def paused(conn: Connection, *, workspace: str, project_id: str) -> Pause | None:
    """The pause that was set last, over or not; None when there is none."""
    row = conn.execute(_PAUSE, {"w": workspace, "p": project_id}).first()
    return None if row is None else Pause(since=row.since, until=row.until, by=row.by)


def set_pause(
    conn: Connection, *, workspace: str, project_id: str, since: date, until: date, by: str, now: datetime
) -> None:
    """Nothing is sent in the project until the day `until`."""
    row = {"workspace": workspace, "project_id": project_id, "since": since, "until": until, "by": by}
    conn.execute(_SET_PAUSE.on(conn), {**row, "at": now})


def end_pause(conn: Connection, *, workspace: str, project_id: str) -> None:
    """All goes on now."""
    conn.execute(_NO_PAUSE, {"w": workspace, "p": project_id})
