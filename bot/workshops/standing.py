"""The small line under the title of a step: until when, how many have answered, what becomes of votes.

Counts only. Coarse on purpose: a card is drawn again when a word of it changes.
"""

from datetime import datetime, timedelta

from bot.words.text import N_
from bot.workshops.scene import Scene
from flows import cadence
from flows.workshop.quorum import quorum
from flows.workshop.script import Step

ENDS, AT_ITS_HOUR = N_("Closes {when}, or once everybody has answered"), N_("Closes {when}")


def where(found: Scene, step: Step) -> str:
    """How long, how many have answered, who sees what."""
    workshop, w = found.workshop, found.w
    parts = [_time(found)]
    counted = step.ballot is not None or step.method in ("write", "read")
    if workshop.phase == "open" and counted and not step.sealed and workshop.voters:
        parts.append(
            w.plural(
                "{n} of {all} has answered", "{n} of {all} have answered",
                workshop.answers, all=len(workshop.voters),
            )
        )  # fmt: skip
    if workshop.voting:
        parts.append(w("Secret vote: held until the reveal, then only totals"))
        found_ = quorum(found.script, workshop)
        if not found_.reached:
            parts.append(w("without quorum so far: indicative only"))
    return " · ".join(part for part in parts if part)


def _time(found: Scene) -> str:
    """The end as a time of day, and minutes left; coarse, so that the card changes rarely."""
    workshop, w, now = found.workshop, found.w, found.now
    if workshop.state == "paused":
        return ""
    if workshop.due is None:
        late = workshop.phase in ("open", "preparing") and workshop.mode == "live"
        if not late:
            return ""
        return w("Time is up: {name} closes the step or adds time", name=found.name(workshop.facilitator))
    zone = cadence.zone(found.project.zone)
    ends = workshop.due.astimezone(zone)
    if workshop.mode == "async":
        when = w.moment(workshop.due, found.project.zone)
        return w(ENDS if _closes_early(found) else AT_ITS_HOUR, when=when)
    minutes = left(workshop.due, now)
    if not minutes:
        return w("Ends at {time}", time=w.hour(ends))
    return w.plural(
        "Ends at {time} ({n} minute left)", "Ends at {time} ({n} minutes left)", minutes, time=w.hour(ends)
    )


def _closes_early(found: Scene) -> bool:
    """In the channel most steps close once everybody has answered; where nothing knows who has, or one person
    decides, a step closes at its hour."""
    step = found.script.step(found.workshop.step)
    if found.workshop.voting or step.method == "close":
        return True
    return step.method != "decide" and not found.script.behind_doors


def left(due: datetime, now: datetime) -> int:
    """Whole minutes to go, rounded up; 0 when it is over."""
    return max(-(-(due - now) // timedelta(minutes=1)), 0)
