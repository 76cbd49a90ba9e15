"""What a workshop has sent out: a later part of a dialogue (W02: OBJ08 and OBJ11; W10: D15), and the message
that asks the sponsor about conditions (W04)."""

from datetime import datetime

from bot import people
from bot.arbitration.seating import today_of
from bot.parts import Parts
from bot.rounds import launch
from bot.rounds.launch import Dispatch
from bot.rounds.pieces import Piece, later_parts, portions
from bot.signoff import ahead, opening
from flows.cadence import add_working_days
from flows.project import Project
from flows.workshop.outcomes_model import Send
from storage import dialogue as dialogues
from storage import outbox
from storage.database import Connection

CONDITIONS = "workshop_conditions"
#: Working days to answer what a workshop sends.
TO_ANSWER = 5
#: With which the note goes round to be signed.
REVIEW = Piece(opening.FLOW, opening.PART)


def send(  # noqa: PLR0913 - what is sent, by whom, when
    conn: Connection, *, parts: Parts, project: Project, by: str, what: Send, now: datetime
) -> None:
    """To everybody it asks, within each person's budget like any sending; once, however often the step is
    looked at."""
    flow = parts.playbook.flows.get(what.flow)
    here = {"workspace": project.workspace, "project_id": project.id}
    if flow is None or what.part not in later_parts(flow):
        return
    if any(run.flow == what.flow and what.part in run.parts for run in dialogues.runs(conn, **here)):
        return
    piece = Piece(what.flow, what.part)
    if piece == REVIEW and project.cast.holder("sponsor") is None:  # a reading of no version counts nowhere
        ahead.unsigned(conn, project=project, user=by, key=f"{project.id}:{now.isoformat()}", now=now)
        return
    users = [user for user in portions(conn, parts=parts, project=project, of=piece)
             if user != project.cast.holder("facilitator")]  # fmt: skip
    closes_on = add_working_days(today_of(project, now), TO_ANSWER)
    dispatch = Dispatch(project=project, by=by, when="now", day=None, closes_on=closes_on, now=now)
    known = people.several(conn, workspace=project.workspace, users=users)
    launch.send(conn, parts=parts, dispatch=dispatch, pieces=[piece], users=users, known=known)


def conditions(conn: Connection, *, project: Project, workshop_id: str, now: datetime) -> None:
    """The sponsor's private message about the conditions of one workshop; drawn again as answers come."""
    sponsor = project.cast.holder("sponsor")
    if sponsor is None:
        return
    ref = {"what": CONDITIONS, "project": project.id, "user": sponsor, "object": workshop_id}
    outbox.queue(
        conn, workspace=project.workspace, key=f"{CONDITIONS}:{workshop_id}",
        lane=f"conditions:{workshop_id}"[:64], op="card", ref=ref, now=now, coalesce=True,
    )  # fmt: skip
