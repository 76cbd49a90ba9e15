"""Odd text and odd moments are stored alike on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from storage import inbox, project
from storage.database import Database

T = "T0BOREAL"
NOW = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)

ODD = [
    ("a\x00b", "ab"),
    ("broken \ud800 half", "broken \ufffd half"),
    ("\ud83d\ude00", "😀"),
    ("👩\u200d👧 שלום \u202ex 𝔘 e\u0301", "👩\u200d👧 שלום \u202ex 𝔘 e\u0301"),
    ("'; DROP TABLE answer; --", "'; DROP TABLE answer; --"),
    ("é" * 40_000, "é" * 40_000),
    ("", ""),
]


def create(conn: Connection, name: str, now: datetime = NOW) -> str:
    return project.create(
        conn, workspace=T, channel="C1", language="en", facilitator="U1", name=name, now=now
    )


@pytest.mark.parametrize(("typed", "stored"), ODD)
def test_text_that_people_type(database: Database, typed: str, stored: str) -> None:
    found = database.read_sync(project.get, workspace=T, id=database.run_sync(create, typed))
    assert found is not None
    assert found.name == stored


@pytest.mark.parametrize(("typed", "stored"), ODD)
def test_text_inside_json(database: Database, typed: str, stored: str) -> None:
    form = {"workspace": T, "nonce": "n"}
    value: dict[str, Any] = {typed[:50]: [typed, {"deep": (typed,)}], "n": 3, "f": 1.5, "none": None}
    database.run_sync(inbox.remember_form, result=value, now=NOW, **form)
    found = database.read_sync(inbox.form_result, **form)
    assert found == {stored[:50]: [stored, {"deep": [stored]}], "n": 3, "f": 1.5, "none": None}


def test_no_number_that_json_lacks(database: Database) -> None:
    with pytest.raises(StatementError, match="Out of range float"):
        database.run_sync(inbox.remember_form, workspace=T, nonce="n", result=float("nan"), now=NOW)


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2100, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_a_moment_comes_back_to_the_microsecond_and_in_utc(database: Database, moment: datetime) -> None:
    found = database.read_sync(project.get, workspace=T, id=database.run_sync(create, "P", moment))
    assert found is not None
    assert found.created_at == moment
    assert found.created_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs its time zone"):
        database.run_sync(create, "P", datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
