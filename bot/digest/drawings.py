"""Which pictures stand in a digest, beside which section: the families in Slack, all of them in a mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.digest import picture
from bot.digest.page import Page
from bot.parts import Parts
from bot.progress import pictures
from bot.words.curves import Drawing
from bot.words.text import Wording
from flows.project import Project
from storage import diagnosis
from storage.database import Connection

RUNS = 60  # of the diagnosis, read for the families
#: A message is to be read on one screen: the other pictures come on demand.
IN_SLACK = ("SD06",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is drawn, in which language, on which day."""

    conn: Connection
    parts: Parts
    w: Wording
    project: Project
    on: date


def _going(it: Subject) -> Drawing | None:
    return pictures.going(it.conn, it.parts, it.w, project=it.project, on=it.on)


def _group(it: Subject) -> Drawing | None:
    return pictures.group(it.conn, it.parts, it.w, project=it.project)


def _families(it: Subject) -> Drawing | None:
    here = {"workspace": it.project.workspace, "project_id": it.project.id}
    runs = diagnosis.history(it.conn, **here, most=RUNS)
    return picture.families(it.w, runs, it.parts.playbook.diagnosis.families)


DRAWN: Mapping[str, Callable[[Subject], Drawing | None]] = {"SD03": _going, "SD05": _group, "SD06": _families}


def illustrated(page: Page, it: Subject, *, only: tuple[str, ...] = tuple(DRAWN)) -> Page:
    """The page with a picture beside each of these sections that has one."""
    shown = tuple(
        replace(part, picture=DRAWN[part.id](it)) if part.id in only and part.id in DRAWN else part
        for part in page.parts
    )
    return replace(page, parts=shown)
