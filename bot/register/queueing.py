"""Queues what people should see of a record that was made or changed: its card, and Homes. Renders nothing.

Everything belongs in the transaction of the change.
"""

from datetime import datetime

from bot.digest import planning as digest
from bot.rounds import announce
from flows.project import Project
from flows.register.model import Kept
from storage import capturing
from storage.database import Connection

#: From this score on a risk has a card of its own in the channel (journeys 3).
HIGH = 15
CARD = "record_card"
#: What the project's card speaks of.
COUNTED = ("issue", "lot")


def told(  # noqa: PLR0913 - of which record, where, by whom, when, how
    conn: Connection, *, project: Project, record: Kept, by: str, now: datetime, read_back: bool = False
) -> None:
    """Whoever sees to it finds it in Home; the channel gets its card, or the one it has changes in place.
    `read_back`: a workshop reads its decisions back at its end (journeys E5), so none of them is posted while
    people look for the buttons of its step."""
    if record.kind == "decision":
        if not read_back or announce.decision_stands(conn, project=project, number=record.number):
            announce.decision_card(conn, project=project, number=record.number, now=now)
    elif on_card(conn, project=project, record=record):
        announce.record_card(conn, project=project, ref=record.ref, now=now)
    if record.kind in COUNTED:
        announce.project_card_again(conn, project=project, now=now)
    if record.kind == "action":
        digest.refreshed(conn, project=project, now=now)
    people = [user for user in (by, record.owner) if user]
    announce.homes(conn, project=project, users=people, now=now)


def on_card(conn: Connection, *, project: Project, record: Kept) -> bool:
    """Whether the channel has a card of it, or is to have one: a blocking issue, a high risk, and whatever
    was made from one of its messages. What is restricted never has."""
    if record.restricted:
        return False
    if announce.record_stands(conn, project=project, ref=record.ref):
        return True
    if record.kind == "issue" and record.fields.get("blocking"):
        return True
    if record.kind == "risk" and int(record.fields.get("score") or 0) >= HIGH:
        return True
    here = {"workspace": project.workspace, "project_id": project.id}
    source = capturing.source(conn, **here, ref=record.ref)
    return source is not None and source.channel == project.channel
