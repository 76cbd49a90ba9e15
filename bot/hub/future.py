"""What Home tells a future user: what changes for them and when, what is asked, whom they can talk to.

No register, no diagnosis, no name of whoever sees to anything (journeys 2j).
"""

from datetime import date

from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.rhythm import confirming
from bot.waves import rows as wave_rows
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.dialogue.effects import RecordKind
from flows.project import Project
from storage import register, rhythm
from storage.database import Connection

ONLY = frozenset({"users"})
LOTS: tuple[RecordKind, ...] = ("lot",)


def only(who: Asker) -> bool:
    """Whether this person has no other part in the project."""
    return who.project is not None and who.project.cast.roles_of(who.actor.user) == ONLY


def home(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Below the head of their Home."""
    w, project = who.w, who.here
    open_waves = wave_rows.for_you(conn, parts=parts, who=who)
    ways = [
        elements.button(w("I tried something"), "initiative.tell", value=project.id, style="primary"),
        elements.button(w("Tell a win"), "win.tell", value=project.id),
        elements.button(w("Talk to someone neutral"), "coach.open", value=project.id),
        elements.button(w("My settings"), "settings.open", value=project.id),
        elements.button(w("Not the right person"), "lot_users.leave", value=project.id),
    ]
    rows = lots(conn, w, project=project, user=who.actor.user, today=who.today)
    if open_waves:
        rows += [blocks.divider(), blocks.header(w("For you")), *open_waves]
    return [*rows, *asked(w), blocks.divider(), blocks.actions(*ways)]


def lots(conn: Connection, w: Wording, *, project: Project, user: str, today: date) -> list[Json]:
    """Each lot that is for them, with the day of its go-live; from then on, whether it is done."""
    here = {"workspace": project.workspace, "project_id": project.id}
    given = rhythm.milestones(conn, **here)
    mine = {ref for ref, users in project.cast.lots.items() if user in users}
    rows = []
    for one in register.records(conn, **here, kinds=LOTS, roles=None):
        if one.ref not in mine or one.status == "withdrawn":
            continue
        day = given.get(one.ref) or one.due
        title = w.of(one.title)
        if day is None:
            said = w.md("*{lot}*: the day on which you start working with it is not set yet.", lot=title)
        else:
            said = w.md("*{lot}*: go-live on {day}.", lot=title, day=w.day(day))
        rows.append(blocks.section(said))
        rows += confirming.rows(w, project=project, lot=one, user=user, began=day, today=today)
    return rows


def asked(w: Wording) -> list[Json]:
    """What is asked of a future user, and what is not."""
    said: Mrkdwn = w.md(
        "A few short questions come around that day. *Anonymous.* Nobody can see who answered what; results "
        "are read for the group only, from 5 answers. You may stop them at any time."
    )
    return [blocks.section(said)]
