"""Writes several protected sheets of text as an XLSX file: only named cells can be filled in, no formulas.

By hand, as the file of records is (docs/decisions/xlsx-by-hand.md). The same sheets give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from bot.takeaway.xlsx import HEAD, KINDS, LONGEST, NOT_XML, OFFICE, RELATIONS, SHEETS
from flows.vendor_file import ANSWER, Sheet

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
THEN = (1980, 1, 1, 0, 0, 0)  # the date of every part, so that the bytes say nothing of when
HEADING, LOCKED, OPEN = 1, 2, 3  # styles, by their place below
_STYLES = (
    f'{HEAD}<styleSheet xmlns="{SHEETS}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF9DB"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border><left style="thin"><color rgb="FFB8BEC6"/></left>'
    '<right style="thin"><color rgb="FFB8BEC6"/></right><top style="thin"><color rgb="FFB8BEC6"/></top>'
    '<bottom style="thin"><color rgb="FFB8BEC6"/></bottom></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf borderId="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fillId="3" borderId="1" applyNumberFormat="1" applyFill="1" applyAlignment="1" '
    'applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def written(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in _parts(sheets).items():
            part = zipfile.ZipInfo(name, THEN)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, text)
    return out.getvalue()


def _parts(sheets: Sequence[Sheet]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KINDS}.worksheet+xml"/>'
        for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(_name(sheet.name))} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">{relations}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>{named}</sheets>'
        "</workbook>",
        **{f"xl/worksheets/sheet{n}.xml": _sheet(sheet) for n, sheet in zip(numbers, sheets, strict=True)},
    }  # fmt: skip


def _name(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", text)[:31]


def _sheet(sheet: Sheet) -> str:
    """Protected but for the open cells; the first row stays in sight where there are names of columns."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(_row(sheet, n, row) for n, row in enumerate(sheet.rows))
    pane = (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if sheet.choices else ""
    )
    return (
        f'{HEAD}<worksheet xmlns="{SHEETS}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
        "</sheetViews>"
        f"<cols>{columns}</cols><sheetData>{rows}</sheetData>"
        '<sheetProtection sheet="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
        f"{_choices(sheet)}</worksheet>"
    )  # fmt: skip


def _choices(sheet: Sheet) -> str:
    """The list that the cells of the answer offer. Something else may be typed; reading it says so."""
    if not sheet.choices:
        return ""
    last, column = len(sheet.rows), chr(ord("A") + ANSWER)
    offered = escape('"' + ",".join(sheet.choices) + '"')
    return (
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        f'errorStyle="stop" sqref="{column}2:{column}{last}"><formula1>{offered}</formula1></dataValidation>'
        "</dataValidations>"
    )


def _row(sheet: Sheet, n: int, row: Sequence[str]) -> str:
    cells = "".join(_cell(sheet, n, column, text) for column, text in enumerate(row))
    return f'<row r="{n + 1}">{cells}</row>'


def _cell(sheet: Sheet, n: int, column: int, text: str) -> str:
    style = OPEN if (n, column) in sheet.open else HEADING if n == sheet.head else LOCKED
    place = f'r="{chr(ord("A") + column)}{n + 1}" s="{style}"'
    if not text:
        return f"<c {place}/>"
    kept = escape(NOT_XML.sub("", text)[:LONGEST])
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'
