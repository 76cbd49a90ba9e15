"""`/cadrage export`: in which form, for oneself or for all; then the file, in private or in the channel.

The file is made when it is sent, from the data of then. In private it holds what the one who asked may read;
in the channel, what everybody in the project may. Longer than MOST, it holds the newest, and says so.
"""

import io
import re
from datetime import datetime
from typing import Any, cast

from bot import answer, asker, people
from bot.asker import Asker
from bot.hub import log
from bot.once import once
from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.takeaway import bringing
from bot.takeaway.files import ENDINGS, FORMS, Form
from bot.takeaway.reading import Taking, take
from bot.words import blocks, elements
from bot.words.text import N_, words
from flows.project import Project
from flows.register.finding import fold
from flows.words import Language
from storage import audit, finding, outbox
from storage.audit import Deed
from storage.database import Connection
from storage.outbox import Row

CALLBACK = "export"
MOST = 5_000  # records in a file from Slack: it is made while others wait; longer ones by the command line
SAID = {
    "csv": N_("Table (CSV)"),
    "xlsx": N_("Table (XLSX)"),
    "md": N_("Decisions, one page each (Markdown, zipped)"),
    "json": N_("For a program (JSON)"),
    "ics": N_("Calendar of due dates and reviews (.ics)"),
}
ME, ALL = "me", "all"


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage export`, [Take the records away]."""
    chosen = answer.chosen(request) if request.kind == "action" else ""
    who = await asker.asker(request, parts, project_id=chosen)
    if isinstance(verdict := who.may("register.take"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return view(who)

    return answer.show(request, parts, who.w, who.w("Take the records away"), build)


def view(who: Asker) -> Json:
    """The form: which form of file, and who gets it."""
    w = who.w
    forms = [elements.option(w(SAID[form]), form) for form in FORMS]
    to = [
        elements.option(w("Me, in private: what I may read"), ME),
        elements.option(w("The project’s channel: what everybody may read"), ALL),
    ]
    rows = [
        blocks.section(w("A file of the records of {project}.", project=who.here.name)),
        blocks.field(w("As"), elements.radio("form", forms, initial="csv"), block_id="form"),
        blocks.field(w("Who gets it"), elements.radio("to", to, initial=ME), block_id="to"),
        blocks.context(
            w("Anonymous answers are in no file. What waits for a dialogue to close is left out.")
        ),
    ]
    if who.may("register.bring") == Allow():
        way = elements.button(w("Bring records in"), bringing.OPEN, value=who.here.id)
        rows += [blocks.divider(), blocks.actions(way)]
    return blocks.modal(
        w("Take the records away"), rows, callback_id=CALLBACK, submit=w("Prepare the file"),
        close=w("Cancel"), metadata=who.here.id,
    )  # fmt: skip


async def ordered(request: Request, parts: Parts) -> Reply:
    """[Prepare the file]."""
    who = await asker.asker(request, parts, project_id=answer.metadata(request) or "-")
    if isinstance(verdict := who.may("register.take"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    form, to = _chosen(request, "form"), _chosen(request, "to")
    if form not in FORMS:
        return answer.tell(request, parts, who.w, who.w("Choose a form of file."))
    order = {"form": form, "to": ALL if to == ALL else ME}
    await parts.db.run(_order, request=request, who=who, order=order, now=parts.clock.now())
    parts.wake()
    said = who.w("Preparing the file: a few seconds, a minute for a long one. You can close this.")
    return answer.tell(request, parts, who.w, said)


def _chosen(request: Request, field: str) -> str:
    option = answer.state(request, field, field).get("selected_option") or {}
    return str(option.get("value") or "")


def _order(conn: Connection, *, request: Request, who: Asker, order: dict[str, str], now: datetime) -> None:
    """Queue the file, and note in the audit that it was taken."""
    project, user = who.here, who.actor.user
    if not once(conn, request, now):
        return
    to = {"channel": project.channel} if order["to"] == ALL else {"user": user}
    outbox.queue(
        conn, workspace=project.workspace, key=f"export:{project.id}:{user}:{now.isoformat()}",
        lane=f"export:{project.id}", op="file", now=now,
        ref={"what": "export_file", "project": project.id, "form": order["form"], "by": user, **to},
    )  # fmt: skip
    deed = Deed(action="file.taken", object="export", data=order, actor=user)
    audit.append(conn, workspace=project.workspace, project_id=project.id, deeds=[deed], now=now)


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The file, made now. Nothing when who asked may no longer."""
    user, form = str(row.ref.get("by", "")), cast(Form, row.ref.get("form"))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person, project_id=str(row.ref.get("project") or "-"))
    if who.may("register.take") != Allow() or form not in FORMS:
        return None
    project, everybody = who.here, "channel" in row.ref
    reads = log.reading(conn, parts=parts, who=who)
    if everybody:
        reads = finding.Reader(user="", roles=frozenset(), waiting=reads.waiting)
    taking = Taking(
        project=project, playbook=parts.playbook, form=form, reads=reads, now=parts.clock.now(), most=MOST,
        language=project.language if everybody else who.language,
    )  # fmt: skip
    out = io.BytesIO()
    written = take(lambda fn, **more: fn(conn, **more), taking, out)
    w = words(taking.language)
    said = w.plural("{n} record.", "{n} records.", written)
    if written == MOST:
        more = w("Only the newest are in it: whoever runs the bot makes a file of all with `cadrage export`.")
        said = f"{said} {more}"
    title = w("Records of {project}", project=project.name)
    name = name_of(project, form, taking.language)
    return Message(text=said, file=File(name=name, content=out.getvalue(), title=title))


def name_of(project: Project, form: Form, language: Language) -> str:
    """A name for the file: "records-boreal.csv"."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(project.name)).strip("-")[:40] or "project"
    w = words(language)
    records = w("records")
    return f"{records}-{slug}.{ENDINGS[form]}"


ACTIONS: dict[str, Any] = {"export.open": command, **bringing.ACTIONS}
VIEWS: dict[str, Any] = {CALLBACK: ordered, **bringing.VIEWS}
MESSAGES = {"export_file": file, **bringing.MESSAGES}
