"""What points to what among the records of a project: supersedes, serves, settles. Read both ways."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, delete, select

from flows.dialogue.effects import PREFIX
from flows.register.depending import LOOSE
from storage.register import place_of
from storage.statement import Both
from storage.tables import record, record_link

Link = Literal["supersedes", "serves", "settles"]
PREFIXES = frozenset(PREFIX.values())

_LINK = Both(lambda insert: insert(record_link).on_conflict_do_nothing())
_HERE = (record_link.c.workspace == bindparam("w"), record_link.c.project_id == bindparam("p"))
_FROM = select(record_link).where(
    *_HERE, record_link.c.prefix == bindparam("x"), record_link.c.number == bindparam("n")
)
_TO = select(record_link).where(
    *_HERE, record_link.c.to_prefix == bindparam("x"), record_link.c.to_number == bindparam("n")
)
_CUT = delete(record_link).where(
    *_HERE,
    record_link.c.prefix == bindparam("x"),
    record_link.c.number == bindparam("n"),
    record_link.c.link == bindparam("l"),
)
#: Each link with the record that points.
_POINTING = record_link.join(
    record,
    and_(
        record.c.workspace == record_link.c.workspace,
        record.c.project_id == record_link.c.project_id,
        record.c.prefix == record_link.c.prefix,
        record.c.number == record_link.c.number,
    ),
)
_ON = record.alias("rests_on")
_SHAKEN = (
    select(record.c.prefix, record.c.number, _ON.c.prefix.label("on_prefix"), _ON.c.number.label("on_number"))
    .select_from(_POINTING)
    .join(
        _ON,
        and_(
            _ON.c.workspace == record_link.c.workspace,
            _ON.c.project_id == record_link.c.project_id,
            _ON.c.prefix == record_link.c.to_prefix,
            _ON.c.number == record_link.c.to_number,
        ),
    )
    .where(
        *_HERE,
        record_link.c.link == "serves",
        record.c.owner == bindparam("u"),
        _ON.c.kind == "decision",
        _ON.c.status.in_(tuple(LOOSE)),
    )
    .order_by(record.c.prefix, record.c.number)
)
_INSTEAD = (
    select(record_link.c.prefix, record_link.c.number, record_link.c.to_prefix, record_link.c.to_number)
    .select_from(_POINTING)
    .where(
        *_HERE,
        record_link.c.link == "supersedes",
        record_link.c.to_prefix == bindparam("x"),
        record_link.c.to_number.in_(bindparam("numbers", expanding=True)),
        record.c.status.in_(("accepted", "superseded")),
    )
    .order_by(record_link.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One link as one of its two records sees it."""

    link: Link
    ref: str  # the other record: "DEC-3"
    outward: bool  # this record points to the other; False: the other points to this one


def link(conn: Connection, *, workspace: str, project_id: str, ref: str, link: Link, to: str) -> None:
    """`ref` points to `to`, once however often it is said. ValueError for what is no record's number."""
    here, there = place_of(ref), place_of(to)
    if here is None or there is None or not {here[0], there[0]} <= PREFIXES:
        raise ValueError(f"{ref} and {to} are not both records")
    row = {
        "workspace": workspace, "project_id": project_id, "prefix": here[0], "number": here[1],
        "link": link, "to_prefix": there[0], "to_number": there[1],
    }  # fmt: skip
    conn.execute(_LINK.on(conn), row)


def cut(conn: Connection, *, workspace: str, project_id: str, ref: str, link: Link) -> None:
    """`ref` points to nothing by this link any more: it is about to point elsewhere, or to nothing."""
    prefix, number = place_of(ref) or ("", 0)
    conn.execute(_CUT, {"w": workspace, "p": project_id, "x": prefix, "n": number, "l": link})


def shaken(conn: Connection, *, workspace: str, project_id: str, owner: str) -> list[tuple[str, str]]:
    """What somebody sees to and rests on a decision that does not stand, over or not: ("ACT-2", "DEC-1")."""
    rows = conn.execute(_SHAKEN, {"w": workspace, "p": project_id, "u": owner})
    return [(f"{row.prefix}-{row.number}", f"{row.on_prefix}-{row.on_number}") for row in rows]


def instead(
    conn: Connection, *, workspace: str, project_id: str, refs: Collection[str]
) -> dict[str, list[str]]:
    """Of these decisions, what has taken the place of each; nothing for one that is only to be replaced. One
    statement however many there are, none where there are none."""
    numbers = [place[1] for ref in refs if (place := place_of(ref)) and place[0] == PREFIX["decision"]]
    if not numbers:
        return {}
    key = {"w": workspace, "p": project_id, "x": PREFIX["decision"], "numbers": numbers}
    found: dict[str, list[str]] = {}
    for row in conn.execute(_INSTEAD, key):
        found.setdefault(f"{row.to_prefix}-{row.to_number}", []).append(f"{row.prefix}-{row.number}")
    return found


def links(conn: Connection, *, workspace: str, project_id: str, ref: str) -> tuple[Linked, ...]:
    """Everything this record points to, then everything that points to it, by kind of link and number."""
    place = place_of(ref)
    if place is None:
        return ()
    key = {"w": workspace, "p": project_id, "x": place[0], "n": place[1]}
    out = [
        Linked(link=row.link, ref=f"{row.to_prefix}-{row.to_number}", outward=True)
        for row in conn.execute(_FROM, key)
    ]
    back = [
        Linked(link=row.link, ref=f"{row.prefix}-{row.number}", outward=False)
        for row in conn.execute(_TO, key)
    ]

    def order(one: Linked) -> tuple[str, str, int]:
        prefix, _, number = one.ref.partition("-")
        return one.link, prefix, int(number)

    return (*sorted(out, key=order), *sorted(back, key=order))
