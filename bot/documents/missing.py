"""[See what is missing]: the gaps of a document by section, who can fill them, and how (journeys G2)."""

from collections.abc import Iterable
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.documents import issuing, making, ways
from bot.documents.kinds import DOCUMENTS, KINDS, NOTE
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.typography import typographic
from flows.document.model import Missing, Section
from flows.document.text import Reading
from storage.database import Connection

MOST = 6  # lines of one section: the others are in the document
SECTIONS = 40  # on one page: Slack takes a hundred blocks


async def pressed(request: Request, parts: Parts) -> Reply:
    """[See what is missing]."""
    project_id, _, doc = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    doc = doc if doc in DOCUMENTS else NOTE
    if isinstance(verdict := who.may(DOCUMENTS[doc].read), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if doc in KINDS and KINDS[doc].route:
        return await issuing.opened(request, parts, who, doc)

    async def build() -> Json:
        rows = await parts.db.read(page, parts=parts, who=who, doc=doc)
        return answer.page(who.w, who.w("What is missing"), rows)

    return answer.show(request, parts, who.w, who.w("What is missing"), build)


def page(conn: Connection, *, parts: Parts, who: Asker, doc: str) -> list[Json]:
    """The page, from what is known now."""
    document = making.document(conn, parts=parts, project=who.here, doc=doc)
    if document is None:
        return []
    w, reading = who.w, Reading(language=who.language, dress=typographic)
    open_ = ways.standing(conn, who)
    rows = [row for section in document.sections for row in _section(parts, who, section, reading, open_)]
    done = sum(section.complete for section in document.sections)
    head = w("{n} of {total} sections are complete", n=done, total=len(document.sections))
    foot = w("Nothing blocks reading: each gap is printed as it is.")
    return [blocks.section(head), *rows[: 2 * SECTIONS], blocks.context(foot)]


def _section(
    parts: Parts, who: Asker, section: Section, reading: Reading, open_: ways.Standing
) -> Iterable[Json]:
    gaps = [block for block in section.blocks if isinstance(block, Missing)]
    if not gaps:
        return
    w = who.w
    lines = [w.md("• {gap}", gap=reading.line(gap.words)) for gap in gaps[:MOST]]
    if len(gaps) > MOST:
        lines.append(w.plural_md("• and {n} more", "• and {n} more", len(gaps) - MOST))
    if asked := ways.whom(parts, gaps):
        lines.append(w.md("_Asked {who}_", who=" · ".join(w.of(one) for one in asked)))
    head = bold(f"{section.id} {reading.line(section.title)}")
    yield blocks.section(Mrkdwn("\n").join([head, *lines]))
    if found := ways.ways(parts, who, gaps, open_):
        yield blocks.actions(*found)


ACTIONS: dict[str, Any] = {"document.missing": pressed}
