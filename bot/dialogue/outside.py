"""One answer of a form, given outside it: on a page of its own, by somebody who may, form open or closed.

Goes through the dialogue engine, so that checks and records are those of the form. Whoever the form does not
ask answers as a colleague who was asked that one question.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.arbitration.seating import today_of
from bot.dialogue.turns import light
from bot.parts import Parts
from flows.dialogue.engine import advance
from flows.dialogue.events import Submitted
from flows.dialogue.model import Dialogue, Question, StandIn, Value
from flows.project import Project
from flows.words import Words
from storage import dialogue as dialogues
from storage import seat
from storage.database import Connection

ASIDE = "aside"  # the screen of a light flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer: to which question of which run, what, by whom, when."""

    flow: str
    run: str
    question: str
    value: Value
    by: str  # Slack user id
    at: datetime


def give(conn: Connection, parts: Parts, project: Project, given: Given) -> Words | None:
    """Keep it, with what it records; or why the form would not take it. A question of a later part (W06) is
    asked from then on. In the caller's transaction; shows nothing to anybody."""
    flow = parts.playbook.flows[given.flow]
    question = flow.by_id[given.question]
    if question.part is not None:
        dialogues.answered_together(conn, workspace=project.workspace, id=given.run, part=question.part)
    sheet = _sheet(conn, parts, project, question, given)
    if sheet is None:
        return NOBODY
    event = Submitted(
        by=given.by, screen=ASIDE, values={question.id: given.value}, at=given.at, confirmed=True,
        anew=True,
    )  # fmt: skip
    turn = advance(light(flow, question), sheet, event, today=today_of(project, given.at))
    if not turn.accepted:
        return next((one.words for one in (*turn.problems, *turn.warnings)), NOBODY)
    dialogues.save(
        conn, workspace=project.workspace, project_id=project.id, flow=flow, turn=turn, now=given.at
    )
    return None


NOBODY = Words("Nobody is asked this question any more.", "Plus personne n’a à répondre à cette question.")


def _sheet(
    conn: Connection, parts: Parts, project: Project, question: Question, given: Given
) -> Dialogue | None:
    """The form, in the hands of whoever answers."""
    asked = project.cast.audience(question.audience)
    user = given.by if given.by in asked else next(iter(asked), None)
    if user is None:
        return None
    place = seat.seat(
        conn, workspace=project.workspace, id=given.run, user=user, flows=parts.playbook.flows, lock=True
    )
    if place is None:
        return None
    hands = None if user == given.by else StandIn(user=given.by, question=question.id)
    sent = place.sheet.parts | ({question.part} if question.part else frozenset())
    return replace(place.sheet, closed=False, closes_on=None, parts=sent, stand_in=hands)
