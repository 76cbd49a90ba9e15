"""Reads the records of a file in portions, as the one it is for may read them, and has them written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from bot import asker
from bot.hub.kinds import KINDS, TITLES
from bot.takeaway import files
from bot.takeaway.files import Cover, Form
from bot.words.text import words
from flows.dialogue.model import Question
from flows.playbook import Playbook
from flows.project import Project
from flows.register import takeaway
from flows.register.finding import Wanted
from flows.register.model import Kept
from flows.words import Language
from storage import audit, finding
from storage.database import Connection

PORTION = 500  # records read at once

#: What a form leaves in, where it is not every record: Markdown has a page for each decision.
WANTED: Mapping[Form, Wanted] = {"md": Wanted(kind="decision")}
#: Runs `fn(conn, **more)` on a connection that cannot write: the one at hand, or each time another.
Read = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """One file: of which project, in which form and language, and on whose behalf it is read."""

    project: Project
    playbook: Playbook
    form: Form
    language: Language
    reads: finding.Reader
    now: datetime  # UTC
    most: int = 0  # records; 0: all


def take(read: Read, taking: Taking, out: BinaryIO, say: Callable[[int], None] | None = None) -> int:
    """Write the file to `out`, the newest record first; returns how many there are in it. `say` hears now and
    then how many are written."""
    first = read(_reader, taking=taking)
    check = read(audit.check, workspace=taking.project.workspace, project_id=taking.project.id)
    title = words(taking.language)("Records of {project}", project=taking.project.name)
    cover = Cover(title=title, project=taking.project.id, made=taking.now, check=check)
    return files.write(taking.form, out, _portions(read, taking, first, say), cover, first)


def _portions(
    read: Read, taking: Taking, first: takeaway.Reader, say: Callable[[int], None] | None
) -> Iterator[tuple[Sequence[Kept], takeaway.Reader]]:
    after, done, reader = 0, 0, first
    while not taking.most or done < taking.most:
        most = min(PORTION, taking.most - done) if taking.most else PORTION
        records, after, named = read(_portion, taking=taking, after=after, most=most, known=reader.names)
        if not records:
            return
        reader = replace(reader, names=named)
        yield records, reader
        done += len(records)
        if say:
            say(done)


def _portion(
    conn: Connection, *, taking: Taking, after: int, most: int, known: Mapping[str, str]
) -> tuple[list[Kept], int, Mapping[str, str]]:
    """The next records, where they end, and the names of whoever holds them."""
    here = {"workspace": taking.project.workspace, "project_id": taking.project.id}
    wanted = WANTED.get(taking.form, Wanted())
    lines = finding.page(conn, **here, wanted=wanted, reader=taking.reads, after=after, most=most)
    records = [line.record for line in lines]
    unknown = [one.owner for one in records if one.owner and one.owner not in known]
    if unknown:
        known = {**known, **asker.named(conn, project=taking.project, also=unknown)}
    return records, lines[-1].place if lines else after, known


def _reader(conn: Connection, *, taking: Taking) -> takeaway.Reader:
    """Whom the file is written for, before any record is read."""
    w, project = words(taking.language), taking.project
    flows = taking.playbook.flows.values()
    questions = {question.id: question for flow in flows for question in flow.questions}

    def find(id: str) -> Question | None:
        return questions.get(id.partition("@")[0])

    return takeaway.Reader(
        language=taking.language,
        names=asker.named(conn, project=project),
        find=find,
        kinds={kind: w(TITLES[kind]) for kind in KINDS},
        replaces=finding.replaced(conn, workspace=project.workspace, project_id=project.id),
    )
