"""What people's own answers have recorded waits for their dialogue to close, as the screens promise.

Which answers wait is said by flows/dialogue/visible.py. Asked by everything that lists records to others:
the register, its counts, cards in the channel.
The note has the same rule (flows/document/note_register.py), and nobody's own list has it: whoever
holds a point reads it at once (journeys B7).
"""

from collections.abc import Iterable, Mapping

from bot.parts import Parts
from flows.dialogue.visible import waiting
from flows.project import Project
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage.database import Connection

#: What its owner reads at once, because it waits for them (journeys B7).
POINTS = ("issue", "action")


def shown(
    conn: Connection, records: Iterable[Kept], *, parts: Parts, project: Project, user: str = ""
) -> list[Kept]:
    """Those of `records` that `user` ("": everybody) may read now. An open point that only says what
    is to be found out shows nobody's answer. Restricted records are the caller's to leave out."""
    open_ = _open(conn, project)
    later = waiting(parts.playbook.flows, {run.flow for run in open_})
    coming = {run.id for run in open_}
    return [
        one
        for one in records
        if one.source.partition("@")[0] not in later
        or (one.dialogue and one.dialogue not in coming)  # said the time before, and its run has closed
        or one.asked_by
        or (user and (user == one.respondent or (one.owner == user and one.kind in POINTS)))
    ]


def kept_back(conn: Connection, parts: Parts, project: Project) -> Mapping[str, str]:
    """The questions people answer for themselves in dialogues that are still open, by id."""
    return waiting(parts.playbook.flows, {run.flow for run in _open(conn, project)})


def _open(conn: Connection, project: Project) -> list[dialogues.Run]:
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    return [run for run in runs if run.status == "open"]
