"""Planned and lived, side by side: what several people said of their steps, by area (D04, for W03).

Compares like with like: what is said of one area, and of one step in it. Says nothing of who said what
(W03: no judgement on people), and is for after the closing: nobody sees another's answer before.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flows.dialogue.model import Answer, Flow
from flows.project import FRONT_OFFICE

#: The questions that are read: whose area, and its steps.
AREA, STEPS = "PRO01", "PRO02"
#: The severity that means there is no gap; from the second one on it needs an owner (R21).
NO_GAP, SERIOUS = 1, 4
#: How far apart two views of one step are before they are said to differ.
APART = 2
#: What W03 asks of each front-office function: so many steps, so many with a change outside.
ENOUGH_STEPS, ENOUGH_OUTSIDE = 3, 1

Given = Mapping[str, Iterable[tuple[str, Answer]]]  # question -> (respondent, answer)
Seen = Literal["once", "alike", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How one person described one step. `key` finds its gap in the register: (respondent, line)."""

    key: tuple[str, str]
    cells: Mapping[str, Any]  # the line of PRO02 as it was given
    place: int  # which line of that person's it was, from 0

    @property
    def severity(self) -> int:
        """How serious the gap is, 1 to 5; 1 where it was left out."""
        found = str(self.cells.get("severity"))
        return int(found) if found in {"1", "2", "3", "4", "5"} else NO_GAP

    @property
    def name(self) -> str:
        """The step as it was called."""
        return " ".join(str(self.cells.get("step") or "").split())

    @property
    def outside(self) -> bool:
        """Something is changing outside."""
        return bool(str(self.cells.get("outside") or "").strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one area, as everybody described it: the widest gap first."""

    name: str
    accounts: tuple[Account, ...]

    @property
    def seen(self) -> Seen:
        """Whether those who described it see its gap alike."""
        if len(self.accounts) < 2:
            return "once"
        low, high = self.range
        return "apart" if high - low >= APART or low == NO_GAP < high else "alike"

    @property
    def range(self) -> tuple[int, int]:
        """The least and the most serious gap that is seen in it."""
        found = [one.severity for one in self.accounts]
        return min(found), max(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area, and what W03 has to work with in it. `code`: "" for those who did not say theirs."""

    code: str
    steps: tuple[Step, ...]
    present: bool  # somebody of the team holds this function

    @property
    def outside(self) -> int:
        """How many steps something is changing for outside."""
        return sum(any(one.outside for one in step.accounts) for step in self.steps)

    @property
    def gaps(self) -> int:
        """In how many steps somebody sees a gap."""
        return sum(step.range[1] > NO_GAP for step in self.steps)

    @property
    def steps_short(self) -> int:
        """How many steps W03 still needs."""
        return max(ENOUGH_STEPS - len(self.steps), 0)

    @property
    def outside_short(self) -> int:
        """How many changes outside W03 still needs."""
        return max(ENOUGH_OUTSIDE - self.outside, 0)


def applies(flow: Flow) -> bool:
    """Whether this dialogue sets planned and lived side by side."""
    return flow.question(STEPS) is not None


def areas(given: Given, functions: Iterable[str]) -> tuple[Area, ...]:
    """Every area of the front office on the customer's path, those nobody described included; then what
    was described without an area. `functions`: those the team has."""
    said = {who: str(answer.value) for who, answer in given.get(AREA, ()) if answer.given}
    described: dict[str, list[Account]] = {}
    for who, answer in given.get(STEPS, ()):
        if answer.given and isinstance(answer.value, list):
            area = said.get(who, "")
            described.setdefault(area if area in FRONT_OFFICE else "", []).extend(
                _accounts(who, answer.value)
            )
    held = set(functions)
    known = tuple(
        Area(code=code, steps=_steps(described.get(code, ())), present=code in held) for code in FRONT_OFFICE
    )
    rest = _steps(described.get("", ()))
    return (*known, Area(code="", steps=rest, present=True)) if rest else known


def _accounts(who: str, lines: Sequence[Any]) -> Iterable[Account]:
    for place, line in enumerate(lines):
        if isinstance(line, Mapping):
            yield Account(key=(who, str(line.get("id") or "")), cells=line, place=place)


def _steps(accounts: Iterable[Account]) -> tuple[Step, ...]:
    """Steps in the order of the path, like with like: one step has one name, however it is spelt."""
    found: dict[str, list[Account]] = {}
    for one in accounts:
        found.setdefault(_folded(one.name) or one.name, []).append(one)
    ordered = sorted(found.items(), key=lambda pair: (min(one.place for one in pair[1]), pair[0]))
    return tuple(_step(several) for _, several in ordered)


def _step(several: Iterable[Account]) -> Step:
    """The order tells of gaps and of words, not of who came first."""
    mixed = sorted(several, key=lambda one: (-one.severity, str(one.cells.get("lived") or ""), one.name))
    return Step(name=mixed[0].name, accounts=tuple(mixed))


def _folded(name: str) -> str:
    """ "Relance", "relance" and « Relancé » are one step."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()
