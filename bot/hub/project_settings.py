"""What those who run a project set for all of it: its currency, the reaction that offers to record a message.

Beside "My settings", which are one person's own. Converts no amount that was given before.
"""

import re
from datetime import datetime
from typing import Any

from babel.numbers import is_currency

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import Wording
from flows import currency
from flows.words import Words
from storage import casting
from storage.casting import Change
from storage.database import Connection

OPEN, CALLBACK = "project.settings", "project.settings.save"
OTHER = "other"
LONGEST = 60  # characters of the name of a reaction
EMOJI = re.compile(r"[\w+'-]{1,60}")


def ways(who: Asker) -> list[Json]:
    """The button that leads here, for those who may."""
    if who.project is None or who.may("project.change") != Allow():
        return []
    return [elements.button(who.w("Settings of the project"), OPEN, value=who.project.id)]


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Settings of the project]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("project.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return form(who)

    return answer.show(request, parts, who.w, who.w("Project settings"), build)


def form(who: Asker) -> Json:
    """The currencies that are offered, the one in use among them, and room for any other."""
    w, now = who.w, who.here.currency or currency.DEFAULT
    known = {**currency.NAMES, now: currency.called(now)}
    options = [elements.option(_named(w, code, name), code) for code, name in known.items()]
    options.append(elements.option(w("Another one"), OTHER))
    rows = [
        blocks.field(
            w("Budgets of {project} are counted in", project=who.here.name),
            elements.select("currency", options, initial=now),
            block_id="currency",
            hint=w("For everybody in the project. Amounts given before are not converted."),
        ),
        blocks.field(
            w("Another currency"),
            elements.words("other", most=3),
            block_id="other",
            hint=w("Its three letters, such as JPY. It goes before the choice above."),
            optional=True,
        ),
        blocks.field(
            w("Reaction that offers to record a message"),
            elements.words("emoji", initial=who.here.emoji, most=LONGEST),
            block_id="emoji",
            hint=w("Its name, such as pushpin. Empty: off. Whoever reacts is asked; nothing is silent."),
            optional=True,
        ),
    ]
    rows.append(blocks.actions(*_outgoing(who)))
    return blocks.modal(
        w("Project settings"),
        rows,
        callback_id=CALLBACK,
        submit=w("Save"),
        close=w.p("window", "Close"),
        metadata=forms.packed(project=who.here.id),
    )


def _outgoing(who: Asker) -> list[Json]:
    """The forms of what vendors will read of the company: each opens over this one."""
    named = {"texts": who.w("Texts for vendors"), "dates": who.w("Dates and questions")}
    return [
        elements.button(label, f"document.fill:{part}", value=f"{who.here.id}::{part}")
        for part, label in named.items()
    ]


async def save(request: Request, parts: Parts) -> Reply:
    """The form was sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("project.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    w, chosen = who.w, _chosen(request)
    if not chosen:
        wrong = w("This is no currency I know. Write its three letters, such as JPY, or choose one above.")
        return Reply(ack={"response_action": "errors", "errors": {"other": wrong}})
    emoji = str(answer.state(request, "emoji", "emoji").get("value") or "").strip().strip(":").lower()
    if emoji and not EMOJI.fullmatch(emoji):
        wrong = w("Write the name of the reaction, such as pushpin.")
        return Reply(ack={"response_action": "errors", "errors": {"emoji": wrong}})
    await parts.db.run(_keep, who=who, code=chosen, emoji=emoji or None, now=parts.clock.now())
    said = w("Saved. Budgets are counted in {currency}.", currency=currency.called(chosen))
    page = answer.page(w, w("Project settings"), [blocks.section(said)])
    return Reply(ack={"response_action": "update", "view": page})


def _chosen(request: Request) -> str:
    """The code that was typed, else the one chosen; "" where neither is a currency."""
    typed = str(answer.state(request, "other", "other").get("value") or "").strip()
    option = answer.state(request, "currency", "currency").get("selected_option") or {}
    wanted = currency.code(typed or str(option.get("value") or ""))
    return wanted if wanted is not None and is_currency(wanted) else ""


def _keep(conn: Connection, *, who: Asker, code: str, emoji: str | None, now: datetime) -> None:
    change = Change(workspace=who.here.workspace, project_id=who.here.id, by=who.actor.user, now=now)
    casting.settle(conn, change, currency=code, emoji=emoji)


def _named(w: Wording, code: str, name: Words) -> str:
    """ "EUR · euros"; a code without a name alone."""
    return code if name.en == code else f"{code} · {w.of(name)}"


ACTIONS: dict[str, Any] = {OPEN: open_form}
VIEWS: dict[str, Any] = {CALLBACK: save}
