"""The answer to RTE08, given on the route's page: chosen by those who steer, decided by the arbiter.

In the transaction of whoever sends it. Sends nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.arbitration.seating import today_of
from bot.dialogue import outside
from bot.dialogue.outside import Given
from bot.parts import Parts
from bot.rounds import announce
from bot.route import reading
from bot.route.reading import CHOICE, FLOW, REASON, Picture
from flows.dialogue.model import Value
from flows.register.model import Kept
from flows.register.said import standing
from storage import life
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chooses: an option of RTE08, why, and, of a decision, what is given up."""

    by: str  # Slack user id
    route: str
    reason: str = ""
    loss: str = ""
    deputy: str = ""  # who decides for `by`, who is away


def take(conn: Connection, parts: Parts, found: Picture, choice: Choice, now: datetime) -> Kept | None:
    """The decision as it stands then, shown to those it concerns; None when the form would not take it."""
    if not _answered(conn, parts, found, CHOICE, choice.route, choice.by, now):
        return None
    if choice.reason:  # asked by the form only of another route than the one proposed
        _answered(conn, parts, found, REASON, choice.reason, choice.by, now)
    made = reading.picture(conn, parts, found.project).decision
    here = {"workspace": found.project.workspace, "project_id": found.project.id}
    held = life.hold(conn, **here, ref=made.ref) if made is not None else None
    if held is None:
        return None
    kept = life.change(
        conn, held, by=choice.deputy or choice.by, move="edit", now=now, fields=_said(found, choice, now)
    )
    announce.decision_card(conn, project=found.project, number=kept.number, now=now)
    return kept


def _said(found: Picture, choice: Choice, now: datetime) -> dict[str, Value]:
    """What the decision says beside the route: why, what is given up, who decides and as what."""
    method = "arbitration" if choice.by == found.arbiter else "facilitator form"
    said = {"reason": choice.reason or None, "loss": choice.loss or None, "method": method}
    if choice.deputy:
        return {**said, "decided_by": choice.deputy, "authority": "deputy"}
    held = standing(found.project.cast, found.arbiter, today_of(found.project, now))
    return {**said, "decided_by": found.arbiter or None, "authority": held["authority"]}


def _answered(  # noqa: PLR0913, PLR0917 - one answer, by whom, where, when
    conn: Connection, parts: Parts, found: Picture, question: str, value: str, by: str, now: datetime
) -> bool:
    """One answer of the form, and what it records."""
    given = Given(flow=FLOW, run=found.run, question=question, value=value, by=by, at=now)
    return outside.give(conn, parts, found.project, given) is None
