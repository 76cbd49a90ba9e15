"""Which cards somebody may read now: one's own while a step is open, everybody's once it has closed.

Guests read none, nor does anybody read a step they were not in. Facilitators see no more than others.
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
    """What `reader` may read, in an order that tells nothing, unsigned ones without their author."""
    facilitates = reader == workshop.facilitator
    aloud = {step.number for step in script.steps if step.method in ALOUD}
    private = set() if facilitates else {step.number for step in script.steps if step.private}
    found = []
    for card in sorted(cards, key=lambda card: card.id):
        own = bool(card.author) and card.author == reader
        shut = card.step in private or hidden(workshop, card, aloud=card.step in aloud)
        if own or (not shut and _may(workshop, card, reader, facilitates)):
            found.append(card if own or card.signed or card.kind in NAMED else replace(card, author=""))
    return tuple(found)


def _may(workshop: Workshop, card: Card, reader: str, facilitates: bool) -> bool:
    one = workshop.person(reader)
    return facilitates or (one is not None and not one.guest and workshop.takes_part(reader, card.step))
