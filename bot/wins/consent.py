"""Nobody is named in a win without their yes: the message that asks, its answers, and second thoughts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import answer, asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Reply, Request
from bot.rounds import sending
from bot.rounds.cards import message
from bot.wins import queueing
from bot.wins.card import of_button
from bot.words import blocks, elements
from bot.words.mrkdwn import quote
from bot.words.text import Wording, words
from flows.project import Project
from flows.wins.model import Consent, Win
from storage import project as projects
from storage import win
from storage.database import Connection
from storage.outbox import Row


def question(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To somebody a win would name. Said once; nothing to say once they have answered elsewhere."""
    found = of_button(conn, workspace=row.workspace, value=f"{row.ref.get('project')}:{row.ref.get('win')}")
    user = str(row.ref.get("user", ""))
    if found is None or found[1].state != "asking" or not _asked(found[1], user):
        return None
    project, kept = found
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if later := sending.not_now(me, project, parts.clock.now()):
        return later
    w, names = words(people.language(me, project)), asker.named(conn, project=project, also=[kept.by])
    value = f"{project.id}:{kept.number}"
    return message(
        blocks.section(w.md("{name} would like to thank you by name:", name=names.get(kept.by, kept.by))),
        blocks.section(quote(w.of(kept.said))),
        blocks.actions(
            elements.button(w("Yes, name me"), f"win.consent:yes:{kept.number}", value=f"{value}:yes"),
            elements.button(w("Say “a colleague”"), f"win.consent:no:{kept.number}", value=f"{value}:no"),
            elements.button(w("Do not post"), f"win.consent:stop:{kept.number}", value=f"{value}:stop"),
        ),
        blocks.context(w("Without an answer in 5 working days, the team is named and not you.")),
    )


async def answered(request: Request, parts: Parts) -> Reply:
    """One of the three buttons."""
    value, _, said = answer.chosen(request).rpartition(":")
    w = words(people.language(await people.known(parts, request.workspace, request.user)))
    done = await parts.db.run(_answer, request=request, parts=parts, value=value, said=said)
    parts.wake()
    return answer.tell(request, parts, w, _thanks(w, said) if done else w("This no longer waits for you."))


async def unnamed(request: Request, parts: Parts) -> Reply:
    """[Hide my name] under a post: at once, for whoever presses it, about themselves only."""
    w = words(people.language(await people.known(parts, request.workspace, request.user)))
    done = await parts.db.run(_unname, request=request, parts=parts, value=answer.chosen(request))
    parts.wake()
    gone, not_there = w("Your name is gone from this post."), w("This post does not name you.")
    return answer.tell(request, parts, w, gone if done else not_there)


def _thanks(w: Wording, said: str) -> str:
    if said == "stop":
        return w("It will not be posted. Nobody is told why.")
    return w("Thank you. Your name will stand in it.") if said == "yes" else w("Done. It will not name you.")


def _answer(conn: Connection, *, request: Request, parts: Parts, value: str, said: str) -> bool:
    found, now = of_button(conn, workspace=request.workspace, value=value), parts.clock.now()
    if found is None or said not in ("yes", "no", "stop"):
        return False
    projects.lock(conn, workspace=request.workspace, id=found[0].id)
    found = of_button(conn, workspace=request.workspace, value=value)
    if found is None or found[1].state != "asking" or not _asked(found[1], request.user):
        return False
    project, kept = found
    here = {"workspace": project.workspace, "project_id": project.id}
    if said == "stop":
        win.move(conn, **here, number=kept.number, state="dropped")
        return True
    after = consents(kept, request.user, "yes" if said == "yes" else "no")
    win.consented(conn, **here, number=kept.number, people=after.people)
    if not any(one.consent == "asked" for one in after.people):
        win.move(conn, **here, number=kept.number, state="waiting")
        queueing.posted(conn, project=project, now=now)
    return True


def _unname(conn: Connection, *, request: Request, parts: Parts, value: str) -> bool:
    found = of_button(conn, workspace=request.workspace, value=value)
    if found is None or not any(one.user == request.user and one.consent == "yes" for one in found[1].people):
        return False
    hide(conn, found[0], found[1], request.user, parts.clock.now())
    return True


def hide(conn: Connection, project: Project, kept: Win, user: str, now: datetime) -> None:
    """This person is not named in this win any more, nor in its post."""
    after = consents(kept, user, "no")
    win.consented(
        conn, workspace=project.workspace, project_id=project.id, number=kept.number, people=after.people
    )
    if queueing.stands(conn, project=project, number=kept.number):
        queueing.win_card(conn, project=project, number=kept.number, now=now)


def consents(kept: Win, user: str, said: Consent) -> Win:
    """The win once this person has said yes or no to being named."""
    named = [replace(one, consent=said) if one.user == user else one for one in kept.people]
    return replace(kept, people=tuple(named))


def _asked(kept: Win, user: str) -> bool:
    return any(one.user == user and one.consent == "asked" for one in kept.people)


ACTIONS: dict[str, Any] = {"win.consent": answered, "win.unname": unnamed}
MESSAGES = {"win_consent": question}
