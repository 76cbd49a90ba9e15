"""What points to what among the records of a project: supersedes, serves, settles. Read both ways."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from flows.dialogue.effects import PREFIX
from storage.register import place_of
from storage.statement import Both
from storage.tables import record_link

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
