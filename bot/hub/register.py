"""The register to read: records of each kind, what one holds oneself, what a dialogue has recorded.

Restricted records show to the roles that may read them and to their owner, never to others; what
came from people's own answers, once their dialogue has closed. Changes nothing.
"""

from collections.abc import Sequence
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.hub import record, withheld
from bot.hub.kinds import EMPTY, IN_LINE, KINDS, NOTHING, ONLY_OPEN, TITLES
from bot.hub.tasks import own_records
from bot.parts import Parts
from bot.policy import Deny
from bot.register import grid
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows.dialogue.effects import RecordKind
from flows.register.life import OVER
from flows.register.model import Kept
from flows.register.shown import fields
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

ANNEX: tuple[RecordKind, ...] = ("annex",)
RECORDED = N_("Recorded")
PAGE = 20
#: A list of what one run has recorded: this and the id of the run, in place of a kind.
FROM = "from-"


async def open_page(request: Request, parts: Parts) -> Reply:
    """[All decisions], [Open issues], [My list], another kind, [Next 20]."""
    project_id, kind, start = [*answer.chosen(request).split(":"), "", ""][:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    kind = kind if kind in TITLES or kind.startswith(FROM) else "mine"

    async def build() -> Json:
        at = int(start) if start.isdecimal() and len(start) < 6 else 0
        return await parts.db.read(view, parts=parts, who=who, kind=kind, start=at)

    return await record.put(request, parts, who.w, titled(who.w, kind), build)


def view(conn: Connection, *, parts: Parts, who: Asker, kind: str, start: int = 0) -> Json:
    """One page of records, number first."""
    w, project = who.w, who.here
    kept = listed(conn, parts=parts, who=who, kind=kind)
    start = min(start, max(len(kept) - 1, 0) // PAGE * PAGE)
    names = asker.named(conn, project=project, also=[one.owner for one in kept if one.owner])
    rows = [_kinds(w, project.id, kind)]
    if kind == "risk" and not start:
        rows += grid.rows(w, kept, project.id)
    rows += [_row(parts, who, one, names) for one in kept[start : start + PAGE]]
    if not kept:
        rows.append(blocks.section(w(EMPTY.get(kind, NOTHING))))
    if kind == "annex" and (under := _under_review(conn, who)):
        rows.append(under)
    rows += _paging(w, f"{project.id}:{kind}", start, len(kept))
    return answer.page(w, titled(w, kind), rows, callback_id=record.CALLBACK)


def titled(w: Wording, kind: str) -> str:
    """The title of a list."""
    return w(TITLES.get(kind, RECORDED))[:24]


def listed(conn: Connection, *, parts: Parts, who: Asker, kind: str) -> Sequence[Kept]:
    """The records of one page, those this person may read."""
    project, user = who.here, who.actor.user
    if kind == "mine":
        return own_records(conn, project=project, user=user, parts=parts)
    here, roles = {"workspace": project.workspace}, project.cast.roles_of(user)
    if kind.startswith(FROM):
        run = dialogues.run(conn, **here, id=kind.removeprefix(FROM))
        if run is None or run.project_id != project.id:
            return []
        kept = register.of_dialogue(conn, **here, dialogue_id=run.id, roles=roles)
    else:
        kinds = [each for each in KINDS if each == kind]
        kept = register.records(conn, **here, project_id=project.id, kinds=kinds, roles=roles)
    kept = withheld.shown(conn, kept, parts=parts, project=project, user=user)
    return [one for one in kept if kind not in ONLY_OPEN or one.status not in OVER]


def line(w: Wording, kept: Kept, names: dict[str, str], who: Asker) -> Mrkdwn:
    """ "*ISS-4* Who owns the contact records? · *open* · Inès · due Fri 13 Feb · asked by 3"."""
    parts: list[str] = [record.head(w, kept)]
    if kept.owner:
        parts.append(names.get(kept.owner, kept.owner))
    if kept.due:
        late = kept.due < who.today and kept.status not in OVER
        parts.append(
            w("was due on {day}", day=w.day(kept.due, who.today))
            if late
            else w("due on {day}", day=w.day(kept.due, who.today))
        )
    if kept.asked_by > 1:
        parts.append(w.plural("asked by {n}", "asked by {n}", kept.asked_by))
    if kept.restricted:
        parts.append(w("confidential"))
    return Mrkdwn(" · ").join(parts)


def _row(parts: Parts, who: Asker, kept: Kept, names: dict[str, str]) -> Json:
    """One record with what a list says of its kind, each under its name, and the way to its page."""
    w, wanted = who.w, IN_LINE.get(kept.kind, ())
    found = fields(kept, lambda id: record.question(parts, id), names) if wanted else ()
    said = [w.md("{name}: {value}", name=one.name, value=one.value) for one in found if one.key in wanted]
    text = Mrkdwn("\n").join([line(w, kept, names, who), *([Mrkdwn(" · ").join(said)] if said else [])])
    label = w("Open {ref}", ref=kept.ref)
    value = f"{who.here.id}:{kept.ref}"
    go = elements.button(w.p("button", "Open"), f"record.open:{kept.ref}", value=value, label=label)
    return blocks.section(text, accessory=go)


def _kinds(w: Wording, project_id: str, kind: str) -> Json:
    """The list from which another kind is chosen."""
    options = [elements.option(w(title), f"{project_id}:{each}:0") for each, title in TITLES.items()]
    hint = w("Choose what to list")
    return blocks.actions(
        elements.select("register.open:kind", options, initial=f"{project_id}:{kind}:0", hint=hint)
    )


def _paging(w: Wording, where: str, start: int, total: int) -> list[Json]:
    row = []
    if start:
        value = f"{where}:{start - PAGE}"
        row.append(elements.button(w("Previous {n}", n=PAGE), "register.open:previous", value=value))
    if start + PAGE < total:
        value, left = f"{where}:{start + PAGE}", min(PAGE, total - start - PAGE)
        row.append(elements.button(w("Next {n}", n=left), "register.open:next", value=value))
    return [blocks.actions(*row)] if row else []


def _under_review(conn: Connection, who: Asker) -> Json | None:
    """Whoever may not read of pay reads that it is under review, and no more (ANX03)."""
    project = who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    everything = register.records(conn, **here, kinds=ANNEX, roles=None)
    mine = {
        one.ref
        for one in register.records(conn, **here, kinds=ANNEX, roles=project.cast.roles_of(who.actor.user))
    }
    pay = next((one for one in everything if one.fields.get("topic") == "pay" and one.ref not in mine), None)
    if pay is None:
        return None
    said = who.w.md("{ref} {title} · *under review*", ref=bold(pay.ref), title=pay.title)
    return blocks.section(said)


ACTIONS: dict[str, Any] = {"register.open": open_page, **record.ACTIONS}
