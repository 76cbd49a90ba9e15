"""An attacker who copies the database after every ballot, without the key, and who knows who votes when
(N2, N5, N6 of reliability 5). A small part of it in each run; all with `make anonymity`.
"""

import math
import os
import random
from itertools import pairwise
from statistics import fmean

from sqlalchemy import Connection, select

from storage import wave
from storage.database import Database
from storage.sealing import Sealer
from storage.tables import ballot_box, ballot_ledger
from tests.storage import voting
from tests.storage.scoping import T, found
from tests.storage.voting import AFTER, KEY, VOTERS, Polling

WHOLE = os.environ.get("CADRAGE_ANONYMITY") == "all"
WATCHED = 100 if WHOLE else 10  # waves copied after each ballot
TWICE = 1_000 if WHOLE else 30  # ballots sent again, and again while others send
PEOPLE = len(VOTERS)


def wave_of(db: Database, project: str) -> Polling:
    sealer = Sealer(KEY)
    id = db.run_sync(voting.opens, project=project, sealer=sealer)
    return Polling(db=db, project=project, id=id, sealer=sealer)


def copied(conn: Connection, *, id: str) -> tuple[bytes, set[bytes]]:
    """The box and the marks of one wave, as a copy of the database has them."""
    box = select(ballot_box.c.sealed).where(ballot_box.c.workspace == T, ballot_box.c.wave_id == id)
    marks = select(ballot_ledger.c.mark).where(ballot_ledger.c.workspace == T, ballot_ledger.c.wave_id == id)
    return bytes(conn.execute(box).scalar_one()), {bytes(mark) for mark in conn.execute(marks).scalars()}


def watched(db: Database, project: str, chance: random.Random) -> tuple[list[str], list[bytes], list[str]]:
    """One wave: who voted in which order, the box after each ballot, and the texts as published. Some write a
    word and some a page, and everybody's first words are their name."""
    poll, voters = wave_of(db, project), chance.sample([*VOTERS], PEOPLE)
    boxes, known = [db.read_sync(copied, id=poll.id)[0]], set[bytes]()
    for user in voters:
        text = f"{user} " + "x" * chance.choice((0, 50, 500, 1400))
        given = {"SPO06": "3", "BEL07": text, "BEL07a": "quote"}
        db.run_sync(voting.ballot_cast, poll=poll, user=user, given=given, shuffle=chance.shuffle)
        box, marks = db.read_sync(copied, id=poll.id)
        assert len(marks - known) == 1, "one mark more, and none of the others has changed"
        known = marks
        boxes.append(box)
    db.run_sync(wave.close, workspace=T, id=poll.id, today=AFTER, sealer=poll.sealer, shuffle=chance.shuffle)
    return voters, boxes, [*poll.results()["BEL07"].quotes]


def alike(one: bytes, other: bytes) -> int:
    """At how many places two copies of the box are the same."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def test_copies_after_every_ballot_tell_neither_length_nor_order(database: Database) -> None:
    chance, project = random.Random(5), database.run_sync(found)  # noqa: S311 - the same in each run
    right, correlations = 0, []
    for _ in range(WATCHED):
        voters, boxes, published = watched(database, project, chance)
        assert len({len(box) for box in boxes}) == 1
        assert len({box[:12] for box in boxes}) == len(boxes), "never sealed twice with one nonce"
        changed = [alike(one, other) for one, other in pairwise(boxes)]
        guess = [voters[n] for n in sorted(range(PEOPLE), key=lambda n: changed[n])]
        longest = sorted(published, key=len, reverse=True)
        right += sum(text.startswith(f"{user} ") for user, text in zip(guess, longest, strict=True))
        places = [voters.index(text.split(" ")[0]) for text in published]
        correlations.append(correlation([*range(PEOPLE)], places))
    share, bound = right / (WATCHED * PEOPLE), within(1 / PEOPLE, WATCHED * PEOPLE)
    assert share <= bound, f"{share:.3f} of the texts found; chance is {1 / PEOPLE}"
    assert abs(fmean(correlations)) <= 5 / math.sqrt((PEOPLE - 1) * WATCHED), "N6"


def within(share: float, many: int) -> float:
    """Five standard deviations: a test that is right fails once in millions of runs."""
    return share + 5 * math.sqrt(share * (1 - share) / many)


def correlation(one: list[int], other: list[int]) -> float:
    """Of two orders of the same things (Spearman)."""
    n = len(one)
    return 1 - 6 * sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / (n * (n * n - 1))


def test_a_ballot_sent_again_counts_once(database: Database) -> None:
    """N5: the second of two presses, or the repetition of one whose answer was lost."""
    project, cast = database.run_sync(found), 0
    while cast < TWICE:
        poll = wave_of(database, project)
        for n, user in enumerate(VOTERS):
            assert poll.votes(user, SPO06="3") == "recorded"
            assert {poll.votes(user, SPO06=point) for point in ("1", "5")[: 1 + n % 2]} == {"already"}
            cast += 1
        poll.closes()
        kept = poll.results()["SPO06"]
        assert (kept.n, kept.total) == (PEOPLE, 3 * PEOPLE)
