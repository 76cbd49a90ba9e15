"""The digest itself (DOC7): what goes into it, in which order, how much of it, what is new since the last.

Decides; has no words of its own, reads no clock and remembers nothing. What was said last time comes as a
`Snapshot`, which holds codes and figures only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import floor
from typing import Literal

from flows.diagnosis.figures import exact
from flows.diagnosis.result import Verdict
from flows.digest.facts import Danger, Facts, Group, Need, Step, Threat, Waiting
from flows.progress import Lot, Milestone

#: At most one screen.
STEPS, WAITING, DANGERS = 3, 3, 5
Change = Literal[
    "first", "verdict", "phase", "lots", "up", "down", "closed", "dangers", "steps", "group", "none"
]  # fmt: skip
Moved = Literal["up", "same", "down"]
#: What is to be done; everything else that waits is to be settled.
TO_DO: tuple[Need, ...] = ("action", "condition", "signature")
#: What a diagnosis says while it can say nothing: as long as it has never said more, that is no news.
UNKNOWN = "INSUFFICIENT"
_ORDER: tuple[Threat, ...] = ("risk", "annex", "task", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a digest said, by codes: what the next one is compared with."""

    phase: str
    closed: int
    steps: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    lots: Mapping[str, str] = field(default_factory=dict)  # ref -> day
    verdict: str = ""
    readiness: int | None = None
    families: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The first line: how many decisions and actions wait, and the one change that says most."""

    cases: int
    actions: int
    change: Change
    by: int = 0  # dialogues closed, points of readiness, dangers


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A lot whose day has moved."""

    lot: Lot
    before: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One family: its score as a whole number, and where it has gone since the last digest."""

    family: int
    score: int
    moved: Moved | None  # None: nothing to compare with


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The diagnosis in four bands, an arrow and a verdict."""

    verdict: Verdict
    provisional: bool
    score: int | None  # None: nothing can be concluded yet
    moved: Moved | None
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The sponsor's next visible act: their own words, else a suggestion for the weakest family; 0 while
    nothing is known of any."""

    words: str = ""
    family: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest, in the order of DOC7. `quiet`: nothing has changed and nothing waits: one line."""

    on: date
    news: News
    quiet: bool
    steps: tuple[Step, ...]  # SD01
    waiting: tuple[Waiting, ...]  # SD02
    more: int  # how many more wait
    phase: str  # SD03
    week: int
    weeks: int
    closed: int
    total: int
    next: Milestone | None
    shifts: tuple[Shift, ...]
    dangers: tuple[Danger, ...]  # SD04
    groups: tuple[Group, ...]  # SD05
    readiness: Readiness | None  # SD06
    act: Act  # SD07


def digest(facts: Facts, before: Snapshot | None) -> Digest:
    """The digest of a day. `before`: what the last one said; None: there was none."""
    steps = _steps(facts.steps, before)
    shifts = _shifts(facts.progress.lots, before)
    readiness = _readiness(facts, before)
    now = snapshot(facts)
    waiting = _waiting(facts.waiting)
    change, by = _change(now, before, steps, shifts, readiness)
    actions = sum(one.kind in TO_DO for one in waiting)
    place = facts.progress
    return Digest(
        on=facts.on,
        news=News(cases=len(waiting) - actions, actions=actions, change=change, by=by),
        quiet=change == "none" and not waiting,
        steps=steps,
        waiting=waiting[:WAITING],
        more=max(len(waiting) - WAITING, 0),
        phase=place.phase,
        week=place.week,
        weeks=place.weeks,
        closed=place.closed,
        total=place.total,
        next=place.next,
        shifts=shifts,
        dangers=_dangers(facts.dangers),
        groups=facts.groups,
        readiness=readiness,
        act=_act(facts),
    )


def kept(found: Digest) -> Digest:
    """What of it may be read again later, also by facilitator and lead: without the sponsor's own words."""
    waiting = tuple(replace(one, later=None) for one in found.waiting)
    return replace(found, waiting=waiting, act=replace(found.act, words=""))


def snapshot(facts: Facts) -> Snapshot:
    """What a digest of these facts says, for the next one."""
    score = facts.score
    families = score.families if score else {}
    return Snapshot(
        phase=facts.progress.phase,
        closed=facts.progress.closed,
        steps=tuple(one.ref for one in facts.steps),
        waiting=tuple(one.ref for one in facts.waiting),
        dangers=tuple(one.ref for one in facts.dangers),
        groups=tuple(_told(one) for one in facts.groups),
        lots={one.ref: one.day.isoformat() for one in facts.progress.lots if one.day is not None},
        verdict=score.verdict if score else "",
        readiness=_shown(score.readiness) if score else None,
        families={n: whole for n, value in families.items() if (whole := _shown(value)) is not None},
    )


def _steps(found: Iterable[Step], before: Snapshot | None) -> tuple[Step, ...]:
    """The newest that were not in the last digest, of different functions as long as there are others."""
    fresh = [one for one in found if before is None or one.ref not in before.steps]
    first: dict[str, Step] = {}
    for one in fresh:
        first.setdefault(one.function or one.ref, one)
    spread = list(first.values())
    rest = [one for one in fresh if one not in spread]
    return tuple((spread + rest)[:STEPS])


def _waiting(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """What is to be settled before what is to be done; of each the next due first."""
    order = sorted(found, key=lambda one: (one.kind in TO_DO, one.due is None, one.due or date.min, one.ref))
    return tuple(order)


def settled(facts: Facts, then: Snapshot) -> tuple[str, ...]:
    """What waited for the sponsor in a digest and does not any more, by number."""
    now = {one.ref for one in facts.waiting}
    return tuple(ref for ref in then.waiting if ref not in now)


def _shifts(lots: Iterable[Lot], before: Snapshot | None) -> tuple[Shift, ...]:
    """Lots that were in the last digest with another day."""
    known = before.lots if before else {}
    found = (
        Shift(lot=one, before=date.fromisoformat(known[one.ref]))
        for one in lots
        if one.ref in known and (one.day is None or known[one.ref] != one.day.isoformat())
    )
    return tuple(found)


def _dangers(found: Iterable[Danger]) -> tuple[Danger, ...]:
    """The five gravest, blocking rules before anything else; shown in the order of the text."""
    kept = sorted(found, key=lambda one: (one.severity != "blocking", _ORDER.index(one.kind), -one.score))
    return tuple(sorted(kept[:DANGERS], key=lambda one: (_ORDER.index(one.kind), -one.score)))


def _readiness(facts: Facts, before: Snapshot | None) -> Readiness | None:
    score = facts.score
    if score is None:
        return None
    known = score.verdict != "INSUFFICIENT"
    now = {n: whole for n, value in score.families.items() if known and (whole := _shown(value)) is not None}
    then = before.families if before else {}
    return Readiness(
        verdict=score.verdict,
        provisional=score.provisional,
        score=_shown(score.readiness) if known else None,
        moved=_moved(_shown(score.readiness) if known else None, before.readiness if before else None),
        bands=tuple(
            Band(family=n, score=whole, moved=_moved(whole, then.get(n))) for n, whole in sorted(now.items())
        ),
    )


def _act(facts: Facts) -> Act:
    if facts.act:
        return Act(words=facts.act)
    families = facts.score.families if facts.score else {}
    scored = {n: value for n, value in families.items() if value is not None}
    weakest = min(scored, key=lambda n: (exact(scored[n]), n), default=0)
    return Act(family=weakest)


def _change(
    now: Snapshot,
    before: Snapshot | None,
    steps: tuple[Step, ...],
    shifts: tuple[Shift, ...],
    readiness: Readiness | None,
) -> tuple[Change, int]:
    """The change that says most, and by how much."""
    if before is None:
        return "first", 0
    points = 0
    if readiness is not None and readiness.score is not None and before.readiness is not None:
        points = readiness.score - before.readiness
    fresh = len(set(now.dangers) - set(before.dangers))
    found: tuple[tuple[bool, Change, int], ...] = (
        (now.verdict not in (before.verdict, before.verdict or UNKNOWN), "verdict", 0),
        (now.phase != before.phase, "phase", 0),
        (bool(shifts), "lots", len(shifts)),
        (points > 0, "up", points),
        (points < 0, "down", -points),
        (now.closed > before.closed, "closed", now.closed - before.closed),
        (fresh > 0, "dangers", fresh),
        (bool(steps), "steps", len(steps)),
        (now.groups != before.groups, "group", 0),
    )
    return next(((change, by) for holds, change, by in found if holds), ("none", 0))


def _told(one: Group) -> str:
    """What is said of a check-in, as one word to compare."""
    step = one.step.en if one.step else ""
    return ":".join((one.kind, one.asked, step, one.weight or "", one.went or "", str(one.replied)))


def _shown(value: float | None) -> int | None:
    """As it is shown: to the nearest whole number; a half counts up."""
    return None if value is None else floor(exact(value) + 0.5)


def _moved(now: int | None, before: int | None) -> Moved | None:
    if now is None or before is None:
        return None
    return "up" if now > before else "down" if now < before else "same"
