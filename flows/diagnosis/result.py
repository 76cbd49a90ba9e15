"""What a diagnosis says: verdict, figures, gates, rules, conditions, in codes and exact numbers. No words.

Nothing here is rounded; how figures are shown (to the nearest, in steps of 5) is 3.6 and 3.8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.diagnosis.evidence import TaskId
from flows.diagnosis.model import Severity

Verdict = Literal["GO", "GO_CONDITIONS", "NO_GO", "INSUFFICIENT"]
Kind = Literal["structural", "prerequisite", "score"]  # why NO_GO
Standing = Literal["pass", "condition", "fail", "not_assessed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator (3.2). `value` runs from 0 to 100, `coverage` from 0 to 1."""

    id: str
    family: int
    weight: int  # inside its family
    value: float | None
    coverage: float

    @property
    def lost(self) -> float:
        """The points it costs its family, times 100; 0 without a value, which is not ranked (3.6)."""
        return 0.0 if self.value is None else self.weight * (100 - self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family (3.3): score 0 to 100, coverage 0 to 1, and what the missing answers could make of it."""

    score: float | None
    coverage: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A rule whose condition holds. `lost`: the points its indicators cost the readiness, for the order
    of the advice (3.8)."""

    id: str
    severity: Severity
    family: int
    lost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalPath:
    """The chain of tasks without slack, in the order of their start."""

    tasks: tuple[TaskId, ...]
    weeks: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """An item or a pair people disagree on (3.4). `functions`: those whose means are far apart; empty
    when opinions are split, or the sponsor is far from the team."""

    id: str
    anonymous: bool = False  # then only "opinions are split", without counts
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What "go, with conditions" hangs on: a gate ("G2"), a rule ("R07") or an indicator ("I2.3")."""

    id: str
    owner: str  # role that sees to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The whole of it. Families, weights and gates by their number or id."""

    verdict: Verdict
    kind: Kind | None
    readiness: float
    coverage: float  # overall, 0 to 1
    provisional: bool
    weights: Mapping[int, int]
    families: Mapping[int, Family]
    indicators: Mapping[str, Indicator]
    gates: Mapping[str, Standing]
    rules: tuple[Fired, ...]  # severest first, then the most points lost
    contested: tuple[Contested, ...]
    apart: tuple[Contested, ...]  # pairs of trade-offs with functions far apart: an issue, not contested
    tasks: Mapping[str, int]  # T1 … T7: 0, 50, 100
    collab: float | None
    bpi: float | None
    must_share: float | None
    critical_path: CriticalPath | None  # None: no tasks, or they form a loop
    loop: tuple[TaskId, ...]  # tasks that wait for one another, the first one again at the end
    disagreed: tuple[str, ...]  # questions put to sponsor and lead who differ: SPO05
    conditions: tuple[Condition, ...]  # with GO_CONDITIONS
    three_points: tuple[str, ...]  # indicators, with NO_GO of kind "score"
    missing: tuple[str, ...]  # ids of questions the indicators read, of which nothing can be read yet
