"""Somebody joins the project, leaves it or closes their account during a review of its note (G3, G4).

Whoever joins gets the card, is asked for their own words, votes and signs; nobody waits for whoever has left.
What they have said and signed stays. Nobody is told who has come or gone.
"""

from datetime import datetime

from bot.parts import Parts
from bot.signoff import noticing, opening, queueing, standing, voting
from flows.signoff import signing
from storage import project as projects
from storage.database import Connection
from storage.schedule import Due


def settled(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """Who reads, votes and signs is who is there now."""
    id = str(due.data.get("project", ""))
    projects.lock(conn, workspace=due.workspace, id=id)
    project = projects.get(conn, workspace=due.workspace, id=id)
    review = standing.latest(conn, project) if project is not None else None
    if project is None or review is None or review.state != "review":
        return
    signers = standing.there(conn, project, standing.signers(project.cast))
    standing.change(conn, project=project, version=review.version, to=lambda old: signing.asked(old, signers))
    if opening.asks(conn, project):
        by = project.cast.holder("facilitator") or project.creator
        opening.own_words(conn, parts=parts, project=project, by=by, now=now)
    queueing.joined(conn, project=project, review=review, now=now)
    voting.counted_once_in(conn, parts=parts, project=project, review=review)


DUE_WITH_PARTS = {noticing.KIND: settled}
