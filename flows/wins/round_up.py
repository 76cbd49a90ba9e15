"""The team's weekly round-up (DOC8): what is said in which section, in which order. Says nothing itself.

Departments take turns to come first. No figure of anybody stands in it, and none of a department either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.project import FUNCTIONS
from flows.wins.model import Win
from flows.words import Words

#: The theme under which each type stands in WR01. What is not here has a section of its own.
THEMES: Sequence[tuple[Words, tuple[str, ...]]] = (
    (Words("Where we are going", "Notre cap"),
     ("WN01", "WN03", "WN04", "WN05", "WN13", "WN27", "WN28")),
    (Words("How we work", "Notre façon de travailler"),
     ("WN06", "WN07", "WN08", "WN09", "WM2")),
    (Words("What is settled", "Ce qui est réglé"),
     ("WN10", "WN11", "WN12", "WN14", "WN15", "WN23")),
    (Words("What comes is clearer", "La suite se précise"),
     ("WN16", "WN17", "WN18", "WN19", "WN20", "WN21", "WN22", "WN31", "WN32")),
    (Words("Between us", "Entre nous"),
     ("WN02", "WN29", "WN30", "WM1", "WM3", "WM5")),
)  # fmt: skip
SAID_AND_DONE = ("WN26",)  # WR02
TRIALS = ("WN24", "WN25")  # WR03
LEARNED = ("WM4", "WN33")  # WR04, with the assumptions that were refuted
REFUTED = "WN20"
UNSEEN = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the same detector's wins of a week stand in it together."""

    wins: tuple[Win, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The sections that are made of wins. A theme without any is not there."""

    moved: Mapping[Words, tuple[Line, ...]] = field(default_factory=dict)  # WR01
    done: tuple[Line, ...] = ()  # WR02
    trials: tuple[Line, ...] = ()  # WR03
    learned: tuple[Line, ...] = ()  # WR04

    @property
    def empty(self) -> bool:
        """A quiet week."""
        return not (self.moved or self.done or self.trials or self.learned)


def week_of(day: date) -> str:
    """ "2026-W07"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def content(wins: Iterable[Win], refuted: Iterable[str], day: date) -> Content:
    """What the round-up of this day says. `refuted`: the assumptions that turned out false, by number."""
    false = set(refuted)
    kept = sorted((win for win in wins if not win.revoked), key=lambda win: _turn(win, day))
    learned = [win for win in kept if win.type in LEARNED or (win.type == REFUTED and win.ref in false)]
    rest = [win for win in kept if win not in learned]
    moved = {theme: _lines(rest, types) for theme, types in THEMES}
    return Content(
        moved={theme: lines for theme, lines in moved.items() if lines},
        done=_lines(rest, SAID_AND_DONE),
        trials=_lines(rest, TRIALS),
        learned=_lines(learned, (*LEARNED, REFUTED)),
    )


def _turn(win: Win, day: date) -> tuple[int, int]:
    """The departments take turns, week after week; what is the whole team's comes after them."""
    if not win.functions or win.functions[0] not in FUNCTIONS:
        return len(FUNCTIONS), win.number
    place = FUNCTIONS.index(win.functions[0]) - day.isocalendar()[1]
    return place % len(FUNCTIONS), win.number


def _lines(wins: Sequence[Win], types: tuple[str, ...]) -> tuple[Line, ...]:
    """One line a win; those of one detector together in one."""
    found: dict[str, list[Win]] = {}
    for win in wins:
        if win.type in types:
            found.setdefault(win.name if win.manual else win.type, []).append(win)
    return tuple(Line(wins=tuple(several)) for several in found.values())


def unseen(
    functions: Iterable[str], wins: Iterable[tuple[Win, date]], today: date, since: date
) -> tuple[str, ...]:
    """The departments of the company of which no win has been seen for four weeks: said to the facilitator
    alone, as a hint to look (6.3). `since`: the day the project began, before which nothing could be."""
    if today - since < UNSEEN:
        return ()
    seen = {one for win, day in wins if not win.revoked and today - day < UNSEEN for one in win.functions}
    return tuple(one for one in dict.fromkeys(functions) if one in FUNCTIONS and one not in seen)
