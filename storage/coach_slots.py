"""Open moments of the coach for a whole group, after two heavy waves (5.4). Holds no answer and no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from storage.statement import Both
from storage.tables import coach_slot, wave


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One open moment, in the zone of the project."""

    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What was asked of the coach after one wave; no moments: they have not said yet."""

    wave_id: str
    theme: str  # desire, ability, worries or trust
    moments: tuple[Moment, ...] = ()
    place: str = ""


_WANT = Both(lambda insert: insert(coach_slot).on_conflict_do_nothing().returning(coach_slot.c.wave_id))
_SAY = (
    update(coach_slot)
    .where(
        coach_slot.c.workspace == bindparam("w"),
        coach_slot.c.wave_id == bindparam("v"),
        coach_slot.c.slots.is_(None),
    )
    .values(slots=bindparam("said"), place=bindparam("where"))
)
_GET = select(coach_slot).where(
    coach_slot.c.workspace == bindparam("w"), coach_slot.c.wave_id == bindparam("v")
)
_OF_PROJECT = (
    select(coach_slot)
    .join(wave, (wave.c.workspace == coach_slot.c.workspace) & (wave.c.id == coach_slot.c.wave_id))
    .where(
        coach_slot.c.workspace == bindparam("w"),
        wave.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
    )
    .order_by(wave.c.closed_on, wave.c.id)
)


def want(conn: Connection, *, workspace: str, wave_id: str, theme: str) -> bool:
    """The coach is asked for open moments, once for each wave. False: they were asked already."""
    row = {"workspace": workspace, "wave_id": wave_id, "theme": theme, "slots": None, "place": None}
    return conn.execute(_WANT.on(conn), row).first() is not None


def say(conn: Connection, *, workspace: str, wave_id: str, moments: Sequence[Moment], place: str) -> bool:
    """These are the open moments. False: they were said already, or nobody asked."""
    said = [[one.day.isoformat(), one.start.isoformat(), one.end.isoformat()] for one in moments]
    return conn.execute(_SAY, {"w": workspace, "v": wave_id, "said": said, "where": place}).rowcount == 1


def get(conn: Connection, *, workspace: str, wave_id: str) -> Slots | None:
    """What was asked after this wave, or None."""
    row = conn.execute(_GET, {"w": workspace, "v": wave_id}).first()
    return None if row is None else _slots(row)


def of_project(conn: Connection, *, workspace: str, project_id: str) -> list[Slots]:
    """Everything that was asked in the project, oldest first."""
    return [_slots(row) for row in conn.execute(_OF_PROJECT, {"w": workspace, "p": project_id})]


def _slots(row: Any) -> Slots:
    moments = tuple(
        Moment(day=date.fromisoformat(day), start=time.fromisoformat(start), end=time.fromisoformat(end))
        for day, start, end in row.slots or ()
    )
    return Slots(wave_id=row.wave_id, theme=row.theme, moments=moments, place=row.place or "")
