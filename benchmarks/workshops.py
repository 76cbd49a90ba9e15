"""What a workshop costs with 10, 60 and 500 people: one vote, the reveal, the card, each tally, alike ideas.

Votes and the reveal go through storage on SQLite; a tally stands beside a floor: counting the same values
with `collections.Counter`; a card beside the JSON of what it says. Sixty people who vote at once stand in
`benchmarks/voting.py`, which is measured with it.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import voting
from benchmarks.pieces import parts_of
from bot.routes import RENDERERS
from flows.cadence import zone
from flows.playbook import Playbook
from flows.playbook import load as load_content
from flows.words import Words
from flows.workshop import cluster, counting, events
from flows.workshop.ballot import Ballot, Item, Vote
from flows.workshop.grid import AXES, key
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Participant, Workshop
from flows.workshop.script import BallotKind
from storage import project
from storage import workshop as workshops
from storage.database import Database, connect
from storage.outbox import Row
from storage.sealing import Sealer, new_key

CROWDS = (10, 60, 500)
TIMES, FEW = 20, 3
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SOPHIE, T = "USOPHIE", "T1"
KINDS: tuple[BallotKind, ...] = ("fist", "dots", "grid", "points", "ranking")
CHANCE = random.Random(6)  # the same votes in each run
THINGS = ("data", "training", "budget", "time", "sales", "service", "tool", "quotes", "orders", "meetings")


def main(*, quick: bool = False) -> None:
    """Print two tables: pure work beside its floor, and turns through storage."""
    times = FEW if quick else TIMES
    print(
        "\n| workshop, counted once | people | median | the floor | ratio |\n|---|--:|--:|--:|--:|",
        flush=True,
    )
    for crowd in CROWDS:
        for name, work, least in (*_tallies(crowd), _alike(crowd)):
            spent, floor = _median(work, times), _median(least, times)
            print(f"| {name} | {crowd} | {_ms(spent)} | {_ms(floor)} | {spent / floor:.1f} |", flush=True)
    print("\n| workshop, kept (SQLite) | people | median | most |\n|---|--:|--:|--:|", flush=True)
    playbook = load_content()
    for crowd in CROWDS:
        with _database() as db:
            spent_on = _votes(db, playbook, crowd)
        for name, found in spent_on.items():
            print(f"| {name} | {crowd} | {_ms(statistics.median(found))} | {_ms(max(found))} |", flush=True)
    print(
        "\n| card of a step, drawn | people | median | the floor | ratio |\n|---|--:|--:|--:|--:|", flush=True
    )
    for crowd in CROWDS:
        with _database() as db:
            for name, work, least in _cards(db, playbook, crowd):
                spent, floor = _median(work, times), _median(least, times)
                print(f"| {name} | {crowd} | {_ms(spent)} | {_ms(floor)} | {spent / floor:.1f} |", flush=True)
    voting.main(quick=quick)


def _tallies(crowd: int) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Any]]]:
    for kind in KINDS:
        items = _items(1 if kind == "fist" else 10)
        ballot = counting.opened(Ballot(number=1, step=1, kind=kind, items=items))
        votes = {f"U{n}": _vote(kind, items) for n in range(crowd)}
        yield f"{kind}, items: {len(items)}", _counting(ballot, votes), _counter(votes)


def _counting(ballot: Ballot, votes: Mapping[str, Vote]) -> Callable[[], Any]:
    return lambda: counting.count(ballot, votes, voters=len(votes), indicative=False)


def _counter(votes: Mapping[str, Vote]) -> Callable[[], Any]:
    return lambda: Counter(pair for vote in votes.values() for pair in vote.choices.items())


def _alike(crowd: int) -> tuple[str, Callable[[], Any], Callable[[], Any]]:
    texts = [" ".join(CHANCE.sample(THINGS, 4)) for _ in range(crowd)]
    cards = [Card(id=str(n), step=1, kind="idea", text=text) for n, text in enumerate(texts)]
    return "alike ideas, one each", lambda: cluster.proposals(cards), lambda: [text.split() for text in texts]


def _items(number: int) -> tuple[Item, ...]:
    return tuple(Item(id=f"i{n}", words=Words.same(f"item {n}")) for n in range(number))


def _vote(kind: BallotKind, items: tuple[Item, ...]) -> Vote:
    ids = [item.id for item in items]
    match kind:
        case "fist":
            return Vote(choices={id: CHANCE.randint(2, 5) for id in ids})
        case "dots":
            return Vote(choices=dict.fromkeys(CHANCE.sample(ids, 3), 1))
        case "grid":
            return Vote(choices={key(id, axis): CHANCE.randint(1, 5) for id in ids for axis in AXES})
        case "points":
            return Vote(choices=dict.fromkeys(ids, 10))
        case _:
            places = CHANCE.sample(range(1, len(ids) + 1), len(ids))
            return Vote(choices=dict(zip(ids, places, strict=True)))


def _votes(db: Database, playbook: Playbook, crowd: int) -> dict[str, list[float]]:
    """Everybody votes, one after the other; the last vote reveals."""
    script = playbook.workshops["W02"]
    setting = workshops.Setting(
        script=script, calendar=Calendar(zone=zone("Europe/Paris")), sealer=Sealer(new_key()),
        shuffle=CHANCE.shuffle,
    )  # fmt: skip
    held = db.run_sync(workshops.put, workshop=_planned(db, crowd))

    def take(event: Any) -> Workshop:
        turn = db.run_sync(workshops.take, workspace=T, id=held.id, event=event, setting=setting)
        if turn is None or turn.refusal:
            raise RuntimeError(f"the workshop refused: {turn}")
        return turn.workshop

    here = take(events.Opened(by=SOPHIE, at=NOW))
    while here.step < script.steps[-2].number:
        here = take(events.Skipped(by=SOPHIE, at=NOW, seen=here.move))
    items = _items(1)
    here = take(events.BallotOpened(by="", at=NOW, items=items, seen=here.move))
    number = here.ballot.number if here.ballot else 0
    spent = [_spent(take, f"U{n}", number, _vote("fist", items)) for n in range(crowd)]
    return {"one vote": spent[:-1], "the last vote, with the reveal": spent[-1:]}


def _cards(
    db: Database, playbook: Playbook, crowd: int
) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Any]]]:
    """The card while people vote, then with the result; the floor is the JSON of its blocks."""
    parts = parts_of(db, playbook)
    for name, votes in (("while they vote", crowd // 2), ("with the result", crowd)):
        held = db.run_sync(voting.at_the_vote, parts=parts, number=votes, people=crowd)
        for one in held.voters[:votes]:
            held = db.run_sync(voting.one_vote, parts=parts, here=held, user=one.user)
        row = Row(
            id=1, workspace=held.workspace, key="k", lane="l", op="card", attempts=1, look_up=False,
            ref={"what": "workshop_step", "workshop": held.id, "step": voting.STEP, "visit": 1},
            first_try=NOW, remote_id=None,
        )  # fmt: skip
        draw = partial(db.read_sync, RENDERERS["workshop_step"], row, parts)
        message: Any = draw()
        yield name, draw, partial(json.dumps, list(message.blocks))


def _spent(take: Callable[[Any], Workshop], user: str, ballot: int, vote: Vote) -> float:
    start = time.perf_counter()
    take(events.Voted(by=user, at=NOW, vote=vote, ballot=ballot))
    return time.perf_counter() - start


def _planned(db: Database, crowd: int) -> Workshop:
    founded = db.run_sync(
        project.create, workspace=T, channel="C1", language="en", facilitator=SOPHIE, name="Boréal", now=NOW
    )
    people = tuple(Participant(user=f"U{n}", counted=True, seat="here") for n in range(crowd))
    return Workshop(
        id=workshops.fresh_id(), workspace=T, project_id=founded, number=0, script="W02", mode="live",
        facilitator=SOPHIE, channel="C1", planned_by=SOPHIE, people=people,
    )  # fmt: skip


@contextmanager
def _database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = connect(f"sqlite:///{Path(folder) / 'cadrage.db'}", deadline=60)
        db.upgrade()
        try:
            yield db
        finally:
            db.close()


def _median(work: Callable[[], Any], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
