"""Which cards somebody may read now: one's own while a step is open, everybody's once it has closed.

Guests read none, nor does anybody read a step they were not in. Facilitators see no more than others. Where
people talk openly (W04) whoever has said that they cannot come was in none, and whoever takes the desk over
later reads what is written from then on.
"""

from collections.abc import Iterable
from dataclasses import replace

from flows.workshop.model import Card, Workshop
from flows.workshop.script import Script

#: Seen as soon as they are there: they are said to everybody.
PUBLIC = frozenset({"row", "decision", "to_three", "parked"})
#: Whose author everybody reads: who has filled a line, and who has decided.
NAMED = frozenset({"row", "decision"})
#: Methods in which what people put in is said aloud, one after the other.
ALOUD = frozenset({"round"})


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
