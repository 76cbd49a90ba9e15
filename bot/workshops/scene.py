"""Everything the pages and cards of one workshop are drawn from, for one reader or for the channel. Changes
nothing, and reads no vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import asker, people
from bot.parts import Parts
from bot.words.text import Wording, words
from flows import cadence
from flows.playbook import Playbook
from flows.project import Project
from flows.register.model import Kept
from flows.workshop import reading
from flows.workshop.ballot import Result
from flows.workshop.hours import Calendar
from flows.workshop.model import Card, Workshop
from flows.workshop.outcomes_model import NUMBER
from flows.workshop.script import Guidance, Script, Step
from storage import project as projects
from storage import register
from storage import wave as waves
from storage import workshop as workshops
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One workshop as one person, or the channel ("" as reader), sees it now."""

    w: Wording
    workshop: Workshop
    script: Script
    project: Project
    names: Mapping[str, str]
    now: datetime
    reader: str
    cards: tuple[Card, ...]  # that the reader may read; for the channel, those that all of it may
    results: tuple[Result, ...]
    playbook: Playbook
    boxes: Mapping[str, str]  # ids of its open anonymous boxes, by what they are about: "worth", "W04.3"
    records: tuple[Kept, ...]  # what has come of it so far, for everybody to read
    settled: tuple[Kept, ...] = ()  # through it, elsewhere: in the form of a dialogue, by the arbiter

    @property
    def calendar(self) -> Calendar:
        """The working hours of its project."""
        return calendar(self.project)

    def name(self, user: str) -> str:
        """A display name; words that name nobody stay as they are."""
        return self.names.get(user, user)

    def guidance(self, step: Step) -> Guidance | None:
        """What is known of a step's method, or of the ballot it has instead of the method's own."""
        return self.playbook.guidance(step)

    def private(self, step: Step) -> bool:
        """Not everybody in the channel takes part in this step: what is put in is read behind a button."""
        return reading.apart(self.script, self.workshop, step)

    @property
    def visited(self) -> bool:
        """Somebody from outside reads the channel."""
        return reading.visited(self.script, self.workshop)

    def unread(self, step: Step) -> bool:
        """A sealed step has closed without enough in its box: what was written is gone."""
        begun = any(deed.what == "step" and deed.step == step.number for deed in self.workshop.trail)
        now = self.workshop.running and self.workshop.step == step.number and self.workshop.phase == "open"
        return step.sealed and begun and not now and not self.put_in(step)

    @property
    def amending(self) -> bool:
        """Between two votes on a text, in which people say what would bring them to 3."""
        ballot = self.workshop.ballot
        return self.workshop.phase == "between" and ballot is not None and ballot.kind == "fist"

    def put_in(self, step: Step) -> int:
        """How many cards of a step can be read now."""
        return len(self.on_table(step))

    def on_table(self, step: Step) -> tuple[Card, ...]:
        """The cards of a step that all who are in it may read now, without those merged into another."""
        aloud = step.method in reading.ALOUD
        return tuple(
            card for card in self.cards
            if card.step == step.number and not card.into and card.kind not in ("parked", "pleased")
            and not reading.hidden(self.workshop, card, aloud=aloud)
        )  # fmt: skip


def calendar(project: Project) -> Calendar:
    """The working hours of a project."""
    return Calendar(zone=cadence.zone(project.zone), off=project.holidays)


def scene(conn: Connection, parts: Parts, *, workspace: str, id: str, reader: str = "") -> Scene | None:
    """The workshop as `reader` sees it; None when it, its project or its script is gone."""
    workshop = workshops.get(conn, workspace=workspace, id=id)
    return None if workshop is None else of(conn, parts, workshop, reader=reader)


def of(conn: Connection, parts: Parts, workshop: Workshop, *, reader: str = "") -> Scene | None:
    """The same, for a workshop that has been read already."""
    project = projects.get(conn, workspace=workshop.workspace, id=workshop.project_id)
    script = parts.playbook.workshops.get(workshop.script)
    if project is None or script is None:
        return None
    here: dict[str, Any] = {"workspace": workshop.workspace, "project_id": workshop.project_id}
    me = people.several(conn, workspace=workshop.workspace, users=(reader,))[reader] if reader else None
    also = [one.user for one in workshop.people]
    every = [one for one in register.records(conn, **here) if not one.restricted]
    return Scene(
        w=words(people.language(me, project) if me is not None else project.language),
        workshop=workshop,
        script=script,
        project=project,
        names=asker.named(conn, project=project, also=[*also, workshop.facilitator]),
        now=parts.clock.now(),
        reader=reader,
        cards=workshops.cards(conn, workshop=workshop, script=script, reader=reader),
        results=workshops.results(conn, workspace=workshop.workspace, id=workshop.id),
        playbook=parts.playbook,
        boxes=boxes(conn, workshop),
        records=tuple(one for one in every if one.dialogue == workshop.id),
        settled=tuple(
            one for one in every if one.dialogue != workshop.id and one.fields.get(NUMBER) == workshop.number
        ),
    )


def boxes(conn: Connection, workshop: Workshop) -> dict[str, str]:
    """Its open anonymous boxes: what each is about, and the id of its wave."""
    every = waves.of_project(conn, workspace=workshop.workspace, project_id=workshop.project_id)
    end = f"#{workshop.number}"
    return {one.what.removesuffix(end): one.id for one in every if one.open and one.what.endswith(end)}
