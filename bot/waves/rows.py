"""What Home and the status page say of waves: that one is open, until when, and what closed ones have given.

The same for everybody invited, whether they have answered or not, and never a count.
"""

from bot.asker import Asker
from bot.hub.tasks import Next
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.waves import ordering, slot_words
from bot.waves.scene import sealer
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from storage import coaching
from storage import wave as waves
from storage.database import Connection
from storage.wave import Wave

SHOWN = 3  # closed waves listed


def next_action(conn: Connection, parts: Parts, who: Asker) -> Next | None:
    """For the coach, while somebody waits. Without a name: Home may be read over a shoulder."""
    w, project = who.w, who.here
    if project.cast.holder("coach") != who.actor.user:
        return None
    here = {"workspace": project.workspace, "project_id": project.id}
    if not coaching.requests(conn, **here, sealer=sealer(parts)):
        return None
    said = w("Someone would like to talk. Only you can read who.")
    return Next(said=said, button=w("Read"), action="coach.read", value=project.id)


def for_you(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The open waves this person is invited to; for the coach, the way to their screen."""
    w, project = who.w, who.here
    mine = waves.for_user(conn, workspace=project.workspace, user=who.actor.user)
    rows = []
    for wave in mine:
        content = parts.playbook.waves.get(wave.what)
        if content is None or wave.project_id != project.id or wave.closes_on < who.today:
            continue
        title = w.of(content.title)
        said = Mrkdwn(" · ").join([
            bold(title),
            w("Anonymous"),
            w.plural("about {n} minute", "about {n} minutes", content.minutes),
            w("until {date}", date=w.day(wave.closes_on)),
        ])  # fmt: skip
        go = elements.button(
            w("Answer"),
            f"anonymous.open:{wave.id}",
            value=wave.id,
            label=w("{what}: {question}", what=w("Answer"), question=title),
        )
        rows.append(blocks.section(said, accessory=go))
    if project.cast.holder("coach") == who.actor.user:
        read = elements.button(
            w("Read"), "coach.read", value=project.id, label=w("Read what is for the coach")
        )
        rows.append(
            blocks.section(w("For the coach: requests to talk, texts meant for you."), accessory=read)
        )
    return rows + slot_words.rows(conn, who=who)


def expected(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """For those who run the project: each open wave, how many are invited, no count (acceptance 8)."""
    rows = []
    for wave in _of_project(conn, who):
        content = parts.playbook.waves.get(wave.what)
        if wave.open and content is not None:
            rows.append(blocks.section(bold(who.w.of(content.title))))
            rows += ordering.state(conn, who, wave)[:1]
    return rows


def status(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """An open wave shows its closing date and nothing else; the latest closed ones their results, to
    those who may see them."""
    w, rows = who.w, []
    every = _of_project(conn, who)
    for wave in [*[one for one in every if one.open], *_latest(every)]:
        content = parts.playbook.waves.get(wave.what)
        if content is None:
            continue
        title = w.of(content.title)
        if wave.open:
            state, see = w("closes on {day}", day=w.day(wave.closes_on)), None
        elif wave.outcome == "kept" and who.may("results.read") == Allow():
            state = w("Closed")
            see = elements.button(
                w("See the group results"), f"wave.results:{wave.id}", value=wave.id,
                label=w("Results of {title}", title=title),
            )  # fmt: skip
        else:
            state, see = w("Closed: not enough answers to protect everyone"), None
        rows.append(blocks.section(Mrkdwn(" · ").join([bold(title), w("Anonymous"), state]), accessory=see))
    return rows


def _of_project(conn: Connection, who: Asker) -> list[Wave]:
    return waves.of_project(conn, workspace=who.here.workspace, project_id=who.here.id)


def _latest(every: list[Wave]) -> list[Wave]:
    """The latest closed wave of each kind, the newest first."""
    newest = {one.what: one for one in every if not one.open}
    return sorted(newest.values(), key=lambda one: one.closed_on or one.closes_on, reverse=True)[:SHOWN]
