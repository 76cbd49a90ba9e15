"""What the text of a rule is called in a list: its first sentence, without whom it is for."""

import re

from flows.words import Words

_SENTENCE = re.compile(r"\. | ?: ")


def advised(words: Words) -> Words:
    """The text of a rule without "(sponsor)" at its end: that is for the issue it opens."""
    return Words(words.en.removesuffix(" (sponsor)"), words.fr.removesuffix(" (sponsor)"))


def headline(words: Words) -> Words:
    """The first sentence of an advice: what it is called in a list."""

    def first(text: str) -> str:
        return _SENTENCE.split(text, maxsplit=1)[0].rstrip(".")

    both = advised(words)
    return Words(first(both.en), first(both.fr))
