"""A document as one page of HTML, for a screen, and as the source of a PDF.

The template comes with the bot; every word is a variable, and is escaped (T5, T6). Loads nothing by itself.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from bot.documents.columns import ACROSS, LONG, MANY, shares
from bot.documents.house import House
from bot.words.text import N_, words
from flows.document.markdown import CHANGES
from flows.document.model import Block, Bullets, Document, Figure, Missing, Paragraph, Section, Table
from flows.document.text import Reading
from flows.words import Words

_HERE = Path(__file__).parent / "templates"
_LONG = re.compile(r"[^\s\u200b]{30}(?=[^\s\u200b])")
CONTENTS, INCOMPLETE = N_("Contents"), N_("to be completed")
#: A picture of a page by its name: what kind of file, and its bytes.
Pictures = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, and the pictures it shows, by the names under which it asks for them."""

    title: str
    html: str
    pictures: Pictures


class _Broken(Reading):
    """A reading whose long words may be broken."""

    def said(self, words: Words) -> str:
        """The words, with places to break."""
        return _breakable(super().said(words))


def screen(document: Document, reading: Reading, house: House) -> bytes:
    """One file that needs no other: pictures and style are in it."""
    pictures = _pictures(document, reading, house)

    def source(name: str) -> str:
        kind, content = pictures[name]
        return f"data:{kind};base64,{b64encode(content).decode()}"

    return _html(document, reading, house, source).encode()


def _breakable(text: str) -> str:
    """The same with places to break inside words that have none: finding them takes the press minutes."""
    return _LONG.sub(lambda found: f"{found[0]}\u200b", text)


def paper(document: Document, reading: Reading, house: House) -> Page:
    """The same for the press, which is handed the pictures and fetches nothing."""
    broken = _Broken(language=reading.language, dress=reading.dress, names=reading.names)
    html = _html(document, broken, house, lambda name: f"cadrage:{name}")
    pictures = _pictures(document, reading, house)
    return Page(title=reading.line(document.title), html=html, pictures=pictures)


def _pictures(document: Document, reading: Reading, house: House) -> Pictures:
    found = {
        _named(section, n): ("image/svg+xml", block.drawing.in_(reading.language).encode())
        for section in document.sections
        for n, block in enumerate(section.blocks)
        if isinstance(block, Figure)
    }
    return {**found, "logo": (house.logo_type, house.logo)} if house.logo is not None else found


def _named(section: Section, n: int) -> str:
    return f"figure-{section.id}-{n}"


def _html(document: Document, reading: Reading, house: House, source: Callable[[str], str]) -> str:
    w, said = words(reading.language), reading.said
    style = _style().replace("{ink}", house.ink).replace("{accent}", house.accent)
    made = _templates().get_template("document.html.j2").render(
        language=reading.language, house=house, source=source,
        title=reading.line(document.title), version=said(document.version),
        notices=[said(one) for one in document.notices],
        changes=[said(one) for one in document.changes],
        sections=[_section(section, reading) for section in document.sections],
        shape=shape(document),
        words={"contents": w(CONTENTS), "incomplete": w(INCOMPLETE), "changes": said(CHANGES)},
        foot=f"{reading.line(document.title)} · {reading.line(document.version)}",
    )  # fmt: skip
    # The style is ours and not escaped; the first such place is the one of the template.
    return made.replace("<style></style>", f"<style>{style}</style>", 1)


def _section(section: Section, reading: Reading) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": reading.line(section.title),
        "complete": section.complete,
        "blocks": [
            _block(block, label, _named(section, n), reading)
            for n, (block, label) in enumerate(section.labelled)
        ],
    }


def shape(document: Document) -> str:
    """ "long": with a cover and contents; "short"; "across" the sheet: a short one with a table of many
    columns."""
    if document.long:
        return "long"
    tables = (block for section in document.sections for block in section.blocks if isinstance(block, Table))
    return "across" if any(len(table.head) >= ACROSS for table in tables) else "short"


def _block(block: Block, name: Words | None, picture: str, reading: Reading) -> dict[str, Any]:
    said = reading.said
    label = None if name is None else reading.line(name)
    origin = getattr(block, "origin", None)
    found: dict[str, Any] = {"label": label, "origin": None if origin is None else reading.line(origin)}
    match block:
        case Paragraph(words=text):
            return {**found, "kind": "paragraph", "words": said(text)}
        case Bullets(items=items):
            return {**found, "kind": "bullets", "items_": [said(item) for item in items]}
        case Table(head=head, rows=rows):
            cells = [[said(cell) for cell in row] for row in rows]
            names = [said(cell) for cell in head]
            wide, even = len(names) >= MANY, shares(names, cells) if len(cells) >= LONG else []
            looks = {"wide": wide, "even": bool(even), "over": bool(block.over)}
            look = " ".join(name for name, is_so in looks.items() if is_so)
            return {**found, "kind": "table", "head": names, "rows": cells, "look": look, "shares": even}
        case Figure(alt=alt):
            return {**found, "kind": "figure", "words": said(alt), "source": picture}
        case Missing(words=text):
            return {**found, "kind": "missing", "words": said(text)}


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    """Escapes everything it is given (T6)."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _style() -> str:
    return (_HERE / "document.css").read_text(encoding="utf-8")
