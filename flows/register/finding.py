"""What the log is searched by: text without accents and case, and the words somebody typed after `log`.

Folding is ours, so that SQLite and PostgreSQL find the same (docs/decisions/words-folded-by-us.md). Does
not search, and does not say who may read what it finds.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from flows.dialogue.effects import PREFIX, RecordKind
from flows.register.life import STATES
from flows.register.model import Kept
from flows.register.shown import MASCULINE

KINDS: tuple[RecordKind, ...] = get_args(RecordKind)
LONGEST = 8000  # characters of one record that are searched
MOST_WORDS = 8  # of one search: the rest is left out
#: Letters that have no decomposition, as people type them.
_SPELT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for. Empty fields leave everything in; words must all be there, each as the
    beginning of a word."""

    words: tuple[str, ...] = ()  # folded
    kind: str = ""  # a RecordKind; "": every kind
    status: str = ""  # "": everything that is not withdrawn
    owner: str = ""  # Slack user id
    family: str = ""  # "1" to "4"
    runs: tuple[str, ...] | None = None  # ids of the runs of one dialogue; None: any, or by hand


def fold(text: str) -> str:
    """Lower case, without accents, ligatures spelt out: « Éditeurs — CŒUR » is "editeurs — coeur"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; no punctuation."""
    return tuple(_WORD.findall(fold(text)))


def searchable(record: Kept) -> str:
    """Every word of a record once, in the order they first occur: its number, its title in both languages,
    all that people wrote in its fields. Who holds it is not part of it."""
    said = [record.ref, record.title.en, record.title.fr, *_texts(record.fields)]
    return " ".join(dict.fromkeys(words(" ".join(said)[:LONGEST])))


def _texts(value: Any) -> Iterable[str]:
    """Every text inside a field, however deep."""
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


#: Folded names people use, to what they mean. A state is known by its words in both languages and genders.
_STATES: Mapping[str, str] = {
    fold(name): status
    for table in (MASCULINE, STATES)
    for status, said in table.items()
    for name in (said.en, said.fr, status)
    if " " not in name
}
_KINDS: Mapping[str, RecordKind] = {
    **{kind: kind for kind in KINDS},
    **{prefix.lower(): kind for kind, prefix in PREFIX.items()},
    **{f"{kind}s": kind for kind in KINDS},
    "question": "issue", "questions": "issue", "risque": "risk", "risques": "risk",
    "hypothese": "assumption", "hypotheses": "assumption", "ecart": "gap", "ecarts": "gap",
    "besoin": "need", "besoins": "need", "enjeu": "stake", "enjeux": "stake", "goal": "stake",
    "goals": "stake", "arbitrage": "tradeoff", "arbitrages": "tradeoff", "chantier": "annex",
    "chantiers": "annex",
}  # fmt: skip


def typed(said: Iterable[str]) -> Wanted:
    """What `/cadrage log ERP risk open` looks for: the first word that names a state and the first that
    names a kind of record are filters; all others are looked for."""
    kind = status = ""
    rest: list[str] = []
    for word in said:
        folded = fold(word)
        if not kind and folded in _KINDS:
            kind = _KINDS[folded]
        elif not status and folded in _STATES:
            status = _STATES[folded]
        else:
            rest += words(word)
    return Wanted(words=tuple(dict.fromkeys(rest))[:MOST_WORDS], kind=kind, status=status)
