"""A digest as a page in one language: the first line, the small print, and the sections (journeys D1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.digest import parts
from bot.digest.page import Do, Page
from bot.digest.parts import Scene
from bot.rounds.cards import PHASES
from bot.words.text import Wording
from flows.digest.summary import Change, Digest, News
from flows.project import Project
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the sections: who has seen it, what it covers, the facilitator's sentence."""

    day: date  # on which it was made
    seen_by: tuple[str, ...] = ()  # display names of those who can see it before
    covers: tuple[date, date] | None = None  # a catch-up: from the day it was due to today
    note: str = ""
    note_by: str = ""  # display name
    checkin: str = ""  # the open check-in of the sponsor (C03), by its id
    check: str = ""  # of the audit (reliability T22)


def page(s: Scene, around: Around) -> Page:
    """Everything, or one line in a week in which nothing has changed."""
    w, d = s.w, s.digest
    note = ""
    if around.note:
        note = w("{name} adds: {note}", name=around.note_by, note=around.note)
    if d.quiet and not s.settled:
        return Page(head=_quiet(w, d), small=_small(w, around), note=note)
    return Page(
        head=head(w, s.project, d, s.model.labels),
        small=_small(w, around),
        note=note,
        parts=parts.all_parts(s),
        ways=(
            *_checkin(w, around),
            Do(label=w("Full diagnosis"), action="diag.open:digest", value=s.project.id),
            Do(label=w("In pictures"), action="progress.pictures:digest", value=s.project.id),
            Do(label=w("Digest settings"), action="digest.settings", value=s.project.id),
        ),
    )


def _checkin(w: Wording, around: Around) -> tuple[Do, ...]:
    """The sponsor's own check-in, where one is open."""
    label, id = w("Two-minute check-in, private"), around.checkin
    return (Do(label=label, action=f"checkin.open:{id}", value=id),) if id else ()


def head(w: Wording, project: Project, d: Digest, verdicts: Mapping[str, Words]) -> str:
    """The first line: state and change."""
    if d.weeks:
        place = w("{project}, week {week} of {weeks}", project=project.name, week=d.week, weeks=d.weeks)
    else:
        phase = PHASES.get(d.phase, PHASES["P1"])
        place = w("{project}, {phase}", project=project.name, phase=phase)
    change = _change(w, d, verdicts)
    state = _state(w, d.news)
    said = w("{place}: {state}", place=place, state=state)
    return w("{said}; {change}", said=said, change=change) if change else said


def _state(w: Wording, news: News) -> str:
    """ "one decision and one action wait for you"."""
    what = []
    if news.cases:
        what.append(w.plural("one decision", "{n} decisions", news.cases))
    if news.actions:
        what.append(w.plural("one action", "{n} actions", news.actions))
    if not what:
        return w("nothing waits for you")
    n = news.cases + news.actions
    return w.plural("{what} waits for you", "{what} wait for you", n, what=w.listed(what))


def _change(w: Wording, d: Digest, verdicts: Mapping[str, Words]) -> str:
    """The one change that says most; "" for the first digest."""
    change, n = d.news.change, d.news.by
    if change == "verdict" and d.readiness is not None:
        return w("the verdict is now “{verdict}”", verdict=verdicts[d.readiness.verdict])
    if change == "phase":
        return w("a new phase has begun: {phase}", phase=PHASES.get(d.phase, PHASES["P1"]))
    return COUNTED[change](w, n) if change in COUNTED else ""


#: Changes that are said with a figure, or without anything more.
COUNTED: Mapping[Change, Callable[[Wording, int], str]] = {
    "lots": lambda w, n: w.plural("the date of one lot has moved", "the dates of {n} lots have moved", n),
    "up": lambda w, n: w.plural("readiness is up by {n} point", "readiness is up by {n} points", n),
    "down": lambda w, n: w.plural("readiness is down by {n} point", "readiness is down by {n} points", n),
    "closed": lambda w, n: w.plural("one more dialogue is closed", "{n} more dialogues are closed", n),
    "dangers": lambda w, n: w.plural("one new critical point", "{n} new critical points", n),
    "steps": lambda w, n: w.plural("one small step", "{n} small steps", n),
    "group": lambda w, n: w("there is news of the group"),
    "none": lambda w, n: w("nothing else has changed"),
}


def _quiet(w: Wording, d: Digest) -> str:
    """One line that says that nothing has changed."""
    if d.next is None:
        return w("Nothing new needs you this week.")
    return w("Nothing new needs you this week. Next: {what}, {day}.", what=d.next.what, day=w.day(d.next.day))


def _small(w: Wording, around: Around) -> tuple[str, ...]:
    """The day, who reads it, what it covers, the check of the record."""
    said = [w.full_day(around.day)]
    if around.covers is not None:
        start, end = around.covers
        said.append(w("Late: covers {start} to {end}.", start=w.day(start), end=w.day(end)))
    if around.seen_by:
        names = w.listed(around.seen_by)
        said.append(w("Confidential: you; {names} can see it before you", names=names))
    else:
        said.append(w("Confidential: you"))
    if around.check:
        said.append(w("record check {check}", check=around.check))
    return tuple(said)
