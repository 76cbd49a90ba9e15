"""Figures of a diagnosis as people read them: rounded so that no figure gives away an anonymous answer.

Scores to the nearest integer, coverages to the nearest 5 %, indices built on anonymous answers to the
nearest 5 below ten answers (3.3 rule 6, 5.3 rule 3). Compares nothing with a threshold: that is done on
exact values, in flows/diagnosis.
"""

from collections.abc import Iterable, Mapping
from math import floor

from bot.words.text import Wording
from flows.diagnosis.evidence import Anonymous, ChoiceTally, Evidence, ScaleTally
from flows.diagnosis.figures import exact
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.reading import COLLABORATION, WORRIES
from flows.diagnosis.result import Family, Standing
from storage.diagnosis import Run

#: Answers from which an index is shown exactly, and its figure is shown to the team.
MANY = 10
#: Coverage from which a score is shown without its range (3.3 rule 3).
COVERED = 0.90
#: Means at the ends, where agreement of all would tell what each has said.
LOWEST, HIGHEST = 1.5, 4.5
INDICES: Mapping[str, tuple[str, ...]] = {"COLLAB": COLLABORATION, "BPI": WORRIES}
BANDS: Mapping[str, str] = {"solid": "🟢", "fragile": "🟡", "weak": "🟠", "critical": "🔴"}
GATES: Mapping[Standing, str] = {"pass": "✅", "condition": "🟠", "fail": "⛔", "not_assessed": "❔"}


def whole(score: float) -> int:
    """A score to the nearest integer; a half counts up."""
    return floor(exact(score) + 0.5)


def by_five(score: float) -> int:
    """To the nearest 5; halfway counts up."""
    return 5 * whole(score / 5)


def percent(coverage: float) -> int:
    """A coverage from 0 to 1, in percent, to the nearest 5 %."""
    return by_five(coverage * 100)


def answers(evidence: Evidence, index: str) -> int:
    """n of an index: the smallest among the items it uses; 0 while it cannot be read."""
    used = [n for id in INDICES[index] if (n := tallied(evidence.anonymous.get(id)))]
    return min(used, default=0)


def tallied(kept: Anonymous | None) -> int:
    """How many answers are kept of an anonymous question; 0 while nothing can be read."""
    return kept.n if isinstance(kept, ScaleTally | ChoiceTally) else 0


def banded(evidence: Evidence, ids: Iterable[str]) -> bool:
    """Whether a figure built on one of these anonymous questions is shown to nobody (5.3 rule 4)."""
    kept = (evidence.anonymous.get(id) for id in ids)
    return any(one.banded for one in kept if isinstance(one, ScaleTally))


def from_answers(w: Wording, n: int) -> str:
    """ "from 5 answers" or "from 10 answers", and nothing finer."""
    return w("from 10 answers") if n >= MANY else w("from 5 answers")


def index(value: float, n: int) -> int:
    """An index as shown to those who run the project."""
    return whole(value) if n >= MANY else by_five(value)


def group_mean(w: Wording, mean: float) -> str:
    """The mean of an anonymous scale, to one decimal; without a figure at the ends."""
    if exact(mean) <= LOWEST:
        return w("1.5 or less")
    if exact(mean) >= HIGHEST:
        return w("4.5 or more")
    return one_decimal(w, mean)


def one_decimal(w: Wording, figure: float) -> str:
    """ "2.4", « 2,4 »."""
    return w.number(floor(exact(figure) * 10 + 0.5) / 10)


def score(w: Wording, family: Family) -> str:
    """ "48", or "48 (between 41 and 63)" while answers are missing."""
    if family.score is None:
        return w("no answers yet")
    if exact(family.coverage) >= COVERED:
        return str(whole(family.score))
    return w("{score}, between {low} and {high}", score=whole(family.score), **_range(family))


def span(w: Wording, family: Family) -> str:
    """Only what the missing answers leave open: for a family nothing can be concluded about yet."""
    return w("between {low} and {high}", **_range(family))


def _range(family: Family) -> dict[str, int]:
    return {"low": whole(family.low), "high": whole(family.high)}


def arrow(w: Wording, now: Family, before: Family | None) -> str:
    """Where it has gone since the last run, in a sign and a word; "" when there is nothing to compare."""
    if before is None or before.score is None or now.score is None:
        return ""
    moved = whole(now.score) - whole(before.score)
    if moved == 0:
        return w("→ same")
    return w("↗ up") if moved > 0 else w("↘ down")


def order(phase: str, families: Mapping[int, Family]) -> list[int]:
    """The approach first while choosing, people first from launch on (3.8)."""
    first = {"P2": 4, "P4": 3, "P5": 3, "P6": 3}.get(phase)
    return sorted(families, key=lambda number: (number != first, number))


def band(model: DiagnosisModel, family: Family) -> tuple[str, str]:
    """Sign and code of a family's band; empty without a score."""
    if family.score is None:
        return "", ""
    code = model.band(exact(family.score)).code
    return BANDS.get(code, ""), code


def same(now: Mapping[int, Family], run: Run) -> bool:
    """Nothing people would see has moved since that run."""
    return all(now[number] == family for number, family in run.families.items() if number in now)
