"""Everything a page of a wave is drawn from, for one person. Reads; writes nothing, not even a profile.

Opening a wave leaves no trace (5.3 rule 6): Slack is asked nothing about the person, and nothing about
them is refreshed, because a row of theirs would then be as young as a ballot.
"""

import secrets
from dataclasses import dataclass

from bot import people
from bot.asker import today
from bot.parts import Parts
from bot.words.text import Wording, words
from flows.dialogue.model import Question
from flows.playbook.model import Wave as Content
from flows.playbook.model import WaveScreen
from flows.project import Project
from flows.wave import eligible
from flows.wave.model import Comment, Item
from storage import ballot
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.sealing import Sealer
from storage.wave import Wave

#: The consent that only makes sense while there is a coach.
COACH = "coach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One wave as one person meets it. Knows nothing of who has answered: nothing does."""

    wave: Wave
    content: Content
    project: Project
    user: str
    w: Wording
    screens: tuple[WaveScreen, ...]  # with the questions this person is asked
    items: tuple[Item, ...]  # the same, as a ballot is read
    answerable: bool  # open, and not past its last day
    invited: bool
    sound: bool  # its box can be unsealed with this server's key
    names: dict[str, str]

    @property
    def coach(self) -> str:
        """The coach's display name; "" when nobody is named."""
        return self._name("coach")

    @property
    def hr(self) -> str:
        """Whom to turn to outside the line when there is no coach: the HR contact, or ""."""
        found = self.project.cast.people("hr")
        return self.names.get(found[0], "") if found else ""

    def _name(self, role: str) -> str:
        holder = self.project.cast.holder("coach") if role == "coach" else None
        return self.names.get(holder, "") if holder else ""


def sealer(parts: Parts) -> Sealer:
    """Seals with this server's key."""
    return Sealer(parts.settings.key.get_secret_value())


def shuffle(comments: list[Comment]) -> None:
    """In place, by the operating system's chance."""
    secrets.SystemRandom().shuffle(comments)


def load(conn: Connection, *, parts: Parts, workspace: str, user: str, id: str) -> Scene | None:
    """The wave for this person; None for an id of nothing, or content that is gone."""
    wave = waves.get(conn, workspace=workspace, id=id)
    content = parts.playbook.wave(wave.what) if wave else None
    project = projects.get(conn, workspace=workspace, id=wave.project_id) if wave else None
    if wave is None or content is None or project is None:
        return None
    content = content.with_added([item.id for item in wave.items])
    wanted = (user, *(u for u in (project.cast.holder("coach"),) if u), *project.cast.people("hr"))
    known = people.several(conn, workspace=workspace, users=wanted)
    screens = _screens(content, wave, project, user)
    asked = {question.id for screen in screens for question in screen.questions}
    return Scene(
        wave=wave,
        content=content,
        project=project,
        user=user,
        w=words(people.language(known[user], project)),
        screens=screens,
        items=tuple(item for item in wave.items if item.id in asked),
        answerable=wave.open and today(parts, project) <= wave.closes_on,
        invited=user in waves.invited(conn, workspace=workspace, id=id),
        sound=sealer(parts).key_mark(ballot.about(workspace, id)) == wave.key_mark,
        names={one: person.name for one, person in known.items()},
    )


def _screens(content: Content, wave: Wave, project: Project, user: str) -> tuple[WaveScreen, ...]:
    """The screens with what this person is asked: the lead is not asked SET17."""
    kept = {item.id for item in wave.items}
    consents = {item.consent for item in wave.items if item.consent}

    def asked(question: Question) -> bool:
        if question.id in consents:
            return True
        of_users = bool(wave.lots)
        return question.id in kept and bool(
            eligible.asked(question, content, project.cast, (user,), users=of_users)
        )

    found = []
    for screen in content.screens:
        questions = tuple(question for question in screen.questions if asked(question))
        if questions:
            found.append(WaveScreen(head=screen.head, questions=questions))
    return tuple(found)
