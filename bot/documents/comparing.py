"""`/cadrage note compare 2`, [Compare with draft 2]: what changed since that version.

Statement by statement, under the section each stands in. Changes nothing.
"""

from collections.abc import Iterable
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.typography import typographic
from flows.document import keeping
from flows.document.text import Reading
from flows.words import Words
from storage import document as documents
from storage.database import Connection

MOST = 80  # statements on one page: Slack takes a hundred blocks


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Compare with draft 2]."""
    project_id, _, number = answer.chosen(request).partition(":")
    return await opened(request, parts, project_id or "-", number)


async def opened(request: Request, parts: Parts, project_id: str, number: str) -> Reply:
    """The page. `number`: of the earlier version, as typed; anything else: the one before the last."""
    who = await asker.asker(request, parts, project_id=project_id)
    if isinstance(verdict := who.may("document.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0

    async def build() -> Json:
        rows = await parts.db.read(page, who=who, wanted=wanted)
        return answer.page(who.w, who.w("What changed"), rows)

    return answer.show(request, parts, who.w, who.w("What changed"), build)


def page(conn: Connection, *, who: Asker, wanted: int) -> list[Json]:
    """What changed between that version and the newest."""
    w, here = who.w, {"workspace": who.here.workspace, "project_id": who.here.id}
    newest = documents.latest(conn, workspace=who.here.workspace, project_id=who.here.id, doc=NOTE)
    number = wanted or (newest[0].number - 1 if newest else 0)
    before = documents.get(conn, **here, doc=NOTE, number=number)
    if not newest or before is None:
        return [blocks.section(w("There is no such version to compare with."))]
    after = newest[0]
    names = making.named(conn, who.here, before.content) | making.named(conn, who.here, after.content)
    reading = Reading(language=who.language, dress=typographic, names=names)
    found = list(keeping.difference(before.content, after.content))
    head = w("From version {n} to version {m}", n=before.number, m=after.number)
    if not found:
        return [blocks.section(bold(head)), blocks.section(w("They say the same."))]
    rows = [blocks.section(_said(who, reading, one)) for one in found[:MOST]]
    return [blocks.section(bold(head)), *rows, *_more(who, len(found) - MOST)]


def _said(who: Asker, reading: Reading, one: tuple[str, Words, bool]) -> Mrkdwn:
    section, words, added = one
    text = reading.line(words)
    if added:
        return who.w.md("*{section}* new: {text}", section=section, text=text)
    return who.w.md("*{section}* no longer: {text}", section=section, text=text)


def _more(who: Asker, left: int) -> Iterable[Json]:
    if left > 0:
        yield blocks.context(who.w.plural("and {n} more", "and {n} more", left))


ACTIONS: dict[str, Any] = {"document.compare": pressed}
