"""What content gives a diagnosis: weights, thresholds, bands, gates, rules and their words. No formula.

Formulas and conditions are code, found by the id of what they compute (`indicators`, `gates`, `rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.words import Words

Severity = Literal["info", "warning", "high", "blocking"]
#: Named figures of content that code compares with: {"below": 3}.
Limits = Mapping[str, float]

#: The figures of the verdict and of disagreement that content gives.
LIMITS = (
    "enough", "no_go", "weak_family", "weak_families", "go", "go_family", "provisional",
    "function_answers", "pair_gap",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A diagnosis rule as content says it (3.7). Its condition is the function of the same id."""

    id: str
    family: int  # 1 solution, 2 organisation and culture, 3 people, 4 approach
    severity: Severity
    words: Words
    next: Words  # the next step to propose
    raised: Severity | None = None  # the severity when the worse half of its condition holds (sev_up)
    limits: Limits = field(default_factory=dict)
    indicators: tuple[str, ...] = ()  # whose lost points order the advice (3.8)
    owner: str = "lead"  # role that gets the issue, and the condition
    seen_by: tuple[str, ...] = ()  # roles that may see it; empty: also the team
    done: Words | None = None  # "done when", for conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """An indicator as content says it (3.2)."""

    id: str
    family: int
    weight: int  # inside its family, which sums to 100
    words: Words
    owner: str = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopingTask:
    """One of the seven tasks T1 to T7 (3.2)."""

    id: str
    words: Words
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What moves `points` of weight from family `minus` to family `plus` (3.3)."""

    question: str
    values: tuple[str, ...]
    plus: int
    minus: int
    points: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a family's score is called, from `minimum` up."""

    minimum: float
    code: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gate as content says it (3.5)."""

    id: str
    words: Words
    structural: bool  # the others are prerequisites
    owner: str
    done: Words
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisModel:
    """All that content decides about a diagnosis, with the shipped values unless somebody changes them."""

    indicators: Mapping[str, Gauge]
    tasks: Mapping[str, ScopingTask]
    weights: Mapping[int, int]  # of families, before shifts; they sum to 100
    shifts: tuple[Shift, ...]
    bands: tuple[Band, ...]  # highest first
    gates: Mapping[str, Gate]
    rules: Mapping[str, Rule]
    limits: Limits  # of the verdict (3.6) and of disagreement (3.4)
    labels: Mapping[str, Words]  # of the verdicts
    texts: Mapping[str, Words]  # no_go_structural, no_go_prerequisite, no_go_score, provisional
    message: Mapping[str, Words]  # diag_message (3.8)
    families: Mapping[int, Words]
    standings: Mapping[str, Words]  # of a gate
    condition: Words  # "done when" of an indicator
    #: Options with a score: question -> option -> 0 to 100 (the criteria, SPO01 …).
    scores: Mapping[str, Mapping[str, float]]
    scales: frozenset[str]  # ids of questions answered from 1 to 5
    anonymous: frozenset[str]  # ids of anonymous questions

    def band(self, score: float) -> Band:
        """The band of a score that is already rounded to 6 decimals."""
        return next(band for band in self.bands if score >= band.minimum)
