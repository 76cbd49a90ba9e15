"""One answer as a recording sees it, and the drafts that several recordings make alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flows.cadence import add_working_days
from flows.dialogue.effects import Assign, Draft, RecordKind, SetProject, Team
from flows.dialogue.model import Dialogue, Question, Value
from flows.words import Words

Setting = Assign | SetProject | Team
#: Working days that the owner of a new point is given (0.5).
TIME_TO_SETTLE = 10
#: The longest title made of a person's own words.
TITLE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer as a recording sees it."""

    question: Question  # with the options that apply
    value: Value  # valid when last saved; None when nothing is given
    dialogue: Dialogue
    today: date

    @property
    def due(self) -> date:
        """When a point opened today is due."""
        return add_working_days(self.today, TIME_TO_SETTLE)

    def label(self, value: str) -> Words:
        """The words of an option; the value itself when content has dropped it."""
        known = (option.label for option in self.question.options if option.value == value)
        return next(known, Words.same(value))


Recording = Callable[[Said], tuple[Draft | Setting, ...]]


def in_title(text: str) -> Words:
    """A person's words as the title of a record: on one line, cut at a word when too long."""
    line = " ".join(str(text).split())
    if len(line) <= TITLE:
        return Words.same(line)
    return Words.same(line[:TITLE].rsplit(" ", 1)[0] + "…")


def decision(said: Said, title: Words, status: str, **fields: Value) -> Draft:
    """A decision made by answering; the answer is the choice."""
    return Draft(
        kind="decision", item=said.question.id, title=title, status=status,
        fields={"choice": said.value, "date": said.today.isoformat(), **fields},
    )  # fmt: skip


def own_words(kind: RecordKind, **fields: Value) -> Recording:
    """The answer's text as one record: an exclusion, a promise, a constraint."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        if said.value is None:
            return ()
        kept = {"text": said.value, "by": said.dialogue.person, **fields}
        title = in_title(said.value)
        return (Draft(kind=kind, item=said.question.id, title=title, fields=kept),)

    return record
