"""`cadrage export` and `cadrage verify-audit`: records as a file, chains verified, without Slack.

Whoever runs a command holds the database; what is confidential is left out unless it is asked for, because
a file goes further than a database does. Prints nothing itself: `say` does.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.takeaway.files import Form
from bot.takeaway.reading import Taking, take
from flows.dialogue.model import RESTRICTED_TO
from flows.dialogue.visible import waiting
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Language
from storage import audit, finding
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Database

EVERY = 10_000  # records between two lines of progress
Say = Callable[[str], None]


class NoProject(Exception):
    """Which project is meant cannot be told. The message says which there are."""


def project_of(db: Database, named: str) -> Project:
    """The project with this id, or with this name when it is the only one; the only one for "". Raises
    NoProject."""
    every = db.read_sync(projects.everywhere)
    found = [one for one in every if named in ("", one.id)]
    found = found or [one for one in every if one.name.casefold() == named.casefold()]
    if len(found) == 1:
        return db.read_sync(projects.get, workspace=found[0].workspace, id=found[0].id) or found[0]
    listed = "".join(f"\n  {one.id}  {one.name}" for one in every[:50])
    if not every:
        raise NoProject("There is no project.")
    raise NoProject(f"Name one project by its id with --project:{listed}")


def export(  # noqa: PLR0913 - what, of which project, where, for whom
    db: Database,
    playbook: Playbook,
    *,
    project: Project,
    form: Form,
    target: Path,
    language: Language,
    confidential: bool,
    now: datetime,
    say: Say,
) -> int:
    """Write the file; returns how many records are in it. What waits for a dialogue to close is left out."""
    runs = db.read_sync(dialogues.runs, workspace=project.workspace, project_id=project.id)
    later = waiting(playbook.flows, {run.flow for run in runs if run.status == "open"})
    roles = frozenset(RESTRICTED_TO) if confidential else frozenset[str]()
    taking = Taking(
        project=project, playbook=playbook, form=form, language=language, now=now,
        reads=finding.Reader(user="", roles=roles, waiting=later),
    )  # fmt: skip

    def told(done: int) -> None:
        if done % EVERY == 0:
            say(f"… {done:,} records")

    with target.open("wb") as out:
        return take(db.background.read_sync, taking, out, told)


def verify(db: Database, say: Say) -> bool:
    """Verify the chain of every project; says one line for each. Whether all of them hold."""
    whole = True
    for project in db.read_sync(projects.everywhere):
        here = {"workspace": project.workspace, "project_id": project.id}
        found = db.background.read_sync(audit.verify, **here)
        name = f"{project.name or project.id} ({project.id})"
        if found.broken is None:
            say(f"✓ {name}: {found.links:,} links, record check {found.check or '–'}.")
            continue
        whole = False
        say(
            f"✗ {name}: link {found.broken:,} does not hold. The audit was altered there, or written with "
            f"another CADRAGE_KEY. {found.links:,} links before it hold."
        )
    return whole
