"""A ballot: what is voted on, one person's vote, and what is left once it is revealed. Counts nothing."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.words import Words
from flows.workshop.script import BallotKind

#: settled: nothing is left open; again: not carried the first time; failed: nor the second time; empty:
#: nobody voted, or there was nothing to vote on.
Verdict = Literal["settled", "again", "failed", "empty"]
LONGEST = 300  # characters of a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing voted on. `ref`: the record, question or card it stands for ("REQ-3", "NEE11", a card id)."""

    id: str  # short, of the ballot: "i1"; of a card its id
    words: Words
    ref: str = ""
    group: str = ""  # "strategic", "operational": cut lines of their own
    second: Words | None = None  # of a slider: the other pole
    options: tuple["Option", ...] = ()  # of a choice; without: those of the ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be given."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One hidden vote, open or between its two attempts. Holds no vote."""

    number: int  # unique in its workshop
    step: int
    kind: BallotKind
    items: tuple[Item, ...]
    attempt: int = 1  # 2: second vote, run-off
    dots: int = 0
    most: int = 2  # dots on one item
    keep: Mapping[str, int] = field(default_factory=dict)  # dots: places, by group
    options: tuple[Option, ...] = ()

    def offered(self, item: Item) -> tuple[str, ...]:
        """The answers that can be given to this item."""
        return tuple(option.value for option in (item.options or self.options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one person has put in, by item; without any choice: an abstention. Never shows in a trace.

    dots {item: 1 or 2} · fist {item: 0 to 5} · grid {"item.impact": 1 to 5, "item.effort": 1 to 5} ·
    points {item: 0 to 100, summing to 100} · sliders {item: 1 to 5} · ranking {item: place from 1} ·
    moscow {item: M, S, C or W} · sizes, choice, levels {item: value of an option}.
    """

    choices: Mapping[str, int | str] = field(default_factory=dict, repr=False)
    why: Mapping[str, str] = field(default_factory=dict, repr=False)  # by item: shown unsigned
    signed: bool = False  # the voter wants their name beside their choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What came of one item. `outcome`: kept, out, tied; passed, objected; do_now, plan, if_time, leave; the
    value of an option, or split; agree, differ; the place in a ranking."""

    item: Item
    n: int  # votes on it
    counts: Mapping[str, int]  # distribution, without names
    figure: float = 0  # dots, median, weight, points of a ranking
    second: float = 0  # grid: median effort
    outcome: str = ""
    undecided: bool = False
    why: tuple[str, ...] = ()  # in an order that says nothing
    against: tuple[str, ...] = ()  # those of them who could not follow: at 2 or below; who chose otherwise

    @property
    def behind(self) -> tuple[str, ...]:
        """What was said by those who wanted what came of it."""
        said = [*self.why]
        for text in self.against:
            said.remove(text)
        return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A revealed ballot: all that is kept of it."""

    number: int
    step: int
    kind: BallotKind
    attempt: int
    voters: int  # how many could vote
    n: int  # how many did, abstentions left out
    abstained: int
    indicative: bool = False  # without quorum: not recorded as decided, replayed (4.1)
    verdict: Verdict
    lines: tuple[Line, ...]
    signed: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it says anything that holds: with quorum, and somebody voted."""
        return not self.indicative and self.verdict != "empty"

    @property
    def undecided(self) -> tuple[Line, ...]:
        """The lines that are still open."""
        return tuple(line for line in self.lines if line.undecided)


#: user -> vote; asked for once, at the reveal.
Votes = Callable[[], Mapping[str, Vote]]


def reasons(item: Item, votes: Mapping[str, Vote]) -> tuple[str, ...]:
    """What was said about this item, sorted: the order tells nothing about who."""
    return tuple(sorted(vote.why[item.id] for vote in votes.values() if vote.why.get(item.id)))


def values(key: str, votes: Mapping[str, Vote]) -> tuple[int | str, ...]:
    """Everything chosen for this key."""
    return tuple(vote.choices[key] for vote in votes.values() if key in vote.choices)


def whole(key: str, votes: Mapping[str, Vote]) -> tuple[int, ...]:
    """Everything chosen for this key, as whole numbers."""
    return tuple(int(value) for value in values(key, votes))


def spread(found: tuple[int | str, ...], scale: tuple[int | str, ...]) -> dict[str, int]:
    """How many chose each point, those nobody chose included."""
    counted = Counter(map(str, found))
    return {str(point): counted[str(point)] for point in scale}
