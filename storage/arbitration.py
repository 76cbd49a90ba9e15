"""Cases put to the arbiter: kept, read, moved on. Decides nothing, and tells nobody.

Who writes holds the project first (`storage.project.lock`), so that of two who settle one case in the same
second the second reads what the first has written.
"""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from flows.arbitration.model import Case, Outcome, Position, Step
from flows.words import Words
from storage.tables import arbitration as table
from storage.tables import arbitration_position as position

LIVE = ("gathering", "waiting")

_MINE = table.c.workspace == bindparam("w")
_IN_PROJECT = (_MINE, table.c.project_id == bindparam("p"))
_ONE = select(table).where(_MINE, table.c.id == bindparam("i"))
_BY_NUMBER = select(table).where(*_IN_PROJECT, table.c.number == bindparam("n"))
_OF_PROJECT = select(table).where(*_IN_PROJECT).order_by(table.c.number)
_ABOUT = select(table).where(*_IN_PROJECT, table.c.subject == bindparam("s")).order_by(table.c.number.desc())
_OPEN = (
    select(table)
    .where(*_IN_PROJECT, table.c.state.in_(LIVE))
    .order_by(table.c.due.is_(None), table.c.due, table.c.number)
)
_FOR = (
    select(table)
    .where(
        _MINE,
        table.c.state == "waiting",
        or_(table.c.arbiter == bindparam("u"), table.c.delegated_by == bindparam("u")),
    )
    .order_by(table.c.due, table.c.number)
)
_ASKED = (
    select(table)
    .join(
        position,
        (position.c.workspace == table.c.workspace) & (position.c.arbitration_id == table.c.id),
    )
    .where(_MINE, table.c.state.in_(LIVE), position.c.author == bindparam("u"), position.c.state == "asked")
    .order_by(table.c.asked_at)
)
_DIGEST = (
    select(table)
    .where(*_IN_PROJECT, table.c.state == "waiting", table.c.reminded >= bindparam("past"))
    .order_by(table.c.due, table.c.number)
)
_SIDES = (
    select(position)
    .where(
        position.c.workspace == bindparam("w"),
        position.c.arbitration_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(position.c.arbitration_id, position.c.place)
)
_ADD = insert(table)
_ADD_SIDE = insert(position)
_MOVED = (
    "state", "seat", "arbiter", "delegated_by", "out", "sent_on", "due", "reminded", "trail", "outcome",
    "decided_at",
)  # fmt: skip
_MOVE = (
    update(table)
    .where(_MINE, table.c.id == bindparam("i"), table.c.state.in_(LIVE))
    .values({name: bindparam(f"new_{name}") for name in _MOVED})
)
_SAY = (
    update(position)
    .where(
        position.c.workspace == bindparam("w"),
        position.c.arbitration_id == bindparam("i"),
        position.c.author == bindparam("u"),
    )
    .values({name: bindparam(f"new_{name}") for name in ("state", "proposal", "words", "option", "said_at")})
)
PAST = 2  # `reminded` of a case whose day is over: the sponsor's digest has it until it is decided


def fresh_id() -> str:
    """An id for a new case."""
    return secrets.token_hex(16)


def put(conn: Connection, *, case: Case) -> None:
    """A new case with its sides."""
    here = {"workspace": case.workspace}
    row = {
        **here, "id": case.id, "project_id": case.project_id, "number": case.number, "subject": case.subject,
        "title_en": case.title.en, "title_fr": case.title.fr, "why": case.why,
        "consequence": case.consequence, "functions": list(case.functions), "people": list(case.people),
        "options": list(case.extra), "asked_by": case.asked_by, "asked_at": case.asked_at,
        "restricted": case.restricted, "seen_by": list(case.seen_by) or None, **_moved(case),
    }  # fmt: skip
    conn.execute(_ADD, row)
    for n, one in enumerate(case.positions, start=1):
        conn.execute(_ADD_SIDE, {**here, "arbitration_id": case.id, "place": n, **_side(one)})


def move(conn: Connection, *, case: Case) -> bool:
    """How the case stands from now on, its sides' words included. False when it was over already."""
    key = {"w": case.workspace, "i": case.id}
    new = {f"new_{name}": value for name, value in _moved(case).items()}
    if conn.execute(_MOVE, {**key, **new}).rowcount != 1:
        return False
    for one in case.positions:
        said = {f"new_{name}": value for name, value in _side(one).items() if name != "author"}
        conn.execute(_SAY, {**key, "u": one.author, **said})
    return True


def get(conn: Connection, *, workspace: str, id: str) -> Case | None:
    """The case, or None when there is none of this id in this workspace."""
    return _first(conn, workspace, conn.execute(_ONE, {"w": workspace, "i": id}))


def numbered(conn: Connection, *, workspace: str, project_id: str, number: int) -> Case | None:
    """The case people call TRD-`number`."""
    rows = conn.execute(_BY_NUMBER, {"w": workspace, "p": project_id, "n": number})
    return _first(conn, workspace, rows)


def about(conn: Connection, *, workspace: str, project_id: str, subject: str) -> Case | None:
    """The latest case about this point ("ISS-4", "ARB05"), over or not."""
    return _first(conn, workspace, conn.execute(_ABOUT, {"w": workspace, "p": project_id, "s": subject}))


def of_project(conn: Connection, *, workspace: str, project_id: str) -> list[Case]:
    """Every case of a project by number."""
    return _cases(conn, workspace, conn.execute(_OF_PROJECT, {"w": workspace, "p": project_id}))


def pending(conn: Connection, *, workspace: str, project_id: str) -> list[Case]:
    """What is being gathered or waits for its arbiter, the next due first."""
    return _cases(conn, workspace, conn.execute(_OPEN, {"w": workspace, "p": project_id}))


def for_arbiter(conn: Connection, *, workspace: str, user: str) -> list[Case]:
    """What waits for this person's decision, in all projects, the next due first; also what they have
    passed to a delegate and may still settle."""
    return _cases(conn, workspace, conn.execute(_FOR, {"w": workspace, "u": user}))


def words_wanted(conn: Connection, *, workspace: str, user: str) -> list[Case]:
    """The cases in which this person has been asked for their words and has not given them."""
    return _cases(conn, workspace, conn.execute(_ASKED, {"w": workspace, "u": user}))


def for_digest(conn: Connection, *, workspace: str, project_id: str) -> list[Case]:
    """What the sponsor's digest says has waited more than five working days (4.1), the oldest first."""
    return _cases(conn, workspace, conn.execute(_DIGEST, {"w": workspace, "p": project_id, "past": PAST}))


def _first(conn: Connection, workspace: str, rows: Any) -> Case | None:
    found = _cases(conn, workspace, rows)
    return found[0] if found else None


def _cases(conn: Connection, workspace: str, rows: Any) -> list[Case]:
    kept = rows.all()
    sides: dict[str, list[Position]] = {row.id: [] for row in kept}
    if sides:
        for row in conn.execute(_SIDES, {"w": workspace, "ids": sorted(sides)}):
            sides[row.arbitration_id].append(_position(row))
    return [_case(row, tuple(sides[row.id])) for row in kept]


def _moved(case: Case) -> dict[str, Any]:
    return {
        "state": case.state, "seat": case.seat, "arbiter": case.arbiter, "delegated_by": case.delegated_by,
        "out": list(case.out), "sent_on": case.sent_on, "due": case.due, "reminded": case.reminded,
        "trail": [_step(step) for step in case.trail],
        "outcome": _outcome(case.outcome) if case.outcome else None,
        "decided_at": case.outcome.at if case.outcome else None,
    }  # fmt: skip


def _side(one: Position) -> dict[str, Any]:
    return {
        "author": one.author, "state": one.state, "proposal": one.proposal, "words": one.words,
        "option": one.option, "said_at": one.said_at,
    }  # fmt: skip


def _step(step: Step) -> dict[str, str]:
    return {
        "what": step.what, "by": step.by, "to": step.to, "words": step.words, "at": step.at.isoformat()
    }  # fmt: skip


def _outcome(made: Outcome) -> dict[str, Any]:
    return {
        "option": made.option, "en": made.words.en, "fr": made.words.fr, "reason": made.reason,
        "loss": made.loss, "reversible": made.reversible, "by": made.by, "decision": made.decision,
        "review": made.review.isoformat() if made.review else None,
    }  # fmt: skip


def _position(row: Any) -> Position:
    return Position(
        author=row.author,
        state=row.state,
        proposal=row.proposal,
        words=row.words,
        option=row.option,
        said_at=row.said_at,
    )


def _case(row: Any, sides: tuple[Position, ...]) -> Case:
    trail = [Step(**{**step, "at": datetime.fromisoformat(step["at"])}) for step in row.trail or ()]
    return Case(
        id=row.id,
        workspace=row.workspace,
        project_id=row.project_id,
        number=row.number,
        subject=row.subject,
        title=Words(en=row.title_en, fr=row.title_fr),
        why=row.why,
        consequence=row.consequence,
        functions=tuple(row.functions or ()),
        people=tuple(row.people or ()),
        extra=tuple(row.options or ()),
        positions=sides,
        state=row.state,
        seat=row.seat,
        arbiter=row.arbiter,
        delegated_by=row.delegated_by,
        out=tuple(row.out or ()),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        sent_on=row.sent_on,
        due=row.due,
        reminded=row.reminded,
        restricted=row.restricted,
        seen_by=tuple(row.seen_by or ()),
        trail=tuple(trail),
        outcome=_decided(row),
    )


def _decided(row: Any) -> Outcome | None:
    made = row.outcome
    if not made:
        return None
    return Outcome(
        option=made["option"],
        words=Words(en=made["en"], fr=made["fr"]),
        reason=made["reason"],
        loss=made["loss"],
        reversible=made["reversible"],
        review=date.fromisoformat(made["review"]) if made["review"] else None,
        by=made["by"],
        at=row.decided_at,
        decision=made["decision"],
    )
