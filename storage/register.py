"""Reading the register: decisions, open issues, risks, goals … by number. Creates nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from flows.dialogue.effects import PREFIX, RecordKind
from flows.dialogue.model import Case, Value
from flows.register.model import Kept
from flows.words import Words
from storage.answer import may_read
from storage.tables import record

#: Under which `amended` keeps what was changed by hand: after every question, so that it is right.
HAND = "~hand"
WITHDRAWN = "withdrawn"  # its source no longer gives it; the number stays taken

_IN_PROJECT = (record.c.workspace == bindparam("w"), record.c.project_id == bindparam("p"))
_ORDER = (record.c.prefix, record.c.number)
_ONE = select(record).where(
    *_IN_PROJECT, record.c.prefix == bindparam("x"), record.c.number == bindparam("n")
)
_OF_DIALOGUE = (
    select(record)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.source_dialogue == bindparam("d"),
        record.c.status != WITHDRAWN,
    )
    .order_by(*_ORDER)
)
_OWNED = (
    select(record)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.owner == bindparam("u"),
        record.c.status != WITHDRAWN,
    )
    .order_by(record.c.due.is_(None), record.c.due, record.c.project_id, *_ORDER)
)
_CASES = (
    select(record)
    .where(
        *_IN_PROJECT,
        record.c.prefix.in_(bindparam("prefixes", expanding=True)),
        record.c.status != WITHDRAWN,
        ~record.c.restricted,
    )
    .order_by(*_ORDER)
)


def records(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    kinds: Collection[RecordKind] | None = None,
    owner: str | None = None,
    status: str | Collection[str] | None = None,
    roles: Collection[str] | None = (),
) -> list[Kept]:
    """Records of a project by kind and number. Withdrawn ones only when `status` asks for them.
    Restricted ones only for `roles` that may read them; None reads everything, for the bot's own
    reckoning and never for a person."""
    query = select(record).where(*_IN_PROJECT).order_by(*_ORDER)
    if kinds is not None:
        query = query.where(record.c.prefix.in_(sorted(PREFIX[kind] for kind in kinds)))
    if owner is not None:
        query = query.where(record.c.owner == owner)
    if status is None:
        query = query.where(record.c.status != WITHDRAWN)
    else:
        query = query.where(record.c.status.in_([status] if isinstance(status, str) else sorted(status)))
    rows = conn.execute(query, {"w": workspace, "p": project_id})
    return [kept(row) for row in rows if may_read(row, roles)]


def get(
    conn: Connection, *, workspace: str, project_id: str, ref: str, roles: Collection[str] | None = ()
) -> Kept | None:
    """The record people call `ref` ("ISS-3"); None when there is none, or `roles` may not read it."""
    place = place_of(ref)
    if place is None:
        return None
    key = {"w": workspace, "p": project_id, "x": place[0], "n": place[1]}
    row = conn.execute(_ONE, key).first()
    return None if row is None or not may_read(row, roles) else kept(row)


def of_dialogue(
    conn: Connection, *, workspace: str, dialogue_id: str, roles: Collection[str] | None = ()
) -> list[Kept]:
    """What the answers of one run have recorded and still say, by kind and number. Restricted as in
    `records`."""
    rows = conn.execute(_OF_DIALOGUE, {"w": workspace, "d": dialogue_id})
    return [kept(row) for row in rows if may_read(row, roles)]


def owned(conn: Connection, *, workspace: str, user: str) -> list[tuple[str, Kept]]:
    """What this person sees to, in all projects, as (project id, record), the next due first.
    Their own restricted records included: they are theirs."""
    rows = conn.execute(_OWNED, {"w": workspace, "u": user})
    return [(row.project_id, kept(row)) for row in rows]


def cases(
    conn: Connection, *, workspace: str, project_id: str, kinds: Collection[str]
) -> dict[str, tuple[Case, ...]]:
    """The live records of these kinds by number, as a dialogue asks about them. What is restricted is
    left out: whoever is asked reads the titles."""
    found: dict[str, list[Case]] = {kind: [] for kind in kinds}
    prefixes = sorted(prefix for kind, prefix in PREFIX.items() if kind in found)
    for row in conn.execute(_CASES, {"w": workspace, "p": project_id, "prefixes": prefixes}):
        found[row.kind].append(_case(row))
    return {kind: tuple(several) for kind, several in found.items()}


def place_of(ref: str) -> tuple[str, int] | None:
    """Prefix and number of what people call "ISS-3"; None when it is no such thing."""
    prefix, _, number = ref.upper().partition("-")
    return (prefix, int(number)) if number.isdecimal() and len(number) <= 9 else None


def amended(
    fields: Mapping[str, Value] | None, added: Mapping[str, Mapping[str, Value]] | None
) -> dict[str, Value]:
    """What people read: the fields the source gave, and over them what other questions added. Of two
    that add the same field the one with the later id is right, whoever came last."""
    read = dict(fields or {})
    for question in sorted(added or {}):
        read |= (added or {})[question]
    return read


def _case(row: Any) -> Case:
    one = kept(row)
    return Case(
        ref=one.ref, title=one.title, item=row.source_item, source=row.source_question, fields=one.fields
    )


def kept(row: Any) -> Kept:
    """A row as the other floors know it."""
    return Kept(
        kind=row.kind,
        number=row.number,
        title=Words(en=row.title_en, fr=row.title_fr),
        owner=row.owner,
        due=row.due,
        status=row.status,
        fields=amended(row.fields, row.amended),
        source=row.source_question,
        item=row.source_item,
        dialogue=row.source_dialogue,
        respondent=row.source_respondent,
        restricted=row.restricted,
        seen_by=tuple(row.seen_by or ()),
        asked_by=row.asked_by,
        created_at=row.created_at,
    )
