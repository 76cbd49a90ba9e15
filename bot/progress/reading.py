"""Reads how far a project is (flows/progress), for its card, its digest and its pictures. Writes nothing."""

from collections.abc import Iterable
from datetime import date

from bot.hub import withheld
from bot.parts import Parts
from bot.rounds import plan
from flows.dialogue.effects import RecordKind
from flows.progress import Lot, Milestone, Progress
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

KINDS: tuple[RecordKind, ...] = ("issue", "lot")
PLANNED = ("P0", "P1")  # phases that have a plan week by week


def for_all(conn: Connection, parts: Parts, *, project: Project, on: date) -> Progress:
    """As everybody in the channel may read it: nothing restricted, nothing an open dialogue has recorded."""
    every = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=KINDS, roles=())
    kept = withheld.shown(conn, every, parts=parts, project=project)
    return progress(conn, parts, project=project, kept=kept, on=on)


def progress(conn: Connection, parts: Parts, *, project: Project, kept: Iterable[Kept], on: date) -> Progress:
    """On the day `on`. `kept`: the records that may be read, among them lots and issues."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    table = plan.table(conn, parts=parts, project=project, today=on)
    live = [one for one in kept if one.status not in OVER]
    lots = tuple(Lot(ref=one.ref, name=one.title, day=one.due) for one in live if one.kind == "lot")
    ahead = [
        Milestone(what=_titled(step.step.what, step.step.workshop.title), day=step.day)
        for step in table.placed
        if step.step.workshop is not None and step.ahead and step.day >= on
    ]
    ahead += [Milestone(what=lot.name, day=lot.day) for lot in lots if lot.day and lot.day >= on]
    return Progress(
        phase=project.phase,
        week=plan.week(project, on),
        weeks=max((step.step.week for step in table.placed), default=0) if project.phase in PLANNED else 0,
        closed=len({run.flow for run in runs if run.status == "closed"}),
        total=len(parts.playbook.flows),
        next=min(ahead, key=lambda one: one.day, default=None),
        lots=lots,
        points=sum(one.kind == "issue" for one in live),
    )


def _titled(what: str, title: Words) -> Words:
    """ "W10 Note review"."""
    return Words(en=f"{what} {title.en}", fr=f"{what} {title.fr}")
