"""A document as plain values and back, so that a version can be kept for ever; and what changed between two.

What is kept names people by their ids: whoever is erased later is named in no version that is read again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flows.document.blocks import RECORD
from flows.document.model import (
    NAMED,
    Block,
    Bullets,
    Document,
    Figure,
    Missing,
    Paragraph,
    Section,
    Table,
)  # fmt: skip
from flows.words import Words

KINDS: Mapping[str, type[Block]] = {
    "paragraph": Paragraph, "bullets": Bullets, "table": Table, "missing": Missing, "figure": Figure,
}  # fmt: skip
_NAMED = re.compile(f"{NAMED[0]}([^{NAMED[1]}]*){NAMED[1]}")
NOT_READ = ("", "—")  # cells that say nothing to somebody who reads them one after the other
_NAMES = {kind: name for name, kind in KINDS.items()}


def by_id(users: Iterable[str]) -> dict[str, str]:
    """What people are called in a document that is kept: by their ids, which are names once it is read."""
    return {user: f"{NAMED[0]}{user}{NAMED[1]}" for user in users}


def people(kept: Mapping[str, Any]) -> frozenset[str]:
    """Whose names are in what is kept, by id."""
    return frozenset(id for text in _texts(kept) for id in _NAMED.findall(text))


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values, however deep."""
    if isinstance(value, str):
        yield value
    elif not isinstance(value, bool):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def plain(document: Document) -> dict[str, Any]:
    """The document as values that JSON has."""
    return {
        "title": _words(document.title),
        "version": _words(document.version),
        "notices": [_words(one) for one in document.notices],
        "sections": [plain_section(one) for one in document.sections],
    }


def plain_section(section: Section) -> dict[str, Any]:
    """One section as values that JSON has."""
    blocks = [_block(block) for block in section.blocks]
    return {"id": section.id, "title": _words(section.title), "blocks": blocks}


def read(kept: Mapping[str, Any], changes: tuple[Words, ...] = ()) -> Document:
    """The document again, with what changed since the version before it."""
    return Document(
        title=_said(kept["title"]),
        version=_said(kept["version"]),
        notices=tuple(_said(one) for one in kept["notices"]),
        changes=changes,
        sections=tuple(
            Section(
                id=one["id"],
                title=_said(one["title"]),
                blocks=tuple(_again(block) for block in one["blocks"]),
            )
            for one in kept["sections"]
        ),
    )  # fmt: skip


def _words(words: Words) -> list[str]:
    return [words.en, words.fr]


def _said(pair: Any) -> Words:
    return Words(pair[0], pair[1])


def _block(block: Block) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": _NAMES[type(block)]}
    for name in type(block).__dataclass_fields__:
        value = getattr(block, name)
        if value is not None:
            found[name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Words):
        return {"w": _words(value)}
    return [_value(one) for one in value] if isinstance(value, tuple) else value


def _again(kept: Mapping[str, Any]) -> Block:
    return KINDS[kept["kind"]](**{name: _back(value) for name, value in kept.items() if name != "kind"})


def _back(value: Any) -> Any:
    if isinstance(value, dict):
        return _said(value["w"])
    return tuple(_back(one) for one in value) if isinstance(value, list) else value


ADDED = Words("{n} added", "{n} de plus")
GONE = Words("{n} taken out", "{n} de moins")
CHANGED = Words("{id} {title}: {what}", "{id} {title} : {what}")
STRENGTH = Words("{label} ({origin})", "{label} ({origin})")
#: How long a question has waited, in what says that it does (flows/document/missing.py).
WAITED = re.compile(
    r", unanswered (?:so far|for 1 day|for \d+ days)"
    r"|, sans réponse (?:à ce jour|depuis 1 jour|depuis \d+ jours)"
)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Words, ...]:
    """By section, how many statements were added and taken out; sections that say the same are left out. Days
    that have passed count as no change."""
    found = []
    for was, section in _sections(before, after):
        told = [added for _, added in _between(was, section)]
        counted = ((ADDED, told.count(True)), (GONE, told.count(False)))
        said = [words.fill(n=n) for words, n in counted if n]
        if said:
            what = said[0] if len(said) == 1 else Words("{a}, {b}", "{a}, {b}").fill(a=said[0], b=said[1])
            found.append(CHANGED.fill(id=section["id"], title=_said(section["title"]), what=what))
    return tuple(found)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[tuple[str, Words, bool]]:
    """Each statement that is in one of the two only, in either language, and each strength that is another
    now: its section, its words, whether it is new."""
    for was, section in _sections(before, after):
        yield from ((section["id"], words, added) for words, added in _between(was, section))


def _sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Each section as it was and as it is."""
    old = {one["id"]: one for one in before["sections"]}
    yield from ((old.get(one["id"], {"blocks": []}), one) for one in after["sections"])


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[Words, bool]]:
    """What one section says no more, and what it says now."""
    was, now = _statements(before), _statements(after)
    yield from ((words, False) for key, words in was.items() if key not in now)
    yield from ((words, True) for key, words in now.items() if key not in was)
    weak, strong = _strengths(before), _strengths(after)
    for key in [one for one in weak if one in strong and weak[one] != strong[one]]:
        yield from ((weak[key], False), (strong[key], True))


def blocks(section: Mapping[str, Any]) -> tuple[Block, ...]:
    """The blocks of a section that is kept."""
    return tuple(map(_again, section["blocks"]))


def _statements(section: Mapping[str, Any]) -> dict[Words, Words]:
    """What a section says, statement by statement, by what of it lasts: paragraphs, points, rows of tables
    with the name of their table, what is missing."""
    return {_lasting(block, words): words for block in blocks(section) for words in stated(block)}


def _strengths(section: Mapping[str, Any]) -> dict[tuple[str, str], Words]:
    """How strong what a section says is, by its label and by the question it comes from."""
    found: dict[tuple[str, str], Words] = {}
    for block in blocks(section):
        if isinstance(block, Paragraph | Bullets | Table) and block.origin is not None:
            label, source = block.label, block.origin
            words = source if label is None else STRENGTH.fill(label=label, origin=source)
            found[label.en if label else "", source.en.partition(", ")[0]] = words
    return found


def stated(block: Block) -> list[Words]:
    """What one block says: a paragraph, each point, each row, what is missing; of a picture its words."""
    match block:
        case Paragraph(words=words, label=label):
            return [_labelled(label, words)]
        case Bullets(items=items, label=label):
            return [_labelled(label, item) for item in items]
        case Table(rows=rows, label=label):
            return [_labelled(label, _row(row)) for row in rows]
        case Missing(words=words):
            return [words]
    return [block.alt]


def told(block: Block) -> tuple[Words | None, list[Words]]:
    """The same for somebody who reads line after line: a label once, above its points; each cell of a row
    after what it is, empty ones left out; nothing of a picture, which stands in the file."""
    match block:
        case Bullets(items=items, label=label):
            return label, [*items]
        case Table(label=label, head=head, rows=rows):
            return label, [_read_out(head, row) for row in rows]
        case Figure():
            return None, []
    return None, stated(block)


def _read_out(head: tuple[Words, ...], row: tuple[Words, ...]) -> Words:
    """The record and what it is called, then the rest under its headings."""
    plain = 2 if head[0] == RECORD else 1
    parts = [
        cell if n < plain else _labelled(name, cell)
        for n, (name, cell) in enumerate(zip(head, row, strict=False))
        if cell.en not in NOT_READ
    ]
    return Words(" · ".join(one.en for one in parts), " · ".join(one.fr for one in parts))


def _labelled(label: Words | None, words: Words) -> Words:
    return words if label is None else Words(f"{label.en}: {words.en}", f"{label.fr} : {words.fr}")


def _row(row: tuple[Words, ...]) -> Words:
    return Words(" | ".join(cell.en for cell in row), " | ".join(cell.fr for cell in row))


def _lasting(block: Block, words: Words) -> Words:
    """The words without how long something has been asked, which changes every day."""
    if not isinstance(block, Missing):
        return words
    return Words(WAITED.sub("", words.en), WAITED.sub("", words.fr))
