# ruff: noqa: PLR0913 - what, to which record, by whom, in which form: each says all of it
"""What a record says is changed; a decision is replaced by another, which is linked to it both ways."""

from collections.abc import Mapping
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.hub import record as record_of
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.register import depending, form, making, queueing, reading, superseding
from bot.register.fields import FIELDS, METHOD, USUAL, Field, all_
from bot.register.ways import may
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.text import N_
from flows.dialogue.effects import Draft
from flows.dialogue.model import Value
from flows.register.model import Kept
from flows.register.moves import changeable, lacks
from flows.register.said import standing
from flows.words import Words
from storage import inbox, life, linking
from storage import project as projects
from storage.database import Connection

EDIT, REPLACE = "record.edit", "record.replace"
CHANGE = N_("Change")
PUT = N_("Replace")
CHANGED_MEANWHILE = N_(
    "{name} has changed it meanwhile. Close this form and open it again; your words are still here to copy."
)
#: What the form of a replacement asks (journeys F3).
REPLACING = (
    Field(key="title", label=N_("New decision, in one line"),
          input="line", required=True),
    Field(key="reason", label=N_("Why now?"), input="text", required=True),
    METHOD,
    next(field for field in FIELDS["decision"] if field.key == "loss"),
    next(field for field in FIELDS["decision"] if field.key == "review_date"),
)  # fmt: skip
NOT_STANDING = N_("It does not stand any more.")
AT_ONCE = N_("It is replaced at once: you may decide it.")
AS_PROPOSAL = N_("You propose it: {ref} stands until whoever decides has accepted the new one.")


async def open_edit(request: Request, parts: Parts) -> Reply:
    """[Change] on the page of a record."""
    return await _open(request, parts, replacing=False)


async def open_replace(request: Request, parts: Parts) -> Reply:
    """[Replace] on the page of a decision."""
    return await _open(request, parts, replacing=True)


async def _open(request: Request, parts: Parts, *, replacing: bool) -> Reply:
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=ref)
    if found is None or found.kind not in FIELDS or not changeable(found):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if replacing and found.status != "accepted":
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    verdict = who.may("record.make") if replacing else may(who, found, "record.edit")
    if isinstance(verdict, Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    seen = await parts.db.read(_changes, who=who, ref=ref)

    async def build() -> Json:
        if replacing:
            resting = await parts.db.read(depending.warning, parts=parts, who=who, ref=ref)
            return replacement(who, found, resting, nonce=request.trigger_id)
        return edit(who, found, nonce=request.trigger_id, seen=seen)

    return answer.show(request, parts, who.w, who.w(PUT if replacing else CHANGE), build)


def edit(who: Asker, record: Kept, *, nonce: str, seen: int) -> Json:
    """Everything the record can hold, with what it holds."""
    held = {"ref": record.ref, "nonce": nonce, "seen": str(seen)}
    above = [blocks.section(record_of.head(who.w, record))]
    return form.modal(
        who, CHANGE, all_(record.kind, record.status), values_of(who, record), callback_id=EDIT, held=held,
        above=above, submit=CHANGE,
    )  # fmt: skip


def replacement(who: Asker, record: Kept, resting: list[Json], *, nonce: str) -> Json:
    """The new decision, under the one it replaces. `resting`: what depends on that one."""
    at_once = may(who, record, "decision.decide") == Allow()
    said = who.w(AT_ONCE) if at_once else who.w(AS_PROPOSAL, ref=record.ref)
    above = [blocks.section(record_of.head(who.w, record)), blocks.context(said), *resting]
    held = {"ref": record.ref, "nonce": nonce}
    asked = replacing(at_once=at_once)
    return form.modal(
        who, PUT, asked, {"method": USUAL}, callback_id=REPLACE, held=held, above=above, submit=PUT
    )


def replacing(*, at_once: bool) -> tuple[Field, ...]:
    """What is asked: how it was decided only of whoever decides it now."""
    return tuple(field for field in REPLACING if at_once or field.key != "method")


def values_of(who: Asker, record: Kept) -> dict[str, Value]:
    """What a record holds, as its form shows it."""
    own = {"title": record.title.in_(who.language), "owner": record.owner, "due": record.due}
    return {**{key: reading.dated(key, value) for key, value in record.fields.items()}, **own}


async def edited(request: Request, parts: Parts) -> Reply:
    """[Change]: kept, unless somebody has changed it meanwhile."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=held.get("ref", ""))
    if found is None or found.kind not in FIELDS or not changeable(found):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if isinstance(verdict := may(who, found, "record.edit"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    asked = all_(found.kind, found.status)
    read = await reading.read(request, parts, who, asked, values_of(who, found))
    if lacking := lacks(found.status, read.values) if found.kind == "decision" else None:
        read.wrong.setdefault(lacking.field, lacking.words)
    if not read.wrong:
        wrong = await parts.db.run(_edit, parts=parts, who=who, held=held, values=read.values)
        read.wrong |= {"title": wrong} if wrong else {}
    if read.wrong:
        return Reply(ack=reading.said(who, read.wrong))
    parts.wake()
    view = await parts.db.read(record_of.page, parts=parts, who=who, ref=found.ref)
    return answer.refreshed(request, parts, view)


def _edit(
    conn: Connection, *, parts: Parts, who: Asker, held: Mapping[str, str], values: Mapping[str, Value]
) -> Words | None:
    """The change, in one transaction; or the sentence that says who was faster."""
    project, now, nonce = who.here, parts.clock.now(), held.get("nonce", "")
    here = {"workspace": project.workspace, "project_id": project.id}
    before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    kept = life.hold(conn, **here, ref=held.get("ref", ""))
    if before is not None or kept is None:
        return None
    past = life.history(conn, **here, ref=kept.record.ref)
    if str(len(past)) != held.get("seen"):
        by = past[-1].by if past else ""
        name = asker.named(conn, project=project, also=[by]).get(by, "Cadrage")
        return Words.same(who.w(CHANGED_MEANWHILE, name=name))
    fields = {key: making.plain(value) for key, value in values.items() if key not in ("title", "due")}
    if "due" in values:
        fields["due"] = values["due"]
    if kept.record.kind == "risk":
        fields["score"] = fields["likelihood"] * fields["impact"]
    if kept.record.kind == "decision" and "decided_by" in fields:
        fields["owner"] = fields["decided_by"]
    _rests(conn, here, kept.record, fields)
    title = str(values["title"])
    record = life.change(
        conn, kept, by=who.actor.user, move="edited", now=now, fields=fields,
        title=None if title == kept.record.title.in_(who.language) else Words.same(title),
    )  # fmt: skip
    queueing.told(conn, project=project, record=record, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=record.ref, now=now)
    return None


def _rests(conn: Connection, here: dict[str, str], before: Kept, fields: Mapping[str, Value]) -> None:
    """What it rests on, where the form says something else than before."""
    on = fields.get("serves")
    if "serves" not in fields or on == before.fields.get("serves"):
        return
    linking.cut(conn, **here, ref=before.ref, link="serves")
    if on and on != before.ref:
        linking.link(conn, **here, ref=before.ref, link="serves", to=str(on))


async def replaced(request: Request, parts: Parts) -> Reply:
    """[Replace]: at once by those who may decide it, else proposed to them."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=held.get("ref", ""))
    if found is None or found.kind != "decision":
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if isinstance(verdict := who.may("record.make"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    at_once = may(who, found, "decision.decide") == Allow()
    read = await reading.read(request, parts, who, replacing(at_once=at_once))
    if at_once and (lacking := lacks("accepted", read.values)):
        read.wrong.setdefault(lacking.field, lacking.words)
    if read.wrong:
        return Reply(ack=reading.said(who, read.wrong))
    ref = await parts.db.run(_replace, parts=parts, who=who, held=held, values=read.values, at_once=at_once)
    parts.wake()
    if not ref:
        return Reply(ack=reading.said(who, {"title": Words.same(who.w(NOT_STANDING))}))
    view = await parts.db.read(record_of.page, parts=parts, who=who, ref=ref)
    return answer.refreshed(request, parts, view)


def _replace(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    held: Mapping[str, str],
    values: Mapping[str, Value],
    at_once: bool,
) -> str:
    """The new decision with its link; the old one is superseded as soon as the new one holds. "" when the
    old one does not stand any more."""
    project, now, nonce = who.here, parts.clock.now(), held.get("nonce", "")
    here = {"workspace": project.workspace, "project_id": project.id}
    if (before := inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)) is not None:
        return str(before)
    projects.lock(conn, workspace=project.workspace, id=project.id)
    old = life.hold(conn, **here, ref=held.get("ref", ""))
    if old is None or old.record.status != "accepted":
        return ""
    draft = _new(who, old.record, values, at_once=at_once, nonce=nonce)
    made = life.make(conn, **here, draft=draft, by=who.actor.user, now=now)
    linking.link(conn, **here, ref=made.ref, link="supersedes", to=old.record.ref)
    queueing.told(conn, project=project, record=made, by=who.actor.user, now=now)
    superseding.follow(conn, project=project, record=made, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=made.ref, now=now)
    return made.ref


def _new(who: Asker, old: Kept, values: Mapping[str, Value], *, at_once: bool, nonce: str) -> Draft:
    """The decision in the place of `old`: taken by this person, or proposed to whoever took the old one."""
    cast = who.here.cast
    took = str(old.fields.get("decided_by") or cast.holder("arbiter") or "")
    decider = who.actor.user if at_once else took
    said = {key: making.plain(one) for key, one in values.items() if key != "title" and one is not None}
    known = {key: old.fields[key] for key in ("question",) if old.fields.get(key)}
    return Draft(
        kind="decision", item=f"hand:{nonce}"[:128], title=Words.same(str(values["title"])),
        owner=decider or None, status="accepted" if at_once else "proposed",
        restricted=old.restricted, seen_by=old.seen_by,
        fields={
            **known, **said, "decided_by": decider, "by": who.actor.user,
            **standing(cast, decider, who.today),
        },
    )  # fmt: skip


def _changes(conn: Connection, *, who: Asker, ref: str) -> int:
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    return len(life.history(conn, **here, ref=ref))


ACTIONS: dict[str, Any] = {EDIT: open_edit, REPLACE: open_replace}
VIEWS: dict[str, Any] = {EDIT: edited, REPLACE: replaced}
