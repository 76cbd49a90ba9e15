"""Writes one sheet of text as an XLSX file, line by line. Every cell is a string: there are no formulas.

By hand, because it takes sixty lines, streams, and needs no library (docs/decisions/xlsx-by-hand.md).
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767  # characters Excel takes in one cell
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FILES = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def write(out: BinaryIO, title: str, lines: Iterable[Sequence[str]]) -> None:
    """Write the lines as one sheet, the first of them frozen at the top. Holds one line at a time."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in _FILES.items():
            archive.writestr(name, HEAD + text)
        named = escape(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "1", {'"': "&quot;"})
        archive.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{named}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(
                f'{HEAD}<worksheet xmlns="{SHEETS}"><sheetViews><sheetView workbookViewId="0">'
                '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
                "</sheetView></sheetViews><sheetData>".encode()
            )
            for line in lines:
                sheet.write(f"<row>{''.join(map(_cell, line))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    kept = escape(NOT_XML.sub("", text)[:LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'
