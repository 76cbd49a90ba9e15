"""What is wrong with the plan as a whole: minutes stated too low, weeks that ask too much, two messages a
day, two waves a week, questions it forgets (2.1)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from flows.dialogue.minutes import minutes
from flows.dialogue.model import Question
from flows.plan import TOGETHER, Line, Plan, asked
from flows.playbook.model import Playbook
from flows.playbook.review import Finding
from flows.project import Role

_MEMBER: tuple[Role, ...] = ("team", "team_all", "owners", "attendees")
#: The heaviest cases: who holds several roles at once, and so gets what is sent to each of them.
PEOPLE: Mapping[str, tuple[Role, ...]] = {
    "the sponsor": ("sponsor", "team_all"),
    "the lead, also in the front office": ("lead", "front", *_MEMBER),
    "an IT and data contact": ("it", "data", *_MEMBER),
    "a data contact in the front office": ("data", "front", *_MEMBER),
    "the HR contact": ("hr", *_MEMBER),
    "any other member": _MEMBER,
}
#: Parts of a dialogue that a workshop fills: they are in no line of the plan.
IN_WORKSHOPS = ("W06", "W07", "W08", "W10")


def findings(playbook: Playbook) -> Iterator[Finding]:
    """Everything that is wrong with the plan, once its names are known to exist."""
    yield from _minutes(playbook)
    for who, roles in PEOPLE.items():
        yield from _weeks(playbook.plan, who, roles)
        yield from _days(playbook.plan, who, roles)
    yield from _forgotten(playbook)


def _minutes(playbook: Playbook) -> Iterator[Finding]:
    """Stated minutes are never below the rule."""
    known = _known(playbook)
    for number, line in enumerate(playbook.plan.lines):
        wave = playbook.waves.get(line.what) if line.wave else None
        items = line.items or tuple(q.id for q in (wave.questions if wave else ()) if q.id[-1].isdigit())
        least = minutes(replace(known[id], likely_rows=line.rows.get(id, 1)) for id in items)
        if line.minutes < least:
            yield ("lines", number), f"{line.what} takes {least} minutes here, not {line.minutes}"


def _weeks(plan: Plan, who: str, roles: tuple[Role, ...]) -> Iterator[Finding]:
    """No week above the caps."""
    most = plan.caps.sponsor_minutes_a_week if "sponsor" in roles else plan.caps.minutes_a_week
    for week, (spent, _) in asked(plan, roles).items():
        if spent > most:
            place = _last(plan, week, roles)
            yield place, f"with this, {who} is asked {spent} minutes in week {week}; {most} at most"


def _days(plan: Plan, who: str, roles: tuple[Role, ...]) -> Iterator[Finding]:
    """No day with two messages, no week with two waves."""
    days, waves = Counter[tuple[int, int]](), Counter[int]()
    for number, line in _sent(plan, roles):
        days[line.week, line.day] += line.what not in TOGETHER
        waves[line.week] += line.wave
        if line.what not in TOGETHER and days[line.week, line.day] == plan.caps.messages_a_day + 1:
            yield ("lines", number), f"{who} gets a second message on day {line.day} of week {line.week}"
        if line.wave and waves[line.week] == plan.caps.waves_a_week + 1:
            yield ("lines", number), f"{who} gets a second wave in week {line.week}"


def _sent(plan: Plan, roles: tuple[Role, ...]) -> Iterator[tuple[int, Line]]:
    """The lines that reach somebody with these roles, without what a form of theirs asks already."""
    mine = [(number, line) for number, line in enumerate(plan.lines) if set(line.to) & set(roles)]
    forms = {(line.week, line.what) for _, line in mine if not line.counted}
    for number, line in mine:
        if line.counted and ((line.week, line.what) not in forms or line.wave):
            yield number, line


def _last(plan: Plan, week: int, roles: tuple[Role, ...]) -> tuple[str, int]:
    return "lines", max(number for number, line in _sent(plan, roles) if line.week == week)


def _forgotten(playbook: Playbook) -> Iterator[Finding]:
    """Every question of a dialogue that the plan sends is in one of its lines, unless a workshop asks it."""
    lines = playbook.plan.lines
    planned = {id for line in lines for id in (*line.items, *line.added)}
    for flow in playbook.flows.values():
        for question in flow.questions if any(line.what == flow.id for line in lines) else ():
            elsewhere = question.mode == "workshop" or question.part in IN_WORKSHOPS
            if not elsewhere and question.id[-1].isdigit() and question.id not in planned:
                yield ("lines",), f"no line asks {question.id} of {flow.id}"


def _known(playbook: Playbook) -> dict[str, Question]:
    flows = (q for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous))
    waves = (q for wave in playbook.waves.values() for q in wave.questions)
    return {question.id: question for question in (*flows, *waves)}
