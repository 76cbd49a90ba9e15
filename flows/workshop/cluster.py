"""Alike ideas, proposed so that people may merge them: Dice's coefficient on words, in both languages.

Proposes only; what looks alike may mean different things.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from flows.workshop.model import Card

ALIKE = 0.5  # 2 x words in common ÷ words of both
SHORTEST = 3  # letters; shorter ones are little words
PLURALS = ("s", "x")
ENDINGS = ("ement", "ation", "ment", "ing", "ed", "er", "ee", "e")
STEM = 4  # letters left at least
#: What says little by itself, in both languages, without accents.
LITTLE = frozenset({
    "all", "and", "any", "are", "aux", "avec", "avoir", "but", "can", "ces", "cet", "cette", "chaque",
    "chez", "comme", "could", "dans", "des", "did", "does", "dont", "elle", "elles", "est", "ete",
    "etre", "everybody", "fait", "for", "from", "had", "has", "have", "ils", "into", "les", "leur",
    "leurs", "mais", "more", "most", "nobody", "nos", "not", "notre", "nous", "our", "par", "pas",
    "personne", "plus", "pour", "quand", "que", "qui", "quoi", "sans", "ses", "should", "sont", "sur",
    "that", "the", "their", "them", "there", "these", "they", "this", "those", "too", "tous", "tout",
    "toute", "toutes", "tres", "trop", "une", "very", "vos", "votre", "vous", "was", "were", "what",
    "when", "which", "who", "will", "with", "would", "your",
})  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words that say something, without accents, case and endings."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    letters = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return frozenset(_stem(word) for word in letters.split() if len(word) >= SHORTEST and word not in LITTLE)


def _stem(word: str) -> str:
    return _without(_without(word, PLURALS), ENDINGS)


def _without(word: str, endings: Sequence[str]) -> str:
    ending = next((end for end in endings if word.endswith(end) and len(word) - len(end) >= STEM), "")
    return word.removesuffix(ending)


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """From 0 (nothing in common) to 1 (the same words)."""
    first, second = frozenset(one), frozenset(other)
    both = len(first) + len(second)
    return 2 * len(first & second) / both if both else 0.0


def proposals(cards: Sequence[Card]) -> tuple[tuple[Card, ...], ...]:
    """Groups of two or more cards that look alike, each card once; those merged already are left out. A card
    joins the group whose first card it is most like, so that a group never drifts."""
    groups: list[tuple[frozenset[str], list[Card]]] = []
    for card in cards:
        if card.into:
            continue
        said = words(card.text)
        likeness, at = max(
            ((alike(said, first), -n) for n, (first, _) in enumerate(groups)), default=(0.0, 0)
        )
        if likeness >= ALIKE:
            groups[-at][1].append(card)
        else:
            groups.append((said, [card]))
    return tuple(tuple(found) for _, found in groups if len(found) > 1)
