"""The plan of a scoping (2.1): what is sent to whom and when, what must come first, how much is too much.

Decides; sends nothing. Weeks and days are counted from the project's start date.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.cadence import add_working_days
from flows.project import Cast, Role
from flows.words import Words

#: Check-ins that go to the same person as one message when they are due in the same week (2.1).
TOGETHER = ("C04", "C06", "C07")
WEEKEND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message to each person in `to`. Its questions are filtered by their own audience."""

    week: int  # 0 starts on the start date
    day: int  # working day of the week, 1 to 5: the earliest on which the message leaves
    to: tuple[Role, ...]
    what: str  # a dialogue, a wave or a check-in
    items: tuple[str, ...] = ()  # the questions it is sent for; empty: all
    rows: Mapping[str, int] = field(default_factory=dict)  # lines expected, for the minutes
    minutes: int
    wave: bool = False
    counted: bool = True  # False: a form of the lead or the facilitator, outside the cap
    added: tuple[str, ...] = ()  # questions of dialogues asked with a check-in

    @property
    def key(self) -> str:
        """What tells this line from the others."""
        return f"{self.week}.{self.day}.{self.what}.{'+'.join(self.to)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What must hold before something is sent, held or issued."""

    id: str
    before: tuple[str, ...]  # dialogues, waves, workshops, "route_documents"; "*": everything …
    but: tuple[str, ...] = ()  # … except these
    needs: str  # a name of TESTS
    words: Words  # what is missing, and what to do
    overridable: bool  # with a recorded reason
    rule: str | None = None  # fires when it is overridden


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A workshop where the plan has it. `needs`: the dialogues and waves whose answers it works with."""

    week: int
    day: int
    what: str  # W01 to W10
    title: Words
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most anybody is asked."""

    messages_a_day: int
    minutes_a_week: int
    sponsor_minutes_a_week: int
    waves_a_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The default plan with its guards and caps. The facilitator may move anything but the guards."""

    lines: tuple[Line, ...]
    guards: tuple[Guard, ...]
    caps: Caps
    workshops: tuple[Workshop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What guards read about a project."""

    cast: Cast
    goals: str | None = None  # OBJ09
    waves_closed: frozenset[str] = frozenset()
    waves_thin: frozenset[str] = frozenset()  # closed with fewer than 5 answers
    coach_agrees: bool = False  # to hold W04 without the group picture
    workshops_held: frozenset[str] = frozenset()
    verdict: str | None = None


def _people_named(facts: PlanFacts) -> bool:
    roles: tuple[Role, ...] = ("sponsor", "lead", "arbiter")
    return all(facts.cast.holder(role) for role in roles)


def _feelings_read(facts: PlanFacts) -> bool:
    return "D07" in facts.waves_closed and ("D07" not in facts.waves_thin or facts.coach_agrees)


#: What a guard needs, by name.
TESTS: Mapping[str, Callable[[PlanFacts], bool]] = {
    "people_named": _people_named,
    "goals_shared": lambda facts: facts.goals in ("shared", "committed"),
    "feelings_read": _feelings_read,
    "processes_compared": lambda facts: "W03" in facts.workshops_held,
    "failure_imagined": lambda facts: "D12" in facts.waves_closed,
    "needs_and_lots": lambda facts: {"W06", "W07"} <= facts.workshops_held,
    "not_no_go": lambda facts: facts.verdict != "NO_GO",
}


def held_back(plan: Plan, what: str, facts: PlanFacts) -> tuple[Guard, ...]:
    """The guards that stand before `what` (a dialogue, a wave, a workshop, "route_documents")."""
    return tuple(
        guard
        for guard in plan.guards
        if (what in guard.before or ("*" in guard.before and what not in guard.but))
        and not TESTS[guard.needs](facts)
    )


def leaves(line: Line, start: date) -> date:
    """The earliest day on which the message of this line leaves, in a project that starts on `start`:
    day n of week k is the n-th working day from day 7k on."""
    first = start + timedelta(days=7 * line.week)
    while first.weekday() >= WEEKEND:
        first += timedelta(days=1)
    return add_working_days(first, line.day - 1) if line.day > 1 else first


def asked(plan: Plan, roles: Collection[Role]) -> dict[int, tuple[int, int]]:
    """What the plan asks of somebody with these roles, by week: (minutes, messages). Forms outside
    the cap are left out, and so is what they ask already."""
    mine = [line for line in plan.lines if set(line.to) & set(roles)]
    forms = {(line.week, line.what, item) for line in mine if not line.counted for item in line.items}
    weeks: dict[int, tuple[int, set[str]]] = {}
    for line in mine:
        covered = bool(line.items) and all((line.week, line.what, item) in forms for item in line.items)
        if line.counted and not covered:
            minutes, messages = weeks.get(line.week, (0, set[str]()))
            message = "together" if line.what in TOGETHER else line.key
            weeks[line.week] = (minutes + line.minutes, messages | {message})
    return {week: (minutes, len(messages)) for week, (minutes, messages) in weeks.items()}


def outside_the_cap(plan: Plan, what: str, roles: Collection[Role]) -> frozenset[str]:
    """The questions of a dialogue that are a form of the lead or the facilitator for somebody with
    these roles, and take nothing of their time (2.1)."""
    mine = (line for line in plan.lines if line.what == what and set(line.to) & set(roles))
    return frozenset(item for line in mine if not line.counted for item in line.items)


def stated_minutes(plan: Plan, what: str, roles: Collection[Role], items: Collection[str]) -> int:
    """The minutes the plan states for these questions of a dialogue, asked of somebody with these
    roles; 0 when it states none."""
    mine = [line for line in plan.lines if line.what == what and set(line.to) & set(roles)]
    found = {line.items: line.minutes for line in mine if line.counted and set(line.items) & set(items)}
    return sum(found.values())
