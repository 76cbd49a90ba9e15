"""What an anonymous wave is made of: items, a ballot, the box of totals, what is kept (5.3 rule 6).

Nothing here holds a person, a moment or an order. A ballot and a box never show in a trace: their
fields are left out of `repr`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

#: Ballots in a wave, and answers on a question, below which nothing of any kind exists (rule 1).
ENOUGH = 5
#: Answers from which counts of choices, exact figures and bars may be shown (rules 3 and 6).
PLENTY = 10
POINTS = 5
#: The last choice of every anonymous scale or choice; counted as missing.
NO_ANSWER = "no_answer"

Kind = Literal["scale", "choice", "text"]
Level = Literal["quote", "coach", "count"]  # what a text's author allows
#: Puts a list in random order, in place. Chance is an argument.
Shuffle = Callable[[list["Comment"]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question as one wave asks it, fixed when the wave opens."""

    id: str
    kind: Kind
    invited: int  # how many people it is asked of
    options: tuple[str, ...] = ()  # of a choice
    several: bool = False  # of a choice: several may be ticked
    longest: int = 0  # of a text: most characters
    consent: str = ""  # of a text: id of the question that says who may read it; "": everybody
    lines: int = 0  # of a text: most lines, each a comment of its own; 0: one comment
    groups: tuple[str, ...] = ()  # of a scale: functions that have tallies of their own (rule 2)
    same: str = ""  # the item of D07 that it asks again, in C02 (B01: BEL01)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A text in the box, tied to nothing but its question and its author's wish."""

    question: str
    level: Level
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One person's answers, in memory from the sending to the box. "No answer" is not in it."""

    scales: Mapping[str, int] = field(default_factory=dict, repr=False)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    texts: tuple[Comment, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many answered, and the sum of their answers from 1 to 5."""

    n: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The totals of all ballots so far, of which none can be told from another."""

    scales: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)  # answers of 1 to 5
    groups: Mapping[str, Mapping[str, Sum]] = field(default_factory=dict, repr=False)
    answered: Mapping[str, int] = field(default_factory=dict, repr=False)  # choices: by how many
    choices: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)
    texts: Mapping[str, int] = field(default_factory=dict, repr=False)  # by how many written
    comments: tuple[Comment, ...] = field(default=(), repr=False)  # never those that are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleKept:
    """What is kept of a scale. No distribution, at any number of answers."""

    n: int
    total: int
    polar: bool = False  # opinions are split
    apart: tuple[str, ...] = ()  # functions whose means are far apart (3.4); only their names
    groups: Mapping[str, Sum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKept:
    """What is kept of a choice: counts from ten answers; below, only what section 3 needs."""

    n: int
    counts: Mapping[str, int] | None = None
    named: tuple[str, ...] = ()  # COL09, COL10: functions named by at least 40 %
    top: tuple[str, ...] = ()  # BEL10: the three most chosen, unranked


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKept:
    """What is kept of a text: how many wrote, and what may be quoted, shuffled."""

    n: int
    quotes: tuple[str, ...] = ()


Kept = ScaleKept | ChoiceKept | TextKept


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What a wave with enough ballots leaves: the questions with enough answers, and what the coach
    alone may read, by question and shuffled."""

    kept: Mapping[str, Kept]
    coach: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
