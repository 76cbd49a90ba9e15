"""Days on which nothing leaves in a project: public holidays, days on which it is closed (journeys 6).

The facilitator gives them; those of France stand in the form already where most future users work there.
"""

from datetime import date, timedelta
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rhythm import pages
from bot.words import blocks, elements
from flows import holidays
from storage import answer as answers
from storage import casting
from storage.casting import Change
from storage.database import Connection

CALLBACK = "rhythm.off"
AHEAD, KEPT = timedelta(days=366), timedelta(days=366)
COUNTRY = "SET19"
LONGEST = 2000
PARIS = "Europe/Paris"  # where nothing has been said yet, the zone tells the country


async def opened(request: Request, parts: Parts) -> Reply:
    """[Public holidays]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_form, who=who)

    return answer.show(request, parts, who.w, who.w("Public holidays"), build)


async def given(request: Request, parts: Parts) -> Reply:
    """The list is sent: every line is a day, or nothing is kept."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    text = str(answer.state(request, "days", "days").get("value") or "")[:LONGEST]
    days, wrong = holidays.typed(text, who.today)
    if wrong:
        why = who.w("This line names no day: {line}", line=wrong[:60])
        return Reply(ack={"response_action": "errors", "errors": {"days": why}})
    view = await parts.db.run(_kept, parts=parts, who=who, days=days)
    parts.wake()
    return answer.refreshed(request, parts, view)


def _form(conn: Connection, *, who: Asker) -> Json:
    w, project, today = who.w, who.here, who.today
    here = {"workspace": project.workspace, "project_id": project.id}
    days = tuple(sorted(day for day in project.holidays if day >= today))
    hint = w("One day a line. Everything that would leave on it leaves on the next working day.")
    if not project.holidays:
        unsaid = holidays.FRANCE if project.zone == PARIS else ""
        country = str(answers.elsewhere(conn, **here, questions=(COUNTRY,)).get(COUNTRY, unsaid))
        days = holidays.proposed(country, today, today + AHEAD)
        if days:
            hint = w("Those of France stand there already: take out the days on which you work, add others.")
    rows = [
        blocks.field(
            w("On which days does nothing leave?"),
            elements.words(
                "days", initial=w.of(holidays.listed(days)) or None, several_lines=True, most=LONGEST
            ),
            block_id="days",
            hint=hint,
            optional=True,
        ),
    ]
    return blocks.modal(
        w("Public holidays"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Not now"),
        metadata=forms.packed(project=project.id),
    )  # fmt: skip


def _kept(conn: Connection, *, parts: Parts, who: Asker, days: tuple[date, ...]) -> Json:
    project = who.here
    past = {day for day in project.holidays if who.today - KEPT < day < who.today}
    change = Change(
        workspace=project.workspace, project_id=project.id, by=who.actor.user, now=parts.clock.now()
    )  # fmt: skip
    casting.settle(conn, change, holidays=frozenset(past | set(days)))
    fresh = asker.load(conn, parts=parts, person=who.person, project_id=project.id)
    return answer.page(fresh.w, fresh.w("Calendar"), pages.calendar(conn, parts=parts, who=fresh))


ACTIONS: dict[str, Any] = {"rhythm.off": opened}
VIEWS: dict[str, Any] = {CALLBACK: given}
