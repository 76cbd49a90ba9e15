"""People who answer dialogues of the product: open the form, fill in screen after screen, finish."""

import asyncio
import time
from collections.abc import Iterator
from itertools import count

from benchmarks.fill import asks, state
from benchmarks.load import envelope
from benchmarks.seed import Seat
from benchmarks.sink import APP, WORKSPACE, Json, Sink
from benchmarks.wire import Wire

PATIENCE = 30.0  # seconds to wait for a form before the run counts an error


class Forms:
    """Hears which form the product opens or changes, for whoever waits for it."""

    def __init__(self, sink: Sink) -> None:
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._opened: dict[str, str] = {}  # view id -> trigger
        self._numbers = count(1)
        sink.on_call = self._heard
        sink.on_view = self._named

    def trigger(self) -> tuple[str, "asyncio.Future[Json]"]:
        """A trigger, and the first form with something to fill in that comes of it."""
        trigger = f"{next(self._numbers)}.{time.time_ns()}"
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[trigger] = future
        return trigger, future

    def _named(self, body: Json, view: Json) -> None:
        if "trigger_id" in body:
            self._opened[view["id"]] = str(body["trigger_id"])
        trigger = self._opened.get(str(view["id"]))
        waiting = self._waiting.get(trigger or "")
        if trigger and waiting and asks(view):
            del self._waiting[trigger], self._opened[view["id"]]
            if not waiting.done():
                waiting.set_result(view)

    def _heard(self, method: str, body: Json) -> None:
        """Messages are counted by the sink; nothing here waits for one."""


class Answering:
    """One person at a time, from the seats that are left. A submitted screen is a turn; opening a
    form is work for the measured process too, and counts no turn."""

    def __init__(self, wire: Wire, forms: Forms, seats: Iterator[Seat]) -> None:
        self._wire, self._forms, self._seats = wire, forms, seats
        self._seat: Seat | None = None
        self._view: Json | None = None

    async def turn(self) -> tuple[float, float] | None:
        """Open the next dialogue, or send the screen at hand."""
        if self._view is None:
            self._seat = next(self._seats)
            self._view = await self._open(self._seat)
            return None
        began = time.perf_counter()
        answer = await self._wire.interact(self._submission(self._view))
        seconds = time.perf_counter() - began
        self._view = _after(answer, self._view)
        return seconds, seconds

    async def _open(self, seat: Seat) -> Json:
        trigger, form = self._forms.trigger()
        action = {
            "type": "button", "action_id": "dialogue.open", "block_id": "b", "value": seat.run,
            "text": {"type": "plain_text", "text": "Start"}, "action_ts": f"{time.time():.6f}",
        }  # fmt: skip
        click = envelope("block_actions", seat.user, actions=[action], trigger_id=trigger)
        click |= {
            "container": {"type": "view", "view_id": "V0HOME"},
            "view": {"id": "V0HOME", "type": "home", "team_id": WORKSPACE, "state": {"values": {}}},
        }
        await self._wire.interact(click)
        return await asyncio.wait_for(form, PATIENCE)

    def _submission(self, view: Json) -> Json:
        assert self._seat is not None
        sent = {
            "id": "V0", "hash": "1.a", "app_id": APP, "bot_id": "B0BOT", "team_id": WORKSPACE,
            "root_view_id": "V0", "previous_view_id": None, **view, "state": state(view),
        }  # fmt: skip
        return envelope("view_submission", self._seat.user, view=sent, response_urls=[])


def _after(answer: Json, before: Json) -> Json | None:
    """The form shown next; None when the dialogue is over."""
    action = answer.get("response_action")
    if action == "errors":
        raise RuntimeError(f"refused: {answer['errors']}")
    if action in ("update", "push"):
        view = {**answer["view"], "id": before.get("id", "V0")}
        return view if asks(view) else None
    return None
