"""The diagnosis as a document that everybody reads may show it: not before the team may read its verdict."""

from datetime import date, datetime

from bot import people
from bot.diagnosis import timing
from bot.diagnosis.picture import draw
from bot.parts import Parts
from flows import cadence
from flows.diagnosis.result import Verdict
from flows.document.facts import Judged
from flows.project import Project
from storage.database import Connection
from storage.diagnosis import Run


def judged(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> Judged:
    """The diagnosis of now with the changes of verdict so far; without both while those who lead read a
    change first (acceptance 29). Nothing before the first run."""
    picture = draw(conn, parts=parts, project=project, now=now)
    if not picture.history:
        return Judged()
    first = people.several(conn, workspace=project.workspace, users=timing.leaders(project))
    early = timing.still_early(project, tuple(first.values()), picture.history, now)
    if early or timing.changed(picture.history[0], picture.found.verdict):
        return Judged(waits=True, red=picture.found.verdict == "NO_GO")
    return Judged(found=picture.found, history=_changes(picture.history, project))


def _changes(runs: tuple[Run, ...], project: Project) -> tuple[tuple[date, Verdict], ...]:
    """The runs that changed the verdict, oldest first."""
    here = cadence.zone(project.zone)
    oldest = tuple(reversed(runs))
    before = (None, *oldest)
    return tuple(
        (run.at.astimezone(here).date(), run.verdict)
        for run, last in zip(oldest, before, strict=False)
        if timing.changed(last, run.verdict)
    )
