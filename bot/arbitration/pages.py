"""The desk of what is to be settled, and one case as a page: for those who may read it."""

from typing import Any

from bot import answer, asker
from bot.arbitration import subject, told
from bot.arbitration.hearing import Hearing, hearing, keeper, of
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from storage import arbitration
from storage.database import Connection

SHOWN = 20
SETTLED = 5  # of what has been settled, the latest


async def opened(request: Request, parts: Parts) -> Reply:
    """`/cadrage arbitrate`, [To be settled]."""
    project_id = answer.chosen(request).partition(":")[0] if request.kind == "action" else ""
    who = await asker.asker(request, parts, project_id=project_id)
    if isinstance(verdict := who.may("arbitration.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(desk, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("To be settled"), build)


async def read(request: Request, parts: Parts) -> Reply:
    """[Open] on a card or in the list."""
    id = answer.chosen(request)
    who = await asker.asker(request, parts)
    found = await parts.db.read(hearing, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or not found.readable(request.user):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))

    async def build() -> Json:
        return page(found, request.user)

    return answer.show(request, parts, found.w, found.case.ref, build)


def desk(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """What waits, mine first; the list of what can be brought; what was settled lately."""
    w, project, user = who.w, who.here, who.actor.user
    cases = arbitration.of_project(conn, workspace=project.workspace, project_id=project.id)
    heard = [found for case in cases if (found := of(conn, parts, case, user)) and found.readable(user)]
    live = sorted((one for one in heard if one.case.live), key=lambda one: user not in one.case.deciders)
    rows = [line(one, user) for one in live[:SHOWN]]
    if not live:
        rows.append(blocks.section(w("Nothing is waiting to be settled.")))
    if who.may("arbitration.bring") == Allow():
        hint = w("Choose what is to be settled")
        options = subject.offered(conn, parts, who)
        rows.append(blocks.divider())
        rows.append(
            blocks.section(
                w.md("*Bring a point to the arbiter.* Each side speaks in its own words."),
                accessory=elements.select("arbitration.bring", options, hint=hint),
            )
        )
    settled = [one for one in heard if one.case.state == "decided"][-SETTLED:]
    if settled:
        rows += [blocks.divider(), *(line(one, user) for one in reversed(settled))]
    return answer.page(w, w("To be settled"), rows)


def line(found: Hearing, user: str) -> Json:
    """One case, and what this person can do about it."""
    w, case = found.w, found.case
    said = Mrkdwn("\n").join([told.head(found), told.whose(found)])
    if case.live and user in case.deciders:
        label = w("{what}: {question}", what=w("Decide"), question=case.ref)
        go = elements.button(w("Decide"), f"arbitration.decide:{case.id}", value=case.id, label=label)
    else:
        label = w("Read {ref}", ref=case.ref)
        go = elements.button(w("Read"), f"arbitration.read:{case.id}", value=case.id, label=label)
    return blocks.section(said, accessory=go)


def page(found: Hearing, user: str) -> Json:
    """One case: the question, each side, the way it went, what was decided."""
    w, case = found.w, found.case
    rows = [blocks.section(told.head(found)), blocks.context(told.whose(found)), *told.outcome(found)]
    rows += [*told.question(found), *told.sides(found), *told.on_the_way(found)]
    buttons = []
    if case.live and user in case.deciders:
        buttons.append(elements.button(w("Decide"), "arbitration.decide", value=case.id, style="primary"))
    mine = next((one for one in case.positions if one.author == user), None)
    if case.live and mine is not None and mine.state != "declined":
        words = w("Change my words") if mine.state == "said" else w("Say it in my words")
        buttons.append(elements.button(words, "arbitration.say", value=case.id))
    if case.live and user == keeper(case, found.project):
        buttons.append(
            elements.button(w("We agree now: take it back"), "arbitration.withdraw", value=case.id)
        )
    if buttons:
        rows.append(blocks.actions(*buttons))
    return answer.page(w, case.ref, rows)


ACTIONS: dict[str, Any] = {"arbitration.open": opened, "arbitration.read": read}
