"""[Change the weights]: a hundred points between ten headings (NEE17), fixed before any demonstration.

Once a vendor has been seen they are the arbiter's to change, with a reason that documents print.
"""

from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.grids import criteria, reading, settling
from bot.grids.reading import WEIGHTS
from bot.parts import Parts
from bot.policy import Action, Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import N_
from flows.dialogue.plan_checks import HEAVIEST
from storage import life
from storage.database import Connection

CALLBACK = "criteria.weights"
REASON, LEAST, LONGEST, ALL = "reason", 20, 1000, 100
WHY = N_("At least {n} characters: this reason is printed in the documents.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Change the weights]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    late = await parts.db.read(_late, parts=parts, who=who)
    if isinstance(verdict := _may(who, late), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Weights"), build)


def _late(conn: Connection, *, parts: Parts, who: Asker) -> bool:
    return who.project is not None and reading.criteria(conn, parts, who.project).locked_by is not None


def _may(who: Asker, late: bool) -> Allow | Deny:
    """The arbiter always; those who run the project until a vendor has been seen."""
    action: Action = "weights.change" if late or who.may("weights.change") == Allow() else "criteria.settle"
    return who.may(action)


def form(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """The form."""
    w, found = who.w, reading.criteria(conn, parts, who.here)
    given = found.given(WEIGHTS)
    known = given.value if given is not None else {}
    rows = [blocks.section(w("A hundred points in all, {most} at most for one heading.", most=HEAVIEST))]
    for one in found.question(WEIGHTS).options:
        points = int(known.get(one.value) or 0)
        box = elements.number(one.value, initial=points, least=0, most=HEAVIEST)
        rows.append(blocks.field(w.of(one.label), box, block_id=one.value))
    if found.locked_by is not None:
        rows.append(
            blocks.field(
                w("Because"), elements.words(REASON, several_lines=True, most=LONGEST), block_id=REASON,
                hint=w("A vendor has been seen: your reason is printed in the documents, with the date."),
            )
        )  # fmt: skip
    return blocks.modal(
        w("Weights"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"),
        metadata=forms.packed(project=found.project.id),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    late = await parts.db.read(_late, parts=parts, who=who)
    if isinstance(verdict := _may(who, late), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    reason = str(answer.state(request, REASON, REASON).get("value") or "").strip()[:LONGEST]
    if late and len(reason) < LEAST:
        return _wrong(REASON, who.w(WHY, n=LEAST))
    points = {one.value: _points(request, one.value) for one in _options(parts)}
    if sum(points.values()) != ALL:
        said = who.w("They add up to {n}: share out {all} points.", n=sum(points.values()), all=ALL)
        return _wrong(next(iter(points)), said)
    wrong = await parts.db.run(_take, parts=parts, who=who, points=points, reason=reason)
    parts.wake()
    if wrong:
        return _wrong(next(iter(points)), wrong)
    rows = await parts.db.read(criteria.page, parts=parts, who=who)
    return answer.refreshed(request, parts, answer.page(who.w, who.w(criteria.TITLE), rows))


def _options(parts: Parts) -> tuple[Any, ...]:
    return parts.playbook.flows[reading.NEEDS].by_id[WEIGHTS].options


def _points(request: Request, heading: str) -> int:
    typed = str(answer.state(request, heading, heading).get("value") or "0").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def _wrong(field: str, said: str) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": {field: said}})


def _take(conn: Connection, *, parts: Parts, who: Asker, points: dict[str, int], reason: str) -> str:
    """In one transaction: the answer, the decision it makes, and its reason. Why not, in words."""
    found = reading.criteria(conn, parts, who.here)
    given = {heading: str(n) for heading, n in points.items() if n}
    refused = settling.give(conn, parts, found, who, WEIGHTS, given)
    if refused:
        return refused
    made = reading.criteria(conn, parts, who.here).decisions.get(WEIGHTS)
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    held = life.hold(conn, **here, ref=made.ref) if made is not None and reason else None
    if held is not None:
        now = parts.clock.now()
        life.change(conn, held, by=who.actor.user, move="edit", now=now, fields={"reason": reason})
    settling.told(conn, parts, found, WEIGHTS)
    return ""


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
