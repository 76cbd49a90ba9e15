"""The default plan: guards, days, caps, and that its minutes are never below the rule (2.1)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from flows.dialogue.minutes import minutes
from flows.plan import (
    TESTS,
    Line,
    PlanFacts,
    asked,
    held_back,
    leaves,
    outside_the_cap,
    stated_minutes,
)
from flows.playbook import Playbook
from flows.project import Cast
from tests.flows.stage import BOREAL, ELODIE, EMPTY

MEMBER = ("team", "team_all", "owners")
READY = PlanFacts(
    cast=BOREAL, goals="shared", waves_closed=frozenset({"D07", "D12"}),
    workshops_held=frozenset({"W03", "W06", "W07"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "weeks"),
    [
        (("sponsor", "team_all"), [(5, 1), (12, 3), (3, 1), (10, 3), (6, 3), (10, 3), (5, 2)]),
        (("lead", "front", *MEMBER), [(1, 1), (14, 4), (27, 3), (4, 2), (17, 5), (17, 5), (9, 3)]),
        (("front", *MEMBER), [None, (15, 4), (25, 2), (2, 1), (15, 4), (15, 5), (7, 3)]),
        (("it", "data", *MEMBER), [None, (12, 3), (5, 1), (27, 2), (15, 4), (15, 5), (7, 3)]),
        (("data", "front", *MEMBER), [None, (15, 4), (25, 2), (27, 2), (15, 4), (15, 5), (7, 3)]),
        (("hr", *MEMBER), [None, (12, 3), (5, 1), (7, 2), (22, 5), (15, 5), (7, 3)]),
        (MEMBER, [None, (12, 3), (5, 1), (2, 1), (15, 4), (15, 5), (7, 3)]),
    ],
)
def test_what_the_plan_asks_of_each_person_is_the_table_of_the_playbook(
    playbook: Playbook, roles: Collection[str], weeks: list[tuple[int, int] | None]
) -> None:
    found = asked(playbook.plan, roles)  # type: ignore[arg-type]
    assert [found.get(week) for week in range(7)] == weeks
    caps = playbook.plan.caps
    most = caps.sponsor_minutes_a_week if "sponsor" in roles else caps.minutes_a_week
    assert all(spent <= most for spent, _ in found.values())


@pytest.mark.parametrize("roles", [("sponsor", "team_all"), ("lead", "front", *MEMBER), ("hr", *MEMBER)])
def test_no_day_has_two_messages_and_no_week_two_waves(playbook: Playbook, roles: Collection[str]) -> None:
    lines = [line for line in playbook.plan.lines if line.counted and set(line.to) & set(roles)]
    together = ("C04", "C06", "C07")
    forms = {(line.week, line.what) for line in playbook.plan.lines if not line.counted and "lead" in line.to}
    for week in range(7):
        here = [line for line in lines if line.week == week]
        if "lead" in roles:
            here = [line for line in here if "front" not in line.to or (week, line.what) not in forms]
        days = [line.day for line in here if line.what not in together]
        assert len(set(days)) == len(days), week
        assert sum(line.wave for line in here) <= playbook.plan.caps.waves_a_week


def test_stated_minutes_are_never_below_the_rule(playbook: Playbook) -> None:
    known = {q.id: q for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous)}
    known |= {q.id: q for wave in playbook.waves.values() for q in wave.questions}
    for line in playbook.plan.lines:
        items = line.items
        if line.wave and line.what in playbook.waves:
            items = items or tuple(
                q.id for s in playbook.waves[line.what].screens for q in s.questions if q.id[-1].isdigit()
            )
        questions = [replace(known[id], likely_rows=line.rows.get(id, 1)) for id in items]
        assert minutes(questions) <= line.minutes, line.key


def test_every_question_asked_outside_workshops_is_in_the_plan(playbook: Playbook) -> None:
    planned = {id for line in playbook.plan.lines for id in (*line.items, *line.added)}
    planned |= {q.id for wave in playbook.waves.values() for s in wave.screens for q in s.questions}
    for flow in playbook.flows.values():
        for question in (*flow.questions, *flow.anonymous):
            workshop = question.mode == "workshop" or question.part in ("W06", "W07", "W08", "W10")
            if not workshop and question.id[-1].isdigit():
                assert question.id in planned, question.id


def test_planned_questions_go_to_somebody_they_are_for(playbook: Playbook) -> None:
    """A line of the plan reaches people whom each of its questions is for."""
    known = {q.id: q for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous)}
    for line in playbook.plan.lines:
        invited = {user for role in line.to for user in BOREAL.people(role)}
        for id in line.items:
            if invited:
                assert invited & set(BOREAL.audience(known[id].audience)), (line.key, id)


@pytest.mark.parametrize(
    ("what", "facts", "guards"),
    [
        ("D01", PlanFacts(cast=EMPTY), []),
        ("D03", PlanFacts(cast=EMPTY), ["people"]),
        ("D14", PlanFacts(cast=BOREAL), ["goals"]),
        ("W09", replace(READY, goals="draft"), ["goals"]),
        ("D14", replace(READY, goals="committed"), []),
        ("W04", PlanFacts(cast=BOREAL), ["feelings"]),
        ("W04", replace(READY, waves_thin=frozenset({"D07"})), ["feelings"]),
        ("W04", replace(READY, waves_thin=frozenset({"D07"}), coach_agrees=True), []),
        ("W06", PlanFacts(cast=BOREAL), ["processes"]),
        ("W07", PlanFacts(cast=BOREAL), ["failure"]),
        ("W08", replace(READY, workshops_held=frozenset({"W06"})), ["tradeoffs"]),
        ("route_documents", replace(READY, verdict="NO_GO"), ["route"]),
        ("route_documents", READY, []),
        *((what, READY, []) for what in ("D02", "W04", "W06", "W07", "W08", "W09")),
    ],
)
def test_guards_hold_back_what_comes_too_early(
    playbook: Playbook, what: str, facts: PlanFacts, guards: list[str]
) -> None:
    assert [guard.id for guard in held_back(playbook.plan, what, facts)] == guards


def test_sponsor_lead_and_arbiter_must_all_be_named(playbook: Playbook) -> None:
    cast = Cast(holders={"sponsor": ELODIE, "lead": ELODIE})
    assert TESTS["people_named"](PlanFacts(cast=cast)), "the arbiter is the sponsor by default"
    assert not TESTS["people_named"](PlanFacts(cast=Cast(holders={"sponsor": ELODIE})))
    guards = {guard.id: guard for guard in playbook.plan.guards}
    assert not guards["people"].overridable
    assert (guards["goals"].overridable, guards["goals"].rule) == (True, "R18")
    assert {guard.needs for guard in playbook.plan.guards} == set(TESTS)


@pytest.mark.parametrize(
    ("start", "week", "day", "leaves_on"),
    [
        (date(2026, 1, 12), 0, 1, date(2026, 1, 12)),
        (date(2026, 1, 12), 1, 3, date(2026, 1, 21)),
        (date(2026, 1, 14), 0, 5, date(2026, 1, 20)),
        (date(2026, 1, 17), 0, 1, date(2026, 1, 19)),
    ],
)
def test_a_line_leaves_on_its_working_day(start: date, week: int, day: int, leaves_on: date) -> None:
    line = Line(week=week, day=day, to=("lead",), what="C04", minutes=2)
    assert leaves(line, start) == leaves_on


def test_what_the_caps_count_of_a_dialogue(playbook: Playbook) -> None:
    """The lead's own goals are a form; the team's questions of the same dialogue are not (2.1)."""
    plan, lead = playbook.plan, ("lead", "front", *MEMBER)
    assert outside_the_cap(plan, "D02", lead) == {"OBJ02", "OBJ03"}  # type: ignore[arg-type]
    assert outside_the_cap(plan, "D02", ("front", *MEMBER)) == frozenset()
    assert outside_the_cap(plan, "D10", lead) >= {"DAT01", "DAT05"}  # type: ignore[arg-type]
    assert stated_minutes(plan, "D02", ("sponsor", "team_all"), {"OBJ01", "OBJ02"}) == 10
    assert stated_minutes(plan, "D02", lead, {"OBJ01"}) == 5  # type: ignore[arg-type]
    assert stated_minutes(plan, "D14", MEMBER, {"VEN02"}) == 2, "asked twice, counted once a time"
    assert stated_minutes(plan, "D11", MEMBER, {"NEE02"}) == 0
