"""The agenda of the next workshop: what people see differently, said and put where it is treated (3.4).

The channel reads how many points there are; which ones, those who may read the register. Of anonymous
answers no more than that opinions are split. Settles nothing.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot import answer, asker
from bot.asker import Asker
from bot.hub import confrontation, record
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, plan
from bot.rounds.cards import message, shown
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.agenda import Agenda, agendas, to_treat
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.model import Kept
from flows.timetable import Placed, Timetable
from storage import diagnosis, register
from storage.database import Connection
from storage.diagnosis_records import pair_of
from storage.outbox import Row

OPEN, CALLBACK = "agenda.open", "agenda"
ISSUES: tuple[RecordKind, ...] = ("issue",)
TRADEOFFS: tuple[RecordKind, ...] = ("tradeoff",)
PAIRS = "D13"
#: The dialogue whose two sides a workshop starts from (W03).
TWO_SIDES = "D04"
PAGE = 20


def points(conn: Connection, project: Project, roles: Collection[str] = ()) -> tuple[Kept, ...]:
    """The open points that wait for a workshop, of those `roles` may read."""
    here = {"workspace": project.workspace, "project_id": project.id}
    return to_treat(register.records(conn, **here, kinds=ISSUES, roles=roles))


def upcoming(
    conn: Connection, *, parts: Parts, project: Project, table: Timetable, roles: Collection[str] = ()
) -> tuple[Agenda, ...]:
    """What the workshops ahead have to treat."""
    return agendas(table, points(conn, project, roles), _pairs(conn, parts, project))


def _pairs(conn: Connection, parts: Parts, project: Project) -> list[str]:
    """The sliders people disagree on by the last diagnosis, without those that are decided by now."""
    here = {"workspace": project.workspace, "project_id": project.id}
    last, flow = diagnosis.latest(conn, **here), parts.playbook.flows.get(PAIRS)
    apart = [id for id in last.contested if id.startswith("ARB")] if last else []
    if not apart or flow is None:
        return []
    kept = register.records(conn, **here, kinds=TRADEOFFS)
    settled = {pair_of(str(one.fields.get("pair") or ""), flow) for one in kept if one.status == "decided"}
    return [id for id in apart if id not in settled]


# -- where it is seen ---------------------------------------------------------------------------------------


def under(conn: Connection, *, who: Asker, parts: Parts, table: Timetable) -> dict[str, Json]:
    """What stands under the lines of workshops in the plan, by the key of the step: how much there is to
    treat, and the way there."""
    roles = who.here.cast.roles_of(who.actor.user)
    found = upcoming(conn, parts=parts, project=who.here, table=table, roles=roles)
    return {one.placed.step.key: _under(who, one, one.placed) for one in found if one.placed and one.total}


def _under(who: Asker, agenda: Agenda, placed: Placed) -> Json:
    said = who.w.plural_md(
        "On its agenda: *{n} point to agree on*", "On its agenda: *{n} points to agree on*", agenda.total
    )
    return blocks.section(said, accessory=_way(who.w, who.here, f"{OPEN}:{placed.step.key}"))


def way(conn: Connection, who: Asker) -> list[Json]:
    """The same for Home, where there is something on it."""
    if who.may("register.read") != Allow():
        return []
    found = points(conn, who.here, who.here.cast.roles_of(who.actor.user))
    return [_way(who.w, who.here, OPEN)] if found else []


def _way(w: Wording, project: Project, action: str) -> Json:
    return elements.button(w("See the agenda"), action, value=f"{project.id}:0")


async def open_page(request: Request, parts: Parts) -> Reply:
    """[See the agenda], [Next 20]: "{project}:{first}"."""
    project_id, _, start = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    first = int(start) if start.isdecimal() and len(start) < 4 else 0

    async def build() -> Json:
        return await parts.db.read(view, parts=parts, who=who, first=first)

    if (request.payload.get("view") or {}).get("callback_id") == CALLBACK:
        return answer.refreshed(request, parts, await build())
    return answer.show(request, parts, who.w, who.w("Agenda"), build)


def view(conn: Connection, *, parts: Parts, who: Asker, first: int = 0) -> Json:
    """The workshops ahead that have something to treat, the next one in any case."""
    w, project = who.w, who.here
    table = plan.table(conn, parts=parts, project=project, today=who.today)
    roles = project.cast.roles_of(who.actor.user)
    found = upcoming(conn, parts=parts, project=project, table=table, roles=roles)
    rows = [
        blocks.context(
            w.md(
                "What people see differently comes here by itself; of anonymous answers it says no more than "
                "that opinions are split. What a workshop leaves open goes on to the next one."
            )
        )
    ]
    first = first if first < found[0].total else 0
    for one in found:
        rows += _workshop(conn, parts, who, one, first)
    left = found[0].total - first - PAGE
    rows += _paging(w, project, first, left)
    return answer.page(w, w("Agenda"), rows, callback_id=CALLBACK)


def _workshop(conn: Connection, parts: Parts, who: Asker, agenda: Agenda, first: int) -> list[Json]:
    """One workshop: its day, then each point."""
    w = who.w
    rows = [blocks.header(_called(w, agenda.placed))]
    if agenda.placed is not None:
        rows += [blocks.context(w.day(agenda.placed.day))] if agenda.placed.day >= who.today else []
        rows += _sides(conn, parts, who, agenda.placed)
    if not agenda.total:
        said = w("Nothing to agree on so far.")
        return [*rows, blocks.section(said)]
    lines = [*(_point(who, one) for one in agenda.points), *(_pair(w, parts, id) for id in agenda.pairs)]
    return [*rows, *lines[first : first + PAGE]]


def _called(w: Wording, placed: Placed | None) -> str:
    if placed is None or placed.step.workshop is None:
        return w("For the next workshop")
    return f"{placed.step.what} {w.of(placed.step.workshop.title)}"


def _sides(conn: Connection, parts: Parts, who: Asker, placed: Placed) -> list[Json]:
    """The workshop that starts from planned and lived leads there."""
    workshop = placed.step.workshop
    if workshop is None or TWO_SIDES not in workshop.needs:
        return []
    ways = confrontation.latest(conn, parts=parts, who=who)
    return [blocks.actions(*ways)] if ways else []


def _point(who: Asker, one: Kept) -> Json:
    """One open point, and the way to its page."""
    w, value = who.w, f"{who.here.id}:{one.ref}"
    said: list[str] = [record.head(w, one)]
    if one.owner:
        said.append(w("Owner: {name}", name=who.names.get(one.owner, one.owner)))
    label = w("Open {ref}", ref=one.ref)
    go = elements.button(label, f"record.open:{one.ref}", value=value, label=label)
    return blocks.section(Mrkdwn(" · ").join(said), accessory=go)


def _pair(w: Wording, parts: Parts, id: str) -> Json:
    """Two good things that pull apart: the arbiter settles it."""
    asked = record.question(parts, id)
    return blocks.section(
        w.md("*{what}*: opinions differ, the arbiter settles it", what=asked.short if asked else id)
    )


def _paging(w: Wording, project: Project, first: int, left: int) -> list[Json]:
    ways = []
    if first:
        before = f"{project.id}:{max(first - PAGE, 0)}"
        ways.append(elements.button(w("Previous {n}", n=PAGE), f"{OPEN}:back", value=before))
    if left > 0:
        after = f"{project.id}:{first + PAGE}"
        ways.append(elements.button(w("Next {n}", n=min(left, PAGE)), f"{OPEN}:on", value=after))
    return [blocks.actions(*ways)] if ways else []


# -- what is said -------------------------------------------------------------------------------------------


def tell(conn: Connection, *, project: Project, before: Sequence[Kept], key: str, now: datetime) -> None:
    """After a run of the diagnosis: the channel reads that points have come onto the agenda. `before`:
    those that were on it already. Belongs in the transaction of the run."""
    known = {one.ref for one in before}
    new = [one.ref for one in points(conn, project) if one.ref not in known]
    if new:
        ref = {"refs": new}
        announce.post(conn, project=project, what="disagreement", key=key, ref=ref, now=now, in_hours=True)


def disagreement(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """How many points people see differently, and where they are treated. Nothing once they are settled:
    which points they are is for those who may read the register."""
    found = shown(conn, row)
    if found is None:
        return None
    wanted = set(row.ref.get("refs") or ())
    n = sum(one.ref in wanted for one in points(conn, found.project))
    if not n:
        return None
    w, today = found.w, asker.today(parts, found.project)
    table = plan.table(conn, parts=parts, project=found.project, today=today)
    placed = upcoming(conn, parts=parts, project=found.project, table=table)[0].placed
    return message(blocks.section(_said(w, n, placed, today)), blocks.actions(_way(w, found.project, OPEN)))


def _said(w: Wording, n: int, placed: Placed | None, today: date) -> Mrkdwn:
    if placed is None:
        return w.plural_md(
            "*{n} point that people see differently* waits for the next workshop.",
            "*{n} points that people see differently* wait for the next workshop.",
            n,
        )
    name, day = _called(w, placed), w.day(placed.day)
    return w.plural_md(
        "*{n} point that people see differently* is now on the agenda of workshop {name}.",
        "*{n} points that people see differently* are now on the agenda of workshop {name}.",
        n,
        name=f"{name}, {day}" if placed.day >= today else name,
    )


ACTIONS = {OPEN: open_page}
MESSAGES = {"disagreement": disagreement}
