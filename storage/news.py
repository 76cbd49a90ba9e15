"""News drafted for the lead of a project: one a day at most, posted or skipped once. Writes no draft."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, select, update

from storage.statement import Both
from storage.tables import news

State = Literal["drafted", "posted", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One draft, and what became of it."""

    project_id: str
    day: date  # where the project is
    state: State = "drafted"
    text: str = ""  # as it was posted
    by: str = ""  # Slack user who posted or skipped it
    at: datetime  # UTC


_IN_PROJECT = (news.c.workspace == bindparam("w"), news.c.project_id == bindparam("p"))
_ONE = select(news).where(*_IN_PROJECT, news.c.day == bindparam("d"))
_SINCE = select(news).where(*_IN_PROJECT, news.c.day >= bindparam("d")).order_by(news.c.day)
_POSTED = (
    select(news.c.day).where(*_IN_PROJECT, news.c.state == "posted").order_by(news.c.day.desc()).limit(1)
)
_DRAFT = Both(lambda insert: insert(news).on_conflict_do_nothing().returning(news.c.day))
_SETTLE = (
    update(news)
    .where(*_IN_PROJECT, news.c.day == bindparam("d"), news.c.state == "drafted")
    .values(state=bindparam("new"), text=bindparam("said"), by=bindparam("who"), at=bindparam("now"))
)


def draft(conn: Connection, *, workspace: str, project_id: str, day: date, now: datetime) -> bool:
    """There is a draft of this day. False when there was one already."""
    row = {"workspace": workspace, "project_id": project_id, "day": day, "state": "drafted", "at": now}
    return conn.execute(_DRAFT.on(conn), row).first() is not None


def get(conn: Connection, *, workspace: str, project_id: str, day: date) -> News | None:
    """The draft of this day, or None."""
    row = conn.execute(_ONE, {"w": workspace, "p": project_id, "d": day}).first()
    return None if row is None else _news(row)


def since(conn: Connection, *, workspace: str, project_id: str, day: date) -> list[News]:
    """Every draft from this day on, oldest first."""
    return [_news(row) for row in conn.execute(_SINCE, {"w": workspace, "p": project_id, "d": day})]


def last_posted(conn: Connection, *, workspace: str, project_id: str) -> date | None:
    """The day of the last one that was posted."""
    found: date | None = conn.execute(_POSTED, {"w": workspace, "p": project_id}).scalar()
    return found


def settle(conn: Connection, *, workspace: str, found: News) -> bool:
    """It is posted or skipped. False when somebody has done so before."""
    row = {
        "w": workspace, "p": found.project_id, "d": found.day, "new": found.state, "said": found.text or None,
        "who": found.by, "now": found.at,
    }  # fmt: skip
    return conn.execute(_SETTLE, row).rowcount == 1


def _news(row: Any) -> News:
    return News(
        project_id=row.project_id, day=row.day, state=row.state, text=row.text or "", by=row.by or "",
        at=row.at,
    )  # fmt: skip
