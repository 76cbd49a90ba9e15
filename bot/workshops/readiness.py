# ruff: noqa: PLR0913 - a workshop: which, how, when, with whom
"""What a script needs before it is held, who is invited, and when all of them could. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import people
from bot.absence import standing
from bot.asker import Asker
from bot.parts import Parts
from bot.rounds import plan
from flows import cadence, meeting
from flows.plan import Guard, held_back
from flows.signoff.ahead import SCRIPT
from flows.words import Words
from flows.workshop.model import Participant, Workshop
from flows.workshop.replay import to_replay
from flows.workshop.roster import roster, some_steps, visitor
from flows.workshop.script import Script
from storage import absence as absences
from storage import dialogue as dialogues
from storage import wave
from storage import workshop as workshops
from storage.database import Connection

OUTSIDE = Words(
    "You stay outside while people talk openly: ask the facilitator of the project to prepare this workshop.",
    "Vous restez dehors pendant que l’on parle franchement : demandez à l’animateur du projet de préparer "
    "cet atelier.",
)
NO_SPONSOR = Words(
    "Name a sponsor first, in Team and roles: the sponsor signs the note.",
    "Nommez d’abord un sponsor, dans Équipe et rôles : c’est le sponsor qui signe la note.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What a script needs, and what of it is there."""

    script: Script
    missing: tuple[str, ...]  # ids of dialogues, waves and workshops that have not closed
    guards: tuple[Guard, ...]
    people: tuple[Participant, ...]
    times: tuple[datetime, ...]  # UTC
    running: Workshop | None = None
    replay: tuple[int, ...] = ()  # steps that had no quorum so far, with the closing
    held: str = ""  # id of the one of this script that was held last; "": none was


def readiness(conn: Connection, *, parts: Parts, who: Asker, id: str) -> Readiness:
    """Everything the form says of one script."""
    project, script = who.here, parts.playbook.workshops[id]
    here = {"workspace": project.workspace, "project_id": project.id}
    every = workshops.of_project(conn, **here)
    closed = {run.flow for run in dialogues.runs(conn, **here) if run.status == "closed"}
    closed |= {one.what for one in wave.of_project(conn, **here) if not one.open}
    closed |= {one.script for one in every if one.state == "ended"}
    table = plan.table(conn, parts=parts, project=project, today=who.today)
    closed |= table.facts.workshops_held
    facilitator = project.cast.holder("facilitator") or who.actor.user
    seats = seated(conn, parts=parts, who=who, script=script, facilitator=facilitator)
    held = [one for one in every if one.script == id and one.state == "ended"]
    return Readiness(
        script=script,
        missing=tuple(need for need in script.needs if need not in closed),
        guards=(
            *_doors(script, who),
            *_unsigned(script, who),
            *held_back(parts.playbook.plan, id, table.facts),
        ),
        people=seats,
        times=_times(conn, parts, who, script, seats),
        running=next(
            (one for one in every if one.running or (one.script == id and one.state == "planned")), None
        ),
        replay=_replay(conn, script, held),
        held=held[-1].id if held else "",
    )


def _doors(script: Script, who: Asker) -> tuple[Guard, ...]:
    """Where people talk openly whoever stays outside for it cannot prepare it: they would be at the desk."""
    if not script.behind_doors or not some_steps(script, who.here.cast, who.actor.user):
        return ()
    return (Guard(id="doors", before=(script.id,), needs="", words=OUTSIDE, overridable=False),)


def _unsigned(script: Script, who: Asker) -> tuple[Guard, ...]:
    """Without a sponsor the note cannot go round, and W10 would be about no version of it."""
    if script.id != SCRIPT or who.here.cast.holder("sponsor") is not None:
        return ()
    return (Guard(id="sponsor", before=(script.id,), needs="", words=NO_SPONSOR, overridable=False),)


def _replay(conn: Connection, script: Script, held: Sequence[Workshop]) -> tuple[int, ...]:
    """The steps that are still to be voted on with quorum, of all that was held of this script."""
    results = [
        result for one in held for result in workshops.results(conn, workspace=one.workspace, id=one.id)
    ]
    return to_replay(script, results)


def seated(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    script: Script,
    facilitator: str,
    guests: Sequence[str] = (),
) -> tuple[Participant, ...]:  # fmt: skip
    """Who is invited: nobody who has left, no bot; whoever stands in for an absent arbiter counts as them."""
    project = who.here
    users = (*project.cast.everybody(), *guests)
    known = people.several(conn, workspace=project.workspace, users=users)
    gone = {user for user, person in known.items() if person.is_bot or person.deleted}
    deputies = standing.deputies(conn, project=project, today=who.today)
    found = roster(script, project.cast, facilitator=facilitator, without=gone, deputies=deputies)
    there = {facilitator, *gone, *(one.user for one in found)}
    outside = [user for user in dict.fromkeys(guests) if user not in there]
    return (*found, *(visitor(script, user) for user in outside))


def _times(
    conn: Connection, parts: Parts, who: Asker, script: Script, seats: Sequence[Participant]
) -> tuple[datetime, ...]:  # fmt: skip
    """The first times that suit everybody invited and whoever facilitates."""
    project = who.here
    users = [one.user for one in seats] + [who.actor.user]
    known = people.several(conn, workspace=project.workspace, users=users)
    leaves = {one.user: one for one in absences.several(conn, workspace=project.workspace, users=users)}
    everybody = []
    for user in users:
        away = [(leaves[user].first, leaves[user].last)] if user in leaves else []
        if (until := known[user].away_until) is not None:
            away.append((who.today, until))
        zone = cadence.zone(known[user].zone, default=project.zone)
        everybody.append(meeting.Attendee(zone=zone, away=tuple(away)))
    return meeting.times(
        everybody,
        minutes=script.minutes,
        now=parts.clock.now(),
        zone=cadence.zone(project.zone),
        closed=project.holidays,
    )
