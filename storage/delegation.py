"""Questions passed on to a colleague: asked, and what came of it. Invites nobody, answers nothing."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from flows.dialogue.delegation import LIVE, Delegation, State
from storage.tables import delegation

_ONE = select(delegation).where(delegation.c.workspace == bindparam("w"), delegation.c.id == bindparam("i"))
_OF_DIALOGUE = (
    select(delegation)
    .where(delegation.c.workspace == bindparam("w"), delegation.c.dialogue_id == bindparam("d"))
    .order_by(delegation.c.asked_at, delegation.c.id)
)
_OF_DIALOGUES = (
    select(delegation)
    .where(
        delegation.c.workspace == bindparam("w"),
        delegation.c.dialogue_id.in_(bindparam("dialogues", expanding=True)),
    )
    .order_by(delegation.c.asked_at, delegation.c.id)
)
_TO_USER = (
    select(delegation)
    .where(
        delegation.c.workspace == bindparam("w"),
        delegation.c.to_user == bindparam("u"),
        delegation.c.state.in_(LIVE),
    )
    .order_by(delegation.c.asked_at, delegation.c.id)
)
_TOUCHING = (
    select(delegation)
    .where(
        delegation.c.workspace == bindparam("w"),
        or_(delegation.c.to_user == bindparam("u"), delegation.c.from_user == bindparam("u")),
        delegation.c.state.in_(LIVE),
    )
    .order_by(delegation.c.asked_at, delegation.c.id)
)
_ASK = insert(delegation)
_SETTLE = (
    update(delegation)
    .where(
        delegation.c.workspace == bindparam("w"),
        delegation.c.id == bindparam("i"),
        delegation.c.state.in_(bindparam("was", expanding=True)),
    )
    .values(state=bindparam("becomes"), reason=bindparam("why"), settled_at=bindparam("now"))
)


def ask(
    conn: Connection,
    *,
    workspace: str,
    dialogue_id: str,
    question: str,
    from_user: str,
    to_user: str,
    note: str | None,
    until: date | None,
    now: datetime,
) -> str:
    """Keep that somebody asks a colleague; returns the id of it. `question`: "" for all of it."""
    row = {"workspace": workspace, "id": secrets.token_hex(16), "dialogue_id": dialogue_id, "state": "asked"}
    who = {"question": question, "from_user": from_user, "to_user": to_user}
    conn.execute(_ASK, {**row, **who, "note": note, "asked_at": now, "until": until})
    return row["id"]


def get(conn: Connection, *, workspace: str, id: str) -> Delegation | None:
    """The delegation, or None when there is none of this id in this workspace."""
    row = conn.execute(_ONE, {"w": workspace, "i": id}).first()
    return None if row is None else _delegation(row)


def of_dialogue(conn: Connection, *, workspace: str, dialogue_id: str) -> list[Delegation]:
    """Everything passed on in a dialogue, oldest first, settled or not."""
    return [_delegation(row) for row in conn.execute(_OF_DIALOGUE, {"w": workspace, "d": dialogue_id})]


def of_dialogues(conn: Connection, *, workspace: str, dialogue_ids: Collection[str]) -> list[Delegation]:
    """Everything passed on in these dialogues, oldest first, settled or not."""
    rows = conn.execute(_OF_DIALOGUES, {"w": workspace, "dialogues": list(dialogue_ids)})
    return [_delegation(row) for row in rows]


def for_user(conn: Connection, *, workspace: str, user: str) -> list[Delegation]:
    """What this person was asked and has neither refused nor answered, oldest first."""
    return [_delegation(row) for row in conn.execute(_TO_USER, {"w": workspace, "u": user})]


def touching(conn: Connection, *, workspace: str, user: str) -> list[Delegation]:
    """What still waits and has this person on either side, oldest first, in every project."""
    return [_delegation(row) for row in conn.execute(_TOUCHING, {"w": workspace, "u": user})]


def settle(
    conn: Connection,
    *,
    workspace: str,
    id: str,
    state: State,
    now: datetime,
    reason: str | None = None,
    was: Collection[State] = LIVE,
) -> bool:
    """Its state from now on. False when it is in none of the states `was`: somebody was faster."""
    new = {"becomes": state, "why": reason, "now": now}
    return conn.execute(_SETTLE, {"w": workspace, "i": id, "was": list(was), **new}).rowcount == 1


def _delegation(row: Any) -> Delegation:
    return Delegation(
        id=row.id,
        dialogue_id=row.dialogue_id,
        question=row.question,
        from_user=row.from_user,
        to_user=row.to_user,
        state=row.state,
        note=row.note,
        reason=row.reason,
        asked_at=row.asked_at,
        until=row.until,
        settled_at=row.settled_at,
    )
