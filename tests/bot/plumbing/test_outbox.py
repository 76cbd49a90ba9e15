"""What is queued is posted once, in order, whatever Slack answers (W1 to W3; rows 21 to 23, 31, 40)."""

import asyncio
import time
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.outbound.decision import Done, Look
from bot.outbound.delivery import mark_of
from bot.outbound.marking import Mine, mark
from bot.outbound.render import Defer, Message
from sandbox.server import Running
from storage import card, outbox, pauses
from storage.database import Database
from storage.outbox import Row
from tests.bot.plumbing.rig import TEAM, posting, settings_for
from tests.bot.plumbing.watch import channel_id, dm_texts, parked, settled, texts, until


async def test_a_queued_message_is_posted_at_once(sandbox: Running, database: Database) -> None:
    async with posting(settings_for(sandbox), database) as post:
        started = time.monotonic()
        await post.queue("hello", channel=channel_id(sandbox))
        await until(lambda: texts(sandbox) == ["hello"])
        assert time.monotonic() - started < 0.9
        await settled(post)


async def test_a_lane_keeps_its_order_and_its_pace(sandbox: Running, sqlite_database: Database) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        for key in ("one", "two", "three"):
            await post.queue(key, lane="same", channel=channel_id(sandbox))
        started = time.monotonic()
        await until(lambda: texts(sandbox) == ["one", "two", "three"])
        assert time.monotonic() - started > 2.0


@pytest.mark.parametrize("kind", ["drop_after", "500", "garbage", "html", "empty", "hang"])
async def test_a_message_of_doubtful_fate_that_arrived_is_not_repeated(
    sandbox: Running, sqlite_database: Database, kind: str
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind=kind, times=1, after=True)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("once", channel=channel_id(sandbox))
        await settled(post)
        assert texts(sandbox) == ["once"]


@pytest.mark.parametrize("kind", ["drop_before", "500", "503", "hang", "garbage"])
async def test_a_message_that_did_not_arrive_is_posted_later(
    sandbox: Running, sqlite_database: Database, kind: str
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind=kind, times=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("later", channel=channel_id(sandbox))
        await settled(post)
        assert texts(sandbox) == ["later"]


async def test_a_doubtful_private_message_is_looked_up_where_it_went(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind="drop_after", times=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("psst", op="dm", user=sandbox.space.world.person("ana").id)
        await settled(post)
        assert dm_texts(sandbox, "ana") == ["psst"]


async def test_a_doubtful_thread_answer_is_looked_up_in_its_thread(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("root", channel=channel_id(sandbox))
        await settled(post)
        root = next(iter(sandbox.space.world.channels[channel_id(sandbox)].messages))
        sandbox.space.faults.add(method="chat.postMessage", kind="drop_after", times=1)
        post.said.messages["answer"] = Message(text="answer", thread_ts=root)
        await post.queue("answer", channel=channel_id(sandbox))
        await settled(post)
        place = sandbox.space.world.channels[channel_id(sandbox)]
        assert len(place.replies[root]) == 1


async def test_a_throttled_method_waits_and_counts_no_attempt(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind="429", times=1, seconds=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        started = time.monotonic()
        await post.queue("patient", channel=channel_id(sandbox))
        await settled(post)
        assert time.monotonic() - started > 0.9
        assert texts(sandbox) == ["patient"]


async def test_one_throttled_method_does_not_hold_up_another(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind="429", times=1, seconds=3)
    ana = sandbox.space.world.person("ana").id
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["home"] = Message(view={"type": "home", "blocks": []})
        await post.queue("blocked", channel=channel_id(sandbox))
        await asyncio.sleep(0.3)
        await post.queue("home", op="home", user=ana)
        await until(lambda: "home" in post.said.rendered and sandbox.space.traffic.exchanges, 2)
        assert texts(sandbox) == []


async def test_refused_blocks_are_sent_as_plain_words(sandbox: Running, sqlite_database: Database) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["odd"] = Message(text="plain words", blocks=({"type": "nonsense"},))
        await post.queue("odd", channel=channel_id(sandbox))
        await settled(post)
        assert texts(sandbox) == ["plain words"]


async def test_a_message_slack_will_not_have_is_given_up_and_its_lane_goes_on(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["empty"] = Message(text="")
        await post.queue("empty", lane="same", channel=channel_id(sandbox))
        await post.queue("next", lane="same", channel=channel_id(sandbox))
        await settled(post)
        assert texts(sandbox) == ["next"]
        assert [key for key, _ in await parked(post)] == ["empty"]


async def test_nothing_to_say_any_more_posts_nothing(sandbox: Running, sqlite_database: Database) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["stale"] = None
        await post.queue("stale", channel=channel_id(sandbox))
        await settled(post)
        assert texts(sandbox) == []
        assert await parked(post) == []


async def test_what_is_not_for_now_is_rendered_again_then(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        now = post.parts.clock.now()
        post.said.messages["night"] = Defer(until=now + timedelta(hours=12))
        await post.queue("night", lane="night", channel=channel_id(sandbox))
        await until(lambda: "night" in post.said.rendered)
        await post.queue("other", channel=channel_id(sandbox))
        await until(lambda: texts(sandbox) == ["other"])
        at = await post.parts.db.background.read(outbox.next_at)
        assert at is not None
        assert abs(at - now - timedelta(hours=12)) < timedelta(seconds=2)
        assert post.said.rendered.count("night") == 1
        post.said.messages["night"] = Defer(until=now)  # a moment that has passed by now: at once
        await post.parts.db.run(
            outbox.queue, workspace=TEAM, key="night", lane="night", op="post", now=now, coalesce=True,
            ref={"what": "said", "channel": channel_id(sandbox)},
        )  # fmt: skip
        await until(lambda: post.said.rendered.count("night") > 1)
        del post.said.messages["night"]
        await settled(post)
        assert texts(sandbox) == ["other", "night"]


async def test_a_renderer_that_fails_holds_up_nobody_else(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["poison"] = KeyError("gone")
        await post.queue("poison", channel=channel_id(sandbox))
        await post.queue("healthy", channel=channel_id(sandbox))
        await until(lambda: texts(sandbox) == ["healthy"])


async def test_a_row_of_no_known_kind_is_given_up(sandbox: Running, sqlite_database: Database) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("old", channel=channel_id(sandbox), what="of an older version")
        await settled(post)
        assert await parked(post) == [("old", "no renderer of this name")]


async def test_a_revoked_token_pauses_the_workspace_and_loses_nothing(
    sandbox: Running, sqlite_database: Database
) -> None:
    fault = sandbox.space.faults.add(method="chat.postMessage", kind="error", code="token_revoked")
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("kept", channel=channel_id(sandbox))
        end = time.monotonic() + 5
        while not await post.parts.db.read(pauses.paused):
            assert time.monotonic() < end
            await asyncio.sleep(0.02)
        assert await post.parts.db.read(pauses.paused) == {TEAM: "token_revoked"}
        assert await post.parts.db.read(outbox.depth) == 1
        sandbox.space.faults.remove(fault.id)
        assert await parked(post) == []


async def test_with_slack_down_rows_wait_and_then_go(sqlite_database: Database) -> None:
    async with posting(settings_for(), sqlite_database) as post:
        await post.queue("waiting", channel="C1")
        await until(lambda: "waiting" in post.said.rendered)
        assert await post.parts.db.read(outbox.depth) == 1


async def test_a_row_a_dead_worker_held_is_looked_up_first(
    sandbox: Running, sqlite_database: Database
) -> None:
    """SIGKILL after the post and before the mark (row 13), as the next worker sees it."""
    db, general = sqlite_database, channel_id(sandbox)
    async with posting(settings_for(sandbox), db) as post:
        await post.worker.stop(1)
        await post.queue("said", channel=general)
        rows = await db.run(outbox.claim, worker="dead", now=post.parts.clock.now())
        await post.parts.slack.call(
            TEAM, "chat.postMessage", channel=general, text="said",
            metadata={"event_type": "cadrage", "event_payload": {"k": mark_of(rows[0])}},
        )  # fmt: skip
        await db.run(outbox.release, worker="dead", now=post.parts.clock.now())
        await db.run(_at_once)
    async with posting(settings_for(sandbox), db) as post:
        await settled(post)
        assert texts(sandbox) == ["said"]


def _at_once(conn: Connection) -> None:
    """Let what settles be due now, instead of in a minute."""
    from sqlalchemy import update  # noqa: PLC0415

    from storage.tables import outbox as table  # noqa: PLC0415

    conn.execute(update(table).values(not_before=table.c.queued_at).execution_options(across_workspaces=True))


async def test_nothing_is_posted_when_the_lease_is_nearly_over(
    sandbox: Running, sqlite_database: Database
) -> None:
    """A look-up that took long must not be followed by a post another worker may be making too."""
    sandbox.space.faults.add(method="conversations.history", kind="latency", times=1, seconds=1.5)
    sandbox.space.faults.add(method="chat.postMessage", kind="500", times=1)
    async with posting(settings_for(sandbox, CADRAGE_LEASE="2"), sqlite_database) as post:
        await post.queue("late", channel=channel_id(sandbox))
        await until(lambda: sandbox.space.faults.total_hits == 2)
        await asyncio.sleep(1.6)
        assert texts(sandbox) == []
        await settled(post)
        assert texts(sandbox) == ["late"]


async def test_a_worker_that_lost_its_lease_writes_nothing(database: Database) -> None:
    from bot.operations.clock import Clock  # noqa: PLC0415

    now = Clock().now()
    await database.run(
        outbox.queue,
        workspace=TEAM,
        key="k",
        lane="l",
        op="card",
        ref={"what": "said", "object": "o"},
        now=now,
    )
    row = (await database.run(outbox.claim, worker="me", now=now))[0]
    mine = Mine(row_id=row.id, worker="another", now=now)
    done = Done(channel="C1", ts="1.2", remote_id="1.2")
    assert await database.run(mark, row, done, mine, outbox.SETTLE) == "lost"
    assert await database.run(mark, row, Look(code="x"), mine, outbox.SETTLE) == "lost"
    assert await database.run(card.place, workspace=TEAM, kind="said", object_id="o") is None


def test_the_mark_on_a_message_says_nothing_about_it() -> None:
    row = Row(
        id=1, workspace=TEAM, key="invitation:r1:U123", lane="l", op="dm", ref={}, look_up=False, attempts=1,
        first_try=__import__("datetime").datetime.now(), remote_id=None,
    )  # fmt: skip
    assert "U123" not in mark_of(row)
    assert len(mark_of(row)) == 32
