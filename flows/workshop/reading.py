"""Which cards somebody may read now: one's own while a step is open, everybody's once it has closed.

Guests read none, nor does anybody read a step they were not in. Facilitators see no more than others. Where
people talk openly (W04) whoever has said that they cannot come was in none, and whoever takes the desk over
later reads what is written from then on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flows.workshop.ballot import Line, Result
from flows.workshop.model import Card, Workshop
from flows.workshop.script import BallotKind, Script, Step

#: Seen as soon as they are there: they are said to everybody.
PUBLIC = frozenset({"row", "decision", "to_three", "parked"})
#: Whose author everybody reads: who has filled a line, and who has decided.
NAMED = frozenset({"row", "decision"})
#: Methods in which what people put in is said aloud, one after the other.
ALOUD = frozenset({"round"})
#: Votes on what people have put in, by what of them everybody may read: what was chosen.
CHOSEN: Mapping[BallotKind, str] = {"dots": "kept", "grid": "do_now"}


def hidden(workshop: Workshop, card: Card, *, aloud: bool = False) -> bool:
    """Whether a card is still its author's secret: its step is open, and it is no public kind."""
    if card.kind in PUBLIC or aloud or not workshop.running:
        return False
    return card.step == workshop.step and workshop.phase == "open" and workshop.ballot is None


def readable(workshop: Workshop, cards: Iterable[Card], reader: str, *, script: Script) -> tuple[Card, ...]:
    """What `reader` may read, in an order that tells nothing, unsigned ones without their author. "": the bot
    itself, which gathers ballots and draws the cards of the channel; it reads as the desk does."""
    facilitates = reader in ("", workshop.facilitator)
    since = desk_since(workshop, reader) if script.behind_doors and reader else 0
    aloud = {step.number for step in script.steps if step.method in ALOUD}
    private = set() if facilitates else {step.number for step in script.steps if step.private}
    found = []
    for card in sorted(cards, key=lambda card: card.id):
        own = bool(card.author) and card.author == reader
        shut = card.step in private or hidden(workshop, card, aloud=card.step in aloud)
        desk = facilitates and card.step >= since
        if own or (not shut and (desk or _may(script, workshop, card, reader))):
            found.append(card if own or card.signed or card.kind in NAMED else replace(card, author=""))
    return tuple(found)


def visited(script: Script, workshop: Workshop) -> bool:
    """Somebody from outside is there for some of its steps (W09)."""
    return bool(script.guests) and any(one.guest for one in workshop.people)


def unseen(script: Script, workshop: Workshop, step: int) -> bool:
    """They are not at this step, and read nothing of it."""
    return visited(script, workshop) and step not in script.guests


def within(script: Script, step: Step) -> bool:
    """Not everybody of the workshop takes part in this step: those who do read it, behind a button."""
    return step.sealed or any(step.number not in steps for steps in script.only.values())


def apart(script: Script, workshop: Workshop, step: Step) -> bool:
    """The same of everybody in the channel, visitors too."""
    return within(script, step) or unseen(script, workshop, step.number)


def chosen(script: Script, result: Result) -> tuple[Line, ...]:
    """What of a result everybody reads at once: of what some put in without the others, what was chosen. What
    was not stays in the minutes, unsigned, but for open talk (W04), of which nothing else is written."""
    if not within(script, script.step(result.step)) and not script.behind_doors:
        return result.lines
    if result.kind not in CHOSEN and not script.behind_doors:
        return result.lines
    wanted = CHOSEN.get(result.kind, "kept")
    return tuple(one for one in result.lines if one.outcome == wanted and one.figure)


def published(script: Script, workshop: Workshop, result: Result) -> tuple[Line, ...]:
    """What of a result everybody in the channel may read: of what the team says of a visitor, nothing."""
    if unseen(script, workshop, result.step):
        return ()
    return chosen(script, result)


def desk_since(workshop: Workshop, user: str) -> int:
    """The step at which they first came to the desk; 0: it was theirs from the start."""
    came = (deed.step for deed in workshop.trail if deed.what == "handed_over" and deed.to == user)
    return 0 if user == workshop.planned_by else next(came, 0)


def was_in(script: Script, workshop: Workshop, user: str, step: int) -> bool:
    """Whether they are in a step, or were: they may do what it asks, and read what came of it."""
    if script.behind_doors:
        return workshop.inside(user, step)
    return workshop.takes_part(user, step)


def _may(script: Script, workshop: Workshop, card: Card, reader: str) -> bool:
    one = workshop.person(reader)
    return one is not None and not one.guest and was_in(script, workshop, reader, card.step)
