# ruff: noqa: PLR0913 - a workshop: which, how, when, with whom
"""[Invite]: a workshop is checked once more, kept and announced, in one transaction."""

from datetime import datetime
from typing import Any

from bot import answer, forms, people
from bot.arbitration.seating import today_of
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Reply, Request
from bot.rounds import guarding
from bot.words import blocks, elements
from bot.workshops import queueing
from bot.workshops.beginning import begins
from bot.workshops.outcomes import session
from bot.workshops.preparing_form import ANYWAY, ASYNC, GUESTS, MODE, REASON, REPLAY
from bot.workshops.readiness import Readiness, readiness, seated
from flows.project import Project
from flows.workshop.model import Workshop
from storage import inbox
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection

SHORTEST_REASON = 10


async def sent(request: Request, parts: Parts) -> Reply:
    """[Invite]."""
    held = forms.held(answer.metadata(request))
    who = await load_asker(request, parts, project_id=held.get("project", "-"))
    if isinstance(verdict := who.may("workshop.run"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    fields = typed(request.payload.get("view") or {})
    guests = [user for user in fields.get(GUESTS) or [] if isinstance(user, str)]
    await people.everybody(parts, request.workspace, guests)
    made: tuple[Workshop | None, dict[str, str]] = await parts.db.run(
        _plan, parts=parts, who=who, held=held, fields=fields, guests=guests
    )
    parts.wake()
    workshop, errors = made
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    if workshop is None:
        return answer.tell(
            request, parts, who.w, who.w("One workshop at a time: another one is there already.")
        )
    w = who.w
    said = w.plural_md(
        "*{n} invitation is on its way.*", "*{n} invitations are on their way.*", len(workshop.people)
    )
    desk = elements.button(w("My desk"), "workshop.desk", value=workshop.id, style="primary")
    return answer.tell(request, parts, w, said, more=[blocks.actions(desk)])


def _plan(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    held: dict[str, str],
    fields: dict[str, Any],
    guests: list[str],
) -> tuple[Workshop | None, dict[str, str]]:  # fmt: skip
    """Checked again, kept, announced, in one transaction. The same form sent twice invites once."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace}
    nonce = held.get("nonce", "")
    if nonce and (before := inbox.hold_form(conn, **here, nonce=nonce, now=now)) is not None:
        return workshops.get(conn, **here, id=str(before)), {}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    found = readiness(conn, parts=parts, who=who, id=held.get("script", ""))
    if found.running is not None or any(not guard.overridable for guard in found.guards):
        return None, {}
    when, errors = begins(who, fields, now)
    reason = str(fields.get(REASON) or "").strip()
    if errors := {**errors, **_not_yet(who, found, fields, reason)}:
        return None, errors
    workshop = _put(conn, parts, who, found, fields, guests, when)
    _announce(conn, project, workshop, now)
    if found.guards:
        guarding.ahead_of_time(conn, parts=parts, who=who, guards=found.guards, about=found.script.id,
                               title=found.script.title, reason=reason)  # fmt: skip
    if nonce:
        inbox.remember_form(conn, **here, nonce=nonce, result=workshop.id, now=now)
    return workshop, {}


def _not_yet(who: Asker, found: Readiness, fields: dict[str, Any], reason: str) -> dict[str, str]:
    """What stands before it and nobody has gone past, by field."""
    if not (found.missing or found.guards):
        return {}
    if not fields.get(ANYWAY):
        return {ANYWAY: who.w("Tick it to go ahead, or wait until it is there.")}
    if found.guards and len(reason) < SHORTEST_REASON:
        return {REASON: who.w("A few more words: {n} characters at least.", n=SHORTEST_REASON)}
    return {}


def _put(  # noqa: PLR0917 - a workshop: which, how, when, with whom
    conn: Connection, parts: Parts, who: Asker, found: Readiness, fields: dict[str, Any], guests: list[str],
    when: datetime | None,
) -> Workshop:  # fmt: skip
    """Kept; a replay begins with what lay on the table the time before."""
    project, now = who.here, parts.clock.now()
    seats = seated(conn, parts=parts, who=who, script=found.script, facilitator=who.actor.user, guests=guests)
    workshop = workshops.put(
        conn,
        workshop=Workshop(
            id=workshops.fresh_id(), workspace=project.workspace, project_id=project.id, number=0,
            script=found.script.id, mode="async" if fields.get(MODE) == ASYNC else "live",
            facilitator=who.actor.user, channel=project.channel, planned_by=who.actor.user, planned_for=when,
            people=seats, plays=found.replay if fields.get(REPLAY) else (),
            about=session.about(
                conn, project=project, script=found.script.id, day=today_of(project, when or now)
            ),
        ),
    )  # fmt: skip
    if workshop.plays:
        workshops.lay_again(conn, workspace=project.workspace, before=found.held, id=workshop.id)
    return workshop


def _announce(conn: Connection, project: Project, workshop: Workshop, now: datetime) -> None:
    """Its card, its reminders, everybody's invitation."""
    queueing.shown(conn, project=project, workshop=workshop, now=now)
    queueing.planned(conn, project=project, workshop=workshop)
    for one in workshop.people:
        queueing.invited(conn, project=project, workshop=workshop, user=one.user, now=now)
        queueing.calendar_file(conn, project=project, workshop=workshop, user=one.user, now=now)
