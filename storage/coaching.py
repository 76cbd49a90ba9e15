"""What only the neutral coach may read: texts of waves meant for them, and requests to talk (5.3, 5.4).

All of it is encrypted, carries no moment and no origin, and goes away: texts after 30 days, a request
once contact is made. Only a monthly number remains.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.sealing import Sealer, Unreadable
from storage.statement import Both
from storage.tables import ACROSS, coach_month, coach_request, wave, wave_comment

TEXTS_KEPT = 30  # days after the closing of the wave
_BLOCK = 4096  # bytes; texts are padded to multiples of it
_REQUEST = 2048  # bytes of every request: more than its form can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody would like to talk. For the coach's screen only."""

    user: str = field(repr=False)  # Slack user
    way: str = field(default="", repr=False)  # message, call or meeting
    when: str = field(default="", repr=False)
    word: str = field(default="", repr=False)


_TEXTS = (
    select(wave.c.id, wave.c.what, wave_comment.c.question, wave_comment.c.sealed)
    .join(
        wave_comment,
        (wave_comment.c.workspace == wave.c.workspace) & (wave_comment.c.wave_id == wave.c.id),
    )
    .where(
        wave.c.workspace == bindparam("w"),
        wave_comment.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        wave_comment.c.until > bindparam("today"),
    )
    .order_by(wave.c.closed_on.desc(), wave_comment.c.question)
)
_PURGE = delete(wave_comment).where(wave_comment.c.until <= bindparam("today")).execution_options(**ACROSS)
_REQUESTS = (
    select(coach_request.c.id, coach_request.c.sealed)
    .where(coach_request.c.workspace == bindparam("w"), coach_request.c.project_id == bindparam("p"))
    .order_by(coach_request.c.id)
)
_MET = delete(coach_request).where(
    coach_request.c.workspace == bindparam("w"),
    coach_request.c.project_id == bindparam("p"),
    coach_request.c.id == bindparam("i"),
)
_ONE_MORE = Both(
    lambda insert: insert(coach_month).on_conflict_do_update(
        index_elements=["workspace", "project_id", "month"], set_={"n": coach_month.c.n + 1}
    )
)
_MONTH = select(coach_month.c.n).where(
    coach_month.c.workspace == bindparam("w"),
    coach_month.c.project_id == bindparam("p"),
    coach_month.c.month == bindparam("m"),
)


def keep_texts(
    conn: Connection,
    *,
    workspace: str,
    wave_id: str,
    question: str,
    texts: Sequence[str],
    until: date,
    sealer: Sealer,
) -> None:
    """Keep the texts of one question for the coach, in one sealed row: not even their number shows."""
    content = json.dumps([*texts], ensure_ascii=False).encode()
    size = -(-len(content) // _BLOCK) * _BLOCK
    sealed = sealer.seal("comment", f"{workspace}:{wave_id}:{question}", content, size=size)
    row = {"workspace": workspace, "wave_id": wave_id, "question": question, "sealed": sealed, "until": until}
    conn.execute(insert(wave_comment), row)


def texts(
    conn: Connection, *, workspace: str, project_id: str, today: date, sealer: Sealer
) -> list[tuple[str, str, tuple[str, ...]]]:
    """For the coach's screen: (wave, question, texts), latest wave first. What another key sealed is
    left out."""
    found = []
    for row in conn.execute(_TEXTS, {"w": workspace, "p": project_id, "today": today}):
        try:
            content = sealer.unseal("comment", f"{workspace}:{row.id}:{row.question}", bytes(row.sealed))
        except Unreadable:
            continue
        found.append((row.what, row.question, tuple(json.loads(content))))
    return found


def purge(conn: Connection, *, today: date) -> int:
    """Delete the texts whose 30 days are over, in all workspaces."""
    return conn.execute(_PURGE, {"today": today}).rowcount


def ask(conn: Connection, *, workspace: str, project_id: str, wish: Wish, sealer: Sealer) -> str:
    """Keep a request until contact is made. Returns its id. One person may ask again: the latest
    request takes the place of the one before, so that a double click is one request."""
    for id, kept in requests(conn, workspace=workspace, project_id=project_id, sealer=sealer):
        if kept.user == wish.user:
            conn.execute(_MET, {"w": workspace, "p": project_id, "i": id})
    id = secrets.token_hex(16)
    content = json.dumps([wish.user, wish.way, wish.when, wish.word], ensure_ascii=False).encode()
    sealed = sealer.seal("coach", f"{workspace}:{id}", content, size=_REQUEST)
    conn.execute(
        insert(coach_request),
        {"workspace": workspace, "id": id, "project_id": project_id, "sealed": sealed},
    )
    return id


def requests(conn: Connection, *, workspace: str, project_id: str, sealer: Sealer) -> list[tuple[str, Wish]]:
    """For the coach's screen: every request, by its random id."""
    found = []
    for row in conn.execute(_REQUESTS, {"w": workspace, "p": project_id}):
        try:
            content = sealer.unseal("coach", f"{workspace}:{row.id}", bytes(row.sealed))
        except Unreadable:
            continue
        user, way, when, word = json.loads(content)
        found.append((row.id, Wish(user=user, way=way, when=when, word=word)))
    return found


def withdraw(conn: Connection, *, workspace: str, project_id: str, id: str) -> bool:
    """Whoever asked takes it back: deleted, and counted nowhere. False: gone."""
    return bool(conn.execute(_MET, {"w": workspace, "p": project_id, "i": id}).rowcount)


def met(conn: Connection, *, workspace: str, project_id: str, id: str, today: date) -> bool:
    """Contact was made: the request is deleted, and one more is counted in the month. False: gone."""
    if not withdraw(conn, workspace=workspace, project_id=project_id, id=id):
        return False
    row = {"workspace": workspace, "project_id": project_id, "month": today.strftime("%Y-%m"), "n": 1}
    conn.execute(_ONE_MORE.on(conn), row)
    return True


def in_month(conn: Connection, *, workspace: str, project_id: str, month: date) -> int:
    """How many contacts were made in a month. To be shown as "fewer than 5" up to 4."""
    key = {"w": workspace, "p": project_id, "m": month.strftime("%Y-%m")}
    return int(conn.execute(_MONTH, key).scalar() or 0)
