"""The worked example in the pretend workspace of the surfaces' stories, with its people under their names."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from bot.diagnosis import runs
from flows.project import Person, Project
from storage import diagnosis
from storage import person as people
from storage import project as projects
from storage.database import connect
from storage.diagnosis import Run
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    COMPANY,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Profile,
    Town,
)
from tests.databases import PATIENCE, STATEMENTS
from tests.worked_example.playing import Played
from tests.worked_example.sheets import FACILITATOR, told

NADIA, THOMAS = "U0NADIA", "U0THOMAS"
#: Of this one everything is shown at once: it has forms only.
FORMS = "D10"
KEYS = {
    "p1": CLAIRE, "p2": MARC, "p3": INES, "p4": PAUL, "p5": SOFIA, "p6": HUGO, "p7": NADIA, "p8": THOMAS,
    FACILITATOR: ELODIE,
}  # fmt: skip


@dataclass(kw_only=True)
class Corvanne:
    """One case, played; the clock stands at ten in Paris on its day."""

    town: Town
    id: str
    played: Played

    @property
    def project(self) -> Project:
        found = self.town.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=self.id)
        assert found is not None
        return found

    def runs(self) -> list[Run]:
        """The history, newest first."""
        return self.town.parts.db.read_sync(diagnosis.history, workspace=WORKSPACE, project_id=self.id)

    def works_out(self) -> Run:
        """A run, as at the closing of a dialogue."""
        now = self.town.clock.now()
        self.town.parts.db.run_sync(
            runs.run, parts=self.town.parts, project=self.project, cause="dialogue", about="D13", now=now
        )
        return self.runs()[0]

    def answers(self, who: str, question: str, value: Any) -> None:
        """Somebody of the file answers a question again."""
        self.played.changes(who, question, value, self.town.clock.now())

    def gives_up(self, who: str, question: str) -> None:
        """Somebody of the file says that they do not know after all."""
        self.played.gives_up(who, question, self.town.clock.now())

    def closes(self, flow: str) -> None:
        """The facilitator closes a dialogue; the run that follows is the story's to ask for."""
        self.played.closes(flow)

    def settles(self) -> None:
        """A run, and a few days in which everybody has been told."""
        self.works_out()
        self.town.until(self.town.clock.at + timedelta(days=4), step=7200)


Example = Callable[..., Corvanne]
#: Cases as they were played, with the file of their database, by playbook, variant and what was left open.
PLAYED: dict[tuple[int, str | None, frozenset[str]], tuple[Played, bytes]] = {}


def corvanne(town: Town, variant: str | None, left_open: frozenset[str]) -> Corvanne:
    """Play a case. `left_open`: dialogues that have not closed, beside one that has only forms."""
    town.slack.people |= {
        NADIA: Profile(name="Nadia Benali"),
        THOMAS: Profile(name="Thomas Roux", locale="en-GB"),
    }
    played = _played(town, variant, left_open | {FORMS})
    town.clock.at = datetime.combine(played.told.today, time(9), tzinfo=UTC)
    town.parts.db.run_sync(_known, town=town)
    return Corvanne(town=town, id=played.project, played=played)


def _played(town: Town, variant: str | None, left_open: frozenset[str]) -> Played:
    """The case in the town's database, which nothing has opened yet: played once, and copied."""
    db, playbook = town.parts.db, town.parts.playbook
    file, key = Path(str(db.url.database)), (id(playbook), variant, left_open)
    assert not Path(f"{file}-wal").exists(), "a case is played before anything else is kept"
    if key not in PLAYED:
        with TemporaryDirectory() as folder:
            copy = shutil.copy(file, folder)
            opened = connect(f"sqlite:///{copy}", deadline=PATIENCE, statements=STATEMENTS)
            first = Played(
                db=opened, playbook=playbook, told=told(playbook, variant, KEYS.__getitem__),
                workspace=WORKSPACE, channel=BOREAL, user=KEYS.__getitem__, left_open=left_open,
            )  # fmt: skip
            first.plays()
            opened.close()
            PLAYED[key] = first, Path(copy).read_bytes()
    first, kept = PLAYED[key]
    file.write_bytes(kept)
    return replace(first, db=db)


def _known(conn: Connection, *, town: Town) -> None:
    """Their profiles have been fetched."""
    for user, profile in {**COMPANY, **town.slack.people}.items():
        known = Person(
            workspace=WORKSPACE, user=user, name=profile.name, zone=profile.zone, locale=profile.locale,
            fetched_at=town.clock.now(),
        )  # fmt: skip
        people.remember(conn, person=known)
