"""What vendors may read: goals and risks are ticked, nothing else of them leaves the house (7.1).

Each tick is a change of its record, with its history; taking it off again is the way back.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.documents import issuing
from bot.documents.kinds import KINDS
from bot.hub import withheld
from bot.parts import Parts
from bot.policy import Deny
from bot.register import queueing
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import N_
from flows.dialogue.effects import RecordKind
from flows.document.outside import TICK, TICKED, ticked
from flows.register.life import OVER
from flows.register.model import Kept
from storage import life, register
from storage.database import Connection

CALLBACK = "document.share.save"
LABELS: Mapping[RecordKind, str] = {
    "stake": N_("Goals that vendors may read"),
    "risk": N_("Risks that vendors may read"),
}
MOST = 100  # choices Slack takes in one list


def offered(conn: Connection, *, parts: Parts, who: Asker) -> dict[RecordKind, list[Kept]]:
    """The live goals and risks that everybody in the project may read now, by kind."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    found = register.records(conn, **here, kinds=TICKED, roles=())
    live = [one for one in found if one.status not in OVER]
    shown = withheld.shown(conn, live, parts=parts, project=who.here)
    return {kind: [one for one in shown if one.kind == kind][:MOST] for kind in TICKED}


def form(conn: Connection, *, parts: Parts, who: Asker, doc: str) -> Json:
    """One list a kind, with what is ticked now."""
    w, found = who.w, offered(conn, parts=parts, who=who)
    rows = [
        blocks.field(w(LABELS[kind]), _list(who, kind, kept), block_id=kind, optional=True)
        for kind, kept in found.items()
        if kept
    ]
    if not rows:
        said = w("There is no goal and no risk yet. Goals come from D02, “Goals”; risks from anybody.")
        return answer.page(w, w("What vendors may read"), [blocks.section(said)])
    rows.append(
        blocks.context(w("Of a goal its words, its sign, its target and its date; of a risk its words."))
    )
    return blocks.modal(
        w("What vendors may read"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id, doc=doc),
    )  # fmt: skip


def _list(who: Asker, kind: RecordKind, kept: Sequence[Kept]) -> Json:
    options = [elements.option(f"{one.ref} {who.w.of(one.title)}", one.ref) for one in kept]
    return elements.multi_select(kind, options, initial=[one.ref for one in kept if ticked(one)])


async def saved(request: Request, parts: Parts) -> Reply:
    """[Save]: ticks are put on and taken off."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("document.issue"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    wanted = {kind: _chosen(request, kind) for kind in TICKED}
    await parts.db.run(_tick, parts=parts, who=who, wanted=wanted)
    parts.wake()
    w, doc = who.w, held.get("doc", "")
    doc = doc if doc in KINDS and KINDS[doc].outside else "DOC2"
    above = [blocks.section(w("Saved. Each of them says so on its page, and in its history."))]
    view = await parts.db.read(issuing.page, parts=parts, who=who, doc=doc, above=above)
    return answer.refreshed(request, parts, view)


def _chosen(request: Request, kind: str) -> frozenset[str]:
    options = answer.state(request, kind, kind).get("selected_options") or ()
    return frozenset(str(option.get("value")) for option in options)


def _tick(
    conn: Connection, *, parts: Parts, who: Asker, wanted: Mapping[RecordKind, Collection[str]]
) -> None:
    """Change those whose tick is another now."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    now = parts.clock.now()
    for kind, kept in offered(conn, parts=parts, who=who).items():
        for one in kept:
            tick = one.ref in wanted[kind]
            held = life.hold(conn, **here, ref=one.ref) if tick != ticked(one) else None
            if held is None:
                continue
            fields = {TICK: "yes" if tick else None}
            record = life.change(conn, held, by=who.actor.user, move="edited", now=now, fields=fields)
            queueing.told(conn, project=who.here, record=record, by=who.actor.user, now=now)


VIEWS: dict[str, Any] = {CALLBACK: saved}
