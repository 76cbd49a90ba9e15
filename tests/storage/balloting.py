"""Votes in a workshop for everybody in turn until it is killed, as a program of its own; then reveals."""

import random
import sys
from datetime import UTC, datetime

from flows.cadence import zone
from flows.playbook import load
from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.hours import Calendar
from storage import workshop as workshops
from storage.database import connect
from storage.sealing import Sealer
from tests.databases import PATIENCE
from tests.storage.scoping import SOPHIE, T

KEY = "a key of the tests, which is long enough"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def main(url: str, id: str, *users: str) -> None:
    """Say whose vote has been taken, once it has."""
    db = connect(url, deadline=PATIENCE)
    found = db.read_sync(workshops.get, workspace=T, id=id)
    assert found is not None
    assert found.ballot is not None
    setting = workshops.Setting(
        script=load().workshops[found.script], calendar=Calendar(zone=zone("Europe/Paris")),
        sealer=Sealer(KEY), shuffle=random.shuffle,
    )  # fmt: skip
    votes: list[events.Event] = [
        events.Voted(by=user, at=NOW, vote=Vote(choices={"text": 4}), ballot=found.ballot.number)
        for user in users
    ]
    for event in (*votes, events.NextPressed(by=SOPHIE, at=NOW, seen=found.move)):
        turn = db.run_sync(workshops.take, workspace=T, id=id, event=event, setting=setting)
        sys.stdout.write(f"{event.by} {turn.refusal or 'taken' if turn else 'nothing'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
