"""What is wrong with the words of content, whichever file they stand in: apostrophes, stored spaces, ids
that nothing has, and a figure that has no source (appendix A, 1, 11 and 12)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from flows.playbook.expand import expanded
from flows.playbook.review import Finding, Place
from flows.playbook.schema import FlowText, WordsText
from flows.playbook.sending import WavesText

#: A rule, a dialogue, a question. What has a dash and a number (DEC-12) is a record.
MENTIONED = re.compile(r"\b(?:R\d\d|D\d\d|[A-Z]{3}\d\d[a-z]?)\b(?!-)")
STRAIGHT = "'"
NO_BREAK = ("\u00a0", "\u202f")
SIXTY = re.compile(r"\b60\s*(?:%|percent|per cent|pour cent)", re.IGNORECASE)
FAILING = ("fail", "échec", "échou")


def findings(tree: Any, known: Collection[str]) -> Iterator[Finding]:
    """Every finding in one file. `known`: the ids that a text may mention."""
    for place, text in texts(tree):
        if STRAIGHT in text:
            yield place, f"“{_around(text, STRAIGHT)}” has a straight apostrophe: write ’"
        if any(space in text for space in NO_BREAK):
            yield place, "a no-break space is stored here: it is added when the text is shown"
        if SIXTY.search(text) and any(word in text.lower() for word in FAILING):
            yield place, "this states that 60 % of projects fail, a figure that has no primary source"
        for id in MENTIONED.findall(text) if " " in text else ():
            if id not in known:
                yield place, f"this text mentions {id}, which does not exist"


def texts(tree: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every string of a file with its place, in file order."""
    if isinstance(tree, str):
        yield place, tree
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from texts(value, (*place, key))
    elif isinstance(tree, Sequence):
        for number, value in enumerate(tree):
            yield from texts(value, (*place, number))


def _around(text: str, found: str) -> str:
    """The word that holds it."""
    return next(word for word in text.split() if found in word)


def shared(text: WordsText, flows: Iterable[FlowText], waves: WavesText) -> Iterator[Finding]:
    """Choices that every dialogue may use belong to a column, or to a question, that exists."""
    asked = [question for flow in flows for question in expanded(flow)]
    columns = {key for q in asked for c in q.cols for key in (c.key, f"{q.id}.{c.key}")}
    sets = {q.opts_set for q in asked} | {item.opts_set for wave in waves.waves for item in wave.items}
    for key in text.column_options:
        if key not in columns:
            yield ("column_options", key), f"no question has the column {key}"
    for key in text.followup_options:
        if key not in sets:
            yield ("followup_options", key), f"no question offers the choices {key}"
