"""What documents say of weights that were changed once a vendor had shown something (NEE17)."""

from collections.abc import Iterable
from datetime import date

from flows.dates import short_date
from flows.dialogue.show import NOTHING
from flows.document.model import Block, Paragraph, typed
from flows.register.model import Kept
from flows.words import Words

WEIGHTS = "NEE17"
CHANGED_AFTER = Words(
    "The weights were changed on {day}, after the first demonstration ({first}), by decision {ref}: {reason}",
    "Les poids ont été changés le {day}, après la première démonstration ({first}), par la décision {ref} : "
    "{reason}",
)


def changed_after(records: Iterable[Kept]) -> tuple[Block, ...]:
    """The day, the first demonstration, the decision and its reason; nothing where the weights were fixed
    before any demonstration. Names nobody."""
    late = (one for one in records if one.source == WEIGHTS and one.fields.get("demonstrated_on"))
    return tuple(Paragraph(words=_said(one)) for one in late if one.status == "accepted")


def _said(one: Kept) -> Words:
    reason = typed(str(one.fields.get("reason") or NOTHING.en))
    days = {"day": _day(one.fields.get("date")), "first": _day(one.fields["demonstrated_on"])}
    return CHANGED_AFTER.fill(ref=one.ref, reason=reason, **days)


def _day(value: object) -> Words:
    return short_date(date.fromisoformat(str(value))) if value else NOTHING
