"""An import in words: what a table would make, which lines are refused and why, what was made, and back."""

from bot import asker, people
from bot.operations.bringing import Preview
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import Wording
from flows.register.bringing import Refused
from storage.database import Connection
from storage.outbox import Row

UNDO = "bring.undo"
SHOWN = 10  # of anything there may be more of


def message(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """What came of an import, in private, with the way back."""
    user = str(row.ref.get("user", ""))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person, project_id=str(row.ref.get("project") or "-"))
    if who.may("register.bring") != Allow():
        return None
    said = report(who.w, int(row.ref.get("made", 0)), int(row.ref.get("refused", 0)))
    value = f"{who.here.id}:{row.ref.get('batch', '')}"
    way = elements.button(who.w("Withdraw them"), UNDO, value=value)
    rows = [blocks.section(said), *([blocks.actions(way)] if row.ref.get("made") else [])]
    return Message(text=blocks.said(rows), blocks=tuple(rows))


def would(w: Wording, found: Preview) -> list[Json]:
    """What it would make, a few of them, which columns are left out, and why lines are refused."""
    said = w.plural_md("*{n} record* would be made.", "*{n} records* would be made.", found.records)
    rows = [blocks.section(said)]
    if found.examples:
        titles = [md(f"{one.line} · {w.of(one.draft.title)}") for one in found.examples]
        rows.append(blocks.context(Mrkdwn("\n").join(titles)))
    if found.columns.unknown:
        unknown = ", ".join(found.columns.unknown[:SHOWN])
        rows.append(blocks.context(w.md("Columns left out: {columns}", columns=unknown)))
    return [*rows, *refused(w, found)]


def refused(w: Wording, found: Preview) -> list[Json]:
    """Which lines are refused and why, the first ones."""
    if not found.refused:
        return []
    head = w.plural_md("*{n} line is refused:*", "*{n} lines are refused:*", found.refused)
    lines = [_why(w, one) for one in found.reasons[:SHOWN]]
    if found.refused > len(lines):
        lines.append(w.md("and {n} more", n=found.refused - len(lines)))
    return [blocks.section(Mrkdwn("\n").join([head, *lines]))]


def _why(w: Wording, one: Refused) -> Mrkdwn:
    return w.md("Line {line}, {column}: {why}", line=str(one.line), column=one.column, why=one.why)


def report(w: Wording, made: int, refused: int = 0) -> Mrkdwn:
    """How many were made, how many not."""
    done = w.plural_md("*{n} record made* from your table.", "*{n} records made* from your table.", made)
    if not refused:
        return done
    return Mrkdwn(" ").join([done, w.plural_md("{n} line was refused.", "{n} lines were refused.", refused)])
