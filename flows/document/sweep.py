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
from flows.document.names import Names, people, places, whole
from flows.project import SINGLE_ROLES, Cast
from flows.register.shown import AUTHORITIES
from flows.words import LANGUAGES, Language, Words

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
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
        self._names = Names(people({id: facts.names.get(id, "") for id in self._ids}))
        self._rivals = Names(whole(MARKS["rival"], _rivals(facts)))

    def text(self, text: str, *, addresses: bool = True, rivals: bool = True) -> str:
        """One text. `addresses`: of mail, all of them; else those that name somebody, and a page of the web
        stays as it is. `rivals`: names of vendors we have met, too."""
        text = unicodedata.normalize("NFC", text)  # a letter and its accent as one, however they were typed
        text = MENTION.sub(lambda found: self._mark(self._ids.get(found[1], MARKS["person"])), text)
        for user, mark in self._ids.items():
            self.taken += text.count(user)
            text = text.replace(user, mark)
        return "".join(
            self._place(piece, addresses, rivals) if where else self._said(piece, rivals)
            for piece, where in places(text)
        )

    def _place(self, place: str, anybody: bool, rivals: bool) -> str:
        """An address of mail, or where a page is. What stands behind an @ is a company and not somebody."""
        if "@" not in place:
            return self._said(place, rivals) if anybody else place
        named = anybody or self._names.mailbox(place) is not None
        return self._mark(MARKS["address"]) if named else place

    def _said(self, text: str, rivals: bool) -> str:
        if rivals:
            text = self._rivals.replaced(text, self._mark)
        return self._names.replaced(text, lambda user: self._mark(self._ids[user]))

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

    def _mark(self, mark: str) -> str:
        self.taken += 1
        return mark


def _people(facts: NoteFacts) -> Iterable[str]:
    """Everybody the project knows."""
    owners = {record.owner for record in facts.records if record.owner}
    cast = facts.cast
    return sorted({*cast.everybody(), *cast.people("users"), *facts.names, *owners, facts.project.creator})


def _role(cast: Cast, user: str) -> str:
    held = (role for role in SINGLE_ROLES if cast.holder(role) == user)
    return next(held, "member" if user in cast.everybody() else "person")


def _rivals(facts: NoteFacts) -> set[str]:
    """What vendors and integrators are called that the project has met."""
    met = [one.fields for one in facts.records if one.kind == "vendor"]
    return {str(fields.get(key) or "").strip() for fields in met for key in ("vendor", "integrator")}


def marked(text: str) -> bool:
    """Whether somebody or something was taken out of it."""
    return _MARKED.search(text) is not None


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
