"""Queues what people should see after a turn, in its transaction. Renders nothing.

Cards, Homes and the invitation that shows progress are queued by bot/rounds/announce.py; here: the cards of
decisions, the Homes of those a record waits for, and the reminders of "Remind me later" (`what` is
"reminder", rendered by bot/rounds/reminders.py).
"""

from collections.abc import Mapping
from datetime import datetime

from bot.dialogue.later import reminders
from bot.dialogue.scene import Scene
from bot.rounds import announce, dropping, reminding
from bot.signoff import noticing
from flows import cadence
from flows.dialogue.effects import Assign, Team
from flows.dialogue.model import Flow
from flows.dialogue.turn import Turn
from storage import person as kept
from storage.database import Connection
from storage.dialogue import Saved

#: Until the facilitator presses "Invite", nobody but them may see anything of a set-up (acceptance 2).
#: Afterwards cards that stand are brought up to date; changing it posts nothing.
SILENT = "D01"


def after(  # noqa: PLR0913 - a turn, and all that shows it
    conn: Connection, *, scene: Scene, turn: Turn, saved: Saved, flows: Mapping[str, Flow], now: datetime
) -> None:
    """Queue it all. `scene` is as it was before the turn, and names the person who took it. `flows`: all
    of the playbook's, for those a role was taken from."""
    project, user = scene.project, scene.dialogue.person
    counts = any((saved.completed, saved.reopened, saved.joined, saved.left, saved.facts))
    if scene.run is not None:
        announce.after_turn(conn, project=project, run=scene.run, user=user, now=now, counts=counts)
    records = (*saved.created, *saved.changed, *saved.withdrawn)
    for record in records:
        if record.kind == "decision" and not record.restricted and _told(conn, scene, record.number):
            announce.decision_card(conn, project=project, number=record.number, now=now)
    if records and scene.flow.id != SILENT:
        owners = [record.owner for record in records if record.owner]
        announce.homes(conn, project=project, users=owners, now=now)
    for person in saved.later:
        _later(conn, scene, person, now)
    for person in saved.left:
        dropping.everything(conn, project=project, user=person, flows=flows, now=now)
    if any(isinstance(effect, Assign | Team) for effect in turn.effects):
        stayed = [user for user in project.cast.everybody() if user not in saved.left]
        dropping.left_empty(conn, project=project, users=stayed, flows=flows, now=now)
        noticing.noticed(conn, project=project, now=now)


def _told(conn: Connection, scene: Scene, number: int) -> bool:
    """Whether the channel may read of a decision: one of the set-up only where it has done so."""
    silent = scene.flow.id == SILENT
    return not silent or announce.decision_stands(conn, project=scene.project, number=number)


def _later(conn: Connection, scene: Scene, person: str, now: datetime) -> None:
    """Two reminders at most, in the morning of the person; the same day asked twice is asked once."""
    profile = kept.get(conn, workspace=scene.project.workspace, user=person)
    zone = cadence.zone(profile.zone if profile else "", default=scene.project.zone)
    for day in reminders(scene.today, scene.dialogue.closes_on, scene.project.holidays):
        reminding.queue(
            conn, project=scene.project, user=person, at=cadence.at(day, cadence.OPENS, zone), now=now
        )
