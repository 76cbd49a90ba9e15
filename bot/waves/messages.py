"""What a wave says in messages: the invitation, the one reminder to everybody, how it closed.

No question, no answer, no count and no name stands in a message (5.3 rule 6, acceptance 19 and 22).
"""

from typing import Any

from bot import people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.cards import message
from bot.waves import opening
from bot.waves.scene import Scene, load
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import words
from flows.wave.model import ENOUGH
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.outbox import Row

KEEP_AT = 3  # the invitation in which one is asked whether to go on


def invitation(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """About how long, anonymous, until when, and the button that opens it."""
    return _private(conn, row, parts, reminder=False)


def reminder(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The same words to everybody invited, whether they have answered or not: nothing knows. It comes
    late rather than to some of them only."""
    return _private(conn, row, parts, reminder=True)


def _private(conn: Connection, row: Row, parts: Parts, *, reminder: bool) -> Message | Defer | None:
    user = str(row.ref.get("user", ""))
    scene = load(conn, parts=parts, workspace=row.workspace, user=user, id=str(row.ref.get("wave", "")))
    if scene is None or not scene.invited or not scene.answerable:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    later = budget.not_now(conn, row, parts=parts, person=person, project=scene.project)
    if later is not None:
        return later
    said = _reminded(scene) if reminder else _invited(scene)
    keep = [] if reminder else _keep(conn, scene)
    return message(blocks.section(said), *keep, _buttons(scene), *_small(scene))


def _keep(conn: Connection, scene: Scene) -> list[Json]:
    """After two of a check-in, once: whether one wants to keep receiving it (journeys 6, row 18). Asked of
    everybody alike: what is counted is invitations, and nothing knows who has answered."""
    wave = scene.wave
    here = {"workspace": wave.workspace, "project_id": wave.project_id}
    times = waves.times_asked(conn, **here, what=wave.what, user=scene.user) if scene.content.checkin else 0
    if times != KEEP_AT:
        return []
    said = scene.w("You have had two of these. Do you want to keep receiving them? If not, stop them below.")
    return [blocks.section(said)]


def _invited(scene: Scene) -> Mrkdwn:
    w = scene.w
    return w.plural_md(
        "*{title}* ({project}): about {n} minute, anonymous, until {date}.",
        "*{title}* ({project}): about {n} minutes, anonymous, until {date}.",
        scene.content.minutes,
        title=scene.content.title,
        project=scene.project.name,
        date=w.day(scene.wave.closes_on),
    )


def _reminded(scene: Scene) -> Mrkdwn:
    w = scene.w
    return w.md(
        "*{title}* ({project}) closes on {date}. This reminder goes to everyone invited; ignore it if you "
        "have answered.",
        title=scene.content.title,
        project=scene.project.name,
        date=w.day(scene.wave.closes_on),
    )


def _buttons(scene: Scene) -> Json:
    w, wave = scene.w, scene.wave
    title = w.of(scene.content.title)
    row = [
        elements.button(
            w("Answer"),
            "anonymous.open",
            value=wave.id,
            style="primary",
            label=w("{what}: {question}", what=w("Answer"), question=title),
        ),
        elements.button(w("How it works"), "anonymous.how", value=wave.id),
    ]
    if scene.coach:
        row.append(elements.button(w("Talk to someone neutral"), "anonymous.coach", value=wave.project_id))
    if scene.content.checkin:
        stop = elements.button(w("Do not send me these any more"), "wave.stop", value=wave.what)
        row.append(stop)
    return blocks.actions(*row)


def _small(scene: Scene) -> list[Json]:
    w = scene.w
    said = w.md("*Anonymous.* One sitting; nobody can see who has answered, or what.")
    return [blocks.context(said)]


def closed(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One of two lines in the project channel (2.3): at least as many answers as needed, or destroyed
    unread. Never how many."""
    wave = waves.get(conn, workspace=row.workspace, id=str(row.ref.get("wave", "")))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    content = parts.playbook.waves.get(wave.what) if wave else None
    if wave is None or project is None or content is None or wave.open:
        return None
    w = words(project.language)
    filled: dict[str, Any] = {"title": content.title, "least": wave.threshold}
    if wave.outcome == "kept":
        said = w.md(
            "*{title}* has closed: at least {least} answers, the group results are available. Thank you.",
            **filled,
        )
        see = elements.button(
            w("See the group results"),
            "wave.results",
            value=wave.id,
            label=w("Results of {title}", title=w.of(content.title)),
        )
        return message(blocks.section(said), blocks.actions(see))
    if wave.outcome == "lost":
        said = w.md(
            "*{title}* has closed, and its answers cannot be read: the key of the server has changed since "
            "it was opened. They are destroyed.",
            **filled,
        )
    else:
        said = w.md(
            "*{title}* has closed: fewer than {least} answers, everything was destroyed unread.", **filled
        )
    return message(blocks.section(said))


def not_opened(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """A wave that was ordered for today could not be opened: whoever ordered it reads why."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    content = parts.playbook.waves.get(str(row.ref.get("about", "")))
    if project is None or content is None:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(person, project))
    reasons = {
        "open_already": w.of(opening.OPEN_ALREADY),
        "reply_owed": w.of(opening.REPLY_OWED),
        "too_small": w.of(opening.TOO_SMALL.fill(n=ENOUGH)),
    }
    why = reasons.get(str(row.ref.get("reason", "")), w("The sponsor, the lead or the arbiter is not named."))
    return message(blocks.section(w.md("*{title}* did not open today. {why}", title=content.title, why=why)))


MESSAGES = {
    "wave_not_opened": not_opened,
    "wave_invitation": invitation,
    "wave_reminder": reminder,
    "wave_closed": closed,
}
