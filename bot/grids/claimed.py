"""What vendors claim, beside one another, and the file they fill in: made here, sent in private to who asked.

A claim stands under "claims" and nowhere else: it never becomes something that was seen.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.documents import making
from bot.documents.sending import slug
from bot.grids import workbook
from bot.once import once
from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording, words
from flows import vendor_file
from flows.document.outside import outside
from flows.document.sweep import said_in
from flows.project import Project
from flows.vendor_file import COVERS, MEETS, Asked, Tally
from flows.words import LANGUAGES, Words
from storage import outbox
from storage.database import Connection
from storage.grid import Claim
from storage.outbox import Row

ORDER, WHAT = "grid.file", "vendor_file"
MOST = 10  # vendors that are listed


def ways(who: Asker) -> list[Json]:
    """For those who hand documents out: the file in each language, and the way back in."""
    if who.may("document.issue") != Allow():
        return []
    w, id = who.w, who.here.id
    said = {"en": w("Excel file for vendors, English"), "fr": w("Excel file for vendors, French")}
    made = [elements.button(said[one], f"{ORDER}:{one}", value=f"{id}:{one}") for one in LANGUAGES]
    return [*made, elements.button(w("Bring a vendor’s answers in"), "claim.open", value=id)]


def rows(who: Asker, claims: Sequence[Claim], parts: Parts) -> Iterable[Json]:
    """Each vendor's answers in counts, the criteria one by one."""
    w = who.w
    if claims:
        yield blocks.divider()
        yield blocks.section(w.md("*What vendors claim* in the file they filled in"))
    for one in claims[:MOST]:
        needs = vendor_file.tally(one.answers, COVERS, lambda id: id.startswith("REQ"))
        lines = [bold(one.vendor), w.md("• Needs: {counts}", counts=_counted(w, needs))]
        for key in parts.playbook.criteria:
            met = vendor_file.tally(one.answers, MEETS, lambda id, key=key: id.startswith(f"{key}."))  # type: ignore[misc]
            if met:
                lines.append(w.md("• {criterion}: {counts}", criterion=key, counts=_counted(w, met)))
        day = w.day(one.brought_at.date())
        yield blocks.section(Mrkdwn("\n").join(lines))
        yield blocks.context(w("Brought in on {day}. A later file takes its place.", day=day))


def _counted(w: Wording, found: Tally) -> str:
    """ "standard 12, settings 4"."""
    if not found:
        return w("no answer")
    return ", ".join(w("{level} {n}", level=words_, n=n) for words_, n in found)


def asked(conn: Connection, parts: Parts, project: Project) -> Asked | None:
    """What vendors of this project are asked: made of what may leave the house."""
    facts = making.facts(conn, parts=parts, project=project, now=parts.clock.now())
    if facts is None:
        return None
    return vendor_file.asked(parts.playbook, outside(parts.playbook, facts).facts, token(project))


def token(project: Project) -> str:
    """What tells a file of this project from another's; tells nothing of the project."""
    return (
        "CADRAGE-" + hashlib.sha256(f"vendor file {project.workspace} {project.id}".encode()).hexdigest()[:16]
    )


async def ordered(request: Request, parts: Parts) -> Reply:
    """[Excel file for vendors]."""
    project_id, _, language = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if language not in LANGUAGES:
        language = who.here.language
    found = await parts.db.read(asked, parts, who.here)
    if found is None or not found.needs:
        said = who.w(
            "There is nothing to ask yet: no need is placed on the board, or its dialogue is still open."
        )
        return answer.tell(request, parts, who.w, said)
    await parts.db.run(_order, request, parts, who, language)
    parts.wake()
    return answer.tell(request, parts, who.w, who.w("Preparing the file. You get it in private."))


def _order(conn: Connection, request: Request, parts: Parts, who: Asker, language: str) -> None:
    now = parts.clock.now()
    if not once(conn, request, now):
        return
    project, user = who.here, who.actor.user
    outbox.queue(
        conn, workspace=project.workspace, key=f"{WHAT}:{project.id}:{user}:{now.isoformat()}",
        lane=f"{WHAT}:{project.id}", op="file", now=now,
        ref={"what": WHAT, "project": project.id, "language": language, "user": user},
    )  # fmt: skip


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The file, made now. Nothing when who asked may no longer."""
    user, language = str(row.ref.get("user", "")), str(row.ref.get("language", ""))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person, project_id=str(row.ref.get("project") or "-"))
    if who.may("document.issue") != Allow() or language not in LANGUAGES:
        return None
    found = asked(conn, parts, who.here)
    if found is None:
        return None
    w = words(language)
    content = workbook.written(vendor_file.sheets(found, w.language))
    called = said_in(w.language, Words.same(found.project))
    title = w("What we ask vendors: {project}", project=called)
    said = who.w("Only the light cells can be filled in. Nothing restricted and no name is in it.")
    kind = w("vendors")
    name = f"{kind}-{slug(called)}.xlsx"
    return Message(text=said, file=File(name=name, content=content, title=title))


ACTIONS: dict[str, Any] = {ORDER: ordered}
MESSAGES = {WHAT: file}
