"""The plan of one project laid out in time: each step on its day, how it stands, where it may be moved.

Decides; sends nothing, and knows of no answer. Days are those of the project's zone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from flows.cadence import add_working_days, is_working_day
from flows.plan import Guard, Line, Plan, PlanFacts, Workshop, held_back, leaves
from flows.project import Role

#: Working days an anonymous wave stays open (5.3): what waits for its results comes after them.
WAVE_DAYS = 5

#: What in the plan gives a guard what it needs, by the names of flows.plan.TESTS: questions, waves,
#: workshops. What is not here is given by nothing in the plan.
GIVEN_BY: Mapping[str, tuple[str, ...]] = {
    "people_named": ("SET10", "SET11", "SET12"),
    "goals_shared": ("OBJ09",),
    "feelings_read": ("wave D07",),
    "processes_compared": ("W03",),
    "failure_imagined": ("wave D12",),
    "needs_and_lots": ("W06", "W07"),
}

State = Literal["planned", "sent", "skipped"]
Standing = Literal["sent", "skipped", "blocked", "due", "planned"]
Fault = Literal["past", "weekend", "guard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What leaves together: the lines of one day about one thing. Or a workshop, which has no lines."""

    week: int
    day: int  # working day of the week, 1 to 5
    what: str  # a dialogue, a wave, a check-in, a workshop
    lines: tuple[Line, ...] = ()
    workshop: Workshop | None = None

    @property
    def key(self) -> str:
        """What tells this step from the others."""
        return f"{self.week}.{self.day}.{self.what}"

    @property
    def wave(self) -> bool:
        """Whether it opens an anonymous wave."""
        return any(line.wave for line in self.lines)

    @property
    def to(self) -> tuple[Role, ...]:
        """Who gets it, by role."""
        return tuple(dict.fromkeys(role for line in self.lines for role in line.to))

    @property
    def items(self) -> frozenset[str]:
        """The questions it asks; empty: all of them."""
        return frozenset(item for line in self.lines for item in line.items)

    @property
    def gives(self) -> frozenset[str]:
        """What guards may wait for."""
        named = f"wave {self.what}" if self.wave else self.what
        return self.items | {named}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the facilitator, or sending, has made of a step."""

    state: State = "planned"
    moved_to: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One step of a project on its day."""

    step: Step
    day: date
    standing: Standing
    guards: tuple[Guard, ...] = ()  # what it waits for, when it is blocked
    moved: bool = False
    reason: str = ""

    @property
    def ahead(self) -> bool:
        """It is still to be done."""
        return self.standing in ("blocked", "due", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a step cannot go to a day. `other`: the step that stands in the way."""

    fault: Fault
    other: Placed | None = None
    guard: Guard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A project's plan in the order of its days."""

    plan: Plan
    placed: tuple[Placed, ...]
    facts: PlanFacts
    today: date
    by_key: Mapping[str, Placed] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Found by their keys."""
        object.__setattr__(self, "by_key", {each.step.key: each for each in self.placed})

    def may_move(self, key: str, to: date) -> Refused | None:
        """Why the step cannot go to this day; None when it can. Guards hold on the days of the plan
        too: what one waits for must come first, unless it is there already."""
        if to < self.today:
            return Refused(fault="past")
        if not is_working_day(to):
            return Refused(fault="weekend")
        mine = self.by_key[key]
        for before, after, guard in _orders(self):
            if before is mine and to > _open_until(mine, after.day):
                return Refused(fault="guard", other=after, guard=guard)
            if after is mine and _given(before) > to:
                return Refused(fault="guard", other=before, guard=guard)
        return None


def steps(plan: Plan, known: Collection[str]) -> tuple[Step, ...]:
    """The plan's steps in its order. `known`: the dialogues and waves that can be sent (a wave as
    "wave D07"); what is not among them is left out."""
    found: dict[tuple[int, int, str], list[Line]] = {}
    for line in plan.lines:
        if (f"wave {line.what}" if line.wave else line.what) in known:
            found.setdefault((line.week, line.day, line.what), []).append(line)
    sent = [Step(week=w, day=d, what=what, lines=tuple(lines)) for (w, d, what), lines in found.items()]
    held = [Step(week=w.week, day=w.day, what=w.what, workshop=w) for w in plan.workshops]
    return tuple(sorted((*sent, *held), key=lambda step: (step.week, step.day)))


def timetable(  # noqa: PLR0913 - a plan, and all that makes a project's of it
    plan: Plan,
    every: Iterable[Step],
    *,
    start: date,
    changes: Mapping[str, Change],
    facts: PlanFacts,
    today: date,
    aside: Collection[tuple[str, str]] = (),
) -> Timetable:
    """The steps on their days, in a project that starts on `start`. `aside`: guards that somebody set
    aside, each with what for."""

    def guards(step: Step) -> tuple[Guard, ...]:
        found = held_back(plan, step.what, facts)
        return tuple(guard for guard in found if (guard.id, step.what) not in aside)

    placed = [_placed(step, start, changes.get(step.key, Change()), guards(step), today) for step in every]
    return Timetable(
        plan=plan, placed=tuple(sorted(placed, key=lambda each: each.day)), facts=facts, today=today
    )


def planned_for(step: Step, start: date) -> date:
    """The day the plan has it on."""
    line = Line(week=step.week, day=step.day, to=(), what=step.what, minutes=0)
    return leaves(line, start)


def next_up(table: Timetable) -> tuple[Placed, ...]:
    """What to do next, nearest first: everything whose day has come and that nothing holds back,
    then what is to come."""
    due = [each for each in table.placed if each.standing == "due"]
    return (*due, *(each for each in table.placed if each.standing == "planned"))


def needed_by(table: Timetable, what: str) -> date | None:
    """The day of the first workshop to come that works with the answers to `what`."""
    for each in table.placed:
        workshop = each.step.workshop
        if workshop is not None and what in workshop.needs and each.ahead and each.day >= table.today:
            return each.day
    return None


def waits_for(table: Timetable, placed: Placed) -> tuple[Placed, ...]:
    """The steps still to be done that give what holds this one back, nearest first; none when the
    plan has nothing left that would."""
    names = {name for guard in placed.guards for name in GIVEN_BY.get(guard.needs, ())}
    return tuple(each for each in table.placed if each.ahead and each.step.gives & names)


def _placed(step: Step, start: date, change: Change, guards: tuple[Guard, ...], today: date) -> Placed:
    day = change.moved_to or planned_for(step, start)
    standing: Standing = change.state
    if change.state == "planned" and guards:
        standing = "blocked"
    elif change.state == "planned" and day <= today:
        standing = "due"
    return Placed(
        step=step,
        day=day,
        standing=standing,
        guards=guards if standing == "blocked" else (),
        moved=change.moved_to is not None,
        reason=change.reason,
    )


def _orders(table: Timetable) -> Iterable[tuple[Placed, Placed, Guard]]:
    """Which step must come before which, because of a guard that does not hold yet."""
    for after in table.placed:
        for guard in after.guards:
            for before in table.placed:
                if before.ahead and before.step.gives & {*GIVEN_BY.get(guard.needs, ())}:
                    yield before, after, guard


def _given(before: Placed) -> date:
    """The first day on which what a step gives is there."""
    return add_working_days(before.day, WAVE_DAYS) if before.step.wave else before.day


def _open_until(before: Placed, after: date) -> date:
    """The last day a step can have if what it gives is to be there on the day `after`."""
    day = after
    while before.step.wave and add_working_days(day, WAVE_DAYS) > after:
        day -= timedelta(days=1)
    return day
