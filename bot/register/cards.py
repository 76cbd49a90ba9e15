"""Cards of records in the project channel: decisions, blocking issues, high risks, and what was made from a
message there, in its thread. Each changes in place. Renders from the data of now.
"""

from bot import asker
from bot.hub import withheld
from bot.hub.record import question
from bot.outbound.render import Message
from bot.parts import Parts
from bot.register import depending
from bot.register.ways import from_message
from bot.request import Json
from bot.rounds import announce
from bot.rounds.cards import Shown, local, message, shown
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue.effects import PREFIX
from flows.register.life import OVER
from flows.register.model import Kept
from flows.register.shown import fields, state
from storage import capturing, linking, register
from storage.capturing import Message as Source
from storage.database import Connection
from storage.outbox import Row

#: What the card of each kind says of it, in this order.
SAID = {
    "decision": (
        "reason",
        "loss",
        "minority",
        "decided_by",
        "authority",
        "method",
        "reversible",
        "review_date",
    ),
    "issue": ("if_nobody", "resolution"),
    "risk": ("family", "likelihood", "impact", "score", "sign", "response"),
    "assumption": ("importance", "evidence", "test", "found"),
    "action": ("serves",),
}
LONGEST = 600  # characters of one field; the page has all of it


def decision_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """A decision. Restricted ones never reach the channel, and one that comes from somebody's own answer
    waits until its dialogue has closed, as the screen promised. One that is withdrawn says so on the card
    it has."""
    return _card(conn, row, parts, f"{PREFIX['decision']}-{row.ref.get('number')}")


def record_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """Any other record that has a card."""
    return _card(conn, row, parts, str(row.ref.get("ref", "")))


def _card(conn: Connection, row: Row, parts: Parts, ref: str) -> Message | None:
    found = shown(conn, row)
    here = {"workspace": row.workspace, "project_id": str(row.ref.get("project", ""))}
    record = register.get(conn, **here, ref=ref)
    if found is None or record is None or record.restricted:
        return None
    if not withheld.shown(conn, (record,), parts=parts, project=found.project):
        return None
    if record.status == register.WITHDRAWN and not _stands(conn, found, record):
        return None
    source = capturing.source(conn, **here, ref=ref)
    made = message(*_rows(conn, parts, found, record, source))
    inside = source is not None and source.channel == found.project.channel
    thread = (source.thread_ts or source.ts) if source is not None and inside else ""
    return Message(text=made.text, blocks=made.blocks, thread_ts=thread)


def _stands(conn: Connection, found: Shown, record: Kept) -> bool:
    if record.kind == "decision":
        return announce.decision_stands(conn, project=found.project, number=record.number)
    return announce.record_stands(conn, project=found.project, ref=record.ref)


def _rows(conn: Connection, parts: Parts, found: Shown, record: Kept, source: Source | None) -> list[Json]:
    """Head, what it says, whose and until when, where from, and the way to its page."""
    w, project = found.w, found.project
    names = {**found.names, **asker.named(conn, project=project, also=_people(record, source))}
    rows = [blocks.section(_head(found, record))]
    kept = fields(record, lambda id: question(parts, id), names)
    for key in SAID.get(record.kind, ()):
        for one in kept:
            if one.key == key and key in (
                "reason",
                "loss",
                "minority",
                "if_nobody",
                "resolution",
                "response",
            ):
                rows.append(
                    blocks.section(w.md("*{name}* {value}", name=one.name, value=w.of(one.value)[:LONGEST]))
                )
    small = [
        w.md("{name}: {value}", name=one.name, value=one.value)
        for one in kept
        if one.key in SAID.get(record.kind, ())
        and one.key in SMALL
        and (one.key != "review_date" or record.status == "accepted")
    ]
    here = {"workspace": project.workspace, "project_id": project.id}
    if record.status == "superseded" and (new := linking.instead(conn, **here, refs=[record.ref])):
        rows.insert(1, blocks.section(w.md("Replaced by {refs}", refs=", ".join(new[record.ref]))))
    rows.append(blocks.context(Mrkdwn(" · ").join([*_whose(found, record, names), *small])))
    if record.status not in OVER:
        shaky = depending.shaky(w, depending.rested_on(conn, project=project, ref=record.ref))
        rows += [blocks.context(line) for line in shaky]
    if source is not None:
        rows += from_message(w, source, names)[-1:]
    return [*rows, blocks.actions(*_ways(found, record))]


#: Fields that stand in the small print of a card.
SMALL = frozenset({
    "decided_by", "authority", "method", "reversible", "review_date", "family", "likelihood", "impact",
    "score", "sign", "importance", "evidence", "test", "found", "serves",
})  # fmt: skip


def _head(found: Shown, record: Kept) -> Mrkdwn:
    """ "*DEC-12* Lot 1 first · *accepted*"; struck out once it is replaced."""
    w = found.w
    title = w.of(record.title)
    said = Mrkdwn(" ").join(
        [bold(record.ref), w.md("~{title}~", title=title) if record.status == "superseded" else title]
    )
    words = state(record.kind, record.status)
    return Mrkdwn(" · ").join([said, bold(w.of(words))]) if words else said


def _whose(found: Shown, record: Kept, names: dict[str, str]) -> list[str]:
    w = found.w
    noted = local(record.created_at, found.project).date()
    day = w.day(noted)
    said: list[str] = [
        w.md("Noted on {day}, from the answers of those concerned.", day=day)
        if record.source and record.dialogue
        else w.md("Noted on {day}", day=day)
    ]
    if record.owner and record.kind != "decision":
        said.append(w.md("Owner: {name}", name=names.get(record.owner, record.owner)))
    if record.due:
        said.append(w.md("due on {day}", day=w.day(record.due, noted)))
    return said


def _people(record: Kept, source: Source | None) -> list[str]:
    users = [record.owner, record.fields.get("decided_by"), source.author if source else None]
    return [str(user) for user in users if user and str(user).startswith(("U", "W"))]


def _ways(found: Shown, record: Kept) -> list[Json]:
    """The same buttons for everybody: each answers politely whoever presses."""
    w, project = found.w, found.project
    value = f"{project.id}:{record.ref}"
    rows: list[Json] = []
    if record.kind == "decision" and record.status == "proposed" and not record.source:
        rows += [
            elements.button(w("Accept"), "record.move:accept", value=f"{value}:accept", style="primary"),
            elements.button(w("Do not accept"), "record.move:reject", value=f"{value}:reject"),
        ]
    rows.append(
        elements.button(
            w.p("button", "Open"),
            f"record.open:{record.ref}",
            value=value,
            label=w("Open {ref}", ref=record.ref),
        )
    )
    if record.kind == "decision":
        rows.append(elements.button(w("All decisions"), "register.open", value=f"{project.id}:decision:0"))
    return rows


MESSAGES = {"decision_card": decision_card, "record_card": record_card}
