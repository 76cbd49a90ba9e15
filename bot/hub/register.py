"""The register to read: decisions, open issues, and what one holds oneself. Changes nothing.

Restricted records show to the roles that may read them and to their owner, never to others; what
came from people's own answers, once their dialogue has closed.
"""

from collections.abc import Sequence
from typing import Any, get_args

from bot import answer, asker
from bot.asker import Asker
from bot.hub import withheld
from bot.hub.tasks import own_records
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows.dialogue.effects import RecordKind
from flows.register.life import OVER, STATES
from flows.register.model import Kept
from flows.words import Words
from storage import register
from storage.database import Connection

PAGE = 20
KINDS: tuple[str, ...] = get_args(RecordKind)
TITLES = {
    "mine": N_("On my list"),
    "decision": N_("Decisions"),
    "issue": N_("Open issues"),
    "risk": N_("Risks"),
    "action": N_("Actions"),
    "stake": N_("Goals"),
    "exclusion": N_("Out of scope"),
    "promise": N_("Promises"),
    "constraint": N_("Constraints"),
    "commitment": N_("Commitments"),
    "stakeholder": N_("Groups to involve"),
}
#: What a page says when it is empty, and what to do then.
EMPTY = {
    "mine": N_("Nothing is on your list."),
    "decision": N_("No decision recorded yet. Dialogues and workshops record them."),
    "issue": N_("Nothing open here. Either all is settled, or nobody has asked yet."),
}
NOTHING = N_("Nothing is recorded here yet.")
#: Kinds of which only what is not settled is listed.
ONLY_OPEN = ("issue", "action", "risk")


async def open_page(request: Request, parts: Parts) -> Reply:
    """[All decisions], [Open issues], [My list], [Next 20]."""
    project_id, kind, start = [*answer.chosen(request).split(":"), "", ""][:3]
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    kind = kind if kind in TITLES else "mine"

    async def build() -> Json:
        at = int(start) if start.isdecimal() and len(start) < 6 else 0
        return await parts.db.read(view, parts=parts, who=who, kind=kind, start=at)

    return answer.show(request, parts, who.w, who.w(TITLES[kind])[:24], build)


def view(conn: Connection, *, parts: Parts, who: Asker, kind: str, start: int = 0) -> Json:
    """One page of records, number first."""
    w, project = who.w, who.here
    kept = listed(conn, parts=parts, who=who, kind=kind)
    names = asker.named(conn, project=project, also=[record.owner for record in kept if record.owner])
    rows = [blocks.section(line(w, record, names, who)) for record in kept[start : start + PAGE]]
    if not rows:
        rows = [blocks.section(w(EMPTY.get(kind, NOTHING)))]
    rest = len(kept) - start - PAGE
    if rest > 0:
        value = f"{project.id}:{kind}:{start + PAGE}"
        rows.append(blocks.actions(elements.button(w("Next 20"), "register.open", value=value)))
    rows.append(_elsewhere(w, project.id, kind))
    return answer.page(w, w(TITLES[kind])[:24], rows)


def listed(conn: Connection, *, parts: Parts, who: Asker, kind: str) -> Sequence[Kept]:
    """The records of one page, those this person may read."""
    project, user = who.here, who.actor.user
    if kind == "mine":
        return own_records(conn, project=project, user=user)
    kinds = [each for each in get_args(RecordKind) if each == kind]
    kept = register.records(
        conn,
        workspace=project.workspace,
        project_id=project.id,
        kinds=kinds,
        roles=project.cast.roles_of(user),
    )
    kept = withheld.shown(conn, kept, parts=parts, project=project, user=user)
    return [record for record in kept if kind not in ONLY_OPEN or record.status not in OVER]


def line(w: Wording, record: Kept, names: dict[str, str], who: Asker) -> Mrkdwn:
    """ "*ISS-4* Who owns the contact records? · *open* · Inès · due Fri 13 Feb · asked by 3"."""
    state = w.of(STATES.get(record.status, Words.same(record.status)))
    parts: list[str] = [Mrkdwn(" ").join([bold(record.ref), w.of(record.title)]), bold(state)]
    if record.owner:
        parts.append(names.get(record.owner, record.owner))
    if record.due:
        late = record.due < who.today and record.status not in OVER
        parts.append(
            w("was due on {day}", day=w.day(record.due)) if late else w("due on {day}", day=w.day(record.due))
        )
    if record.asked_by > 1:
        parts.append(w.plural("asked by {n}", "asked by {n}", record.asked_by))
    if record.restricted:
        parts.append(w("confidential"))
    return Mrkdwn(" · ").join(parts)


def _elsewhere(w: Wording, project_id: str, kind: str) -> Json:
    """The other pages one press away."""
    others = [each for each in ("mine", "decision", "issue", "stake") if each != kind]
    return blocks.actions(
        *(
            elements.button(w(TITLES[each]), f"register.open:{each}", value=f"{project_id}:{each}:0")
            for each in others
        )
    )


ACTIONS: dict[str, Any] = {"register.open": open_page}
