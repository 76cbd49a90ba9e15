# ruff: noqa: PLR0913 - a form, its reader, its people and what is sent
"""Sending, confirmed: the form of any sending opens, is read, and only then anything leaves.

Serves "Invite the team" (sponsorship and goals together), `/cadrage dialogue` and the plan. Whoever may
not, and what a guard holds back, gets a sentence and the way to what is missing. Before Send nobody but
the person who presses receives anything (acceptance 2).
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
from bot.rounds import guarding, launch, offer, order_line, ordering, plan
from bot.rounds.launch import Dispatch, Sent
from bot.rounds.offer import Offer
from bot.rounds.ordering import CALLBACK, Order
from bot.rounds.pieces import Piece, piece
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.order_line import OrderLine
from flows.project import Person
from storage import inbox
from storage.database import Connection


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Invite the team]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    return await opened(request, parts, who, plan.FIRST, title=who.w("Invite the team"))


async def opened(
    request: Request,
    parts: Parts,
    who: Asker,
    pieces: Sequence[Piece],
    *,
    title: str,
    step: str = "",
    typed: OrderLine | None = None,
) -> Reply:
    """The form for these pieces, or why not. `typed`: people and a day that came with the command."""
    if (refused := refusal(who)) is not None:
        return answer.tell(request, parts, who.w, refused, more=await guarding.ways_out(parts, who))
    project = who.here

    async def build() -> Json:
        line = typed or OrderLine()
        named = (*project.cast.everybody(), *line.users)
        known = await people.everybody(parts, request.workspace, named)
        found = await _offered(parts, who, pieces, step)
        if (hard := found.hard) is not None:
            return answer.page(who.w, title, guarding.refused(who.w, hard, project))
        start = order_line.preset(who.w, found, known, line)
        return ordering.form(who, found, known, parts, title=title, start=start)

    return answer.show(request, parts, who.w, title, build)


async def send_form(request: Request, parts: Parts) -> Reply:
    """[Send 8 messages]: everything is queued in one transaction, each message for its own hour."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if (refused := refusal(who)) is not None:
        return answer.tell(request, parts, who.w, refused)
    flows = parts.playbook.flows
    pieces = [one for id in held.get("pieces", "").split(",") if (one := piece(id, flows)) is not None]
    known = await people.everybody(parts, request.workspace, who.here.cast.everybody())
    found = await _offered(parts, who, pieces, held.get("step", ""))
    if (hard := found.hard) is not None:
        return answer.tell(request, parts, who.w, who.w.of(hard.words))
    if (done := await parts.db.read(_done, who=who, nonce=held.get("nonce", ""))) is not None:
        return Reply(ack={"response_action": "update", "view": on_their_way(who.w, done)})
    order, errors = ordering.read(request, who, found, known)
    if order is None:
        return Reply(ack={"response_action": "errors", "errors": errors})
    said = await parts.db.run(
        _send, parts=parts, who=who, order=order, found=found, known=known, nonce=held.get("nonce", "")
    )
    parts.wake()
    return Reply(ack={"response_action": "update", "view": on_their_way(who.w, said)})


def refusal(who: Asker) -> str | None:
    """Why this person cannot send now; None when they can."""
    verdict = who.may("dialogue.send")
    if isinstance(verdict, Deny):
        return who.refusal(verdict)
    missing = plan.missing_names(who.project) if who.project else ()
    return guarding.names_missing(who.w, missing) if missing else None


def on_their_way(w: Wording, said: Json) -> Json:
    """What the facilitator reads afterwards."""
    rows = []
    if said["people"]:
        rows.append(
            blocks.section(
                w.plural_md(
                    "*{n} invitation is on its way.* You will see how many have answered, never who has not.",
                    "*{n} invitations are on their way.* You will see how many have answered, never who has "
                    "not.",
                    said["people"],
                )
            )
        )
    if said.get("last") and (last := forms.day(said["last"])) is not None:
        rows.append(
            blocks.context(
                w("The last one leaves on {day}, so that nobody is asked too much at once.", day=w.day(last))
            )
        )
    if said.get("closes") and (closes := forms.day(said["closes"])) is not None:
        rows.append(blocks.context(w("It closes on {day}, so that everybody has time.", day=w.day(closes))))
    for run in said.get("forms", ()):
        fill = elements.button(w("Fill in the form"), f"dialogue.open:{run}", value=str(run))
        rows.append(blocks.section(w("A form waits for you, in Home too."), accessory=fill))
    if not rows:
        rows.append(blocks.section(w("Done. Nobody had to be written to.")))
    return answer.page(w, w("On its way"), rows)


async def _offered(parts: Parts, who: Asker, pieces: Sequence[Piece], step: str) -> Offer:
    return await parts.db.read(
        offer.offer, parts=parts, project=who.here, pieces=pieces, step=step, today=who.today
    )


def _done(conn: Connection, *, who: Asker, nonce: str) -> Json | None:
    """What a form that was sent before has led to."""
    found = inbox.form_result(conn, workspace=who.actor.workspace, nonce=nonce) if nonce else None
    return found if isinstance(found, dict) else None


def _send(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    order: Order,
    found: Offer,
    known: Mapping[str, Person],
    nonce: str,
) -> Json:
    """Opens the dialogues and queues the messages, once for each form."""
    project, now = who.here, parts.clock.now()
    if nonce and (done := taken(conn, workspace=project.workspace, nonce=nonce, now=now)) is not None:
        return dict(done)
    pieces = [
        share.piece
        for share in found.shares
        if share.facilitator is not None or any(user in share.portions for user in order.users)
    ]
    if order.reason:
        guarding.set_aside(
            conn, parts=parts, who=who, guards=found.guards, pieces=pieces, reason=order.reason
        )
    dispatch = Dispatch(
        project=project,
        by=who.actor.user,
        when=order.when,
        day=order.day,
        closes_on=order.closes_on,
        line=order.line,
        now=now,
        step=found.step.step.key if found.step else "",
    )
    sent = launch.send(conn, parts=parts, dispatch=dispatch, pieces=pieces, users=order.users, known=known)
    said = _said(sent, order)
    inbox.remember_form(
        conn, workspace=project.workspace, nonce=nonce or secrets.token_hex(8), result=said, now=now
    )
    return said


def _said(sent: Sent, order: Order) -> Json:
    """What to tell: of days, only those that are not as asked for."""
    said: Json = {"people": sent.people, "forms": list(sent.forms)}
    if sent.last is not None:
        said["last"] = sent.last.isoformat()
    if sent.closes_on != order.closes_on:
        said["closes"] = sent.closes_on.isoformat()
    return said


ACTIONS: dict[str, Any] = {"invite.open": open_form}
VIEWS: dict[str, Any] = {CALLBACK: send_form}
