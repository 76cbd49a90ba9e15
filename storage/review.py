"""Versions of the note in review: kept, read, voted on, signed. Decides nothing (flows/signoff does).

What is signed never changes: only a member's signature may still join the sponsor's. Votes are read by who
counts them, and gone then. Who writes holds the project first (`storage.project.lock`): of two who sign in
one second the second reads what the first has written.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from flows.signoff.model import SPONSORS, Remark, Review, Signature, State, Tally, View, Vote
from storage.statement import Both
from storage.tables import ACROSS, remark, review, review_vote, signature


class Frozen(RuntimeError):
    """The version is signed, sent back or replaced: nothing of it was changed."""


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
#: What is signed, sent back or replaced stays: only a version in review moves on.
_MOVE = (
    update(review)
    .where(*_of(review), review.c.state == "review")
    .values({name: bindparam(f"new_{name}") for name in ("state", "tally", "alike", "signers")})
)
_ADD_REMARK = insert(remark)
_REPLY = (
    update(remark)
    .where(*_of(remark), remark.c.id == bindparam("i"))
    .values({name: bindparam(f"new_{name}") for name in ("state", "reply", "issue")})
)
_ADD_SIGNATURE = insert(signature)
_UNSIGN = delete(signature).where(*_of(signature), signature.c.user == bindparam("u"))
_NOW = select(review.c.state).where(*_of(review)).with_for_update()
_VOTES = select(review_vote).where(*_of(review_vote)).order_by(review_vote.c.user)
_NO_VOTES = delete(review_vote).where(*_of(review_vote))
_VOTE = Both(
    lambda insert: (new := insert(review_vote)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "version", "user"],
        set_={name: new.excluded[name] for name in ("points", "words", "signed")},
    )
)
_EVERY = (
    select(review.c.version, review.c.state)
    .where(review.c.workspace == bindparam("w"), review.c.project_id == bindparam("p"))
    .order_by(review.c.version)
)
#: For the command line of whoever runs the bot: a file does not say of which workspace it is.
_BEARING = (
    select(review.c.workspace, review.c.project_id, review.c.version)
    .where(review.c.fingerprint == bindparam("f"))
    .order_by(review.c.workspace, review.c.project_id, review.c.version)
    .limit(5)
    .execution_options(**ACROSS)
)
#: What the sponsors of versions have decided (RTE13); what nobody has taken back since.
_DECIDED = (
    select(signature)
    .where(
        signature.c.workspace == bindparam("w"),
        signature.c.project_id == bindparam("p"),
        signature.c.choice.in_(SPONSORS),
    )
    .order_by(signature.c.version)
)


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
        tally=None if row.tally is None else _tally(row.tally),
        alike=row.alike,
    )


def states(conn: Connection, *, workspace: str, project_id: str) -> dict[int, State]:
    """How each version that went round stands, the oldest first."""
    rows = conn.execute(_EVERY, {"w": workspace, "p": project_id})
    return {row.version: row.state for row in rows}


def decided(conn: Connection, *, workspace: str, project_id: str) -> tuple[Signature, ...]:
    """What sponsors have decided of versions (RTE13), the oldest first: signed, or sent back."""
    return tuple(_signature(row) for row in conn.execute(_DECIDED, {"w": workspace, "p": project_id}))


def bearing(conn: Connection, *, fingerprint: str) -> list[tuple[str, str, int]]:
    """Which versions have this fingerprint, as (workspace, project id, version), in any workspace."""
    rows = conn.execute(_BEARING, {"f": fingerprint})
    return [(row.workspace, row.project_id, row.version) for row in rows]


def vote(conn: Connection, *, workspace: str, project_id: str, version: int, given: Vote) -> None:
    """Keep a vote until it is counted, in place of this person's earlier one."""
    row = {
        "workspace": workspace, "project_id": project_id, "version": version, "user": given.user,
        "points": given.points, "words": given.words, "signed": given.signed,
    }  # fmt: skip
    conn.execute(_VOTE.on(conn), row)


def votes(conn: Connection, *, workspace: str, project_id: str, version: int) -> tuple[Vote, ...]:
    """The votes that are not counted yet, for whoever counts them. Shown to nobody."""
    key = {"w": workspace, "p": project_id, "v": version}
    return tuple(
        Vote(user=row.user, points=row.points, words=row.words, signed=bool(row.signed))
        for row in conn.execute(_VOTES, key)
    )


def move(conn: Connection, *, workspace: str, project_id: str, old: Review, new: Review) -> None:
    """From how it stood to how it stands: its state, who is asked to sign, remarks and replies, the tally,
    and signatures given and taken back. The votes go once they are counted, and when the review ends
    uncounted. Raises Frozen when the version is no longer in review and more would change than a member's
    signature that joins the sponsor's."""
    key = {"w": workspace, "p": project_id, "v": old.version}
    stands = conn.execute(_NOW, key).scalar()
    joins = stands == "signed" and old.signatures == new.signatures[: len(old.signatures)]
    if stands != "review" and not (joins and _same(old, new)):
        raise Frozen(f"version {old.version} of the note is {stands}")
    if not _same(old, new):
        alike = None if new.alike is None else int(new.alike + 0.5)
        row = {
            "new_state": new.state, "new_tally": _spread(new.tally), "new_alike": alike,
            "new_signers": list(new.signers),
        }  # fmt: skip
        conn.execute(_MOVE, {**key, **row})
        _remarks(conn, key, old, new, _here(workspace, project_id, new))
    if stands == "review" and (new.tally is not None or new.state != "review"):
        conn.execute(_NO_VOTES, key)
    for one in old.signatures:
        if one not in new.signatures:
            conn.execute(_UNSIGN, {**key, "u": one.user})
    for one in new.signatures:
        if one not in old.signatures:
            conn.execute(_ADD_SIGNATURE, {**_here(workspace, project_id, new), **_signed(one)})


def _same(old: Review, new: Review) -> bool:
    """Nothing but signatures has changed."""
    return replace(old, signatures=()) == replace(new, signatures=())


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


def _spread(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "counts": dict(tally.counts), "voters": tally.voters, "at": tally.at.isoformat(),
        "where": tally.where, "second": tally.second,
        "views": [{"words": one.words, "user": one.user} for one in tally.views],
    }  # fmt: skip


def _tally(kept: Any) -> Tally:
    return Tally(
        counts=kept["counts"], voters=kept["voters"], at=datetime.fromisoformat(kept["at"]),
        where=kept["where"], second=kept["second"],
        views=tuple(View(words=one["words"], user=one["user"]) for one in kept["views"]),
    )  # fmt: skip
