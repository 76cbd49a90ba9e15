"""The sealed ballot box on real databases (5.3 rule 6, appendix A.8)."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from flows.diagnosis.evidence import ChoiceTally, ScaleTally, Withheld
from flows.wave.model import Box, ChoiceKept, ScaleKept, Sum, TextKept
from storage import ballot, coaching, tally, wave, wave_keys
from storage.coaching import Wish
from storage.database import Database, connect
from storage.sealing import OVERHEAD, Sealer, Unreadable, new_key
from storage.tables import (
    ballot_box,
    ballot_ledger,
    coach_request,
    metadata,
    wave_comment,
    wave_invited,
    wave_result,
)
from tests.storage.scoping import T
from tests.storage.voting import AFTER, ITEMS, KEY, LAST, VOTERS, Polling, opens, polling

ROOT = Path(__file__).parents[2]


@pytest.fixture
def poll(database: Database) -> Polling:
    return polling(database)


def box_of(poll: Polling) -> bytes:
    sealed = select(ballot_box.c.sealed).where(ballot_box.c.workspace == T, ballot_box.c.wave_id == poll.id)
    return bytes(poll.db.read_sync(lambda conn: conn.execute(sealed).scalar_one()))


def unsealed(poll: Polling) -> Box:
    return ballot.opened(box_of(poll), workspace=T, wave_id=poll.id, sealer=poll.sealer)


def test_another_key_than_that_of_the_open_waves_is_noticed(poll: Polling) -> None:
    other = Sealer(new_key())
    assert poll.db.read_sync(wave_keys.locked, sealer=poll.sealer) == 0
    assert poll.db.read_sync(wave_keys.locked, sealer=other) == 1
    poll.closes()
    assert poll.db.read_sync(wave_keys.locked, sealer=other) == 0


# -- sealing ------------------------------------------------------------------------------------------------


def test_what_is_sealed_tells_neither_its_content_nor_its_length_nor_when() -> None:
    sealer = Sealer(KEY)
    short, long, again = (sealer.seal("box", "w", text_, size=64) for text_ in (b"a", b"b" * 60, b"a"))
    assert len(short) == len(long) == 64 + OVERHEAD
    assert short != again
    assert sealer.unseal("box", "w", long) == b"b" * 60


def test_another_key_purpose_wave_or_person_opens_nothing() -> None:
    sealer = Sealer(KEY)
    sealed = sealer.seal("form", "w", b"5", size=8, bound="UANNA")
    for key, purpose, about, bound in (
        (new_key(), "form", "w", "UANNA"), (KEY, "box", "w", "UANNA"), (KEY, "form", "v", "UANNA"),
        (KEY, "form", "w", "UBOB"),
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            Sealer(key).unseal(purpose, about, sealed, bound=bound)  # type: ignore[arg-type]


@pytest.mark.parametrize("forged", ["", "!!!", "aGVsbG8=", "é", "A" * 200])
def test_a_forged_form_is_unreadable(forged: str) -> None:
    with pytest.raises(Unreadable):
        Sealer(KEY).unseal_text("w", forged, bound="U")


def test_a_form_travels_as_text() -> None:
    sealer = Sealer(KEY)
    assert sealer.unseal_text("w", sealer.seal_text("w", b"x", size=8, bound="U"), bound="U") == b"x"


def test_what_does_not_fit_is_refused_and_a_key_does_not_show() -> None:
    with pytest.raises(ValueError, match="fit"):
        Sealer(KEY).seal("box", "w", b"xxx", size=2)
    assert KEY not in repr(Sealer(KEY))
    assert len(new_key()) == 43


def test_marks_of_one_person_differ_from_wave_to_wave() -> None:
    sealer = Sealer(KEY)
    assert sealer.mark("w1", "U") != sealer.mark("w2", "U")
    assert sealer.key_mark("w1") != Sealer(new_key()).key_mark("w1")


# -- a ballot -----------------------------------------------------------------------------------------------


def test_a_ballot_is_counted_and_a_second_one_changes_nothing(poll: Polling) -> None:
    """Appendix A.8."""
    assert poll.votes("UV0", SPO06="5", COL10=["sales"], BEL07="Words", BEL07a="quote") == "recorded"
    before = box_of(poll)
    assert poll.votes("UV0", SPO06="1") == "already"
    assert box_of(poll) == before
    found = unsealed(poll)
    assert found.scales == {"SPO06": (0, 0, 0, 0, 1)}
    assert found.groups == {"SPO06": {"it": Sum(), "sales": Sum(1, 5)}}
    assert [c.text for c in found.comments] == ["Words"]


def test_only_those_invited_vote_and_only_until_the_last_day(poll: Polling) -> None:
    assert poll.votes("USTRANGER", SPO06="5") == "uninvited"
    assert poll.votes("UV0", SPO06="5", today=AFTER) == "closed"
    assert poll.rows(ballot_ledger) == 0
    poll.closes()
    assert poll.votes("UV0", SPO06="5") == "closed"
    assert poll.rows(ballot_ledger) == 0


def test_the_box_is_always_of_one_length_even_when_it_is_full(poll: Polling) -> None:
    sizes = {len(box_of(poll))}
    for user in VOTERS:
        poll.votes(user, SPO06="3", BEL07='"\\\n🙂' * 375, BEL07a="quote")
        sizes.add(len(box_of(poll)))
    assert len(sizes) == 1
    poll.closes()
    assert len(poll.results()["BEL07"].quotes) == 10


def test_before_closing_no_row_of_a_person_has_a_state(poll: Polling) -> None:
    everybody = select(wave_invited).where(wave_invited.c.workspace == T).order_by(wave_invited.c.user)

    def rows() -> list[Any]:
        return [tuple(row) for row in poll.db.read_sync(lambda conn: conn.execute(everybody).all())]

    before = rows()
    for user in VOTERS:
        poll.votes(user, SPO06="3")
    assert rows() == before


def test_no_table_of_waves_has_a_moment_a_number_or_a_count() -> None:
    for table in (wave_invited, ballot_ledger, ballot_box, wave_comment, coach_request):
        kinds = {column.type.__class__.__name__ for column in table.columns}
        assert kinds <= {"String", "LargeBinary", "Date"}, table.name
    assert not {"at", "user"} & set(ballot_ledger.c.keys())


def test_on_sqlite_the_ledger_has_no_row_numbers(sqlite_database: Database) -> None:
    """They would be the order of the ballots."""
    with pytest.raises(Exception, match="rowid"):
        sqlite_database.read_sync(lambda conn: conn.execute(text("SELECT rowid FROM ballot_ledger")))


def test_two_people_at_once_are_both_counted(poll: Polling) -> None:
    with ThreadPoolExecutor(8) as crowd:
        said = list(crowd.map(lambda user: poll.votes(user, SPO06="4"), [*VOTERS] * 2))
    assert sorted(said) == ["already"] * 10 + ["recorded"] * 10
    assert unsealed(poll).scales["SPO06"] == (0, 0, 0, 10, 0)


def test_a_ballot_that_meets_the_closing_is_counted_or_told_that_it_is_closed(poll: Polling) -> None:
    for user in [*VOTERS][:6]:
        poll.votes(user, SPO06="4")
    with ThreadPoolExecutor(8) as crowd:
        late = [crowd.submit(poll.votes, user, SPO06="4") for user in [*VOTERS][6:8]]
        closing = [crowd.submit(poll.closes) for _ in range(3)]
        late += [crowd.submit(poll.votes, user, SPO06="4") for user in [*VOTERS][8:]]
    said = [one.result() for one in late]
    assert sum(one.result() is not None for one in closing) == 1, "closed once, whoever closes it"
    assert poll.results()["SPO06"].n == 6 + said.count("recorded")
    assert set(said) <= {"recorded", "closed"}


def test_a_box_of_another_key_takes_no_ballot_and_keeps_what_it_has(poll: Polling) -> None:
    stranger = Polling(db=poll.db, project=poll.project, id=poll.id, sealer=Sealer(new_key()))
    poll.votes("UV0", SPO06="4")
    with pytest.raises(Unreadable):
        stranger.votes("UV1", SPO06="4")
    assert unsealed(poll).scales["SPO06"] == (0, 0, 0, 1, 0)
    assert poll.votes("UV1", SPO06="4") == "recorded", "nothing of the failed one stayed"


# -- closing ------------------------------------------------------------------------------------------------


def test_with_four_ballots_the_box_is_destroyed_unread(poll: Polling) -> None:
    """Appendix A.8: nothing is returned by any query path."""
    for user in [*VOTERS][:4]:
        poll.votes(user, SPO06="5", COL10=["it"], BEL07="For the coach", BEL07a="coach")
    closed = poll.closes()
    assert closed is not None
    assert (closed.open, closed.outcome, closed.closed_on) == (False, "few", AFTER)
    assert poll.results() == {}
    for table in (ballot_box, ballot_ledger, wave_result, wave_comment):
        assert poll.rows(table) == 0, table.name
    tallies = poll.db.read_sync(tally.closed, workspace=T, project_id=poll.project)
    assert tallies == dict.fromkeys(("SPO06", "COL10"), Withheld(invited=10))
    texts = poll.db.read_sync(
        coaching.texts, workspace=T, project_id=poll.project, today=AFTER, sealer=poll.sealer
    )
    assert texts == []


def test_with_five_what_rule_6_lists_is_kept_and_the_rest_is_gone(poll: Polling) -> None:
    """Appendix A.8."""
    for n, user in enumerate([*VOTERS][:5]):
        poll.votes(user, SPO06=str(n + 1), COL10=["it"], BEL07=f"Text {n}", BEL07a="quote" if n else "coach")
    closed = poll.closes()
    assert closed is not None
    assert closed.outcome == "kept"
    found = poll.results()
    assert found["SPO06"] == ScaleKept(n=5, total=15, polar=True)
    assert found["COL10"] == ChoiceKept(n=5, named=("it",))
    assert found["BEL07"].n == 5
    assert sorted(found["BEL07"].quotes) == [f"Text {n}" for n in range(1, 5)]
    assert poll.rows(ballot_box) == poll.rows(ballot_ledger) == 0
    tallies = poll.db.read_sync(tally.closed, workspace=T, project_id=poll.project)
    assert tallies["SPO06"] == ScaleTally(invited=10, n=5, total=15, polar=True, closed_on=AFTER)
    assert tallies["COL10"] == ChoiceTally(invited=10, n=5, named=("it",), closed_on=AFTER)
    assert "BEL07" not in tallies


def test_functions_are_kept_where_nobody_is_left_over(poll: Polling) -> None:
    for user, part in VOTERS.items():
        poll.votes(user, SPO06="1" if part == "it" else "5", BEL07="x", BEL07a="count")
    poll.closes()
    found = poll.results()
    assert found["SPO06"] == ScaleKept(
        n=10, total=30, polar=True, apart=("it", "sales"), groups={"it": Sum(5, 5), "sales": Sum(5, 25)}
    )
    assert found["BEL07"] == TextKept(n=10)


def test_closing_again_changes_nothing(poll: Polling) -> None:
    for user in VOTERS:
        poll.votes(user, SPO06="3")
    assert poll.closes() is not None
    assert poll.closes() is None
    assert poll.results()["SPO06"].n == 10
    assert not poll.db.run_sync(wave.postpone, workspace=T, id=poll.id, closes_on=AFTER)


def test_a_box_of_another_key_closes_as_lost(poll: Polling) -> None:
    for user in VOTERS:
        poll.votes(user, SPO06="3")
    closed = Polling(db=poll.db, project=poll.project, id=poll.id, sealer=Sealer(new_key())).closes()
    assert closed is not None
    assert closed.outcome == "lost"
    assert poll.results() == {}
    assert poll.rows(ballot_box) == 0


def test_a_box_that_is_gone_closes_with_nothing(poll: Polling) -> None:
    gone = delete(ballot_box).where(ballot_box.c.workspace == T)
    poll.db.run_sync(lambda conn: conn.execute(gone) and None)
    closed = poll.closes()
    assert closed is not None
    assert closed.outcome == "few"


# -- what stands where --------------------------------------------------------------------------------------


def test_one_wave_of_a_kind_is_open_at_a_time(poll: Polling) -> None:
    again: dict[str, Any] = {"project": poll.project, "sealer": poll.sealer}
    assert poll.db.run_sync(opens, **again) == ""
    other = poll.db.run_sync(opens, **again, what="D06")
    mine = poll.db.read_sync(wave.for_user, workspace=T, user="UV0")
    assert {one.id for one in mine} == {poll.id, other}
    poll.closes()
    assert poll.db.run_sync(opens, **again)
    assert poll.db.read_sync(wave.for_user, workspace=T, user="USTRANGER") == []
    assert poll.db.read_sync(wave.get, workspace="TOTHER", id=poll.id) is None


def test_a_wave_is_remembered_as_it_was_asked(poll: Polling) -> None:
    found = poll.db.read_sync(wave.get, workspace=T, id=poll.id)
    assert found is not None
    assert found.items == ITEMS
    assert found.split
    assert set(poll.db.read_sync(wave.invited, workspace=T, id=poll.id)) == set(VOTERS)
    assert poll.db.run_sync(wave.postpone, workspace=T, id=poll.id, closes_on=date(2026, 12, 4))
    moved = poll.db.read_sync(wave.get, workspace=T, id=poll.id)
    assert moved is not None
    assert moved.closes_on == date(2026, 12, 4)


def test_the_latest_wave_with_enough_answers_counts(poll: Polling) -> None:
    """3.1: an anonymous question asked again."""

    def tallies() -> dict[str, Any]:
        return poll.db.read_sync(tally.closed, workspace=T, project_id=poll.project)

    assert tallies()["SPO06"] == Withheld(invited=10, open=True)
    for user in VOTERS:
        poll.votes(user, SPO06="3")
    poll.closes()
    again: dict[str, Any] = {"project": poll.project, "sealer": poll.sealer}
    second = Polling(
        db=poll.db, project=poll.project, sealer=poll.sealer, id=poll.db.run_sync(opens, **again)
    )
    assert tallies()["SPO06"].total == 30, "an open wave is not read, and hides nothing"
    assert tallies()["COL10"] == Withheld(invited=10, open=True)
    second.votes("UV0", SPO06="5")
    second.closes()
    assert tallies()["SPO06"].total == 30, "a wave with too few answers takes the place of none"
    assert tallies()["COL10"] == Withheld(invited=10)
    assert not tallies()["SPO06"].rose
    third = replace(poll, id=poll.db.run_sync(opens, **again))
    for user in VOTERS:
        third.votes(user, SPO06="4")
    shuffle = {"sealer": poll.sealer, "shuffle": lambda comments: None}
    poll.db.run_sync(wave.close, workspace=T, id=third.id, today=AFTER + timedelta(days=1), **shuffle)
    assert tallies()["SPO06"].rose, "half a point more than in the wave before it (5.1, C02)"


# -- the coach ----------------------------------------------------------------------------------------------


def test_texts_for_the_coach_are_sealed_and_go_after_thirty_days(poll: Polling) -> None:
    for user in VOTERS:
        poll.votes(user, SPO06="3", BEL07=f"Secret {user}", BEL07a="coach")
    poll.closes()

    def read(today: date) -> list[Any]:
        return poll.db.read_sync(
            coaching.texts, workspace=T, project_id=poll.project, today=today, sealer=poll.sealer
        )

    ((what, question, texts),) = read(AFTER)
    assert (what, question) == ("D07", "BEL07")
    assert sorted(texts) == [f"Secret {user}" for user in VOTERS]
    stored = select(wave_comment.c.sealed).where(wave_comment.c.workspace == T)
    assert b"Secret" not in bytes(poll.db.read_sync(lambda conn: conn.execute(stored).scalar_one()))
    assert read(date(2027, 1, 1)) == []
    assert poll.db.run_sync(coaching.purge, today=date(2026, 12, 31)) == 0
    assert poll.db.run_sync(coaching.purge, today=date(2027, 1, 1)) == 1
    stranger: dict[str, Any] = {
        "workspace": T,
        "project_id": poll.project,
        "today": AFTER,
        "sealer": Sealer(new_key()),
    }
    assert poll.db.read_sync(coaching.texts, **stranger) == []


def test_a_request_to_the_coach_says_nothing_to_others_and_goes_once_met(poll: Polling) -> None:
    """5.4."""
    here: dict[str, Any] = {"workspace": T, "project_id": poll.project}
    wish = Wish(user="UV3", way="call", when="Monday", word="Please")
    first = poll.db.run_sync(coaching.ask, **here, wish=wish, sealer=poll.sealer)
    second = poll.db.run_sync(coaching.ask, **here, wish=wish, sealer=poll.sealer)
    assert poll.db.read_sync(coaching.requests, **here, sealer=poll.sealer) == [(second, wish)]
    assert poll.db.read_sync(coaching.requests, **here, sealer=Sealer(new_key())) == []
    assert "UV3" not in repr(wish)
    assert not poll.db.run_sync(coaching.met, **here, id=first, today=LAST)
    assert poll.db.run_sync(coaching.met, **here, id=second, today=LAST)
    assert poll.db.read_sync(coaching.requests, **here, sealer=poll.sealer) == []
    third = poll.db.run_sync(coaching.ask, **here, wish=wish, sealer=poll.sealer)
    assert poll.db.run_sync(coaching.met, **here, id=third, today=LAST)
    assert poll.db.read_sync(coaching.in_month, **here, month=LAST) == 2
    assert poll.db.read_sync(coaching.in_month, **here, month=date(2026, 11, 1)) == 0


# -- crashes ------------------------------------------------------------------------------------------------

POINTS = ["after_begin:4", "ballot_marked:4", "ballot_boxed:4", "before_commit:4", "after_commit:4"]


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_leaves_a_counted_ballot_or_an_unchanged_box(database_url: str, point: str) -> None:
    """Appendix A.8: at any point of the sending."""
    db = connect(database_url)
    poll = polling(db)
    db.close()
    told = _killed(database_url, poll.id, point)
    again = Polling(db=connect(database_url), project=poll.project, id=poll.id, sealer=poll.sealer)
    boxed = sum(unsealed(again).scales["SPO06"])
    assert boxed == again.rows(ballot_ledger), "marked and counted, or neither"
    assert len(told) <= boxed <= len(told) + 1
    for user in VOTERS:
        assert again.votes(user, SPO06="3") in ("recorded", "already")
    again.closes()
    assert again.results()["SPO06"] == ScaleKept(
        n=10, total=30, groups={"it": Sum(5, 15), "sales": Sum(5, 15)}
    )
    again.db.close()


@pytest.mark.parametrize("point", ["wave_counted:1", "wave_kept:1"])
def test_a_crash_while_closing_leaves_the_wave_open_and_whole(database_url: str, point: str) -> None:
    db = connect(database_url)
    poll = polling(db)
    db.close()
    assert len(_killed(database_url, poll.id, point)) == 10
    again = Polling(db=connect(database_url), project=poll.project, id=poll.id, sealer=poll.sealer)
    assert again.rows(wave_result) == 0
    closed = again.closes()
    assert closed is not None
    assert closed.outcome == "kept"
    again.db.close()


def _killed(url: str, id: str, point: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.voting", url, id],
        cwd=ROOT,
        env={**os.environ, "CADRAGE_FAILPOINT": point},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return [line for line in done.stdout.splitlines() if line.endswith("recorded")]


def test_the_tables_of_waves_are_tenants() -> None:
    names = {name for name in metadata.tables if name.startswith(("wave", "ballot", "coach"))}
    assert len(names) == 9
    assert all("workspace" in metadata.tables[name].c for name in names)
