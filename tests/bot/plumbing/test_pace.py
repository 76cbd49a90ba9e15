"""T21: somebody who presses without pause is asked to wait, and takes no turn away from the others."""

from typing import Any

import pytest

from bot.inbound import pace
from bot.inbound.pace import Pace
from bot.parts import Parts
from bot.request import Reply, Request
from storage.database import Database
from tests.bot.plumbing.rig import click, parts_for, receiver_for, routes, settings_for


class Watch:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_bucket_is_refilled_evenly_and_never_overflows() -> None:
    watch = Watch()
    steady = Pace(10, clock=watch)
    assert [steady.takes("T1", "U1") for _ in range(11)] == [True] * 10 + [False]
    assert steady.takes("T1", "U2")
    assert steady.takes("T2", "U1"), "the same id in another workspace is somebody else"
    watch.at = 1.0
    assert [steady.takes("T1", "U1") for _ in range(2)] == [True, False]
    watch.at = 1000.0
    assert [steady.takes("T1", "U1") for _ in range(11)] == [True] * 10 + [False]


def test_no_limit_is_no_limit() -> None:
    assert all(Pace(0).takes("T1", "U1") for _ in range(1000))


def test_who_is_quiet_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "KEPT", 2)
    steady = Pace(1, clock=Watch())
    assert [steady.takes("T1", f"U{n}") for n in (1, 2, 3, 1, 3)] == [True, True, True, True, False]


async def test_t21_the_gesture_too_many_is_answered_and_nothing_is_done(sqlite_database: Database) -> None:
    heard: list[Request] = []

    async def go(request: Request, parts: Parts) -> Reply:
        heard.append(request)
        return Reply()

    parts = parts_for(settings_for(CADRAGE_GESTURES="2"), sqlite_database)
    receiver = receiver_for(routes(actions={"go": go}, views={"form": go}), parts)
    for _ in range(3):
        await receiver.receive(click())
    assert len(heard) == 2
    form: dict[str, Any] = {
        "type": "modal",
        "id": "V1",
        "callback_id": "form",
        "blocks": [{"type": "input", "block_id": "q"}],
    }
    sent = {**click(), "type": "view_submission", "view": form}
    answer = await receiver.receive(sent)
    assert answer.body["response_action"] == "errors", "the form stays, with what was typed"
    assert "One moment" in answer.body["errors"]["q"]
    await receiver.receive(click(user="U2"))
    assert len(heard) == 3, "nobody else waits"
