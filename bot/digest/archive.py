"""Earlier digests, read again by whoever could read them then: week by week, as they were made.

Names are those of now, and so are titles: whoever has left, and what was corrected since, stays so. What the
sponsor said in their own check-in is not kept here.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.digest import card, wording
from bot.digest import parts as sections
from bot.digest.page import Page
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from flows.digest.summary import Digest
from flows.words import Words
from storage import digest, register, win
from storage.database import Connection
from storage.digest import Issue

OPEN = "digest.archive"


async def opened(request: Request, parts: Parts) -> Reply:
    """[Earlier digests], [Earlier], [Later]: the value is the project and the week."""
    id, _, period = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=id or "-")
    if isinstance(verdict := who.may("digest.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        rows = await parts.db.read(read, parts=parts, who=who, period=period)
        return answer.page(who.w, who.w("Earlier digests"), rows)

    if period and answer.in_modal(request):
        return answer.refreshed(request, parts, await build())
    return answer.show(request, parts, who.w, who.w("Earlier digests"), build)


def read(conn: Connection, *, parts: Parts, who: Asker, period: str) -> list[Json]:
    """The digest of a week, the last one unless told which; and the way to the others."""
    workspace, id = who.here.workspace, who.here.id
    issue = digest.get(conn, workspace=workspace, project_id=id, period=period) if period else None
    issue = issue or next(iter(digest.latest(conn, workspace=workspace, project_id=id)), None)
    if issue is None:
        return [blocks.section(who.w("No digest has been sent yet."))]
    rows = [blocks.context(who.w.md("*As it was sent* on {day}.", day=who.w.full_day(issue.made_on)))]
    rows += card.drawn(card.bare(_page(conn, parts, who, issue, issue.sent))) if issue.sent else [
        blocks.section(who.w("This one was made by an earlier version, which did not keep its words."))
    ]  # fmt: skip
    return rows + _ways(conn, who, issue)


def way(who: Asker) -> Json:
    """[Earlier digests]."""
    return elements.button(who.w("Earlier digests"), OPEN, value=f"{who.here.id}:")


def _page(conn: Connection, parts: Parts, who: Asker, issue: Issue, sent: Digest) -> Page:
    scene = sections.Scene(
        w=who.w,
        digest=_titled(sent, _titles(conn, who)),
        project=replace(who.here, phase=sent.phase),
        model=parts.playbook.diagnosis,
        names=asker.named(conn, project=who.here),
        settled={},
    )
    around = wording.Around(
        day=issue.made_on,
        covers=(issue.covers_from, issue.made_on) if issue.covers_from else None,
        note=issue.note,
        note_by=scene.names.get(issue.note_by, ""),
    )
    page = wording.page(scene, around)
    said = sent.act.words or sent.act.family
    shown = tuple(part for part in page.parts if said or part.id != "SD07")
    return replace(page, parts=shown, ways=())


def _titles(conn: Connection, who: Asker) -> Mapping[str, Words]:
    """What records and small wins are called now, by number."""
    workspace, id = who.here.workspace, who.here.id
    kept = register.records(conn, workspace=workspace, project_id=id, roles=())
    wins = win.newest(conn, workspace=workspace, project_id=id)
    return {one.ref: one.title for one in kept} | {one.name: one.said for one in wins}


def _titled(sent: Digest, now: Mapping[str, Words]) -> Digest:
    return replace(
        sent,
        steps=tuple(replace(one, told=now.get(one.ref, one.told)) for one in sent.steps),
        waiting=tuple(replace(one, title=now.get(one.ref, one.title)) for one in sent.waiting),
        dangers=tuple(replace(one, title=now.get(one.ref, one.title)) for one in sent.dangers),
    )


def _ways(conn: Connection, who: Asker, issue: Issue) -> list[Json]:
    """[Earlier] [Later]."""
    w, (before, after) = who.w, digest.around(conn, workspace=who.here.workspace, issue=issue)
    ways = [
        elements.button(label, f"{OPEN}:{name}", value=f"{who.here.id}:{period}", label=says)
        for label, name, period, says in (
            (w.p("digest", "Earlier"), "before", before, w("The digest before this one")),
            (w.p("digest", "Later"), "after", after, w("The digest after this one")),
        )
        if period
    ]
    return [blocks.actions(*ways)] if ways else []


ACTIONS: dict[str, Any] = {OPEN: opened}
