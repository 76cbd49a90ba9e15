"""Where the project's card stands in its channel: the way to it, for whoever looks for it."""

from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.outbound.outcome import Sent
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.progress.card import WHAT
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from storage import card
from storage.database import Connection

OPEN = "progress.card"


async def asked(request: Request, parts: Parts) -> Reply:
    """[Card in the channel]: its address, as Slack gives it now."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        said = await _address(request, parts, who)
        return answer.page(who.w, who.w("The project’s card"), [blocks.section(said)])

    return answer.show(request, parts, who.w, who.w("The project’s card"), build)


def way(who: Asker) -> list[Json]:
    """[Card in the channel], for those who may."""
    if who.may("project.read") != Allow():
        return []
    return [elements.button(who.w("Card in the channel"), OPEN, value=who.here.id)]


async def _address(request: Request, parts: Parts, who: Asker) -> Mrkdwn | str:
    place = await parts.db.read(_place, who=who)
    if place is not None:
        outcome = await parts.slack.call(
            request.workspace, "chat.getPermalink", channel=place.channel, message_ts=place.ts
        )
        link = str(outcome.data.get("permalink") or "") if isinstance(outcome, Sent) else ""
        if link:
            return who.w.md(
                "<{link}|The project’s card> stands in the channel, and is kept up to date. Whoever wants it "
                "at hand pins it: ⋯ More actions, Pin to channel.",
                link=Mrkdwn(link),
            )
    return who.w("The channel has no card yet: it is posted once the team is invited.")


def _place(conn: Connection, *, who: Asker) -> card.Place | None:
    return card.place(conn, workspace=who.here.workspace, kind=WHAT, object_id=who.here.id)


ACTIONS: dict[str, Any] = {OPEN: asked}
