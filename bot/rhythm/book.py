"""The rhythm of one project as it stands: its dates, its calendar, what was sent, what is held back.

Reads and puts together; the decisions are flows/rhythm's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import forms
from bot.parts import Parts
from bot.rounds import plan
from bot.waves.opening import ANSWERED_FIRST, reply_owed
from flows.cadence import zone
from flows.dialogue.effects import RecordKind
from flows.fatigue import monday
from flows.playbook import Playbook
from flows.project import Project
from flows.rhythm import calendar
from flows.rhythm.calendar import Made, Occasion
from flows.rhythm.phases import Dates, Lot, Phase, phase_of
from flows.timetable import Timetable
from storage import register, rhythm
from storage import review as reviews
from storage import wave as waves
from storage.database import Connection
from storage.rhythm import Pause
from storage.wave import Wave

#: How far ahead the calendar is laid out to be read.
AHEAD = timedelta(days=56)
LOTS: tuple[RecordKind, ...] = ("lot",)
DECISIONS: tuple[RecordKind, ...] = ("decision",)
#: The sponsor's signature of the note, and what of it signs.
SIGNATURE, SIGNED = "RTE13", ("approve", "conditions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One project's rhythm on one day."""

    today: date
    dates: Dates
    phase: Phase
    occasions: tuple[Occasion, ...]  # what stands in the calendar, sent or not
    skipped: tuple[Occasion, ...]  # what the facilitator skipped
    made: Mapping[str, Made]
    owed: Mapping[str, str]  # check-in -> its last wave, which nobody has answered yet
    open: frozenset[str]  # waves that are open
    taken: bool  # another wave opens this week
    pause: Pause | None  # the one of today or to come

    @property
    def paused(self) -> bool:
        """Nothing is sent today."""
        return self.pause is not None and self.pause.since <= self.today

    @property
    def due(self) -> tuple[Occasion, ...]:
        """What leaves today."""
        held = {*self.owed, *self.open}
        if self.paused or self.today in self.dates.off:
            return ()
        return calendar.due(self.occasions, self.made, self.today, held=held, taken=self.taken)

    @property
    def ahead(self) -> tuple[Occasion, ...]:
        """What is to come, and what waits although its day has come."""
        left = [one for one in self.occasions if self._still(one)]
        return tuple(sorted(left, key=lambda one: (one.day, one.what)))

    def _still(self, one: Occasion) -> bool:
        """It is to come, or it waits for an answer to the wave before it."""
        made = self.made.get(one.key)
        if made is not None and made.state == "sent":
            return False
        if one.day >= self.today:
            return True
        days = [other.day for other in self.occasions if other.what == one.what and other.day < self.today]
        waits = one.wave and one.what in self.owed and self.today - one.day < calendar.WAVE_USEFUL
        return waits and one.day == max(days)


def book(conn: Connection, *, parts: Parts, project: Project, today: date) -> Book:
    """The rhythm as it stands today."""
    here = {"workspace": project.workspace, "project_id": project.id}
    dates = dates_of(conn, project=project)
    table = plan.table(conn, parts=parts, project=project, today=today)
    every = waves.of_project(conn, **here)
    made = dict(rhythm.occasions(conn, **here)) | _by_plan(table, parts.playbook)
    cast = project.cast
    raw = (
        *calendar.of_plan(parts.playbook.plan.lines, dates),
        *(
            one
            for one in calendar.laid_out(parts.playbook.calendar, dates, today + AHEAD)
            if not one.users or cast.of_lots((one.lot,))
        ),
    )
    pause, taken = rhythm.paused(conn, **here), _taken(table, every, parts.playbook)
    return Book(
        today=today,
        dates=dates,
        phase=phase_of(dates, today),
        occasions=_apart(calendar.changed(raw, made), made, taken, dates.off),
        skipped=tuple(one for one in raw if one.key in made and made[one.key].state == "skipped"),
        made=made,
        owed={what: id for what in ANSWERED_FIRST if (id := reply_owed(conn, project=project, what=what))},
        open=frozenset(one.what for one in every if one.open),
        taken=monday(today) in taken,
        pause=pause if pause is not None and pause.until > today else None,
    )


def dates_of(conn: Connection, *, project: Project) -> Dates:
    """What the phases of a project hang on: what is recorded, and what people have said."""
    here = {"workspace": project.workspace, "project_id": project.id}
    given = rhythm.milestones(conn, **here)
    lots = register.records(conn, **here, kinds=LOTS, roles=None)
    decided = register.records(conn, **here, kinds=DECISIONS, status=("accepted",), roles=None)
    signed = next(
        (one for one in decided if one.source == SIGNATURE and one.fields.get("choice") in SIGNED), None
    )
    given_on = [one.at for one in reviews.decided(conn, **here) if one.choice in SIGNED]
    signed_on = min(given_on).astimezone(zone(project.zone)).date() if given_on else None
    if signed_on is None and signed is not None:
        signed_on = forms.day(signed.fields.get("date"))
    return Dates(
        start=project.start or project.created_at.astimezone(zone(project.zone)).date(),
        named=project.phase != "P0",
        signed=given.get("signed") or signed_on,
        contract=given.get("contract"),
        off=project.holidays,
        lots=tuple(
            Lot(ref=one.ref, given=given.get(one.ref), planned=one.due)
            for one in lots
            if one.status != "withdrawn"
        ),
    )


def _by_plan(table: Timetable, playbook: Playbook) -> dict[str, Made]:
    """What the plan says of the waves of check-ins that stand in it: sent, set aside or moved there."""
    found = {}
    for placed in table.placed:
        if not (placed.step.wave and playbook.waves[placed.step.what].checkin):
            continue
        key = f"{placed.step.what}.plan.{placed.step.week}.{placed.step.day}"
        if placed.standing in ("sent", "skipped"):
            found[key] = Made(state=placed.standing, day=placed.day)
        elif placed.moved:
            found[key] = Made(state="moved", day=placed.day)
    return found


def _apart(
    occasions: tuple[Occasion, ...], made: Mapping[str, Made], taken: set[date], off: Collection[date]
) -> tuple[Occasion, ...]:
    """One new wave a week at most. What was sent stays where it was."""
    sent = [one for one in occasions if one.key in made and made[one.key].state == "sent"]
    sent = [replace(one, day=made[one.key].day or one.day) for one in sent]
    weeks = taken | {monday(one.day) for one in sent if one.wave}
    left = [one for one in occasions if one.key not in made or made[one.key].state != "sent"]
    return (*sent, *calendar.waves_apart(left, weeks, off)[0])


def _taken(table: Timetable, every: list[Wave], playbook: Playbook) -> set[date]:
    """Weeks in which another wave opens or has opened. Those of the calendar itself are told apart by what
    was sent."""
    opened = {monday(one.opened_on) for one in every}
    ahead = {
        monday(placed.day)
        for placed in table.placed
        if placed.step.wave and placed.ahead and not playbook.waves[placed.step.what].checkin
    }
    return opened | ahead
