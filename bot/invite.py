# ruff: noqa: PLR0913 - a form, its reader, its people and its content
"""Inviting: the facilitator reads the message, chooses who and when, and only then anything leaves.

Serves "Invite the team" (sponsorship and goals together). Whoever may not, and a set-up that names
no sponsor, lead or arbiter, gets a sentence instead of the form. Before Send nobody but the person
who presses receives anything (acceptance 2).
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from bot import answer, asker, blocks, elements, forms, people, plan, sending
from bot.asker import Asker
from bot.cards import ROLES
from bot.invitation import Letter, paragraphs, used
from bot.launch import Dispatch, send
from bot.mrkdwn import Mrkdwn
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.text import Wording
from flows.cadence import add_working_days
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Dialogue, Flow
from flows.dialogue.path import path
from flows.project import Person, Project
from storage import dialogue as dialogues
from storage import inbox
from storage.database import Connection

CALLBACK = "invite.send"
LONGEST_LINE = 300  # characters of the facilitator's own line


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the facilitator asked for, read from the form and checked."""

    users: tuple[str, ...]
    when: sending.When
    day: date | None
    closes_on: date
    line: str


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


def recipients(project: Project, parts: Parts, flows: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Everybody who gets something, with the dialogues they get, in the order they get them."""
    found: dict[str, tuple[str, ...]] = {}
    for id in flows:
        flow = parts.playbook.flows.get(id)
        for user in sending.respondents(flow, project) if flow else ():
            found[user] = (*found.get(user, ()), id)
    order = project.cast.everybody()
    return {user: found[user] for user in sorted(found, key=order.index)}


def form(
    who: Asker,
    project: Project,
    known: Mapping[str, Person],
    parts: Parts,
    *,
    flows: Sequence[str] = plan.FIRST,
    already: Collection[tuple[str, str]] = (),
) -> Json:
    """The form with the message as the team will read it. `already`: who has what already."""
    w, title = who.w, who.w("Invite the team") if len(flows) > 1 else who.w("Send questions")
    wanted = recipients(project, parts, flows)
    asked = [user for user, each in wanted.items() if any((user, flow) not in already for flow in each)]
    able = [user for user in asked if not known[user].deleted and not known[user].is_bot]
    if not able:
        return answer.page(
            w, title, [blocks.section(w("Everybody concerned has it already. Home lets you nudge them."))]
        )
    options = [elements.option(known[user].name, user) for user in able]
    chooser = elements.checkboxes if len(options) <= CHECKBOXES else elements.multi_select
    closing = add_working_days(who.today, plan.OPEN_FOR)
    rows = [
        blocks.section(
            w(
                "Each person gets one private message, in their language, between 09:30 and 16:30 "
                "their time. Here is the one for a team member:"
            )
        ),
        *preview(who, project, parts, flows[-1], closing),
        blocks.divider(),
        blocks.field(w("Who"), chooser("who", options, initial=able), block_id="who"),
        blocks.field(w("When"), elements.radio("when", whens(w), initial="now"), block_id="when"),
        blocks.field(w("Day, if you chose another day"), elements.date("day"), block_id="day", optional=True),
        blocks.field(
            w("Answers close on"), elements.date("closes", initial=closing.isoformat()), block_id="closes"
        ),
        blocks.field(
            w("A line of your own"),
            elements.words("line", several_lines=True, most=LONGEST_LINE),
            block_id="line",
            hint=w("Shown as yours, above the questions."),
            optional=True,
        ),
    ]
    return blocks.modal(
        title,
        rows,
        callback_id=CALLBACK,
        close=w("Not yet"),
        submit=w.plural("Send {n} message", "Send {n} messages", len(able)),
        metadata=forms.packed(project=project.id, flows=",".join(flows), nonce=secrets.token_hex(16)),
    )


def invited(conn: Connection, *, project: Project) -> frozenset[tuple[str, str]]:
    """Who has been sent which open dialogue: sent, not answered."""
    found = set()
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        if run.status == "open":
            took = dialogues.participations(conn, workspace=project.workspace, dialogue_id=run.id)
            found |= {(part.user, run.flow) for part in took if part.invited_at is not None}
    return frozenset(found)


CHECKBOXES = 10  # more people than that are chosen from a list


def whens(w: Wording) -> list[Json]:
    """The three moments."""
    return [
        elements.option(w("Now"), "now"),
        elements.option(w("Tomorrow, 09:30 their time"), "tomorrow"),
        elements.option(w("Another day, 09:30 their time"), "date"),
    ]


def preview(who: Asker, project: Project, parts: Parts, flow_id: str, closing: date) -> list[Json]:
    """The first message of a team member, as a quotation, in the language of the one who reads."""
    w, flow = who.w, parts.playbook.flows[flow_id]
    questions, length = size(flow, project)
    letter = Letter(
        w=w,
        project=project,
        called=w("[first name]"),
        inviter=who.person.name,
        title=flow.title,
        questions=questions,
        minutes=length,
        closes=w.day(closing),
    )
    said = [Mrkdwn(each["text"]["text"]) for each in paragraphs(letter)]
    quoted = Mrkdwn("\n").join([Mrkdwn(f"> {paragraph}") for paragraph in said])
    return [blocks.section(quoted), used(w)]


def size(flow: Flow, project: Project) -> tuple[int, int]:
    """Questions and minutes of a flow for an ordinary member of the team."""
    person = next(reversed(project.cast.people("team")), "")
    sheet = Dialogue(id="", flow=flow.id, person=person, cast=project.cast)
    asked = [question for screen in path(flow, sheet) for question in screen.questions]
    return len({question.id for question in asked}), minutes(asked)


def read(
    request: Request, who: Asker, offered: Mapping[str, Sequence[str]]
) -> tuple[Order | None, dict[str, str]]:
    """The order, or what to correct by block. People who were not offered are left out (T11)."""
    w, errors = who.w, {}
    chosen = [one.get("value") for one in answer.state(request, "who", "who").get("selected_options") or ()]
    users = tuple(user for user in offered if user in chosen)
    option = answer.state(request, "when", "when").get("selected_option") or {}
    when: sending.When = next((one for one in get_args(sending.When) if one == option.get("value")), "now")
    day = forms.day(answer.state(request, "day", "day").get("selected_date"))
    closes = forms.day(answer.state(request, "closes", "closes").get("selected_date"))
    line = str(answer.state(request, "line", "line").get("value") or "").strip()
    if not users:
        errors["who"] = w("Choose at least one person.")
    if when == "date" and day is None:
        errors["day"] = w("Choose the day on which the messages leave.")
    if when == "date" and day is not None and day < who.today:
        errors["day"] = w("This date is past. Choose today or later.")
    leaves = day if when == "date" and day else who.today
    if closes is None or closes <= leaves:
        errors["closes"] = w("Choose a day after the messages leave.")
    if len(line) > LONGEST_LINE:
        errors["line"] = w("{n} characters; the limit is {most}.", n=len(line), most=LONGEST_LINE)
    if errors or closes is None:
        return None, errors
    return Order(users=users, when=when, day=day, closes_on=closes, line=line), {}


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
    done = inbox.form_result(conn, workspace=project.workspace, nonce=nonce)
    if nonce and done is not None:
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
