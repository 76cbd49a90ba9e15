"""`cadrage import`: what a CSV file would make and why lines are refused, then the records, and back again.

Reads the file twice, a portion at a time: first to say, then, once that is agreed to, to make. Prints nothing
itself: `say` does. A file sent in Slack comes this way too (bot/takeaway/bringing.py).
"""

import csv
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from bot.people import several
from flows.dialogue.effects import Draft, RecordKind
from flows.project import Project
from flows.register import bringing as lines
from flows.register.bringing import Columns, Known, Refused, Taken
from flows.register.finding import fold
from flows.words import Language, Words
from storage import bringing
from storage.database import Connection, Database

LARGEST = 200_000  # lines
EVERY = 10_000  # lines between two lines of progress
EXAMPLES, REASONS = 5, 20
Say = Callable[[str], None]
_UNTITLED = Words(
    "no column is called Title. The first line names the columns, in English or in French, as a table that "
    "was taken away has them.",
    "aucune colonne ne s’appelle Titre. La première ligne nomme les colonnes, en français ou en anglais, "
    "comme dans un tableau emporté d’ici.",
)  # fmt: skip
_KINDLESS = Words(
    "no column is called Kind: add it, with decision or issue on each line (a command line may say --kind).",
    "aucune colonne ne s’appelle Type : ajoutez-la, et écrivez-y décision ou question.",
)
_LONG = Words(
    f"more than {LARGEST:,} lines. Split it, and bring it in part by part.",
    f"plus de {LARGEST:,} lignes. Partagez-le, et importez-le partie par partie.".replace(",", " ", 1),
)
_OTHER_TEXT = Words(
    "line {line} is not UTF-8 text. Save it again as “CSV UTF-8”, and bring that in.",
    "la ligne {line} n’est pas du texte en UTF-8. Enregistrez-le comme « CSV UTF-8 », et envoyez celui-là.",
)
_NO_TABLE = Words("this is not a table in CSV ({why}).", "ce n’est pas un tableau en CSV ({why}).")


class Unusable(Exception):
    """The file cannot be read at all. The words say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be brought in, where. `kind`: of lines that do not say theirs; `by`: the Slack user who
    does it, "" from the command line."""

    db: Database
    file: Path
    project: Project
    kind: RecordKind | None = None
    batch: str = field(default_factory=lambda: secrets.token_hex(4))
    by: str = ""


@dataclass(slots=True)
class Preview:
    """What a file would do."""

    columns: Columns
    records: int = 0
    refused: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    examples: list[Taken] = field(default_factory=list)
    reasons: list[Refused] = field(default_factory=list)


def preview(order: Order, *, say: Say, report: Say | None = None) -> Preview:
    """Read the whole file and make nothing. `report` hears of each refusal in a line. Raises Unusable."""
    found = Preview(columns=_columns(order))
    for n, one in enumerate(_read(order, found.columns), start=1):
        if isinstance(one, Refused):
            found.refused += 1
            found.reasons += [one] if len(found.reasons) < REASONS else []
            if report:
                report(refusal(one, order.project.language))
        else:
            found.records += 1
            found.by_kind[one.draft.kind] = found.by_kind.get(one.draft.kind, 0) + 1
            found.examples += [one] if len(found.examples) < EXAMPLES else []
        if n % EVERY == 0:
            say(f"… {n:,} lines read")
    return found


def bring(order: Order, found: Preview, *, now: datetime, say: Say) -> int:
    """Make what the preview has shown; returns how many records were made."""
    here = {"workspace": order.project.workspace, "project_id": order.project.id}
    run, done = order.db.background.run_sync, 0
    drafts = (one.draft for one in _read(order, found.columns) if isinstance(one, Taken))
    for portion in _portions(drafts):
        run(bringing.bring, **here, drafts=portion, now=now, by=order.by)
        done += len(portion)
        if done % EVERY == 0:
            say(f"… {done:,} records made")
    run(bringing.noted, **here, batch=order.batch, action="file.brought", records=done, now=now, by=order.by)
    return done


def take_back(db: Database, batch: str, *, project: Project, now: datetime, by: str = "") -> int:
    """Withdraw what this import made and nobody has touched since; returns how many."""
    here = {"workspace": project.workspace, "project_id": project.id, "batch": batch}
    done = 0
    while some := db.background.run_sync(bringing.take_back, **here, now=now):
        done += some
    if done:
        db.background.run_sync(bringing.noted, **here, action="file.taken_back", records=done, now=now, by=by)
    return done


def refusal(one: Refused, language: Language) -> str:
    """Line, column, reason and remedy."""
    if language == "fr":
        return f"Ligne {one.line}, colonne {one.column} : {one.why.fr}"
    return f"Line {one.line}, column {one.column}: {one.why.en}"


def _columns(order: Order) -> Columns:
    file = order.file
    _, head = next(_lines(file), (0, ()))
    found = lines.columns(head)
    if "title" not in found.at:
        raise Unusable(_UNTITLED)
    if "kind" not in found.at and order.kind is None:
        raise Unusable(_KINDLESS)
    return found


def _read(order: Order, found: Columns) -> Iterator[Taken | Refused]:
    known = order.db.background.read_sync(_known, project=order.project)
    item = bringing.item(order.batch).removesuffix(":")
    yield from lines.read(islice(_lines(order.file), 1, None), found, known, kind=order.kind, batch=item)


def _known(conn: Connection, *, project: Project) -> Known:
    people = several(conn, workspace=project.workspace, users=tuple(project.cast.everybody()))
    names = {fold(person.name): user for user, person in people.items() if person.name}
    names |= {fold(user): user for user in people}
    here = {"workspace": project.workspace, "project_id": project.id}
    return Known(people=names, titles=dict(bringing.titles(conn, **here)))


def _lines(file: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines of the table with their place. Raises Unusable for what is no text, or too much."""
    encoding = _encoding(file)
    try:
        with file.open(encoding=encoding, newline="") as text:
            first = text.readline()
            text.seek(0)
            table = csv.reader(text, delimiter=max(",;\t", key=first.count))
            for cells in table:
                if table.line_num > LARGEST:
                    raise Unusable(_LONG)
                yield table.line_num, cells
    except UnicodeDecodeError as error:
        line = _line_of(file, error.start)
        raise Unusable(_OTHER_TEXT.fill(line=Words.same(line))) from None
    except csv.Error as error:
        raise Unusable(_NO_TABLE.fill(why=Words.same(str(error)))) from None
    except OSError as error:
        raise _closed(error) from None


def _closed(error: OSError) -> Unusable:
    """No such file, not ours to read …: in the words of the system."""
    return Unusable(Words.same(f"{error.strerror or 'this file cannot be read'}."))


def _encoding(file: Path) -> str:
    try:
        with file.open("rb") as raw:
            mark = raw.read(2)
    except OSError as error:
        raise _closed(error) from None
    return "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _line_of(file: Path, start: int) -> str:
    """The first line that is not UTF-8: the reader tells only where in its portion it stopped."""
    with file.open("rb") as raw:
        for n, line in enumerate(raw, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return str(n)
    return f"with byte {start}"


def _portions(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    each = iter(drafts)
    while portion := list(islice(each, bringing.MOST)):
        yield portion
