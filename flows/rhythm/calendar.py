"""The calendar of 5.2: from a project's dates to what is due when. Pure; what was sent is told to it.

Two steps: every day that content's rules give (`laid_out`), then who goes first where two anonymous waves
would fall together (`waves_apart`). `due` picks what leaves today; what was missed comes once.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.cadence import add_working_days, is_working_day
from flows.fatigue import WEEK, monday
from flows.plan import Line, leaves
from flows.rhythm.phases import Dates, Lot, Name, Stretch, phase_of, stretches
from flows.wave.calendar import SENDING, sending_day

#: What the plan calls a check-in; those of them that are sent from Tuesday to Thursday, besides waves.
CHECKIN, MIDWEEK = re.compile(r"C\d\d"), ("C03", "C09")
#: The stretches in which the pulse and the worries are for the users of what is live.
USERS: tuple[Name, ...] = ("launch", "settling", "everyday")
#: Who goes first when two waves fall together (5.2). What is not here goes before them all.
FIRST = ("D07", "C08", "C02", "C01")
#: How long what was missed is still worth sending, while nothing newer of its kind is due. A wave may have
#: to wait for an answer to the last one.
STILL_USEFUL, WAVE_USEFUL = timedelta(days=7), timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the calendar, as content says it: in one stretch (`in_`), or by days from the go-live of
    each lot (`in_` empty). Exactly one of `days` and `every` says when."""

    what: str
    in_: Name | None = None
    days: tuple[int, ...] = ()  # from the origin of the stretch, or from the go-live
    every: int = 0  # days; the first falls one such period into the stretch, or on the day `first`
    first: int | None = None
    midweek: bool = False  # Tuesday to Thursday
    wave: bool = False
    users: bool = False  # only where a lot has users who have not been asked yet (D07)
    added: tuple[str, ...] = ()  # questions of dialogues asked with it …
    added_at: tuple[int, ...] = ()  # … on these days only; empty: on all
    added_every: int = 1  # … every so many times


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One time that something is due. `key` stays the same when its day moves."""

    key: str
    what: str
    day: date
    wave: bool = False
    midweek: bool = False
    added: tuple[str, ...] = ()
    lot: str = ""  # "LOT-1": it is about this lot
    age: int = 0  # days since the go-live, for what is about a lot
    rule: Name | None = None  # the stretch it belongs to
    users: bool = False  # for those users of the lot who have not been asked yet
    waits: bool = False  # later than its own day: another wave goes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of an occasion, or what somebody made of it."""

    state: str  # sent, skipped or moved
    day: date | None = None  # moved: to this day


def laid_out(rules: Sequence[Rule], dates: Dates, until: date) -> tuple[Occasion, ...]:
    """Every occasion from the start up to the day `until`, by day, as the rules have it."""
    found = [
        occasion
        for stretch in stretches(dates, until)
        for rule in rules
        if rule.in_ == stretch.name
        for occasion in _in_stretch(rule, stretch, dates.off)
    ]
    found += [
        occasion
        for lot in dates.lots
        for rule in rules
        if rule.in_ is None
        for occasion in _about_lot(rule, lot, until, dates.off)
    ]
    return tuple(sorted((one for one in found if one.day <= until), key=_by_day))


def waves_apart(
    occasions: Iterable[Occasion], taken: Collection[date] = (), off: Collection[date] = ()
) -> tuple[tuple[Occasion, ...], tuple[Occasion, ...]]:
    """The occasions with one new wave a week at most, and those left out because the same check-in came
    round again first. `taken`: Mondays of weeks in which another wave opens."""
    every = sorted(occasions, key=_by_day)
    kept, left_out = [one for one in every if not one.wave], list[Occasion]()
    to_place = [one for one in every if one.wave]
    week = monday(to_place[0].day) if to_place else None
    waiting: list[Occasion] = []
    while week is not None and (to_place or waiting):
        fresh = [one for one in to_place if monday(one.day) <= week]
        to_place = to_place[len(fresh) :]
        newest = {one.what: one for one in (*waiting, *fresh)}
        left_out += [one for one in (*waiting, *fresh) if newest[one.what] is not one]
        waiting = [*newest.values()]
        if waiting and week not in taken:
            goes = min(waiting, key=_urgency)
            waiting.remove(goes)
            kept.append(goes if monday(goes.day) == week else _in_week(goes, week, off))
        week += WEEK
    return tuple(sorted(kept, key=_by_day)), tuple(left_out)


def changed(occasions: Iterable[Occasion], made: Mapping[str, Made]) -> tuple[Occasion, ...]:
    """The occasions where somebody has put them, without those that were skipped."""
    return tuple(
        replace(one, day=was.day) if (was := made.get(one.key)) and was.state == "moved" and was.day else one
        for one in occasions
        if one.key not in made or made[one.key].state != "skipped"
    )


def asked_of(one: Occasion, dates: Dates, day: date) -> tuple[str, ...]:
    """The lots whose users a wave is for on this day (5.1): around a go-live its own, from the first go-live
    on all that are live; () while it is for the team."""
    if not one.wave or one.lot:
        return (one.lot,) if one.wave else ()
    if one.rule not in USERS:
        return ()
    return tuple(lot.ref for lot in dates.lots if lot.given is not None and lot.given <= day)


def due(
    occasions: Sequence[Occasion],
    made: Mapping[str, Made],
    today: date,
    *,
    held: Collection[str] = (),
    taken: bool = False,
) -> tuple[Occasion, ...]:
    """What leaves today: what has this day, and what was missed, unless something newer of its kind has
    come or it is too old to be worth sending. `held`: check-ins that something else holds back. `taken`:
    another wave opens this week. Of several waves one goes, so that an outage does not bring two at once."""
    newest: dict[tuple[str, str], Occasion] = {}
    for one in sorted(occasions, key=_by_day):
        if one.day <= today:
            newest[one.what, one.lot] = one
    ready = [one for one in newest.values() if one.what not in held and _leaves(one, made, today)]
    sent = (made[one.key].day or one.day for one in occasions if one.wave and _sent(one, made))
    full = taken or monday(today) in map(monday, sent)
    waves = [] if full else sorted((one for one in ready if one.wave), key=_urgency)[:1]
    return tuple(one for one in ready if not one.wave or one in waves)


def _leaves(one: Occasion, made: Mapping[str, Made], today: date) -> bool:
    """It was neither sent nor skipped, is still of use, and may be sent on such a day."""
    return (
        (one.key not in made or made[one.key].state == "moved")
        and today - one.day < (WAVE_USEFUL if one.wave else STILL_USEFUL)
        and (today.weekday() in SENDING if one.midweek else is_working_day(today))
    )


def _sent(one: Occasion, made: Mapping[str, Made]) -> bool:
    return one.key in made and made[one.key].state == "sent"


def of_plan(lines: Iterable[Line], dates: Dates) -> tuple[Occasion, ...]:
    """The check-ins of the plan of a scoping (2.1), which has the exact days of the first weeks: those that
    fall before the note is signed. Several lines of a day about one check-in are one occasion."""
    found: dict[str, Occasion] = {}
    for line in lines:
        day = leaves(line, dates.start)
        if not CHECKIN.fullmatch(line.what) or phase_of(dates, day) not in ("P0", "P1"):
            continue
        midweek = line.wave or line.what in MIDWEEK
        key = f"{line.what}.plan.{line.week}.{line.day}"
        found[key] = Occasion(
            key=key, what=line.what, wave=line.wave, midweek=midweek, added=line.added, rule="dense",
            day=sending_day(day, dates.off) if midweek else add_working_days(day, 0, dates.off),
        )  # fmt: skip
    return tuple(found.values())


def _in_stretch(rule: Rule, stretch: Stretch, off: Collection[date]) -> Iterable[Occasion]:
    """The days of one rule in one stretch."""
    if rule.every:
        begins = stretch.first + timedelta(days=rule.every if rule.first is None else rule.first)
        count = max((stretch.last - begins).days // rule.every + 1, 0)
        days = [begins + timedelta(days=rule.every * n) for n in range(count)]
    else:
        days = [stretch.origin + timedelta(days=n) for n in rule.days]
    for n, day in enumerate(days, start=1):
        if stretch.first <= day <= stretch.last:
            yield Occasion(
                key=f"{rule.what}.{stretch.name}{stretch.n}.{n}",
                what=rule.what,
                day=_sent_on(rule, day, off),
                wave=rule.wave,
                midweek=rule.midweek,
                added=_added(rule, n, (day - stretch.origin).days),
                rule=stretch.name,
            )


def _about_lot(rule: Rule, lot: Lot, until: date, off: Collection[date]) -> Iterable[Occasion]:
    """The days of one rule around the go-live of a lot. What comes after it needs a go-live that somebody
    gave; what comes before it goes by the planned one."""
    if lot.go_live is None:
        return
    ages = list(rule.days)
    if rule.every:  # from the last of its days on
        while lot.go_live + timedelta(days=ages[-1]) <= until:
            ages.append(ages[-1] + rule.every)
    for age in ages:
        if age < 0 or lot.given is not None:
            yield Occasion(
                key=f"{rule.what}.{lot.ref}.{age}",
                what=rule.what,
                day=_sent_on(rule, lot.go_live + timedelta(days=age), off),
                wave=rule.wave,
                midweek=rule.midweek,
                added=rule.added,
                lot=lot.ref,
                age=age,
                users=rule.users,
            )


def _sent_on(rule: Rule, day: date, off: Collection[date]) -> date:
    """The first day from this one on at which it may be sent."""
    return sending_day(day, off) if rule.midweek else add_working_days(day, 0, off)


def _added(rule: Rule, n: int, day: int) -> tuple[str, ...]:
    wanted = n % rule.added_every == 0 and (not rule.added_at or day in rule.added_at)
    return rule.added if wanted else ()


def _in_week(one: Occasion, week: date, off: Collection[date]) -> Occasion:
    """The same weekday of a later week, or the next one on which it may be sent."""
    return replace(one, day=sending_day(week + timedelta(days=one.day.weekday()), off), waits=True)


def _urgency(one: Occasion) -> tuple[int, date, str]:
    return (FIRST.index(one.what) if one.what in FIRST else -1, one.day, one.key)


def _by_day(one: Occasion) -> tuple[date, str]:
    return one.day, one.key
