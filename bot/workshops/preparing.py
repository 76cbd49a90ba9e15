"""`/cadrage workshop`: the twelve, what is coming and was held, or the form that prepares one."""

from typing import Any

from bot import answer, people
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.verbs import parse
from bot.workshops import convening, listing, preparing_form
from bot.workshops.outcomes import past
from bot.workshops.readiness import readiness

LIST = {"list", "liste"}  # what follows the command for what was held and what is coming


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage workshop`: the twelve with their state; `W06`: the form that prepares one."""
    rest = parse(str(request.payload.get("text") or "")).rest
    who = await load_asker(request, parts)
    id = next((word.upper() for word in rest if word.upper() in parts.playbook.workshops), "")
    if not id and LIST & {*rest}:
        return await past.show(request, parts, who)
    if not id:
        return await listing.opened(request, parts, who)
    return await opened(request, parts, who, id)


async def chosen(request: Request, parts: Parts) -> Reply:
    """[Prepare] in the list or the plan: "project:W06"."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await load_asker(request, parts, project_id=project_id or "-")
    return await opened(request, parts, who, id)


async def opened(request: Request, parts: Parts, who: Asker, id: str) -> Reply:
    """The form of one workshop, for whoever may run it; its script for everybody else."""
    if isinstance(verdict := who.may("workshop.run"), Deny):
        if not isinstance(who.may("workshop.read"), Deny) and id in parts.playbook.workshops:
            return await listing.script(request, parts, who, id)
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if id not in parts.playbook.workshops:
        return await listing.opened(request, parts, who)

    async def build() -> Json:
        await people.everybody(parts, request.workspace, who.here.cast.everybody())
        found = await parts.db.read(readiness, parts=parts, who=who, id=id)
        return preparing_form.form(parts, who, found, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, id, build)


ACTIONS: dict[str, Any] = {"workshop.prepare": chosen, **listing.ACTIONS}
VIEWS: dict[str, Any] = {preparing_form.CALLBACK: convening.sent}
COMMANDS = {"workshop": command}
