"""The forms that fill documents that go out: texts, dates, the prototype, the choice. Checked, kept, undone.

What was typed stays in the form when something is wrong with it; of two who change one form at once the
second is told whose words stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.documents import inputs, issuing, making, sharing
from bot.documents.inputs import FIELDS, Input
from bot.documents.kinds import KINDS
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements, limits
from bot.words.text import N_
from flows.dialogue.effects import RecordKind
from flows.document import outgoing
from flows.document.note_plan import to_test
from flows.document.outgoing import CHOICE, DATES, FORM, PROTOTYPE, SHARED, Outgoing
from flows.register.life import OVER
from flows.register.model import Kept
from flows.register.undoing import WITHIN
from flows.words import Words
from storage import outgoing as kept
from storage import register
from storage.database import Connection
from storage.outgoing import Filled

CALLBACK = "document.fill.save"
SESSIONS: tuple[RecordKind, ...] = ("vendor",)
ASSUMPTIONS: tuple[RecordKind, ...] = ("assumption",)
CHANGED_MEANWHILE = N_(
    "{name} has changed it meanwhile. Close this form and open it again; your words are still here to copy."
)
SAVED = N_("Saved. It counts from the next version on.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Fill in], [Texts], [Dates]…"""
    project_id, doc, part = (*answer.chosen(request).split(":"), "", "", "")[:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if part == SHARED.removeprefix(FORM):
        return _sharing(request, parts, who, doc)
    part = part if part in FIELDS else DATES
    title = who.w(inputs.TITLES[part])

    async def build() -> Json:
        return await parts.db.read(form, who=who, part=part, doc=doc)

    return answer.show(request, parts, who.w, title, build)


def _sharing(request: Request, parts: Parts, who: Asker, doc: str) -> Reply:
    """What vendors may read: ticks on records, in place of a form of texts."""

    async def build() -> Json:
        return await parts.db.read(sharing.form, parts=parts, who=who, doc=doc)

    return answer.show(request, parts, who.w, who.w("What vendors may read"), build)


def form(conn: Connection, *, who: Asker, part: str, doc: str) -> Json:
    """The form with what it says now."""
    w, here = who.w, {"workspace": who.here.workspace, "project_id": who.here.id}
    found = kept.get(conn, **here, part=part)
    content = _flat(found)
    rows = inputs.drawn(w, _fields(conn, who, part), content)
    held = forms.packed(project=who.here.id, doc=doc, part=part, at=found.at.isoformat() if found else "")
    return blocks.modal(
        w(inputs.TITLES[part]), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"), metadata=held
    )


def _fields(conn: Connection, who: Asker, part: str) -> tuple[Input, ...]:
    """The fields of a form; of a choice, with the sessions there were; of a prototype, with what is to be
    tested first."""
    if part == PROTOTYPE:
        known = _named(who, [one for one in _records(conn, who, ASSUMPTIONS) if to_test(one)])
        return tuple(
            replace(one, options=known) if one.key == inputs.ASSUMPTIONS else one for one in FIELDS[part]
        )
    if part != CHOICE:
        return FIELDS[part]
    names = _named(who, _records(conn, who, SESSIONS))
    first = replace(FIELDS[CHOICE][0], options=names)
    return (first, *FIELDS[CHOICE][1:], *inputs.aside(who.w, names))


def _records(conn: Connection, who: Asker, kinds: tuple[RecordKind, ...]) -> list[Kept]:
    """Those that everybody may read and nobody has taken back, by number."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    found = register.records(conn, **here, kinds=kinds, roles=())
    return sorted((one for one in found if one.status not in OVER), key=lambda one: one.number)


def _named(who: Asker, records: Iterable[Kept]) -> dict[str, str]:
    named = {one.ref: f"{one.ref} {who.w.of(one.title)}" for one in records}
    return dict([*named.items()][: limits.SELECT_OPTIONS])


def _flat(found: Filled | None) -> dict[str, Any]:
    """What is kept, by field of the form."""
    if found is None:
        return {}
    aside = {f"{inputs.ASIDE}{ref}": why for ref, why in (found.content.get("aside") or {}).items()}
    return {**found.content, **aside}


def _nested(read: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, as it is kept."""
    aside = {
        key.removeprefix(inputs.ASIDE): value for key, value in read.items() if key.startswith(inputs.ASIDE)
    }
    plain = {key: value for key, value in read.items() if not key.startswith(inputs.ASIDE)}
    return {**plain, **({"aside": aside} if aside else {})}


async def saved(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    part = held.get("part", "")
    if part not in FIELDS:
        return Reply()
    fields = await parts.db.read(_fields, who, part)
    read = inputs.read(request, fields)
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    before = outgoing.read(await parts.db.read(kept.all_of, **here))
    names = await parts.db.read(_called, parts, who) if part == DATES else {}
    wrong = _wrong(who, part, read, before, names)
    if part == DATES and "vendors" in (read.get("budget") or ()):
        wrong |= {} if await parts.db.read(making.released, who.here) else {"budget": outgoing.NOT_RELEASED}
    if not wrong:
        wrong = await parts.db.run(_keep, parts=parts, who=who, held=held, content=_nested(read))
    if wrong:
        shown = {key: who.w.of(words) for key, words in wrong.items()}
        return Reply(ack={"response_action": "errors", "errors": shown})
    return await _back(request, parts, who, held.get("doc", ""), part)


def _called(conn: Connection, parts: Parts, who: Asker) -> Mapping[str, str]:
    """Everybody whose name is taken out of documents for vendors, by id."""
    known = making.facts(conn, parts=parts, project=who.here, now=parts.clock.now())
    return known.names if known is not None else who.names


def _wrong(
    who: Asker, part: str, read: Mapping[str, Any], before: Outgoing, names: Mapping[str, str]
) -> dict[str, Words]:
    """What keeps it from being saved, by field. `names`: of those who may not be named in it."""
    filled = outgoing.read({part: _nested(read)})
    if part == PROTOTYPE:
        return outgoing.wrong_prototype(filled.prototype)
    if part != DATES:
        return {}
    named = outgoing.named_in({"channel": filled.dates.channel}, names)
    return {**named, **outgoing.wrong_dates(filled.dates, who.today, before.dates)}


def _keep(
    conn: Connection, *, parts: Parts, who: Asker, held: Mapping[str, str], content: Mapping[str, Any]
) -> dict[str, Words]:
    """Kept, unless somebody else was faster: then who, under the first field."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id, "part": held["part"]}
    now = kept.get(conn, **here)
    seen = now.at.isoformat() if now else ""
    if now is not None and seen != held.get("at", "") and now.by != who.actor.user:
        said = who.w(CHANGED_MEANWHILE, name=who.names.get(now.by, "Cadrage"))
        return {FIELDS[held["part"]][0].key: Words.same(said)}
    kept.put(conn, **here, content=content, by=who.actor.user, now=parts.clock.now())
    return {}


async def _back(request: Request, parts: Parts, who: Asker, doc: str, part: str) -> Reply:
    """The page of the document the form was opened from, with what was done and the way back; from settings a
    page of its own."""
    w = who.w
    undo = elements.button(w("Undo (10 minutes)"), "document.unfill", value=f"{who.here.id}:{doc}:{part}")
    above = [blocks.section(w(SAVED), accessory=undo)]
    if doc not in KINDS or not KINDS[doc].route:
        return answer.refreshed(request, parts, answer.page(w, w(inputs.TITLES[part]), above))
    view = await parts.db.read(issuing.page, parts=parts, who=who, doc=doc, above=above)
    return answer.refreshed(request, parts, view)


async def undone(request: Request, parts: Parts) -> Reply:
    """[Undo]: what the form said before, for ten minutes, by whoever has changed it."""
    project_id, doc, part = (*answer.chosen(request).split(":"), "", "", "")[:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    w = who.w
    done = part in FIELDS and await parts.db.run(_undo, parts=parts, who=who, part=part)
    said = w("Undone: it says what it said before.") if done else w("It cannot be undone any more.")
    above = [blocks.section(said)]
    if doc not in KINDS or not KINDS[doc].route:
        return answer.refreshed(request, parts, answer.page(w, w("Documents"), above))
    view = await parts.db.read(issuing.page, parts=parts, who=who, doc=doc, above=above)
    return answer.refreshed(request, parts, view)


def _undo(conn: Connection, *, parts: Parts, who: Asker, part: str) -> bool:
    here = {"workspace": who.here.workspace, "project_id": who.here.id, "part": part}
    now, found = parts.clock.now(), kept.get(conn, **here)
    if found is None or found.by != who.actor.user or now - found.at > WITHIN:
        return False
    return kept.put(conn, **here, content=found.before or {}, by=who.actor.user, now=now)


ACTIONS: dict[str, Any] = {"document.fill": opened, "document.unfill": undone}
VIEWS: dict[str, Any] = {CALLBACK: saved}
