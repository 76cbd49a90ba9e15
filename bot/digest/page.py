"""A digest in words, before any form: what Slack shows as blocks and a mail as HTML and plain text.

Plain text throughout: whoever draws it escapes it, once.
"""

from dataclasses import dataclass, field

from bot.words.curves import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """Something that can be done about a line: a button in Slack, a link into Slack in a mail."""

    label: str
    action: str  # action_id
    value: str
    says: str = ""  # to a screen reader, where the label alone says too little


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line."""

    said: str
    do: Do | None = None
    more: tuple[Do, ...] = ()  # what else can be done about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section of DOC7. `id`: SD01 to SD07."""

    id: str
    title: str
    lines: tuple[Line, ...]
    picture: Drawing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole. `parts` is empty in a week in which nothing has changed: then `head` says so."""

    head: str
    small: tuple[str, ...]
    note: str = ""  # the facilitator's sentence, with whose it is
    parts: tuple[Part, ...] = ()
    ways: tuple[Do, ...] = field(default=())
