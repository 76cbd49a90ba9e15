"""Half a year of waves, of a group that people join, leave and change places in (N3 of reliability 5).

The attacker knows who was invited to each wave, that everybody answered, and that nobody has changed their
mind; and adds and subtracts whatever was published. What is published is worked out by the core from ballots.
More groups with `make anonymity`.
"""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

import pytest

from flows.wave import box, closing, groups
from flows.wave.model import ENOUGH, Ballot, Comment, Item, ScaleKept
from flows.wave.secrecy import Held, banded, finds_few

GROUPS = 5_000 if os.environ.get("CADRAGE_ANONYMITY") == "all" else 30
WEEKS, FIRST = 26, date(2026, 1, 6)
PARTS = ("sales", "it", "service", "")
PRIME = (1 << 61) - 1

Group = dict[str, str]  # person -> function
Sums = list[frozenset[str]]  # groups of people whose mean is published


def unshuffled(comments: list[Comment]) -> None:
    """There are no texts here."""


@dataclass(kw_only=True)
class Year:
    """Waves of one group, one after the other, and whose means were shown."""

    held: list[Held] = field(default_factory=list)
    shown: Sums = field(default_factory=list)
    means: int = 0

    def asks(self, on: date, people: Group, answers: Mapping[str, int], what: str = "P01") -> None:
        """One wave, answered by everybody and closed."""
        if len(people) < ENOUGH:
            return
        parts = groups.followed(people.values(), ENOUGH)
        invited = {user: part if part in parts else "" for user, part in people.items()}
        item = Item(id=what, kind="scale", invited=len(people), groups=parts)
        filled = box.empty([item])
        for user, part in invited.items():
            ballot = Ballot(scales={what: answers[user]})
            filled = box.add(filled, ballot, group=part, shuffle=unshuffled)
        kept = closing.close([item], filled, threshold=ENOUGH, shuffle=unshuffled).kept[what]
        assert isinstance(kept, ScaleKept)
        told = {user: part if part in kept.groups else "" for user, part in invited.items()}
        self.held.append(Held(opened_on=on, items=(item,), invited=told))
        if not banded(self.held)[-1]:
            self.means += 1
            self.shown.append(frozenset(people))
            for name in kept.groups:
                self.shown.append(frozenset(user for user, part in told.items() if part == name))


def half_a_year(chance: random.Random) -> tuple[Year, Year]:
    """A group of 1 to 30, restless or calm: nobody, one person or several come, go or move in a week.
    Everybody is asked each week; and those who were at a workshop, whether it was worth it."""
    numbers = iter(range(10_000))
    people: Group = {f"U{next(numbers)}": chance.choice(PARTS) for _ in range(chance.randint(1, 30))}
    year, workshops, equal, restless = Year(), Year(), chance.random() < 0.2, chance.choice((0.05, 0.2, 1))
    answers: dict[str, int] = {}
    gone: Group = {}
    for week in range(WEEKS):
        for _ in range(chance.choice((1, 1, 2, 3, 5, 6)) if chance.random() < restless else 0):
            change(people, gone, chance, numbers)
        for user in people:
            answers.setdefault(user, 3 if equal else chance.randint(1, 5))
        year.asks(FIRST + timedelta(weeks=week), people, answers)
        present = {user: "" for user in people if chance.random() < 0.8}
        workshops.asks(FIRST + timedelta(weeks=week), present, answers, what="worth")
    return year, workshops


def change(people: Group, gone: Group, chance: random.Random, numbers: Iterator[int]) -> None:
    """Somebody joins, leaves, comes back, or moves to another function."""
    deed = chance.choice(("join", "leave", "back", "move"))
    if deed == "join" or not people:
        people[f"U{next(numbers)}"] = chance.choice(PARTS)
    elif deed == "leave":
        user = chance.choice(sorted(people))
        gone[user] = people.pop(user)
    elif deed == "back" and gone:
        user = chance.choice(sorted(gone))
        people[user] = gone.pop(user)
    else:
        people[chance.choice(sorted(people))] = chance.choice(PARTS)


def isolated(shown: Sums) -> frozenset[str]:
    """Fewer than five people whose answers alone follow from what is shown; empty when there are none such.

    People who are always shown together cannot be told apart. A combination of the sums that leaves only
    `few` exists when the sums without the columns of `few` depend on each other more than with them.
    """
    rows = sorted(set(shown), key=sorted)
    alike: dict[tuple[bool, ...], set[str]] = {}
    for user in frozenset().union(*rows):
        alike.setdefault(tuple(user in row for row in rows), set()).add(user)
    columns = list(alike)
    small = [column for column in columns if len(alike[column]) < ENOUGH]
    whole = rank(rows_of(columns, len(rows)))
    for many in range(1, ENOUGH):
        for few in combinations(small, many):
            if sum(len(alike[column]) for column in few) < ENOUGH:
                rest = [column for column in columns if column not in few]
                if rank(rows_of(rest, len(rows))) < whole:
                    return frozenset().union(*(alike[column] for column in few))
    return frozenset()


def rows_of(columns: Sequence[tuple[bool, ...]], many: int) -> list[list[int]]:
    return [[int(column[row]) for column in columns] for row in range(many)]


def rank(rows: list[list[int]]) -> int:
    """In a field so large that nothing vanishes in it by accident."""
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column] % PRIME), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        inverse = pow(pivot[column], -1, PRIME)
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] * inverse % PRIME
            if factor:
                rows[at] = [(a - factor * b) % PRIME for a, b in zip(rows[at], pivot, strict=True)]
        found += 1
    return found


def test_half_a_year_of_waves_isolates_nobody() -> None:
    means = 0
    for seed in range(GROUPS):
        for year in half_a_year(random.Random(seed)):  # noqa: S311 - the same in each run
            found = isolated(year.shown)
            assert not found, (seed, found)
            assert all(len(group) >= ENOUGH for group in year.shown)
            means += year.means
    assert means > GROUPS, "something is shown, or this would prove nothing"


TEAM = dict.fromkeys([f"U{n}" for n in range(8)], "it")


def held(people: Mapping[str, str], week: int = 0, *, what: str = "P01", same: str = "") -> Held:
    item = Item(id=what, kind="scale", invited=len(people), same=same)
    return Held(opened_on=FIRST + timedelta(weeks=week), items=(item,), invited=people)


def test_a_joiner_is_protected_the_week_after_too() -> None:
    """Nobody joins between the second week and the third; but between the first and the third, one did."""
    joined = {**TEAM, "UNEW": "it"}
    weeks = [held(TEAM), held(joined, 1), held(joined, 2), held(TEAM, 3), held(TEAM, 4)]
    assert banded(weeks) == (False, True, True, True, False), (
        "rule 4 in the fourth, the same as at first after it"
    )
    assert banded([held(TEAM), held(joined, 1), held(joined, 27)]) == (False, True, False), (
        "half a year later"
    )
    year = Year(shown=[frozenset(TEAM), frozenset(joined)])
    assert isolated(year.shown) == {"UNEW"}, "what the attacker would find otherwise"


@pytest.mark.parametrize(("many", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_fewer_than_five_who_join_or_leave_are_few(many: int, few: bool) -> None:
    more = {**TEAM, **dict.fromkeys([f"UNEW{n}" for n in range(many)], "it")}
    assert banded([held(TEAM), held(more, 1)])[1] is few
    assert banded([held(more), held(TEAM, 1)])[1] is few


def test_whoever_moves_to_another_function_joins_it() -> None:
    before = {f"U{n}": "it" if n < 6 else "sales" for n in range(12)}
    assert finds_few([held(before), held({**before, "U0": "sales"})])
    moved = {user: "sales" if part == "it" else "it" for user, part in before.items()}
    assert not finds_few([held(before), held(moved)])


def test_three_waves_tell_more_than_each_two() -> None:
    """Five come and another five go, so that each two waves differ by many; the two who were always there
    and the three who were there twice are found all the same."""
    one, two, three = "ABCDEFGH", "DEFGHIJK", "ABCFGHIJKLM"
    waves = [held(dict.fromkeys(users, ""), n) for n, users in enumerate((one, two, three))]
    assert finds_few(waves)


def test_only_waves_that_asked_the_same_are_held_against_each_other() -> None:
    joined = {**TEAM, "UNEW": "it"}
    assert banded([held(TEAM), held(joined, 1, what="C08a")]) == (False, False)
    assert banded([held(TEAM, what="BEL01"), held(joined, 1, what="B01", same="BEL01")]) == (False, True)
