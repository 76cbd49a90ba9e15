"""Reads the text of an XLSX file that somebody sent, within bounds: nothing in it is evaluated or fetched.

By hand, with the standard library: what is read is counted as it is unpacked, whatever the file says of its
size, and a document type or an entity ends it. Formulas are not read, only what stood in their cells.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from flows.vendor_file import Grid
from flows.words import Words

LARGEST = 2 * 1024 * 1024  # bytes of the file
UNPACKED = 24 * 1024 * 1024  # bytes of all that is read of it
PARTS, ROWS, COLUMNS, CELL = 200, 5_000, 40, 8_000  # parts, rows and columns of a sheet, characters of a cell
SHEETS = 12
HEAD = 1024 * 1024  # bytes of the parts that say what there is
SHARED = ROWS * COLUMNS  # texts that cells point to
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two ways in which an Excel file is packed
NOT_XLSX = Words("This is not an Excel file (.xlsx).", "Ce n’est pas un fichier Excel (.xlsx).")
TOO_LARGE = Words(
    "This file is too large: 2 MB and 5,000 rows at most.",
    "Ce fichier est trop grand : 2 Mo et 5 000 lignes au plus.",
)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Unreadable(Exception):
    """The file cannot be read. `words` say why, for whoever sent it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def read(content: bytes) -> list[Grid]:
    """Every sheet with its name, its rows and their cells as text. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _sheets(_Parts(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable(NOT_XLSX) from error
    except (expat.ExpatError, KeyError, ValueError, UnicodeError) as error:
        raise Unreadable(NOT_XLSX) from error


class _Parts:
    """The parts of the archive, unpacked one by one and never more than UNPACKED bytes in all."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.infolist()) > PARTS:
            raise Unreadable(TOO_LARGE)
        if any(part.compress_type not in PACKED for part in archive.infolist()):
            raise Unreadable(NOT_XLSX)
        self._archive, self._left = archive, UNPACKED
        self.names = set(archive.namelist())

    def of(self, name: str, *, most: int = UNPACKED) -> bytes:
        most = min(most, self._left)
        with self._archive.open(name) as part:
            found = part.read(most + 1)
        self._left -= len(found)
        if len(found) > most:
            raise Unreadable(TOO_LARGE)
        return found


def _sheets(parts: _Parts) -> list[Grid]:
    targets = dict(_relations(parts.of("xl/_rels/workbook.xml.rels", most=HEAD)))
    shared = _shared(parts.of("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in parts.names else []
    found: list[Grid] = []
    for name, relation in _names(parts.of("xl/workbook.xml", most=HEAD))[:SHEETS]:
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in parts.names and "worksheets/" in path:
            found.append((name[:40], _Sheet(shared).rows(parts.of(path))))
    return found


def _parser() -> expat.XMLParserType:
    """A parser that refuses document types, and so every entity of somebody's making."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refused(*_: object) -> None:
        raise Unreadable(NOT_XLSX)

    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    return parser


def _elements(content: bytes, wanted: str) -> list[dict[str, str]]:
    """The elements of this local name, PARTS at most, with attributes by local name; no other is kept."""
    found: list[dict[str, str]] = []
    parser = _parser()

    def begins(name: str, given: dict[str, str]) -> None:
        if _local(name) == wanted and len(found) < PARTS:
            found.append({_local(key): value for key, value in given.items()})

    parser.StartElementHandler = begins
    parser.Parse(content, True)
    return found


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _relations(content: bytes) -> list[tuple[str, str]]:
    return [(one.get("Id", ""), one.get("Target", "")) for one in _elements(content, "Relationship")]


def _names(content: bytes) -> list[tuple[str, str]]:
    return [(one.get("name", ""), one.get("id", "")) for one in _elements(content, "sheet")]


def _shared(content: bytes) -> list[str]:
    """The texts that cells point to."""
    found: list[str] = []
    text: list[str] = []
    inside = [False]
    parser = _parser()

    def begins(name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            text.clear()
        inside[0] = _local(name) == "t"

    def ends(name: str) -> None:
        inside[0] = False
        if _local(name) == "si":
            found.append("".join(text)[:CELL])
            if len(found) > SHARED:
                raise Unreadable(TOO_LARGE)

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = lambda said: text.append(said) if inside[0] else None
    parser.Parse(content, True)
    return found


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read."""

    shared: list[str]
    found: dict[int, dict[int, str]] = field(default_factory=dict)
    place: tuple[int, int] = (0, 0)
    kind: str = ""
    text: list[str] = field(default_factory=list)
    taken: bool = False

    def rows(self, content: bytes) -> list[tuple[int, dict[int, str]]]:
        """Its rows by number."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        parser.CharacterDataHandler = lambda said: self.text.append(said) if self.taken else None
        parser.Parse(content, True)
        return sorted(self.found.items())

    def _begins(self, name: str, given: dict[str, str]) -> None:
        local = _local(name)
        self.taken = local in ("t", "v")
        if local == "c":
            self.place, self.kind = self._placed(given.get("r", "")), given.get("t", "")
            self.text.clear()

    def _ends(self, name: str) -> None:
        self.taken = False
        if _local(name) != "c":
            return
        row, column = self.place
        said = "".join(self.text)[:CELL]
        if self.kind == "s":
            said = self.shared[int(said)] if said.isdigit() and int(said) < len(self.shared) else ""
        if said and column < COLUMNS:
            self.found.setdefault(row, {})[column] = said
            if len(self.found) > ROWS:
                raise Unreadable(TOO_LARGE)

    def _placed(self, ref: str) -> tuple[int, int]:
        """Row from 1 and column from 0; a cell that does not say stands after the one before."""
        match = _PLACE.fullmatch(ref)
        if match is None:
            return self.place[0] or 1, self.place[1] + 1
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]), column - 1
