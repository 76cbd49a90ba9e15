"""The words of a document as plain text in one language, with the spaces and quotes of that language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.document.model import NAMED, TYPED
from flows.words import Language, Words

_WHOSE = re.compile(f"{TYPED[0]}([^{TYPED[1]}]*){TYPED[1]}")
_WHO = re.compile(f"{NAMED[0]}([^{NAMED[1]}]*){NAMED[1]}")
#: Text of our own and its language, to the same text with the spaces and quotes of that language.
Dress = Callable[[str, Language], str]


def typed_in(words: Words, language: Language) -> str:
    """What somebody typed within a sentence of ours."""
    return "".join(_WHOSE.findall(words.in_(language)))


def as_written(text: str, language: Language) -> str:
    """No typography."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a document is read: in which language, with which typography, and what people are called today."""

    language: Language
    dress: Dress = as_written
    names: Mapping[str, str] = field(default_factory=dict)  # Slack user id -> display name

    def said(self, words: Words) -> str:
        """The words, on as many lines as they have. `dress` adds typography to words of our own; what a
        person typed stays as written, and the name of a person is the one of today."""
        ours = words.en != words.fr
        parts = _WHOSE.split(words.in_(self.language))
        text = "".join(
            self.dress(part, self.language) if ours and not n % 2 else part for n, part in enumerate(parts)
        )
        return _WHO.sub(lambda found: self.names.get(found[1], found[1]), text)

    def line(self, words: Words) -> str:
        """The same on one line."""
        return " / ".join(line.strip() for line in self.said(words).splitlines() if line.strip())
