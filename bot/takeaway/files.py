"""Writes records to a file in each of the forms they are taken away in, a few at a time.

Holds no more than one portion of them, whatever their number. Decides neither who may nor what is in it.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, get_args

from bot.takeaway import xlsx
from flows.register import takeaway
from flows.register.model import Kept
from flows.register.takeaway import Reader

Form = Literal["csv", "xlsx", "md", "json", "ics"]
FORMS: tuple[Form, ...] = get_args(Form)
#: How the file of each form ends.
ENDINGS: Mapping[Form, str] = {"csv": "csv", "xlsx": "xlsx", "md": "zip", "json": "json", "ics": "ics"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a file says of itself."""

    title: str
    project: str  # its id
    made: datetime  # UTC
    check: str  # the record check at that moment


Portions = Iterable[tuple[Sequence[Kept], Reader]]


def write(form: Form, out: BinaryIO, portions: Portions, cover: Cover, first: Reader) -> int:
    """Write the records of all portions to `out`; returns how many. `first` names the columns."""
    counted = _Counted(portions)
    _WRITERS[form](out, counted, cover, first)
    return counted.n


class _Counted:
    """The records one by one, with whom they are written for, counted as they pass."""

    def __init__(self, portions: Portions) -> None:
        self._portions = portions
        self.n = 0

    def __iter__(self) -> Iterator[tuple[Kept, Reader]]:
        for records, reader in self._portions:
            for record in records:
                self.n += 1
                yield record, reader


def _csv(out: BinaryIO, records: _Counted, cover: Cover, first: Reader) -> None:
    """UTF-8 with its mark, so that Excel reads the accents; with semicolons in French, as it expects."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, delimiter=";" if first.language == "fr" else ",", quoting=csv.QUOTE_ALL)
    table.writerow(takeaway.header(first.language))
    for record, reader in records:
        table.writerow(takeaway.cells(record, reader))
    text.detach()


def _xlsx(out: BinaryIO, records: _Counted, cover: Cover, first: Reader) -> None:
    def lines() -> Iterator[Sequence[str]]:
        yield takeaway.header(first.language)
        for record, reader in records:
            yield takeaway.cells(record, reader)

    xlsx.write(out, cover.title, lines())


def _markdown(out: BinaryIO, records: _Counted, cover: Cover, first: Reader) -> None:
    """One decision a file, in a zip; other records have no such form."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for record, reader in records:
            archive.writestr(takeaway.file_name(record, reader.language), takeaway.adr(record, reader))


def _json(out: BinaryIO, records: _Counted, cover: Cover, first: Reader) -> None:
    head = {
        "title": cover.title,
        "project": cover.project,
        "made": cover.made.isoformat(),
        "check": cover.check,
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "records": [')
    for n, (record, reader) in enumerate(records):
        line = json.dumps(takeaway.plain(record, reader), ensure_ascii=False, default=str)
        out.write((",\n" if n else "\n").encode() + line.encode())
    out.write(b"\n]}\n")


def _ics(out: BinaryIO, records: _Counted, cover: Cover, first: Reader) -> None:
    def lines() -> Iterator[str]:
        for record, reader in records:
            yield from takeaway.events(record, reader, uid=cover.project, stamp=cover.made)

    for line in takeaway.calendar(lines()):
        out.write(line.encode())


_WRITERS: Mapping[Form, Callable[[BinaryIO, _Counted, Cover, Reader], None]] = {
    "csv": _csv, "xlsx": _xlsx, "md": _markdown, "json": _json, "ics": _ics,
}  # fmt: skip
