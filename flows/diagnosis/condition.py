"""What code knows of a diagnosis rule: when it fires, what it reads, and which figures it compares with."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.diagnosis.findings import Findings
from flows.diagnosis.model import Limits

Test = Callable[[Findings, Limits], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a rule fires. `reads`: what its evidence is shown from, ids of questions, indices (COLLAB,
    BPI), prefixes of records (GAP) or of facts. `worse`: when its severity is the raised one."""

    reads: tuple[str, ...]
    fires: Test
    limits: tuple[str, ...] = ()  # names of the figures of content
    worse: Test | None = None
