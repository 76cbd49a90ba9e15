"""What comes of discovery, and of the review of the note (W09, W10)."""

from collections.abc import Mapping

from flows.dialogue.effects import Amend
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.ballot import Line
from flows.workshop.outcomes_made import SOLUTION, issue, record, risk, voted
from flows.workshop.outcomes_model import Fill, Held, Outcome, Send

NOTE = Words("The team carries the scoping note", "L’équipe soutient la note de cadrage")
CHANGE = Words("After {ref}, to look at: {text}", "Après {ref}, à examiner : {text}")
#: What can be seen of a criterion, the strongest evidence first (VEN07), and how it is called in a note.
LEVELS: Mapping[str, Words] = {
    "seen": Words("seen", "vu"),
    "claimed": Words("claimed", "affirmé"),
    "not_shown": Words("not shown", "pas montré"),
    "no": Words("not available", "indisponible"),
}
#: The grid of a session, and under which its attendance is kept (bot/rounds/attendance.py).
GRID, ATTENDED = "VEN07", "W09"
SPREAD = Words("{level}: {n}", "{level} : {n}")


def learned(held: Held, step: int) -> tuple[Outcome, ...]:
    """W09: what worries people is a proposed risk, unsigned; what they learned stands in the minutes."""
    session = held.workshop.about
    drafts = [
        risk(held, step, card.id, str(card.fields["worry"]), family=SOLUTION, session=session)
        for card in held.on_table("idea", step=step) if card.fields.get("worry")
    ]  # fmt: skip
    return (record(held, step, drafts), *_attended(held))


def _attended(held: Held) -> tuple[Amend, ...]:
    """Who was at the session, so that they are asked what they saw (D14). Visitors and vendors are not."""
    session = held.record(held.workshop.about)
    known = {*held.cast.everybody()}
    there = [one.user for one in held.workshop.people if one.seat in ("here", "left") and one.user in known]
    if session is None or not there:
        return ()
    before = session.fields.get("attendees") or ()
    return (Amend(question=ATTENDED, fields={session.ref: {"attendees": sorted({*before, *there})}}),)


def changes(held: Held, step: int) -> tuple[Outcome, ...]:
    """W09: each line proposes to change a need, a criterion or a lot, for the facilitator to look at."""
    session = held.workshop.about or held.place(step)
    drafts = [
        issue(held, step, card.id, CHANGE.fill(ref=session, text=in_title(text)), role="facilitator",
              family=SOLUTION, detail=text, changes=card.fields.get("what"), session=held.workshop.about)
        for card in held.rows(step) if (text := str(card.fields.get("text") or card.text).strip())
    ]  # fmt: skip
    return (record(held, step, drafts),)


def vendor_grid(held: Held, step: int) -> tuple[Outcome, ...]:
    """W09: the grid of the session (VEN07): what most have seen; where they are split, the weaker evidence of
    the middle. How far people were apart stands beside it, so that a mean hides nothing."""
    rows = [
        {"criterion": line.item.ref or line.item.id, "level": level(line), "note": spread(line, held)}
        for line in held.lines(step) if line.n
    ]  # fmt: skip
    if not rows or not held.workshop.about:
        return ()
    return (Fill(flow="D14", values={f"{GRID}@{held.workshop.about}": rows}),)


def level(line: Line) -> str:
    """What was seen of one criterion, by the middle of the answers; the weaker of two middles."""
    total, seen = sum(line.counts.get(one, 0) for one in LEVELS), 0
    for one in LEVELS:
        seen += line.counts.get(one, 0)
        if seen * 2 > total:
            return one
    return "no"


def spread(line: Line, held: Held) -> str:
    """ "vu : 3 · affirmé : 2": how many have chosen what."""
    said = [
        SPREAD.fill(level=words, n=line.counts[key]) for key, words in LEVELS.items() if line.counts.get(key)
    ]
    return " · ".join(one.in_(held.language) for one in said)


def readings(held: Held, step: int) -> tuple[Outcome, ...]:
    """W10: readings, support and signature are asked in D15, privately: that part is sent."""
    return (Send(flow="D15", part=held.script.id),)


def note_carried(held: Held, step: int) -> tuple[Outcome, ...]:
    """W10: the team carries the note, or not; minority views are kept in their words."""
    return voted(held, step, NOTE)
