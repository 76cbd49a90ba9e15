"""A workshop as tests of its machine drive it: six people, a short script, one event after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.cadence import zone
from flows.words import Words
from flows.workshop import effects as said
from flows.workshop import events
from flows.workshop.ballot import Item, Result, Vote
from flows.workshop.engine import advance
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Mode, Participant, Workshop
from flows.workshop.script import BALLOTS, Method, Script, Step
from flows.workshop.turn import Turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Paris
PARIS = Calendar(zone=zone("Europe/Paris"))
SOPHIE = "USOPHIE"  # facilitates
FUNCTIONS = {"UANA": "marketing", "UBEN": "sales", "UCLEA": "service", "UDAN": "it", "UEVA": "sales"}
TEAM = tuple(FUNCTIONS)
W = Words("Text", "Texte")


def step(number: int, method: Method, **more: Any) -> Step:
    """One step of ten minutes, or eight hours."""
    known = {"minutes": 10, "hours": 8, "ballot": BALLOTS.get(method), "words": W, **more}
    return Step(number=number, method=method, **known)


def script(*steps: Step, **more: Any) -> Script:
    """A script of these steps, ending with its closing."""
    last = step(len(steps) + 1, "close", minutes=5, hours=2)
    known = {
        "id": "W02", "title": W, "goal": W, "needs": (), "who": "", "roles": ("team_all",), "decides": False,
        "minutes": 60, "close": W, "outputs": W, **more,
    }  # fmt: skip
    return Script(steps=(*steps, last), **known)


def people(seat: str = "here", **more: Any) -> tuple[Participant, ...]:
    """The five of the team."""
    return tuple(
        Participant(user=user, function=function, counted=True, seat=seat, **more)  # type: ignore[arg-type]
        for user, function in FUNCTIONS.items()
    )


def items(*ids: str, group: str = "") -> tuple[Item, ...]:
    """Things to vote on."""
    return tuple(Item(id=id, words=Words.same(id), group=group) for id in ids)


@dataclass
class Room:
    """A workshop under way, with its held votes, results and cards, as storage would keep them."""

    script: Script
    workshop: Workshop
    votes: dict[tuple[int, str], Vote] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    at: datetime = NOW
    last: Turn | None = None

    def happens(self, event: Any) -> Turn:
        """One turn, and what it asks to be kept."""
        open_ = self.workshop.asked
        turn = advance(
            self.script, self.workshop, event, calendar=PARIS,
            votes=lambda: {user: vote for (ballot, user), vote in self.votes.items() if ballot == open_},
        )  # fmt: skip
        self.workshop, self.last = turn.workshop, turn
        for effect in turn.effects:
            self._keep(effect)
        return turn

    def _keep(self, effect: said.Effect) -> None:
        match effect:
            case said.KeepVote():
                self.votes[effect.ballot, effect.user] = effect.vote
            case said.DropVotes():
                self._forget(effect.ballot, effect.user)
            case said.Reveal():
                self.results.append(effect.result)
                self._forget(effect.result.number, "")
            case said.KeepCard():
                self.cards[effect.card.id] = effect.card
            case said.Unsign():
                self.cards = {
                    id: replace(card, author="") if card.step == effect.step and not card.signed else card
                    for id, card in self.cards.items()
                }

    def _forget(self, ballot: int, user: str) -> None:
        self.votes = {k: v for k, v in self.votes.items() if k[0] != ballot or (user and k[1] != user)}

    def by(self, user: str = SOPHIE) -> dict[str, Any]:
        """Who and when."""
        return {"by": user, "at": self.at}

    def opens(self, mode: Mode | None = None) -> Turn:
        return self.happens(events.Opened(**self.by(), mode=mode))

    def next(self, by: str = SOPHIE) -> Turn:
        return self.happens(events.NextPressed(**self.by(by), seen=self.workshop.move))

    def ballot(self, *ids: str, **more: Any) -> Turn:
        """What is voted on has been gathered."""
        return self.happens(
            events.BallotOpened(
                by="", at=self.at, items=more.pop("items", items(*ids)), seen=self.workshop.move, **more
            )
        )

    def votes_(self, user: str, choices: Mapping[str, int | str], **more: Any) -> Turn:
        number = self.workshop.ballot.number if self.workshop.ballot else 0
        return self.happens(events.Voted(**self.by(user), vote=Vote(choices=choices, **more), ballot=number))

    def all_vote(self, *choices: Mapping[str, int | str]) -> Turn:
        """The five, one after the other; the last of these choices for whoever is left."""
        for n, user in enumerate(TEAM):
            turn = self.votes_(user, choices[min(n, len(choices) - 1)])
        return turn

    def writes(self, user: str, id: str, kind: Any = "idea", **more: Any) -> Turn:
        card = Card(id=id, step=0, kind=kind, text=more.pop("text", f"card {id}"), **more)
        return self.happens(events.Contributed(**self.by(user), card=card, seen=self.workshop.move))

    def time_is_up(self) -> Turn:
        """The clock comes back when it was asked to."""
        self.at = self.workshop.due or self.at + timedelta(days=30)
        return self.happens(events.TimeOver(by="", at=self.at, seen=self.workshop.move))

    @property
    def place(self) -> tuple[int, str]:
        return self.workshop.step, self.workshop.phase

    def told(self) -> list[str]:
        """What people are told by the last turn."""
        return [
            effect.what
            for effect in (self.last.effects if self.last else ())
            if isinstance(effect, said.Tell)
        ]


def room(*steps: Step, mode: Mode = "live", who: tuple[Participant, ...] | None = None, **more: Any) -> Room:
    """A planned workshop."""
    workshop = Workshop(
        id="w1", workspace="T", project_id="p1", number=1, script="W02", mode=mode, facilitator=SOPHIE,
        channel="C1", planned_by=SOPHIE, people=people() if who is None else who,
    )  # fmt: skip
    return Room(script=script(*steps, **more), workshop=workshop)


def begun(*steps: Step, **more: Any) -> Room:
    """A workshop at its first step."""
    here = room(*steps, **more)
    here.opens()
    return here
