"""The verdict of a run, from the database, the sandbox's messages and people's memory (reliability 5.1).

One program decides: what was acknowledged and is not there, what is there twice, what is not there, what came
in the wrong order. Needs nothing of the bot but the name of a message's mark.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, make_url, select

from storage import audit, project
from storage.database import connect
from storage.tables import answer, answer_past, card, outbox
from tests.faults.people import BOT, Memory
from tests.faults.slack import Json
from tests.faults.watch import Heard
from tests.faults.world import KEY, QUESTION, WORKSPACE

SHOWS: frozenset[str] = frozenset({"card", "post", "dm"})  # operations that leave a message


PUT_OFF = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the database holds in the end."""

    rows: Sequence[Any]  # of outbox, but what was put off to somebody's hours and has not been tried
    cards: Sequence[Any]
    answers: Mapping[str, Sequence[str]]  # by person, in the order of their versions
    holes: Sequence[str]  # people whose versions are not 1..n


@dataclass(kw_only=True)
class Verdict:
    """Sentences, each about one thing that is wrong. All empty: nothing is."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)
    replies: int = 0
    messages: int = 0

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.missing, *self.disorder]


def kept(url: str) -> Kept:
    """Read the database, past all code of the bot. The bots may still run."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    current = select(answer.c.respondent, answer.c.version, answer.c.value)
    past = select(answer_past.c.respondent, answer_past.c.version, answer_past.c.value)
    try:
        with engine.connect() as conn:
            said = [
                *conn.execute(current.where(answer.c.question == QUESTION)),
                *conn.execute(past.where(answer_past.c.question == QUESTION)),
            ]
            rows = [row for row in conn.execute(select(outbox).order_by(outbox.c.id)) if not _put_off(row)]
            cards = conn.execute(select(card)).all()
    finally:
        engine.dispose()
    versions: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in said:
        versions[row.respondent].append((row.version, str(row.value)))
    ordered = {who: sorted(given) for who, given in versions.items()}
    holes = [who for who, given in ordered.items() if [v for v, _ in given] != list(range(1, len(given) + 1))]
    answers = {who: [text for _, text in given] for who, given in ordered.items()}
    return Kept(rows=rows, cards=cards, answers=answers, holes=holes)


def broken_chains(url: str) -> list[str]:
    """Each project has an audit, and all of its links hold. No bot runs any more."""
    database = connect(url, key=KEY)
    try:
        found = {
            one.name: database.read_sync(audit.verify, workspace=one.workspace, project_id=one.id)
            for one in database.read_sync(project.everywhere)
        }
    finally:
        database.close()
    return [f"the audit of {name}: {one}" for name, one in found.items() if one.broken or not one.links]


def _put_off(row: Any) -> bool:
    late = row.not_before - datetime.now(UTC) > PUT_OFF
    return row.state == "ready" and not row.attempts and late


def judge(kept: Kept, messages: Mapping[str, Sequence[Json]], memory: Memory, heard: Heard) -> Verdict:
    """`messages`: everything in Slack, by channel."""
    verdict = Verdict(messages=sum(_ours(m) for said in messages.values() for m in said))
    by_mark = _by_mark(messages)
    _answers(verdict, kept, memory)
    _rows(verdict, kept, by_mark)
    _strays(verdict, kept, messages)
    _cards(verdict, kept, messages)
    _lanes(verdict, kept, by_mark)
    _replies(verdict, kept, memory, heard, by_mark)
    return verdict


def _answers(verdict: Verdict, kept: Kept, memory: Memory) -> None:
    """Each acknowledged text is in the history, after those acknowledged before; nothing else is."""
    latest: dict[str, int] = {}
    for who, text in memory.answered:
        texts = kept.answers.get(who, ())
        if text not in texts:
            verdict.lost.append(f"acknowledged and lost: {text}")
        elif (at := len(texts) - 1 - list(reversed(texts)).index(text)) < latest.get(who, -1):
            verdict.disorder.append(f"older than an answer that was acknowledged before it: {text}")
        else:
            latest[who] = at
    for who, texts in kept.answers.items():
        verdict.doubled += [f"kept, and never sent: {t}" for t in texts if (who, t) not in memory.sent]
    verdict.lost += [f"the versions of {who} have holes" for who in kept.holes]


def _rows(verdict: Verdict, kept: Kept, by_mark: Mapping[str, list[Json]]) -> None:
    """Every row ends sent or superseded; a sent one has exactly one message."""
    for row in kept.rows:
        said = by_mark.get(_mark(row.key), [])
        if row.state not in ("sent", "superseded"):
            verdict.missing.append(f"outbox row {row.key} ended {row.state} ({row.error})")
        elif row.op in SHOWS and row.state == "sent" and not said:
            verdict.missing.append(f"outbox row {row.key} is sent, and there is no message")
        if len(said) > 1:
            verdict.doubled.append(f"{row.key} was posted {len(said)} times: {[m['ts'] for m in said]}")


def _strays(verdict: Verdict, kept: Kept, messages: Mapping[str, Sequence[Json]]) -> None:
    """Each message of the bot is that of one row."""
    known = {_mark(row.key) for row in kept.rows}
    for channel, said in messages.items():
        verdict.doubled.extend(
            f"a message nobody queued, in {channel}: {message.get('text', '')[:60]}"
            for message in said
            if _ours(message) and _mark_in(message) not in known
        )


def _cards(verdict: Verdict, kept: Kept, messages: Mapping[str, Sequence[Json]]) -> None:
    """Each card stands where the database says."""
    there = {(channel, message["ts"]) for channel, said in messages.items() for message in said}
    verdict.missing.extend(
        f"card {row.kind} of {row.object_id} is not where it should be"
        for row in kept.cards
        if (row.channel, row.ts) not in there
    )


def _lanes(verdict: Verdict, kept: Kept, by_mark: Mapping[str, list[Json]]) -> None:
    """New messages came in the order in which they were queued. Cards move when they are refreshed."""
    latest: dict[str, tuple[float, str]] = {}
    for row in kept.rows:  # by id: the order in which they were queued
        said = by_mark.get(_mark(row.key), [])
        if row.op not in ("post", "dm") or not said:
            continue
        ts = float(said[0]["ts"])
        before = latest.get(row.lane)
        if before is not None and ts < before[0]:
            verdict.disorder.append(f"in lane {row.lane}, {row.key} came before {before[1]}")
        latest[row.lane] = (ts, row.key)


def _replies(
    verdict: Verdict, kept: Kept, memory: Memory, heard: Heard, by_mark: Mapping[str, list[Json]]
) -> None:
    """Each message that was acknowledged to Slack has exactly one reply; one that never was, at most one."""
    rows = {_asked(row): row for row in kept.rows if row.ref.get("what") == "typed"}
    found = Counter({at: len(by_mark.get(_mark(row.key), [])) for at, row in rows.items()})
    for written in memory.written:
        at = (written.channel, written.ts)
        if found[at] == 0 and at in heard.acknowledged:
            verdict.lost.append(f"{written.who} wrote {at}, it was acknowledged, and there is no reply")
        elif found[at] == 0 and at not in heard.delivered:
            verdict.missing.append(f"{written.who} wrote {at}, and Slack never delivered it")
    verdict.replies = sum(found.values())


def _asked(row: Any) -> tuple[str, str]:
    """The message a reply answers, from the key of its row."""
    _, channel, ts, *_ = row.key.split(":")
    return channel, ts


def _by_mark(messages: Mapping[str, Sequence[Json]]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for said in messages.values():
        for message in said:
            if _ours(message):
                found[_mark_in(message)].append(message)
    return found


def _ours(message: Json) -> bool:
    return message.get("user") == BOT and message.get("subtype") is None


def _mark_in(message: Json) -> str:
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("k", ""))


def _mark(key: str) -> str:
    """As bot/outbound/delivery.py marks a message; spelled out here, so that a change there is noticed."""
    return hashlib.sha256(f"{WORKSPACE}:{key}".encode()).hexdigest()[:32]
