"""What the scoping note is made from: plain facts that `storage/` gathers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.dialogue.model import Answer
from flows.project import Cast, Project
from flows.register.model import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A dialogue that has been sent: since when, and whether it is over."""

    days: int  # calendar days since it was opened
    closed: bool = False
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """Everything the note says, gathered at one instant. Anonymous answers are never in it."""

    project: Project
    names: Mapping[str, str]  # Slack user id -> display name
    #: question id -> (respondent, latest answer); the respondent of a shared answer is "".
    #: Exits are included: they tell "I don't know" from silence.
    answers: Mapping[str, tuple[tuple[str, Answer], ...]] = field(default_factory=dict)
    records: tuple[Kept, ...] = ()
    #: question id -> how many people are expected to answer, those who are out of scope left out
    expected: Mapping[str, int] = field(default_factory=dict)
    dialogues: Mapping[str, Asked] = field(default_factory=dict)  # flow id -> when it was asked
    today: date
    version: int = 1
    changes: tuple[str, ...] = ()  # what has changed since the previous version, as ids or titles

    @property
    def cast(self) -> Cast:
        """The project's people."""
        return self.project.cast
