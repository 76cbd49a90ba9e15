"""The private message that asks for named check-ins: all of a day in one. Renders from the data of now."""

from typing import Any

from bot import people
from bot.dialogue.labels import roles
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording, words
from flows.checkin.model import CheckIn as Content
from flows.project import Project
from storage import checkin
from storage import project as projects
from storage.checkin import CheckIn
from storage.database import Connection
from storage.outbox import Row

#: What became of one, by its state.
BECAME = {
    "answered": N_("answered, thank you."), "skipped": N_("skipped this time."),
    "over": N_("over. The next one will come by itself."),
}  # fmt: skip


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """What is asked, and what became of it since: an answered one has no button any more. Nothing when all of
    it was answered, skipped or replaced before it could leave."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    ids = [str(id) for id in row.ref.get("checkins", ())]
    found = [one for id in ids if (one := checkin.get(conn, workspace=row.workspace, id=id)) is not None]
    known = [one for one in found if one.what in parts.playbook.checkins]
    left = [one for one in known if one.state == "open"]
    if project is None or not (known if row.remote_id else left):
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    later = budget.not_now(conn, row, parts=parts, person=person, project=project)
    if later is not None and not row.remote_id:
        return later
    w = words(people.language(person, project))
    shown = known if row.remote_id else left
    rows = [part for one in shown for part in lines(w, parts.playbook.checkins[one.what], one, project)]
    if not left:
        return message(*rows)
    why = elements.button(w("Why do I get this?"), "rhythm.why", value=f"{project.id}:{left[0].what}")
    return message(*rows, blocks.actions(why))


def lines(w: Wording, content: Content, one: CheckIn, project: Project) -> list[Json]:
    """One check-in: what, how long, who reads it, and what can be done with it; later what became of it."""
    if one.state != "open":
        became = w(BECAME.get(one.state, BECAME["over"]))
        return [blocks.section(w.md("*{title}* ({project}): {became}", title=w.of(content.title),
                                    project=project.name, became=became))]  # fmt: skip
    said = w.plural_md(
        "*{title}* ({project}): about {n} minute.",
        "*{title}* ({project}): about {n} minutes.",
        content.minutes,
        title=w.of(content.title),
        project=project.name,
    )
    label = w("{what}: {question}", what=w("Answer"), question=w.of(content.title))
    row = blocks.actions(
        elements.button(w("Answer"), f"checkin.open:{one.id}", value=one.id, style="primary", label=label),
        elements.button(w("Skip this time"), f"checkin.skip:{one.id}", value=one.id),
    )
    return [blocks.section(said), blocks.context(readers(w, content)), row]


def readers(w: Wording, content: Content) -> Mrkdwn:
    """Who reads the answers (0.6)."""
    if content.seen_by:
        return w.md("*Confidential.* Only {audience} can see this.", audience=roles(w, content.seen_by))
    return w.md("*Named.* The team and the sponsor will see these answers.")


def rows(conn: Connection, *, parts: Parts, project: Project, user: str, w: Wording) -> list[Json]:
    """In Home: what this person is asked now, in this project."""
    found: list[Json] = []
    for one in checkin.open_for(conn, workspace=project.workspace, user=user):
        content = parts.playbook.checkins.get(one.what)
        if one.project_id == project.id and content is not None:
            said = w.plural_md(
                "*{title}*: about {n} minute.", "*{title}*: about {n} minutes.", content.minutes,
                title=w.of(content.title),
            )  # fmt: skip
            label = w("{what}: {question}", what=w("Answer"), question=w.of(content.title))
            go = elements.button(w("Answer"), f"checkin.open:{one.id}", value=one.id, label=label)
            found.append(blocks.section(said, accessory=go))
    return found


MESSAGES: dict[str, Any] = {"checkin": render}
