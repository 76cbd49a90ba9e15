"""Which session with a vendor a W09 is about: the one of its day, else the next that was not held (D14)."""

from datetime import date

from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.model import Kept
from storage import register
from storage.database import Connection

DISCOVERY = "W09"
SESSIONS: tuple[RecordKind, ...] = ("vendor",)


def about(conn: Connection, *, project: Project, script: str, day: date) -> str:
    """ "VND-2"; "" for another workshop, or where no session is planned. `day`: in the project's zone."""
    if script != DISCOVERY:
        return ""
    here = {"workspace": project.workspace, "project_id": project.id}
    found = register.records(conn, **here, kinds=SESSIONS)
    coming = [one for one in found if not one.fields.get("attendees")]
    return min(coming, key=lambda one: _far(one, day)).ref if coming else ""


def _far(one: Kept, day: date) -> tuple[bool, int]:
    """Days between; a session that is past comes after all that are not."""
    if one.due is None:
        return True, 0
    return one.due < day, abs((one.due - day).days)
