"""The worked example as a project of which every document can be made: its people by name and in words, an
earlier version of the note and of the log, the diagnosis, the route. The same project before any answer, too.

A database of its own; no Slack. The same in every process.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.diagnosis import runs
from bot.documents import making
from bot.documents.kinds import LOG, NOTE
from bot.operations.clock import Clock
from bot.parts import Parts
from bot.settings import Settings
from bot.wins import looking
from bot.wins.queueing import posted
from flows.document.outside import TICK
from flows.playbook import Playbook
from flows.project import Person, Project
from flows.words import Language
from storage import life
from storage import outgoing as outgoings
from storage import person as people
from storage import project as projects
from storage.database import Connection, connect
from tests.worked_example.playing import WORKSPACE, Played, user
from tests.worked_example.prose import Outgoing, Says, as_it_is, outgoing, prose
from tests.worked_example.sheets import FACILITATOR, told

ROUTE = "D15"
LOCALES: Mapping[Language, str] = {"en": "en-GB", "fr": "fr-FR"}
READ = timedelta(days=2)  # after which everybody may read the verdict


class Standing(Clock):
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where it was put, in UTC."""
        return self.at


@dataclass(kw_only=True)
class Written:
    """The example, ready to be documented."""

    parts: Parts
    clock: Standing
    id: str = ""

    @property
    def project(self) -> Project:
        """As it is now."""
        found = self.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=self.id)
        assert found is not None
        return found

    def knows(self, played: Played, language: Language) -> None:
        """Which project it is, and everybody's profile."""
        self.id = played.project
        self.parts.db.run_sync(_known, played=played, language=language, now=self.clock.now())

    def makes(self, doc: str) -> making.Kept:
        """A new version of a document, as it is read."""
        by = self.project.creator
        number = self.parts.db.run_sync(making.make, parts=self.parts, project=self.project, doc=doc, by=by)
        kept = self.parts.db.read_sync(making.kept, project=self.project, doc=doc, number=number)
        assert kept is not None
        return kept


@contextmanager
def written(playbook: Playbook, language: Language, says: Says = as_it_is) -> Iterator[Written]:
    """The example in that language, on the second morning after its day. `says`: what becomes of each text
    that somebody writes."""
    with _begun(playbook, language, says) as (played, found):
        played.plays()
        found.knows(played, language)
        for doc in (NOTE, LOG):
            found.makes(doc)
        now = found.clock.now()
        played.sends(ROUTE, now)
        found.parts.db.run_sync(
            runs.run, parts=found.parts, project=found.project, cause="dialogue", about="D13", now=now
        )
        found.parts.db.run_sync(_for_vendors, found=found, said=outgoing(language, says), now=now)
        found.clock.at += READ
        found.parts.db.run_sync(_noticed, found=found)
        yield found


@contextmanager
def bare(playbook: Playbook, language: Language, *, answered: bool) -> Iterator[Written]:
    """A project of which nothing is known, or the first screen of its set-up only."""
    with _begun(playbook, language) as (played, found):
        played.begins()
        if answered:
            played.sets_up({"SET01": "Boréal", "SET02": "replace", "SET20": language, "SET18": "2026-01-12"})
        found.knows(played, language)
        yield found


@contextmanager
def _begun(playbook: Playbook, language: Language, says: Says = as_it_is) -> Iterator[tuple[Played, Written]]:
    with TemporaryDirectory() as folder:
        db = connect(f"sqlite:///{Path(folder) / 'cadrage.db'}", deadline=60)
        db.upgrade()
        case = prose(told(playbook, None, user), language, user, says)
        played = Played(db=db, playbook=playbook, told=case, language=language)
        clock = Standing(datetime.combine(case.today, time(9), tzinfo=UTC))
        parts = Parts(
            settings=Settings(), db=db, slack=None, clock=clock, playbook=playbook,  # type: ignore[arg-type]
            wake=lambda: None,
        )  # fmt: skip
        yield played, Written(parts=parts, clock=clock)
        db.close()


def _for_vendors(conn: Connection, *, found: Written, said: Outgoing, now: datetime) -> None:
    """What the facilitator fills in and ticks before a document goes out."""
    here: Mapping[str, Any] = {"workspace": WORKSPACE, "project_id": found.id}
    forms, ticked = said
    for part, content in forms.items():
        outgoings.put(conn, **here, part=part, content=content, by=user(FACILITATOR), now=now)
    for ref in sorted(ticked):
        held = life.hold(conn, **here, ref=ref)
        assert held is not None, ref
        life.change(conn, held, by=user(FACILITATOR), move="edited", now=now, fields={TICK: "yes"})


def _noticed(conn: Connection, *, found: Written) -> None:
    """The small wins of its records, of which the team reads the first ones."""
    project, now = found.project, found.clock.now()
    looking.look(conn, parts=found.parts, project=project, now=now)
    posted(conn, project=project, now=now)


def _known(conn: Connection, *, played: Played, language: Language, now: datetime) -> None:
    """Everybody's profile."""
    case: Mapping[str, Any] = played.told.case
    named = {FACILITATOR: "Élodie Martin", **{key: one["name"] for key, one in case["people"].items()}}
    for key, name in named.items():
        one = Person(workspace=WORKSPACE, user=user(key), name=name, zone="Europe/Paris",
                     locale=LOCALES[language], fetched_at=now)  # fmt: skip
        people.remember(conn, person=one)
