"""The log: one line for each record, kept with it, and found by filters and words, page by page.

A page costs the same whatever there is before it: it begins after the last line of the page before, and
never counts. Neither database reads its index of words from the newest line back, as far as a page needs: so
the newest lines are looked through first, and the index is asked only when they do not fill a page. What
somebody may not read is left out by the query itself, so nobody learns that it exists.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy import column as named
from sqlalchemy import table as plain_table
from sqlalchemy.dialects.postgresql import TSQUERY

from flows.dialogue.model import RESTRICTED_TO
from flows.register.finding import Wanted, searchable
from flows.register.model import Kept
from storage.register import WITHDRAWN, kept
from storage.statement import Both
from storage.tables import log_entry, record, record_link

_E = log_entry.c
_KEPT = (
    "kind", "status", "owner", "family", "dialogue", "question", "respondent", "unknown", "readers", "text",
)  # fmt: skip
_PUT = Both(
    lambda insert: (new := insert(log_entry)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "prefix", "number"],
        set_={name: new.excluded[name] for name in _KEPT},
    )
)
_TEXTS = plain_table("log_text", named("rowid"), named("log_text"))
NEWEST = 500  # lines that are looked through one by one before the index of words is asked
_SIMPLE = text("'simple'::regconfig")
_VECTOR: ColumnElement[Any] = literal_column("log_entry.log_text_vector")
_REPLACED = select(record_link).where(
    record_link.c.workspace == bindparam("w"),
    record_link.c.project_id == bindparam("p"),
    record_link.c.link == "supersedes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """On whose behalf the log is read."""

    user: str
    roles: frozenset[str]
    waiting: Collection[str] = ()  # questions whose answers nobody reads yet: their dialogue is open
    points: Collection[str] = ()  # kinds whose owner reads them all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record of the log. `place`: where a next page may begin."""

    place: int
    record: Kept


def put(conn: Connection, rows: Iterable[Any]) -> None:
    """Keep the lines of these rows of `record` in step with them."""
    values = [line(row) for row in rows]
    if values:
        conn.execute(_PUT.on(conn), values)


def page(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    wanted: Wanted,
    reader: Reader | None,
    after: int = 0,
    most: int = 10,
) -> list[Line]:
    """At most `most` records, the newest first, after the line at `after` (0: from the newest). None for
    `reader` reads everything: for the bot's own reckoning, never for a person."""
    query = select(_E.id.label("place"), _E.workspace, _E.project_id, _E.prefix, _E.number)
    query = query.where(_E.workspace == bindparam("w"), _E.project_id == bindparam("p"))
    conditions = [*_filters(wanted), *([] if reader is None else [_readable(reader)])]
    query = query.where(*conditions, *([_E.id < after] if after else []))
    key, newest_first = {"w": workspace, "p": project_id}, query.order_by(_E.id.desc())
    if not wanted.words:
        return _lines(conn, newest_first.limit(most), key)
    near = newest_first.add_columns(_E.text).limit(NEWEST).cte("near")
    among = select(near).where(*_said(near.c.text, wanted.words)).order_by(near.c.place.desc())
    found = _lines(conn, among.limit(most), key)
    if len(found) == most:
        return found
    indexed = _by_gin if conn.dialect.name == "postgresql" else _by_fts
    return _lines(conn, indexed(query, wanted.words, project_id, after).limit(most), key)


def replaced(conn: Connection, *, workspace: str, project_id: str) -> dict[str, list[str]]:
    """By number of a record, the numbers it supersedes."""
    found: dict[str, list[str]] = {}
    for row in conn.execute(_REPLACED, {"w": workspace, "p": project_id}):
        found.setdefault(f"{row.prefix}-{row.number}", []).append(f"{row.to_prefix}-{row.to_number}")
    return found


def _of_record(line: Any) -> ColumnElement[bool]:
    return and_(
        record.c.workspace == line.workspace,
        record.c.workspace == bindparam("w"),
        record.c.project_id == line.project_id,
        record.c.prefix == line.prefix,
        record.c.number == line.number,
    )


def _lines(conn: Connection, query: Select[Any], key: Mapping[str, str]) -> list[Line]:
    """The lines of the page first, then their records: whatever a planner believes, it joins only these."""
    lines = query.cte("lines")
    whole = select(record, lines.c.place).join_from(lines, record, _of_record(lines.c))
    return [Line(place=row.place, record=kept(row))
            for row in conn.execute(whole.order_by(lines.c.place.desc()), key)]  # fmt: skip


def _said(text: ColumnElement[str], words: Collection[str]) -> list[ColumnElement[bool]]:
    """All the words, each as the beginning of one: a folded text is words with a space between them."""
    return [(" " + text).contains(f" {word}") for word in words]


def _by_fts(query: Select[Any], words: Collection[str], _project_id: str, after: int) -> Select[Any]:
    """On SQLite, those with all the words, as its index has them: the newest first."""
    match = " AND ".join(f'"{word}"*' for word in words)
    query = query.join(_TEXTS, _TEXTS.c.rowid == _E.id).where(_TEXTS.c.log_text.op("MATCH")(match))
    if after:
        query = query.where(_TEXTS.c.rowid < after)
    return query.order_by(_TEXTS.c.rowid.desc())


def _by_gin(query: Select[Any], words: Collection[str], project_id: str, _after: int) -> Select[Any]:
    """On PostgreSQL: the project is a word as well. Found apart from their order: a planner that walks the
    lines newest first would look at each of them."""
    said = func.to_tsquery(_SIMPLE, " & ".join(f"{word}:*" for word in words))
    asked = func.tsquery_and(cast(f"'_{project_id}'", TSQUERY), said)
    matched = query.where(_VECTOR.op("@@")(asked)).cte("matched").prefix_with("MATERIALIZED")
    return select(matched).order_by(matched.c.place.desc())


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        _E.status == wanted.status if wanted.status else _E.status != WITHDRAWN
    ]
    for column, value in ((_E.kind, wanted.kind), (_E.owner, wanted.owner), (_E.family, wanted.family)):
        if value:
            found.append(column == value)
    if wanted.runs is not None:
        found.append(_E.dialogue.in_(wanted.runs or ("",)))
        found.append(_E.dialogue != "")
    return found


def _readable(reader: Reader) -> ColumnElement[bool]:
    """As `storage.answer.may_read` and bot/hub/withheld.py have it for single records: what is restricted,
    to its readers and its owner; what waits for a dialogue to close, to nobody but those it is of."""
    theirs = [_E.readers.like(f"%|{role}|%") for role in sorted(reader.roles)]
    restricted = or_(_E.readers == "", _E.owner == reader.user, *theirs)
    if not reader.waiting:
        return restricted
    mine = or_(
        _E.respondent == reader.user,
        and_(_E.owner == reader.user, _E.kind.in_(sorted(reader.points))),
    )
    return and_(restricted, or_(_E.question.not_in(sorted(reader.waiting)), _E.unknown, mine))


def line(row: Any) -> dict[str, Any]:
    """The line of the log for a row of `record`."""
    one = kept(row)
    readers = "|" + "|".join(sorted(one.seen_by or RESTRICTED_TO)) + "|" if one.restricted else ""
    return {
        "workspace": row.workspace,
        "project_id": row.project_id,
        "prefix": row.prefix,
        "number": row.number,
        "kind": one.kind,
        "status": one.status,
        "owner": one.owner,
        "family": str(one.fields.get("family") or "")[:4],
        "dialogue": one.dialogue,
        "question": one.source.partition("@")[0],
        "respondent": one.respondent,
        "unknown": bool(one.asked_by),
        "readers": readers,
        "text": searchable(one),
    }
