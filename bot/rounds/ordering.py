"""The form of a sending: each message as it will be read, who gets it, when it leaves, until when.

Draws it and reads it back; what comes back is user input. Sends nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from bot import answer, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Request
from bot.rounds import notices, sending
from bot.rounds.offer import Offer, able, closing
from bot.rounds.order_line import Preset
from bot.rounds.preview import letters
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.project import Person

CALLBACK = "invite.send"
LONGEST_LINE = 300  # characters of the facilitator's own line
SHORTEST_REASON = 10  # characters of why a guard is set aside
CHECKBOXES = 10  # more people than that are chosen from a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the facilitator asked for, read from the form and checked."""

    users: tuple[str, ...]
    when: sending.When
    day: date | None
    closes_on: date
    line: str
    reason: str  # why the guards are set aside; "" when none stands in the way


def form(  # noqa: PLR0913 - a form, its reader, its people, and what was typed
    who: Asker,
    found: Offer,
    known: Mapping[str, Person],
    parts: Parts,
    *,
    title: str,
    start: Preset | None = None,
) -> Json:
    """The form with the messages as they will be read; or why there is nothing to send. `start`: what was
    typed with the command."""
    w, project = who.w, found.project
    people = [user for user in found.people if able(project, known, user)]
    gone = [user for user in found.people if user not in people]
    own = [share for share in found.shares if share.facilitator is not None]
    start = start or Preset()
    told = [blocks.alert(sentence) for sentence in start.said]
    if not people and not own:
        return answer.page(w, title, [*told, *notices.nobody(w, found, known, gone)])
    rows = [*told, *notices.too_early(w, found)]
    if people:
        rows.append(
            blocks.section(
                w(
                    "Each person gets one private message, in their language, between 09:30 and 16:30 "
                    "their time, and no more than one a day."
                )
            )
        )
        rows += letters(who, found, known, parts, people)
    rows += [notices.in_home(w, parts, share) for share in own]
    rows += notices.left_out(w, known, gone)
    rows += notices.declined(w, known, [user for user in people if user in found.declined])
    rows.append(blocks.divider())
    ticked = [user for user in people if user not in found.declined]
    if start.users is not None:
        ticked = [user for user in people if user in start.users]
    rows += _fields(who, found, known, people, parts, ticked=ticked, until=start.until)
    submit = w("Send") if people else w("Open the form")
    if ticked:
        submit = w.plural("Send {n} message", "Send {n} messages", len(ticked))
    return blocks.modal(
        title,
        rows,
        callback_id=CALLBACK,
        close=w("Not yet"),
        submit=submit,
        metadata=forms.packed(
            project=project.id,
            pieces=",".join(share.piece.id for share in found.shares),
            step=found.step.step.key if found.step else "",
            nonce=secrets.token_hex(16),
        ),
    )


def read(
    request: Request, who: Asker, found: Offer, known: Mapping[str, Person]
) -> tuple[Order | None, dict[str, str]]:
    """The order, or what to correct by block. People who were not offered are left out (T11)."""
    w, errors = who.w, {}
    offered = [user for user in found.people if able(found.project, known, user)]
    chosen = [one.get("value") for one in answer.state(request, "who", "who").get("selected_options") or ()]
    users = tuple(user for user in offered if user in chosen)
    option = answer.state(request, "when", "when").get("selected_option") or {}
    when: sending.When = next((one for one in get_args(sending.When) if one == option.get("value")), "now")
    day = forms.day(answer.state(request, "day", "day").get("selected_date"))
    closes = forms.day(answer.state(request, "closes", "closes").get("selected_date"))
    line = str(answer.state(request, "line", "line").get("value") or "").strip()
    if offered and not users and not any(share.facilitator for share in found.shares):
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
    reason, wrong = _reason(request, w, found)
    errors |= wrong
    if errors or closes is None:
        return None, errors
    return Order(users=users, when=when, day=day, closes_on=closes, line=line, reason=reason), {}


def _reason(request: Request, w: Wording, found: Offer) -> tuple[str, dict[str, str]]:
    """Why the guards are set aside, and what is wrong with it."""
    if not found.guards:
        return "", {}
    agreed = answer.state(request, notices.ANYWAY, notices.ANYWAY).get("selected_options")
    reason = str(answer.state(request, "because", "because").get("value") or "").strip()
    wrong = {}
    if not agreed:
        wrong[notices.ANYWAY] = w("Tick this to go ahead, or close this form.")
    if len(reason) < SHORTEST_REASON:
        wrong["because"] = w("A few more words: {n} characters at least.", n=SHORTEST_REASON)
    return reason[: notices.LONGEST_REASON], wrong


def _fields(  # noqa: PLR0913 - the form, and what it starts with
    who: Asker,
    found: Offer,
    known: Mapping[str, Person],
    people: list[str],
    parts: Parts,
    *,
    ticked: list[str],
    until: date | None,
) -> list[Json]:
    w, rows = who.w, []
    later = found.leaves > who.today
    if people:
        options = [elements.option(known[user].name, user) for user in people]
        chooser = elements.checkboxes if len(options) <= CHECKBOXES else elements.multi_select
        rows = [
            blocks.field(w("Who"), chooser("who", options, initial=ticked), block_id="who"),
            blocks.field(
                w("When"),
                elements.radio("when", _whens(w), initial="date" if later else "now"),
                block_id="when",
            ),
            blocks.field(
                w("Day, if you chose another day"),
                elements.date("day", initial=found.leaves.isoformat() if later else None),
                block_id="day",
                optional=True,
            ),
        ]
    closes = elements.date("closes", initial=(until or closing(found, parts)).isoformat())
    hint = notices.later_part(w, found, parts)
    rows.append(blocks.field(w("Answers close on"), closes, block_id="closes", hint=hint))
    if people:
        line = elements.words("line", several_lines=True, most=LONGEST_LINE)
        hint = w("Shown as yours, above the questions.")
        rows.append(blocks.field(w("A line of your own"), line, block_id="line", hint=hint, optional=True))
    return rows


def _whens(w: Wording) -> list[Json]:
    """The three moments."""
    return [
        elements.option(w("Now"), "now"),
        elements.option(w("Tomorrow, 09:30 their time"), "tomorrow"),
        elements.option(w("Another day, 09:30 their time"), "date"),
    ]
