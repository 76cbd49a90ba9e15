"""A wave and its voters, as tests of storage drive them. Run as a program it votes until it is killed."""

import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.schema import Table

from flows.wave import ballot
from flows.wave.model import NO_ANSWER, Ballot, Item
from storage import wave
from storage.ballot import Cast, cast
from storage.database import Database, connect
from storage.sealing import Sealer
from storage.wave import NewWave, Wave
from tests.storage.scoping import SOPHIE, T, found

KEY = "a key of the tests, which is long enough"
OPENED, LAST, AFTER = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 2)
ITEMS = (
    Item(id="SPO06", kind="scale", invited=10, groups=("it", "sales")),
    Item(id="COL10", kind="choice", invited=10, several=True, options=("sales", "it", "nobody")),
    Item(id="BEL07", kind="text", invited=10, longest=1500, consent="BEL07a"),
)
VOTERS = {f"UV{n}": "sales" if n < 5 else "it" for n in range(10)}
SHUFFLE = random.Random(7).shuffle  # noqa: S311 - the same in each run


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """One open wave of ten people in two functions."""

    db: Database
    project: str
    id: str
    sealer: Sealer

    def votes(self, user: str, *, today: date = LAST, **given: Any) -> Cast:
        return self.db.run_sync(
            vote, wave_id=self.id, user=user, given=given, today=today, sealer=self.sealer
        )

    def closes(self) -> Wave | None:
        return self.db.run_sync(
            wave.close, workspace=T, id=self.id, today=AFTER, sealer=self.sealer, shuffle=SHUFFLE
        )

    def results(self) -> Mapping[str, Any]:
        return self.db.read_sync(wave.results, workspace=T, ids=[self.id])[self.id]

    def rows(self, table: Table) -> int:
        counted = select(func.count()).select_from(table).where(table.c.workspace == T)
        return int(self.db.read_sync(lambda conn: conn.execute(counted).scalar_one()))


def sheet(given: Mapping[str, Any]) -> Ballot:
    read = ballot.read(ITEMS, {"SPO06": NO_ANSWER, "COL10": [NO_ANSWER], **given})
    assert isinstance(read, Ballot)
    return read


def vote(
    conn: Connection, *, wave_id: str, user: str, given: Mapping[str, Any], today: date, sealer: Sealer
) -> Cast:
    return cast(
        conn, workspace=T, wave_id=wave_id, user=user, ballot=sheet(given), today=today, sealer=sealer,
        shuffle=SHUFFLE,
    )  # fmt: skip


def ballot_cast(
    conn: Connection, *, poll: Polling, user: str, given: Mapping[str, Any], shuffle: Any
) -> Cast:
    """As `vote`, with a shuffle of one's own."""
    return cast(
        conn, workspace=T, wave_id=poll.id, user=user, ballot=sheet(given), today=LAST, sealer=poll.sealer,
        shuffle=shuffle,
    )  # fmt: skip


def opens(
    conn: Connection, *, project: str, sealer: Sealer, what: str = "D07", opened_on: date = OPENED
) -> str:
    new = NewWave(
        workspace=T, project_id=project, what=what, opened_by=SOPHIE, opened_on=opened_on, closes_on=LAST,
        threshold=5, items=ITEMS, invited=VOTERS,
    )  # fmt: skip
    return wave.create(conn, new, sealer=sealer)


def polling(db: Database, key: str = KEY) -> Polling:
    sealer = Sealer(key)
    project = db.run_sync(found)
    return Polling(
        db=db, project=project, sealer=sealer, id=db.run_sync(opens, project=project, sealer=sealer)
    )


def main(url: str, id: str) -> None:
    """Vote for everybody in turn, and say who has been told "recorded"."""
    db = connect(url)
    here = Polling(db=db, project="", id=id, sealer=Sealer(KEY))
    for user in VOTERS:
        sys.stdout.write(f"{user} {here.votes(user, SPO06='3')}\n")
        sys.stdout.flush()
    here.closes()
    sys.stdout.write("closed\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
