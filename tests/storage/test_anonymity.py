"""An attacker with everything that is stored, but not the key, links answers to people no better than chance.

They know who was invited and, worse than real, in which order people voted. What they guess from is every
order a database can betray: physical order of rows, PostgreSQL's xmin, order of marks, order of texts.
"""

import math
import os
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text

from flows.wave.model import Comment
from storage import wave
from storage.database import Database, connect
from storage.sealing import Sealer
from storage.tables import metadata
from tests.storage import voting
from tests.storage.scoping import T, found
from tests.storage.voting import AFTER, KEY, VOTERS, Polling

#: As many as reliability 5 asks for with `make anonymity`.
WAVES = 1_000 if os.environ.get("CADRAGE_ANONYMITY") == "all" else 40
PEOPLE = len(VOTERS)
#: Five standard deviations: a test that is right fails once in millions of runs.
BOUND = 1 / PEOPLE + 5 * math.sqrt((1 / PEOPLE) * (1 - 1 / PEOPLE) / (WAVES * PEOPLE))


def in_order(comments: list[Comment]) -> None:
    """A box that does not shuffle: for the control, which the attack must win."""


def held(poll: Polling, seed: int, shuffle: Any) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """One wave: the order of voting, the texts as published, and the orders seen in a dump taken
    just before closing."""
    voters = [*VOTERS]
    random.Random(seed).shuffle(voters)  # noqa: S311 - the same in each run
    for user in voters:
        given = {"SPO06": "3", "BEL07": f"said by {user}", "BEL07a": "quote"}
        poll.db.run_sync(_vote, poll=poll, user=user, given=given, shuffle=shuffle)
    seen = poll.db.read_sync(orders, poll=poll)
    poll.db.run_sync(wave.close, workspace=T, id=poll.id, today=AFTER, sealer=poll.sealer, shuffle=shuffle)
    return voters, [*poll.results()["BEL07"].quotes], seen


def _vote(conn: Connection, *, poll: Polling, user: str, given: Any, shuffle: Any) -> None:
    voting.ballot_cast(conn, poll=poll, user=user, given=given, shuffle=shuffle)


def orders(conn: Connection, *, poll: Polling) -> dict[str, list[str]]:
    """The marks of the ledger in every order a dump shows them in."""
    by = {"sqlite": ["mark"], "postgresql": ["mark", "ctid", "xmin::text::bigint"]}[conn.dialect.name]
    return {
        column: [
            bytes(row[0]).hex()
            for row in conn.execute(
                text(f"SELECT mark FROM ballot_ledger WHERE wave_id = :w ORDER BY {column}"),  # noqa: S608
                {"w": poll.id},
            )
        ]
        for column in by
    }


def attack(db: Database, shuffle: Any, waves: int = WAVES) -> dict[str, float]:
    """The share of texts linked to their author, by strategy."""
    sealer, right = Sealer(KEY), dict[str, int]()
    project = db.run_sync(found)
    for seed in range(waves):
        id = db.run_sync(voting.opens, project=project, sealer=sealer)
        poll = Polling(db=db, project=project, id=id, sealer=sealer)
        voted, published, seen = held(poll, seed, shuffle)
        guesses = {"as voted": voted, "last first": voted[::-1], "as invited": sorted(VOTERS)}
        # whoever knows the order of voting, and takes the order of rows for it
        guesses |= {column: _ranked(marks, voted) for column, marks in seen.items()}
        for name, guess in guesses.items():
            hits = sum(f"said by {who}" == said for who, said in zip(guess, published, strict=True))
            right[name] = right.get(name, 0) + hits
    return {name: hits / (waves * PEOPLE) for name, hits in right.items()}


def _ranked(marks: list[str], voted: list[str]) -> list[str]:
    """People in the order of the rows their marks would be, if rows stood in the order of voting."""
    return [voted[sorted(marks).index(mark)] for mark in marks]


def test_texts_cannot_be_linked_better_than_chance(database: Database) -> None:
    """I6 and N6 of reliability 5."""
    chance = random.Random(11)  # noqa: S311 - the same in each run
    for strategy, share in attack(database, chance.shuffle).items():
        assert share <= BOUND, f"{strategy}: {share:.3f}, chance is {1 / PEOPLE}"


def test_the_attack_wins_against_a_box_that_does_not_shuffle(sqlite_database: Database) -> None:
    """Otherwise the test above would prove nothing."""
    assert attack(sqlite_database, in_order, waves=10)["as voted"] == 1.0


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_no_other_row_is_as_young_as_a_ballot(database: Database) -> None:
    """PostgreSQL's hidden xmin ties rows of one transaction together: those of a ballot are the mark and,
    until the next ballot, the box. No row with a user id is among them."""
    poll = voting.polling(database)
    for user in VOTERS:
        poll.votes(user, SPO06="3")

    def young(conn: Connection) -> set[str]:
        marks = set(conn.execute(text("SELECT xmin::text FROM ballot_ledger")).scalars())
        return {
            table
            for table in metadata.tables
            if marks & set(conn.execute(text(f'SELECT xmin::text FROM "{table}"')).scalars())  # noqa: S608
        }

    assert database.read_sync(young) == {"ballot_ledger", "ballot_box"}


@pytest.mark.parametrize("ballots", [4, 10])
def test_no_word_and_no_voter_is_in_the_bytes_of_the_files(sqlite_url: str, ballots: int) -> None:
    """N4: the file, its write-ahead log, free pages: while the wave is open, and after closing what is
    published only."""
    db = connect(sqlite_url)
    poll = voting.polling(db)
    levels = ["quote", "coach", "count"]
    for n, user in enumerate([*VOTERS][:ballots]):
        assert (
            poll.votes(user, SPO06="5", BEL07=f"canary-{n}-{levels[n % 3]}", BEL07a=levels[n % 3])
            == "recorded"
        )
    assert b"canary-" not in everything(sqlite_url)
    poll.closes()
    db.close()
    left = everything(sqlite_url)
    assert (b"-quote" in left) is (ballots == 10)
    assert b"-coach" not in left
    assert b"-count" not in left


def everything(url: str) -> bytes:
    """Every byte of the database's files."""
    file = Path(str(make_url(url).database))
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))
