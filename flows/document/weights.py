"""What documents say of weights that were settled once a vendor had shown something (NEE17)."""

from collections.abc import Iterable
from datetime import date

from flows.dates import short_date
from flows.dialogue.show import NOTHING
from flows.document.model import Block, Paragraph, typed
from flows.register.model import Kept
from flows.words import Words

WEIGHTS = "NEE17"
SETTLED_AFTER = Words(
    "The weights were settled on {day}, after the first demonstration ({first}), by decision {ref}.",
    "Les poids ont été arrêtés le {day}, après la première démonstration ({first}), par la décision {ref}.",
)
WITH_REASON = Words("{settled} Reason: {reason}", "{settled} Raison : {reason}")


def settled_after(records: Iterable[Kept]) -> tuple[Block, ...]:
    """The day, the first demonstration, the decision and its reason; nothing where the weights were fixed
    before any demonstration. Names nobody."""
    late = (one for one in records if one.source == WEIGHTS and one.fields.get("demonstrated_on"))
    return tuple(Paragraph(words=_said(one)) for one in late if one.status == "accepted")


def _said(one: Kept) -> Words:
    days = {"day": _day(one.fields.get("date")), "first": _day(one.fields["demonstrated_on"])}
    settled = SETTLED_AFTER.fill(ref=one.ref, **days)
    reason = one.fields.get("reason")
    return WITH_REASON.fill(settled=settled, reason=typed(str(reason))) if reason else settled


def _day(value: object) -> Words:
    return short_date(date.fromisoformat(str(value))) if value else NOTHING
