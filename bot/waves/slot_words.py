"""What is said of open moments of the coach (5.4): to the coach, in the channel, to those who lead, in Home.

The theme and no figure, when and where and no name but the coach's.
"""

from typing import Any

from bot import people
from bot.asker import Asker
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import N_, Wording, words
from flows.project import Project
from flows.wave.escalation import Theme
from storage import coach_slots
from storage import project as projects
from storage.coach_slots import Slots
from storage.database import Connection
from storage.outbox import Row

ASKED, POSTED, TOLD = "coach_slots_asked", "coach_slots", "coach_slots_told"
THEMES: dict[Theme, str] = {
    "desire": N_("wanting to take part"), "ability": N_("feeling able to do it"),
    "worries": N_("worries"), "trust": N_("trust in how information is used"),
}  # fmt: skip


def asked(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To the coach, in their hours."""
    found = _found(conn, row)
    if found is None or found[1].moments:
        return None
    project, slots = found
    coach = str(row.ref.get("user", ""))
    person = people.several(conn, workspace=row.workspace, users=(coach,))[coach]
    if project.cast.holder("coach") != coach:
        return None
    if (later := sending.not_now(person, project, parts.clock.now())) is not None:
        return later
    return message(*_asking(words(people.language(person, project)), project, slots))


def posted(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """In the channel: when and where the coach is there for anybody."""
    found = _found(conn, row)
    if found is None:
        return None
    project, slots = found
    coach = project.cast.holder("coach") or ""
    name = people.several(conn, workspace=row.workspace, users=(coach,))[coach].name if coach else ""
    return message(blocks.section(_open(words(project.language), project, name, slots)))


def told(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """To facilitator and sponsor: that there are open moments, and the theme."""
    found, user = _found(conn, row), str(row.ref.get("user", ""))
    if found is None:
        return None
    project, slots = found
    w = words(people.language(people.several(conn, workspace=row.workspace, users=(user,))[user], project))
    said = w.md(
        "*{project}*: open slots with the neutral coach were added for the whole group. Theme: {theme}.",
        project=project.name, theme=_theme(w, slots),
    )  # fmt: skip
    return message(blocks.section(said))


def rows(conn: Connection, *, who: Asker) -> list[Json]:
    """In Home: for the coach what is asked, for everybody the open moments to come."""
    w, project = who.w, who.here
    coach = project.cast.holder("coach") or ""
    found: list[Json] = []
    for slots in coach_slots.of_project(conn, workspace=project.workspace, project_id=project.id):
        if not slots.moments and coach == who.actor.user:
            found += _asking(w, project, slots)
        if any(one.day >= who.today for one in slots.moments):
            found.append(blocks.section(_open(w, project, who.names.get(coach, coach), slots)))
    return found


def _asking(w: Wording, project: Project, slots: Slots) -> list[Json]:
    said = w.md(
        "*{project}*: in two group check-ins running, something weighs on people ({theme}). Two open moments "
        "for the whole group would help: no booking, no list.",
        project=project.name, theme=_theme(w, slots),
    )  # fmt: skip
    go = elements.button(w("Offer two moments"), f"slots.open:{slots.wave_id}", value=slots.wave_id)
    return [blocks.section(said), blocks.actions(go)]


def _open(w: Wording, project: Project, coach: str, slots: Slots) -> Mrkdwn:
    moments = w.listed(
        w("{day}, {start} to {end}", day=w.day(one.day), start=w.hour(one.start), end=w.hour(one.end))
        for one in slots.moments
    )
    said = w.md(
        "{coach} is available for anybody: {moments}. No booking, no list.", coach=coach, moments=moments
    )
    return Mrkdwn(" ").join([said, md(slots.place)]) if slots.place else said


def _theme(w: Wording, slots: Slots) -> str:
    return next((w(said) for theme, said in THEMES.items() if theme == slots.theme), slots.theme)


def _found(conn: Connection, row: Row) -> tuple[Project, Slots] | None:
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    slots = coach_slots.get(conn, workspace=row.workspace, wave_id=str(row.ref.get("wave", "")))
    return (project, slots) if project is not None and slots is not None else None


MESSAGES: dict[str, Any] = {ASKED: asked, POSTED: posted, TOLD: told}
