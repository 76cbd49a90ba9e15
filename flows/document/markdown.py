"""A document as Markdown in one language. Escapes every word, so that what people typed stays text."""

import re

from flows.document.model import Block, Bullets, Document, Paragraph, Section, Table
from flows.words import Language, Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])", re.MULTILINE)
CHANGES = Words("Since the previous version", "Depuis la version précédente")


def escape(text: str) -> str:
    """`text` so that Markdown shows it as typed: no emphasis, link, HTML, heading or list."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def markdown(document: Document, language: Language) -> str:
    """The whole document, ending with a line break. Typographic spaces are added on rendering, not
    here."""
    parts = [f"# {_line(document.title, language)}", _line(document.version, language)]
    parts += [f"**{_line(notice, language)}**" for notice in document.notices]
    if document.changes:
        changes = [f"- {_line(change, language)}" for change in document.changes]
        parts.append("\n".join([f"{_line(CHANGES, language)}", "", *changes]))
    parts += [_section(section, language) for section in document.sections]
    return "\n\n".join(parts) + "\n"


def _line(words: Words, language: Language) -> str:
    """Words on one line."""
    return escape(" / ".join(line.strip() for line in words.in_(language).splitlines() if line.strip()))


def _section(section: Section, language: Language) -> str:
    title = f"## {section.id} {_line(section.title, language)}"
    return "\n\n".join([title, *(_block(block, language) for block in section.blocks)])


def _block(block: Block, language: Language) -> str:
    match block:
        case Paragraph(words=words, label=label):
            return f"{_head(label, language)}{_line(words, language)}"
        case Bullets(items=items, label=label):
            return _head(label, language) + "\n".join(f"- {_line(item, language)}" for item in items)
        case Table(label=label, head=head, rows=rows):
            cells = [[_line(cell, language) for cell in row] for row in (head, *rows)]
            lines = ["| " + " | ".join(row) + " |" for row in cells]
            lines.insert(1, "|" + " --- |" * len(head))
            return _head(label, language) + "\n".join(lines)
    return f"> {_line(block.words, language)}"


def _head(label: Words | None, language: Language) -> str:
    return f"**{_line(label, language)}**\n\n" if label is not None else ""
