"""Versions of the note in review: kept, read, signed. Decides nothing (flows/signoff does).

Who writes holds the project first (`storage.project.lock`): of two who sign in one second the second reads
what the first has written.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from flows.signoff.model import Remark, Review, Signature
from storage.tables import remark, review, signature


def _of(table: Table) -> tuple[ColumnElement[bool], ...]:
    """The rows of one version of one project's note."""
    return (
        table.c.workspace == bindparam("w"),
        table.c.project_id == bindparam("p"),
        table.c.version == bindparam("v"),
    )


_ONE = select(review).where(*_of(review))
_LATEST = (
    select(review.c.version)
    .where(review.c.workspace == bindparam("w"), review.c.project_id == bindparam("p"))
    .order_by(review.c.version.desc())
    .limit(1)
)
_REMARKS = select(remark).where(*_of(remark)).order_by(remark.c.made_at, remark.c.id)
_SIGNATURES = select(signature).where(*_of(signature)).order_by(signature.c.signed_at, signature.c.user)
_ADD = insert(review)
_STATE = update(review).where(*_of(review)).values(state=bindparam("new_state"))
_ADD_REMARK = insert(remark)
_REPLY = (
    update(remark)
    .where(*_of(remark), remark.c.id == bindparam("i"))
    .values({name: bindparam(f"new_{name}") for name in ("state", "reply", "issue")})
)
_ADD_SIGNATURE = insert(signature)
_UNSIGN = delete(signature).where(*_of(signature), signature.c.user == bindparam("u"))


def begin(conn: Connection, *, workspace: str, project_id: str, new: Review, by: str, now: datetime) -> None:
    """A version goes round, without remarks or signatures yet. Raises IntegrityError when it already does."""
    row = {
        **_here(workspace, project_id, new), "fingerprint": new.fingerprint, "sponsor": new.sponsor,
        "signers": list(new.signers), "state": new.state, "opened_by": by, "opened_at": now,
    }  # fmt: skip
    conn.execute(_ADD, row)


def latest(conn: Connection, *, workspace: str, project_id: str) -> Review | None:
    """The newest version that was sent round, as it stands; None when there was none."""
    number = conn.execute(_LATEST, {"w": workspace, "p": project_id}).scalar()
    if number is None:
        return None
    return get(conn, workspace=workspace, project_id=project_id, version=number)


def get(conn: Connection, *, workspace: str, project_id: str, version: int) -> Review | None:
    """One version with its remarks and signatures, the oldest first; None when it was not sent round."""
    key = {"w": workspace, "p": project_id, "v": version}
    row = conn.execute(_ONE, key).first()
    if row is None:
        return None
    return Review(
        version=row.version,
        fingerprint=row.fingerprint,
        sponsor=row.sponsor,
        signers=tuple(row.signers or ()),
        state=row.state,
        remarks=tuple(_remark(one) for one in conn.execute(_REMARKS, key)),
        signatures=tuple(_signature(one) for one in conn.execute(_SIGNATURES, key)),
    )


def move(conn: Connection, *, workspace: str, project_id: str, old: Review, new: Review) -> None:
    """From how it stood to how it stands: its state, remarks and replies, signatures given and taken back."""
    key = {"w": workspace, "p": project_id, "v": old.version}
    if new.state != old.state:
        conn.execute(_STATE, {**key, "new_state": new.state})
    _remarks(conn, key, old, new, _here(workspace, project_id, new))
    for one in old.signatures:
        if one not in new.signatures:
            conn.execute(_UNSIGN, {**key, "u": one.user})
    for one in new.signatures:
        if one not in old.signatures:
            conn.execute(_ADD_SIGNATURE, {**_here(workspace, project_id, new), **_signed(one)})


def _remarks(conn: Connection, key: dict[str, Any], old: Review, new: Review, here: dict[str, Any]) -> None:
    before = {one.id: one for one in old.remarks}
    for one in new.remarks:
        if one.id not in before:
            conn.execute(_ADD_REMARK, {**here, **_said(one)})
        elif one != before[one.id]:
            said = {"new_state": one.state, "new_reply": one.reply, "new_issue": one.issue}
            conn.execute(_REPLY, {**key, "i": one.id, **said})


def _here(workspace: str, project_id: str, of: Review) -> dict[str, Any]:
    return {"workspace": workspace, "project_id": project_id, "version": of.version}


def _said(one: Remark) -> dict[str, Any]:
    return {
        "id": one.id, "section": one.section, "author": one.author, "kind": one.kind, "words": one.words,
        "made_at": one.at, "state": one.state, "reply": one.reply, "issue": one.issue,
    }  # fmt: skip


def _signed(one: Signature) -> dict[str, Any]:
    return {
        "user": one.user, "role": one.role, "choice": one.choice, "words": one.words,
        "override": one.override, "fingerprint": one.fingerprint, "signed_at": one.at,
    }  # fmt: skip


def _remark(row: Any) -> Remark:
    return Remark(
        id=row.id, section=row.section, author=row.author, kind=row.kind, words=row.words, at=row.made_at,
        state=row.state, reply=row.reply, issue=row.issue,
    )  # fmt: skip


def _signature(row: Any) -> Signature:
    return Signature(
        user=row.user, role=row.role, choice=row.choice, words=row.words, override=row.override,
        fingerprint=row.fingerprint, at=row.signed_at,
    )  # fmt: skip
