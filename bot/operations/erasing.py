"""`cadrage erase`: what there is of a person, said first; then their data goes and their name is taken off.

Whoever runs the command holds the database. Prints nothing itself (bot/leaving/erasure does the work).
"""

from collections.abc import Iterator
from datetime import datetime

from bot.leaving import erasure
from bot.leaving.erasure import LABEL, Person, Preview
from flows.playbook import Playbook
from storage import project as projects
from storage.database import Database
from storage.erasing import Found


class Unknown(Exception):
    """Who is meant cannot be told, or may not be erased yet. The message says why and what to do."""


def person_of(db: Database, user: str, *, workspace: str = "", successor: str = "") -> Person:
    """Who is meant. `workspace`: when the bot serves several. Raises Unknown."""
    every = sorted({project.workspace for project in db.read_sync(projects.everywhere)})
    if workspace and workspace not in every:
        raise Unknown(f"No project is in the workspace {workspace}.")
    if not workspace and len(every) != 1:
        raise Unknown("Name the workspace with --workspace: " + (", ".join(every) or "there is none") + ".")
    if not user.isalnum() or not user.isupper():
        raise Unknown(
            f"{user} is no Slack user id: it is in the person's Slack profile, under “Copy member ID”."
        )
    if successor == user:
        raise Unknown("Nobody takes over from themselves.")
    person = db.read_sync(erasure.known, workspace=workspace or every[0], user=user, successor=successor)
    if person.held:
        led = ", ".join(one.name or one.id for one in person.held)
        raise Unknown(f"{person.name} facilitates {led}. Say with --successor USER who takes over.")
    return person


def preview(db: Database, person: Person) -> Preview:
    """What erasing them would do. Changes nothing."""
    return db.background.read_sync(erasure.preview, person=person)


def erase(db: Database, playbook: Playbook, person: Person, *, now: datetime) -> Found:
    """Do it, in one transaction; cards and Homes are queued for the bot to draw again."""
    return db.background.run_sync(erasure.erase, playbook=playbook, person=person, now=now)


def said(preview: Preview) -> Iterator[str]:
    """The preview, line by line."""
    person, found = preview.person, preview.found
    names = {project.id: project.name or project.id for project in person.projects}
    listed = ", ".join(names.values()) or "none"
    yield f"{person.name} ({person.user}); projects: {listed}."
    yield f"Deleted: {_counts(found) or 'nothing'}."
    records = sum(len(refs) for refs in found.renamed.values())
    yield f"Renamed “{LABEL.en}”: {records:,} records, and {found.elsewhere:,} other places that name them."
    for project_id, refs in sorted(found.left.items()):
        to = person.heirs.get(project_id) or "nobody"
        where = names.get(project_id, project_id)
        yield f"Left without an owner in {where}: {_few(refs)}. They go to {to}."
    if preview.named:
        refs = [ref for _, ref in preview.named]
        yield f"Their name stands in words that people wrote: {_few(refs)}. Change these by hand."
    yield (
        "Cannot be found, so cannot be deleted: anonymous answers, and wishes to see the coach. Not reached "
        "from here: what stands in Slack itself, files that were taken away, logs, backups."
    )


_SAID = {
    "answer": "answers", "answer_past": "former answers", "participation": "places in dialogues",
    "person": "profile", "memo": "choices", "ask": "requests", "outbox": "messages", "schedule": "reminders",
    "role": "roles", "member": "places in a team", "mail_choice": "mail address", "card": "messages to them",
    "upkeep": "reminders of items", "checkin": "check-ins",
}  # fmt: skip


def _counts(found: Found) -> str:
    listed = [f"{found.gone[name]:,} {words}" for name, words in _SAID.items() if found.gone.get(name)]
    return ", ".join(listed)


def _few(refs: list[str], most: int = 20) -> str:
    return ", ".join(refs[:most]) + (" …" if len(refs) > most else "")
