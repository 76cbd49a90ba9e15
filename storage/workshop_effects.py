"""Carries out what a turn of a workshop asks for: votes held, thrown away, counted; cards; sealed boxes."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.wave.model import Item, Shuffle, TextKept
from flows.workshop import effects as said
from flows.workshop.ballot import Vote
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Workshop
from flows.workshop.script import Script
from storage import wave as waves
from storage import workshop_rows as rows
from storage.failpoint import fp
from storage.sealing import Sealer
from storage.statement import Both
from storage.tables import workshop_card as card
from storage.tables import workshop_result as result
from storage.tables import workshop_vote as vote
from storage.wave import NewWave

ENOUGH = 5  # answers below which a box is destroyed unread (5.3)
WORTH, WRITTEN = "WRT01", "WRT02"  # questions of the two boxes
LINES, LONGEST = 5, 1500
A_DAY = timedelta(hours=8)  # of work: the score is open for one working day

_HERE = (vote.c.workspace == bindparam("w"), vote.c.workshop_id == bindparam("i"))
_BALLOT = (*_HERE, vote.c.ballot == bindparam("b"))
_VOTES = select(vote).where(*_BALLOT).order_by(vote.c.user)
_HOLD = Both(
    lambda insert: (new := insert(vote)).on_conflict_do_update(
        index_elements=["workspace", "workshop_id", "ballot", "user"],
        set_={name: new.excluded[name] for name in ("choices", "why", "signed")},
    )
)
_DROP = delete(vote).where(*_BALLOT)
_DROP_ONE = _DROP.where(vote.c.user == bindparam("u"))
_KEEP_RESULT = insert(result)
_KEEP_CARD = Both(lambda insert: insert(card).on_conflict_do_nothing())
_CARDS = (card.c.workspace == bindparam("w"), card.c.workshop_id == bindparam("i"))
_CARD = (*_CARDS, card.c.id == bindparam("c"))
_DROP_CARD = delete(card).where(*_CARD)
_DROP_EARLIER = delete(card).where(
    *_CARDS, card.c.step == bindparam("s"), card.c.kind == bindparam("k"), card.c.author == bindparam("a")
)
_CHANGE = update(card).where(*_CARD).values(text=bindparam("new_text"), fields=bindparam("new_fields"))
_ROOT = select(card.c.into).where(*_CARD)
_MERGE = (
    update(card)
    .where(*_CARDS, card.c.id.in_(bindparam("ids", expanding=True)), card.c.id != bindparam("root"))
    .values(into=bindparam("root"))
)
_FOLLOW = (
    update(card)
    .where(*_CARDS, card.c.into.in_(bindparam("ids", expanding=True)))
    .values(into=bindparam("root"))
)
_UNSIGN = (
    update(card)
    .where(
        *_CARDS,
        card.c.step == bindparam("s"),
        card.c.signed.is_(False),
        card.c.kind.not_in(("row", "decision")),
    )
    .values(author="")
)


def votes(conn: Connection, workshop: Workshop) -> dict[str, Vote]:
    """The votes of the open ballot: for its reveal, and for nothing else."""
    key = {"w": workshop.workspace, "i": workshop.id, "b": workshop.asked}
    return {row.user: rows.vote(row) for row in conn.execute(_VOTES, key)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Where the effects of one turn are kept. What people are to be told is left to others."""

    conn: Connection
    workshop: Workshop
    script: Script
    at: datetime
    calendar: Calendar
    sealer: Sealer
    shuffle: Shuffle

    def carry_out(self, effect: said.Effect) -> None:
        """One effect; one that is not about keeping is passed over."""
        keep = _KEEPS.get(type(effect))
        if keep is not None:
            keep(self, effect)

    @property
    def here(self) -> dict[str, Any]:
        """Which workshop, for a statement."""
        return {"w": self.workshop.workspace, "i": self.workshop.id}

    @property
    def row(self) -> dict[str, Any]:
        """Which workshop, for a new row."""
        return {"workspace": self.workshop.workspace, "workshop_id": self.workshop.id}


def _keep_vote(to: Keeping, effect: said.KeepVote) -> None:
    held = {
        "choices": dict(effect.vote.choices), "why": dict(effect.vote.why), "signed": effect.vote.signed
    }  # fmt: skip
    to.conn.execute(_HOLD.on(to.conn), {**to.row, "ballot": effect.ballot, "user": effect.user, **held})


def _drop_votes(to: Keeping, effect: said.DropVotes) -> None:
    key = {**to.here, "b": effect.ballot}
    to.conn.execute(_DROP_ONE if effect.user else _DROP, {**key, "u": effect.user} if effect.user else key)


def _reveal(to: Keeping, effect: said.Reveal) -> None:
    to.conn.execute(_KEEP_RESULT, {**to.row, **rows.result(effect.result)})
    fp("workshop_revealed")
    to.conn.execute(_DROP, {**to.here, "b": effect.result.number})


def _keep_card(to: Keeping, effect: said.KeepCard) -> None:
    new = effect.card
    kept = {name: getattr(new, name) for name in type(new).__dataclass_fields__}
    if effect.instead:
        to.conn.execute(_DROP_EARLIER, {**to.here, "s": new.step, "k": new.kind, "a": new.author})
    to.conn.execute(_KEEP_CARD.on(to.conn), {**to.row, **kept, "fields": dict(new.fields)})


def _drop_card(to: Keeping, effect: said.DropCard) -> None:
    to.conn.execute(_whose(_DROP_CARD, effect.of), {**to.here, "c": effect.card, **_by(effect.of)})


def _change_card(to: Keeping, effect: said.ChangeCard) -> None:
    new = {"new_text": effect.text, "new_fields": dict(effect.fields)}
    to.conn.execute(_whose(_CHANGE, effect.of), {**to.here, "c": effect.card, **new, **_by(effect.of)})


def _whose(statement: Any, of: str) -> Any:
    return statement.where(card.c.author == bindparam("of")) if of else statement


def _by(of: str) -> dict[str, str]:
    return {"of": of} if of else {}


def _merge(to: Keeping, effect: said.MergeCards) -> None:
    """What had been merged into one of them goes along; nothing hangs on a card that is not there."""
    root = effect.into
    if root:
        into = to.conn.execute(_ROOT, {**to.here, "c": root}).scalar()
        if into is None:
            return
        root = into or root
    ids = {**to.here, "ids": list(effect.cards), "root": root}
    to.conn.execute(_MERGE, ids)
    if root:
        to.conn.execute(_FOLLOW, ids)


def _unsign(to: Keeping, effect: said.Unsign) -> None:
    to.conn.execute(_UNSIGN, {**to.here, "s": effect.step})


def _open_box(to: Keeping, effect: said.OpenBox) -> None:
    """A small wave (5.3) for those who are in this step; with fewer than five there is none."""
    out = ("left", "cannot")
    users = {one.user for one in to.workshop.people if one.vote and not one.guest and one.seat not in out}
    users = {user for user in users if to.workshop.takes_part(user) and user != to.workshop.facilitator}
    if len(users) < ENOUGH:
        return
    today = to.at.astimezone(to.calendar.zone).date()
    closes = to.calendar.after(to.at, _open_for(to, effect)).astimezone(to.calendar.zone).date()
    new = NewWave(
        workspace=to.workshop.workspace, project_id=to.workshop.project_id, what=box(to.workshop, effect),
        opened_by=to.workshop.facilitator, opened_on=today, closes_on=closes, threshold=ENOUGH,
        items=(_question(effect.what, len(users)),), invited=dict.fromkeys(users, ""),
    )  # fmt: skip
    waves.create(to.conn, new, sealer=to.sealer)


def _open_for(to: Keeping, effect: said.OpenBox) -> timedelta:
    """A sealed step is closed with its step; its day only keeps it from closing before."""
    return A_DAY if effect.what == "worth" else timedelta(days=30)


def box(workshop: Workshop, effect: said.OpenBox | said.CloseBox) -> str:
    """What the wave of a box is called: "worth#12", "W04.3#12"."""
    name = "worth" if effect.what == "worth" else f"{workshop.script}.{effect.step}"
    return f"{name}#{workshop.number}"


def _question(what: str, invited: int) -> Item:
    if what == "worth":
        return Item(id=WORTH, kind="scale", invited=invited)
    return Item(id=WRITTEN, kind="text", invited=invited, longest=LONGEST, lines=LINES)


def _close_box(to: Keeping, effect: said.CloseBox) -> None:
    """What was written in a sealed step becomes cards without author, in an order that says nothing."""
    name = box(to.workshop, effect)
    here = {"workspace": to.workshop.workspace}
    open_ = [
        one
        for one in waves.of_project(to.conn, **here, project_id=to.workshop.project_id)
        if one.open and one.what == name
    ]
    for one in open_:
        today = to.at.astimezone(to.calendar.zone).date()
        waves.close(to.conn, **here, id=one.id, today=today, sealer=to.sealer, shuffle=to.shuffle)
        left = waves.results(to.conn, **here, ids=[one.id])[one.id].get(WRITTEN)
        for text in left.quotes if isinstance(left, TextKept) else ():
            _keep_card(to, said.KeepCard(card=_written(effect.step, text)))


def _written(step: int, text: str) -> Card:
    return Card(id=secrets.token_hex(16), step=step, kind="idea", text=text)


_KEEPS: Mapping[type, Callable[[Keeping, Any], None]] = {
    said.KeepVote: _keep_vote,
    said.DropVotes: _drop_votes,
    said.Reveal: _reveal,
    said.KeepCard: _keep_card,
    said.DropCard: _drop_card,
    said.ChangeCard: _change_card,
    said.MergeCards: _merge,
    said.Unsign: _unsign,
    said.OpenBox: _open_box,
    said.CloseBox: _close_box,
}
