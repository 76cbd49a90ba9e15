"""Opens dialogues and their later parts, and has everybody concerned told, in one transaction.

Checks no right, no guard and no form: its callers have. Sends nothing itself; what each person gets, and
when, is bot/rounds/giving.py's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.parts import Parts
from bot.rhythm import beginning
from bot.rounds import announce, giving, plan, sending, term
from bot.rounds.giving import Dispatch, Parcel
from bot.rounds.pieces import Piece, Portion, portions
from bot.signoff import opening
from flows.dialogue.path import path
from flows.project import Person
from flows.timetable import Timetable, needed_by
from storage import casting, recurring
from storage import dialogue as dialogues
from storage.casting import Change
from storage.database import Connection

__all__ = ["Dispatch", "Sent", "send"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a sending has led to."""

    people: int  # who get a message
    last: date | None  # the latest day of one that leaves later than asked for; None: none does
    closes_on: date  # later than asked for, where somebody would have had no time
    forms: tuple[str, ...]  # runs in which the facilitator has something to fill in


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A piece that is being sent: its run, who has questions in it, and which are new to them."""

    piece: Piece
    run: dialogues.Run
    everybody: Mapping[str, Portion]
    new: Mapping[str, Portion]
    more: str  # what is new about it; "" when all of it is
    had: frozenset[str]  # those who were asked before


def send(  # noqa: PLR0913 - what, to whom, and all that goes with it
    conn: Connection,
    *,
    parts: Parts,
    dispatch: Dispatch,
    pieces: Sequence[Piece],
    users: Collection[str],
    known: Mapping[str, Person],
) -> Sent:
    """Open the pieces and tell these people, each of those that have questions for them. What the
    facilitator has to fill in waits in their Home."""
    project, now = dispatch.project, dispatch.now
    here = {"workspace": project.workspace}
    today = sending.project_day(project, now)
    table = plan.table(conn, parts=parts, project=project, today=today)
    opened = [_open(conn, parts, dispatch, table, piece) for piece in pieces]
    forms = tuple(one.run.id for one in opened if _form_of_the_facilitator(conn, dispatch, one))
    leaving: list[list[giving.Leaving]] = []
    for user in users:
        parcels = [_parcel(one, table, user) for one in opened if user in one.everybody]
        leaving.append(giving.give(conn, parts=parts, dispatch=dispatch, person=known[user], parcels=parcels))
    for one in opened:
        _note(conn, parts, dispatch, table, one)
    if project.phase == "P0":
        change = Change(workspace=project.workspace, project_id=project.id, by=dispatch.by, now=now)
        casting.settle(conn, change, phase="P1")
    recurring.plan(conn, beginning.EVERY_DAY, **here, project_id=project.id, zone=project.zone, now=now)
    _form_of_the_lead(conn, parts, dispatch)
    announce.project_card(conn, project=project, now=now)
    for one in opened:
        announce.dialogue_card(conn, project=project, run_id=one.run.id, now=now)
    announce.homes(conn, project=project, users=(dispatch.by, *users), now=now)
    runs = [dialogues.run(conn, **here, id=one.run.id) for one in opened]
    closes = [run.closes_on for run in runs if run is not None and run.closes_on is not None]
    return Sent(
        people=sum(bool(theirs) for theirs in leaving),
        last=max((one.day for theirs in leaving for one in theirs if one.moved), default=None),
        closes_on=max(closes, default=dispatch.closes_on),
        forms=forms,
    )


def _open(conn: Connection, parts: Parts, dispatch: Dispatch, table: Timetable, piece: Piece) -> _Opened:
    """The run of this piece, opened now or open already; its closing is planned. A later part is asked
    from now on, also of those who had finished, and also where the dialogue has closed: it goes on then."""
    project = dispatch.project
    here = {"workspace": project.workspace}
    if (piece.flow, piece.part) == (opening.FLOW, opening.PART):  # what is signed is a version
        opening.open_round(conn, parts=parts, project=project, by=dispatch.by)
    if piece.part:  # a second run would ask everything again, and what was said would be out of sight
        dialogues.take_up(conn, **here, project_id=project.id, flow=piece.flow)
    id = dialogues.open(
        conn,
        **here,
        project_id=project.id,
        flow=piece.flow,
        opened_by=dispatch.by,
        closes_on=dispatch.closes_on,
        now=dispatch.now,
    )
    if piece.part:
        dialogues.send_part(conn, **here, id=id, part=piece.part)
    term.set_closing(conn, project=project, run_id=id, closes_on=dispatch.closes_on)
    step = table.by_key.get(dispatch.step)
    items = step.step.items if step is not None else ()
    new = portions(conn, parts=parts, project=project, of=piece, items=items)
    more = piece.part or (step.step.key if step is not None else "")
    if more:
        waiting = [user for user, portion in new.items() if portion.open]
        dialogues.reopen(conn, **here, dialogue_id=id, users=waiting)
    run = dialogues.run(conn, **here, id=id)
    if run is None:
        raise LookupError("the dialogue that was just opened is not there")
    took = dialogues.participations(conn, **here, dialogue_id=id)
    return _Opened(
        piece=piece,
        run=run,
        everybody=portions(conn, parts=parts, project=project, of=piece),
        new=new,
        more=more,
        had=frozenset(part.user for part in took if part.invited_at is not None),
    )


def _parcel(one: _Opened, table: Timetable, user: str) -> Parcel:
    return Parcel(
        run=one.run,
        portion=one.everybody[user],
        new=one.new.get(user),
        more=one.more,
        had=user in one.had,
        needed_by=needed_by(table, one.piece.flow),
    )


def _form_of_the_facilitator(conn: Connection, dispatch: Dispatch, one: _Opened) -> bool:
    """The facilitator is invited by nobody: what they fill in waits in their Home."""
    facilitator = dispatch.project.cast.holder("facilitator")
    if facilitator is None or facilitator not in one.everybody:
        return False
    dialogues.invite(
        conn,
        workspace=dispatch.project.workspace,
        dialogue_id=one.run.id,
        users=(facilitator,),
        by=dispatch.by,
        now=dispatch.now,
    )
    return True


def _note(conn: Connection, parts: Parts, dispatch: Dispatch, table: Timetable, one: _Opened) -> None:
    """The plan says from now on what is sent."""
    project = dispatch.project
    took = dialogues.participations(conn, workspace=project.workspace, dialogue_id=one.run.id)
    reached = [part.user for part in took if part.invited_at is not None]
    done = plan.covered(
        table,
        one.piece,
        playbook=parts.playbook,
        project=project,
        everybody=one.everybody,
        reached=reached,
    )
    keys = {step.key for step in done} | ({dispatch.step} & table.by_key.keys())
    for key in keys:
        plan.note_sent(
            conn,
            project=project,
            placed=table.by_key[key],
            run_id=one.run.id,
            by=dispatch.by,
            now=dispatch.now,
        )


def _form_of_the_lead(conn: Connection, parts: Parts, dispatch: Dispatch) -> None:
    """Set-up has a question for the lead (SET15) when an expert helps: it waits in their Home."""
    project = dispatch.project
    flow, lead = parts.playbook.flows.get(plan.SETUP), project.cast.holder("lead")
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = next((each for each in runs if each.flow == plan.SETUP and each.status == "open"), None)
    if flow is None or run is None or lead is None or lead == project.cast.holder("facilitator"):
        return
    sheet = dialogues.sheet(
        conn, workspace=project.workspace, id=run.id, person=lead, flows=parts.playbook.flows
    )
    if sheet is not None and path(flow, sheet):
        dialogues.invite(
            conn,
            workspace=project.workspace,
            dialogue_id=run.id,
            users=(lead,),
            by=dispatch.by,
            now=dispatch.now,
        )
