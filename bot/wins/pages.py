"""The wins and initiatives of a project as one page, the newest first. Counts nothing."""

from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.wins import card, initiative_card
from bot.words import blocks, elements
from storage import initiative, win
from storage.database import Connection

SHOWN = 15


async def opened(request: Request, parts: Parts) -> Reply:
    """[Small steps]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request))
    w = who.w
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, w, who.refusal(verdict))

    async def build() -> Json:
        return answer.page(w, w("Small steps"), await parts.db.read(rows, who=who))

    return answer.show(request, parts, w, w("Small steps"), build)


def rows(conn: Connection, *, who: Asker) -> list[Json]:
    """What has been said in the channel, and what people try."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = win.newest(conn, **here, most=SHOWN)
    names = asker.named(conn, project=project, also=[one.user for each in kept for one in each.people])
    found = [blocks.section(card.head(w, one, names)) for one in kept]
    if not found:
        found = [blocks.section(w("No step noted this week. What moved, even a little?"))]
    tries = [one for one in initiative.of_project(conn, **here) if one.status != "withdrawn"][-SHOWN:]
    if tries:
        found += [blocks.divider(), blocks.section(w.md("*What people try*"))]
        found += [blocks.section(initiative_card.head(w, one)) for one in reversed(tries)]
    tell = elements.button(w("Tell a win"), "win.tell", value=project.id, style="primary")
    tried = elements.button(w("I tried something"), "initiative.tell", value=project.id)
    return [
        *found,
        blocks.actions(tell, tried),
        blocks.context(w("Never used to assess, pay or rank anyone.")),
    ]


ACTIONS: dict[str, Any] = {"win.list": opened}
