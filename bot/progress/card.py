"""The card of the project in its channel: posted once, changed in place. Renders from the data of now.

Says where the project stands in counts of dialogues and open points, and who holds which role; never how far
anybody is.
"""

from bot import asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.progress import reading
from bot.rounds.cards import PHASES, message, people_by_role, shown
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.progress import Progress
from storage.database import Connection
from storage.outbox import Row

WHAT = "project_card"


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """Name, people by role, where it stands."""
    found = shown(conn, row)
    if found is None:
        return None
    w, project = found.w, found.project
    progress = reading.for_all(conn, parts, project=project, on=asker.today(parts, project))
    return message(
        blocks.section(bold(project.name)),
        blocks.section(Mrkdwn("\n").join(people_by_role(w, project, found.names))),
        blocks.section(Mrkdwn("\n").join(lines(w, progress))),
        blocks.context(w.md("I post here, rarely. Questions come by private message.")),
        blocks.actions(
            elements.button(w("What waits for me"), "menu.open", value=project.id),
            elements.button(w("Plan"), "plan.open:card", value=project.id),
            elements.button(w("Who will see what"), "sees.open", value=project.id),
        ),
    )


def lines(w: Wording, progress: Progress) -> list[Mrkdwn]:
    """ "Scoping, week 5 of 6", "11 dialogues of 15 closed · 4 open points", "Next: W10 Note review, …"."""
    phase = PHASES.get(progress.phase, PHASES["P1"])
    if progress.weeks:
        place = w.md("{phase}, week {week} of {weeks}", phase=phase, week=progress.week, weeks=progress.weeks)
    else:
        place = w.md("{phase}, week {week}", phase=phase, week=progress.week)
    closed = w.plural_md(
        "{n} dialogue of {total} closed", "{n} dialogues of {total} closed", progress.closed,
        total=progress.total,
    )  # fmt: skip
    points = w.plural_md("{n} open point", "{n} open points", progress.points)
    said = [place, Mrkdwn(" · ").join([closed, points])]
    if progress.next is not None:
        said.append(w.md("Next: {what}, {day}", what=progress.next.what, day=w.day(progress.next.day)))
    return said


MESSAGES = {WHAT: render}
