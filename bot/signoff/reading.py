"""[Read]: a version section by section, each with what was said of it, and "I approve it" (journeys G3).

Which sections somebody has approved is theirs alone: it is shown to nobody else and counted nowhere.
"""

from collections.abc import Mapping
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.signoff import standing
from bot.signoff.card import replied
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.typography import typographic
from flows.document import keeping
from flows.document.model import Missing, Section
from flows.document.text import Reading
from flows.signoff.model import Review
from storage import memo
from storage.database import Connection

LINES, LENGTH = 40, 2800  # statements of one section on a page, and characters in one block
SAID = 8  # remarks of one section on its page


def memo_of(review: Review, project_id: str) -> str:
    """Under which name a person's approved sections are kept."""
    return f"review:{project_id}:{review.version}"


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Read]."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(page, who=who, version=version, at="")

    return answer.show(request, parts, who.w, who.w("Read the note"), build)


async def turned(request: Request, parts: Parts) -> Reply:
    """[Next], [Before], a section chosen from the list, [I approve this section]."""
    return await _turned(request, parts, approves=False)


async def approved(request: Request, parts: Parts) -> Reply:
    """[I approve this section]: theirs alone, and on to the next."""
    return await _turned(request, parts, approves=True)


async def _turned(request: Request, parts: Parts, *, approves: bool) -> Reply:
    project_id, version, at = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if approves:
        at = await parts.db.run(_approve, who=who, version=version, section=at)
    view = await parts.db.read(page, who=who, version=version, at=at)
    return answer.refreshed(request, parts, view)


def place(value: str) -> tuple[str, int, str]:
    """The project, the version and the section that a button names. User input."""
    project_id, _, rest = value.partition(":")
    version, _, section = rest.partition(":")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 0
    return project_id, number, section


def page(conn: Connection, *, who: Asker, version: int, at: str) -> Json:
    """One section of the version; the first one that is not approved yet, unless another is asked for."""
    w, project = who.w, who.here
    review = standing.of_version(conn, project, version)
    kept = making.kept(conn, project=project, doc=NOTE, number=version)
    if review is None or kept is None:
        return answer.page(w, w("Read the note"), [blocks.section(w.of(NOTHING_THERE))])
    sections = {one.id: one for one in kept.document.sections}
    mine = _approved(conn, who, review)
    id = at if at in sections else next((id for id in sections if id not in mine), next(iter(sections)))
    reading = Reading(language=who.language, dress=typographic, names=kept.names)
    value, ids = f"{project.id}:{version}", list(sections)
    rows = [
        blocks.context(w("Version {n}", n=version), *_progress(who, review, mine, len(ids))),
        blocks.actions(
            elements.select("review.section", _list(reading, sections, mine, value), initial=f"{value}:{id}")
        ),
        blocks.section(bold(f"{id} {reading.line(sections[id].title)}")),
        *_text(who, reading, sections[id]),
        *_said(who, reading, review, id),
        blocks.actions(*_ways(who, review, value, ids, id, approved=id in mine)),
    ]
    return answer.page(w, w("Read the note"), rows, metadata=forms.packed(project=project.id))


def _progress(who: Asker, review: Review, mine: frozenset[str], total: int) -> list[str]:
    if review.state != "review":
        return []
    said = who.w.plural(
        "You have approved {n} section of {total}. Nobody else sees this.",
        "You have approved {n} sections of {total}. Nobody else sees this.", len(mine), total=total,
    )  # fmt: skip
    return [said]


def _list(reading: Reading, sections: Mapping[str, Section], mine: frozenset[str], value: str) -> list[Json]:
    return [
        elements.option(f"{'✓ ' if id in mine else ''}{id} {reading.line(one.title)}", f"{value}:{id}")
        for id, one in sections.items()
    ]


def _text(who: Asker, reading: Reading, section: Section) -> list[Json]:
    """Its statements as lines; what is missing in bold. The whole is in the file."""
    w, found = who.w, []
    for block in section.blocks:
        label, told = keeping.told(block)
        found += [bold(reading.line(label))] if label is not None and told else []
        for words in told:
            said = reading.line(words)
            found.append(bold(said) if isinstance(block, Missing) else md(f"• {said}"))
    more = len(found) - LINES
    rows, text = [], Mrkdwn("")
    for one in found[:LINES]:
        if text and len(text) + len(one) > LENGTH:
            rows.append(blocks.section(text))
            text = Mrkdwn("")
        text = text + Mrkdwn("\n") + one if text else one
    rows += [blocks.section(text)] if text else []
    if more > 0:
        rows.append(
            blocks.context(
                w.plural("and {n} more line, in the file", "and {n} more lines, in the file", more)
            )
        )
    return rows


def _said(who: Asker, reading: Reading, review: Review, id: str) -> list[Json]:
    """The remarks on this section with their replies, under their authors' names."""
    w, rows = who.w, []
    for one in [one for one in review.remarks if one.section == id][-SAID:]:
        name = reading.names.get(one.author) or who.names.get(one.author) or one.author
        head = w.md("*{name}*: {words}", name=name, words=one.words)
        rows.append(blocks.section(Mrkdwn("\n").join([head, replied(w, one)])))
    return rows


def _ways(who: Asker, review: Review, value: str, ids: list[str], id: str, *, approved: bool) -> list[Json]:  # noqa: PLR0913 - one row of buttons
    w, place_ = who.w, ids.index(id)
    found = []
    if place_ > 0:
        found.append(
            elements.button(
                w.p("section", "Before"), "review.section:before", value=f"{value}:{ids[place_ - 1]}"
            )
        )
    if place_ + 1 < len(ids):
        found.append(
            elements.button(w.p("section", "Next"), "review.section:next", value=f"{value}:{ids[place_ + 1]}")
        )
    if review.state == "review":
        if not approved:
            found.append(
                elements.button(
                    w("I approve this section"), "review.approve", value=f"{value}:{id}", style="primary"
                )
            )
        found.append(elements.button(w("Remark"), "review.remark", value=f"{value}:{id}"))
    found.append(elements.button(w("PDF, Word…"), "document.open", value=f"{who.here.id}:{NOTE}"))
    return found


def _approved(conn: Connection, who: Asker, review: Review) -> frozenset[str]:
    kept = memo.get(
        conn, workspace=who.here.workspace, user=who.actor.user, name=memo_of(review, who.here.id)
    )
    return frozenset(kept) if isinstance(kept, list) else frozenset()


def _approve(conn: Connection, *, who: Asker, version: int, section: str) -> str:
    """Note it, and give the next section."""
    review = standing.of_version(conn, who.here, version)
    if review is None or review.state != "review":
        return section
    kept = making.kept(conn, project=who.here, doc=NOTE, number=version)
    ids = [one.id for one in kept.document.sections] if kept is not None else []
    if section not in ids:
        return section
    mine = sorted({*_approved(conn, who, review), section})
    memo.put(
        conn, workspace=who.here.workspace, user=who.actor.user, name=memo_of(review, who.here.id), value=mine
    )
    after = ids[ids.index(section) + 1 :]
    return next((id for id in after if id not in mine), section)


ACTIONS: dict[str, Any] = {
    "review.read": pressed, "review.section": turned, "review.section:before": turned,
    "review.section:next": turned, "review.approve": approved,
}  # fmt: skip
