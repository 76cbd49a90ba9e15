"""What is due is taken once: over replicas, clock jumps, long absences and clock changes."""

import random
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from storage import firing, outbox, schedule
from storage.database import Database
from storage.recurrence import first_after, period
from storage.schedule import Due, Fire, Fired

T = "T0BOREAL"
HOUR = timedelta(hours=1)
WEEKLY = {"rrule": "FREQ=WEEKLY;BYDAY=TH", "start": "2026-11-26T08:30"}
THURSDAY = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)  # 08:30 in Paris


def say(conn: Connection, due: Due, now: datetime) -> None:
    """What a handler does: queue a row under the key of the occurrence."""
    outbox.queue(
        conn, workspace=due.workspace, key=due.key, lane="C1", op="post", ref=due.data, now=now,
        look_up=due.look_up,
    )  # fmt: skip


HANDLERS: Mapping[str, Fire] = {"digest": say, "reminder": say}


def put(db: Database, **more: Any) -> None:
    row = {"workspace": T, "id": "digest:1", "kind": "digest", "next_due": THURSDAY, "zone": "Europe/Paris"}
    db.run_sync(schedule.put, **{**row, **more})


def tick(db: Database, now: datetime) -> Fired:
    return db.run_sync(firing.fire_due, now=now, handlers=HANDLERS)


def next_due(db: Database) -> datetime | None:
    return next((coming.next_due for coming in db.read_sync(schedule.coming)), None)


def test_nothing_happens_before_its_time_and_once_at_it(database: Database) -> None:
    put(database, data={"n": 1})
    assert tick(database, THURSDAY - timedelta(seconds=1)).fired == []
    [due] = tick(database, THURSDAY).fired
    assert (due.kind, due.data, due.covers.count) == ("digest", {"n": 1}, 1)
    assert tick(database, THURSDAY + HOUR).fired == []
    assert next_due(database) is None


def test_planning_the_same_again_does_not_repeat_what_was_done(database: Database) -> None:
    put(database)
    tick(database, THURSDAY)
    put(database)
    assert tick(database, THURSDAY + HOUR).fired == []
    put(database, next_due=THURSDAY + 2 * HOUR)
    assert len(tick(database, THURSDAY + 2 * HOUR).fired) == 1


def test_a_week_later_it_is_due_again_at_the_same_local_time(database: Database) -> None:
    put(database, rule=WEEKLY)
    assert [due.period for due in tick(database, THURSDAY).fired] == ["2026-W48"]
    assert next_due(database) == THURSDAY + timedelta(days=7)


def test_an_absence_of_two_days_is_one_occurrence_that_says_what_it_covers(database: Database) -> None:
    hourly = {"rrule": "FREQ=HOURLY", "start": "2026-11-26T08:30"}
    put(database, rule=hourly)
    now = THURSDAY + 48 * HOUR + timedelta(minutes=1)
    [due] = tick(database, now).fired
    assert (due.covers.first, due.covers.last, due.covers.count) == (THURSDAY, THURSDAY + 48 * HOUR, 49)
    assert next_due(database) == THURSDAY + 49 * HOUR
    assert tick(database, now).fired == []


def test_what_is_too_late_for_its_kind_is_skipped_and_counted(database: Database) -> None:
    put(database, id="reminder:1", kind="reminder")
    put(database, rule=WEEKLY)
    fired = tick(database, THURSDAY + 5 * HOUR)
    assert [due.kind for due in fired.fired] == ["digest"]
    assert [due.kind for due in fired.skipped] == ["reminder"]
    assert database.read_sync(schedule.skipped) == 1


def test_a_late_limit_of_its_own(database: Database) -> None:
    put(database, late_limit=timedelta(minutes=5))
    assert tick(database, THURSDAY + HOUR).fired == []


def test_a_clock_that_jumps_back_repeats_nothing(database: Database) -> None:
    put(database, rule=WEEKLY)
    tick(database, THURSDAY)
    assert tick(database, THURSDAY - timedelta(days=2)).fired == []
    assert tick(database, THURSDAY).fired == []


def test_a_handler_that_fails_undoes_its_own_work_only_and_is_tried_again(database: Database) -> None:
    broken = True

    def fail(conn: Connection, due: Due, now: datetime) -> None:
        say(conn, due, now)
        if broken:
            raise LookupError("project is gone")

    handlers = {"digest": fail, "reminder": say}
    put(database)
    put(database, id="reminder:1", kind="reminder")
    fired = database.run_sync(firing.fire_due, now=THURSDAY, handlers=handlers)
    assert [due.kind for due in fired.fired] == ["reminder"]
    assert [(id, str(problem)) for id, problem in fired.failed] == [("digest:1", "project is gone")]
    assert database.read_sync(outbox.depth) == 1
    broken = False
    assert database.run_sync(firing.fire_due, now=THURSDAY + HOUR, handlers=handlers).failed == []
    assert database.read_sync(outbox.depth) == 2


def test_a_kind_nobody_handles_is_a_failure_of_its_own(database: Database) -> None:
    put(database, kind="from a newer version")
    [(id, _)] = tick(database, THURSDAY).failed
    assert id == "digest:1"


def test_a_zone_that_is_gone_holds_up_nobody_else(database: Database) -> None:
    put(database, rule=WEEKLY, zone="Mars/Olympus", next_due=THURSDAY - HOUR)
    put(database, id="reminder:1", kind="reminder")
    fired = tick(database, THURSDAY)
    assert [due.kind for due in fired.fired] == ["reminder"]
    assert [id for id, _ in fired.failed] == ["digest:1"]


def test_what_is_cancelled_does_not_happen(database: Database) -> None:
    put(database)
    put(database, id="digest:10")
    put(database, id="digest_1")
    assert database.run_sync(schedule.cancel, workspace="TOTHER", id_prefix="digest:") == 0
    assert database.run_sync(schedule.cancel, workspace=T, id_prefix="digest:1") == 2
    assert [due.id for due in tick(database, THURSDAY).fired] == ["digest_1"]


def test_replicas_that_tick_at_the_same_instant_say_it_once(database: Database) -> None:
    for n in range(60):
        put(database, id=f"digest:{n}", rule=WEEKLY)
    fired: list[Due] = []
    problems: list[Exception] = []
    barrier = threading.Barrier(4)

    def replica() -> None:
        barrier.wait()
        try:
            for _ in range(3):
                found = database.background.run_sync(
                    firing.fire_due, now=THURSDAY, handlers=HANDLERS, limit=30
                )
                fired.extend(found.fired)
        except Exception as problem:
            problems.append(problem)

    replicas = [threading.Thread(target=replica) for _ in range(4)]
    for thread in replicas:
        thread.start()
    for thread in replicas:
        thread.join()
    assert problems == []
    assert sorted(due.id for due in fired) == sorted(f"digest:{n}" for n in range(60))
    assert database.read_sync(outbox.depth) == 60


def test_after_a_restored_backup_what_was_due_before_is_looked_up(database: Database) -> None:
    put(database, rule=WEEKLY)
    database.run_sync(outbox.after_restore, now=THURSDAY + HOUR)
    [due] = tick(database, THURSDAY + HOUR).fired
    assert due.look_up
    [later] = tick(database, THURSDAY + timedelta(days=7)).fired
    assert not later.look_up


def test_old_occurrences_and_finished_plans_are_forgotten(database: Database) -> None:
    put(database)
    tick(database, THURSDAY)
    assert database.run_sync(schedule.purge, before=THURSDAY) == 0
    assert database.run_sync(schedule.purge, before=THURSDAY + HOUR) == 1


DAILY = {"rrule": "FREQ=DAILY", "start": "2026-01-01T02:30"}


def test_an_hour_that_exists_twice_counts_once() -> None:
    """25 October 2026 in Paris: 02:30 comes at 00:30Z and at 01:30Z."""
    first = first_after(DAILY, "Europe/Paris", datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert first_after(DAILY, "Europe/Paris", first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_due_at_the_first_valid_moment() -> None:
    """29 March 2026 in Paris: 02:00 is followed by 03:00, at 01:00Z."""
    found = first_after(DAILY, "Europe/Paris", datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert found == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_every_second_thursday_stays_at_its_hour_over_both_clock_changes() -> None:
    rule = {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "start": "2026-01-08T08:30"}
    moment: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    for _ in range(26):
        assert moment is not None
        moment = first_after(rule, "Europe/Paris", moment)
        assert moment is not None
        local = moment.astimezone(ZoneInfo("Europe/Paris"))
        assert (local.hour, local.minute) == (8, 30)
        days.append(local.date())
    assert days == [date(2026, 1, 8) + timedelta(weeks=2 * n) for n in range(26)]


def test_a_rule_that_ends_is_due_no_more() -> None:
    rule = {"rrule": "FREQ=DAILY;COUNT=2", "start": "2026-01-01T09:00"}
    assert first_after(rule, "UTC", datetime(2026, 1, 2, 9, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
)
def test_a_daily_rule_happens_on_each_local_day_of_two_years_exactly_once(zone: str) -> None:
    """Ticks at random intervals of minutes to days; several missed days are one occurrence."""
    chance = random.Random(zone)  # noqa: S311 - when ticks come, not a secret
    due = first_after(DAILY, zone, datetime(2026, 1, 1, 12, tzinfo=UTC))
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    periods: list[str] = []
    while now < datetime(2028, 1, 1, tzinfo=UTC):
        now += timedelta(hours=chance.choice((0.1, 1, 7, 23)))
        while due is not None and due <= now:
            periods.append(period(DAILY, zone, due))
            due = first_after(DAILY, zone, due)
    first = date.fromisoformat(periods[0])
    assert len(periods) >= 728
    assert periods == [(first + timedelta(days=n)).isoformat() for n in range(len(periods))]
