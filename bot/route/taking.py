"""The answer to RTE08, given outside its form: chosen by those who steer, decided by the arbiter.

Goes through the dialogue engine, so that what it records is what the form would. The arbiter answers as a
colleague who was asked that one question.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.arbitration.seating import today_of
from bot.dialogue.turns import light
from bot.parts import Parts
from bot.rounds import announce
from bot.route import reading
from bot.route.reading import CHOICE, FLOW, REASON, Picture
from flows.dialogue.engine import advance
from flows.dialogue.events import Submitted
from flows.dialogue.model import Dialogue, StandIn
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage import life, seat
from storage.database import Connection

ASIDE = "aside"  # the screen of a light flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chooses: an option of RTE08, why, and, of a decision, what is given up."""

    by: str  # Slack user id
    route: str
    reason: str = ""
    loss: str = ""


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
    method = "arbitration" if decides(found, choice) else "facilitator form"
    said = {"reason": choice.reason or None, "loss": choice.loss or None, "method": method}
    kept = life.change(conn, held, by=choice.by, move="edit", now=now, fields=said)
    announce.decision_card(conn, project=found.project, number=kept.number, now=now)
    return kept


def decides(found: Picture, choice: Choice) -> bool:
    """The choice is a decision: the arbiter's own."""
    return choice.by == found.arbiter


def _answered(  # noqa: PLR0913, PLR0917 - one answer, by whom, where, when
    conn: Connection, parts: Parts, found: Picture, question: str, value: str, by: str, now: datetime
) -> bool:
    """One answer of the form, and what it records."""
    project, flow = found.project, parts.playbook.flows[FLOW]
    sheet = _sheet(conn, parts, found, question, by)
    if sheet is None:
        return False
    values = {question: value}
    event = Submitted(by=by, screen=ASIDE, values=values, at=now, confirmed=True)
    turn = advance(light(flow, flow.by_id[question]), sheet, event, today=today_of(project, now))
    if turn.accepted:
        dialogues.save(
            conn, workspace=project.workspace, project_id=project.id, flow=flow, turn=turn, now=now
        )
    return turn.accepted


def _sheet(conn: Connection, parts: Parts, found: Picture, question: str, by: str) -> Dialogue | None:
    """The form, in the hands of whoever answers; closed or not, because the choice comes after it."""
    project = found.project
    asked = project.cast.audience(found.question(question).audience)
    user = by if by in asked else next(iter(asked), None)
    if user is None:
        return None
    place = seat.seat(
        conn, workspace=project.workspace, id=found.run, user=user, flows=parts.playbook.flows, lock=True
    )
    if place is None:
        return None
    hands = None if user == by else StandIn(user=by, question=question)
    return replace(place.sheet, closed=False, closes_on=None, stand_in=hands)
