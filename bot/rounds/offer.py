"""What a sending would be, before anybody confirms it: who gets what, what holds it back, until when.

Reads; decides nothing about rights, draws nothing, sends nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.parts import Parts
from bot.rounds import plan
from bot.rounds.giving import KNOWN
from bot.rounds.invitation import REFUSED
from bot.rounds.pieces import Piece, Portion, open_run, portions
from flows.plan import Guard, held_back
from flows.project import Person, Project
from flows.timetable import Placed, Timetable
from storage import dialogue as dialogues
from storage import memo
from storage import plan as kept
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One piece as it would be sent: everybody's portion of it, and who has it already."""

    piece: Piece
    run: dialogues.Run | None  # the one that takes answers now
    portions: Mapping[str, Portion]  # of those who would get a message
    facilitator: Portion | None  # a form that waits in Home
    has: frozenset[str]  # those who were invited to this run before


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One sending as it could be confirmed now."""

    project: Project
    shares: tuple[Share, ...]
    table: Timetable
    step: Placed | None  # of the plan, when it is sent from there
    guards: tuple[Guard, ...]  # that do not hold and were not set aside
    met: frozenset[str]  # those who have had a first message about the project
    declined: frozenset[str]  # those who said that they are not the right person

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who would get something, in the order of the project."""
        everybody = {user for share in self.shares for user in share.portions}
        return tuple(user for user in self.project.cast.everybody() if user in everybody)

    @property
    def hard(self) -> Guard | None:
        """A guard nobody can set aside."""
        return next((guard for guard in self.guards if not guard.overridable), None)

    @property
    def leaves(self) -> date:
        """The day proposed: that of the plan, if it is still to come."""
        return max(self.step.day, self.table.today) if self.step else self.table.today


def offer(  # noqa: PLR0913 - a project, what is sent of it, and where from
    conn: Connection, *, parts: Parts, project: Project, pieces: Sequence[Piece], step: str, today: date
) -> Offer:
    """What sending these pieces would be, from the step with this key of the plan ("" for none)."""
    table = plan.table(conn, parts=parts, project=project, today=today)
    placed = table.by_key.get(step)
    return Offer(
        project=project,
        shares=tuple(_share(conn, parts, project, piece, placed) for piece in pieces),
        table=table,
        step=placed,
        guards=_guards(conn, parts, project, table, pieces),
        met=_noted(conn, project, KNOWN),
        declined=_noted(conn, project, REFUSED),
    )


def able(project: Project, known: Mapping[str, Person], user: str) -> bool:
    """Whether this person can be written to: there, and a person."""
    return user in known and not known[user].deleted and not known[user].is_bot


def closing(found: Offer, parts: Parts) -> date:
    """The last day to answer that is proposed; never earlier than promised to those who have it."""
    day = plan.closing(found.table, [share.piece for share in found.shares], parts.playbook, found.leaves)
    return max([day, *(s.run.closes_on for s in found.shares if s.run is not None and s.run.closes_on)])


def _noted(conn: Connection, project: Project, name: str) -> frozenset[str]:
    """The people of the project for whom this memo is kept."""
    here = {"workspace": project.workspace, "name": f"{name}{project.id}"}
    return frozenset(user for user in project.cast.everybody() if memo.get(conn, user=user, **here))


def _share(conn: Connection, parts: Parts, project: Project, piece: Piece, step: Placed | None) -> Share:
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = open_run(runs, piece.flow)
    has = (
        frozenset(
            part.user
            for part in dialogues.participations(conn, workspace=project.workspace, dialogue_id=run.id)
            if part.invited_at is not None
        )
        if run
        else frozenset()
    )
    facilitator = project.cast.holder("facilitator")
    items = step.step.items if step is not None else ()
    found = portions(conn, parts=parts, project=project, of=piece, items=items)
    own = found.pop(facilitator, None) if facilitator else None
    to = {user for role in step.step.to for user in project.cast.people(role)} if step else {*found}
    again = bool(piece.part or step)  # those who have the dialogue are told what is new
    wanted = {
        user: portion
        for user, portion in found.items()
        if user in to and (user not in has or (again and portion.open))
    }
    return Share(piece=piece, run=run, portions=wanted, facilitator=own, has=has)


def _guards(
    conn: Connection, parts: Parts, project: Project, table: Timetable, pieces: Sequence[Piece]
) -> tuple[Guard, ...]:
    aside = {
        (one.guard, one.about)
        for one in kept.all_set_aside(conn, workspace=project.workspace, project_id=project.id)
    }
    found = {
        guard.id: guard
        for piece in pieces
        for what in _about(piece)
        for guard in held_back(parts.playbook.plan, what, table.facts)
        if (guard.id, what) not in aside
    }
    return tuple(found.values())


def _about(piece: Piece) -> tuple[str, ...]:
    """What guards know a piece by: its dialogue, and the workshop that its part belongs to."""
    return (piece.flow, piece.part) if piece.part.startswith("W") else (piece.flow,)
