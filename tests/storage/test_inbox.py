"""What has been taken is not taken again."""

import threading
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage import inbox
from storage.database import Database

T = "T0BOREAL"


def test_a_delivery_is_taken_once(database: Database, now: datetime) -> None:
    first = {"key": "ev:Ev1", "workspace": T, "kind": "event", "now": now}
    assert database.run_sync(inbox.first_time, **first)
    assert not database.run_sync(inbox.first_time, **first)
    assert database.run_sync(inbox.first_time, **{**first, "workspace": "TOTHER"})


def test_of_eight_at_once_one_is_the_first(database: Database, now: datetime) -> None:
    firsts: list[bool] = []

    def deliver() -> None:
        taken = database.run_sync(inbox.first_time, key="ev:Ev1", workspace=T, kind="event", now=now)
        firsts.append(taken)

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(firsts) == [False] * 7 + [True]


def test_a_delivery_whose_effect_failed_may_come_again(database: Database, now: datetime) -> None:
    def take(conn: Connection, *, fails: bool) -> bool:
        first = inbox.first_time(conn, key="ev:Ev1", workspace=T, kind="event", now=now)
        if fails:
            raise LookupError
        return first

    with pytest.raises(LookupError):
        database.run_sync(take, fails=True)
    assert database.run_sync(take, fails=False)


def test_a_form_sent_again_gets_the_same_answer(database: Database, now: datetime) -> None:
    form = {"workspace": T, "nonce": "abc"}
    assert database.read_sync(inbox.form_result, **form) is None
    database.run_sync(inbox.first_time, key="form:abc", workspace=T, kind="form", now=now)
    database.run_sync(inbox.remember_form, result={"response_action": "clear"}, now=now, **form)
    assert database.read_sync(inbox.form_result, **form) == {"response_action": "clear"}
    assert not database.run_sync(inbox.first_time, key="form:abc", workspace=T, kind="form", now=now)


def test_of_eight_at_once_one_takes_a_form_that_was_sent_back_before(
    database: Database, now: datetime
) -> None:
    """It was sent with something missing first: the form is known, and not taken."""
    database.run_sync(inbox.hold_form, workspace=T, nonce="abc", now=now)
    took: list[int] = []

    def take(conn: Connection, n: int) -> None:
        if inbox.hold_form(conn, workspace=T, nonce="abc", now=now) is None:
            time.sleep(0.05)
            took.append(n)
            inbox.remember_form(conn, workspace=T, nonce="abc", result=n, now=now)

    threads = [threading.Thread(target=database.run_sync, args=(take, n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 1


def test_keys_are_forgotten_after_their_time(database: Database, now: datetime) -> None:
    first = {"key": "ev:Ev1", "workspace": T, "kind": "event", "now": now}
    database.run_sync(inbox.first_time, **first)
    assert database.run_sync(inbox.purge, before=now - timedelta(days=7)) == 0
    assert database.run_sync(inbox.purge, before=now + timedelta(seconds=1)) == 1
    assert database.run_sync(inbox.first_time, **first)
