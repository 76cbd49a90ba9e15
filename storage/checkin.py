"""Check-ins answered under one's name: asked, answered, skipped. Judges no answer, and counts nobody."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from flows.dialogue.model import Value
from storage.statement import Both
from storage.tables import checkin


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in of one person."""

    id: str
    workspace: str
    project_id: str
    what: str
    user: str
    occasion: str
    day: date  # in the project's zone
    state: str  # open, answered, skipped, over
    answers: Mapping[str, Value] = field(default_factory=dict)
    offered: int = 0


_ASK = Both(lambda insert: insert(checkin).on_conflict_do_nothing().returning(checkin.c.id))
_GET = select(checkin).where(checkin.c.workspace == bindparam("w"), checkin.c.id == bindparam("i"))
_OPEN_OF = (
    select(checkin)
    .where(checkin.c.workspace == bindparam("w"), checkin.c.user == bindparam("u"), checkin.c.state == "open")
    .order_by(checkin.c.day, checkin.c.what, checkin.c.id)
)
_OF_PERSON = (
    select(checkin)
    .where(
        checkin.c.workspace == bindparam("w"),
        checkin.c.project_id == bindparam("p"),
        checkin.c.user == bindparam("u"),
    )
    .order_by(checkin.c.day, checkin.c.what, checkin.c.id)
)
_ANSWERED = (
    select(checkin)
    .where(
        checkin.c.workspace == bindparam("w"),
        checkin.c.project_id == bindparam("p"),
        checkin.c.what == bindparam("what"),
        checkin.c.state == "answered",
    )
    .order_by(checkin.c.day, checkin.c.id)
)
_THIS = (checkin.c.workspace == bindparam("w"), checkin.c.id == bindparam("i"), checkin.c.state == "open")
_ANSWER = (
    update(checkin)
    .where(*_THIS)
    .values(state="answered", answers=bindparam("said"), offered=bindparam("n"), answered_at=bindparam("now"))
)
_SKIP = update(checkin).where(*_THIS).values(state="skipped")
_OVER = (
    update(checkin)
    .where(
        checkin.c.workspace == bindparam("w"),
        checkin.c.project_id == bindparam("p"),
        checkin.c.what == bindparam("kind"),
        checkin.c.state == "open",
        checkin.c.occasion != bindparam("o"),
    )
    .values(state="over")
)


def ask(
    conn: Connection, *, workspace: str, project_id: str, what: str, user: str, occasion: str, day: date
) -> str:
    """Ask this person, once for each occasion. Returns the id; "" when they were asked already."""
    row = {
        "workspace": workspace, "id": secrets.token_hex(16), "project_id": project_id, "what": what,
        "user": user, "occasion": occasion, "day": day, "state": "open", "answers": None, "offered": 0,
    }  # fmt: skip
    made = conn.execute(_ASK.on(conn), row).scalar()
    return str(made) if made else ""


def get(conn: Connection, *, workspace: str, id: str) -> CheckIn | None:
    """The check-in, or None when there is none of this id."""
    row = conn.execute(_GET, {"w": workspace, "i": id}).first()
    return None if row is None else _checkin(row)


def open_for(conn: Connection, *, workspace: str, user: str) -> list[CheckIn]:
    """What this person is asked now, oldest first, over all projects."""
    return [_checkin(row) for row in conn.execute(_OPEN_OF, {"w": workspace, "u": user})]


def of_person(conn: Connection, *, workspace: str, project_id: str, user: str) -> list[CheckIn]:
    """Everything this person was ever asked in the project, whatever became of it: for their own message."""
    key = {"w": workspace, "p": project_id, "u": user}
    return [_checkin(row) for row in conn.execute(_OF_PERSON, key)]


def answered(conn: Connection, *, workspace: str, project_id: str, what: str) -> list[CheckIn]:
    """Every answered check-in of this kind in the project, oldest first."""
    key = {"w": workspace, "p": project_id, "what": what}
    return [_checkin(row) for row in conn.execute(_ANSWERED, key)]


def answer(
    conn: Connection, *, workspace: str, id: str, answers: Mapping[str, Value], offered: int, now: datetime
) -> bool:
    """Keep the answers. False when it is not open any more: a second sending changes nothing."""
    key = {"w": workspace, "i": id, "said": dict(answers), "n": offered, "now": now}
    return conn.execute(_ANSWER, key).rowcount == 1


def skip(conn: Connection, *, workspace: str, id: str) -> bool:
    """Not this time. False when it is not open any more."""
    return conn.execute(_SKIP, {"w": workspace, "i": id}).rowcount == 1


def over(conn: Connection, *, workspace: str, project_id: str, what: str, but: str) -> None:
    """A newer one has come: what is still open of this kind is over. `but`: the occasion of the new one."""
    conn.execute(_OVER, {"w": workspace, "p": project_id, "kind": what, "o": but})


def _checkin(row: Any) -> CheckIn:
    return CheckIn(
        id=row.id, workspace=row.workspace, project_id=row.project_id, what=row.what, user=row.user,
        occasion=row.occasion, day=row.day, state=row.state, answers=row.answers or {}, offered=row.offered,
    )  # fmt: skip
