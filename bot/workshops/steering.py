"""What whoever facilitates does at the desk: next, more time, pause, back, another mode, hand over, end.

The desk is drawn again after each, with what became of it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot import answer
from bot.asker import wording
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words.text import N_
from bot.workshops import agenda, deeds, refusals
from bot.workshops.desk import HOURS, MINUTES, shown
from bot.workshops.scene import scene
from bot.workshops.taking_part import figure
from flows.workshop import events as happened
from flows.workshop.model import Workshop
from storage.database import Connection

Make = Callable[[str, datetime, int, str], happened.Event]


def _next(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.NextPressed(by=by, at=at, seen=seen)


def _skip(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Skipped(by=by, at=at, seen=seen)


def _more(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Extended(by=by, at=at, amount=HOURS if rest == "async" else MINUTES)


def _back(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Reopened(by=by, at=at, step=figure(rest), seen=seen)


def _pause(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Paused(by=by, at=at)


def _resume(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Resumed(by=by, at=at)


def _mode(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.ModeChanged(by=by, at=at, mode="async" if rest == "async" else "live")


def _end(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Ended(by=by, at=at)


def _cancel(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Cancelled(by=by, at=at)


def _open(by: str, at: datetime, seen: int, rest: str) -> happened.Event:
    return happened.Opened(by=by, at=at, mode="async" if rest == "async" else "live")


#: What stands after "workshop.steer:".
STEER: Mapping[str, Make] = {
    "next": _next, "skip": _skip, "more": _more, "back": _back, "pause": _pause, "resume": _resume,
    "mode": _mode, "end": _end, "cancel": _cancel, "open": _open,
}  # fmt: skip


WHO = N_("The facilitator, the lead or the expert of the project takes over.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[My desk]."""
    w = await wording(request, parts)
    id = answer.chosen(request)

    async def build() -> Json:
        return await parts.db.read(shown, parts=parts, request=request, id=id)

    return answer.show(request, parts, w, w("My desk"), build)


async def steered(request: Request, parts: Parts) -> Reply:
    """Any of its buttons: "what:id:move:rest". The desk is drawn again, with what became of it."""
    value = answer.chosen(request)
    view: Json = await parts.db.run(_steer, parts=parts, request=request, value=value)
    parts.wake()
    return answer.refreshed(request, parts, view)


def _steer(conn: Connection, *, parts: Parts, request: Request, value: str) -> Json:
    what, _, rest = value.partition(":")
    id, _, more = rest.partition(":")
    seen, _, last = more.partition(":")
    make = STEER.get(what)
    if make is None:
        return shown(conn, parts=parts, request=request, id=id)
    now = parts.clock.now()

    def event(workshop: Workshop) -> happened.Event:
        return make(request.user, now, figure(seen), last)

    done = deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=event, now=now)
    return shown(conn, parts=parts, request=request, id=id, done=done)


async def handed_over(request: Request, parts: Parts) -> Reply:
    """[Hand over to…]: the person chosen facilitates from now on."""
    used = (request.payload.get("actions") or [{}])[0]
    id = str(used.get("action_id") or "").partition(":")[2]
    return await _over(request, parts, id, str(used.get("selected_user") or ""))


async def taken_over(request: Request, parts: Parts) -> Reply:
    """[Take over], [Take it back]."""
    return await _over(request, parts, answer.chosen(request), request.user)


async def _over(request: Request, parts: Parts, id: str, to: str) -> Reply:
    w = await wording(request, parts)
    view: Json | str = await parts.db.run(_hand, parts=parts, request=request, id=id, to=to)
    parts.wake()
    if isinstance(view, str):
        return answer.tell(request, parts, w, view or w.of(NOTHING_THERE))
    if not answer.in_modal(request):
        return answer.tell(request, parts, w, w("You facilitate now. Everybody is told."))
    return answer.refreshed(request, parts, view)


def _hand(conn: Connection, *, parts: Parts, request: Request, id: str, to: str) -> Json | str:
    """Given by whoever facilitates, or taken by somebody who may, once the desk has stood idle; else why not,
    "" for whoever has no business there."""
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or not to:
        return ""
    gives = found.workshop.facilitator == request.user
    takes = to == request.user and agenda.runs_it(found, to)
    if gives and not found.project.cast.roles_of(to):
        return found.w("{name} has no part in this project, and cannot facilitate.", name=found.name(to))
    if not takes and not gives:
        return found.w(WHO) if agenda.readable(found, request.user) else ""
    if takes and (early := agenda.not_yet(found, to)):
        return early
    now = parts.clock.now()

    def make(workshop: Workshop) -> happened.Event:
        return happened.HandedOver(by=request.user, at=now, to=to)

    done = deeds.happen(conn, parts=parts, workspace=request.workspace, id=id, make=make, now=now)
    if done is not None and not done.taken and not answer.in_modal(request):
        return refusals.said(found.w, done.turn.refusal or "nothing")
    return shown(conn, parts=parts, request=request, id=id, done=done)


ACTIONS: dict[str, Any] = {
    "workshop.desk": opened, "workshop.steer": steered, "workshop.hand_over": handed_over,
    "workshop.take_over": taken_over,
}  # fmt: skip
