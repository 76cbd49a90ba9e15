# ruff: noqa: PLR0913 - what, to which record, by whom, in which form: each says all of it
"""A new record by hand: the form opens, is read, and what it says is kept with a card, once."""

from collections.abc import Mapping
from typing import Any

from bot import answer, asker, forms, verbs
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.register import form, message, queueing, reading
from bot.register.fields import QUOTE, USUAL, Field, new
from bot.register.message import Source
from bot.register.ways import undo_button
from bot.request import Handler, Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import N_
from flows.dialogue.effects import Draft, RecordKind
from flows.dialogue.model import Value
from flows.project import Project
from flows.register.moves import lacks
from flows.register.said import standing
from flows.words import Words
from storage import capturing, inbox, life, linking
from storage import project as projects
from storage.database import Connection

CALLBACK = "record.make"
RECORD = N_("Record")
#: The state a new record begins in, but for decisions, which say it themselves.
FIRST: Mapping[RecordKind, str] = {
    "issue": "open", "risk": "open", "assumption": "untested", "action": "open",
}  # fmt: skip
OWN = ("title", "owner", "due")  # what is the record's own; the rest are fields


def command(kind: RecordKind) -> Handler:
    """`/cadrage decision …`: the words that follow are the line."""

    async def handle(request: Request, parts: Parts) -> Reply:
        words = " ".join(verbs.parse(str(request.payload.get("text") or "")).rest)
        typed = message.readable(words, {})
        return await opened(request, parts, kind, await asker.asker(request, parts), {"title": typed[:150]})

    return handle


def button(kind: RecordKind) -> Handler:
    """The button that does the same; behind the project, what the new record serves ("…:RSK-3")."""

    async def handle(request: Request, parts: Parts) -> Reply:
        project, _, serves = answer.chosen(request).partition(":")
        who = await asker.asker(request, parts, project_id=project)
        return await opened(request, parts, kind, who, {"serves": serves[:24] or None})

    return handle


async def chosen(request: Request, parts: Parts) -> Reply:
    """[Record …], from the list of what can be recorded."""
    kind, _, project = answer.chosen(request).partition(":")
    found: RecordKind = next((one for one in form.TITLES if one == kind), "decision")
    who = await asker.asker(request, parts, project_id=project)
    return await opened(request, parts, found, who, {})


async def opened(
    request: Request, parts: Parts, kind: RecordKind, who: Asker, first: Mapping[str, Value]
) -> Reply:
    """The form of a new record, with what is known filled in, for those who may record."""
    if isinstance(verdict := who.may("record.make"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return view(who, kind, first, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w(form.TITLES[kind])[:24], build)


def view(
    who: Asker, kind: RecordKind, first: Mapping[str, Value], *, nonce: str, source: Source | None = None
) -> Json:
    """The form of a new record, with what is known filled in."""
    values = {**form.first_values(kind, who), **{k: v for k, v in first.items() if v}}
    held = {"kind": kind, "nonce": nonce}
    above: list[Json] = []
    asked = asked_of(who, kind)
    if source is not None:
        held |= source.packed()
        above = source.shown(who.w)
        if source.copied:
            asked = (asked[0], QUOTE, *asked[1:])
    return form.modal(
        who, form.TITLES[kind], asked, values, callback_id=CALLBACK, held=held, above=above, submit=RECORD,
        projects=True,
    )  # fmt: skip


def asked_of(who: Asker, kind: RecordKind) -> tuple[Field, ...]:
    """What this person is asked: who cannot take a decision can only propose one."""
    asked = new(kind)
    if kind == "decision" and who.may("decision.note") != Allow():
        return tuple(field for field in asked if field.key not in ("stands", "method"))
    return asked


async def sent(request: Request, parts: Parts) -> Reply:
    """[Record]: kept, or what is missing is said under its field."""
    held = forms.held(answer.metadata(request))
    picked = answer.state(request, form.PROJECT, form.PROJECT).get("selected_option") or {}
    project = str(picked.get("value") or held.get("project") or "-")
    who = await asker.asker(request, parts, project_id=project)
    if isinstance(verdict := who.may("record.make"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    kind: RecordKind = next((one for one in form.TITLES if one == held.get("kind")), "decision")
    read = await reading.read(request, parts, who, (*asked_of(who, kind), QUOTE))
    if kind == "decision" and not read.wrong:
        fields = {**read.values, "reason": read.values.get("reason")}
        if lacking := lacks(str(read.values.get("stands") or "proposed"), fields):
            read.wrong[lacking.field] = lacking.words
    if read.wrong:
        return Reply(ack=reading.said(who, read.wrong))
    ref = await parts.db.run(_keep, parts=parts, who=who, kind=kind, values=read.values, held=held)
    parts.wake()
    return answer.tell(request, parts, who.w, _done(who, ref), more=[_ways(who, ref)])


def _done(who: Asker, ref: str) -> str:
    return who.w.md("*{ref}* is recorded.", ref=ref)


def _ways(who: Asker, ref: str) -> Json:
    w, project = who.w, who.here
    label = w("Open {ref}", ref=ref)
    return blocks.actions(
        elements.button(w.p("button", "Open"), "record.open:done", value=f"{project.id}:{ref}", label=label),
        undo_button(w, project.id, ref, 1),
    )


def _keep(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    kind: RecordKind,
    values: Mapping[str, Value],
    held: Mapping[str, str],
) -> str:
    """The record, its message and its card; the same form sent twice keeps one."""
    project, now = who.here, parts.clock.now()
    nonce = held.get("nonce", "")
    if (before := inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)) is not None:
        return str(before)
    projects.lock(conn, workspace=project.workspace, id=project.id)
    here = {"workspace": project.workspace, "project_id": project.id}
    draft = drafted(kind, values, project=project, who=who, nonce=nonce)
    made = life.make(conn, **here, draft=draft, by=who.actor.user, now=now)
    if (source := Source.unpacked(held)) is not None:
        message = source.message(str(values.get("quote") or "") or None)
        capturing.remember(conn, **here, ref=made.ref, message=message)
    if serves := values.get("serves"):
        linking.link(conn, **here, ref=made.ref, link="serves", to=str(serves))
    queueing.told(conn, project=project, record=made, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=made.ref, now=now)
    return made.ref


def drafted(
    kind: RecordKind, values: Mapping[str, Value], *, project: Project, who: Asker, nonce: str
) -> Draft:
    """The record that the form says."""
    fields = {key: plain(value) for key, value in values.items() if key not in OWN and value is not None}
    owner, status = values.get("owner"), FIRST.get(kind, "proposed")
    if kind == "decision":
        status = str(fields.pop("stands", "proposed"))
        owner = fields["decided_by"]
        fields |= standing(project.cast, str(owner), who.today)
        if status == "proposed" and fields.get("method") == USUAL:
            del fields["method"]  # nobody has decided yet: whoever accepts it says how
    if kind == "risk":
        fields["score"] = fields["likelihood"] * fields["impact"]
    return Draft(
        kind=kind, item=f"hand:{nonce}"[:128], title=Words.same(str(values["title"])), owner=owner,
        due=values.get("due"), status=status, fields={**fields, "by": who.actor.user},
    )  # fmt: skip


def plain(value: Value) -> Value:
    """A value as the register keeps it: days as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value


KINDS: tuple[RecordKind, ...] = tuple(form.TITLES)
COMMANDS: dict[str, Handler] = {kind: command(kind) for kind in KINDS}
ACTIONS: dict[str, Any] = {**{f"record.{kind}": button(kind) for kind in KINDS}, "record.new": chosen}
VIEWS: dict[str, Any] = {CALLBACK: sent}
