"""Anonymous waves: opening them, closing them, reading what closed ones left. Counts nothing before closing.

What a wave asks is kept with it, so that content may change while it is open. Casting a ballot is in
`ballot.py`.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from flows.wave import box, closing
from flows.wave.model import ChoiceKept, Item, Kept, ScaleKept, Shuffle, Sum, TextKept
from storage import ballot, coaching
from storage.failpoint import fp
from storage.sealing import Sealer, Unreadable
from storage.tables import ballot_box, ballot_ledger, wave, wave_invited, wave_result

#: kept: at least as many ballots as the threshold; few: destroyed unread; lost: sealed with another key.
Outcome = Literal["kept", "few", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One wave, as anybody may know it. Holds no count of ballots: nothing has one."""

    id: str
    workspace: str
    project_id: str
    what: str
    opened_by: str
    opened_on: date
    closes_on: date
    threshold: int
    items: tuple[Item, ...]
    key_mark: str
    open: bool
    outcome: Outcome | None = None
    closed_on: date | None = None
    lots: tuple[str, ...] = ()  # asked of the users of these lots; (): of the team

    @property
    def split(self) -> bool:
        """Whether results may also be given by function: the notice says so."""
        return any(item.groups for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWave:
    """A wave to open, with everybody invited and the function their answers are added to."""

    workspace: str
    project_id: str
    what: str
    opened_by: str
    opened_on: date
    closes_on: date
    threshold: int
    items: Sequence[Item]
    invited: Mapping[str, str] = field(default_factory=dict)  # Slack user -> function, or ""
    lots: Sequence[str] = ()  # asked of the users of these lots; (): of the team


_THIS = (wave.c.workspace == bindparam("w"), wave.c.id == bindparam("v"))
_GET = select(wave).where(*_THIS)
_OPEN = select(wave.c.id).where(
    wave.c.workspace == bindparam("w"),
    wave.c.project_id == bindparam("p"),
    wave.c.what == bindparam("what"),
    wave.c.status == "open",
)
_OF_PROJECT = (
    select(wave)
    .where(wave.c.workspace == bindparam("w"), wave.c.project_id == bindparam("p"))
    .order_by(wave.c.opened_on, wave.c.what, wave.c.id)
)
_FOR_USER = (
    select(wave)
    .join(
        wave_invited,
        (wave_invited.c.workspace == wave.c.workspace) & (wave_invited.c.wave_id == wave.c.id),
    )
    .where(
        wave.c.workspace == bindparam("w"),
        wave_invited.c.workspace == bindparam("w"),
        wave_invited.c.user == bindparam("u"),
        wave.c.status == "open",
    )
    .order_by(wave.c.closes_on, wave.c.id)
)
_INVITED = (
    select(wave_invited.c.user)
    .where(wave_invited.c.workspace == bindparam("w"), wave_invited.c.wave_id == bindparam("v"))
    .order_by(wave_invited.c.user)
)
_ASKED_BEFORE = (
    select(wave_invited.c.user)
    .join(wave, (wave.c.workspace == wave_invited.c.workspace) & (wave.c.id == wave_invited.c.wave_id))
    .where(
        wave_invited.c.workspace == bindparam("w"),
        wave.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        wave.c.what == bindparam("what"),
    )
    .distinct()
)
_TIMES_ASKED = (
    select(func.count())
    .select_from(wave_invited)
    .join(wave, (wave.c.workspace == wave_invited.c.workspace) & (wave.c.id == wave_invited.c.wave_id))
    .where(
        wave_invited.c.workspace == bindparam("w"),
        wave_invited.c.user == bindparam("u"),
        wave.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        wave.c.what == bindparam("what"),
    )
)
_POSTPONE = update(wave).where(*_THIS, wave.c.status == "open").values(closes_on=bindparam("day"))
_CLOSE = (
    update(wave)
    .where(*_THIS, wave.c.status == "open")
    .values(status="closed", closed_on=bindparam("day"))
    .returning(wave.c.id)
)
_OUTCOME = update(wave).where(*_THIS).values(outcome=bindparam("came"))
_BOX_OF = (ballot_box.c.workspace == bindparam("w"), ballot_box.c.wave_id == bindparam("v"))
_HOLD = select(ballot_box.c.sealed).where(*_BOX_OF).with_for_update()
_LEDGER_OF = (ballot_ledger.c.workspace == bindparam("w"), ballot_ledger.c.wave_id == bindparam("v"))
_COUNT = select(func.count()).select_from(ballot_ledger).where(*_LEDGER_OF)
_DESTROY = (delete(ballot_ledger).where(*_LEDGER_OF), delete(ballot_box).where(*_BOX_OF))
_RESULTS = (
    select(wave_result.c.wave_id, wave_result.c.question, wave_result.c.n, wave_result.c.kept)
    .where(
        wave_result.c.workspace == bindparam("w"),
        wave_result.c.wave_id.in_(bindparam("waves", expanding=True)),
    )
    .order_by(wave_result.c.question)
)


def create(conn: Connection, new: NewWave, *, sealer: Sealer) -> str:
    """A new wave, open, with its empty box. Returns its id; "" when one of the same kind is open."""
    here = {"w": new.workspace, "p": new.project_id, "what": new.what}
    if conn.execute(_OPEN, here).first() is not None:
        return ""
    id = secrets.token_hex(16)
    row = {
        "workspace": new.workspace,
        "id": id,
        "project_id": new.project_id,
        "what": new.what,
        "opened_by": new.opened_by,
        "opened_on": new.opened_on,
        "closes_on": new.closes_on,
        "threshold": new.threshold,
        "asked": [asdict(item) for item in new.items],
        "key_mark": sealer.key_mark(ballot.about(new.workspace, id)),
        "status": "open",
        "lots": [*new.lots] or None,
    }
    conn.execute(insert(wave), row)
    invited = [
        {"workspace": new.workspace, "wave_id": id, "user": user, "part": part}
        for user, part in sorted(new.invited.items())
    ]
    conn.execute(insert(wave_invited), invited)
    empty = ballot.sealed_box(
        box.empty(new.items), workspace=new.workspace, wave_id=id, sealer=sealer,
        size=ballot.capacity(new.items, len(invited)),
    )  # fmt: skip
    conn.execute(insert(ballot_box), {"workspace": new.workspace, "wave_id": id, "sealed": empty})
    return id


def get(conn: Connection, *, workspace: str, id: str) -> Wave | None:
    """The wave, or None when there is none of this id in this workspace."""
    row = conn.execute(_GET, {"w": workspace, "v": id}).first()
    return None if row is None else _wave(row)


def of_project(conn: Connection, *, workspace: str, project_id: str) -> list[Wave]:
    """Every wave of the project, oldest first."""
    return [_wave(row) for row in conn.execute(_OF_PROJECT, {"w": workspace, "p": project_id})]


def for_user(conn: Connection, *, workspace: str, user: str) -> list[Wave]:
    """The open waves this user is invited to, whether they have answered or not: nothing knows."""
    return [_wave(row) for row in conn.execute(_FOR_USER, {"w": workspace, "u": user})]


def invited(conn: Connection, *, workspace: str, id: str) -> tuple[str, ...]:
    """Everybody invited, in an order that says nothing."""
    return tuple(conn.execute(_INVITED, {"w": workspace, "v": id}).scalars())


def asked_before(conn: Connection, *, workspace: str, project_id: str, what: str) -> set[str]:
    """Everybody who was ever invited to a wave of this kind, whether they answered or not."""
    return set(conn.execute(_ASKED_BEFORE, {"w": workspace, "p": project_id, "what": what}).scalars())


def times_asked(conn: Connection, *, workspace: str, project_id: str, what: str, user: str) -> int:
    """To how many waves of this kind this person has been invited, whether they answered or not."""
    key = {"w": workspace, "p": project_id, "what": what, "u": user}
    return int(conn.execute(_TIMES_ASKED, key).scalar_one())


def postpone(conn: Connection, *, workspace: str, id: str, closes_on: date) -> bool:
    """An open wave closes later, as only a pause of the project makes it. False: it is closed."""
    return conn.execute(_POSTPONE, {"w": workspace, "v": id, "day": closes_on}).rowcount > 0


def close(
    conn: Connection, *, workspace: str, id: str, today: date, sealer: Sealer, shuffle: Shuffle
) -> Wave | None:
    """Close the wave once: count the ledger, read the box or destroy it unread, delete both, keep what
    rule 6 lists. Everything or nothing of it, in this transaction. None: it was closed already."""
    here = {"w": workspace, "v": id}
    if conn.execute(_CLOSE, {**here, "day": today}).first() is None:
        return None
    closed = get(conn, workspace=workspace, id=id)
    if closed is None:
        return None
    sealed = conn.execute(_HOLD, here).scalar()
    ballots = conn.execute(_COUNT, here).scalar_one()
    fp("wave_counted")
    outcome: Outcome = "few"
    if sealed is not None and closing.enough(ballots, closed.threshold):
        outcome = _keep(conn, closed, sealed, sealer=sealer, shuffle=shuffle)
    fp("wave_kept")
    for destroy in _DESTROY:
        conn.execute(destroy, here)
    conn.execute(_OUTCOME, {**here, "came": outcome})
    return get(conn, workspace=workspace, id=id)


def results(conn: Connection, *, workspace: str, ids: Iterable[str]) -> dict[str, dict[str, Kept]]:
    """What closed waves have left, by wave and question. Open waves have nothing to read."""
    wanted = list(ids)
    found: dict[str, dict[str, Kept]] = {id: {} for id in wanted}
    for row in conn.execute(_RESULTS, {"w": workspace, "waves": wanted}):
        found[row.wave_id][row.question] = _kept(row.n, row.kept or {})
    return found


def _keep(conn: Connection, closed: Wave, sealed: bytes, *, sealer: Sealer, shuffle: Shuffle) -> Outcome:
    here = {"workspace": closed.workspace, "wave_id": closed.id}
    try:
        found = ballot.opened(sealed, **here, sealer=sealer)
    except Unreadable:
        return "lost"
    left = closing.close(closed.items, found, threshold=closed.threshold, shuffle=shuffle)
    if left.kept:
        rows = [{**here, "question": q, "n": kept.n, "kept": _row(kept)} for q, kept in left.kept.items()]
        conn.execute(insert(wave_result), rows)
    for question, texts in left.coach.items():
        until = (closed.closed_on or closed.closes_on) + timedelta(days=coaching.TEXTS_KEPT)
        coaching.keep_texts(conn, **here, question=question, texts=texts, until=until, sealer=sealer)
    return "kept"


def _wave(row: Any) -> Wave:
    return Wave(
        id=row.id,
        workspace=row.workspace,
        project_id=row.project_id,
        what=row.what,
        opened_by=row.opened_by,
        opened_on=row.opened_on,
        closes_on=row.closes_on,
        threshold=row.threshold,
        items=tuple(_item(asked) for asked in row.asked or ()),
        key_mark=row.key_mark,
        open=row.status == "open",
        outcome=row.outcome,
        closed_on=row.closed_on,
        lots=tuple(row.lots or ()),
    )


def _item(asked: Mapping[str, Any]) -> Item:
    lists = {name: tuple(asked.get(name) or ()) for name in ("options", "groups")}
    return Item(**{**asked, **lists})


def _row(kept: Kept) -> dict[str, Any]:
    """What is kept beside the number of answers."""
    match kept:
        case ScaleKept():
            parts = {part: [s.n, s.total] for part, s in kept.groups.items()}
            return {"total": kept.total, "polar": kept.polar, "apart": kept.apart, "groups": parts}
        case ChoiceKept():
            return {"counts": kept.counts, "named": kept.named, "top": kept.top}
        case TextKept():
            return {"quotes": kept.quotes}


def _kept(n: int, row: Mapping[str, Any]) -> Kept:
    if "total" in row:
        parts = {part: Sum(*figures) for part, figures in row["groups"].items()}
        return ScaleKept(n=n, total=row["total"], polar=row["polar"], apart=tuple(row["apart"]), groups=parts)
    if "quotes" in row:
        return TextKept(n=n, quotes=tuple(row["quotes"]))
    return ChoiceKept(
        n=n, counts=row.get("counts"), named=tuple(row.get("named", ())), top=tuple(row.get("top", ()))
    )
