"""`cadrage erase`: what there is of a person, said first; then their data goes and their name is taken off.

Whoever runs the command holds the database. Slack keeps what it was sent and what the person wrote there;
cards of the project's channel are drawn again without the name. Prints nothing itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import people
from bot.delegation import hands
from bot.register import queueing
from bot.rounds import announce
from bot.wins import forgetting
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Words
from storage import casting, erasing, register
from storage import dialogue as dialogues
from storage import project as projects
from storage.casting import Change
from storage.database import Connection, Database
from storage.erasing import Found, Wish

#: What stands where the name stood, in the language of the projects the person was in.
LABEL = Words("a former member", "un ancien membre")


class Unknown(Exception):
    """Who is meant cannot be told, or may not be erased yet. The message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is meant: their id and name, and the projects they have a part in, with who takes over."""

    workspace: str
    user: str
    name: str
    projects: tuple[Project, ...] = ()
    heirs: dict[str, str] = field(default_factory=dict)  # project id -> Slack user id
    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What erasing would do."""

    person: Person
    found: Found
    named: list[tuple[str, str]]  # (project id, number) of records in whose words their name stands


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
    return db.read_sync(_known, workspace=workspace or every[0], user=user, successor=successor)


def preview(db: Database, person: Person) -> Preview:
    """What erasing them would do. Changes nothing."""
    read, name = db.background.read_sync, "" if person.name == person.user else person.name
    found = read(erasing.look, workspace=person.workspace, user=person.user)
    named = read(erasing.named, workspace=person.workspace, name=name)
    return Preview(person=person, found=found, named=named)


def erase(db: Database, playbook: Playbook, person: Person, *, now: datetime) -> Found:
    """Do it, in one transaction; cards and Homes are queued for the bot to draw again."""
    return db.background.run_sync(_erase, playbook=playbook, person=person, now=now)


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


def _known(conn: Connection, *, workspace: str, user: str, successor: str) -> Person:
    theirs = tuple(projects.for_user(conn, workspace=workspace, user=user))
    name = people.several(conn, workspace=workspace, users=(user,))[user].name
    led = [one.name or one.id for one in theirs if one.cast.holders.get("facilitator") == user]
    if led and not successor:
        raise Unknown(f"{name} facilitates {', '.join(led)}. Say with --successor USER who takes over.")
    if successor == user:
        raise Unknown("Nobody takes over from themselves.")
    heirs = {one.id: heir for one in theirs if (heir := successor or _heir(one, user))}
    return Person(
        workspace=workspace, user=user, name=name, projects=theirs, heirs=heirs, successor=successor
    )  # fmt: skip


def _heir(project: Project, user: str) -> str:
    """Who sees to what nobody sees to: the lead, else the facilitator."""
    held = (project.cast.holders.get("lead"), project.cast.holders.get("facilitator"))
    return next((one for one in held if one and one != user), "")


def _erase(conn: Connection, *, playbook: Playbook, person: Person, now: datetime) -> Found:
    here = person.workspace
    hands.let_go(conn, workspace=here, user=person.user, flows=playbook.flows, now=now)
    forgetting.forget(conn, workspace=here, user=person.user, name=person.name, now=now)
    for project in person.projects:
        if project.cast.holders.get("facilitator") == person.user:
            change = Change(workspace=here, project_id=project.id, by="", now=now)
            casting.give(conn, change, role="facilitator", user=person.successor)
    label = LABEL.in_(person.projects[0].language) if person.projects else LABEL.en
    wish = Wish(workspace=here, user=person.user, label=label, heirs=person.heirs)
    found = erasing.erase(conn, wish, now=now)
    for project in person.projects:
        _drawn_again(conn, project=project, refs=found.renamed.get(project.id, []), now=now)
    return found


def _drawn_again(conn: Connection, *, project: Project, refs: list[str], now: datetime) -> None:
    """The cards of the channel that showed the name, and the Homes of those who stay."""
    here = {"workspace": project.workspace, "project_id": project.id}
    now_there = replace(project, cast=projects.cast_of(conn, workspace=project.workspace, id=project.id))
    for ref in refs:
        one = register.get(conn, **here, ref=ref, roles=None)
        if one is not None and _stands(conn, now_there, ref):
            queueing.told(conn, project=now_there, record=one, by="", now=now)
    announce.project_card(conn, project=now_there, now=now)
    for run in dialogues.runs(conn, **here):
        if run.status == "open":
            announce.dialogue_card(conn, project=now_there, run_id=run.id, now=now)
    announce.homes(conn, project=now_there, users=now_there.cast.everybody(), now=now)


def _stands(conn: Connection, project: Project, ref: str) -> bool:
    kind, _, number = ref.partition("-")
    if kind == "DEC":
        return announce.decision_stands(conn, project=project, number=int(number))
    return announce.record_stands(conn, project=project, ref=ref)


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
