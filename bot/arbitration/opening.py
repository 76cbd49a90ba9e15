"""Cases that open by themselves, and those that end by themselves because the point is settled elsewhere.

A slider of D13 on which people are split, once its dialogue has closed without a decision (3.4, R64); an open
point that holds something up and that nobody settles (upkeep). Nobody has brought them, so nobody is named.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.arbitration import deeds, seating
from bot.arbitration.hearing import scale
from bot.diagnosis.picture import Picture
from bot.parts import Parts
from flows.arbitration.entitled import NEUTRAL
from flows.arbitration.model import PAIR, Case, Position
from flows.arbitration.slider import speakers
from flows.project import Project
from flows.register.life import OVER
from flows.words import Words
from storage import arbitration, register
from storage.database import Connection


def case_about(
    project: Project, *, subject: str, title: Words, consequence: str = "", now: datetime, **more: object
) -> Case:
    """A case that nobody has brought, before it has an arbiter and a number."""
    made: dict[str, object] = {
        "id": arbitration.fresh_id(), "workspace": project.workspace, "project_id": project.id, "number": 0,
        "subject": subject, "title": title, "consequence": consequence, "state": "gathering",
        "seat": "arbiter", "arbiter": "", "asked_by": "", "asked_at": now, **more,
    }  # fmt: skip
    return Case(**made)  # type: ignore[arg-type]


def follow(conn: Connection, *, parts: Parts, picture: Picture, now: datetime) -> None:
    """After a run of the diagnosis: each slider that is contested and not decided goes to the arbiter, once;
    what has been decided otherwise waits no longer. Sliders whose answers are withheld are not known yet."""
    project = picture.project
    decided = set(picture.evidence.decided or ())
    for one in picture.found.contested:
        if one.id in PAIR and one.id not in decided:
            _slider(conn, parts, picture, one.id, now)
    for case in arbitration.pending(conn, workspace=project.workspace, project_id=project.id):
        if case.pair in decided:
            deeds.settled_elsewhere(conn, parts=parts, workspace=project.workspace, id=case.id, now=now)


def settled(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """Cases about records that somebody has settled, dropped or replaced meanwhile wait for nobody."""
    here = {"workspace": project.workspace, "project_id": project.id}
    for case in arbitration.pending(conn, **here):
        found = register.get(conn, **here, ref=case.subject, roles=None) if "-" in case.subject else None
        if found is not None and found.status in OVER:
            deeds.settled_elsewhere(conn, parts=parts, workspace=project.workspace, id=case.id, now=now)


def _slider(conn: Connection, parts: Parts, picture: Picture, pair: str, now: datetime) -> None:
    """Its two sides are asked for their words, one voice each; whoever is to settle it gives none."""
    project, question = picture.project, picture.question(pair)
    here = {"workspace": project.workspace, "project_id": project.id}
    if question is None or arbitration.about(conn, **here, subject=pair) is not None:
        return
    case = case_about(project, subject=pair, title=question.short, now=now, scale=scale(pair, parts))
    settles = seating.placed(conn, project, case, now).arbiter
    apart = {settles, *(project.cast.holder(role) for role in NEUTRAL), *seating.gone(conn, project)}
    asked = speakers(pair, _answers(picture, pair), apart={user for user in apart if user})
    sides = tuple(Position(author=user, state="asked") for user in asked)
    case = case_about(
        project, subject=pair, title=question.short, now=now, scale=scale(pair, parts), positions=sides
    )
    deeds.bring(conn, parts=parts, project=project, case=case, now=now)


def _answers(picture: Picture, pair: str) -> Mapping[str, object]:
    """Who chose which point: read here to ask each side for its words, and shown to nobody."""
    named = picture.evidence.named.get(pair)
    return named.answers if named is not None else {}
