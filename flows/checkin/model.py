"""What a named check-in is made of (5.1). Anonymous ones are waves: flows/playbook/model.Wave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Question, Value
from flows.project import Audience, Role
from flows.register.model import Kept
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a check-in, with what it is filled from."""

    question: Question
    per: RecordKind | None = None  # asked once for each live record of this kind
    quotes: str = ""  # the question whose answer it brings back; not asked of whoever never gave one
    opts_from: str = ""  # the question whose answer gives its choices; not asked while there is none
    pending: bool = False  # asked while decisions wait for the person; {n} is how many


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in, as content says it."""

    id: str  # "C04"
    title: Words
    minutes: int
    audience: Audience  # "owners": those who see to a record that it asks about
    items: tuple[Item, ...]
    seen_by: tuple[Role, ...] = ()  # who reads it; (): the project
    channel: bool = False  # a post in the channel, which asks nobody in particular


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the questions of one person are filled from."""

    records: tuple[Kept, ...] = ()  # live ones, of every kind that is asked about
    written: Mapping[str, Value] = field(default_factory=dict)  # this person's answers, by question
    choices: Mapping[str, Question] = field(default_factory=dict)  # questions whose choices are offered again
    pending: int = 0  # decisions that wait for this person
