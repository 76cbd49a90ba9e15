"""One ballot into the sealed box of its wave, in one transaction (5.3 rule 6). Counts nothing, tells nobody.

The box is held first, so that a ballot and the closing never cross; then the mark keeps out a second
ballot; then the box is unsealed, completed and sealed again. Nothing else is written: no row of a
person, no moment, no order.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, select, update

from flows.wave import box as boxes
from flows.wave.model import Ballot, Box, Comment, Item, Shuffle, Sum
from storage.failpoint import fp
from storage.sealing import OVERHEAD, Sealer
from storage.statement import Both
from storage.tables import ballot_box, ballot_ledger, wave, wave_invited

Cast = Literal["recorded", "already", "closed", "uninvited"]

_BLOCK = 4096  # bytes; boxes are multiples of it
_FIGURE, _QUOTED = 7, 96  # bytes a tally may need more than "0", and a comment beside its text
_BYTES = 4  # of one character at most

_HOLD = (
    select(ballot_box.c.sealed)
    .where(ballot_box.c.workspace == bindparam("w"), ballot_box.c.wave_id == bindparam("v"))
    .with_for_update()
)
_TERMS = select(wave.c.asked, wave.c.closes_on).where(
    wave.c.workspace == bindparam("w"), wave.c.id == bindparam("v"), wave.c.status == "open"
)
_PART = select(wave_invited.c.part).where(
    wave_invited.c.workspace == bindparam("w"),
    wave_invited.c.wave_id == bindparam("v"),
    wave_invited.c.user == bindparam("u"),
)
_MARK = Both(lambda insert: insert(ballot_ledger).on_conflict_do_nothing().returning(ballot_ledger.c.wave_id))
_REWRITE = (
    update(ballot_box)
    .where(ballot_box.c.workspace == bindparam("w"), ballot_box.c.wave_id == bindparam("v"))
    .values(sealed=bindparam("new"))
)


def cast(
    conn: Connection, *, workspace: str, wave_id: str, user: str, ballot: Ballot, today: date,
    sealer: Sealer, shuffle: Shuffle,
) -> Cast:  # fmt: skip
    """Put the ballot of this user into the box, once. Raises sealing.Unreadable when the box was
    sealed with another key: nothing is recorded then."""
    here = {"w": workspace, "v": wave_id}
    sealed = conn.execute(_HOLD, here).scalar()
    terms = conn.execute(_TERMS, here).first()
    if sealed is None or terms is None or today > terms.closes_on:
        return "closed"
    part = conn.execute(_PART, {**here, "u": user}).scalar()
    if part is None:
        return "uninvited"
    mark = {"workspace": workspace, "wave_id": wave_id, "mark": sealer.mark(about(workspace, wave_id), user)}
    if conn.execute(_MARK.on(conn), mark).first() is None:
        return "already"
    fp("ballot_marked")
    found = opened(sealed, workspace=workspace, wave_id=wave_id, sealer=sealer)
    added = boxes.add(found, ballot, group=part, shuffle=shuffle)
    size = len(sealed) - OVERHEAD
    new = sealed_box(added, workspace=workspace, wave_id=wave_id, sealer=sealer, size=size)
    conn.execute(_REWRITE, {**here, "new": new})
    fp("ballot_boxed")
    return "recorded"


def about(workspace: str, wave_id: str) -> str:
    """What the keys of one wave are derived for."""
    return f"{workspace}:{wave_id}"


def capacity(items: Sequence[Item], invited: int) -> int:
    """Bytes the fullest box of this wave can need: every box of it has this size from the start."""
    tallies = len(_written(boxes.empty(items)))
    figures = sum(5 + 2 * len(item.groups) + len(item.options) + 1 for item in items)
    texts = sum(item.longest * _BYTES + max(item.lines, 1) * _QUOTED for item in items if item.kind == "text")
    needed = tallies + figures * _FIGURE + invited * texts
    return -(-needed // _BLOCK) * _BLOCK


def sealed_box(box: Box, *, workspace: str, wave_id: str, sealer: Sealer, size: int) -> bytes:
    """The box as it is stored."""
    return sealer.seal("box", about(workspace, wave_id), _written(box), size=size)


def opened(sealed: bytes, *, workspace: str, wave_id: str, sealer: Sealer) -> Box:
    """The box as it was. Raises sealing.Unreadable."""
    return _read(sealer.unseal("box", about(workspace, wave_id), bytes(sealed)))


def _written(box: Box) -> bytes:
    content = {
        "scales": box.scales,
        "groups": {id: {part: [s.n, s.total] for part, s in sums.items()} for id, sums in box.groups.items()},
        "answered": box.answered,
        "choices": box.choices,
        "texts": box.texts,
        "comments": [[c.question, c.level, c.text] for c in box.comments],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _read(content: bytes) -> Box:
    found: dict[str, Any] = json.loads(content)
    return Box(
        scales={id: tuple(counts) for id, counts in found["scales"].items()},
        groups={
            id: {part: Sum(*figures) for part, figures in sums.items()}
            for id, sums in found["groups"].items()
        },
        answered=found["answered"],
        choices=found["choices"],
        texts=found["texts"],
        comments=tuple(Comment(question=q, level=level, text=text) for q, level, text in found["comments"]),
    )
