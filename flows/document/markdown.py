"""A document as Markdown in one language. Escapes every word, so that what people typed stays text."""

import re
from collections.abc import Callable

from flows.document.model import Block, Bullets, Document, Figure, Paragraph, Section, Table
from flows.document.text import Dress, Reading, as_written
from flows.words import Language, Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])", re.MULTILINE)
Said = Callable[[Words], str]
CHANGES = Words("Since the previous version", "Depuis la version précédente")
PICTURE = Words("Picture: {alt}", "Image : {alt}")


def escape(text: str) -> str:
    """`text` so that Markdown shows it as typed: no emphasis, link, HTML, heading or list."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def markdown(document: Document, language: Language, dress: Dress = as_written) -> str:
    """The whole document, ending with a line break. `dress` adds typography to words of our own."""
    return written(document, Reading(language=language, dress=dress))


def written(document: Document, reading: Reading) -> str:
    """The whole document as somebody reads it."""

    def said(words: Words) -> str:
        return escape(reading.line(words))

    parts = [f"# {said(document.title)}", said(document.version)]
    parts += [f"**{said(notice)}**" for notice in document.notices]
    if document.changes:
        changes = [f"- {said(change)}" for change in document.changes]
        parts.append("\n".join([f"{said(CHANGES)}", "", *changes]))
    parts += [_section(section, said) for section in document.sections]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, said: Said) -> str:
    title = " ".join(part for part in ("##", section.id, said(section.title)) if part)
    return "\n\n".join([title, *(_block(block, label, said) for block, label in section.labelled)])


def _block(block: Block, label: Words | None, said: Said) -> str:
    match block:
        case Paragraph(words=words, origin=origin):
            return f"{_head(label, origin, said)}{said(words)}"
        case Bullets(items=items, origin=origin):
            return _head(label, origin, said) + "\n".join(f"- {said(item)}" for item in items)
        case Table(head=head, rows=rows, origin=origin):
            cells = [[said(cell) for cell in row] for row in (head, *rows)]
            lines = ["| " + " | ".join(row) + " |" for row in cells]
            lines.insert(1, "|" + " --- |" * len(head))
            return _head(label, origin, said) + "\n".join(lines)
        case Figure(alt=alt):
            return _head(label, None, said) + said(PICTURE.fill(alt=alt))
    return f"> {said(block.words)}"


def _head(label: Words | None, origin: Words | None, said: Said) -> str:
    if label is None:
        return ""
    return f"**{said(label)}**{f' ({said(origin)})' if origin is not None else ''}\n\n"
