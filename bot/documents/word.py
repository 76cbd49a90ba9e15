"""A document as DOCX: real styles, headings, tables with a heading row, contents, page numbers.

The same bytes for the same document: the archive bears no day and no name of a program.
"""

import io
import zipfile
from datetime import datetime
from typing import Any

from bot.documents import word_tables
from bot.documents.house import House
from bot.documents.page import CONTENTS, shape
from bot.words import drawing
from bot.words.text import words
from flows.document.markdown import CHANGES
from flows.document.model import Block, Bullets, Document, Figure, Missing, Paragraph, Section, Table
from flows.document.text import Reading
from flows.words import Words

LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - what the format keeps has no zone
STAMP = (1980, 1, 1, 0, 0, 0)
TAGS = {"en": "en-GB", "fr": "fr-FR"}
FULL_WIDTH, FULL_HEIGHT = 16.5, 22  # centimetres between the margins, and what of a page a picture may take
ACROSS = 14286  # twentieths of a point between the margins of a sheet laid across: 25.2 cm
SHARP = 3  # pixels of a picture for each of its drawing: 330 to the inch
RED, GREY = "9C2318", "5A6172"
MISSING = "Missing"  # the style of what is missing: a pale ground, a line at its left
_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MARKED = (
    f'<w:pBdr {_NAMES}><w:left w:val="single" w:sz="24" w:space="8" w:color="C98A1B"/></w:pBdr>',
    f'<w:shd {_NAMES} w:val="clear" w:color="auto" w:fill="FDF6E6"/>',
)
#: Characters that XML cannot hold, whatever the escaping.
_NOT_XML = {n: None for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if n not in (0x09, 0x0A, 0x0D)}


class NotWritten(Exception):
    """No DOCX was made: what writes it is not installed."""


def docx(document: Document, reading: Reading, house: House) -> bytes:
    """The document as DOCX. Raises NotWritten without its extra."""
    try:
        import docx as library  # noqa: PLC0415 - an extra, loaded by those who ask for it
    except ImportError as error:
        raise NotWritten(str(error)) from error
    writer = _Writer(library.Document(), reading, house, across=shape(document) == "across")
    writer.cover(document)
    writer.contents(document)
    for section in document.sections:
        writer.section(section)
    writer.margins(document)
    out = io.BytesIO()
    writer.file.save(out)
    return _normalised(out.getvalue())


def _normalised(content: bytes) -> bytes:
    """The same archive, its parts in the order of their names and without a day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


class _Writer:
    """Writes one document into a file of the library, paragraph after paragraph."""

    def __init__(self, file: Any, reading: Reading, house: House, *, across: bool) -> None:
        from docx.enum.section import WD_ORIENT  # noqa: PLC0415
        from docx.shared import Cm, Pt  # noqa: PLC0415

        self.file, self.reading, self.house = file, reading, house
        page = file.sections[0]
        page.page_width, page.page_height = (Cm(29.7), Cm(21)) if across else (Cm(21), Cm(29.7))
        self.full = ACROSS if across else word_tables.FULL
        page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        page.left_margin = page.right_margin = Cm(2.25)
        page.top_margin = page.bottom_margin = Cm(2.2)
        file.styles["Normal"].font.name, file.styles["Normal"].font.size = "Calibri", Pt(10.5)
        for name in ("Title", "Heading 1", "Heading 2"):
            self._colour(file.styles[name].font, house.accent)
        self._styles()
        self._language()

    def _styles(self) -> None:
        """What Word has no style for: the text of a cell, and what is missing."""
        from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
        from docx.oxml import parse_xml  # noqa: PLC0415
        from docx.shared import Pt  # noqa: PLC0415

        styles = self.file.styles
        styles["Subtitle"].font.italic = False
        self._colour(styles["Subtitle"].font, GREY)
        cells = [(name, size, 1.0) for name, size in word_tables.LETTERS.items()]
        for name, size, after in (*cells, (MISSING, 10, 6)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style, style.font.size = styles["Normal"], Pt(size)
            for mark in MARKED if name == MISSING else ():  # before its spacing: the format has an order
                style.element.get_or_add_pPr().append(parse_xml(mark))
            style.paragraph_format.space_before = Pt(1)
            style.paragraph_format.space_after = Pt(after)

    def _language(self) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        lang = OxmlElement("w:lang")
        for name in ("w:val", "w:eastAsia", "w:bidi"):
            lang.set(qn(name), TAGS[self.reading.language])
        self.file.styles["Normal"].element.get_or_add_rPr().append(lang)

    @staticmethod
    def _colour(font: Any, colour: str) -> None:
        from docx.shared import RGBColor  # noqa: PLC0415

        font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())

    def said(self, words_: Any) -> str:
        """Words of the document as this reader has them, without what the format cannot hold."""
        return self.reading.said(words_).translate(_NOT_XML)

    def cover(self, document: Document) -> None:
        """Who it is from, what it is, which version, what it is not yet, what has changed."""
        from docx.shared import Cm  # noqa: PLC0415

        title, file = self.said(document.title), self.file
        kept = file.core_properties
        kept.title, kept.author, kept.language = title[:250], self.house.company, TAGS[self.reading.language]
        kept.created = kept.modified = LONG_AGO
        kept.comments = kept.last_modified_by = ""
        kept.revision = 1
        if self.house.logo is not None:
            picture = file.add_picture(io.BytesIO(self.house.logo), height=Cm(1.8))
            _described(picture, self.house.company)
        if self.house.company:
            file.add_paragraph(self.house.company).runs[0].bold = True
        file.add_paragraph(title, style="Title")
        file.add_paragraph(self.said(document.version), style="Subtitle")
        for notice in document.notices:
            run = file.add_paragraph().add_run(self.said(notice))
            run.bold = True
            self._colour(run.font, RED)
        if self.house.text:
            file.add_paragraph(self.house.text)
        if document.long:
            file.add_page_break()
        if document.changes:
            file.add_heading(self.said(CHANGES), level=2)
            for change in document.changes:
                file.add_paragraph(self.said(change), style="List Bullet")

    def contents(self, document: Document) -> None:
        """The contents of a long document, as a field that Word brings up to date; until then, the sections
        by name."""
        file = self.file
        if not document.long:
            return
        file.add_heading(words(self.reading.language)(CONTENTS), level=2)
        lines = [f"{section.id} {self.said(section.title)}" for section in document.sections]
        place = file.add_paragraph()
        _field(place, 'TOC \\o "1-1" \\h \\z \\u', "\n".join(lines))
        file.add_page_break()

    def margins(self, document: Document) -> None:
        """What it is at the top of each page, its number at the bottom; the mark of a draft in red."""
        page = self.file.sections[0]
        head = page.header.paragraphs[0]
        head.add_run(self.said(document.title))
        for notice in document.notices[:1]:
            run = head.add_run(f"   {self.said(notice)}")
            run.bold = True
            self._colour(run.font, RED)
        foot = page.footer.paragraphs[0]
        foot.add_run(f"{self.said(document.version)}   ")
        _field(foot, "PAGE", "1")
        foot.add_run(" / ")
        _field(foot, "NUMPAGES", "1")

    def section(self, section: Section) -> None:
        """One section under its heading."""
        self.file.add_heading(f"{section.id} {self.said(section.title)}", level=1)
        for block, label in section.labelled:
            self._block(block, label)

    def _block(self, block: Block, label: Words | None) -> None:
        match block:
            case Missing(words=text):
                self.file.add_paragraph(self.said(text), style=MISSING)
                return
            case Figure(alt=alt):
                self._heading(label, None)
                self._figure(block, self.said(alt))
                return
        self._heading(label, block.origin)
        match block:
            case Paragraph(words=text):
                self.file.add_paragraph(self.said(text))
            case Bullets(items=items):
                for item in items:
                    self.file.add_paragraph(self.said(item), style="List Bullet")
            case Table():
                self._table(block)

    def _heading(self, label: Any, origin: Any) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        if label is None:
            return
        heading = self.file.add_heading(self.said(label), level=2)
        if origin is not None:
            run = heading.add_run(f"  {self.said(origin)}")
            run.bold, run.font.size = False, Pt(8)
            self._colour(run.font, GREY)

    def _table(self, table: Table) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415

        head, *rows = [[self.said(text) for text in row] for row in (table.head, *table.rows)]
        over, full = bool(table.over), self.full
        made = parse_xml(word_tables.written(head, rows, self.said(table.label), over=over, full=full))
        self.file.add_paragraph(style=word_tables.CELL)._p.addprevious(made)

    def _figure(self, figure: Figure, alt: str) -> None:
        from docx.shared import Cm  # noqa: PLC0415

        content = drawing.png(figure.drawing.in_(self.reading.language), times=SHARP)
        picture = self.file.add_picture(io.BytesIO(content), width=Cm(FULL_WIDTH))
        if picture.height > Cm(FULL_HEIGHT):
            picture.width, picture.height = picture.width * Cm(FULL_HEIGHT) // picture.height, Cm(FULL_HEIGHT)
        _described(picture, alt)


def _described(picture: Any, alt: str) -> None:
    """What a screen reader says of a picture."""
    picture._inline.docPr.set("descr", alt)


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A field of Word, and what stands there until it is worked out."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            paragraph.add_run()._r.append(text)
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(mark)
        if kind == "separate":
            paragraph.add_run(shown)
