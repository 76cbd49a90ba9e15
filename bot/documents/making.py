"""Makes a version of a document from what is known now, and keeps it: the same in every form, for ever.

In the transaction of whoever asked. Renders nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import asker
from bot.canvas import queueing
from bot.documents.judging import judged
from bot.documents.kinds import KINDS, NOTE, WEEKLIES
from bot.parts import Parts
from flows.cadence import zone
from flows.dates import long_date
from flows.dialogue.model import Answer
from flows.document import keeping, outgoing
from flows.document.facts import NoteFacts
from flows.document.model import Document
from flows.document.note_sign import FROZEN, signed_off
from flows.document.outgoing import Outgoing
from flows.project import Project
from flows.words import Words
from storage import arbitration, person
from storage import dialogue as dialogues
from storage import document as documents
from storage import note as notes
from storage import outgoing as outgoings
from storage import review as reviews
from storage.database import Connection
from storage.document import Version

BUDGET, RELEASED = "RTE06", "RTE06a"
#: Whether the CRM is a means of reorganising: in the note only where that is no secret (7.2, N02).
REORGANISES, TOLD = "ANX08", "open"
Answers = tuple[tuple[str, Answer], ...]
NUMBERED = Words("Version {n}, {day}", "Version {n}, {day}")


def facts(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> NoteFacts | None:
    """What every document is made from: nothing restricted, no verdict before the team may read it. The
    budget (RTE06) only where it is ticked for a document."""
    found = notes.facts(
        conn,
        workspace=project.workspace,
        project_id=project.id,
        flows=parts.playbook.flows,
        today=asker.today(parts, project),
        judged=judged(conn, parts=parts, project=project, now=now),
    )
    return None if found is None else _filled(conn, project, found)


def _filled(conn: Connection, project: Project, found: NoteFacts) -> NoteFacts:
    """With what was filled in for documents that go out, and with the names of the people a lot is for."""
    here = {"workspace": project.workspace, "project_id": project.id}
    filled = outgoing.released(outgoing.read(outgoings.all_of(conn, **here)), released(conn, project))
    users = person.many(conn, workspace=project.workspace, users=sorted(project.cast.people("users")))
    names = {**found.names, **{user: one.name for user, one in users.items()}}
    answers = {**found.answers, **_let_in(conn, project, filled)}
    return replace(found, outgoing=filled, names=names, answers=answers)


def released(conn: Connection, project: Project) -> bool:
    """Whether who knows the budget has said that vendors may read it (RTE06a)."""
    said = _said(conn, project, {"D15": (RELEASED,)}).get(RELEASED, ())
    return any(one.given and one.value == "yes" for _, one in said)


def _let_in(conn: Connection, project: Project, filled: Outgoing) -> dict[str, Answers]:
    """The restricted answers that a box lets into documents, and that the CRM reorganises once people have
    been told so; no others."""
    ticked = filled.dates.budget or filled.choice.budget
    wanted = {"D15": (BUDGET,) if ticked else (), "D08": filled.published, "D05": (REORGANISES,)}
    found = _said(conn, project, wanted)
    told = tuple(one for one in found.pop(REORGANISES, ()) if one[1].value == TOLD)
    return {**found, REORGANISES: told} if told else found


def _said(conn: Connection, project: Project, wanted: Mapping[str, tuple[str, ...]]) -> dict[str, Answers]:
    """What was said last to these questions of these dialogues, restricted or not."""
    found: dict[str, Answers] = {}
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        if ids := wanted.get(run.flow):
            said = dialogues.answers(conn, workspace=project.workspace, dialogue_id=run.id, roles=None)
            found |= {id: tuple(said[id]) for id in ids if said.get(id)}
    return found


def document(conn: Connection, *, parts: Parts, project: Project, doc: str) -> Document | None:
    """A document as it would be now. Keeps nothing."""
    if doc in WEEKLIES:
        return WEEKLIES[doc].gather(conn, parts, project)
    found = facts(conn, parts=parts, project=project, now=parts.clock.now())
    return None if found is None else KINDS[doc].make(parts.playbook, found)


def make(conn: Connection, *, parts: Parts, project: Project, doc: str, by: str) -> int:
    """A new version; its number. Somebody who asks again within five seconds gets the one they have just
    made."""
    now, here = parts.clock.now(), {"workspace": project.workspace, "project_id": project.id}
    number = documents.next_number(conn, **here, doc=doc, by=by, now=now)
    if documents.get(conn, **here, doc=doc, number=number) is not None:
        return number
    content = content_now(conn, parts=parts, project=project, doc=doc, number=number, by=by)
    version = Version(doc=doc, number=number, made_by=by, made_at=now, content=content)
    documents.keep(conn, **here, version=version)
    queueing.refreshed(conn, project=project, doc=doc, version=number, by=by, now=now)
    return number


def content_now(  # noqa: PLR0913 - which version of what, and who has it made
    conn: Connection, *, parts: Parts, project: Project, doc: str, number: int, by: str = ""
) -> dict[str, Any]:
    """What version `number` would say if it were made now, as it would be kept. Keeps nothing. `by`: who has
    it made. Raises Blocked for a document of the route that cannot be issued yet (7.3 to 7.6)."""
    if doc in WEEKLIES:
        said = WEEKLIES[doc].gather(conn, parts, project)
        return keeping.plain(replace(said, version=NUMBERED.fill(n=number, day=said.version)))
    known = facts(conn, parts=parts, project=project, now=parts.clock.now())
    if known is None:
        raise LookupError("the project is not there any more")
    known = replace(known, version=number, changes=(), author=by)
    if not KINDS[doc].outside:  # where names are taken out, they must be known
        known = replace(known, names=keeping.by_id(known.names))
    made = KINDS[doc].make(parts.playbook, known)
    if KINDS[doc].route and made.blocked:
        raise Blocked(made)
    return keeping.plain(made)


class Blocked(Exception):
    """The document cannot be issued: a section without which nobody could answer it is not filled."""

    def __init__(self, document: Document) -> None:
        super().__init__(", ".join(section.id for section in document.blocked))
        self.document = document


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version as it is read again, with what people in it are called today."""

    document: Document
    names: Mapping[str, str]  # Slack user id -> display name


def kept(conn: Connection, *, project: Project, doc: str, number: int) -> Kept | None:
    """A version as it was made, with what changed since the one before it; None when there is none."""
    here = {"workspace": project.workspace, "project_id": project.id}
    version = documents.get(conn, **here, doc=doc, number=number)
    if version is None:
        return None
    before = documents.get(conn, **here, doc=doc, number=number - 1)
    changed = keeping.changes(before.content, version.content) if before is not None else ()
    content = _with_signatures(conn, project, version) if doc == NOTE else version.content
    return Kept(document=keeping.read(content, changed), names=named(conn, project, content))


def _with_signatures(conn: Connection, project: Project, version: Version) -> Mapping[str, Any]:
    """What a version of the note says, with section N25 as its review stands. Once it is signed, without the
    mark of a draft (the first of its notices) and with the day. Everything else stays as it was made."""
    here = {"workspace": project.workspace, "project_id": project.id}
    found = reviews.get(conn, **here, version=version.number)
    if found is None:
        return version.content
    counts = notes.read_alike(conn, **here)
    case = arbitration.about(conn, **here, subject=found.subject)
    settled = case.outcome if case is not None else None
    said = signed_off(found, alignment=counts, where=project.zone, settled=settled)
    section = keeping.plain_section(said)
    sections = [section if one["id"] == section["id"] else one for one in version.content["sections"]]
    content = {**version.content, "sections": sections}
    given = found.signature(found.sponsor)
    if found.state != "signed" or given is None:
        return content
    day = long_date(given.at.astimezone(zone(project.zone)).date())
    line = FROZEN.fill(version=Words(*content["version"]), day=day)
    return {**content, "version": [line.en, line.fr], "notices": content["notices"][1:]}


def named(conn: Connection, project: Project, content: Mapping[str, Any]) -> dict[str, str]:
    """What the people in a version are called today, by id."""
    users = sorted(keeping.people(content))
    known = person.many(conn, workspace=project.workspace, users=users)
    return {user: one.name for user, one in known.items()}
