"""[Make it a risk]: what worries the lead opens the form of a risk, filled in (C04d). Keeps nothing."""

from typing import Any

from bot import answer, asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.register import making
from bot.request import Reply, Request
from storage import checkin
from storage.checkin import CheckIn
from storage.database import Connection


async def pressed(request: Request, parts: Parts) -> Reply:
    """The form of a risk, with the words of the one who worries. Only they can press."""
    one = await parts.db.read(_mine, request=request)
    who = await asker.asker(request, parts, project_id=one.project_id if one else "-")
    if one is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    return await making.opened(request, parts, "risk", who, {"title": str(one.answers["C04d"])[:150]})


def _mine(conn: Connection, *, request: Request) -> CheckIn | None:
    one = checkin.get(conn, workspace=request.workspace, id=answer.chosen(request))
    return one if one is not None and one.user == request.user and one.answers.get("C04d") else None


ACTIONS: dict[str, Any] = {"checkin.risk": pressed}
