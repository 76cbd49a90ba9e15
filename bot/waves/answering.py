"""A person opens a wave, goes from screen to screen, sends. Leaves no trace but the ballot in the box.

None of this goes through the inbox (the ledger makes a ballot count once), the outbox (the answer to
the sending is the confirmation), the figures or the log (names beginning with "anonymous.").
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot import answer
from bot.asker import today
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.waves import endings, screens, sheet
from bot.waves.scene import Scene, load, sealer, shuffle
from bot.words.text import words
from flows.wave import ballot as ballots
from flows.wave.model import Ballot
from flows.words import Words
from storage import ballot
from storage.ballot import Cast
from storage.database import Connection
from storage.errors import Busy, Unavailable
from storage.sealing import Unreadable

log = structlog.get_logger()

#: Seconds for the transaction: the words of a failure must still reach the person in time.
PATIENCE = 2.0


async def opened(request: Request, parts: Parts) -> Reply:
    """[Open] of an invitation, of a reminder or of Home: the first screen, empty. Everybody invited
    gets it, whether they have answered or not: nothing knows."""
    scene = await _scene(request, parts, answer.chosen(request))
    if scene is None or not scene.invited:
        view = endings.nothing(scene.w if scene else words(parts.settings.language))
    else:
        view = _stopped(scene, parts) or screens.screen(scene, parts, at=0, given={})

    async def show() -> None:
        await parts.slack.open_view(request.workspace, request.trigger_id, view)

    return Reply(after=show)


async def submitted(request: Request, parts: Parts) -> Reply:
    """[Next], [Send for good]."""
    scene, at, given = await _form(request, parts)
    if scene is None or not scene.invited:
        return _update(endings.nothing(scene.w if scene else words(parts.settings.language)))
    if (page := _stopped(scene, parts)) is not None:
        return _update(page)
    if at < 0:
        return _update(screens.screen(scene, parts, at=0, given={}))
    here = {question.id for question in scene.screens[at].questions}
    wrong = _problems(scene, given, only=here)
    if wrong:
        return _errors(scene, wrong)
    if at < len(scene.screens) - 1:
        return _update(screens.screen(scene, parts, at=at + 1, given=given))
    return await _sent(request, parts, scene, given)


async def back(request: Request, parts: Parts) -> Reply:
    """[Back]: the screen before, with its answers and those of this one inside the form."""
    scene, at, given = await _form(request, parts)
    view_id = str((request.payload.get("view") or {}).get("id") or "")
    if scene is None or not scene.invited or not view_id:
        return Reply()
    try:
        view = _stopped(scene, parts) or screens.screen(scene, parts, at=max(at - 1, 0), given=given)
    except ValueError:  # a text too long to travel: it stays where it is
        return Reply()

    async def put() -> None:
        await parts.slack.update_view(request.workspace, view_id, view)

    return Reply(after=put)


async def how(request: Request, parts: Parts) -> Reply:
    """[How it works], on top of the screen."""
    scene = await _scene(request, parts, answer.chosen(request))
    if scene is None:
        return Reply()
    view = answer.page(scene.w, scene.w("How it works"), screens.how(scene, parts), callback_id=endings.DONE)
    put = parts.slack.push_view if answer.in_modal(request) else parts.slack.open_view

    async def show() -> None:
        await put(request.workspace, request.trigger_id, view)

    return Reply(after=show)


async def _sent(request: Request, parts: Parts, scene: Scene, given: Mapping[str, Any]) -> Reply:
    """The ballot goes into the box, or the screen stays as it is with the reason."""
    found = ballots.read(scene.items, given)
    if not isinstance(found, Ballot):  # an earlier screen was tampered with: start again, nothing is kept
        return _update(screens.screen(scene, parts, at=0, given={}))
    try:
        async with asyncio.timeout(PATIENCE):
            cast: Cast = await parts.db.run(_cast, parts=parts, scene=scene, found=found)
    except (Busy, Unavailable, TimeoutError):
        return _failed(scene)
    except Unreadable:
        return _update(endings.unsound(scene, parts))
    except Exception as error:
        log.error("ballot_not_recorded", error=type(error).__name__)
        return _failed(scene)
    return _update(_page(scene, cast, found))


def _page(scene: Scene, cast: Cast, found: Ballot) -> Json:
    """What is answered to the sending."""
    match cast:
        case "recorded":
            return endings.recorded(scene, loud=ballots.heavy(found))
        case "already":
            return endings.already(scene)
        case "closed":
            return endings.closed(scene)
        case "uninvited":
            return endings.nothing(scene.w)


def _cast(conn: Connection, *, parts: Parts, scene: Scene, found: Ballot) -> Cast:
    return ballot.cast(
        conn,
        workspace=scene.wave.workspace,
        wave_id=scene.wave.id,
        user=scene.user,
        ballot=found,
        today=today(parts, scene.project),
        sealer=sealer(parts),
        shuffle=shuffle,
    )


async def _scene(request: Request, parts: Parts, id: str) -> Scene | None:
    found: Scene | None = await parts.db.read(
        load, parts=parts, workspace=request.workspace, user=request.user, id=id
    )
    return found


async def _form(request: Request, parts: Parts) -> tuple[Scene | None, int, dict[str, Any]]:
    """The wave, the screen, and everything answered so far, this screen included. Only questions of
    the wave are looked at. A form that is not this person's own has no screen (-1)."""
    found = sheet.unpacked(
        parts, workspace=request.workspace, user=request.user, metadata=answer.metadata(request)
    )
    scene = await _scene(request, parts, found.wave)
    if scene is None or not scene.screens:
        return None, 0, {}
    if not found.ours:
        return scene, -1, {}
    at = min(found.at, len(scene.screens) - 1)
    fields = typed(request.payload.get("view") or {})
    here = {question.id: fields.get(question.id) for question in scene.screens[at].questions}
    given = {id: value for id, value in {**found.given, **here}.items() if value not in (None, "", [])}
    return scene, at, given


def _stopped(scene: Scene, parts: Parts) -> Json | None:
    """The page instead of a screen, when this wave cannot be answered."""
    if not scene.answerable or not scene.screens:
        return endings.closed(scene)
    return None if scene.sound else endings.unsound(scene, parts)


def _problems(scene: Scene, given: Mapping[str, Any], *, only: set[str]) -> Mapping[str, Words]:
    found = ballots.read([item for item in scene.items if item.id in only], given)
    return {} if isinstance(found, Ballot) else found


def _errors(scene: Scene, wrong: Mapping[str, Words]) -> Reply:
    said = {id: scene.w.of(problem) for id, problem in wrong.items()}
    return Reply(ack={"response_action": "errors", "errors": said})


def _failed(scene: Scene) -> Reply:
    """Nothing was recorded; what is on the screen stays there."""
    first = scene.screens[-1].questions[0].id
    return Reply(ack={"response_action": "errors", "errors": {first: endings.failed(scene.w)}})


def _update(view: Json) -> Reply:
    return Reply(ack={"response_action": "update", "view": view})
