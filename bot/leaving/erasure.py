"""Erases a person in one transaction: what there is of them, who takes over, what is drawn again.

Slack keeps what it was sent and what the person wrote there; cards of the project's channel are drawn again
without the name. Says nothing to anybody: whoever asks words it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import people
from bot.delegation import hands
from bot.register import queueing
from bot.rounds import announce
from bot.signoff import noticing
from bot.wins import forgetting
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Words
from storage import casting, erasing, register
from storage import dialogue as dialogues
from storage import project as projects
from storage.casting import Change
from storage.database import Connection
from storage.erasing import Found, Wish

#: What stands where the name stood, in the language of the projects the person was in.
LABEL = Words("a former member", "un ancien membre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is meant: their id and name, and the projects they have a part in, with who takes over."""

    workspace: str
    user: str
    name: str
    projects: tuple[Project, ...] = ()
    heirs: dict[str, str] = field(default_factory=dict)  # project id -> Slack user id
    successor: str = ""  # who facilitates instead

    @property
    def held(self) -> tuple[Project, ...]:
        """Projects they facilitate while nobody takes over: they cannot go before somebody does."""
        facilitated = (one for one in self.projects if one.cast.holders.get("facilitator") == self.user)
        return () if self.successor else tuple(facilitated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What erasing would do."""

    person: Person
    found: Found
    named: list[tuple[str, str]]  # (project id, number) of records in whose words their name stands


def known(conn: Connection, *, workspace: str, user: str, successor: str = "") -> Person:
    """Who is meant, and who sees to what is theirs: `successor`, else the lead, else the facilitator."""
    theirs = tuple(projects.for_user(conn, workspace=workspace, user=user))
    name = people.several(conn, workspace=workspace, users=(user,))[user].name
    heirs = {one.id: heir for one in theirs if (heir := successor or _heir(one, user))}
    return Person(
        workspace=workspace, user=user, name=name, projects=theirs, heirs=heirs, successor=successor
    )  # fmt: skip


def preview(conn: Connection, person: Person) -> Preview:
    """What erasing them would do. Changes nothing."""
    name = "" if person.name == person.user else person.name
    found = erasing.look(conn, workspace=person.workspace, user=person.user)
    named = erasing.named(conn, workspace=person.workspace, name=name)
    return Preview(person=person, found=found, named=named)


def erase(conn: Connection, *, playbook: Playbook, person: Person, now: datetime) -> Found:
    """Do it; cards and Homes are queued to be drawn again. Whoever meets the bot afterwards is somebody new.
    The caller has seen that the person holds no project."""
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


def _heir(project: Project, user: str) -> str:
    """Who sees to what nobody sees to: the lead, else the facilitator."""
    held = (project.cast.holders.get("lead"), project.cast.holders.get("facilitator"))
    return next((one for one in held if one and one != user), "")


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
    noticing.noticed(conn, project=now_there, now=now)


def _stands(conn: Connection, project: Project, ref: str) -> bool:
    kind, _, number = ref.partition("-")
    if kind == "DEC":
        return announce.decision_stands(conn, project=project, number=int(number))
    return announce.record_stands(conn, project=project, ref=ref)
