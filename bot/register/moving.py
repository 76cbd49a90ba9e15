# ruff: noqa: PLR0913 - what, to which record, by whom, in which form: each says all of it
"""A step in the life of a record: its button, the form that asks why, and what follows.

Two people may press within the same second: the first one counts; the other is told by whom, and what they
typed stays in their form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from bot import answer, asker, forms
from bot.asker import Asker
from bot.hub import record as record_of
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.register import depending, form, queueing, superseding
from bot.register.fields import FIELDS, HOW, METHOD, USUAL, Field
from bot.register.ways import NAMES, may, right, undo_button
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.text import N_, Wording
from flows import cadence
from flows.project import Project
from flows.register.model import Change, Kept
from flows.register.moves import STEPS, Name, Refused, Taken, take
from flows.register.said import standing
from flows.register.shown import state
from flows.words import Words
from storage import inbox, life
from storage.database import Connection

CALLBACK = "record.move"
#: What its form asks.
ASKS: Mapping[str, str] = {
    "why": N_("Why?"),
    "reason": N_("Why?"),
    "resolution": N_("How was it settled?"),
    "found": N_("What was found?"),
}
#: What else is asked of somebody who takes a decision.
DECIDING = ("loss", "minority")
OVERTAKEN = N_("{name} was a moment faster: it is “{state}” now. Your words are still here to copy.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it: the record as it is now, or the field and the sentence that say why not."""

    record: Kept | None = None
    n: int = 0  # which of what happened to it this was; 0: it had happened before
    field: str = ""
    words: Words | None = None


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Accept], [Settled], [Drop it] …: at once where nothing has to be said, else a form."""
    project_id, ref, name = [*answer.chosen(request).split(":"), "", "", ""][:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=ref)
    step = _step(found, name)
    if found is None or step is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if isinstance(verdict := may(who, found, right(found, step)), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    w, here = who.w, found
    if STEPS[found.kind][step].says:

        async def build() -> Json:
            above: list[Json] = []
            if here.kind == "decision" and step == "reopen":
                above = await parts.db.read(depending.warning, parts=parts, who=who, ref=ref)
            return _form(who, here, step, above, nonce=request.trigger_id)

        return answer.show(request, parts, w, w(NAMES[step])[:24], build)
    done: Done = await parts.db.run(
        carried_out,
        parts=parts,
        who=who,
        ref=ref,
        name=step,
        said={},
        seen=found.status,
        nonce=request.trigger_id,
    )
    parts.wake()
    if done.record is None:
        return answer.tell(request, parts, w, w.of(done.words or NOTHING_THERE))
    if answer.in_modal(request):
        view = await parts.db.read(record_of.page, parts=parts, who=who, ref=ref)
        return answer.refreshed(request, parts, view)
    more = [blocks.actions(undo_button(w, who.here.id, ref, done.n))] if done.n else []
    return answer.tell(request, parts, w, now_is(w, done.record), more=more)


async def sent(request: Request, parts: Parts) -> Reply:
    """The form of a step was sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    ref, name = held.get("ref", ""), held.get("step", "")
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=ref)
    step = _step(found, name, any_state=True)
    if found is None or step is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if isinstance(verdict := may(who, found, right(found, step)), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    keys = {STEPS[found.kind][step].says, *DECIDING}
    said = {key: str(answer.state(request, key, key).get("value") or "") for key in keys}
    method = str((answer.state(request, "method", "method").get("selected_option") or {}).get("value") or "")
    said |= {"method": method} if method in HOW else {}
    done: Done = await parts.db.run(
        carried_out, parts=parts, who=who, ref=ref, name=step, said=said, seen=held.get("seen", ""),
        nonce=held.get("nonce", ""),
    )  # fmt: skip
    parts.wake()
    if done.record is None:
        errors = {done.field or STEPS[found.kind][step].says: who.w.of(done.words or NOTHING_THERE)}
        return Reply(ack={"response_action": "errors", "errors": errors})
    view = await parts.db.read(record_of.page, parts=parts, who=who, ref=ref)
    return answer.refreshed(request, parts, view)


def carried_out(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    ref: str,
    name: Name,
    said: Mapping[str, str],
    seen: str,
    nonce: str,
) -> Done:
    """The step, in one transaction; the same form sent twice has one effect. `seen`: the state the person
    was looking at."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    taken_before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    held = life.hold(conn, **here, ref=ref)
    if held is None:
        return Done(words=NOTHING_THERE)
    if taken_before is not None:
        return Done(record=held.record)
    past = life.history(conn, **here, ref=ref)
    if held.record.status != seen:
        return Done(words=_overtaken(conn, who, held.record, past))
    step = take(held.record, name, said, by=who.actor.user, today=who.today, opened=opened(project, past))
    if isinstance(step, Refused):
        return Done(field=step.field, words=step.words.fill(state=_state(held.record)))
    record = _kept(conn, held, step, name, project=project, who=who, parts=parts)
    queueing.told(conn, project=project, record=record, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=ref, now=now)
    return Done(record=record, n=len(past) + 1)


def _kept(
    conn: Connection, held: life.Held, step: Taken, name: Name, *, project: Project, who: Asker, parts: Parts
) -> Kept:
    fields = dict(step.fields)
    if name == "accept" and held.record.kind == "decision":
        fields |= standing(project.cast, who.actor.user, who.today)
    now = parts.clock.now()
    record = life.change(
        conn, held, by=who.actor.user, move=name, now=now, status=step.status, fields=fields,
        reason=step.reason,
    )  # fmt: skip
    superseding.follow(conn, project=project, record=record, by=who.actor.user, now=now)
    if record.kind == "decision":
        depending.mark(conn, project=project, decision=record, by=who.actor.user, now=now)
    return record


def opened(project: Project, past: list[Change]) -> tuple[str, date] | None:
    """Who made the record by hand, and on which day where the project is; None for what answers made."""
    if not past or past[0].move != "recorded":
        return None
    return past[0].by, past[0].at.astimezone(cadence.zone(project.zone)).date()


def now_is(w: Wording, record: Kept) -> str:
    """ "ISS-4 is “in progress” now."."""
    return w.md("*{ref}*: {state}.", ref=record.ref, state=_state(record))


def _overtaken(conn: Connection, who: Asker, record: Kept, past: list[Change]) -> Words:
    """By whom, and what the state is now."""
    by = past[-1].by if past else ""
    names = asker.named(conn, project=who.here, also=[by] if by else [])
    return Words.same(who.w(OVERTAKEN, name=names.get(by, "Cadrage"), state=_state(record)))


def _state(record: Kept) -> Words:
    return state(record.kind, record.status) or Words.same(record.status)


def _step(found: Kept | None, name: str, *, any_state: bool = False) -> Name | None:
    """The step of this name, where the record has it and can take it."""
    if found is None:
        return None
    steps = STEPS.get(found.kind, {})
    known = next((one for one in get_args(Name) if one == name and one in steps), None)
    if known is None or known == "supersede":
        return None
    return known if any_state or found.status in steps[known].from_ else None


def _form(who: Asker, record: Kept, name: Name, above: list[Json], *, nonce: str) -> Json:
    """What the step asks. `above`: what it brings about."""
    w, says = who.w, STEPS[record.kind][name].says
    known = {key: str(record.fields.get(key) or "") for key in (says, *DECIDING)}
    deciding = record.kind == "decision" and name == "accept"
    asked = [Field(key=says, label=ASKS[says], input="text", required=True)]
    if deciding:
        more = [field for field in FIELDS["decision"] if field.key in DECIDING]
        asked += [
            Field(key=f.key, label=f.label, input="text", required=f.key == "loss" and _arbitrated(record))
            for f in more
        ]
        if not record.fields.get("method"):
            asked.insert(1, METHOD)
            known["method"] = USUAL
    first = blocks.section(record_of.head(w, record))
    held = {"ref": record.ref, "step": name, "seen": record.status, "nonce": nonce}
    values = known if deciding else {}
    return form.modal(
        who, NAMES[name], asked, values, callback_id=CALLBACK, held=held, above=[first, *above],
        submit=NAMES[name],
    )  # fmt: skip


def _arbitrated(record: Kept) -> bool:
    return record.fields.get("method") == "arbitration"


ACTIONS: dict[str, Any] = {"record.move": pressed}
VIEWS: dict[str, Any] = {CALLBACK: sent}
