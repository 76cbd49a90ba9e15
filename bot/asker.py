"""Who asks, in which language, about which of their projects: loaded once for each gesture."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot import people, policy
from bot.absence import standing
from bot.parts import Parts
from bot.policy import Action, Actor, Deny, Thing, Verdict
from bot.request import Request
from bot.words.text import Wording, words
from flows import cadence
from flows.project import Person, Project
from flows.words import Language
from storage import memo
from storage import project as projects
from storage.database import Connection

CHOSEN = "project"  # the memo that holds the project a person last chose


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The person behind one gesture. `project` is the one asked about, or None."""

    actor: Actor
    person: Person
    projects: tuple[Project, ...]  # those the person has a part in
    project: Project | None
    language: Language
    names: dict[str, str]  # display names of the asked-about project's role holders
    today: date  # in the project's zone
    stands_for: frozenset[str] = frozenset()  # of that project, away; this person stands in for them

    @property
    def w(self) -> Wording:
        """How to speak to this person."""
        return words(self.language)

    @property
    def here(self) -> Project:
        """The project asked about, where `may` has shown that there is one. LookupError otherwise."""
        if self.project is None:
            raise LookupError("no project is asked about")
        return self.project

    def at_home(self) -> "Asker":
        """The same person, asking about no project unless they have a part in it: for pages about
        oneself, which anybody may open."""
        mine = self.project is not None and bool(self.project.cast.roles_of(self.actor.user))
        return self if mine else replace(self, project=None, names={})

    def may(self, action: Action, *, invited: bool = False, owner: bool = False) -> Verdict:
        """Whether this person may do it to the project asked about. `owner`: to a record they see to."""
        return policy.can(self.actor, action, Thing(project=self.project, invited=invited, owner=owner))

    def refusal(self, deny: Deny) -> str:
        """Why not, in a sentence in their language."""
        return self.w.of(deny.said(self.names.get(deny.holder or "", deny.holder or "")))


async def asker(request: Request, parts: Parts, *, project_id: str = "") -> Asker:
    """Loads who asks. `project_id` comes from a payload: it is looked up in the workspace of the
    request and gives no right by itself (reliability T11)."""
    person = await people.known(parts, request.workspace, request.user)
    channel = str(request.payload.get("channel_id") or "")
    return await parts.db.read(load, parts=parts, person=person, project_id=project_id, channel=channel)


async def wording(request: Request, parts: Parts) -> Wording:
    """How to speak to whoever asks, and no more: what sixty people press in two seconds reads no project for
    it, unless Slack has not told their language."""
    person = await people.known(parts, request.workspace, request.user)
    if person.language or person.locale:
        return words(people.language(person))
    return (await asker(request, parts)).w


async def unnoticed(request: Request, parts: Parts, *, project_id: str = "") -> Asker:
    """The same, without a trace: Slack is asked nothing and no profile is refreshed. A profile as young as
    a request to the coach would tell whose it is."""
    channel = str(request.payload.get("channel_id") or "")
    return await parts.db.read(_as_kept, parts=parts, request=request, project_id=project_id, channel=channel)


def _as_kept(conn: Connection, *, parts: Parts, request: Request, project_id: str, channel: str) -> Asker:
    person = people.several(conn, workspace=request.workspace, users=(request.user,))[request.user]
    return load(conn, parts=parts, person=person, project_id=project_id, channel=channel)


def load(conn: Connection, *, parts: Parts, person: Person, project_id: str = "", channel: str = "") -> Asker:
    """The same, inside a transaction."""
    workspace, user = person.workspace, person.user
    own = tuple(projects.for_user(conn, workspace=workspace, user=user))
    if project_id:
        project = projects.get(conn, workspace=workspace, id=project_id)
    else:
        project = _usual(own, channel, memo.get(conn, workspace=workspace, user=user, name=CHOSEN))
    return Asker(
        actor=Actor(
            workspace=workspace, user=user, outsider=person.guest or person.stranger, known=people.met(person)
        ),
        person=person,
        projects=own,
        project=project,
        language=people.language(person, project)
        if person.locale or person.language or project
        else parts.settings.language,
        names=named(conn, project=project),
        today=today(parts, project),
        stands_for=standing.stood_in_for(conn, project=project, user=user, today=today(parts, project))
        if project is not None
        else frozenset(),
    )


def named(conn: Connection, *, project: Project | None, also: Iterable[str] = ()) -> dict[str, str]:
    """Display names of everybody in the project, by user id."""
    if project is None:
        return {}
    users = dict.fromkeys((*project.cast.everybody(), *also))
    found = people.several(conn, workspace=project.workspace, users=users)
    return {user: person.name for user, person in found.items()}


def today(parts: Parts, project: Project | None) -> date:
    """The date in the project's time zone."""
    return day_of(parts.clock.now(), project)


def day_of(moment: datetime, project: Project | None) -> date:
    """The date that a moment has in the project's time zone."""
    return moment.astimezone(cadence.zone(project.zone if project else None)).date()


def _usual(own: tuple[Project, ...], channel: str, chosen: Any) -> Project | None:
    """The project of this channel, else the one last chosen, else the latest."""
    if not own:
        return None
    here = [project for project in own if channel and project.channel == channel]
    picked = [project for project in own if project.id == chosen]
    latest = sorted(own, key=lambda project: project.created_at, reverse=True)
    return (here or picked or latest)[0]
