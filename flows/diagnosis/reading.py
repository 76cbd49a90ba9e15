"""The helper functions of 3.1 over one project's evidence: n, cov, mean, norm, score, share, polar.

A figure of an unanswered question is None; a test that reads one is false, negative ones included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flows.diagnosis.evidence import (
    Anonymous,
    ChoiceTally,
    Evidence,
    Form,
    Named,
    ScaleTally,
    Value,
)
from flows.diagnosis.figures import MISSING, Figure, Measure, average, mean
from flows.project import CHAIN
from flows.wave import closing
from flows.wave.model import POINTS

#: The dialogue that is always sent: its questions are absent, never unasked (3.7).
ALWAYS_SENT = "SET"
NONE, NOBODY = "none", "nobody"
#: The one question put separately to sponsor and lead; the answer with the lower score counts.
SEPARATE = "SPO05"
COLLABORATION = tuple(f"COL0{n}" for n in range(1, 9))
WORRIES = tuple(f"BEL0{n}" for n in range(1, 7))
#: Items scored the other way round (`reverse` of D06).
REVERSED = frozenset({"COL06", "COL07"})


def polar(answers: list[int]) -> bool:
    """Whether opinions are split: the same test as for the totals of a wave that closes."""
    return closing.polar([answers.count(point) for point in range(1, POINTS + 1)])


@dataclass(frozen=True)
class Reading:
    """Evidence as formulas and conditions read it. `scores`: options with a score, by question."""

    evidence: Evidence
    scores: Mapping[str, Mapping[str, float]]

    def form(self, id: str) -> Form | None:
        """The one answer of a form, or None when it was never sent."""
        return self.evidence.forms.get(id)

    def value(self, id: str) -> Value:
        """The answer given to a form, or None. Of two answers to SPO05, the lower-scored one."""
        if id == SEPARATE and id in self.evidence.named:
            scores = self.scores[id]
            given = [option for option in self.evidence.named[id].answers.values() if option in scores]
            return min(given, key=lambda option: (scores[option], option), default=None)
        form = self.form(id)
        return form.value if form is not None and form.given else None

    def one_of(self, id: str, *values: str) -> bool:
        """The answer is one of these."""
        return self.value(id) in values

    def other_than(self, id: str, *values: str) -> bool:
        """There is an answer, and it is none of these."""
        value = self.value(id)
        return value is not None and value not in values

    def ticked(self, id: str) -> tuple[str, ...] | None:
        """What was ticked, without "none"; None when the question is not answered."""
        value = self.value(id)
        return None if value is None else tuple(v for v in value if v != NONE)

    def lacks(self, id: str, *wanted: str) -> bool:
        """Some of `wanted` is not ticked; false when the question is not answered."""
        ticked = self.ticked(id)
        return ticked is not None and any(value not in ticked for value in wanted)

    def fewer(self, id: str, limit: float) -> bool:
        """Fewer than `limit` are ticked; false when the question is not answered."""
        ticked = self.ticked(id)
        return ticked is not None and len(ticked) < limit

    def empty(self, id: str) -> bool:
        """Nothing is recorded, "I don't know" included, of a question that has been sent."""
        return self.value(id) is None and (id in self.evidence.forms or id.startswith(ALWAYS_SENT))

    def score(self, id: str) -> Measure:
        """score(Q) of a form, with its coverage. An option that content no longer has is no answer."""
        value = self.value(id)
        known = self.scores[id].get(value) if isinstance(value, str) else None
        return MISSING if known is None else Measure(known, 1.0)

    def named(self, id: str) -> Named | None:
        """A question answered by several people under their names, or None when it was never sent."""
        return self.evidence.named.get(id)

    def anonymous(self, id: str) -> Anonymous | None:
        """What is kept of an anonymous question, or None when it was never sent."""
        return self.evidence.anonymous.get(id)

    def n(self, id: str) -> int:
        """How many people have answered; 0 while that must not be known."""
        match self.named(id) or self.anonymous(id):
            case Named(answers=answers):
                return len(answers)
            case ScaleTally(n=n) | ChoiceTally(n=n):
                return n
        return 0

    def cov(self, id: str) -> float:
        """cov(Q) of a question put to people."""
        match self.named(id) or self.anonymous(id):
            case Named(expected=expected):
                return min(1.0, self.n(id) / len(expected)) if expected else 0.0
            case ScaleTally(n=n, invited=invited):
                return n / invited
        return 0.0

    def mean(self, id: str) -> Figure:
        """mean(Q) of a scale; None for a question that is none."""
        match self.named(id) or self.anonymous(id):
            case Named(answers=answers):
                return mean(value for value in answers.values() if isinstance(value, int))
            case ScaleTally(n=n, total=total):
                return total / n
        return None

    def norm(self, id: str) -> Measure:
        """norm(Q): the mean from 0 to 100, reversed for reversed items, with its coverage."""
        found = self.mean(id)
        if found is None:
            return MISSING
        return Measure(((5 - found) if id in REVERSED else (found - 1)) / 4 * 100, self.cov(id))

    def share(self, id: str, *values: str) -> Figure:
        """The share of the answers that are one of these, from 0 to 1."""
        named = self.named(id)
        if named is None or not named.answers:
            return None
        return sum(value in values for value in named.answers.values()) / len(named.answers)

    def of_sponsor(self, id: str) -> Value:
        """What the sponsor answered, or None."""
        named, sponsor = self.named(id), self.evidence.sponsor
        return named.answers.get(sponsor.user) if named and sponsor else None

    def of_others(self, id: str) -> list[Value]:
        """What everybody but the sponsor answered."""
        named, sponsor = self.named(id), self.evidence.sponsor
        user = sponsor.user if sponsor else None
        return [value for who, value in named.answers.items() if who != user] if named else []

    def functions(self) -> frozenset[str]:
        """The functions that members of the team hold; the sponsor's own does not count."""
        return frozenset(person.function for person in self.evidence.team if person.function)

    def missing_functions(self) -> tuple[str, ...]:
        """The functions of the customer's path that no member of the team holds (R59)."""
        held = self.functions()
        return tuple(function for function in CHAIN if function not in held)

    @cached_property
    def collab(self) -> Measure:
        """COLLAB: the mean of the eight normalised items; an item under five answers is left out of the
        value and counts 0 in the coverage."""
        return average(*(self.norm(id) for id in COLLABORATION))

    @cached_property
    def bpi(self) -> Measure:
        """BPI, belief pressure: the mean of the six normalised items; high is heavy."""
        return average(*(self.norm(id) for id in WORRIES))
