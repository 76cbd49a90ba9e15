"""Which key tasks come after which (PLA05): reads what people type, and finds loops.

Knows rows and records; computes no dates.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from flows.dialogue.model import Case

NUMBERED = re.compile(r"(TSK-)?([0-9]{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Links:
    """`after`: for each row, the rows it comes after, by index. `unknown`: (row, what was typed)."""

    after: tuple[tuple[int, ...], ...]
    unknown: tuple[tuple[int, str], ...] = ()

    @property
    def loop(self) -> tuple[int, ...]:
        """The rows of a loop, the first one again at the end; empty when there is none."""
        try:
            TopologicalSorter(dict(enumerate(self.after))).prepare()
        except CycleError as error:
            return tuple(error.args[1])
        return ()


def links(rows: Sequence[dict[str, Any]], known: Sequence[Case]) -> Links:
    """Read the column `after` of each row: "TSK-4", "4" or a task's name, with commas between.

    A number is that of a task in the register (`known`); a row that is not there yet will have the
    next numbers, in order. A task of the register that is no longer among the rows is left aside.
    """
    of_item = {case.item: int(case.ref.rpartition("-")[2]) for case in known}
    last = max(of_item.values(), default=0)
    numbers = _numbers(rows, of_item, last)
    names = {str(row.get("task", "")).casefold(): index for index, row in enumerate(rows)}
    after: list[tuple[int, ...]] = []
    unknown: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        found = []
        for typed in filter(None, map(str.strip, re.split(r"[,;\n]", str(row.get("after") or "")))):
            match = NUMBERED.fullmatch(typed)
            number = int(match[2]) if match else None
            place = numbers.get(number) if number is not None else names.get(typed.casefold())
            if place is not None:
                found.append(place)
            elif number is None or number > last:
                unknown.append((index, typed))
        after.append(tuple(dict.fromkeys(found)))
    return Links(tuple(after), tuple(unknown))


def _numbers(rows: Sequence[dict[str, Any]], of_item: Mapping[str, int], last: int) -> dict[int, int]:
    """From the number of a task to the index of its row."""
    numbers = {}
    for index, row in enumerate(rows):
        number = of_item.get(str(row.get("id")))
        if number is None:
            last = number = last + 1
        numbers[number] = index
    return numbers
