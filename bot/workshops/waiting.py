"""What Home and `/cadrage todo` say of workshops: one is under way and where to join, or one is coming."""

from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements
from flows.workshop.model import Workshop
from storage import workshop as workshops
from storage.database import Connection

SHOWN = 3


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """Those of the project this person is invited to, or facilitates; the one under way first."""
    project, user = who.here, who.actor.user
    here = {"workspace": project.workspace, "project_id": project.id}
    every = [
        one for one in workshops.of_project(conn, **here)
        if one.state in ("planned", "open", "paused") and (one.person(user) or one.facilitator == user)
    ]  # fmt: skip
    ahead = sorted(every, key=lambda one: not one.running)[:SHOWN]
    return [_line(parts, who, one) for one in ahead if one.script in parts.playbook.workshops]


def _line(parts: Parts, who: Asker, one: Workshop) -> Json:
    w, script = who.w, parts.playbook.workshops[one.script]
    if one.running:
        said = w.md("*{id} {title}* is under way in the channel.", id=script.id, title=script.title)
    elif one.planned_for is not None:
        when = w.moment(one.planned_for, who.here.zone)
        said = w.md("*{id} {title}*: {when}", id=script.id, title=script.title, when=when)
    else:
        said = w.md("*{id} {title}* is planned already.", id=script.id, title=script.title)
    facilitates = one.facilitator == who.actor.user
    words = w("My desk") if facilitates else w("Join the step") if one.running else w("Agenda and rules")
    action = "workshop.desk" if facilitates else "workshop.here" if one.running else "workshop.agenda"
    return blocks.section(said, accessory=elements.button(words, f"{action}:{one.id}", value=one.id))
