"""Every detector of small wins by its id, and what a project's facts amount to on one day.

Detectors read records of the project and nothing else (6.4 rule 2). Each gives what holds now; that a win
is one once in its life is kept by storage/win.py, whose keys are unique for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flows.wins import direction, people, plan, ways
from flows.wins.facts import Facts
from flows.wins.model import Found, Win, WinWords
from flows.words import Words

REVOCABLE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Detector:
    """What finds a win, and the placeholders that its words may use."""

    find: Callable[[Facts], Iterator[Found]]
    fills: tuple[str, ...] = ()


DETECTORS: Mapping[str, Detector] = {
    "WN01": Detector(direction.first_goal),
    "WN02": Detector(direction.had_their_say, ("dialogue",)),
    "WN03": Detector(direction.committed),
    "WN04": Detector(direction.counterweights),
    "WN05": Detector(direction.roles),
    "WN06": Detector(ways.side_by_side, ("function",)),
    "WN07": Detector(ways.whole_path),
    "WN08": Detector(ways.taken_in_hand, ("SID",)),
    "WN09": Detector(ways.all_decided),
    "WN10": Detector(ways.long_open, ("days", "ISS")),
    "WN11": Detector(ways.nothing_overdue),
    "WN12": Detector(direction.settled, ("DEC",)),
    "WN13": Detector(direction.chosen, ("TRD",)),
    "WN14": Detector(ways.realistic),
    "WN15": Detector(ways.let_go, ("function",)),
    "WN16": Detector(plan.on_paper, ("n",)),
    "WN17": Detector(plan.smaller, ("RSK",)),
    "WN18": Detector(plan.pace),
    "WN19": Detector(plan.in_steps),
    "WN20": Detector(plan.tested, ("ASM", "status")),
    "WN21": Detector(plan.at_the_table),
    "WN22": Detector(plan.changed_by_it),
    "WN23": Detector(direction.weak_point, ("rule_short",)),
    "WN24": Detector(people.dared, ("by", "statement")),
    "WN25": Detector(people.travels, ("function", "INI")),
    "WN26": Detector(people.said_and_done, ("title",)),
    "WN27": Detector(direction.signed),
    "WN28": Detector(direction.read_alike),
    "WN29": Detector(people.charter),
    "WN30": Detector(people.climbed),
    "WN31": Detector(plan.trained, ("LOT",)),
    "WN32": Detector(plan.done, ("LOT",)),
    "WN33": Detector(ways.said_honestly, ("ISS",)),
    "WN34": Detector(direction.commitments),
}


def detect(facts: Facts, words: WinWords) -> tuple[Found, ...]:
    """Whatever holds now and has words, by detector; each key once."""
    found = (one for id in words.auto for one in DETECTORS[id].find(facts))
    return tuple({(one.detector, one.key): one for one in found}.values())


def notes(facts: Facts) -> frozenset[str]:
    """What is to be remembered for a later look: that a share, or a score, is high now."""
    above = {ways.ABOVE} if facts.must_share is not None and facts.must_share > ways.REALISTIC else set()
    return frozenset(above | {plan.was_high(one.ref) for one in facts.risks if one.score >= plan.HIGH})


def said(found: Found, words: WinWords) -> Words:
    """The words of a win, filled in. The typed ones among them are never markup (bot/words/mrkdwn)."""
    auto = words.auto[found.detector]
    text = auto.say_anon if found.anonymous and auto.say_anon is not None else auto.say
    return text.fill(**found.values)


def revoked(facts: Facts, wins: Iterable[Win], day: Callable[[Win], date]) -> tuple[int, ...]:
    """The wins whose resolution was taken back within seven days (6.4 rule 5), by number. `day`: on which
    one was found, in the project's zone."""
    open_again = {one.ref for one in facts.issues if one.live}
    open_again |= {one.ref for one in facts.assumptions if one.status == "untested"}
    decided = {one.ref for one in facts.pairs}
    return tuple(
        win.number for win in wins
        if not win.revoked and facts.today - day(win) <= REVOCABLE
        and ((win.type in ("WN10", "WN20") and win.ref in open_again)
             or (win.type == "WN13" and win.ref not in decided))
    )  # fmt: skip
