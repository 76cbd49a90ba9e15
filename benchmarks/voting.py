"""Sixty people vote within two seconds in a live workshop, and the last vote reveals: how long each waits,
how often the card is drawn, how long until everybody can read the result.

`python -m benchmarks.voting`; part of `make bench BENCH=workshops`. The product runs as it runs for real, by
Socket Mode; before it, in the same run, a bare Bolt app that only acknowledges takes as many forms at the
same pace. Every vote has to be in the tally once.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from benchmarks import subjects
from benchmarks.load import FloorPerson, envelope
from benchmarks.measure import middle, percentile
from benchmarks.pieces import parts_of
from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE, Json
from benchmarks.stores import store
from benchmarks.wire import Wire
from bot.parts import Parts
from bot.workshops import deeds
from flows.playbook import load as load_content
from flows.project import FUNCTIONS, Member, Person
from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.model import Workshop
from flows.workshop.roster import roster
from storage import person, project
from storage import workshop as workshops
from storage.database import Connection, connect

PEOPLE, WITHIN = 60, 2.0  # who vote, in so many seconds
ROUNDS = 5
SCRIPT, STEP = "W01", 4  # a support vote on one text: six buttons on the card
QUIET = 3.0  # seconds without a call, after which nothing is left to say
LONGEST = 60.0
BUTTON = "workshop.fist"


def main(*, quick: bool = False) -> None:
    """Print the table."""
    rounds = 1 if quick else ROUNDS
    print(
        f"\n| {PEOPLE} votes in {WITHIN:.0f} s, {rounds} times | ack median | p99 | most | "
        "card drawn a second, at most | last vote → result read: median | most | lost or doubled | errors |"
        "\n|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        flush=True,
    )
    print(f"| the floor: acknowledged, not kept | {asyncio.run(_floor(rounds))}", flush=True)
    for kind in ("SQLite", "PostgreSQL"):
        with store(kind) as url:
            print(f"| Cadrage, {kind} | {asyncio.run(_product(url, rounds))}", flush=True)


@dataclass(kw_only=True)
class Heard:
    """What has reached the sink about cards: when each was drawn, and whether one could vote on it."""

    drawn: list[tuple[float, str, str, bool]] = field(default_factory=list)  # when, channel, ts, revealed
    ready: set[str] = field(default_factory=set)  # channels whose card can be voted on
    latest: float = field(default_factory=time.perf_counter)

    def listens(self, before: Callable[[str, Json], None]) -> Callable[[str, Json], None]:
        """Beside whoever listens already."""

        def call(method: str, body: Json) -> None:
            before(method, body)
            self.latest = time.perf_counter()
            if method not in ("chat.postMessage", "chat.update"):
                return
            said = json.dumps(body.get("blocks"), ensure_ascii=False)
            if BUTTON in said:
                self.ready.add(str(body["channel"]))
            if method == "chat.update":
                ended = f" {STEP} sur " in said and BUTTON not in said
                self.drawn.append((self.latest, str(body["channel"]), str(body["ts"]), ended))

        return call

    def revealed(self, channel: str) -> float | None:
        """When the card of the vote was drawn without its buttons; None: not yet."""
        return next((at for at, where, _, ended in self.drawn if where == channel and ended), None)

    def most(self) -> int:
        """How often one card was drawn within a second, at most. A second, less what a machine may wobble."""
        by_card: dict[str, list[float]] = {}
        for at, _, ts, _ in self.drawn:
            by_card.setdefault(ts, []).append(at)
        counts = [
            sum(first <= at < first + 0.95 for at in all_) for all_ in by_card.values() for first in all_
        ]
        return max(counts, default=0)


async def _paced(presses: list[Callable[[], Awaitable[float]]]) -> tuple[list[float], float, list[str]]:
    """All of them, evenly over the time there is: seconds each took, when the last was pressed, errors."""
    acks: list[float] = []
    errors: list[str] = []

    async def press(n: int, one: Callable[[], Awaitable[float]]) -> float:
        await asyncio.sleep(n * WITHIN / len(presses))
        began = time.perf_counter()
        try:
            acks.append(await one())
        except Exception as error:
            errors.append(repr(error))
        return began

    began = await asyncio.gather(*(press(n, one) for n, one in enumerate(presses)))
    return acks, max(began), errors


async def _floor(rounds: int) -> str:
    found: list[float] = []
    wrong: list[str] = []
    async with subjects.floor("Socket Mode", PEOPLE) as base:
        people = [one for one in base.people if isinstance(one, FloorPerson)]

        def press(who: FloorPerson) -> Callable[[], Awaitable[float]]:
            async def one() -> float:
                return (await who.turn())[0]

            return one

        for _ in range(rounds):
            acks, _, errors = await _paced([press(who) for who in people])
            found, wrong = [*found, *acks], [*wrong, *errors]
    return (
        f"{_ms(middle(found))} | {_ms(percentile(found, 0.99))} | {_ms(max(found))} | | | | | {len(wrong)} |"
    )


async def _product(url: str, rounds: int) -> str:
    held = await asyncio.to_thread(_seeded, url, rounds)
    heard, told = Heard(), Told()
    async with subjects.product("Socket Mode", 0, url, iter(()), tick=3) as subject:
        subject.sink.on_call = heard.listens(subject.sink.on_call)
        await _until(lambda: heard.ready >= {one.channel for one in held})
        await _until(lambda: time.perf_counter() - heard.latest > QUIET)
        for one in held:
            heard.drawn.clear()
            acks, last, errors = await _paced([_press(subject.wire, who.user, one) for who in one.voters])
            await _until(partial(heard.revealed, one.channel))
            told.acks += acks
            told.errors += errors
            told.shown.append((heard.revealed(one.channel) or float("nan")) - last)
            await _until(lambda: time.perf_counter() - heard.latest > QUIET)
            told.most = max(told.most, heard.most())
    told.amiss = await asyncio.to_thread(_amiss, url, held)
    return told.row()


@dataclass(kw_only=True)
class Told:
    """What came of all rounds."""

    acks: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    most: int = 0
    amiss: int = 0

    def row(self) -> str:
        """As cells of the table; the first error in a line of its own."""
        for error in self.errors[:1]:
            print(f"    first error: {error}", flush=True)
        cells = (
            _ms(middle(self.acks)), _ms(percentile(self.acks, 0.99)), _ms(max(self.acks)), self.most,
            _ms(middle(self.shown)), _ms(max(self.shown)), self.amiss, len(self.errors),
        )  # fmt: skip
        return " | ".join(str(cell) for cell in cells) + " |"


def _press(wire: Wire, user: str, one: Workshop) -> Callable[[], Awaitable[float]]:
    """One of the six buttons of the card, by one person."""
    assert one.ballot is not None
    action = {
        "type": "button", "action_id": f"{BUTTON}:4", "block_id": "b",
        "value": f"{one.id}:{one.ballot.number}:4", "text": {"type": "plain_text", "text": "4"},
    }  # fmt: skip

    async def pressed() -> float:
        began = time.perf_counter()
        now = {**action, "action_ts": f"{time.time():.6f}"}
        where = {"type": "message", "message_ts": "1.0", "channel_id": one.channel}
        await wire.interact(envelope("block_actions", user, actions=[now], container=where))
        return time.perf_counter() - began

    return pressed


async def _until(so: Callable[[], object]) -> None:
    """Wait until it is so, but not for ever."""
    end = time.perf_counter() + LONGEST
    while not so() and time.perf_counter() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


def _seeded(url: str, rounds: int) -> list[Workshop]:
    """As many workshops, each of a project and channel of its own, at their vote; everybody is there."""
    db = connect(url, deadline=60, key=KEY)
    try:
        db.upgrade()
        parts = parts_of(db, load_content())
        return [db.run_sync(at_the_vote, parts=parts, number=number) for number in range(rounds)]
    finally:
        db.close()


def at_the_vote(conn: Connection, *, parts: Parts, number: int, people: int = PEOPLE) -> Workshop:
    """A live workshop of a project of its own, at its support vote; everybody is there."""
    now, lead = datetime.now(UTC), f"U0F{number}"
    team = [f"U0T{number}X{n:03d}" for n in range(people)]
    for user in (lead, *team):
        person.remember(conn, person=Person(workspace=WORKSPACE, user=user, name=f"Person {user}",
                                            zone="Europe/Paris", locale="fr-FR", fetched_at=now))  # fmt: skip
    id = project.create(conn, workspace=WORKSPACE, channel=f"C0V{number}", language="fr", facilitator=lead,
                        name="Boréal", now=now)  # fmt: skip
    project.set_facts(conn, workspace=WORKSPACE, id=id, start=now.date(), phase="P1")
    for role, user in (("facilitator", lead), ("sponsor", team[0]), ("arbiter", team[0])):
        project.set_role(conn, workspace=WORKSPACE, id=id, role=role, user=user)  # type: ignore[arg-type]
    members = [Member(user=user, function=FUNCTIONS[n % len(FUNCTIONS)]) for n, user in enumerate(team)]
    project.set_team(conn, workspace=WORKSPACE, id=id, members=members)
    kept = project.get(conn, workspace=WORKSPACE, id=id)
    assert kept is not None
    script = parts.playbook.workshops[SCRIPT]
    there = roster(script, kept.cast, facilitator=lead)
    planned = workshops.put(conn, workshop=Workshop(
        id=workshops.fresh_id(), workspace=WORKSPACE, project_id=id, number=0, script=SCRIPT, mode="live",
        facilitator=lead, channel=kept.channel, planned_by=lead, people=there,
    ))  # fmt: skip
    here = _happens(conn, parts, planned, events.Opened(by=lead, at=now))
    for one in there:
        here = _happens(conn, parts, here, events.Joined(by=one.user, at=now, person=one))
    while here.step < STEP:
        here = _happens(conn, parts, here, events.Skipped(by=lead, at=now, seen=here.move))
    assert here.voting
    assert len(here.voters) == people
    return here


def one_vote(conn: Connection, *, parts: Parts, here: Workshop, user: str) -> Workshop:
    """As the bot takes a vote: with all that follows from it."""
    assert here.ballot is not None
    vote = Vote(choices={here.ballot.items[0].id: 4})
    cast = events.Voted(by=user, at=datetime.now(UTC), vote=vote, ballot=here.ballot.number)
    return _happens(conn, parts, here, cast)


def _happens(conn: Connection, parts: Parts, here: Workshop, event: events.Event) -> Workshop:
    done = deeds.happen(
        conn, parts=parts, workspace=WORKSPACE, id=here.id, make=lambda _: event, now=event.at
    )
    assert done is not None
    assert done.taken, done.turn.refusal
    return done.workshop


def _amiss(url: str, held: list[Workshop]) -> int:
    """Votes that are not in the tally, or are in it twice."""
    db = connect(url, deadline=60, key=KEY)
    try:
        found = [db.read_sync(workshops.results, workspace=WORKSPACE, id=one.id) for one in held]
    finally:
        db.close()
    return sum(abs(PEOPLE - sum(each.n for each in results)) for results in found)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
