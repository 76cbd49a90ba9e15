"""How the note was read (RTE12): the readings without their authors, and the three counts kept of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from flows.alignment import PART, READING, ready
from flows.diagnosis.evidence import Alignment
from flows.dialogue.model import Flow
from flows.project import Project
from storage import answer, dialogue
from storage.dialogue import Run
from storage.statement import Both
from storage.tables import alignment

#: Readings are restricted to whoever rates them.
RATER = ("facilitator",)
_PUT = Both(
    lambda insert: (new := insert(alignment)).on_conflict_do_update(
        index_elements=["workspace", "dialogue_id"],
        set_={name: new.excluded[name] for name in ("aligned", "partly", "different", "at")},
    )
)

_KEPT = select(alignment.c.aligned, alignment.c.partly, alignment.c.different).where(
    alignment.c.workspace == bindparam("w"), alignment.c.dialogue_id == bindparam("d")
)
_FORGET = delete(alignment).where(
    alignment.c.workspace == bindparam("w"), alignment.c.dialogue_id == bindparam("d")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What there is to rate. `texts`: in the order of the alphabet, which says nothing of who came first;
    empty while they may not be shown."""

    expected: int
    written: int
    texts: tuple[str, ...]


def readings(conn: Connection, *, run: Run, flow: Flow, project: Project) -> Readings | None:
    """The readings of one run of D15, unsigned; None while they have not been asked for."""
    question = flow.question(READING)
    if question is None or PART not in run.parts:
        return None
    said = dialogue.answers(conn, workspace=run.workspace, dialogue_id=run.id, roles=RATER).get(READING, [])
    outside = {user for user, answer in said if answer.exit == "outside"}
    expected = [user for user in project.cast.audience(question.audience) if user not in outside]
    texts = sorted(str(answer.value) for _, answer in said if answer.given)
    given = [user for user, answer in said if answer.given or answer.exit == "unknown"]
    shown = ready(expected=expected, given=given, closed=run.status == "closed")
    return Readings(expected=len(expected), written=len(texts), texts=tuple(texts) if shown else ())


def keep(conn: Connection, *, run: Run, counts: Alignment, now: datetime) -> None:
    """The counts of a run, in place of those before."""
    row = {"workspace": run.workspace, "dialogue_id": run.id, "at": now}
    row |= {"aligned": counts.aligned, "partly": counts.partly, "different": counts.different}
    conn.execute(_PUT.on(conn), row)


def begin_anew(conn: Connection, *, workspace: str, dialogue_id: str, now: datetime) -> None:
    """Another version of the note is read from now on: it begins without a reading and without a count. What
    somebody had said of the one before stays theirs (`earlier`)."""
    here = {"workspace": workspace, "dialogue_id": dialogue_id}
    answer.retire(conn, **here, question=READING, now=now)
    conn.execute(_FORGET, {"w": workspace, "d": dialogue_id})


def earlier(conn: Connection, *, workspace: str, dialogue_id: str, user: str) -> str:
    """What this person had said of an earlier version, for nobody but them; "" when they had said nothing, or
    have said it anew."""
    here = {"workspace": workspace, "dialogue_id": dialogue_id}
    said = dialogue.answers(conn, **here, roles=None).get(READING, [])
    if any(one == user and now.given for one, now in said):
        return ""
    past = answer.history(conn, **here, question=READING, roles=None)
    mine = [one.answer for one in past if one.respondent == user and one.answer.given]
    return str(mine[-1].value) if mine else ""


def of(conn: Connection, *, workspace: str, dialogue_id: str) -> Alignment | None:
    """The counts of a run; None while nobody has rated it."""
    row = conn.execute(_KEPT, {"w": workspace, "d": dialogue_id}).first()
    return Alignment(**row._mapping) if row is not None else None
