# ruff: noqa: PLR0913 - a form, its reader, its people and its content
"""The form of an invitation: the message as it will be read, who gets it, when it leaves.

Draws it and reads it back; what comes back is user input. Sends nothing.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from bot import answer, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Request
from bot.rounds import plan, sending
from bot.rounds.invitation import Letter, paragraphs, used
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Dialogue, Flow
from flows.dialogue.path import path
from flows.project import Person, Project
from storage import dialogue as dialogues
from storage.database import Connection

CALLBACK = "invite.send"
LONGEST_LINE = 300  # characters of the facilitator's own line
CHECKBOXES = 10  # more people than that are chosen from a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the facilitator asked for, read from the form and checked."""

    users: tuple[str, ...]
    when: sending.When
    day: date | None
    closes_on: date
    line: str


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
    closing = plan.closing(project, flows, who.today)
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
