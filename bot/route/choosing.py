"""[Choose the route] (journeys G6): four routes, how ready each is, why another than the proposed one.

Sent to the arbiter, who decides."""

from datetime import datetime
from typing import Any

from bot import answer, asker, forms
from bot.absence import standing
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.route import documents, page, reading, taking
from bot.route.documents import Ready
from bot.route.reading import CHOICE, Picture
from bot.route.taking import Choice
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from flows.route import ENOUGH_SESSIONS
from storage import inbox, outbox
from storage.database import Connection

CALLBACK = "route.choose"
OPTION, REASON = "option", "reason"
LEAST, LONGEST = 20, 1000  # characters of a reason
TOO_SHORT = N_("At least {n} characters: those who wanted something else will read this.")
ASK = "route_asked"
MEANWHILE = N_("The arbiter has decided meanwhile: nothing was sent.")
NOT_KEPT = N_("This could not be recorded: close the form and open it again.")
YOURS = N_("You decide the route yourself: press Decide, and say why and what we give up.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Choose the route]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("route.choose"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if reading.decides(who):
        return answer.tell(request, parts, who.w, who.w(YOURS))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w(page.TITLE), build)


def form(conn: Connection, *, parts: Parts, who: Asker, nonce: str) -> Json:
    """The form; the page where nothing is proposed yet, or the arbiter has decided."""
    w, found = who.w, reading.picture(conn, parts, who.here)
    if found.proposed is None or found.decided:
        return answer.page(w, w(page.TITLE), page.page(conn, parts=parts, who=who))
    rows = [
        blocks.section(w.md("*Proposed: {route}*", route=found.proposed.words)),
        blocks.field(w("Route"), choices(conn, parts, w, found), block_id=OPTION),
        blocks.field(
            w("If not the proposed one, why?"),
            elements.words(REASON, several_lines=True, most=LONGEST), block_id=REASON, optional=True,
            hint=w("At least {n} characters.", n=LEAST),
        ),
    ]  # fmt: skip
    return blocks.modal(
        w(page.TITLE), rows, callback_id=CALLBACK, submit=w("Send to the arbiter"), close=w("Not now"),
        metadata=forms.packed(project=found.project.id, nonce=nonce),
    )  # fmt: skip


def choices(conn: Connection, parts: Parts, w: Wording, found: Picture) -> Json:
    """The four routes, each with what it still lacks; the one that stands, or is proposed, is marked."""
    ready = documents.ready(conn, parts, found)
    options = [
        elements.option(
            w.of(one.label), one.value, description=lacks(w, found, one.value, ready.get(one.value))
        )
        for one in found.question(CHOICE).options
    ]
    known = {option["value"] for option in options}
    usual = found.chosen or (found.proposed.then if found.proposed is not None else "")
    return elements.radio(OPTION, options, initial=usual if usual in known else None)


def lacks(w: Wording, found: Picture, route: str, one: Ready | None) -> str:
    """What a route lacks today, in a few words; never a reason why it cannot be chosen."""
    lacking = []
    if route == "proto" and found.given("RTE03a") is None:
        lacking.append(w("no decisive need is named"))
    if route == "direct" and len(found.sessions) < ENOUGH_SESSIONS:
        lacking.append(w("fewer than 2 vendors seen by all"))
    if route == "direct" and found.undecided:
        lacking.append(w("criteria are open"))
    if one is not None and len(lacking) < 2:  # Slack takes 75 characters
        lacking.append(page.state(w, one))
    return " · ".join(lacking)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Send to the arbiter]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("route.choose"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if reading.decides(who):
        return answer.tell(request, parts, who.w, who.w(YOURS))
    choice = read(request, who)
    wrong = await parts.db.run(_take, parts=parts, who=who, choice=choice, nonce=held.get("nonce", ""))
    parts.wake()
    if wrong:
        errors = {field: who.w(phrase, n=LEAST) for field, phrase in wrong.items()}
        return Reply(ack={"response_action": "errors", "errors": errors})
    rows = await parts.db.read(page.page, parts=parts, who=who)
    said = who.w("Sent to the arbiter, who reads it with the facts.")
    view = answer.page(who.w, who.w(page.TITLE), [blocks.section(said), *rows])
    return Reply(ack={"response_action": "update", "view": view})


def read(request: Request, who: Asker) -> Choice:
    """What the form says. User input like everything else."""
    option = answer.state(request, OPTION, OPTION).get("selected_option") or {}
    reason = str(answer.state(request, REASON, REASON).get("value") or "").strip()[:LONGEST]
    loss = str(answer.state(request, "loss", "loss").get("value") or "").strip()[:LONGEST]
    return Choice(by=who.actor.user, route=str(option.get("value") or ""), reason=reason, loss=loss)


def _take(conn: Connection, *, parts: Parts, who: Asker, choice: Choice, nonce: str) -> dict[str, str]:
    """In one transaction; the same form sent twice has been taken once. What is wrong, by field."""
    now, here = parts.clock.now(), {"workspace": who.actor.workspace}
    if nonce and inbox.hold_form(conn, **here, nonce=nonce, now=now) is not None:
        return {}
    found = reading.picture(conn, parts, who.here)
    wrong = problems(found, choice)
    if wrong:
        return wrong
    if found.decided:
        return {OPTION: MEANWHILE}
    if taking.take(conn, parts, found, choice, now) is None:
        return {OPTION: NOT_KEPT}
    _asked(conn, parts, found, now)
    announce.homes(conn, project=found.project, users=(choice.by, found.arbiter), now=now)
    if nonce:
        inbox.remember_form(conn, **here, nonce=nonce, result="chosen", now=now)
    return {}


def problems(found: Picture, choice: Choice) -> dict[str, str]:
    """What keeps this from being sent: no route, or no reason for another one than proposed."""
    wrong: dict[str, str] = {}
    if choice.route not in {option.value for option in found.question(CHOICE).options}:
        wrong[OPTION] = N_("Choose one of the four.")
    other = found.proposed is None or choice.route != found.proposed.then
    if OPTION not in wrong and other and len(choice.reason) < LEAST:
        wrong[REASON] = TOO_SHORT
    return wrong


def _asked(conn: Connection, parts: Parts, found: Picture, now: datetime) -> None:
    """The arbiter gets it in private, and whoever stands in for them today; once for each choice."""
    version = _version(found)
    for user in _deciders(conn, parts, found):
        _card(conn, found, user, version + 1, now)


def answered(conn: Connection, parts: Parts, found: Picture, now: datetime) -> None:
    """What has asked for a decision asks no more: each of its cards is drawn again."""
    workspace = found.project.workspace
    for user in _deciders(conn, parts, found):
        for version in range(1, _version(found) + 1):
            key = _key(found, user, version)
            if outbox.said(conn, workspace=workspace, key=key) is not None:
                _card(conn, found, user, version, now)


def _key(found: Picture, user: str, version: int) -> str:
    return f"{ASK}:{found.run}:{version}:{user}"


def _card(conn: Connection, found: Picture, user: str, version: int, now: datetime) -> None:
    """The card of this person about this choice, or the same drawn again in its place."""
    project, key = found.project, _key(found, user, version)
    outbox.queue(
        conn, workspace=project.workspace, key=key, lane=announce.own_lane(user, ASK, key), op="card",
        ref={"what": ASK, "project": project.id, "user": user, "object": key}, now=now, coalesce=True,
    )  # fmt: skip


def _deciders(conn: Connection, parts: Parts, found: Picture) -> list[str]:
    """The arbiter, and whoever stands in for them today."""
    project = found.project
    leave = standing.away(conn, project=project, today=asker.today(parts, project)).get(found.arbiter)
    return [user for user in (found.arbiter, leave.deputy if leave is not None else "") if user]


def _version(found: Picture) -> int:
    """How often the route was chosen."""
    return found.sheet.answers[CHOICE].version if found.sheet and CHOICE in found.sheet.answers else 0


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
