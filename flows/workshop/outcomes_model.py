"""What comes of a workshop, before anybody carries it out: what is read, and what should follow. No I/O.

Each thing that follows names the workshop and the step it comes from, and replaces what they gave before: a
correction, or a second look at the same step, changes a record and never doubles it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.dialogue.effects import Amend, Record, Source
from flows.dialogue.model import Value
from flows.project import Cast, Role
from flows.register.model import Kept
from flows.words import Language, Words
from flows.workshop.ballot import Line, Result
from flows.workshop.model import Card, CardKind, Workshop
from flows.workshop.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """An answer given together: these questions of a dialogue are answered so, one after the other. Lines of
    a table stand beside those that are there: a line with the id of one of them takes its place."""

    flow: str  # "D11"
    part: str = ""  # the later part it belongs to; "": none
    values: Mapping[str, Value]  # by question, also of one record ("NEE03@REQ-4")
    method: str = "vote"  # how what it decides was decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Bring:
    """A point goes to whoever settles it (4.1), with both positions. Nobody is named but those who signed."""

    item: str
    title: Words
    proposal: Words  # as it was put to the vote
    against: tuple[str, ...] = ()  # what would have brought people to 3, unsigned
    signed: Mapping[str, str] = field(default_factory=dict)  # user -> what they signed
    subject: str = ""  # "ARB05", "DEC-3"; "": a point that stands nowhere else
    counts: Mapping[str, int] = field(default_factory=dict)  # the last vote, without names
    options: Mapping[str, Words] = field(
        default_factory=dict
    )  # of a choice: its answers, as they are counted
    workshop: bool = True  # whether it was a workshop that could not settle it; else a vote on cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A later part of a dialogue is sent to everybody it asks."""

    flow: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """A record that was there before moves on, because of what was decided. `fields` may hold `owner` and
    `due`, which are the record's own."""

    ref: str
    move: str  # as its history calls it
    status: str | None = None  # None: as it is
    reason: Words
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A trial that the group wants becomes an initiative (INI), once for each `item`."""

    item: str
    statement: str
    author: str  # Slack user id: who sees to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """Something the group is pleased with, proposed as a win (4.1), once for each `item`."""

    item: str
    line: str


#: Under which a record that stands in a form keeps the number of the workshop it comes from.
NUMBER = "wks"

Outcome = Record | Amend | Fill | Bring | Send | Settle | Try | Win


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One workshop as its outcomes read it. Holds no vote, and no author of what is unsigned."""

    workshop: Workshop
    script: Script
    cards: tuple[Card, ...] = ()
    results: tuple[Result, ...] = ()  # in the order of their numbers
    cast: Cast
    register: Mapping[str, Kept] = field(default_factory=dict)  # live records, by what people quote
    today: date  # in the project's zone
    language: Language = "fr"  # of what is kept as one text

    def source(self, step: int | str) -> Source:
        """Where a record of this step comes from: the workshop and "W02.4", in place of a question."""
        return Source(dialogue=self.workshop.id, question=self.place(step), respondent="")

    def place(self, step: int | str) -> str:
        """ "W02.4"."""
        return f"{self.script.id}.{step}"

    def on_table(self, *kinds: CardKind, step: int | None = None) -> tuple[Card, ...]:
        """The cards of these kinds that were not merged into another one; of one step, or of all."""
        return tuple(
            card for card in self.cards
            if card.kind in kinds and not card.into and card.text.strip() and step in (None, card.step)
        )  # fmt: skip

    def rows(self, step: int) -> tuple[Card, ...]:
        """The lines that were filled together in a step."""
        return tuple(
            card for card in self.cards if card.kind == "row" and not card.into and card.step == step
        )

    def last(self, step: int) -> Result | None:
        """The last ballot of a step that was revealed."""
        return next((one for one in reversed(self.results) if one.step == step), None)

    def counted(self, step: int) -> Result | None:
        """The last one that counts: with quorum, and somebody voted (4.1). One held again without either
        decides nothing, so it undoes nothing."""
        counting = (one for one in reversed(self.results) if one.step == step and one.counts)
        return next(counting, None)

    def decided(self, step: int) -> Result | None:
        """The same where it settled the point."""
        found = self.counted(step)
        return found if found is not None and found.verdict == "settled" else None

    def lines(self, step: int) -> tuple[Line, ...]:
        """Each item of a step with the last thing that was found about it: what a run-off or a second vote
        said goes before the first one, and a vote held anew before all. None of a ballot without quorum."""
        found: dict[str, Line] = {}
        for one in self.results:
            if one.step == step and one.counts:
                found = {} if one.attempt == 1 else found
                found |= {line.item.id: line for line in one.lines}
        return tuple(found.values())

    def kept(self, step: int) -> tuple[Line, ...]:
        """What a vote by dots has kept, the most dots first; where a run-off was tied again, what was tied is
        not kept: the group says which, by hand."""
        return tuple(line for line in self.lines(step) if line.outcome == "kept")

    def holder(self, role: Role) -> str:
        """Who holds a role; whoever facilitates where nobody does."""
        return self.cast.holder(role) or self.workshop.facilitator

    def record(self, ref: str) -> Kept | None:
        """A live record by what people quote; None where there is none."""
        return self.register.get(ref.upper())


Make = Callable[[Held, int], tuple[Outcome, ...]]
