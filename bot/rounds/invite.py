# ruff: noqa: PLR0913 - a form, its reader, its people and its content
"""Inviting: the facilitator reads the message, chooses who and when, and only then anything leaves.

Serves "Invite the team" (sponsorship and goals together). Whoever may not, and a set-up that names
no sponsor, lead or arbiter, gets a sentence instead of the form. Before Send nobody but the person
who presses receives anything (acceptance 2).
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.once import taken
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import plan
from bot.rounds.cards import ROLES
from bot.rounds.launch import Dispatch, send
from bot.rounds.ordering import CALLBACK, Order, form, invited, read, recipients
from bot.words import blocks
from bot.words.text import Wording
from flows.project import Person
from storage import inbox
from storage.database import Connection


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Invite the team]: the form, or why not."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request))
    if (refused := refusal(who)) is not None:
        return answer.tell(request, parts, who.w, refused)
    project = who.here

    async def build() -> Json:
        known = await people.everybody(parts, request.workspace, project.cast.everybody())
        already = await parts.db.read(invited, project=project)
        return form(who, project, known, parts, already=already)

    return answer.show(request, parts, who.w, who.w("Invite the team"), build)


async def send_form(request: Request, parts: Parts) -> Reply:
    """[Send 8 messages]: everything is queued in one transaction, each message for its own hour."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", ""))
    if (refused := refusal(who)) is not None:
        return answer.tell(request, parts, who.w, refused)
    flows = tuple(id for id in held.get("flows", "").split(",") if id in plan.FIRST)
    order, errors = read(request, who, recipients(who.here, parts, flows))
    if order is None:
        return Reply(ack={"response_action": "errors", "errors": errors})
    known = await people.everybody(parts, request.workspace, order.users)
    nonce = held.get("nonce", "")
    count = await parts.db.run(
        _send, parts=parts, who=who, order=order, flows=flows, known=known, nonce=nonce
    )
    parts.wake()
    return Reply(ack={"response_action": "update", "view": on_their_way(who.w, count)})


def refusal(who: Asker) -> str | None:
    """Why this person cannot invite now; None when they can."""
    verdict = who.may("dialogue.send")
    if isinstance(verdict, Deny):
        return who.refusal(verdict)
    missing = plan.missing_names(who.project) if who.project else ()
    if not missing:
        return None
    names = who.w.listed([who.w.of(ROLES[role]).lower() for role in missing])
    return who.w.md(
        "Before anything is sent, set-up must name: {roles}. Open *Finish set-up* in Home.", roles=names
    )


def on_their_way(w: Wording, count: int) -> Json:
    """What the facilitator reads afterwards."""
    said = w.plural_md(
        "*{n} invitation is on its way.* You will see how many have answered, never who has not.",
        "*{n} invitations are on their way.* You will see how many have answered, never who has not.",
        count,
    )
    return answer.page(w, w("Invite the team"), [blocks.section(said)])


def _send(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    order: Order,
    flows: Sequence[str],
    known: Mapping[str, Person],
    nonce: str,
) -> int:
    """Opens the dialogues and queues the messages, once for each form."""
    project = who.here
    now = parts.clock.now()
    if nonce and (done := taken(conn, workspace=project.workspace, nonce=nonce, now=now)) is not None:
        return int(done)
    offered = recipients(project, parts, flows)
    asked = {user: offered[user] for user in order.users}
    dispatch = Dispatch(
        project=project,
        by=who.actor.user,
        when=order.when,
        day=order.day,
        closes_on=order.closes_on,
        line=order.line,
        now=now,
    )
    send(conn, parts=parts, dispatch=dispatch, asked=asked, known=known)
    inbox.remember_form(
        conn, workspace=project.workspace, nonce=nonce or secrets.token_hex(8), result=len(asked), now=now
    )
    return len(asked)


ACTIONS: dict[str, Any] = {"invite.open": open_form}
VIEWS: dict[str, Any] = {CALLBACK: send_form}
