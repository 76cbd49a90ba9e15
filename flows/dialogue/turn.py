"""What one event did to a dialogue: the result `advance` returns."""

from dataclasses import dataclass

from flows.dialogue.effects import Effect
from flows.dialogue.model import Answer, Dialogue, Value
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why an answer is refused, in a sentence that says what to do next."""

    question: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else saved this shared question after the person opened the form."""

    question: str
    theirs: Answer
    mine: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What an edit of an earlier answer brings about, said before it takes effect (B7).

    `again`: questions to answer (again); `reopened`, `created`, `withdrawn`: titles of records;
    `unused`: questions whose answers are kept and not used any more.
    """

    question: str
    before: Answer
    after: Value
    again: tuple[str, ...] = ()
    reopened: tuple[Words, ...] = ()
    created: tuple[Words, ...] = ()
    withdrawn: tuple[Words, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The dialogue after an event, and what should follow.

    When there are problems, conflicts, unconfirmed warnings or unconfirmed consequences, nothing
    has changed: `dialogue` is the one given and `effects` is empty.
    """

    dialogue: Dialogue
    effects: tuple[Effect, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[Problem, ...] = ()
    consequences: tuple[Consequences, ...] = ()

    @property
    def accepted(self) -> bool:
        """The event took effect."""
        return not (self.problems or self.conflicts or self.warnings or self.consequences)
