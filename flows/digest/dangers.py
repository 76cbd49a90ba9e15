"""What could stop the project (SD04): grave risks, supporting projects that are stuck, the critical path.

Reads records that everybody concerned may read; the caller leaves out what is restricted. Knows no words.
"""

from collections.abc import Iterable
from datetime import date

from flows.diagnosis.evidence import Task
from flows.diagnosis.path import plan
from flows.digest.facts import Danger, Why
from flows.register.life import OVER
from flows.register.model import Kept

GRAVE = 15  # likelihood times impact, from which a risk is in the digest


def dangers(records: Iterable[Kept], today: date) -> tuple[Danger, ...]:
    """Of the records of a project: RSK from 15 on, SID that are overdue or have nobody, TSK of the critical
    path that are overdue or have nobody."""
    live = [one for one in records if one.status not in OVER]
    return (
        *(_risk(one) for one in live if one.kind == "risk" and gravity(one) >= GRAVE),
        *(_held_up(one, why) for one in live if one.kind == "annex" and (why := _annex(one, today))),
        *_critical([one for one in live if one.kind == "task"], today),
    )


def gravity(risk: Kept) -> int:
    """Likelihood times impact; 0 while one of them is not known."""
    likelihood, impact = risk.fields.get("likelihood"), risk.fields.get("impact")
    return int(likelihood) * int(impact) if likelihood and impact else 0


def _risk(one: Kept) -> Danger:
    return Danger(
        kind="risk", ref=one.ref, title=one.title, why="high", score=gravity(one), owner=one.owner or ""
    )


def _held_up(one: Kept, why: Why) -> Danger:
    return Danger(kind="annex", ref=one.ref, title=one.title, why=why, owner=one.owner or "")


def _annex(one: Kept, today: date) -> Why | None:
    """Why a supporting project that was decided on holds the project up; None when it does not. What its
    owner says twice running of it (C06) is in its fields."""
    if one.status != "open":
        return None
    return "stuck" if one.fields.get("stuck") else _late(one, today)


def _critical(tasks: list[Kept], today: date) -> Iterable[Danger]:
    number = {one.item: one.ref for one in tasks}
    path = plan([
        Task(
            id=one.ref,
            weeks=float(one.fields.get("weeks") or 0),
            after=tuple(number[item] for item in one.fields.get("after_items") or () if item in number),
            owner=one.owner,
        )
        for one in tasks
    ]).path  # fmt: skip
    on_path = path.tasks if path else ()
    for one in tasks:
        why = _late(one, today)
        if one.ref in on_path and why is not None:
            yield Danger(kind="task", ref=one.ref, title=one.title, why=why, owner=one.owner or "")


def _late(one: Kept, today: date) -> Why | None:
    if one.due is not None and one.due < today:
        return "overdue"
    return None if one.owner else "unowned"
