"""Answers and what they said before. Keeps both texts of a conflict; judges neither."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, literal, select, update

from flows.dialogue.effects import Keep
from flows.dialogue.model import RESTRICTED_TO, Answer, Dialogue, Flow, Value
from flows.dialogue.turn import Conflict
from storage.statement import Both
from storage.tables import answer, answer_past, dialogue


class Overtaken(RuntimeError):
    """The answer was decided on a sheet that somebody has changed since: load it with `lock`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What an answer said before, or what lost to a colleague's answer."""

    respondent: str
    fate: Literal["replaced", "refused"]
    answer: Answer


_KEY = (
    answer.c.workspace == bindparam("w"),
    answer.c.dialogue_id == bindparam("d"),
    answer.c.question == bindparam("q"),
    answer.c.respondent == bindparam("r"),
)
_SHARED_COLUMNS = (
    "workspace", "dialogue_id", "question", "respondent", "version", "author", "value", "exit", "at",
    "restricted", "seen_by",
)  # fmt: skip
_FIRST = Both(
    lambda insert: insert(answer).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
)
_CURRENT = select(answer).where(*_KEY)
_MOVE_TO_PAST = Both(
    lambda insert: (
        insert(answer_past)
        .from_select(
            [*_SHARED_COLUMNS, "fate"],
            select(*(answer.c[name] for name in _SHARED_COLUMNS), literal("replaced")).where(
                *_KEY, answer.c.version == bindparam("v")
            ),
        )
        .on_conflict_do_nothing()
    )
)
_REPLACE = (
    update(answer)
    .where(*_KEY, answer.c.version == bindparam("v"))
    .values(
        version=bindparam("v") + 1,
        author=bindparam("author"),
        value=bindparam("value"),
        exit=bindparam("exit"),
        at=bindparam("at"),
        shared=bindparam("shared"),
        compared=bindparam("compared"),
        restricted=bindparam("restricted"),
        seen_by=bindparam("seen_by"),
    )
)
_REFUSE = Both(lambda insert: insert(answer_past).on_conflict_do_nothing())
_ALL = (
    select(answer)
    .where(answer.c.workspace == bindparam("w"), answer.c.dialogue_id == bindparam("d"))
    .order_by(answer.c.question, answer.c.at, answer.c.respondent)
)
_SAID = (
    select(answer)
    .where(
        answer.c.workspace == bindparam("w"),
        answer.c.dialogue_id == bindparam("d"),
        answer.c.question == bindparam("q"),
        func.coalesce(answer.c.exit, "") != "outside",
    )
    .order_by(answer.c.respondent)
)
_PAST = (
    select(answer_past)
    .where(
        answer_past.c.workspace == bindparam("w"),
        answer_past.c.dialogue_id == bindparam("d"),
        answer_past.c.question == bindparam("q"),
    )
    .order_by(answer_past.c.version, answer_past.c.at)
)
#: Shared answers in the runs of a project, the latest last. By the ids of the runs: a join lets
#: SQLite begin with all the answers of a workspace.
_OF_PROJECT = select(dialogue.c.id).where(
    dialogue.c.workspace == bindparam("w"),
    dialogue.c.project_id == bindparam("p"),
)
_ELSEWHERE = (
    select(answer)
    .where(
        answer.c.workspace == bindparam("w"),
        answer.c.dialogue_id.in_(_OF_PROJECT),
        answer.c.question.in_(bindparam("questions", expanding=True)),
        answer.c.respondent == "",
    )
    .order_by(answer.c.at, answer.c.dialogue_id)
)
_WRITTEN = (
    select(answer)
    .where(
        answer.c.workspace == bindparam("w"),
        answer.c.dialogue_id.in_(_OF_PROJECT),
        answer.c.question.in_(bindparam("questions", expanding=True)),
        answer.c.respondent == bindparam("r"),
    )
    .order_by(answer.c.at, answer.c.dialogue_id)
)
_NOT_KNOWING = (
    select(func.count())
    .select_from(answer)
    .where(
        answer.c.workspace == bindparam("w"),
        answer.c.dialogue_id == bindparam("d"),
        answer.c.question == bindparam("q"),
        answer.c.exit == "unknown",
    )
)


def keep(conn: Connection, *, workspace: str, dialogue: Dialogue, flow: Flow, keeps: Iterable[Keep]) -> None:
    """Make these the current answers; what they replace goes to the past. Keeping the same answer
    again changes nothing. Raises Overtaken when the version has been given to another text."""
    new: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    for kept in keeps:
        (new if kept.answer.version == 1 else later).append(_row(workspace, dialogue.id, flow, kept))
    if new and conn.execute(_FIRST.on(conn), new).rowcount != len(new):
        for row in new:
            _check(conn, row)
    if later:
        conn.execute(_MOVE_TO_PAST.on(conn), [_before(row) for row in later])
        after = [_before(row) | {name: row[name] for name in _REPLACED} for row in later]
        if conn.execute(_REPLACE, after).rowcount != len(later):
            for row in later:
                _check(conn, row)


_REPLACED = ("author", "value", "exit", "at", "shared", "compared", "restricted", "seen_by")


def refuse(
    conn: Connection,
    *,
    workspace: str,
    dialogue: Dialogue,
    flow: Flow,
    conflicts: Iterable[Conflict],
    by: str,
    now: datetime,
) -> None:
    """Keep what somebody typed while a colleague was faster."""
    rows = []
    for conflict in conflicts:
        mine = Answer(value=conflict.mine, author=by, version=conflict.theirs.version, at=now)
        lost = Keep(question=conflict.question, respondent="", answer=mine)
        row = _row(workspace, dialogue.id, flow, lost)
        rows.append({name: row[name] for name in _SHARED_COLUMNS} | {"fate": "refused"})
    if rows:
        conn.execute(_REFUSE.on(conn), rows)


def retire(conn: Connection, *, workspace: str, dialogue_id: str, question: str, now: datetime) -> None:
    """What people have said to a question was about something that is over: it goes to the past, and the
    question waits for each of them again. Who has said that it is not for them is not asked anew."""
    here = {"w": workspace, "d": dialogue_id}
    for row in conn.execute(_SAID, {**here, "q": question}).all():
        key = {**here, "q": question, "r": row.respondent, "v": row.version}
        conn.execute(_MOVE_TO_PAST.on(conn), key)
        empty = {"value": None, "exit": None, "at": now}
        conn.execute(_REPLACE, {**key, **{name: getattr(row, name) for name in _REPLACED}, **empty})


def answers(
    conn: Connection, *, workspace: str, dialogue_id: str, roles: Collection[str] | None = ()
) -> dict[str, list[tuple[str, Answer]]]:
    """The current answers by question, as (respondent, answer) pairs, oldest first. Restricted
    ones only for `roles` that may read them; None reads everything, for the bot's own reckoning
    and never for a person. Exits are included."""
    found: dict[str, list[tuple[str, Answer]]] = {}
    for row in conn.execute(_ALL, {"w": workspace, "d": dialogue_id}):
        if may_read(row, roles):
            found.setdefault(row.question, []).append((row.respondent, _answer(row)))
    return found


def history(
    conn: Connection,
    *,
    workspace: str,
    dialogue_id: str,
    question: str,
    roles: Collection[str] | None = (),
) -> list[Past]:
    """What was said before on a question, oldest version first. Restricted as in `answers`."""
    rows = conn.execute(_PAST, {"w": workspace, "d": dialogue_id, "q": question})
    return [
        Past(respondent=row.respondent, fate=row.fate, answer=_answer(row))
        for row in rows
        if may_read(row, roles)
    ]


def elsewhere(
    conn: Connection, *, workspace: str, project_id: str, questions: Collection[str]
) -> dict[str, Value]:
    """The latest given shared answer to each question in any run of the project, by id; no key where
    nobody has answered. For what hangs on it, never to be shown as somebody's answer."""
    key = {"w": workspace, "p": project_id, "questions": list(questions)}
    return {row.question: row.value for row in conn.execute(_ELSEWHERE, key) if _answer(row).given}


def written(
    conn: Connection, *, workspace: str, project_id: str, user: str, questions: Collection[str]
) -> dict[str, Value]:
    """The latest given answer of this person to each question in any run of the project, by id: to be
    brought back to nobody but them."""
    key = {"w": workspace, "p": project_id, "r": user, "questions": list(questions)}
    return {row.question: row.value for row in conn.execute(_WRITTEN, key) if _answer(row).given}


def not_knowing(conn: Connection, *, workspace: str, dialogue_id: str, question: str) -> int:
    """How many people say "I don't know" to a question at present."""
    key = {"w": workspace, "d": dialogue_id, "q": question}
    return int(conn.execute(_NOT_KNOWING, key).scalar_one())


def may_read(row: Any, roles: Collection[str] | None) -> bool:
    """Whether somebody holding `roles` may see a row with `restricted` and perhaps `seen_by`."""
    if roles is None or not row.restricted:
        return True
    allowed = getattr(row, "seen_by", None) or RESTRICTED_TO
    return any(role in allowed for role in roles)


def _row(workspace: str, dialogue_id: str, flow: Flow, kept: Keep) -> dict[str, Any]:
    question = flow.question(kept.question)
    return {
        "workspace": workspace,
        "dialogue_id": dialogue_id,
        "question": kept.question,
        "respondent": kept.respondent,
        "version": kept.answer.version,
        "author": kept.answer.author,
        "value": kept.answer.value,
        "exit": kept.answer.exit,
        "at": kept.answer.at,
        "shared": question is not None and question.shared,
        "compared": question is not None and question.compared,
        "restricted": question is not None and question.visibility == "restricted",
        "seen_by": list(question.seen_by) if question is not None and question.seen_by else None,
    }


def _before(row: dict[str, Any]) -> dict[str, Any]:
    """The key of the version this row replaces."""
    return _key(row) | {"v": row["version"] - 1}


def _key(row: dict[str, Any]) -> dict[str, Any]:
    return {"w": row["workspace"], "d": row["dialogue_id"], "q": row["question"], "r": row["respondent"]}


def _check(conn: Connection, row: dict[str, Any]) -> None:
    """The row must stand there already, word for word."""
    found = conn.execute(_CURRENT, _key(row)).first()
    same = ("version", "author", "value", "exit")
    if found is None or any(getattr(found, name) != row[name] for name in same):
        raise Overtaken(f"{row['question']} has changed since the sheet was loaded")


def _answer(row: Any) -> Answer:
    return Answer(value=row.value, exit=row.exit, author=row.author, version=row.version, at=row.at)
