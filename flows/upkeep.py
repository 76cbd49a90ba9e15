"""Nobody's item rots: when its owner is reminded, who hears of it once it is overdue (journeys 6).

Three reminders an item and person, three working days apart; overdue by five working days the lead is told,
by ten the arbiter, once each. Knows no names, no words and no hours; reads no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from flows.cadence import add_working_days, working_days_between
from flows.dialogue.effects import RecordKind
from flows.register.life import OVER
from flows.register.model import Kept

EVERY, MOST = 3, 3  # working days between two reminders; reminders an item
#: By how many working days an item is overdue when the next level hears of it, once.
LEVELS = (5, 10)
Whom = Literal["owner", "lead", "arbiter", "name"]
Snooze = Literal["1", "3", "week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is due: an issue, an action, a risk's review, an assumption's test, a decision's."""

    ref: str
    due: date  # see `reckoned_from`
    owner: str = ""  # Slack user who sees to it; "": nobody, or somebody who has left


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What has been said of one item so far. About this date and this owner: others begin again."""

    ref: str
    due: date
    owner: str = ""
    said: int = 0
    said_on: date | None = None
    quiet_until: date | None = None
    stopped: bool = False
    level: int = 0
    level_on: date | None = None  # the day on which the latest level heard of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is to be said of an item today, and to whom. "name": it has nobody; the lead names somebody."""

    ref: str
    whom: Whom


def due_of(record: Kept) -> date | None:
    """By when somebody should look at it; None where nothing is expected of anybody."""
    if record.kind == "decision":
        review = record.fields.get("review_date") if record.status == "accepted" else None
        return date.fromisoformat(str(review)) if review else None
    return record.due if record.kind in KINDS and record.status not in OVER else None


def reckoned_from(record: Kept) -> date | None:
    """The day its lateness counts from: its date, or the day it was recorded where that is later, as with
    what is brought in from a file. Nobody is late with what they could not know of."""
    due = due_of(record)
    return max(due, record.created_at.date()) if due is not None else None


KINDS: tuple[RecordKind, ...] = ("issue", "action", "risk", "assumption")


def owner_of(record: Kept, *, here: Iterable[str]) -> str:
    """Who sees to it, of those who are still `here`: a decision is looked at again by whoever took it."""
    taken_by = str(record.fields.get("decided_by") or "") if record.kind == "decision" else ""
    wanted = (record.owner or "", taken_by)
    known = set(here)
    return next((user for user in wanted if user in known), "")


def current(item: Item, kept: Upkeep | None) -> Upkeep:
    """What has been said of it as it is now. Another owner hears of it anew; another date is a new start
    for everybody."""
    fresh = Upkeep(ref=item.ref, due=item.due, owner=item.owner)
    if kept is None or kept.due != item.due:
        return fresh
    return kept if kept.owner == item.owner else replace(fresh, level=kept.level, level_on=kept.level_on)


def step(item: Item, kept: Upkeep | None, today: date) -> tuple[Upkeep, tuple[Word, ...]]:
    """What stands about it from today on, and what is to be said of it today."""
    now, words = current(item, kept), []
    if _speaks(now, today):
        whom: Whom = "owner" if item.owner else "name"
        words.append(Word(ref=item.ref, whom=whom))
        now = replace(now, said=now.said + 1, said_on=today, quiet_until=None)
    late = working_days_between(item.due, today)
    if now.level < len(LEVELS) and late >= LEVELS[now.level]:
        levels: tuple[Whom, ...] = ("lead", "arbiter")
        words.append(Word(ref=item.ref, whom=levels[now.level]))
        now = replace(now, level=now.level + 1, level_on=today)
    return now, tuple(words)


def _speaks(now: Upkeep, today: date) -> bool:
    """Whether this is a day for a reminder."""
    if now.stopped or now.said >= MOST or today < now.due:
        return False
    if now.quiet_until is not None:
        return today >= now.quiet_until
    return now.said_on is None or today >= add_working_days(now.said_on, EVERY)


def until(snooze: Snooze, today: date) -> date:
    """The day to which a reminder is put off: the next working day, three on, or next Monday."""
    if snooze == "week":
        return today + timedelta(days=7 - today.weekday())
    return add_working_days(today, int(snooze))


def snoozed(kept: Upkeep, snooze: Snooze, today: date) -> Upkeep:
    """Quiet until then. It is not forgotten, and whoever must hear of it once it is overdue does."""
    return replace(kept, quiet_until=until(snooze, today))


def stopped(kept: Upkeep) -> Upkeep:
    """Never said again to this person. The item keeps its date."""
    return replace(kept, stopped=True, quiet_until=None)
