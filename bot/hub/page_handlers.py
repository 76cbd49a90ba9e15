"""How the pages of bot/hub/pages.py are opened: as the answer to a command, or behind a button, by those
who may."""

from typing import Any

from bot import answer, asker
from bot.diagnosis import example
from bot.hub import pages
from bot.hub.pages import Page
from bot.parts import Parts
from bot.policy import Action, Deny
from bot.request import Handler, Json, Reply, Request
from bot.words import blocks
from bot.words.text import N_


def command(page: Page, action: Action) -> Handler:
    """A handler that answers a command with the page, for those who may."""

    async def handle(request: Request, parts: Parts) -> Reply:
        who = await asker.asker(request, parts)
        if isinstance(verdict := who.may(action), Deny) and who.project is not None:
            return answer.tell(request, parts, who.w, who.refusal(verdict))
        rows = await parts.db.read(page, parts=parts, who=who)
        message: dict[str, Any] = {"response_type": "ephemeral", "text": blocks.said(rows), "blocks": rows}
        return Reply(ack=message)

    return handle


def button(page: Page, action: Action, title: str) -> Handler:
    """A handler that opens the page, for those who may."""

    async def handle(request: Request, parts: Parts) -> Reply:
        who = await asker.asker(request, parts, project_id=answer.chosen(request).partition(":")[0])
        if isinstance(verdict := who.may(action), Deny) and (
            who.project is not None or answer.chosen(request)
        ):
            return answer.tell(request, parts, who.w, who.refusal(verdict))

        async def build() -> Json:
            return answer.page(who.w, who.w(title), await parts.db.read(page, parts=parts, who=who.at_home()))

        return answer.show(request, parts, who.w, who.w(title), build)

    return handle


ACTIONS: dict[str, Handler] = {
    "todo.open": button(pages.todo, "home.open", N_("What waits for me")),
    "status.open": button(pages.status, "project.read", N_("Status")),
    "team.open": button(pages.team, "team.read", N_("Team and roles")),
    "help.open": button(pages.help_, "help.read", N_("Help")),
    "words.open": button(pages.glossary, "help.read", N_("The words we use")),
    "sees.open": button(pages.sees, "help.read", N_("Who will see what")),
    "menu.open": button(pages.menu, "home.open", "Cadrage"),
    **example.ACTIONS,
}
COMMANDS: dict[str, Handler] = {
    "": command(pages.menu, "home.open"),
    "todo": command(pages.todo, "home.open"),
    "status": command(pages.status, "project.read"),
    "team": command(pages.team, "team.read"),
    "help": command(pages.help_, "help.read"),
}
SHORTCUTS: dict[str, Handler] = {"open_cadrage": ACTIONS["menu.open"]}
