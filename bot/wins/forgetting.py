"""`/cadrage forget-me`: a name leaves past wins and initiatives; posts are edited, steps stay (6.4, 9)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import answer, asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.wins import queueing
from bot.wins.card import without
from bot.words import blocks
from flows.wins.initiative import TEAM
from flows.wins.model import Win
from flows.words import Words
from storage import initiative, win
from storage import project as projects
from storage.database import Connection

CALLBACK = "win.forget"
COLLEAGUE = Words("a colleague", "un collègue")


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage forget-me`, and its button: what it does is said before anything happens."""
    who = await asker.asker(request, parts)
    w = who.w

    async def build() -> Json:
        found = await parts.db.read(_concerned, workspace=request.workspace, user=request.user)
        if not found:
            return answer.page(
                w, w("Forget my name"), [blocks.section(w("No step and no try bears your name."))]
            )
        rows = [
            blocks.section(w("Your name leaves every past step and try, and their posts are edited.")),
            blocks.section(w("The steps stay: they are the team’s. This cannot be undone.")),
            blocks.context(w("Decisions and records that you made are not changed by this.")),
        ]
        return blocks.modal(
            w("Forget my name"), rows, callback_id=CALLBACK, submit=w("Forget it"), close=w("Cancel")
        )

    return answer.show(request, parts, w, w("Forget my name"), build)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Forget it]."""
    who = await asker.asker(request, parts)
    here = {"workspace": who.actor.workspace, "user": who.actor.user, "name": who.person.name}
    await parts.db.run(forget, **here, now=parts.clock.now())
    parts.wake()
    done = who.w("Done. Your name is gone from past steps and tries; their posts are being edited.")
    return answer.tell(request, parts, who.w, done)


def _concerned(conn: Connection, *, workspace: str, user: str) -> bool:
    return bool(
        win.naming(conn, workspace=workspace, user=user)
        or initiative.by(conn, workspace=workspace, user=user)
    )


def forget(conn: Connection, *, workspace: str, user: str, name: str, now: datetime) -> None:
    """Everywhere in this workspace, about this very person. `name`: as it stands in lines."""
    for project_id, kept in win.naming(conn, workspace=workspace, user=user):
        _rewrite(conn, workspace, project_id, forgotten(kept, user, name), now)
    for project_id, one in initiative.by(conn, workspace=workspace, user=user):
        for kept in win.about(conn, workspace=workspace, project_id=project_id, ref=one.ref):
            _rewrite(conn, workspace, project_id, unsigned(kept, name), now)
        blank = replace(one, author="", named=False, statement=without(one.statement, name, TEAM.en))
        initiative.move(conn, workspace=workspace, project_id=project_id, one=blank)
        project = projects.get(conn, workspace=workspace, id=project_id)
        if project is not None:
            queueing.initiative_card(conn, project=project, number=one.number, now=now)


def forgotten(kept: Win, user: str, name: str) -> Win:
    """The win without this person: neither author, nor named, nor a name in its line. What waited for their
    answer goes on without their name."""
    people = tuple(one for one in kept.people if one.user != user)
    waits = any(one.consent == "asked" for one in people)
    state = "waiting" if kept.state == "asking" and not waits else kept.state
    line = Words(without(kept.said.en, name, COLLEAGUE.en), without(kept.said.fr, name, COLLEAGUE.fr))
    return replace(kept, people=people, by="" if kept.by == user else kept.by, said=line, state=state)


def unsigned(kept: Win, name: str) -> Win:
    """The words of an initiative's win, told by a team."""
    said = Words(kept.said.en.replace(name, TEAM.en, 1), kept.said.fr.replace(name, TEAM.fr, 1))
    return replace(kept, said=Words(without(said.en, name, TEAM.en), without(said.fr, name, TEAM.fr)))


def _rewrite(conn: Connection, workspace: str, project_id: str, kept: Win, now: datetime) -> None:
    win.rewrite(conn, workspace=workspace, project_id=project_id, win=kept)
    project = projects.get(conn, workspace=workspace, id=project_id)
    if project is not None and queueing.stands(conn, project=project, number=kept.number):
        queueing.win_card(conn, project=project, number=kept.number, now=now)


ACTIONS: dict[str, Any] = {"forget.open": command}
VIEWS: dict[str, Any] = {CALLBACK: sent}
