"""Make the register agree with what a source gives: create, update, withdraw, keep the numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.dialogue.effects import PREFIX, Draft, Effect, OpenUnknown, Record, SettleUnknown, Source
from flows.register.model import Kept
from storage import answer, linking, trail
from storage.numbering import next_number
from storage.register import HAND, WITHDRAWN, kept
from storage.tables import record as table

UNKNOWN = "?"  # the item of the issue that "I don't know" feeds
LIVE = ("open", "acknowledged", "in_progress")
SUPERSEDED = "superseded"
GONE = (WITHDRAWN, SUPERSEDED)  # whatever the source says, it stays so


@dataclass(slots=True)
class Changes:
    """What has changed in the register so far in this turn."""

    created: list[Kept] = field(default_factory=list)
    changed: list[Kept] = field(default_factory=list)
    withdrawn: list[Kept] = field(default_factory=list)

    def note(self, now: Kept) -> None:
        """The record has changed; what the same turn made or changed before is told once."""
        for known in (self.created, self.changed):
            for place, one in enumerate(known):
                if one.ref == now.ref:
                    known[place] = now
                    return
        self.changed.append(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where a turn is being carried out, and what it has changed."""

    conn: Connection
    workspace: str
    project_id: str
    dialogue_id: str
    now: datetime
    #: (question, respondent) -> the records that come from there, as they were before the turn
    known: Mapping[tuple[str, str], list[Any]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    by: str = ""  # whose gesture it is, for the audit; "": the bot
    written: list[trail.Written] = field(default_factory=list)  # rows, before the trail has followed them

    def of(self, source: Source) -> list[Any]:
        """The records that come from there, as they were before the turn."""
        return self.known.get((source.question, source.respondent), [])


_OF_SOURCES = (
    select(table)
    .where(
        table.c.workspace == bindparam("w"),
        table.c.source_dialogue == bindparam("d"),
        table.c.source_question.in_(bindparam("questions", expanding=True)),
        table.c.source_respondent.in_(bindparam("respondents", expanding=True)),
    )
    .order_by(table.c.prefix, table.c.number)
)
_UPDATE = (
    update(table)
    .where(
        table.c.workspace == bindparam("w"),
        table.c.project_id == bindparam("p"),
        table.c.prefix == bindparam("x"),
        table.c.number == bindparam("n"),
    )
    .values({name: bindparam(f"new_{name}") for name in (
        "title_en", "title_fr", "owner", "due", "status", "given_status", "restricted", "seen_by", "fields",
        "asked_by", "changed_at",
    )})
    .returning(table)
)  # fmt: skip
_INSERT = insert(table).returning(table)


def known(
    conn: Connection, *, workspace: str, dialogue_id: str, effects: Iterable[Effect]
) -> dict[tuple[str, str], list[Any]]:
    """The records these effects are about, in one query; none when they are about none."""
    sources = {_source(effect) for effect in effects} - {None}
    if not sources:
        return {}
    questions, respondents = zip(*(source for source in sources if source), strict=True)
    key = {"w": workspace, "d": dialogue_id}
    rows = conn.execute(
        _OF_SOURCES, {**key, "questions": sorted({*questions}), "respondents": sorted({*respondents})}
    )
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.source_question, row.source_respondent), []).append(row)
    return found


def about(
    conn: Connection, *, workspace: str, project_id: str, source: Source, now: datetime, by: str = ""
) -> Task:
    """What one source outside a dialogue gives, and knows to have given: a case, the diagnosis, a verdict."""
    effects = (Record(source=source, drafts=()),)
    return Task(
        conn=conn,
        workspace=workspace,
        project_id=project_id,
        dialogue_id=source.dialogue,
        now=now,
        by=by,
        known=known(conn, workspace=workspace, dialogue_id=source.dialogue, effects=effects),
    )


def _source(effect: Effect) -> tuple[str, str] | None:
    match effect:
        case Record(source=source):
            return source.question, source.respondent
        case OpenUnknown(question=question) | SettleUnknown(question=question):
            return question, ""
        case _:
            return None


def record(task: Task, effect: Record) -> None:
    """Exactly these drafts come from the source: numbers stay, what is gone is withdrawn, what
    comes back is itself again. A status changed by hand stays until the source gives another."""
    known = {(row.kind, row.source_item): row for row in task.of(effect.source) if row.source_item != UNKNOWN}
    for draft in effect.drafts:
        row = known.pop((draft.kind, draft.item), None)
        if row is None:
            task.changes.created.append(_create(task, effect.source, draft))
        else:
            _update(task, row, _as_given(row, draft))
    for row in known.values():
        if row.status not in GONE:
            _gone(task, effect, row)
    _follow(task, task.by)


def _follow(task: Task, by: str) -> None:
    """The log and the audit keep up with what has been written."""
    here = {"workspace": task.workspace, "project_id": task.project_id}
    trail.follow(task.conn, **here, written=task.written, by=by, now=task.now)
    task.written.clear()


def open_unknown(task: Task, effect: OpenUnknown) -> None:
    """One issue for each question nobody knows the answer to, whoever and however many they are."""
    row = _unknown(task, effect.question)
    count = _not_knowing(task, effect.question)
    if row is None:
        source = Source(dialogue=task.dialogue_id, question=effect.question, respondent="")
        draft = Draft(
            kind="issue",
            item=UNKNOWN,
            title=effect.title,
            owner=effect.owner,
            due=effect.due,
            restricted=effect.restricted,
            seen_by=effect.seen_by,
            fields=_of_family(effect),
        )
        task.changes.created.append(_create(task, source, draft, asked_by=count))
    elif row.status in LIVE:
        _update(task, row, {"asked_by": count})
    else:
        again = {"asked_by": count, "status": "open", "owner": effect.owner, "due": effect.due}
        again["fields"] = _of_family(effect)
        _update(task, row, again)
    _follow(task, "")  # never who did not know


def _of_family(effect: OpenUnknown) -> dict[str, Any]:
    return {"family": effect.family, "blocking": False}


def settle_unknown(task: Task, effect: SettleUnknown) -> None:
    """Close the question's issue once it is answered, or once nobody is left who does not know."""
    row = _unknown(task, effect.question)
    if row is None:
        return
    count = _not_knowing(task, effect.question)
    new: dict[str, Any] = {"asked_by": count}
    if row.status in LIVE and effect.answered:
        new |= {"status": "resolved", "fields": {**(row.fields or {}), "resolution": "answered"}}
    elif row.status in LIVE and count == 0:
        new |= {"status": "dropped"}
    _update(task, row, new)
    _follow(task, "")  # nor who has found out


def _gone(task: Task, effect: Record, row: Any) -> None:
    """Withdrawn; or superseded, where what the source gives now is a later version of it."""
    later = next((one for one in effect.drafts if one.replaces and one.kind == row.kind), None)
    if later is None:
        _update(task, row, {"status": WITHDRAWN})
        return
    _update(task, row, {"status": SUPERSEDED})
    new = next((one for one in reversed(task.changes.created) if one.kind == later.kind), None)
    if new is not None:
        here = {"workspace": task.workspace, "project_id": task.project_id}
        linking.link(task.conn, **here, ref=new.ref, link="supersedes", to=f"{row.prefix}-{row.number}")


def _not_knowing(task: Task, question: str) -> int:
    return answer.not_knowing(
        task.conn, workspace=task.workspace, dialogue_id=task.dialogue_id, question=question
    )


def _unknown(task: Task, question: str) -> Any | None:
    rows = task.known.get((question, ""), ())
    return next((row for row in rows if row.source_item == UNKNOWN), None)


def _create(task: Task, source: Source, draft: Draft, *, asked_by: int = 0) -> Kept:
    place = {"workspace": task.workspace, "project_id": task.project_id, "prefix": PREFIX[draft.kind]}
    number = next_number(task.conn, **place)
    row = {
        **place,
        "number": number,
        "kind": draft.kind,
        **_given(draft),
        "status": draft.status,
        "source_dialogue": source.dialogue,
        "source_question": source.question,
        "source_respondent": source.respondent,
        "source_item": draft.item,
        "asked_by": asked_by,
        "created_at": task.now,
        "changed_at": task.now,
    }
    made = task.conn.execute(_INSERT, row).one()
    task.written.append((None, made))
    return kept(made)


def _given(draft: Draft) -> dict[str, Any]:
    return {
        "title_en": draft.title.en,
        "title_fr": draft.title.fr,
        "owner": draft.owner,
        "due": draft.due,
        "given_status": draft.status,
        "restricted": draft.restricted,
        "seen_by": list(draft.seen_by) or None,
        "fields": dict(draft.fields),
    }


def _as_given(row: Any, draft: Draft) -> dict[str, Any]:
    new = {name: value for name, value in _given(draft).items() if name not in _by_hand(row)}
    if row.status == WITHDRAWN or row.given_status != draft.status:
        new["status"] = draft.status
    return new


def _by_hand(row: Any) -> set[str]:
    """The columns that somebody has changed by hand: answering again leaves them as they are."""
    changed = (row.amended or {}).get(HAND, {})
    return {*changed, *(("title_en", "title_fr") if "title" in changed else ())}


_CHANGEABLE = (
    "title_en", "title_fr", "owner", "due", "status", "given_status", "restricted", "seen_by", "fields",
    "asked_by",
)  # fmt: skip


def _update(task: Task, row: Any, new: dict[str, Any]) -> None:
    """Write what differs; note it as changed or withdrawn."""
    wanted = {name: new.get(name, getattr(row, name)) for name in _CHANGEABLE}
    if all(wanted[name] == getattr(row, name) for name in _CHANGEABLE):
        return
    values: dict[str, Any] = {f"new_{name}": value for name, value in wanted.items()}
    key = {"w": row.workspace, "p": row.project_id, "x": row.prefix, "n": row.number}
    now = task.conn.execute(_UPDATE, {**key, **values, "new_changed_at": task.now}).one()
    task.written.append((row, now))
    found = kept(now)
    (task.changes.withdrawn if found.status == WITHDRAWN else task.changes.changed).append(found)
