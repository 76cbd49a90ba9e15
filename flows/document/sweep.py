"""Names and addresses taken out of what people have typed, before a vendor reads it.

What stands for somebody is one code point nobody can type, until it is said as a role in each language. Knows
the people and the vendors of the project; a name of anybody else stays.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flows.document.facts import NoteFacts
from flows.document.model import TYPED, Block, Document, Figure, Section
from flows.project import SINGLE_ROLES, Cast
from flows.register.shown import AUTHORITIES
from flows.words import LANGUAGES, Language, Words

ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]*[^\s@<>(),;:.]")
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
#: Names shorter than this are no names to look for by themselves.
SHORT = 3
MARKS = {
    key: chr(0xE010 + n) for n, key in enumerate((*SINGLE_ROLES, "member", "person", "address", "rival"))
}  # fmt: skip
SAID: Mapping[str, Words] = {
    **{MARKS[role]: AUTHORITIES[role] for role in SINGLE_ROLES},
    MARKS["member"]: Words("member of the project team", "membre de l’équipe projet"),
    MARKS["person"]: Words("person of the company", "personne de l’entreprise"),
    MARKS["address"]: Words("address taken out", "adresse retirée"),
    MARKS["rival"]: Words("vendor", "éditeur"),
}  # fmt: skip
_MARKED = re.compile("[" + "".join(MARKS.values()) + "]")
_INNER = re.compile("[" + "".join(TYPED) + "]")


class Sweep:
    """Takes them out, and counts how often. `codes`: choices as they are kept, no text of anybody."""

    def __init__(self, facts: NoteFacts, codes: Collection[str]) -> None:
        self.taken = 0
        self._codes = codes
        self._ids = {user: MARKS[_role(facts.cast, user)] for user in _people(facts)}
        names = _names(facts, self._ids)
        self._names: dict[str, tuple[str, bool]] = {}  # by name, in small letters
        for name, found in names.items():
            self._names.setdefault(_small(name), found)
        self._pattern, self._rivals = _any_of(names), _any_of(_rivals(facts))

    def text(self, text: str, *, addresses: bool = True, rivals: bool = True) -> str:
        """One text. `addresses`: of mail, all of them; else those that name somebody. `rivals`: names of
        vendors we have met, too."""
        text = _composed(text)
        text = MENTION.sub(lambda found: self._mark(self._ids.get(found[1], MARKS["person"])), text)
        for user, mark in self._ids.items():
            self.taken += text.count(user)
            text = text.replace(user, mark)
        text = ADDRESS.sub(lambda found: self._address(found[0], addresses), text)
        if rivals and self._rivals:
            text = self._rivals.sub(lambda found: self._mark(MARKS["rival"]), text)
        return self._pattern.sub(self._named, text) if self._pattern else text

    def words(self, words: Words, *, rivals: bool = True) -> Words:
        """Both languages of one text; what is the same in both counts once."""
        if words.en == words.fr:
            return Words.same(self.text(words.en, rivals=rivals))
        return Words(self.text(words.en, rivals=rivals), self.text(words.fr, rivals=rivals))

    def value(self, value: Any, *, rivals: bool = True) -> Any:
        """What an answer or a field holds, however deep."""
        if isinstance(value, str):
            return value if value in self._codes else self.text(value, rivals=rivals)
        if isinstance(value, Mapping):
            return {key: self.value(each, rivals=rivals) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(each, rivals=rivals) for each in value]
        return value

    def _address(self, address: str, anybody: bool) -> str:
        parts = re.split(r"[\W_]+", _small(address))
        named = any(part in self._names for part in parts)
        return self._mark(MARKS["address"]) if anybody or named else address

    def _mark(self, mark: str) -> str:
        self.taken += 1
        return mark

    def _named(self, found: re.Match[str]) -> str:
        """A first name counts only as one writes a name: "claire" and "marc" are words too. "Yildiz" is found
        for "Yıldız", of whom no more is said than that it is a person."""
        mark, anyhow = self._names.get(_small(found[0]), (MARKS["person"], True))
        if not anyhow and not found[0][0].isupper():
            return found[0]
        return self._mark(mark)


def _composed(text: str) -> str:
    """A letter and its accent as one, however they were typed."""
    return unicodedata.normalize("NFC", text)


def _small(text: str) -> str:
    """In small letters, to compare: "weiss" of "Weiß"."""
    return _composed(text.casefold())


def _people(facts: NoteFacts) -> Iterable[str]:
    """Everybody the project knows."""
    owners = {record.owner for record in facts.records if record.owner}
    cast = facts.cast
    return sorted({*cast.everybody(), *cast.people("users"), *facts.names, *owners, facts.project.creator})


def _role(cast: Cast, user: str) -> str:
    held = (role for role in SINGLE_ROLES if cast.holder(role) == user)
    return next(held, "member" if user in cast.everybody() else "person")


def _names(facts: NoteFacts, ids: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """What people are called, as written: what stands for them, and whether it counts in any case. The whole
    name and the last part of it do."""
    found: dict[str, tuple[str, bool]] = {}
    for user, mark in ids.items():
        name = " ".join(_composed(facts.names.get(user, "")).split())
        parts = [part for part in re.split(r"[\s,]+", name) if len(part) >= SHORT]
        for n, part in enumerate(parts):
            found.setdefault(part, (mark, 0 < n == len(parts) - 1))
        if len(parts) > 1:
            found[name] = (mark, True)
    return found


def _rivals(facts: NoteFacts) -> set[str]:
    """What vendors and integrators are called that the project has met."""
    met = [one.fields for one in facts.records if one.kind == "vendor"]
    names = {
        _composed(str(fields.get(key) or "")).strip() for fields in met for key in ("vendor", "integrator")
    }
    return {name for name in names if len(name) >= SHORT}


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of these names, the longest first, as a word of its own and in any case: as written, and in small
    letters, which for "Weiß" and "İbrahim" are others."""
    forms = {form for name in names for form in (name, _small(name))}
    known = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE) if known else None


def said(document: Document) -> Document:
    """The document with roles in place of what stands for people, and without where each statement comes
    from: how many have answered is nobody's business outside."""
    return replace(
        document,
        title=_spoken(document.title),
        sections=tuple(
            Section(id=one.id, title=one.title, blocks=tuple(map(_block, one.blocks)))
            for one in document.sections
        ),
    )


def said_in(language: Language, words: Words) -> str:
    """One text for a file without typography: roles in place of what stands for people, and nothing around
    what was typed."""
    return _INNER.sub("", _marked(words, language))


def _block(block: Block) -> Block:
    """One block. A drawing is no text that typography would touch."""
    changed = {name: _deep(getattr(block, name)) for name in type(block).__dataclass_fields__}
    if isinstance(block, Figure):
        changed["drawing"] = Words(*(_marked(block.drawing, to) for to in LANGUAGES))
    return type(block)(**{**changed, **({"origin": None} if "origin" in changed else {})})


def _deep(value: Any) -> Any:
    if isinstance(value, Words):
        return _spoken(value)
    return tuple(map(_deep, value)) if isinstance(value, tuple) else value


def _spoken(words: Words) -> Words:
    """Both texts with roles in place of what stands for people. What somebody typed stays as written."""
    if not _MARKED.search(words.en + words.fr):
        return words
    en, fr = _marked(words, "en"), _marked(words, "fr")
    if words.en != words.fr:
        return Words(en, fr)
    return Words(*(TYPED[0] + _INNER.sub("", text) + TYPED[1] for text in (en, fr)))


def _marked(words: Words, language: Language) -> str:
    return _MARKED.sub(partial(_role_in, language), words.in_(language))


def _role_in(language: Language, found: re.Match[str]) -> str:
    return f"[{SAID[found[0]].in_(language)}]"
