"""An initiative as it is read: its card in the channel, what is owed, and the reply to its author."""

from bot import asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import sending
from bot.rounds.cards import local, message, shown
from bot.wins.looking import answering
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, quote
from bot.words.text import Wording, words
from flows.project import Project
from flows.wins.initiative import HELP, STATUSES, Initiative, reply_by
from flows.wins.model import DEPARTMENTS
from storage import initiative
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row


def card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The card. The same buttons for everybody: each answers politely whoever presses."""
    found, one = shown(conn, row), _initiative(conn, row)
    if found is None or one is None:
        return None
    w, project = found.w, found.project
    if one.status == "withdrawn":
        return message(blocks.context(w("This try was taken back."))) if row.remote_id else None
    names = asker.named(conn, project=project, also=[one.author] if one.named else [])
    rows = [blocks.section(head(w, one)), blocks.context(Mrkdwn(" · ").join(_small(w, one, names)))]
    if one.answer:
        rows.append(blocks.section(quote(one.answer)))
    return message(*rows, blocks.actions(*_ways(w, project, one)))


def head(w: Wording, one: Initiative) -> Mrkdwn:
    """ "*INI-4* A reminder for each visit · *tried*"."""
    said = Mrkdwn(" ").join([bold(one.ref), w.md("{said}", said=one.statement)])
    return Mrkdwn(" · ").join([said, bold(w.of(STATUSES[one.status]))])


def _small(w: Wording, one: Initiative, names: dict[str, str]) -> list[Mrkdwn]:
    by = names.get(one.author, "") if one.named else ""
    said = [w.md("{who}", who=by or w("A team"))]
    if one.help:
        said.append(w.md("would help: {what}", what=w.listed([w.of(HELP[key]) for key in one.help])))
    if one.taken_up:
        teams = [w.of(DEPARTMENTS.get(key, DEPARTMENTS["other"])) for key in one.taken_up]
        said.append(w.md("also tried by: {who}", who=w.listed(teams)))
    return said


def _ways(w: Wording, project: Project, one: Initiative) -> list[Json]:
    value = f"{project.id}:{one.number}"
    ways: list[Json] = []
    if one.status != "set_aside":
        ways.append(elements.button(w("We will try it too"), f"initiative.too:{one.number}", value=value))
    ways.append(elements.button(w("Reply"), f"initiative.reply:{one.number}", value=value))
    mine = [elements.option(w("Tried"), f"{value}:tried")] if one.status == "proposed" else []
    if one.status in ("proposed", "tried"):
        mine.append(elements.option(w("Take it back"), f"{value}:withdraw"))
    return [*ways, elements.overflow(f"initiative.move:{one.number}", mine)] if mine else ways


def owed(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To facilitator and lead: an initiative that waits for a reply. Said once to each."""
    found = _private(conn, row, parts)
    if found is None or isinstance(found, Defer):
        return found
    w, project, one = found
    if not one.waits or str(row.ref.get("user", "")) not in answering(project):
        return None
    day = reply_by(local(one.made_at, project).date())
    value = f"{project.id}:{one.number}"
    return message(
        blocks.section(w.md("{ref} waits for a reply, by {day}.", ref=bold(one.ref), day=w.day(day))),
        blocks.section(quote(one.statement)),
        blocks.actions(elements.button(w("Reply"), f"initiative.reply:{one.number}", value=value)),
    )


def answered(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To its author: what was replied."""
    found = _private(conn, row, parts)
    if found is None or isinstance(found, Defer):
        return found
    w, _, one = found
    return message(blocks.section(head(w, one)), blocks.section(quote(one.answer))) if one.answer else None


def _private(conn: Connection, row: Row, parts: Parts) -> tuple[Wording, Project, Initiative] | Defer | None:
    one = _initiative(conn, row)
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    if one is None or project is None:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if later := sending.not_now(me, project, parts.clock.now()):
        return later
    return words(people.language(me, project)), project, one


def _initiative(conn: Connection, row: Row) -> Initiative | None:
    number = row.ref.get("initiative")
    if not isinstance(number, int):
        return None
    return initiative.get(
        conn, workspace=row.workspace, project_id=str(row.ref.get("project", "")), number=number
    )


MESSAGES = {"initiative_card": card, "initiative_owed": owed, "initiative_answered": answered}
