"""The outbox: one delivery for each key, in order, by one worker at a time, never lost."""

import random
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from storage import outbox, pauses
from storage.database import Database
from storage.outbox import Row

T = "T0BOREAL"
SECOND = timedelta(seconds=1)


class Post:
    """One outbox, with the arguments that do not matter filled in."""

    def __init__(self, db: Database, now: datetime) -> None:
        self.db, self.now = db, now

    def queue(self, key: str, lane: str = "C1", op: str = "post", **more: Any) -> None:
        row = {"workspace": T, "key": key, "lane": lane, "op": op, "ref": {"what": key}, "now": self.now}
        self.db.run_sync(outbox.queue, **{**row, **more})

    def claim(self, worker: str = "w", limit: int = 10, **more: Any) -> list[Row]:
        return self.db.run_sync(outbox.claim, worker=worker, now=self.now, limit=limit, **more)

    def keys(self, **more: Any) -> list[str]:
        return [row.key for row in self.claim(**more)]

    def mark(self, how: Any, row: Row, worker: str = "w", **more: Any) -> Any:
        return self.db.run_sync(how, row_id=row.id, worker=worker, now=self.now, **more)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def depth(self) -> int:
        return self.db.read_sync(outbox.depth)


@pytest.fixture
def post(database: Database, now: datetime) -> Post:
    return Post(database, now)


def test_what_is_queued_twice_is_sent_once(post: Post) -> None:
    for _ in range(2):
        post.queue("a")
    [row] = post.claim()
    assert (row.key, row.ref, row.look_up, row.attempts) == ("a", {"what": "a"}, False, 1)
    assert post.mark(outbox.sent, row, remote_id="1.2")
    post.queue("a")
    post.wait(5)
    assert post.claim() == []


def test_the_same_key_in_two_workspaces_is_two_things(post: Post) -> None:
    post.queue("a")
    post.queue("a", workspace="TOTHER")
    assert len(post.claim()) == 2


def test_a_lane_is_delivered_in_order_one_at_a_time(post: Post) -> None:
    for key in "abc":
        post.queue(key)
    post.queue("elsewhere", lane="C2")
    order = []
    for _ in range(3):
        rows = [row for row in post.claim() if row.lane == "C1"]
        assert len(rows) == 1
        assert post.claim() == []
        order.append(rows[0].key)
        post.mark(outbox.sent, rows[0])
        post.wait(2)
    assert order == ["a", "b", "c"]


def test_a_lane_says_about_one_thing_a_second(post: Post) -> None:
    post.queue("a")
    post.mark(outbox.sent, post.claim()[0])
    post.queue("queued after the first was sent")
    post.wait(1)
    assert post.claim() == []
    post.wait(0.1)
    assert len(post.claim()) == 1


def test_when_a_lane_is_free_again_that_has_something_to_say(post: Post) -> None:
    post.queue("a")
    post.mark(outbox.sent, post.claim()[0])
    assert post.db.read_sync(outbox.next_free, now=post.now) is None, "it has nothing more to say"
    post.queue("b")
    assert post.db.read_sync(outbox.next_free, now=post.now) == post.now + outbox.PACE
    assert post.db.read_sync(outbox.next_free, now=post.now + outbox.PACE) is None, "it may go"


def test_a_home_is_drawn_at_once_and_then_about_once_a_second(post: Post) -> None:
    for _ in range(3):
        post.queue("home", lane="U1", op="home", coalesce=True)
    post.mark(outbox.sent, post.claim()[0])
    for _ in range(3):
        post.queue("home", lane="U1", op="home", coalesce=True)
    assert post.keys() == []
    post.wait(1.1)
    assert post.keys() == ["home"]


def test_many_refreshes_are_one_delivery(post: Post) -> None:
    for n in range(5):
        post.queue("card", op="card", coalesce=True, ref={"n": n})
    [row] = post.claim()
    assert row.ref == {"n": 4}
    post.mark(outbox.sent, row, remote_id="1.0")
    assert post.depth() == 0
    post.queue("card", op="card", coalesce=True)
    post.wait(2)
    [again] = post.claim()
    assert (again.remote_id, again.attempts, again.look_up) == ("1.0", 1, False)


@pytest.mark.parametrize("end", [outbox.sent, outbox.supersede])
def test_a_refresh_asked_for_during_a_delivery_follows_it(post: Post, end: Any) -> None:
    post.queue("card", op="card", coalesce=True)
    [row] = post.claim()
    post.queue("card", op="card", coalesce=True)
    assert post.claim() == []
    assert post.mark(end, row)
    assert post.depth() == 1
    post.wait(2)
    assert post.keys() == ["card"]


def test_a_card_that_is_refreshed_all_the_time_does_not_hold_up_its_lane(post: Post) -> None:
    post.queue("card", op="card", coalesce=True)
    post.queue("news")
    seen = []
    for _ in range(3):
        [row] = post.claim()
        post.queue("card", op="card", coalesce=True)
        seen.append(row.key)
        post.mark(outbox.sent, row)
        post.wait(2)
    assert "news" in seen[:2]


def test_what_is_planned_for_later_waits_and_holds_its_lane(post: Post) -> None:
    post.queue("later", not_before=post.now + 60 * SECOND)
    post.queue("after it")
    assert post.claim() == []
    assert post.db.read_sync(outbox.next_at) == post.now + 60 * SECOND
    post.wait(60)
    assert post.keys() == ["later"]


def test_a_refresh_may_bring_forward_what_was_planned_for_later(post: Post) -> None:
    post.queue("card", op="card", coalesce=True, not_before=post.now + 60 * SECOND)
    post.queue("card", op="card", coalesce=True)
    assert post.keys() == ["card"]


def test_not_sent_is_tried_again_after_a_while_that_grows(post: Post) -> None:
    post.queue("a")
    waits = []
    for _ in range(4):
        [row] = post.claim()
        assert post.mark(outbox.retry, row, error="connect") == "ready"
        before = post.now
        post.now = post.db.read_sync(outbox.next_at)
        waits.append((post.now - before).total_seconds())
    assert waits == [1, 2, 4, 8]


def test_ten_minutes_without_slack_park_nothing(post: Post) -> None:
    post.queue("a")
    while post.now < datetime.fromisoformat("2026-11-24T09:10:00+00:00"):
        [row] = post.claim()
        post.mark(outbox.retry, row)
        post.now = post.db.read_sync(outbox.next_at)
    assert post.keys() == ["a"]
    assert post.db.read_sync(outbox.parked) == []


def test_after_a_day_of_trying_a_row_is_parked_and_its_lane_goes_on(post: Post) -> None:
    post.queue("poor")
    post.queue("next")
    while row := next(iter(post.claim()), None):
        if row.key == "next":
            break
        post.mark(outbox.retry, row, error="connect refused")
        post.now = post.db.read_sync(outbox.next_at) + SECOND
    [given_up] = post.db.read_sync(outbox.parked)
    assert (given_up.key, given_up.error) == ("poor", "connect refused")
    assert given_up.done_at >= datetime.fromisoformat("2026-11-25T09:00:00+00:00")
    assert post.db.read_sync(outbox.parked, workspace="TOTHER") == []


def test_a_row_that_failed_often_is_tried_within_a_minute_of_slacks_return(post: Post) -> None:
    """Found by make faults: after nine failed tries a message waited for four minutes more."""
    post.queue("a")
    for _ in range(12):
        [row] = post.claim()
        post.mark(outbox.retry, row, error="connect refused")
        post.wait(60)
    assert post.keys() == ["a"]


def test_a_row_we_cannot_render_is_parked_after_eight_tries(post: Post) -> None:
    post.queue("poison")
    states = []
    for _ in range(8):
        states.append(post.mark(outbox.retry, post.claim()[0], error="KeyError", poison=True))
        post.wait(300)
    assert states == ["ready"] * 7 + ["parked"]


def test_being_throttled_is_no_try(post: Post) -> None:
    post.queue("a")
    for _ in range(20):
        [row] = post.claim()
        assert row.attempts == 1
        post.mark(outbox.retry, row, after=SECOND, counts=False)
        post.wait(1)


def test_what_was_put_off_has_all_its_patience_left(post: Post) -> None:
    post.queue("hello")
    post.mark(outbox.retry, post.claim()[0], after=timedelta(days=3), counts=False)
    post.wait(3 * 24 * 3600)
    row = post.claim()[0]
    assert (row.attempts, row.first_try) == (1, post.now)


def test_an_ambiguous_row_is_looked_up_after_a_minute_and_stays_ambiguous_until_then(post: Post) -> None:
    post.queue("a")
    [row] = post.claim()
    assert post.mark(outbox.ambiguous, row, error="timeout") == "ambiguous"
    post.wait(59)
    assert post.claim() == []
    post.wait(1)
    [row] = post.claim()
    assert (row.look_up, row.attempts) == (True, 2)
    assert post.mark(outbox.retry, row, after=SECOND, counts=False) == "ambiguous"
    post.wait(1)
    assert post.claim()[0].look_up


def test_a_worker_that_died_leaves_its_row_to_another_who_looks_first(post: Post) -> None:
    post.queue("a")
    [dead] = post.claim(worker="dead", lease=timedelta(milliseconds=200))
    assert post.claim(worker="w") == []
    time.sleep(0.25)
    [row] = post.claim(worker="w")
    assert row.look_up
    assert row.first_try == dead.first_try
    assert not post.mark(outbox.sent, dead, worker="dead")
    assert post.mark(outbox.retry, dead, worker="dead") is None
    assert post.mark(outbox.sent, row)


def test_a_demo_clock_that_jumps_does_not_end_a_lease(post: Post) -> None:
    post.queue("a")
    post.claim()
    post.wait(7 * 86400)
    assert post.claim(worker="other") == []


def test_a_worker_that_stops_gives_its_rows_back(post: Post) -> None:
    post.queue("begun", lane="C1")
    post.queue("not begun", lane="C2")
    begun, _ = post.claim()
    post.db.run_sync(outbox.release, worker="w", now=post.now, begun=[begun.id])
    [row] = post.claim(worker="other")
    assert (row.key, row.look_up, row.attempts) == ("not begun", False, 1)
    post.wait(60)
    [row] = post.claim(worker="other")
    assert (row.key, row.look_up) == ("begun", True)


def test_at_a_new_start_the_leases_of_the_dead_process_are_void(
    sqlite_database: Database, now: datetime
) -> None:
    post = Post(sqlite_database, now)
    post.queue("a")
    post.claim(worker="dead")
    assert post.db.run_sync(outbox.recover, now=post.now) == 1
    post.wait(60)
    assert post.claim()[0].look_up


def test_a_throttled_method_waits_and_the_others_go_on(post: Post) -> None:
    post.queue("post")
    post.queue("card", lane="C2", op="card")
    post.queue("home", lane="U1", op="home")
    post.queue("foreign", workspace="TOTHER")
    until = post.now + 30 * SECOND
    post.db.run_sync(pauses.throttle, workspace=T, method="chat.postMessage", until=until)
    assert sorted(post.keys()) == ["foreign", "home"]
    post.wait(30)
    assert sorted(post.keys()) == ["card", "post"]


def test_throttled_updates_do_not_hold_up_posts(post: Post) -> None:
    post.queue("post")
    post.queue("card", lane="C2", op="card")
    until = post.now + 30 * SECOND
    post.db.run_sync(pauses.throttle, workspace=T, method="chat.update", until=until)
    assert post.keys() == ["post"]


def test_a_paused_workspace_hears_nothing_until_it_is_resumed(post: Post) -> None:
    post.queue("a")
    post.queue("foreign", workspace="TOTHER")
    post.db.run_sync(pauses.pause, workspace=T, reason="token_revoked")
    assert post.keys() == ["foreign"]
    assert post.db.read_sync(pauses.paused) == {T: "token_revoked"}
    post.db.run_sync(pauses.resume, workspace=T)
    assert post.keys() == ["a"]


def test_a_destination_that_is_back_gets_what_was_parked_in_order(post: Post) -> None:
    for key in ("a", "b"):
        post.queue(key)
        post.mark(outbox.park, post.claim()[0], error="is_archived")
    post.queue("c")
    assert post.db.run_sync(outbox.unpark, workspace=T, lane="C1", now=post.now) == 2
    order = []
    while rows := post.claim():
        assert len(rows) == 1
        order.append(rows[0].key)
        post.mark(outbox.sent, rows[0])
        post.wait(2)
    assert order == ["c", "a", "b"]


def test_a_restored_backup_looks_before_it_repeats(post: Post) -> None:
    post.queue("waiting")
    post.db.run_sync(outbox.after_restore, now=post.now)
    [row] = post.claim()
    assert row.look_up


def test_what_is_long_done_is_forgotten(post: Post) -> None:
    post.queue("a")
    post.mark(outbox.sent, post.claim()[0])
    assert post.db.run_sync(outbox.purge, before=post.now) == 0
    assert post.db.run_sync(outbox.purge, before=post.now + SECOND) == 1


def test_how_long_the_oldest_has_been_overdue(post: Post) -> None:
    assert post.db.read_sync(outbox.oldest_due, now=post.now) is None
    post.queue("a")
    assert post.db.read_sync(outbox.oldest_due, now=post.now + 60 * SECOND) == post.now


def test_four_workers_never_share_a_row_nor_a_lane_and_keep_every_order(
    database: Database, now: datetime
) -> None:
    """120 rows in 12 lanes, 4 workers; some tries fail, some workers lose their rows half-way."""
    lanes, each = 12, 10

    def fill(conn: Connection) -> None:
        for n in range(lanes * each):
            key = f"{n:03}"
            outbox.queue(conn, workspace=T, key=key, lane=f"L{n % lanes}", op="home", ref={"n": n}, now=now)

    database.run_sync(fill)
    held: set[str] = set()
    sent: dict[str, list[str]] = {}
    problems: list[str] = []
    lock = threading.Lock()

    def work(worker: str) -> None:
        chance = random.Random(worker)  # noqa: S311 - which tries fail, not a secret
        moment = now
        while database.background.run_sync(outbox.depth):
            moment += SECOND
            for row in database.background.run_sync(outbox.claim, worker=worker, now=moment, limit=3):
                with lock:
                    if row.lane in held:
                        problems.append(f"{row.lane} held twice")
                    held.add(row.lane)
                time.sleep(0.001)
                with lock:
                    held.discard(row.lane)
                    fails = chance.random() < 0.2
                    if not fails:
                        sent.setdefault(row.lane, []).append(row.key)
                how: Any = outbox.retry if fails else outbox.sent
                database.background.run_sync(how, row_id=row.id, worker=worker, now=moment)

    workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert problems == []
    assert sum(len(keys) for keys in sent.values()) == lanes * each
    assert all(keys == sorted(keys) for keys in sent.values())
