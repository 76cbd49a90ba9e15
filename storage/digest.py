"""The sponsor's digests: what each said, how often they come, the facilitator's sentence. Makes none."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, bindparam, select

from flows.digest.summary import Digest, Snapshot
from storage.statement import Both
from storage.tables import digest, digest_setting

Rhythm = Literal["weekly", "fortnightly", "monthly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One digest that was made."""

    project_id: str
    period: str  # "2026-W08", where the sponsor is
    sponsor: str  # Slack user
    made_on: date
    made_at: datetime  # UTC
    covers_from: date | None  # the day it was due, when it is a catch-up
    said: Snapshot
    note: str = ""
    note_by: str = ""
    sent: Digest | None = None  # None: made by a version that kept less


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What was chosen for a project. `rhythm` None: as the phase says."""

    rhythm: Rhythm | None = None
    note: str = ""
    note_by: str = ""


_IN_PROJECT = (digest.c.workspace == bindparam("w"), digest.c.project_id == bindparam("p"))
_LATEST = select(digest).where(*_IN_PROJECT).order_by(digest.c.made_at.desc()).limit(bindparam("most"))
_ONE = select(digest).where(*_IN_PROJECT, digest.c.period == bindparam("period"))
_DIGEST = TypeAdapter(Digest)
_EARLIER = (
    select(digest.c.period)
    .where(*_IN_PROJECT, digest.c.made_at < bindparam("at"))
    .order_by(digest.c.made_at.desc())
    .limit(1)
)
_LATER = (
    select(digest.c.period)
    .where(*_IN_PROJECT, digest.c.made_at > bindparam("at"))
    .order_by(digest.c.made_at)
    .limit(1)
)
_ADD = Both(lambda insert: insert(digest).on_conflict_do_nothing().returning(digest.c.period))
_SETTING = select(digest_setting).where(
    digest_setting.c.workspace == bindparam("w"), digest_setting.c.project_id == bindparam("p")
)
_SET = Both(
    lambda insert: (new := insert(digest_setting)).on_conflict_do_update(
        index_elements=["workspace", "project_id"],
        set_={name: new.excluded[name] for name in ("rhythm", "note", "note_by")},
    )
)


def add(conn: Connection, *, workspace: str, issue: Issue) -> bool:
    """Keep what a digest says. False when there is one of this week already."""
    row = {
        "workspace": workspace, "project_id": issue.project_id, "period": issue.period,
        "sent": _DIGEST.dump_python(issue.sent, mode="json") if issue.sent else None,
        "sponsor": issue.sponsor, "made_on": issue.made_on, "made_at": issue.made_at,
        "covers_from": issue.covers_from, "said": asdict(issue.said), "note": issue.note or None,
        "note_by": issue.note_by or None,
    }  # fmt: skip
    return conn.execute(_ADD.on(conn), row).first() is not None


def latest(conn: Connection, *, workspace: str, project_id: str, most: int = 1) -> list[Issue]:
    """The last digests, newest first."""
    return [_issue(row) for row in conn.execute(_LATEST, {"w": workspace, "p": project_id, "most": most})]


def get(conn: Connection, *, workspace: str, project_id: str, period: str) -> Issue | None:
    """The digest of one week, or None."""
    row = conn.execute(_ONE, {"w": workspace, "p": project_id, "period": period}).first()
    return None if row is None else _issue(row)


def around(conn: Connection, *, workspace: str, issue: Issue) -> tuple[str, str]:
    """The periods of the digests before and after this one; "" where there is none."""
    here = {"w": workspace, "p": issue.project_id, "at": issue.made_at}
    earlier, later = (conn.execute(each, here).scalar() for each in (_EARLIER, _LATER))
    return str(earlier or ""), str(later or "")


def setting(conn: Connection, *, workspace: str, project_id: str) -> Setting:
    """What was chosen for a project."""
    row = conn.execute(_SETTING, {"w": workspace, "p": project_id}).first()
    if row is None:
        return Setting()
    return Setting(rhythm=row.rhythm, note=row.note or "", note_by=row.note_by or "")


def choose(conn: Connection, *, workspace: str, project_id: str, setting: Setting) -> None:
    """From now on."""
    row = {
        "workspace": workspace, "project_id": project_id, "rhythm": setting.rhythm,
        "note": setting.note or None, "note_by": setting.note_by or None,
    }  # fmt: skip
    conn.execute(_SET.on(conn), row)


def _issue(row: Any) -> Issue:
    return Issue(
        project_id=row.project_id,
        period=row.period,
        sponsor=row.sponsor,
        made_on=row.made_on,
        made_at=row.made_at,
        covers_from=row.covers_from,
        said=_said(row.said or {}),
        note=row.note or "",
        note_by=row.note_by or "",
        sent=_sent(row.sent),
    )


def _sent(kept: Any) -> Digest | None:
    """All that it said; None where another version kept something this one cannot read."""
    try:
        return _DIGEST.validate_python(kept) if kept else None
    except ValidationError:
        return None


def _said(kept: Mapping[str, Any]) -> Snapshot:
    """What was kept, also by a version that kept less."""
    lists = {name: tuple(kept.get(name) or ()) for name in ("steps", "waiting", "dangers", "groups")}
    return Snapshot(
        phase=str(kept.get("phase") or ""),
        closed=int(kept.get("closed") or 0),
        lots=dict(kept.get("lots") or {}),
        verdict=str(kept.get("verdict") or ""),
        readiness=kept.get("readiness"),
        families={int(n): int(score) for n, score in (kept.get("families") or {}).items()},
        **lists,
    )
