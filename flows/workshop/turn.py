"""What one event did to a workshop: the result `advance` returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.workshop.effects import Effect
from flows.workshop.model import Workshop

#: Why nothing happened. moved: somebody was faster; closed: the ballot is; over: the workshop is; early: the
#: clock; planned: it has not begun; begun: it has; running: another one of the project has; nothing: it is so
#: already;
#: some_steps: whoever is in some steps only cannot facilitate.
Refusal = Literal[
    "", "moved", "closed", "over", "early", "planned", "begun", "paused", "running", "facilitator", "no_vote",
    "not_invited", "not_here", "guest", "turn", "sealed", "kind", "nothing", "settles", "some_steps",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """With a refusal or with problems (by field or item, in codes) nothing has happened: no effects."""

    workshop: Workshop
    effects: tuple[Effect, ...] = ()
    refusal: Refusal = ""
    problems: Mapping[str, str] = field(default_factory=dict)
