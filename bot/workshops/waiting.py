"""What Home and `/cadrage todo` say of workshops: one is under way and where to join, or one is coming."""

from bot.asker import Asker
from bot.hub.tasks import Next
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements
from flows.workshop.giving import COLLECTS
from flows.workshop.model import Workshop
from storage import workshop as workshops
from storage.database import Connection

SHOWN = 3


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """Those of the project this person is invited to, or facilitates; the one under way first."""
    project, user = who.here, who.actor.user
    here = {"workspace": project.workspace, "project_id": project.id}
    every = [
        one for one in workshops.of_project(conn, **here)
        if one.state in ("planned", "open", "paused") and (one.person(user) or one.facilitator == user)
    ]  # fmt: skip
    ahead = sorted(every, key=lambda one: not one.running)[:SHOWN]
    return [_line(parts, who, one) for one in ahead if one.script in parts.playbook.workshops]


def next_action(conn: Connection, parts: Parts, who: Asker) -> Next | None:
    """Line 2 of 1.4: a live workshop has begun without this person, or a step waits for their answer. None
    where they have answered, or where people only talk; whoever facilitates has their desk."""
    project, user = who.here, who.actor.user
    every = workshops.running(conn, workspace=project.workspace, project_id=project.id)
    known = [one for one in every if one.script in parts.playbook.workshops and one.state == "open"]
    for one in known:
        if _wanted(parts, one, user):
            return _asked(parts, who, one)
    missed = next((one for one in known if _begun_without(one, user)), None)
    return _joining(parts, who, missed) if missed is not None else None


def _asked(parts: Parts, who: Asker, one: Workshop) -> Next:
    """Until when their answer is wanted, and the way to it."""
    w, script = who.w, parts.playbook.workshops[one.script]
    said = w.md("*{id} {title}* is under way: your answer is wanted now.", id=script.id, title=script.title)
    if one.due is not None:
        until = w.moment(one.due, who.here.zone)
        said = w.md(
            "*{id} {title}* is under way: your answer is wanted until {when}.",
            id=script.id, title=script.title, when=until,
        )  # fmt: skip
    if one.voting and one.ballot is not None:
        return Next(
            said=said, button=w("Vote"), action="workshop.vote", value=f"{one.id}:{one.ballot.number}"
        )
    return Next(said=said, button=w("Join the step"), action="workshop.here", value=one.id)


def _joining(parts: Parts, who: Asker, one: Workshop) -> Next:
    w, script = who.w, parts.playbook.workshops[one.script]
    said = w.md("*{id} {title}* is under way in the channel.", id=script.id, title=script.title)
    return Next(said=said, button=w("Join the step"), action="workshop.here", value=one.id)


def _begun_without(one: Workshop, user: str) -> bool:
    """Live, and they have not said that they are there, nor that they cannot."""
    person = one.person(user)
    away = person is not None and not person.guest and person.seat in ("invited", "coming")
    return one.mode == "live" and user != one.facilitator and away and one.takes_part(user, one.step)


def _wanted(parts: Parts, one: Workshop, user: str) -> bool:
    """The step of now waits for an answer of theirs."""
    voters = {voter.user for voter in one.voters}
    if one.phase != "open" or user not in voters or one.has_answered(user):
        return False
    step = parts.playbook.workshops[one.script].step(one.step)
    return one.voting or (step.method in COLLECTS and not step.sealed and one.speaker in ("", user))


def _line(parts: Parts, who: Asker, one: Workshop) -> Json:
    w, script = who.w, parts.playbook.workshops[one.script]
    if one.running:
        said = w.md("*{id} {title}* is under way in the channel.", id=script.id, title=script.title)
    elif one.planned_for is not None:
        when = w.moment(one.planned_for, who.here.zone)
        said = w.md("*{id} {title}*: {when}", id=script.id, title=script.title, when=when)
    else:
        said = w.md("*{id} {title}* begins soon.", id=script.id, title=script.title)
    facilitates = one.facilitator == who.actor.user
    words = w("My desk") if facilitates else w("Join the step") if one.running else w("Agenda and rules")
    action = "workshop.desk" if facilitates else "workshop.here" if one.running else "workshop.agenda"
    return blocks.section(said, accessory=elements.button(words, f"{action}:{one.id}", value=one.id))
