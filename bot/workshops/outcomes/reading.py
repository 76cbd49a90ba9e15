"""One workshop as its outcomes, minutes and pages read it: cards without authors, results, records."""

from datetime import datetime

from bot.arbitration.seating import today_of
from bot.parts import Parts
from flows.project import Project
from flows.workshop.model import Workshop
from flows.workshop.outcomes_model import Held
from storage import register
from storage import workshop as workshops
from storage.database import Connection


def held(
    conn: Connection, *, parts: Parts, project: Project, workshop: Workshop, now: datetime
) -> Held | None:
    """All that the core needs; None for a script that content no longer has. Cards are without
    authors, and none of a step that is still open."""
    script = parts.playbook.workshops.get(workshop.script)
    if script is None:
        return None
    known = register.records(conn, workspace=workshop.workspace, project_id=project.id, roles=None)
    return Held(
        workshop=workshop,
        script=script,
        cards=workshops.cards(conn, workshop=workshop, script=script, reader=""),
        results=workshops.results(conn, workspace=workshop.workspace, id=workshop.id),
        cast=project.cast,
        register={one.ref: one for one in known},
        today=today_of(project, now),
        language=project.language,
    )
