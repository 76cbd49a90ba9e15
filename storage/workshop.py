"""Workshops: planned, read, and taken one turn further. Decides nothing, and tells nobody.

One turn (`take`) holds the row of its workshop from reading to commit, so that of two who press together the
second reads what the first has written, and a vote and the reveal never cross. Of an open ballot nothing can
be read but what is voted on and one's own vote.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.wave.model import Shuffle
from flows.workshop.ballot import Result, Vote
from flows.workshop.effects import Plan
from flows.workshop.engine import advance
from flows.workshop.events import Event
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Participant, Workshop
from flows.workshop.reading import readable
from flows.workshop.script import Script
from flows.workshop.turn import Turn
from storage import numbering, schedule, workshop_effects
from storage import workshop_rows as rows
from storage.failpoint import fp
from storage.sealing import Sealer
from storage.statement import Both
from storage.tables import workshop as table
from storage.tables import workshop_card as cards_table
from storage.tables import workshop_person as person_table
from storage.tables import workshop_result as result_table
from storage.tables import workshop_vote as vote_table

#: The kind of schedule that brings the clock back to a workshop; its data: {"workshop": id, "move": n}.
CLOCK = "workshop_step"
#: A step closes even if the bot was off when its time was up.
NEVER_LATE = timedelta(days=3650)
PREFIX = "WKS"  # of the counter that numbers workshops; people quote the script and the day
RUNNING = ("open", "paused")
ON_TABLE = ("idea", "note", "row")  # kinds of cards that a later vote may be about

_MINE = (table.c.workspace == bindparam("w"), table.c.id == bindparam("i"))
_ONE = select(table).where(*_MINE)
_HOLD = _ONE.with_for_update()
_WHOSE = select(table.c.project_id).where(*_MINE)
_OF_PROJECT = (
    select(table)
    .where(table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"))
    .order_by(table.c.number)
)
_RUNNING = _OF_PROJECT.where(table.c.state.in_(RUNNING))
_INVITED = select(person_table.c.workshop_id).where(
    person_table.c.workspace == bindparam("w"), person_table.c.user == bindparam("u")
)
_OF_USER = (
    select(table)
    .where(
        table.c.workspace == bindparam("w"),
        table.c.state.in_(("planned", *RUNNING)),
        table.c.id.in_(_INVITED) | (table.c.facilitator == bindparam("u")),
    )
    .order_by(table.c.planned_for, table.c.number)
)
_PEOPLE = (
    select(person_table)
    .where(
        person_table.c.workspace == bindparam("w"),
        person_table.c.workshop_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(person_table.c.workshop_id, person_table.c.place)
)
_ADD = insert(table)
_SEATED = ("function", "vote", "counted", "arbiter", "sponsor", "guest", "steps", "seat", "answered")
_SAVE = update(table).where(*_MINE, table.c.version == bindparam("v"))
_SEAT = Both(
    lambda insert: (new := insert(person_table)).on_conflict_do_update(
        index_elements=["workspace", "workshop_id", "user"],
        set_={name: new.excluded[name] for name in _SEATED},
    )
)
_OWN = select(vote_table).where(
    vote_table.c.workspace == bindparam("w"),
    vote_table.c.workshop_id == bindparam("i"),
    vote_table.c.ballot == bindparam("b"),
    vote_table.c.user == bindparam("u"),
)
_CARDS = (
    select(cards_table)
    .where(cards_table.c.workspace == bindparam("w"), cards_table.c.workshop_id == bindparam("i"))
    .order_by(cards_table.c.id)
)
_RESULTS = (
    select(result_table)
    .where(result_table.c.workspace == bindparam("w"), result_table.c.workshop_id == bindparam("i"))
    .order_by(result_table.c.number)
)
_LAY = insert(cards_table)
_BECAME = (
    update(cards_table)
    .where(
        cards_table.c.workspace == bindparam("w"),
        cards_table.c.workshop_id == bindparam("i"),
        cards_table.c.id == bindparam("c"),
    )
    .values(ref=bindparam("r"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a turn needs beside its event: the script, the project's calendar, the keys of sealed boxes."""

    script: Script
    calendar: Calendar
    sealer: Sealer
    shuffle: Shuffle


def fresh_id() -> str:
    """An id for a new workshop, or a card."""
    return secrets.token_hex(16)


def put(conn: Connection, *, workshop: Workshop) -> Workshop:
    """A new workshop with its people; returns it with its number."""
    here = {"workspace": workshop.workspace, "project_id": workshop.project_id}
    new = replace(workshop, number=numbering.next_number(conn, **here, prefix=PREFIX))
    fixed = {name: getattr(new, name) for name in rows.FIXED}
    conn.execute(_ADD, {**fixed, **rows.changing(new), "version": 0})
    _seat(conn, new, new.people)
    return new


def take(
    conn: Connection, *, workspace: str, id: str, event: Event, setting: Setting,
    held: Workshop | None = None,
) -> Turn | None:  # fmt: skip
    """One turn: read and hold, let flows/ decide, keep what follows, plan the clock. The caller tells people
    (Tell) and gathers ballots (WantBallot), in the same transaction. `held`: as `hold` gave it in this
    transaction, or the turn before. None: there is no such workshop."""
    held = held or hold(conn, workspace=workspace, id=id)
    if held is None:
        return None

    def votes() -> dict[str, Vote]:
        return workshop_effects.votes(conn, held)

    turn = advance(setting.script, held, event, calendar=setting.calendar, votes=votes)
    if turn.refusal or turn.problems:
        return turn
    _save(conn, held, turn.workshop)
    fp("workshop_saved")
    keeping = workshop_effects.Keeping(
        conn=conn, workshop=turn.workshop, script=setting.script, at=event.at, calendar=setting.calendar,
        sealer=setting.sealer, shuffle=setting.shuffle,
    )  # fmt: skip
    for effect in turn.effects:
        keeping.carry_out(effect)
    _plan(conn, turn, setting.calendar)
    return replace(turn, workshop=replace(turn.workshop, version=held.version + 1))


def hold(conn: Connection, *, workspace: str, id: str) -> Workshop | None:
    """The workshop, and nobody else changes it until this transaction ends; None when there is none."""
    return _first(conn, workspace, conn.execute(_HOLD, {"w": workspace, "i": id}).all())


def project_of(conn: Connection, *, workspace: str, id: str) -> str | None:
    """The id of the project a workshop belongs to; None when there is no such workshop."""
    found: str | None = conn.execute(_WHOSE, {"w": workspace, "i": id}).scalar()
    return found


def get(conn: Connection, *, workspace: str, id: str) -> Workshop | None:
    """The workshop, or None when there is none of this id in this workspace."""
    return _first(conn, workspace, conn.execute(_ONE, {"w": workspace, "i": id}).all())


def of_project(conn: Connection, *, workspace: str, project_id: str) -> list[Workshop]:
    """Every workshop of a project by number, cancelled ones included."""
    return _read(conn, workspace, conn.execute(_OF_PROJECT, {"w": workspace, "p": project_id}).all())


def running(conn: Connection, *, workspace: str, project_id: str) -> list[Workshop]:
    """Those that are open or paused."""
    return _read(conn, workspace, conn.execute(_RUNNING, {"w": workspace, "p": project_id}).all())


def of_user(conn: Connection, *, workspace: str, user: str) -> list[Workshop]:
    """What somebody is invited to or facilitates that is planned or under way, in all projects."""
    return _read(conn, workspace, conn.execute(_OF_USER, {"w": workspace, "u": user}).all())


def own_vote(conn: Connection, *, workshop: Workshop, user: str) -> Vote | None:
    """What this person has put into the open ballot, for themselves to change; None: nothing yet."""
    if not workshop.voting or workshop.ballot is None:
        return None
    key = {"w": workshop.workspace, "i": workshop.id, "b": workshop.ballot.number, "u": user}
    row = conn.execute(_OWN, key).first()
    return None if row is None else rows.vote(row)


def cards(conn: Connection, *, workshop: Workshop, script: Script, reader: str) -> tuple[Card, ...]:
    """The cards that this person may read now; "": the bot itself (flows/workshop/reading)."""
    found = [rows.card(row) for row in conn.execute(_CARDS, {"w": workshop.workspace, "i": workshop.id})]
    return readable(workshop, found, reader, script=script)


def results(conn: Connection, *, workspace: str, id: str) -> tuple[Result, ...]:
    """Every revealed ballot, in order. Open ones have nothing to read."""
    return tuple(rows.read_result(row) for row in conn.execute(_RESULTS, {"w": workspace, "i": id}))


def lay_again(conn: Connection, *, workspace: str, before: str, id: str) -> None:
    """What was on the table of an earlier workshop lies on that of a replay too, without authors: it votes on
    the same things. What was parked or pleased then has become its record already."""
    found = conn.execute(_CARDS, {"w": workspace, "i": before}).all()
    laid = [
        {**row._mapping, "workshop_id": id, "author": "", "signed": False}
        for row in found if row.kind in ON_TABLE
    ]  # fmt: skip
    if laid:
        conn.execute(_LAY, laid)


def became(conn: Connection, *, workspace: str, id: str, card: str, ref: str) -> None:
    """A card has become this record."""
    conn.execute(_BECAME, {"w": workspace, "i": id, "c": card, "r": ref})


def _save(conn: Connection, before: Workshop, after: Workshop) -> None:
    new = {**rows.changing(after), "version": before.version + 1}
    key = {"w": before.workspace, "i": before.id, "v": before.version}
    conn.execute(_SAVE.values(new), key)
    known = {one.user: one for one in before.people}
    _seat(conn, after, tuple(one for one in after.people if known.get(one.user) != one))


def _seat(conn: Connection, workshop: Workshop, people: tuple[Participant, ...]) -> None:
    places = {one.user: n for n, one in enumerate(workshop.people, start=1)}
    here = {"workspace": workshop.workspace, "workshop_id": workshop.id}
    changed = [{**here, "place": places[one.user], **rows.person(one)} for one in people]
    if changed:
        conn.execute(_SEAT.on(conn), changed)


def _plan(conn: Connection, turn: Turn, calendar: Calendar) -> None:
    """Only the last word on the clock counts."""
    plans = [effect for effect in turn.effects if isinstance(effect, Plan)]
    if not plans:
        return
    here, last = turn.workshop, plans[-1]
    schedule.cancel(conn, workspace=here.workspace, id_prefix=f"workshop:{here.id}:")
    if last.due is not None:
        schedule.put(
            conn, workspace=here.workspace, id=f"workshop:{here.id}:{last.move}", kind=CLOCK,
            next_due=last.due, zone=str(calendar.zone), data={"workshop": here.id, "move": last.move},
            late_limit=NEVER_LATE,
        )  # fmt: skip


def _first(conn: Connection, workspace: str, found: Any) -> Workshop | None:
    every = _read(conn, workspace, found)
    return every[0] if every else None


def _read(conn: Connection, workspace: str, found: Any) -> list[Workshop]:
    people: dict[str, list[Participant]] = {row.id: [] for row in found}
    if people:
        for row in conn.execute(_PEOPLE, {"w": workspace, "ids": sorted(people)}):
            people[row.workshop_id].append(rows.participant(row))
    return [rows.workshop(row, tuple(people[row.id])) for row in found]
