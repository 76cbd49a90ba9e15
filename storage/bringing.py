"""Records brought in from a file: many at once in few statements, and all of one file taken back.

Each carries the id of its import in `source_item`. Judges no line: flows/register/bringing.py does.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.dialogue.effects import PREFIX, Draft
from flows.register.finding import fold
from storage import audit, trail
from storage.audit import Deed
from storage.register import WITHDRAWN
from storage.statement import Both
from storage.tables import counter, record

MOST = 500  # records written in one transaction: others wait for it on SQLite
_HERE = (record.c.workspace == bindparam("w"), record.c.project_id == bindparam("p"))
_NUMBERS = Both(
    lambda insert: (
        (new := insert(counter))
        .on_conflict_do_update(
            index_elements=["workspace", "project_id", "prefix"],
            set_={"last": counter.c.last + new.excluded.last},
        )
        .returning(counter.c.last)
    )
)
_ADD = insert(record)
_OF = (
    select(record)
    .where(*_HERE, record.c.source_item.startswith(bindparam("item"), autoescape=False))
    .where(record.c.status != WITHDRAWN, record.c.changed_at == record.c.created_at)
    .order_by(record.c.prefix, record.c.number)
    .limit(bindparam("most"))
)
_BACK = (
    update(record)
    .where(*_HERE, record.c.prefix == bindparam("x"), record.c.number == bindparam("n"))
    .values(status=WITHDRAWN, changed_at=bindparam("at"))
)
_TITLES = (
    select(record.c.prefix, record.c.number, record.c.kind, record.c.title_en)
    .where(*_HERE, record.c.status != WITHDRAWN)
    .where(record.c.prefix == bindparam("x"), record.c.number > bindparam("after"))
    .order_by(record.c.number)
    .limit(5000)
)


def bring(
    conn: Connection, *, workspace: str, project_id: str, drafts: Sequence[Draft], now: datetime, by: str = ""
) -> list[str]:
    """Make a record of each draft; returns their numbers. At most MOST at once."""
    if len(drafts) > MOST:
        raise ValueError(f"{len(drafts)} records at once; at most {MOST}")
    rows = []
    for prefix in sorted({PREFIX[draft.kind] for draft in drafts}):
        these = [draft for draft in drafts if PREFIX[draft.kind] == prefix]
        place = {"workspace": workspace, "project_id": project_id, "prefix": prefix}
        last = conn.execute(_NUMBERS.on(conn), {**place, "last": len(these)}).scalar_one()
        numbered = enumerate(these, start=last - len(these) + 1)
        rows += [_row(place, number, draft, now) for number, draft in numbered]
    if rows:
        conn.execute(_ADD, rows)
    written = [(None, SimpleNamespace(**row)) for row in rows]
    trail.follow(conn, workspace=workspace, project_id=project_id, written=written, by=by, now=now)
    return [f"{row['prefix']}-{row['number']}" for row in rows]


def noted(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    batch: str,
    action: str,
    records: int,
    now: datetime,
    by: str = "",
) -> None:
    """Add to the audit that a file was brought in, or taken back. `by`: "" from the command line."""
    deed = Deed(action=action, object=f"import-{batch}", data={"records": records}, actor=by)
    audit.append(conn, workspace=workspace, project_id=project_id, deeds=[deed], now=now)


def take_back(conn: Connection, *, workspace: str, project_id: str, batch: str, now: datetime) -> int:
    """Withdraw some of what this import made and nobody has touched since; returns how many, 0 when none is
    left. Their numbers stay taken."""
    here = {"w": workspace, "p": project_id}
    rows = conn.execute(_OF, {**here, "item": item(batch), "most": MOST}).all()
    if not rows:
        return 0
    conn.execute(_BACK, [{**here, "x": row.prefix, "n": row.number, "at": now} for row in rows])
    gone = {"status": WITHDRAWN, "changed_at": now}
    written = [(row, SimpleNamespace(**{**row._mapping, **gone})) for row in rows]
    trail.follow(conn, workspace=workspace, project_id=project_id, written=written, by="", now=now)
    return len(rows)


def titles(conn: Connection, *, workspace: str, project_id: str) -> Iterator[tuple[tuple[str, str], str]]:
    """(kind, folded title) of every decision and issue, with its number."""
    for prefix in ("DEC", "ISS"):
        after = 0
        key = {"w": workspace, "p": project_id, "x": prefix}
        while rows := conn.execute(_TITLES, {**key, "after": after}).all():
            after = rows[-1].number
            for row in rows:
                yield (row.kind, fold(row.title_en)), f"{row.prefix}-{row.number}"


def item(batch: str) -> str:
    """How the `source_item` of each record of an import begins."""
    return f"import-{batch}:"


def _row(place: dict[str, Any], number: int, draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        **place,
        "number": number,
        "kind": draft.kind,
        "title_en": draft.title.en,
        "title_fr": draft.title.fr,
        "owner": draft.owner,
        "due": draft.due,
        "status": draft.status,
        "given_status": draft.status,
        "restricted": False,
        "seen_by": None,
        "fields": dict(draft.fields),
        "amended": None,
        "source_dialogue": "",
        "source_question": "",
        "source_respondent": "",
        "source_item": draft.item,
        "asked_by": 0,
        "created_at": now,
        "changed_at": now,
    }
