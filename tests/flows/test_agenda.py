"""What people disagree on is treated by the next workshop, pairs by the one that settles them (3.4, W08)."""

from datetime import UTC, date, datetime
from typing import Any

from flows.agenda import about, agendas, to_treat
from flows.plan import PlanFacts
from flows.playbook import Playbook
from flows.register.model import Kept
from flows.timetable import Change, Timetable, steps, timetable
from flows.words import Words
from tests.flows.stage import BOREAL

START = date(2026, 1, 12)


def point(number: int, status: str = "open", **fields: Any) -> Kept:
    return Kept(
        kind="issue", number=number, title=Words.same("Agree"), status=status, fields=fields,
        created_at=datetime(2026, 1, 12, 9, tzinfo=UTC),
    )  # fmt: skip


def table(playbook: Playbook, *done: str) -> Timetable:
    """The plan, these workshops held."""
    every = steps(playbook.plan, {*playbook.flows, *(f"wave {id}" for id in playbook.waves)})
    held = {each.key: Change(state="sent") for each in every if each.what in done}
    facts = PlanFacts(cast=BOREAL)
    return timetable(playbook.plan, every, start=START, changes=held, facts=facts, today=START, aside=set())


def whats(playbook: Playbook, *done: str, pairs: tuple[str, ...] = ()) -> list[tuple[str, int, int]]:
    """Each agenda as workshop, points, pairs."""
    found = agendas(table(playbook, *done), (point(1),), pairs)
    assert sum(one.total for one in found) == 1 + len(pairs)
    return [(one.placed.step.what if one.placed else "", len(one.points), len(one.pairs)) for one in found]


ALL = ("W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10")


def test_a_point_goes_to_the_next_workshop_and_on_to_the_one_after(playbook: Playbook) -> None:
    assert whats(playbook) == [("W01", 1, 0)]
    assert whats(playbook, "W01", "W02") == [("W03", 1, 0)]
    assert whats(playbook, *ALL) == [("", 1, 0)]


def test_pairs_wait_for_the_workshop_that_settles_them(playbook: Playbook) -> None:
    assert whats(playbook, pairs=("ARB01", "ARB04")) == [("W01", 1, 0), ("W08", 0, 2)]
    assert whats(playbook, *ALL[:7], "W09", pairs=("ARB01",)) == [("W08", 1, 1)]
    assert whats(playbook, *ALL[:9], pairs=("ARB01",)) == [("W10", 1, 1)]  # W08 was held without settling it
    assert whats(playbook, *ALL, pairs=("ARB01",)) == [("", 1, 1)]


def test_only_open_points_that_wait_for_a_workshop_are_on_it() -> None:
    on = point(1, agenda="next_workshop", contested="OBJ08")
    by_hand = point(4, "in_progress", agenda="next_workshop")
    kept = (on, point(2), point(3, "resolved", agenda="next_workshop", contested="OBJ07"), by_hand)
    assert to_treat(kept) == (on, by_hand)
    assert about(kept) == {"OBJ08": "ISS-1"}
