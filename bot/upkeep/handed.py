"""The two cards of a handover: to whoever is asked, with the way to say no; and back to whoever asked."""

from dataclasses import dataclass
from typing import Literal

from bot import asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, quote
from bot.words.text import Wording, words
from flows.project import Person, Project
from flows.register.model import Kept
from storage import project as projects
from storage import register, upkeep
from storage.database import Connection
from storage.outbox import Row
from storage.upkeep import Handover

CARD, BACK = "handover", "handover_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A handover as one of its two cards is drawn from it: who reads, how to speak to them, whom they read
    of."""

    asked: Handover
    project: Project
    kept: Kept
    me: Person
    w: Wording
    name: str  # of the other side


def _read(conn: Connection, row: Row, *, of: Literal["from_user", "to_user"]) -> Asked | None:
    """What a card about a handover says; None when there is none any more."""
    found = _found(conn, row)
    if found is None:
        return None
    asked, project, kept = found
    user, other = str(row.ref.get("user", "")), str(getattr(asked, of))
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    names = asker.named(conn, project=project, also=[other])
    w = words(people.language(me, project))
    return Asked(asked=asked, project=project, kept=kept, me=me, w=w, name=names.get(other, other))


def card(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To whoever is asked: what it is, by when, a word, and the way to say no. Changes in place."""
    found = _read(conn, row, of="from_user")
    if found is None:
        return None
    if not row.remote_id:
        if found.asked.state != "asked" or found.me.deleted:
            return None
        if later := budget.not_now(conn, row, parts=parts, person=found.me, project=found.project):
            return later
    w, kept = found.w, found.kept
    head = Mrkdwn(" ").join([bold(kept.ref), w.md("{title}", title=kept.title)])
    if found.asked.state == "accepted":
        return message(blocks.section(head), blocks.context(w.md("It is yours from now on.")))
    if found.asked.state != "asked":
        return message(blocks.section(head), blocks.context(w.md("This no longer waits for you.")))
    return message(*_question(found, head))


def _question(found: Asked, head: Mrkdwn) -> list[Json]:
    """Who asks for what, until when, in which words; and the two answers."""
    w, asked = found.w, found.asked
    said = w.md(
        "*{name}* asks you to see to this from now on, in *{project}*:",
        name=found.name, project=found.project.name,
    )  # fmt: skip
    rows = [blocks.section(said), blocks.section(head)]
    if found.kept.due:
        rows.append(blocks.context(w.md("due on {day}", day=w.day(found.kept.due))))
    if asked.note:
        rows.append(blocks.section(quote(asked.note)))
    buttons = blocks.actions(
        elements.button(w("I take it"), "item.accept", value=asked.id, style="primary"),
        elements.button(w("Not me"), "item.refuse", value=asked.id),
    )
    return [*rows, buttons, blocks.context(w.md("If you say no, only {name} is told.", name=found.name))]


def back(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To whoever asked: it stays with them."""
    found = _read(conn, row, of="to_user")
    if found is None:
        return None
    w, ref = found.w, found.kept.ref
    said = w.md("{name} cannot see to {ref}: it stays where it is.", name=found.name, ref=bold(ref))
    other = elements.button(w("Ask somebody else"), f"item.pass:{ref}", value=f"{found.project.id}:{ref}")
    return message(blocks.section(said), blocks.actions(other))


def _found(conn: Connection, row: Row) -> tuple[Handover, Project, Kept] | None:
    asked = upkeep.get(conn, workspace=row.workspace, id=str(row.ref.get("handover", "")))
    project = projects.get(conn, workspace=row.workspace, id=asked.project_id) if asked else None
    if asked is None or project is None:
        return None
    kept = register.get(conn, workspace=row.workspace, project_id=project.id, ref=asked.ref, roles=None)
    return None if kept is None else (asked, project, kept)


MESSAGES = {CARD: card, BACK: back}
