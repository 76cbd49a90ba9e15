"""Names found in what somebody typed, however they write them: accents, capitals, hyphens, initials.

Knows nothing of documents nor of roles. A name nobody has told it of stays unseen.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

#: Names shorter than this are no names to look for by themselves.
SHORT = 3
ADDRESS = re.compile(r"(?<![^\s@<>(),;:])[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]*[^\s@<>(),;:.]")
#: Words within a name that begin sentences too: "des", "van".
PARTICLES = frozenset({
    "bin", "das", "del", "della", "den", "der", "des", "dos", "ibn", "las", "les", "los", "ten", "ter", "van",
    "von", "zum", "zur",
})  # fmt: skip
#: Letters that are one letter and a stroke, and the signs that stand for an apostrophe or a hyphen.
_PLAIN = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th",
    **dict.fromkeys("’‘ʼ`´′＇", "'"), **dict.fromkeys("‐‑‒–—−", "-"),
}  # fmt: skip
_PLACE = re.compile(rf"{ADDRESS.pattern}|(?:https?://|\bwww\.)[^\s/]+")
_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|(?:\s[-–—/]\s|\|).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write somebody's name. `parts`: in small plain letters, one after another. `anyhow`: in any
    case; else only as one writes a name, for "claire" and "marc" are words too."""

    who: str
    parts: tuple[str, ...]
    anyhow: bool


class Names:
    """Finds these forms as words of their own, the longest first."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._known: dict[str, Form] = {}
        written: dict[str, str] = {}  # what is looked for, by the letters of it
        for form in forms:
            letters = "".join(form.parts)
            known = self._known.setdefault(letters, form)
            if form.anyhow and not known.anyhow:
                self._known[letters] = Form(who=known.who, parts=known.parts, anyhow=True)
            written.setdefault(letters, _written(form.parts))
        any_of = "|".join(written[one] for one in sorted(written, key=lambda one: (-len(one), one)))
        self._pattern = re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])") if written else None

    def replaced(self, text: str, put: Callable[[str], str]) -> str:
        """The text with what `put` says of each, in place of whoever is named."""
        said, last = [], 0
        for start, end, who in self._found(text):
            said += [text[last:start], put(who)]
            last = end
        return "".join((*said, text[last:]))

    def first(self, text: str) -> str | None:
        """Whom a text names first; None when it names nobody. Where an address or a page of the web is, its
        domain is that of a company and not looked at."""
        for piece, where in places(text):
            found = self.mailbox(piece) if where else next((who for *_, who in self._found(piece)), None)
            if found is not None:
                return found
        return None

    def mailbox(self, address: str) -> str | None:
        """Whom an address names before its @: in small letters, as addresses are. Nobody for a page."""
        before, at, _ = address.rpartition("@")
        letters = _parts(before) if at else ()
        for one in ("".join(letters), *letters):
            if one in self._known:
                return self._known[one].who
        return None

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where each begins and ends in the text, and who it is."""
        if self._pattern is None:
            return
        plain, at = _folded(text)
        for match in self._pattern.finditer(plain):
            form = self._known["".join(_WORD.findall(match[0]))]
            start, end = at[match.start()], max(at[match.end()], at[match.end() - 1] + 1)
            if form.anyhow or text[start].isupper():
                yield start, end, form.who


def places(text: str) -> Iterator[tuple[str, bool]]:
    """The text piece by piece: whether each is an address of mail, or where a page of the web is kept."""
    last = 0
    for found in _PLACE.finditer(text):
        yield text[last : found.start()], False
        yield found[0], True
        last = found.end()
    yield text[last:], False


def people(names: Mapping[str, str]) -> Iterator[Form]:
    """Every way to write the names of these people, by their ids: whole, each part, with an initial."""
    split = {who: _split(name) for who, name in names.items()}
    for who, words in split.items():
        if len(words) > 1:
            yield Form(who=who, parts=_parts(" ".join(words)), anyhow=True)
    for who, words in split.items():
        yield from _one(who, words, _family(names[who], words))


def whole(who: str, names: Iterable[str]) -> Iterator[Form]:
    """These names as wholes, in any case: of companies."""
    for name in names:
        if (parts := _parts(name)) and len(name) >= SHORT:
            yield Form(who=who, parts=parts, anyhow=True)


def _split(name: str) -> list[str]:
    """The words of a name, without what stands aside: "Claire Vasseur (IT)"; all where nothing else is."""
    composed = unicodedata.normalize("NFC", name)
    for text in (_ASIDE.sub(" ", composed), composed):
        if words := [one for one in re.split(r"[\s,._()\[\]|]+", text) if _parts(one)]:
            return words
    return []


def _family(name: str, words: list[str]) -> list[str]:
    """Which of them are the family name: in capitals, or before a comma; else the last."""
    capitals = [one for one in words if one.isupper()]
    if capitals and len(capitals) < len(words):
        return capitals
    first = [one for one in _split(name.partition(",")[0]) if one in words]
    return first if len(first) < len(words) else words[-1:]


def _one(who: str, words: list[str], family: list[str]) -> Iterator[Form]:
    """Parts of one name. The family name counts in any case, half of it and first names do not."""
    given = next((one for one in words if one not in family), "")
    first = tuple(piece[0] for piece in _parts(given))
    for n, word in enumerate(words):
        pieces = _parts(word)
        if n and word.lower() in PARTICLES:
            continue
        last = word in family and len(words) > 1
        halves = [(piece,) for piece in pieces if len(pieces) > 1 and piece not in PARTICLES]
        for parts in (pieces, *halves):
            if len("".join(parts)) >= SHORT:
                yield Form(who=who, parts=parts, anyhow=last and parts == pieces)
                if last and first:
                    yield Form(who=who, parts=(*first, *parts), anyhow=True)


def _written(parts: tuple[str, ...]) -> str:
    """How these parts may be joined: by what stands between two words; a letter by nothing at all."""
    pattern = re.escape(parts[0])
    for one, next_ in pairwise(parts):
        least = 0 if 1 in (len(one), len(next_)) else 1
        pattern += rf"[\s\-'._,]{{{least},3}}{re.escape(next_)}"
    return pattern


def _parts(text: str) -> tuple[str, ...]:
    """The words of a text in small plain letters: ("o", "brien") of "O’Brien"."""
    return tuple(_WORD.findall(_folded(text)[0]))


def _folded(text: str) -> tuple[str, list[int] | range]:
    """The text in small plain letters, and where each of them stands in it; one place more, of the end."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters, at = [], []
    for n, letter in enumerate(text):
        plain = _plain(letter)
        letters.append(plain)
        at += [n] * len(plain)
    return "".join(letters), [*at, len(text)]


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """One letter without its case and its accent: "e" of "É", "ss" of "ß"; nothing of a mark alone."""
    if letter in _PLAIN:
        return _PLAIN[letter]
    apart = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    kept = (one for one in apart if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(_PLAIN.get(one, one) for one in kept)
