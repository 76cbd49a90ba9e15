"""Plays a workshop from its first step to its end: everybody is there, puts in what is given, and votes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.workshops import deeds
from flows.arbitration.slider import POINTS
from flows.dialogue.effects import Draft, RecordKind
from flows.register.model import Kept
from flows.words import Words
from flows.workshop import events
from flows.workshop.ballot import Ballot, Vote
from flows.workshop.model import Card, CardKind, Mode, Workshop
from flows.workshop.roster import roster, seat
from storage import life, register
from storage import project as projects
from storage import workshop as workshops
from tests.bot.surfaces.stage import ELODIE, WORKSPACE, Town

#: By step: who puts in what.
Put = Mapping[int, Sequence[tuple[str, CardKind, str, Mapping[str, Any]]]]


@dataclass
class Play:
    """One workshop of a project, driven by its facilitator."""

    place: Town
    project: str
    script: str
    mode: Mode = "live"
    about: str = ""
    put: Put = field(default_factory=dict)
    points: int = 4  # what everybody says in support votes
    first: str = "M"  # where everybody places the first need
    absent: tuple[str, ...] = ()
    id: str = ""

    def opens(self) -> "Play":
        """Planned, opened, and everybody is there."""
        db = self.place.parts.db
        project = db.read_sync(projects.get, workspace=WORKSPACE, id=self.project)
        script = self.place.parts.playbook.workshops[self.script]
        assert project is not None
        self.id = workshops.fresh_id()
        new = Workshop(
            id=self.id, workspace=WORKSPACE, project_id=self.project, number=0, script=self.script,
            mode=self.mode, facilitator=ELODIE, channel=project.channel, planned_by=ELODIE, about=self.about,
            people=roster(script, project.cast, facilitator=ELODIE),
        )  # fmt: skip
        db.run_sync(workshops.put, workshop=new)
        self.happens(events.Opened(by=ELODIE, at=self.now, mode=self.mode))
        for one in new.people:
            if one.user not in self.absent:
                here = seat(script, project.cast, one.user)
                self.happens(events.Joined(by=one.user, at=self.now, person=here))
        return self

    def stops(self) -> None:
        """Ended without deciding what is open, so that another one can begin."""
        self.happens(events.Ended(by=ELODIE, at=self.now))

    def plays(self) -> "Play":
        """Every step to the end."""
        return self.opens().goes_on()

    def goes_on(self) -> "Play":
        """From where it stands to the end."""
        for _ in range(80):
            if not self.workshop.running:
                return self
            self.on()
        raise AssertionError(f"{self.script} does not end: {self.workshop}")

    def on(self) -> None:
        """One phase: what is put in, the votes, and the next one."""
        now = self.workshop
        if now.voting and now.ballot is not None:
            self._votes(now, now.ballot)
        elif now.phase in ("open", "preparing"):
            self._puts(now)
        after = self.workshop
        if after.running and (after.move == now.move):
            self.happens(events.NextPressed(by=ELODIE, at=self.now, seen=after.move))

    def _puts(self, now: Workshop) -> None:
        for user, kind, text, fields in self.put.get(now.step, ()):
            if self.workshop.step != now.step or self.workshop.phase != now.phase:
                return
            card = Card(id=workshops.fresh_id(), step=now.step, kind=kind, text=text, fields=fields)
            self.happens(events.Contributed(by=user, at=self.now, card=card))

    def _votes(self, now: Workshop, ballot: Ballot) -> None:
        for one in now.voters:
            if not self.workshop.voting or self.workshop.asked != ballot.number:
                return
            vote = Vote(choices=self.choices(ballot))
            self.happens(events.Voted(by=one.user, at=self.now, vote=vote, ballot=ballot.number))

    def choices(self, ballot: Ballot) -> dict[str, int | str]:
        """What everybody says alike."""
        ids = [item.id for item in ballot.items]
        alike: dict[str, dict[str, int | str]] = {
            "dots": {ids[0]: ballot.most},
            "fist": dict.fromkeys(ids, self.points),
            "grid": {f"{id}.{axis}": n for id in ids for axis, n in (("impact", 4), ("effort", 2))},
            "points": {id: 100 // len(ids) + (100 % len(ids) if n == 0 else 0) for n, id in enumerate(ids)},
            "moscow": {id: self.first if n == 0 else "S" for n, id in enumerate(ids)},
            "sliders": dict.fromkeys(ids, int(POINTS[1])),
        }
        offered = {item.id: ballot.offered(item)[:1] for item in ballot.items}
        return alike.get(ballot.kind) or {id: first[0] for id, first in offered.items() if first}

    def happens(self, event: events.Event) -> deeds.Done:
        """One thing happens, as the bot lets it happen."""
        done = self.place.parts.db.run_sync(
            deeds.happen, parts=self.place.parts, workspace=WORKSPACE, id=self.id, make=lambda _: event,
            now=self.now,
        )  # fmt: skip
        assert done is not None
        assert done.taken, (event, done.turn.refusal, done.turn.problems)
        return done

    @property
    def now(self) -> Any:
        """The moment."""
        return self.place.parts.clock.now()

    @property
    def workshop(self) -> Workshop:
        """As it stands."""
        found = self.place.parts.db.read_sync(workshops.get, workspace=WORKSPACE, id=self.id)
        assert found is not None
        return found

    def records(self, kind: RecordKind) -> list[Kept]:
        """The live records of a kind."""
        return self.place.parts.db.read_sync(
            register.records, workspace=WORKSPACE, project_id=self.project, kinds=(kind,), roles=None
        )


def given(place: Town, project: str, kind: RecordKind, title: str, **more: Any) -> Kept:
    """A record the project has already."""
    draft = Draft(kind=kind, item=title, title=Words.same(title), **more)
    return place.parts.db.run_sync(
        life.make,
        workspace=WORKSPACE,
        project_id=project,
        draft=draft,
        by=ELODIE,
        now=place.parts.clock.now(),
    )
