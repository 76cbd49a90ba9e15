"""What a wave does by the clock: the one reminder, and its closing, once, whatever the replicas."""

from datetime import datetime

from bot import people
from bot.diagnosis import runs
from bot.parts import Parts
from bot.rounds import announce, budget
from bot.waves import slots
from bot.waves.scene import sealer, shuffle
from flows import cadence
from storage import audit, coaching
from storage import project as projects
from storage import wave as waves
from storage.ask import Ask
from storage.audit import Deed
from storage.database import Connection
from storage.schedule import Due
from storage.wave import Wave


def remind(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """Two working days before closing: everybody invited, once, in their hours."""
    wave = _found(conn, due)
    project = projects.get(conn, workspace=due.workspace, id=wave.project_id) if wave else None
    if wave is None or project is None:
        return
    for user in waves.invited(conn, workspace=due.workspace, id=wave.id):
        person = people.several(conn, workspace=due.workspace, users=(user,))[user]
        announce.private(
            conn, workspace=due.workspace, user=user, what="wave_reminder", key=wave.id,
            ref={"project": project.id, "wave": wave.id, "asks": True}, now=now, at=now,
        )  # fmt: skip
        ask = Ask(
            key=f"wave_reminder:{wave.id}:{user}", user=user, project_id=project.id, about=wave.id,
            kind="reminder", earliest=budget.first_day(person, project, now), since=now,
        )  # fmt: skip
        budget.put(conn, project=project, ask=ask)


def close(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """The day after the last day to answer. One transaction: counted, read or destroyed, told."""
    wave = _found(conn, due)
    project = projects.get(conn, workspace=due.workspace, id=wave.project_id) if wave else None
    if wave is None or project is None:
        return
    today = now.astimezone(cadence.zone(project.zone)).date()
    closed = waves.close(
        conn, workspace=due.workspace, id=wave.id, today=today, sealer=sealer(parts), shuffle=shuffle
    )
    coaching.purge(conn, today=today)
    if closed is None:
        return
    # that it closed, and nothing else: neither by how many, nor what came of it
    told = [Deed(action="wave.closed", object=wave.id)]
    audit.append(conn, workspace=due.workspace, project_id=project.id, deeds=told, now=now)
    everybody = waves.invited(conn, workspace=due.workspace, id=wave.id)
    ref = {"wave": wave.id}
    announce.post(conn, project=project, what="wave_closed", key=wave.id, ref=ref, now=now, in_hours=True)
    announce.homes(conn, project=project, users=everybody, now=now)
    slots.weighed(conn, parts=parts, project=project, wave=closed, now=now)
    runs.closed(conn, project=project, cause="wave", id=wave.id, about=wave.what, now=now)


def _found(conn: Connection, due: Due) -> Wave | None:
    """The wave an occurrence is about, open, and with the last day it was planned for: one that was
    moved by a pause has an occurrence of its own."""
    wave = waves.get(conn, workspace=due.workspace, id=str(due.data.get("wave", "")))
    if wave is None or not wave.open or wave.closes_on.isoformat() != due.data.get("day"):
        return None
    return wave


DUE = {"wave_remind": remind, "wave_close": close}
