""" "Do not send me these any more": a personal setting for check-ins, seen by nobody else (5.2).

Takes effect before the next list of people invited is made. Nothing counts who has set it.
"""

from collections.abc import Iterable

from bot import answer, asker
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from storage import memo
from storage.database import Connection

NAME = "no_more:"  # memo of a person: which check-in


def stopped(conn: Connection, *, workspace: str, users: Iterable[str], what: str) -> set[str]:
    """Those who want no more of this check-in."""
    name = f"{NAME}{what}"
    return {user for user in users if memo.get(conn, workspace=workspace, user=user, name=name)}


def every(conn: Connection, *, workspace: str, user: str, known: Iterable[str]) -> tuple[str, ...]:
    """The check-ins this person wants no more of."""
    return tuple(what for what in known if stopped(conn, workspace=workspace, users=(user,), what=what))


def rows(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """In one's own settings: the check-ins one has stopped, each with the way back."""
    known = [wave.id for wave in parts.playbook.waves.values() if wave.checkin]
    found = []
    for what in every(conn, workspace=who.actor.workspace, user=who.actor.user, known=known):
        title = who.w.of(parts.playbook.waves[what].title)
        again = elements.button(who.w("Send them again"), f"wave.resume:{what}", value=what)
        said = who.w.md("*{title}*: no longer sent to you.", title=title)
        found.append(blocks.section(said, accessory=again))
    return found


async def stop(request: Request, parts: Parts) -> Reply:
    """[Do not send me these any more]."""
    return await _set(request, parts, on=False)


async def resume(request: Request, parts: Parts) -> Reply:
    """[Send them again]."""
    return await _set(request, parts, on=True)


async def _set(request: Request, parts: Parts, *, on: bool) -> Reply:
    who = await asker.asker(request, parts)
    wave = parts.playbook.waves.get(answer.chosen(request))
    if wave is None or not wave.checkin:
        return Reply()
    await parts.db.run(_kept, workspace=request.workspace, user=request.user, what=wave.id, on=on)
    w, title = who.w, who.w.of(wave.title)
    if on:
        return answer.tell(
            request, parts, w, w.md("You get *{title}* again from the next one on.", title=title)
        )
    said = w.md(
        "I send you no more *{title}* from the next one on. Nobody sees this, and you can take it back under "
        "My settings.",
        title=title,
    )
    return answer.tell(request, parts, w, said)


def _kept(conn: Connection, *, workspace: str, user: str, what: str, on: bool) -> None:
    name = f"{NAME}{what}"
    if on:
        memo.forget(conn, workspace=workspace, user=user, name=name)
    else:
        memo.put(conn, workspace=workspace, user=user, name=name, value=True)
