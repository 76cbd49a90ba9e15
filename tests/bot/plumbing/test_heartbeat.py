"""The beat starts what is due once, forgets what is old, and the demo's clock moves only forward."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.operations.clock import Clock, DemoClock
from bot.operations.health import Health
from bot.operations.heartbeat import Heartbeat
from bot.operations.travel import Travel
from bot.outbound.outbox import Outbox
from bot.parts import Parts
from flows.words import Words
from sandbox.server import Running
from storage import dialogue as dialogues
from storage import inbox, outbox, pauses, schedule
from storage import project as projects
from storage.database import Database
from storage.schedule import Due, Fire
from tests.bot.plumbing.rig import TEAM, Said, parts_for, settings_for

TITLES = {"D02": Words("Goals", "Objectifs")}
fired: list[str] = []


def note(conn: Connection, due: Due, now: datetime) -> None:
    fired.append(due.id)


def failing(conn: Connection, due: Due, now: datetime) -> None:
    raise KeyError("gone")


HANDLERS: Mapping[str, Fire] = {"note": note, "failing": failing}


async def plan(db: Database, id: str, at: datetime, kind: str = "note") -> None:
    await db.run(schedule.put, workspace=TEAM, id=id, kind=kind, next_due=at, data={"user": "U1"})


@pytest.fixture
def demo(sqlite_database: Database) -> Parts:
    fired.clear()
    parts = parts_for(settings_for(), sqlite_database)
    object.__setattr__(parts, "clock", DemoClock())
    return parts


def heart(parts: Parts) -> Heartbeat:
    return Heartbeat(parts=parts, handlers=HANDLERS, health=Health())


async def test_what_is_due_is_started_once(demo: Parts) -> None:
    now = demo.clock.now()
    await plan(demo.db, "due", now - timedelta(minutes=1))
    await plan(demo.db, "not yet", now + timedelta(hours=1))
    beats = await asyncio.gather(*(heart(demo).beat() for _ in range(3)))
    assert fired == ["due"]
    assert sum(beats) == 1


async def test_one_that_fails_does_not_hold_up_the_rest(demo: Parts) -> None:
    now = demo.clock.now()
    await plan(demo.db, "broken", now - timedelta(minutes=2), "failing")
    await plan(demo.db, "healthy", now - timedelta(minutes=1))
    assert await heart(demo).beat() == 1
    assert fired == ["healthy"]


async def test_old_keys_are_forgotten_after_seven_days(demo: Parts) -> None:
    now = demo.clock.now()
    for key, age in (("old", 8), ("young", 6)):
        await demo.db.run(
            inbox.first_time, key=key, workspace=TEAM, kind="event", now=now - timedelta(days=age)
        )
    await heart(demo).beat()
    again = {
        key: await demo.db.run(inbox.first_time, key=key, workspace=TEAM, kind="event", now=now)
        for key in ("old", "young")
    }
    assert again == {"old": True, "young": False}


async def test_the_scheduler_beats_by_itself_and_stops(demo: Parts) -> None:
    await plan(demo.db, "due", demo.clock.now() - timedelta(minutes=1))
    beating = heart(demo)
    beating.start()
    for _ in range(100):
        if fired:
            break
        await asyncio.sleep(0.02)
    await beating.stop()
    assert fired == ["due"]


async def test_a_database_that_is_away_is_for_the_next_beat() -> None:
    from storage.database import connect  # noqa: PLC0415

    gone = connect("postgresql://nobody@127.0.0.1:9/nothing")
    health = Health()
    try:
        beating = Heartbeat(parts=parts_for(settings_for(), gone), handlers=HANDLERS, health=health)
        assert await beating.beat() == 0
        assert health.silent() == [], "a restart would not bring the database back"
    finally:
        gone.close()


async def test_a_workspace_that_takes_our_token_again_goes_on(
    sandbox: Running, sqlite_database: Database
) -> None:
    parts = parts_for(settings_for(sandbox), sqlite_database)
    await parts.db.run(pauses.pause, workspace=TEAM, reason="token_revoked")
    fault = sandbox.space.faults.add(method="auth.test", kind="error", code="token_revoked")
    await heart(parts).beat()
    assert await parts.db.read(pauses.paused) == {TEAM: "token_revoked"}
    sandbox.space.faults.remove(fault.id)
    await heart(parts).beat()
    assert await parts.db.read(pauses.paused) == {}
    await parts.slack.close()


@contextlib.asynccontextmanager
async def travelling(parts: Parts) -> AsyncIterator[Travel]:
    clock = parts.clock
    assert isinstance(clock, DemoClock)
    worker = Outbox(parts=parts, renderers={"said": Said()}, health=Health())
    yield Travel(clock=clock, db=parts.db, outbox=worker, heartbeat=heart(parts), titles=TITLES)


async def test_what_is_due_says_about_which_dialogue_of_which_project(demo: Parts) -> None:
    """Somebody who looks at the demo's list does not know the id of a dialogue."""
    now = demo.clock.now()
    project = await demo.db.run(
        projects.create, workspace=TEAM, channel="C1", language="fr", facilitator="U1", name="Boréal", now=now
    )
    run = await demo.db.run(
        dialogues.open,
        workspace=TEAM,
        project_id=project,
        flow="D02",
        opened_by="U1",
        closes_on=None,
        now=now,
    )
    data, at = {"project": project, "run": run}, now + timedelta(days=3)
    for kind in ("close", "reminder"):
        await demo.db.run(schedule.put, workspace=TEAM, id=f"{kind}:{run}", kind=kind, next_due=at, data=data)
    async with travelling(demo) as travel:
        due = await travel.due()
    assert {(one["what"], one["to"], one["about"]["en"], one["about"]["fr"]) for one in due} == {
        ("close", "C1", "Boréal, Goals", "Boréal, Objectifs"),
        ("reminder", "", "Boréal, Goals", "Boréal, Objectifs"),
    }


async def test_the_demo_jumps_to_the_next_thing_and_starts_it(demo: Parts) -> None:
    at = demo.clock.now() + timedelta(days=3)
    await plan(demo.db, "later", at)
    async with travelling(demo) as travel:
        assert [(one["what"], one["to"]) for one in await travel.due()] == [("note", "U1")]
        answer = await travel.advance({"until": "next"})
        assert answer["fired"] == 1
        assert fired == ["later"]
        assert demo.clock.now() >= at


async def test_what_is_due_now_leaves_before_the_clock_jumps(demo: Parts) -> None:
    start = demo.clock.now()
    what: dict[str, Any] = {"workspace": TEAM, "lane": "channel:C1", "op": "post", "ref": {}}
    await demo.db.run(outbox.queue, key="paced", now=start, **what)

    async def leaves() -> datetime:
        """As the worker does once the second between two messages of a channel is over."""
        await asyncio.sleep(0.2)
        at = demo.clock.now()
        (row,) = await demo.db.run(outbox.claim, worker="w", now=at)
        await demo.db.run(outbox.sent, row_id=row.id, worker="w", now=at)
        return at

    async with travelling(demo) as travel:
        left, _ = await asyncio.gather(leaves(), travel.advance({"seconds": 86_400}))
    assert left - start < timedelta(minutes=1)


async def test_the_pace_of_a_channel_passes_by_the_demos_clock(demo: Parts) -> None:
    what: dict[str, Any] = {"workspace": TEAM, "lane": "channel:C1", "op": "post", "ref": {}}
    for key in "abcde":
        await demo.db.run(outbox.queue, key=key, now=demo.clock.now(), **what)
    left: list[datetime] = []

    async def leaves() -> None:
        """As the worker does: one at a time, as soon as the lane is free by the demo's clock."""
        while len(left) < 5:
            await asyncio.sleep(0.01)
            for row in await demo.db.run(outbox.claim, worker="w", now=demo.clock.now()):
                await demo.db.run(outbox.sent, row_id=row.id, worker="w", now=demo.clock.now())
                left.append(demo.clock.now())

    async with travelling(demo) as travel:
        await asyncio.gather(leaves(), travel.advance({"seconds": 0}))
    assert left[-1] - left[0] >= 4 * outbox.PACE
    assert demo.clock.shift > timedelta(), "nobody has sat through it"


async def test_a_long_jump_starts_what_is_due_on_the_way_at_its_own_hour(demo: Parts) -> None:
    start = demo.clock.now()
    for day in (2, 1, 3):
        await plan(demo.db, f"day {day}", start + timedelta(days=day))
    async with travelling(demo) as travel:
        await travel.advance({"seconds": timedelta(days=2, hours=12).total_seconds()})
        assert fired == ["day 1", "day 2"], "in order, and not what is still to come"
        assert await demo.db.read(schedule.skipped) == 0, "nothing came too late"


@pytest.mark.parametrize(
    "asked",
    [
        {"seconds": -1},
        {"seconds": 1e12},
        {"until": "2020-01-01T00:00:00+00:00"},
        {"until": "2030-01-01"},
        {"until": "x"},
    ],
)
async def test_the_demo_does_not_go_back_nor_to_the_end_of_time(
    demo: Parts, asked: dict[str, object]
) -> None:
    async with travelling(demo) as travel:
        with pytest.raises((ValueError, OverflowError)):
            await travel.advance(asked)


async def test_with_nothing_planned_the_next_thing_is_now(demo: Parts) -> None:
    async with travelling(demo) as travel:
        assert (await travel.advance({"until": "next"}))["fired"] == 0


def test_clocks_are_aware_and_go_forward() -> None:
    assert Clock().now().utcoffset() == timedelta()
    clock = DemoClock()
    before = clock.now()
    clock.advance(timedelta(days=2))
    assert timedelta(days=2) <= clock.now() - before < timedelta(days=2, seconds=5)
    with pytest.raises(ValueError, match="back"):
        clock.advance(timedelta(seconds=-1))
