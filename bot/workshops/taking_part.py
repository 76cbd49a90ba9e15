# ruff: noqa: PLR0913 - who does what in which workshop, when
"""What people do in a workshop with one press: are here, have nothing to add, support it, read."""

from dataclasses import replace
from typing import Any

from bot import answer
from bot.absence import standing
from bot.asker import wording
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.limits import SECTION
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from bot.workshops import agenda, came_of, deeds, refusals, results
from bot.workshops.deeds import Done
from bot.workshops.scene import Scene, scene
from flows import cadence
from flows.workshop import events as happened
from flows.workshop.ballot import Vote
from flows.workshop.model import Workshop
from flows.workshop.reading import was_in
from flows.workshop.roster import seat
from flows.workshop.script import Step
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection

MOST_READ = 300  # contributions on one page, which holds a hundred blocks


async def here(request: Request, parts: Parts) -> Reply:
    """[I'm here]."""
    return await _do(request, parts, answer.chosen(request), "joined")


async def done(request: Request, parts: Parts) -> Reply:
    """[Nothing to add], [Pass], [I have read it], [That's right]."""
    return await _do(request, parts, answer.chosen(request), "done")


async def fist(request: Request, parts: Parts) -> Reply:
    """One of the six buttons of the support vote."""
    return await _do(request, parts, answer.chosen(request), "fist")


async def _do(request: Request, parts: Parts, value: str, what: str) -> Reply:
    w = await wording(request, parts)
    found: Done | None = await parts.db.run(_one, parts=parts, request=request, value=value, what=what)
    parts.wake()
    if found is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    if not found.taken:
        return answer.tell(request, parts, w, refusals.said(w, found.turn.refusal or "nothing"))
    if what == "fist" and not found.workshop.voting:
        return answer.tell(request, parts, w, w("Noted. Everybody has voted: the result stands on the card."))
    if what == "fist":
        said = w.md("*Noted: {point}.* You can change it until the reveal.", point=value.rpartition(":")[2])
        return answer.tell(request, parts, w, said)
    told = {
        "joined": w("You are in. What to do now stands on the card, in the channel."),
        "done": w("Noted, thank you."),
    }
    return answer.tell(request, parts, w, told[what])


def _one(conn: Connection, *, parts: Parts, request: Request, value: str, what: str) -> Done | None:
    """In one transaction; whoever votes from the channel without having joined is here from now on."""
    id, _, rest = value.partition(":")
    user, now = request.user, parts.clock.now()

    def make(workshop: Workshop) -> happened.Event:
        if what == "joined":
            return joining(parts, conn, workshop, user)
        if what == "done":
            return happened.Done(by=user, at=now, seen=figure(rest))
        ballot, _, point = rest.partition(":")
        item = workshop.ballot.items[0].id if workshop.ballot is not None and workshop.ballot.items else ""
        own = workshops.own_vote(conn, workshop=workshop, user=user) or Vote()
        cast = replace(own, choices={item: figure(point)})  # a reason that was given stays
        return happened.Voted(by=user, at=now, vote=cast, ballot=figure(ballot))

    return deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=make, now=now)


def joining(parts: Parts, conn: Connection, workshop: Workshop, user: str) -> happened.Joined:
    """Somebody comes in: with the place they have, or the one their roles give them."""
    project = projects.get(conn, workspace=workshop.workspace, id=workshop.project_id)
    if project is None:
        raise LookupError("a workshop without its project")
    now, script = parts.clock.now(), parts.playbook.workshops[workshop.script]
    today = now.astimezone(cadence.zone(project.zone)).date()
    deputies = {} if user == workshop.facilitator else standing.deputies(conn, project=project, today=today)
    known = workshop.person(user) or seat(script, project.cast, user, deputies=deputies)
    return happened.Joined(by=user, at=now, person=known)


def figure(text: str) -> int:
    """A figure of a button's value; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


async def read(request: Request, parts: Parts) -> Reply:
    """[Read what was put in]: what this person may read of a step."""
    w = await wording(request, parts)
    id, _, step = answer.chosen(request).partition(":")

    async def build() -> Json:
        return await parts.db.read(_read, parts=parts, request=request, w=w, id=id, number=figure(step))

    return answer.show(request, parts, w, w("What was put in"), build)


def _read(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str, number: int) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or not 1 <= number <= len(found.script.steps):
        return answer.page(w, w("What was put in"), [blocks.section(w.of(NOTHING_THERE))])
    step = found.script.step(number)
    rows = _put_in(found, step)
    me = found.workshop.person(request.user)
    if me is not None and not me.guest and was_in(found.script, found.workshop, request.user, number):
        told = [one for one in found.results if one.step == number and came_of.published(found, one) != one]
        rows += [row for one in told for row in results.told(w, one, found.names)]
        rows += came_of.recorded(found) if step.method == "close" and found.visited else []
    return answer.page(w, w("What was put in"), rows or [blocks.section(w("Nothing to read here."))])


def _put_in(found: Scene, step: Step) -> list[Json]:
    """Every contribution, as many to a block as fit; of very many the first, and how many more."""
    rows: list[Json] = []
    held: list[Mrkdwn] = []
    cards = found.on_table(step)
    for card in cards[:MOST_READ]:
        line = came_of.line(found, step, card)
        if held and sum(map(len, held)) + len(held) + len(line) > SECTION:
            rows.append(blocks.section(Mrkdwn("\n").join(held)))
            held = []
        held.append(line)
    rows += [blocks.section(Mrkdwn("\n").join(held))] if held else []
    left = len(cards) - MOST_READ
    return [*rows, blocks.context(found.w("… and {n} more", n=left))] if left > 0 else rows


ACTIONS: dict[str, Any] = {
    "workshop.here": here, "workshop.done": done, "workshop.fist": fist,
    "workshop.read": read, **agenda.ACTIONS,
}  # fmt: skip
