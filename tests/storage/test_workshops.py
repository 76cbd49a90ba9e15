"""Workshops as they are kept: one turn holds its row, a vote stands until its reveal and then nowhere."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from flows.cadence import zone
from flows.playbook import Playbook
from flows.wave.model import Ballot, Comment
from flows.words import Words
from flows.workshop import events
from flows.workshop.ballot import Item, Option, Vote
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Mode, Workshop
from flows.workshop.roster import roster
from flows.workshop.script import Script
from flows.workshop.turn import Turn
from storage import ballot, project, schedule, wave
from storage import workshop as workshops
from storage.database import connect
from storage.erasing import Wish, erase
from storage.sealing import Sealer
from storage.tables import metadata
from tests.databases import PATIENCE
from tests.storage.scoping import ANNE, CLAIRE, JULIE, KARIM, MARC, NOW, SOPHIE, Scoping, T, found

ROOT = Path(__file__).parents[2]
SEALER = Sealer("a key of the tests, which is long enough")
SHUFFLE = random.Random(7).shuffle  # noqa: S311 - the same in each run
TEAM = (KARIM, ANNE, MARC, JULIE)
TEXT = (Item(id="text", words=Words.same("the text")),)


@dataclass(slots=True)
class Room:
    """One workshop of the example project, and its turns."""

    scoping: Scoping
    script: Script
    id: str
    at: datetime = NOW

    @property
    def setting(self) -> workshops.Setting:
        calendar = Calendar(zone=zone("Europe/Paris"))
        return workshops.Setting(script=self.script, calendar=calendar, sealer=SEALER, shuffle=SHUFFLE)

    def takes(self, event: Any) -> Turn:
        turn = self.scoping.db.run_sync(
            workshops.take, workspace=T, id=self.id, event=event, setting=self.setting
        )  # fmt: skip
        assert turn is not None
        return turn

    @property
    def now(self) -> Workshop:
        found = self.scoping.db.read_sync(workshops.get, workspace=T, id=self.id)
        assert found is not None
        return found

    def by(self, user: str = SOPHIE) -> dict[str, Any]:
        return {"by": user, "at": self.at}

    def next(self) -> Turn:
        return self.takes(events.NextPressed(**self.by(), seen=self.now.move))

    def until(self, step: int) -> None:
        """On to this step; what is voted on in between is empty."""
        while self.now.step < step:
            if self.now.phase == "preparing":
                self.ballot(())
            self.next()

    def ballot(self, items: tuple[Item, ...] = TEXT, **more: Any) -> Turn:
        return self.takes(events.BallotOpened(**self.by(""), items=items, seen=self.now.move, **more))

    def votes(self, user: str, choices: Mapping[str, int | str], **more: Any) -> Turn:
        open_ = self.now.ballot
        vote = Vote(choices=choices, **more)
        return self.takes(events.Voted(**self.by(user), vote=vote, ballot=open_.number if open_ else 0))

    def writes(self, user: str, id: str, kind: Any = "idea", **more: Any) -> Turn:
        card = Card(id=id, step=0, kind=kind, text=more.pop("text", f"card {id}"), **more)
        return self.takes(events.Contributed(**self.by(user), card=card, seen=self.now.move))

    def cards(self, reader: str = SOPHIE) -> tuple[Card, ...]:
        def read(conn: Connection) -> tuple[Card, ...]:
            found = workshops.get(conn, workspace=T, id=self.id)
            assert found is not None
            return workshops.cards(conn, workshop=found, script=self.script, reader=reader)

        return self.scoping.db.read_sync(read)

    def results(self) -> tuple[Any, ...]:
        return self.scoping.db.read_sync(workshops.results, workspace=T, id=self.id)

    def rows(self, name: str) -> int:
        table = metadata.tables[name]
        counted = select(func.count()).select_from(table).where(table.c.workspace == T)
        return int(self.scoping.db.read_sync(lambda conn: conn.execute(counted).scalar_one()))

    def clock(self) -> list[dict[str, Any]]:
        coming = self.scoping.db.read_sync(schedule.coming)
        return [{"data": one.data, "due": one.next_due} for one in coming if one.kind == workshops.CLOCK]


Begun = Callable[..., Room]


def opened(
    scoping: Scoping, script: str, mode: Mode = "live", *, here: tuple[str, ...] = (*TEAM, CLAIRE)
) -> Room:
    """The workshop, open, with these people in it."""
    one = scoping.playbook.workshops[script]
    cast = scoping.db.read_sync(project.cast_of, workspace=T, id=scoping.project)
    planned = Workshop(
        id=workshops.fresh_id(), workspace=T, project_id=scoping.project, number=0, script=script, mode=mode,
        facilitator=SOPHIE, channel="C0CRM", planned_by=SOPHIE, people=roster(one, cast, facilitator=SOPHIE),
    )  # fmt: skip
    kept = scoping.db.run_sync(workshops.put, workshop=planned)
    room = Room(scoping, one, kept.id)
    for user in here:
        person = kept.person(user)
        assert person is not None
        room.takes(events.Joined(**room.by(user), person=person))
    room.takes(events.Opened(**room.by()))
    return room


@pytest.fixture
def begun(scoping: Scoping) -> Begun:
    """`begun("W02")`: the workshop, open, with the whole team in it."""
    return partial(opened, scoping)


def test_a_workshop_is_read_as_it_was_kept(begun: Begun) -> None:
    room = begun("W02")
    first = room.now
    assert (first.number, first.step, first.phase, first.state) == (1, 1, "open", "open")
    assert first.due == NOW + timedelta(minutes=10)
    assert [deed.what for deed in first.trail] == ["opened", "step"]
    assert {one.user for one in first.people if one.seat == "here"} == {*TEAM, CLAIRE}
    read = room.scoping.db.read_sync
    here = {"workspace": T, "project_id": room.scoping.project}
    assert read(workshops.of_project, **here) == [first]
    assert read(workshops.running, **here) == [first]
    assert read(workshops.of_user, workspace=T, user=ANNE) == [first]
    assert read(workshops.of_user, workspace=T, user="USTRANGER") == []
    assert read(workshops.get, workspace="TOTHER", id=room.id) is None
    event = events.Paused(**room.by())
    assert room.scoping.db.run_sync(
        workshops.take, workspace="TOTHER", id=room.id, event=event, setting=room.setting
    ) is None  # fmt: skip


def test_the_clock_comes_back_with_the_move_it_belongs_to(begun: Begun) -> None:
    room = begun("W02")
    assert room.clock() == [{"data": {"workshop": room.id, "move": 1}, "due": NOW + timedelta(minutes=10)}]
    room.next()
    assert [one["data"]["move"] for one in room.clock()] == [2]
    room.takes(events.Paused(**room.by()))
    assert room.clock() == []


def test_a_vote_stands_until_its_reveal_and_then_only_counts_do(begun: Begun) -> None:
    room = begun("W02")
    room.until(6)
    room.ballot()
    room.votes(ANNE, {"text": 2}, why={"text": "a date is missing"})
    room.votes(ANNE, {"text": 3}, signed=True)
    assert room.rows("workshop_vote") == 1
    assert room.results() == (), "nothing partial can be read"
    own = room.scoping.db.read_sync(workshops.own_vote, workshop=room.now, user=ANNE)
    assert own == Vote(choices={"text": 3}, signed=True)
    assert room.scoping.db.read_sync(workshops.own_vote, workshop=room.now, user=MARC) is None
    for user in (KARIM, MARC, JULIE, CLAIRE):
        room.votes(user, {"text": 5})
    (result,) = room.results()
    assert result.lines[0].counts == {"0": 0, "1": 0, "2": 0, "3": 1, "4": 0, "5": 4}
    assert result.signed == {ANNE: {"text": 3}}
    assert not result.indicative
    assert room.rows("workshop_vote") == 0
    assert {one.answered for one in room.now.people} == {0}
    assert room.scoping.db.read_sync(workshops.own_vote, workshop=room.now, user=ANNE) is None


def test_a_ballot_and_what_came_of_it_are_read_as_they_were_kept(begun: Begun) -> None:
    room = begun("W06")
    room.until(5)
    options = (
        Option(value="required", words=Words("Required", "Exigé")),
        Option(value="waived", words=Words("x", "y")),
    )
    slider = Item(
        id="NEE11", words=Words("K1", "K1"), ref="NEE11", group="g", second=Words("l", "r"), options=options
    )
    room.ballot((slider,), options=options)
    ballot_ = room.now.ballot
    assert ballot_ is not None
    assert ballot_.items == (slider,)
    assert ballot_.options == options
    for user in (*TEAM, CLAIRE):
        room.votes(user, {"NEE11": "required"})
    assert room.results()[0].lines[0].item == slider
    assert room.results()[0].lines[0].outcome == "required"


def test_votes_of_whoever_takes_over_and_of_a_skipped_step_go_unread(begun: Begun) -> None:
    room = begun("W02")
    room.until(6)
    room.ballot()
    room.votes(ANNE, {"text": 5})
    room.votes(MARC, {"text": 5})
    room.takes(events.HandedOver(**room.by(ANNE), to=ANNE))
    assert room.rows("workshop_vote") == 1
    room.takes(events.Skipped(**room.by(ANNE), seen=room.now.move))
    assert (room.rows("workshop_vote"), room.results()) == (0, ())


def test_cards_are_their_authors_until_the_step_closes_and_nobodys_after(begun: Begun) -> None:
    room = begun("W12", here=TEAM)
    room.next()
    room.writes(ANNE, "b", text="Meetings too long")
    room.writes(MARC, "a", text="Meetings are too long")
    room.writes(JULIE, "c", signed=True)
    assert [card.id for card in room.cards(ANNE)] == ["b"]
    assert room.cards(SOPHIE) == ()
    assert room.takes(events.Reworded(**room.by(ANNE), card="b", text="Long meetings")).refusal == ""
    assert room.takes(events.Reworded(**room.by(ANNE), card="a", text="mine now")).refusal == ""
    room.next()
    assert {card.id: (card.text, card.author) for card in room.cards()} == {
        "a": ("Meetings are too long", ""), "b": ("Long meetings", ""), "c": ("card c", JULIE),
    }  # fmt: skip
    room.takes(events.Merged(**room.by(), cards=("b",), into="a"))
    room.takes(events.Merged(**room.by(), cards=("a",), into="c"))
    assert {card.id: card.into for card in room.cards()} == {"a": "c", "b": "c", "c": ""}
    room.takes(events.Merged(**room.by(), cards=("a",), into=""))
    room.takes(events.Merged(**room.by(), cards=("b",), into="nothing"))
    assert {card.id: card.into for card in room.cards()} == {"a": "", "b": "c", "c": ""}
    room.scoping.db.run_sync(workshops.became, workspace=T, id=room.id, card="c", ref="ISS-4")
    room.takes(events.Withdrew(**room.by(ANNE), card="a"))
    assert {card.id: card.ref for card in room.cards()} == {"a": "", "b": "", "c": "ISS-4"}, "not hers"
    room.takes(events.Withdrew(**room.by(), card="a"))
    assert [card.id for card in room.cards()] == ["b", "c"]


def test_who_settles_may_change_their_mind_and_the_last_word_counts(begun: Begun) -> None:
    room = begun("W11")
    room.until(6)
    for id, choice in (("a", "no"), ("b", "yes")):
        assert room.writes(CLAIRE, id, "decision", fields={"choice": choice}).refusal == ""
    assert [(card.id, card.fields["choice"]) for card in room.cards()] == [("b", "yes")]


def test_nobody_is_remembered_for_what_they_parked_while_a_result_was_read(begun: Begun) -> None:
    room = begun("W12", here=TEAM)
    room.next()
    room.next()
    assert room.now.phase == "shown"
    room.writes(ANNE, "p", "parked")
    room.next()
    table = metadata.tables["workshop_card"]
    kept = select(table.c.author).where(table.c.workspace == T)
    assert room.scoping.db.read_sync(lambda conn: conn.execute(kept).scalars().all()) == [""]


def test_a_sealed_step_leaves_ideas_without_author_and_the_score_is_a_wave_of_its_own(begun: Begun) -> None:
    room = begun("W04", here=TEAM)
    room.until(3)
    assert room.rows("wave") == 0, "four people would not be protected: there is no box"
    room.scoping.db.run_sync(six_in, room.id)
    room.takes(events.Reopened(**room.by(), step=3, seen=room.now.move))
    (open_,) = room.scoping.db.read_sync(wave.of_project, workspace=T, project_id=room.scoping.project)
    assert open_.what == "W04.3#1"
    for n, user in enumerate((*TEAM, "U5", "U6")):
        room.scoping.db.run_sync(put_in_box, open_.id, user, f"idea {n}", room.at)
    room.next()
    found = room.cards()
    assert sorted(card.text for card in found) == [f"idea {n}" for n in range(6)]
    assert {card.author for card in found} == {""}
    room.until(6)
    names = room.scoping.db.read_sync(wave.of_project, workspace=T, project_id=room.scoping.project)
    assert {one.what for one in names if one.open} == {"worth#1"}


def six_in(conn: Connection, id: str) -> None:
    """Two more people of the team, put in as rows."""
    table = metadata.tables["workshop_person"]
    row = conn.execute(select(table).where(table.c.workspace == T, table.c.workshop_id == id)).first()
    assert row is not None
    for n, user in enumerate(("U5", "U6"), start=10):
        conn.execute(table.insert(), {**row._mapping, "user": user, "place": n})


def put_in_box(conn: Connection, id: str, user: str, text: str, at: datetime) -> None:
    paper = Ballot(texts=(Comment(question="WRT02", level="quote", text=text),))
    cast = ballot.cast(
        conn, workspace=T, wave_id=id, user=user, ballot=paper, today=at.date(), sealer=SEALER,
        shuffle=SHUFFLE,
    )  # fmt: skip
    assert cast == "recorded"


# --- two at once


def at_once(*calls: Any) -> list[Turn]:
    """All of them in the same moment, each in a thread of its own."""
    found: list[Turn] = []
    start = Barrier(len(calls))

    def run(call: Any) -> None:
        start.wait()
        found.append(call())

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return found


def test_of_two_who_press_next_together_one_moves_and_the_other_sees_it(begun: Begun) -> None:
    room = begun("W02")
    press = events.NextPressed(**room.by(), seen=room.now.move)
    turns = at_once(*[lambda: room.takes(press)] * 4)
    assert sorted(turn.refusal for turn in turns) == ["", "moved", "moved", "moved"]
    assert room.now.step == 2


def test_a_vote_that_races_the_close_is_counted_or_refused_and_never_lost(begun: Begun) -> None:
    room = begun("W02")
    room.until(6)
    room.ballot()
    room.votes(KARIM, {"text": 4})
    here = room.now
    assert here.ballot is not None
    number = here.ballot.number
    late = [
        events.Voted(**room.by(user), vote=Vote(choices={"text": 4}), ballot=number)
        for user in (ANNE, MARC, JULIE)
    ]
    close = events.NextPressed(**room.by(), seen=here.move)
    turns = at_once(*[lambda event=event: room.takes(event) for event in (*late, close)])
    taken = sum(
        turn.refusal == "" and any(type(e).__name__ == "KeepVote" for e in turn.effects) for turn in turns
    )
    (result,) = room.results()
    assert result.n == 1 + taken
    assert {turn.refusal for turn in turns} <= {"", "closed"}
    assert room.rows("workshop_vote") == 0


def test_sixty_votes_at_once_are_all_counted(scoping: Scoping, begun: Begun) -> None:
    room = begun("W02")
    crowd = [f"UX{n:02}" for n in range(60)]
    known = room.now.person(ANNE)
    assert known is not None
    for user in crowd:
        room.takes(events.Joined(**room.by(user), person=replace(known, user=user, counted=False)))
    room.until(6)
    room.ballot()
    number = room.now.ballot.number
    cast = [events.Voted(**room.by(user), vote=Vote(choices={"text": 4}), ballot=number) for user in crowd]
    turns = at_once(*[lambda event=event: room.takes(event) for event in cast])
    assert {turn.refusal for turn in turns} == {""}
    assert room.now.answers == 60
    room.next()
    assert room.results()[0].n == 60


# --- killed on the way


@pytest.mark.parametrize("point", ["workshop_saved:3", "workshop_revealed:1"])
def test_a_bot_that_is_killed_in_a_vote_loses_none_that_was_taken(
    database_url: str, playbook: Playbook, point: str
) -> None:
    """In the middle of the third vote, or of the reveal: what was taken is held, and counted once."""
    db = connect(database_url, deadline=PATIENCE)
    room = opened(Scoping(db=db, playbook=playbook, project=db.run_sync(found)), "W02")
    room.until(6)
    room.ballot()
    db.close()
    told = _killed(database_url, room.id, point, ANNE, KARIM, MARC)
    again = replace(room, scoping=replace(room.scoping, db=connect(database_url, deadline=PATIENCE)))
    assert again.results() == ()
    assert again.rows("workshop_vote") == len(told)
    assert again.now.answers == len(told)
    for user in (ANNE, KARIM, MARC, JULIE, CLAIRE):
        again.votes(user, {"text": 4})
    assert again.results()[0].n == 5
    assert again.rows("workshop_vote") == 0
    again.scoping.db.close()


def _killed(url: str, id: str, point: str, *users: str) -> list[str]:
    """Whose votes had been taken when it was killed there."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.balloting", url, id, *users],
        cwd=ROOT, env={**os.environ, "CADRAGE_FAILPOINT": point}, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    return [line for line in done.stdout.splitlines() if line.endswith("taken")]


# --- forgetting somebody


def test_forgetting_somebody_takes_their_place_and_their_vote_and_unsigns_their_cards(begun: Begun) -> None:
    room = begun("W02")
    room.until(6)
    room.writes(ANNE, "p", "parked")
    room.ballot()
    room.votes(ANNE, {"text": 5})
    room.scoping.db.run_sync(erase, Wish(workspace=T, user=ANNE, label="A former member"), now=NOW)
    assert room.rows("workshop_vote") == 0
    assert room.now.person(ANNE) is None
    assert all(ANNE not in str(card) for card in room.cards())
