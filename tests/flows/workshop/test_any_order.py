"""No order of events reveals a vote early, counts one twice or loses one; nothing hidden can be read."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.words import Words
from flows.workshop import effects as said
from flows.workshop import events
from flows.workshop.ballot import Option, Vote
from flows.workshop.model import Card, Mode, Participant
from flows.workshop.reading import readable
from tests.flows.workshop.making import SOPHIE, TEAM, Room, begun, items, people, step

EVERYBODY = (*TEAM, "ULATE", "UVENDOR", SOPHIE)
USERS = st.sampled_from(EVERYBODY)
VENDOR = Participant(user="UVENDOR", vote=False, guest=True, seat="here")
STEPS = (step(1, "write"), step(2, "dots", keep={"": 1}), step(3, "fist"), step(4, "round"), step(5, "vote"))


class AnyOrder(RuleBasedStateMachine):
    """A workshop to which anything may happen, beside a plain list of the votes that were taken."""

    room: Room
    held: dict[tuple[int, str], Vote]

    @initialize(mode=st.sampled_from(["live", "async"]))
    def begins(self, mode: Mode) -> None:
        self.room = begun(*STEPS, mode=mode, who=(*people("coming"), VENDOR))
        self.held = {}
        self.cards = 0

    def happens(self, event: events.Event) -> None:
        before = self.room.workshop
        turn = self.room.happens(event)
        if turn.refusal or turn.problems:
            assert turn.workshop == before
            assert turn.effects == ()
        for effect in turn.effects:
            self._noted(effect)
        assert turn.workshop.move >= before.move

    def _noted(self, effect: said.Effect) -> None:
        """Every vote taken is revealed once, or thrown away for everybody to see."""
        match effect:
            case said.KeepVote():
                self.held[effect.ballot, effect.user] = effect.vote
            case said.DropVotes():
                self.held = {
                    key: vote for key, vote in self.held.items()
                    if key[0] != effect.ballot or effect.user not in ("", key[1])
                }  # fmt: skip
            case said.Reveal():
                result = effect.result
                cast = [vote for (ballot, _), vote in self.held.items() if ballot == result.number]
                assert result.n + result.abstained == len(cast)
                assert result.n == sum(bool(vote.choices) for vote in cast)
                self.held = {key: vote for key, vote in self.held.items() if key[0] != result.number}

    @rule(by=USERS)
    def joins(self, by: str) -> None:
        self.happens(events.Joined(**self.room.by(by), person=Participant(user=by, counted=True)))

    @rule(by=USERS)
    def leaves(self, by: str) -> None:
        self.happens(events.Left(**self.room.by(""), user=by))

    @rule(by=USERS)
    def comes_back(self, by: str) -> None:
        self.happens(events.Returned(**self.room.by(""), user=by))

    @rule(by=USERS, coming=st.booleans())
    def replies(self, by: str, coming: bool) -> None:
        self.happens(events.Replied(**self.room.by(by), coming=coming))

    @rule(user=USERS)
    def stands_in(self, user: str) -> None:
        seats = (Participant(user=user, counted=True),)
        self.happens(events.Deputised(**self.room.by(""), arbiters=frozenset({user}), seats=seats))

    @rule(by=USERS, stale=st.integers(0, 1))
    def writes(self, by: str, stale: int) -> None:
        self.cards += 1
        card = idea(self.cards)
        seen = max(self.room.workshop.move - stale, 0)
        self.happens(events.Contributed(**self.room.by(by), card=card, seen=seen))

    @rule(by=USERS, stale=st.integers(0, 1))
    def is_done(self, by: str, stale: int) -> None:
        self.happens(events.Done(**self.room.by(by), seen=self.room.workshop.move - stale))

    @rule(by=USERS, item=st.sampled_from(["a", "b", ""]), point=st.integers(0, 6), stale=st.integers(0, 2))
    def votes(self, by: str, item: str, point: int, stale: int) -> None:
        ballot = self.room.workshop.ballot
        options = {"choice": ("yes", "no", "maybe")}
        known = options.get(ballot.kind) if ballot else None
        value = known[point % 3] if known else point
        vote = Vote(choices={item: value} if item else {})
        self.happens(
            events.Voted(**self.room.by(by), vote=vote, ballot=(ballot.number if ballot else 0) - stale)
        )

    @rule(by=st.sampled_from(["", SOPHIE, "UANA"]), count=st.integers(0, 2), stale=st.integers(0, 1))
    def gathers(self, by: str, count: int, stale: int) -> None:
        options = tuple(Option(value=value, words=Words.same(value)) for value in ("yes", "no", "maybe"))
        seen = self.room.workshop.move - stale
        found = items(*("a", "b")[:count])
        self.happens(events.BallotOpened(by=by, at=self.room.at, items=found, options=options, seen=seen))

    @rule(by=USERS, stale=st.integers(0, 1))
    def presses_next(self, by: str, stale: int) -> None:
        self.happens(events.NextPressed(**self.room.by(by), seen=self.room.workshop.move - stale))

    @rule(stale=st.integers(0, 1))
    def time_is_up(self, stale: int) -> None:
        due = self.room.workshop.due
        self.room.at = max(due or self.room.at, self.room.at)
        self.happens(events.TimeOver(by="", at=self.room.at, seen=self.room.workshop.move - stale))

    @rule(what=st.sampled_from(["pause", "resume", "more", "mode", "skip"]))
    def is_steered(self, what: str) -> None:
        by, seen = self.room.by(self.room.workshop.facilitator), self.room.workshop.move
        other: Mode = "async" if self.room.workshop.mode == "live" else "live"
        self.happens(
            {
                "pause": events.Paused(**by), "resume": events.Resumed(**by),
                "more": events.Extended(**by, amount=5), "mode": events.ModeChanged(**by, mode=other),
                "skip": events.Skipped(**by, seen=seen),
            }[what]  # type: ignore[arg-type]
        )  # fmt: skip

    @rule(back=st.integers(0, 2))
    def goes_back(self, back: int) -> None:
        here = self.room.workshop
        self.happens(events.Reopened(**self.room.by(here.facilitator), step=here.step - back, seen=here.move))

    @rule(to=USERS)
    def is_handed_over(self, to: str) -> None:
        self.happens(events.HandedOver(**self.room.by(to), to=to))

    @rule()
    def ends(self) -> None:
        if self.room.workshop.step > 4:
            self.happens(events.Ended(**self.room.by(self.room.workshop.facilitator)))

    @invariant()
    def nothing_is_revealed_early_lost_or_counted_twice(self) -> None:
        if not hasattr(self, "room"):
            return
        here = self.room.workshop
        assert self.room.votes == self.held
        open_ = here.ballot.number if here.voting and here.ballot else None
        assert {ballot for ballot, _ in self.held} <= {open_}, "votes are held for the open ballot only"
        assert open_ not in {result.number for result in self.room.results}
        assert len({result.number for result in self.room.results}) == len(self.room.results)
        assert here.facilitator not in {user for _, user in self.held}
        assert "UVENDOR" not in {user for _, user in self.held}

    @invariant()
    def what_is_being_written_is_read_by_nobody_else(self) -> None:
        if not hasattr(self, "room"):
            return
        here = self.room.workshop
        if (here.step, here.phase) == (1, "open") and here.running:
            for reader in EVERYBODY:
                found = readable(here, self.room.cards.values(), reader, script=self.room.script)
                assert all(card.author == reader for card in found if card.step == 1 and card.kind == "idea")


def idea(number: int) -> Card:
    return Card(id=f"c{number}", step=0, kind="idea", text=f"idea {number}")


AnyOrder.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyOrder = AnyOrder.TestCase
