"""`/cadrage digest`: the latest for the sponsor, the next one for facilitator and lead, who see it before.

The facilitator may add one sentence to it; nobody can take anything out of it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.digest import archive, card, gathering, planning
from bot.digest.page import Page
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.verbs import fold, parse
from bot.words import blocks, elements
from bot.words.mrkdwn import md
from flows.digest import summary
from storage import digest, schedule
from storage.database import Connection
from storage.digest import Issue, Setting

OPEN, NOTE, CALLBACK = "digest.open", "digest.note", "digest.note.save"
PREVIEW = ("preview", "apercu")
READY = timedelta(hours=18, minutes=30)  # before it leaves: Wednesday 14:00 (journeys 6, row 29)
LONGEST = 200  # characters of the facilitator's sentence


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage digest`, `/cadrage digest preview`."""
    who = await asker.asker(request, parts)
    rest = parse(str(request.payload.get("text") or "")).rest
    return await _shown(request, parts, who, next_one=any(fold(word) in PREVIEW for word in rest))


async def opened(request: Request, parts: Parts) -> Reply:
    """[Digest], [Preview]."""
    id, _, wanted = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=id or "-")
    return await _shown(request, parts, who, next_one=wanted in PREVIEW)


async def _shown(request: Request, parts: Parts, who: Asker, *, next_one: bool) -> Reply:
    if isinstance(verdict := who.may("digest.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        rows = await parts.db.read(read, parts=parts, who=who, next_one=next_one)
        return answer.page(who.w, who.w("Digest"), rows)

    return answer.show(request, parts, who.w, who.w("Digest"), build)


def read(conn: Connection, *, parts: Parts, who: Asker, next_one: bool) -> list[Json]:
    """The blocks of the page."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    sponsor = project.cast.holder("sponsor") == who.actor.user
    latest = digest.latest(conn, workspace=project.workspace, project_id=project.id)
    if sponsor and latest and not next_one:
        drawn = card.drawn(card.page(conn, parts, project, who.person, latest[0]))
        return [*drawn, blocks.actions(archive.way(who))]
    chosen = digest.setting(conn, **here)
    page = _next(conn, parts, who, chosen)
    rows = [blocks.context(w.md("*Preview.* {when}", when=_when(conn, who)))]
    rows += card.drawn(page if sponsor else card.bare(page))
    ways = [archive.way(who)] if latest else []
    if who.may("digest.note") == Allow():
        label = w("Change my sentence") if chosen.note else w("Add a sentence")
        ways.insert(0, elements.button(label, NOTE, value=project.id))
    return [*rows, blocks.actions(*ways)] if ways else rows


def _next(conn: Connection, parts: Parts, who: Asker, chosen: Setting) -> Page:
    """The next digest as it would be read now, in the words of whoever looks."""
    project = who.here
    sponsor = project.cast.holder("sponsor")
    known = people.several(conn, workspace=project.workspace, users=(sponsor,) if sponsor else ())
    it = gathering.about(project, known[sponsor].zone if sponsor else "", parts.clock.now())
    issue = Issue(
        project_id=project.id, period="", sponsor=sponsor or "", made_on=it.on,
        made_at=parts.clock.now(), covers_from=None, note=chosen.note, note_by=chosen.note_by,
        said=summary.snapshot(gathering.gather(conn, parts, it)),
    )  # fmt: skip
    return card.page(conn, parts, project, who.person, issue)


def _when(conn: Connection, who: Asker) -> str:
    """When the next one leaves, in the zone of the sponsor."""
    project = who.here
    id = f"{planning.KIND}:{project.id}"
    at = schedule.planned(conn, workspace=project.workspace, id=id)
    if at is None:
        return who.w("It leaves on Thursday morning, once there is a sponsor.")
    return who.w("It leaves on {when}, where the sponsor is.", when=who.w.moment(at[0], at[1]))


async def sentence(request: Request, parts: Parts) -> Reply:
    """[Add a sentence]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("digest.note"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        here = {"workspace": who.here.workspace, "project_id": who.here.id}
        return form(who, await parts.db.read(digest.setting, **here))

    return answer.show(request, parts, who.w, who.w("One sentence"), build)


def form(who: Asker, chosen: Setting) -> Json:
    """One line, with your name, in the next digest only."""
    w = who.w
    field = blocks.field(
        w("One sentence for the sponsor"),
        elements.words("note", initial=chosen.note or None, most=LONGEST),
        block_id="note",
        hint=w("It stands at the top of the next digest, with your name. Empty: nothing is added."),
        optional=True,
    )
    return blocks.modal(
        w("One sentence"),
        [field],
        callback_id=CALLBACK,
        submit=w("Save"),
        close=w.p("window", "Close"),
        metadata=forms.packed(project=who.here.id),
    )


async def save(request: Request, parts: Parts) -> Reply:
    """The form was sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("digest.note"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    typed = " ".join(str(answer.state(request, "note", "note").get("value") or "").split())[:LONGEST]
    await parts.db.run(_keep, who=who, note=typed)
    rows = await parts.db.read(read, parts=parts, who=who, next_one=True)
    said = who.w("Saved. It will be in the next digest.") if typed else who.w("Saved. Nothing is added.")
    view = answer.page(who.w, who.w("Digest"), [blocks.section(md(said)), *rows])
    return answer.refreshed(request, parts, view)


def _keep(conn: Connection, *, who: Asker, note: str) -> None:
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    chosen = digest.setting(conn, **here)
    by = who.actor.user if note else ""
    digest.choose(conn, **here, setting=replace(chosen, note=note, note_by=by))


def way(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """In Home of facilitator and lead, from Wednesday 14:00 where the project is until it has left."""
    if who.project is None or who.may("digest.note") != Allow():
        return []
    w, project = who.w, who.here
    at = schedule.planned(conn, workspace=project.workspace, id=f"{planning.KIND}:{project.id}")
    if at is None or at[0] - parts.clock.now() > READY:
        return []
    said = w.md("The sponsor’s digest leaves on {when}.", when=w.moment(at[0], at[1]))
    go = elements.button(w("Preview"), f"{OPEN}:preview", value=f"{project.id}:preview")
    return [blocks.section(said, accessory=go)]


COMMANDS = {"digest": command}
ACTIONS: dict[str, Any] = {OPEN: opened, NOTE: sentence}
VIEWS: dict[str, Any] = {CALLBACK: save}
