"""What small wins are made of: the words of content, what a detector has found, a win as it is kept.

Nothing here counts, ranks or scores anybody, and no type has a place for such a figure (6.4 rule 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flows.words import Words

#: Whom a win is told: the channel of the project, or its sponsor in private.
To = Literal["team", "sponsor"]
#: asking: somebody named has not said yes or no; waiting: for its turn in the channel, or the round-up.
State = Literal["asking", "waiting", "posted", "told", "hidden", "withdrawn", "dropped"]
Consent = Literal["asked", "yes", "no"]
#: What fills a placeholder: somebody's own words, or words of the product.
Filling = str | int | Words

PREFIX = "WIN"
PROJECT = "project"  # the key of what can be a win once in a project, for ever
LONGEST = 200  # characters of the line of a manual win, and of an initiative

#: A department as the subject of a sentence.
DEPARTMENTS: Mapping[str, Words] = {
    "marketing": Words("Marketing", "Le marketing"),
    "sales": Words("Sales", "La vente"),
    "service": Words("After-sales", "L’après-vente"),
    "it": Words("IT", "L’informatique"),
    "data": Words("The data team", "L’équipe données"),
    "finance": Words("Finance", "La finance"),
    "hr": Words("HR", "Le service RH"),
    "management": Words("Management", "La direction"),
    "other": Words("A department", "Un service"),
}
#: The same inside a sentence.
DEPARTMENTS_INSIDE: Mapping[str, Words] = {
    **{key: Words(both.en[:1].lower() + both.en[1:], both.fr[:1].lower() + both.fr[1:])
       for key, both in DEPARTMENTS.items()},
    "it": Words("IT", "l’informatique"),
    "hr": Words("HR", "le service RH"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Auto:
    """The words of one automatic win (6.1). `say_anon`: for anonymous questions, where they differ."""

    id: str
    when: str  # in words, for whoever maintains the content
    key: str
    to: To
    say: Words
    say_anon: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """One kind of win that people tell (6.2)."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WinWords:
    """The content of small wins. Both are empty in a playbook that has none."""

    auto: Mapping[str, Auto] = field(default_factory=dict)
    manual: Mapping[str, Manual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a detector has noticed. `key` tells it from others of its detector, for ever; `same` are other
    keys that stand for the same thing, so that what is deleted and made again is not a win again."""

    detector: str
    key: str
    same: tuple[str, ...] = ()
    values: Mapping[str, Filling] = field(default_factory=dict)
    functions: tuple[str, ...] = ()  # whose step it is; (): the whole team's
    ref: str = ""  # the record it is seen in: "ISS-7"
    anonymous: bool = False  # said in the words for anonymous questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom a manual win would name, and what they have said to it."""

    user: str  # Slack user id
    consent: Consent = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """One win as it is kept. Of an automatic one nobody is the author, and nobody is named."""

    number: int
    type: str  # WN01 to WN34, WM1 to WM5
    said: Words  # as it is read, placeholders filled; of a manual one: the line as it was typed
    to: To = "team"
    state: State = "waiting"
    functions: tuple[str, ...] = ()
    people: tuple[Named, ...] = ()
    by: str = ""  # Slack user who told a manual one; "": the bot, or somebody who asked to be forgotten
    ref: str = ""  # the record it is seen in
    found_at: datetime  # UTC
    posted_at: datetime | None = None  # UTC, in the channel
    round_up: str | None = None  # the week whose round-up says it: "2026-W07"
    thanks: str | None = None  # the sponsor's own words; "": said in person; None: nothing yet
    revoked: bool = False  # what it said no longer holds: left out of documents, said to nobody

    @property
    def name(self) -> str:
        """What people quote: "WIN-20"."""
        return f"{PREFIX}-{self.number}"

    @property
    def manual(self) -> bool:
        """Whether somebody told it."""
        return self.type.startswith("WM")
