"""A step of the channel waits for somebody: a private message when it opens, and one more before it ends to
those who have not answered by then. Says nothing about anybody else.
"""

from bot import people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import quiet, sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.workshops import card, pressing, standing
from bot.workshops.queueing import first_said
from bot.workshops.scene import Scene, scene
from storage.database import Connection
from storage.outbox import Row


def wanted(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """What is asked, until when, and the button; in their hours. Nothing once they have answered, or the step
    is over. Again before its end (journeys 6, row 10), unless they want no reminders of the project."""
    user = str(row.ref.get("user", ""))
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")), reader=user)
    if found is None or found.workshop.state != "open" or found.workshop.move != row.ref.get("move"):
        return None
    if found.workshop.has_answered(user) or user not in {one.user for one in found.workshop.voters}:
        return None
    again = bool(row.ref.get("again"))
    if again and _unwanted(conn, found, user):
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    return sending.not_now(person, found.project, found.now) or message(*_rows(found, again=again))


def _unwanted(conn: Connection, found: Scene, user: str) -> bool:
    """They want to be left alone, or the first message has not left yet and says the same."""
    if quiet.silent(conn, project=found.project, user=user, now=found.now):
        return True
    return not first_said(conn, workshop=found.workshop, user=user)


def _rows(found: Scene, *, again: bool) -> list[Json]:
    w, step = found.w, found.script.step(found.workshop.step)
    title = card.title(w, found, step)
    said = w.md("*{title}*", title=title)
    if again:
        said = w.md("*{title}* ends soon, and your answer is still welcome.", title=title)
    rows = [
        blocks.section(said),
        blocks.context(standing.where(found, step)),
        blocks.section(w.of(step.words)),
        *pressing.rows(found, step, more=[]),
    ]
    if again:
        stop = elements.button(w("Stop reminding me"), "reminder.stop", value=found.project.id)
        rows.append(blocks.actions(stop))
    return rows


MESSAGES = {"workshop_wanted": wanted}
