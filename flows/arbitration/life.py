"""The life of a case: gathered, waiting, decided. No way leads to a decision without a reason and a loss."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flows.arbitration.model import LEAST, LONGEST, OTHER, Case, Option, Outcome, Position, Step
from flows.cadence import add_working_days, working_days_between
from flows.words import Words

#: Working days: those named give their words; the arbiter decides; the one reminder before the day.
TO_SAY, TO_DECIDE, REMIND = 2, 5, 4
Standing = Literal["gathering", "waiting", "due today", "overdue", "decided", "withdrawn"]
Problem = Literal["choose", "own words", "reason", "loss", "past"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the arbiter's form says. `own`: the arbiter's own way, where the choice is OTHER."""

    option: str
    own: str = ""
    reason: str
    loss: str
    reversible: bool = True
    review: date | None = None


def options(case: Case) -> tuple[Option, ...]:
    """What can be chosen: the points of a slider, or what the sides propose and the options nobody
    defends. The arbiter's own way is always there too."""
    if case.pair:
        return tuple(Option(key=key, words=words) for key, words in case.scale.items())
    proposed = [Option(key=one.option, words=Words.same(one.proposal)) for one in case.said if one.proposal]
    extra = [Option(key=f"o{n}", words=Words.same(text)) for n, text in enumerate(case.extra, start=1)]
    return (*proposed, *extra)


def say(case: Case, said: Position) -> Case:
    """The author's own words stand in the case. Somebody who was not asked changes nothing; nor does
    anybody once it has been decided or taken back."""
    asked = [one.author for one in case.positions]
    if said.author not in asked or not case.live:
        return case
    option = said.option if case.pair else f"p{asked.index(said.author) + 1}"
    words = said.words.strip()[:LONGEST]
    return _with(case, replace(said, state="said", option=option, words=words))


def decline(case: Case, author: str) -> Case:
    """ "Not my point": they give no words, and it is no position of theirs."""
    one = next((one for one in case.positions if one.author == author), None)
    if one is None or one.state != "asked" or not case.live:
        return case
    return _with(case, replace(one, state="declined"))


def _with(case: Case, position: Position) -> Case:
    rows = tuple(position if one.author == position.author else one for one in case.positions)
    return replace(case, positions=rows)


def complete(case: Case) -> bool:
    """Everybody who was asked has spoken or declined: it can go to the arbiter."""
    return all(one.state != "asked" for one in case.positions)


def send(case: Case, today: date) -> Case:
    """It is the arbiter's from today on, for five working days."""
    if case.state != "gathering":
        return case
    return replace(case, state="waiting", sent_on=today, due=add_working_days(today, TO_DECIDE))


def withdraw(case: Case, *, by: str, at: datetime) -> Case:
    """Taken back: people have agreed meanwhile; `by` "": it has been settled elsewhere."""
    if not case.live:
        return case
    step = Step(what="withdrawn" if by else "settled", by=by, at=at)
    return replace(case, state="withdrawn", trail=(*case.trail, step))


def waited(case: Case, today: date) -> int:
    """For how many working days the arbiter has had it; 0 while it is gathered."""
    return working_days_between(case.sent_on, today) if case.sent_on else 0


def standing(case: Case, today: date) -> Standing:
    """How it stands, for cards and lists."""
    if case.state != "waiting":
        return case.state
    if waited(case, today) > TO_DECIDE:
        return "overdue"
    return "due today" if case.due is not None and today >= case.due else "waiting"


def problems(case: Case, verdict: Verdict, today: date) -> dict[str, Problem]:
    """What keeps this from being a decision, by field; empty: nothing does."""
    found: dict[str, Problem] = {}
    if verdict.option != OTHER and verdict.option not in {one.key for one in options(case)}:
        found["option"] = "choose"
    if verdict.option == OTHER and not verdict.own.strip():
        found["own"] = "own words"
    if len(verdict.reason.strip()) < LEAST:
        found["reason"] = "reason"
    if len(verdict.loss.strip()) < LEAST:
        found["loss"] = "loss"
    if verdict.review is not None and verdict.review <= today:
        found["review"] = "past"
    return found


def settle(case: Case, verdict: Verdict, *, by: str, at: datetime, today: date) -> Case | None:
    """The case as decided; None when it is not to be: somebody was faster, it is not this person's, or
    something is missing."""
    if not case.live or by not in case.deciders or problems(case, verdict, today):
        return None
    chosen = next((one.words for one in options(case) if one.key == verdict.option), None)
    outcome = Outcome(
        option=verdict.option,
        words=chosen or Words.same(verdict.own.strip()),
        reason=verdict.reason.strip(),
        loss=verdict.loss.strip(),
        reversible=verdict.reversible,
        review=verdict.review,
        by=by,
        at=at,
    )
    return replace(case, state="decided", outcome=outcome)


def minority(case: Case) -> tuple[Position, ...]:
    """The positions that were not followed. On a slider: those on the other side of the point chosen."""
    if case.outcome is None:
        return ()
    return tuple(one for one in case.said if not _followed(case, one, case.outcome.option))


def _followed(case: Case, one: Position, chosen: str) -> bool:
    if not case.pair or OTHER in (one.option, chosen):
        return one.option == chosen
    return _side(one.option) == _side(chosen)


def _side(point: str) -> int:
    """Of a slider from 1 to 5: the first, the middle, the second."""
    middle = 3
    return (int(point) > middle) - (int(point) < middle)
