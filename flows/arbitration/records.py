"""What a case leaves in the register: its trade-off, the decision, and what happens to what was contested."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from flows.arbitration.life import minority, options
from flows.arbitration.model import Case, Outcome
from flows.dialogue.effects import PREFIX, Draft
from flows.dialogue.model import Value
from flows.words import Words

#: What these records come from, in place of a question.
SOURCE = "arbitration"
TITLE = Words("{title}: {choice}", "{title} : {choice}")
LONGEST_TITLE = 150


def tradeoff(case: Case) -> Draft:
    """The case itself, as people find it in the register: since when it waits, then what came of it."""
    fields: dict[str, Value] = {"pair": case.pair or case.title.en}
    if case.asked_by:
        fields["by"] = case.asked_by
    if case.consequence:
        fields["if_nobody"] = case.consequence
    if case.subject and not case.pair:
        fields["about"] = case.subject
    if case.sent_on is not None:
        fields["sent_on"] = case.sent_on.isoformat()
    status = {"decided": "decided", "withdrawn": "withdrawn"}.get(case.state, "proposed")
    title, settled = case.title, case.outcome
    if settled is not None:
        title = _title(case, settled)
        ref = f"{PREFIX['decision']}-{settled.decision}"
        fields |= {"reason": settled.reason, "loss": settled.loss, "decision": ref}
    return Draft(
        kind="tradeoff",
        item=SOURCE,
        title=title,
        due=case.due,
        status=status,
        restricted=case.restricted,
        seen_by=case.seen_by,
        fields=fields,
    )


def decision(case: Case, outcome: Outcome, today: date, names: Mapping[str, str]) -> Draft:
    """The decision, with its reason, what is given up, and the minority view in its own words."""
    against = [f"“{one.words}” ({names.get(one.author, one.author)})" for one in minority(case) if one.words]
    committee = case.seat == "committee"
    fields: dict[str, Value] = {
        "choice": outcome.words.en,
        "reason": outcome.reason,
        "loss": outcome.loss,
        "minority": "\n".join(against),
        "decided_by": None if committee else outcome.by,
        "authority": case.seat,
        "method": "arbitration",
        "date": today.isoformat(),
        "reversible": "yes" if outcome.reversible else "no",
        "review_date": outcome.review.isoformat() if outcome.review else None,
        "question": case.title.en,
        "context": case.why,
        "options": "\n".join(one.words.en for one in options(case)),
    }
    return Draft(
        kind="decision",
        item=SOURCE,
        title=_title(case, outcome),
        owner=None if committee else outcome.by,
        status="accepted",
        restricted=case.restricted,
        seen_by=case.seen_by,
        fields={key: value for key, value in fields.items() if value not in (None, "")},
    )


RESOLUTION = Words("{ref}: {choice}", "{ref} : {choice}")


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What becomes of the record that was contested, and how the decision points to it."""

    move: str  # as its history calls it
    status: str | None  # None: as it is
    link: Literal["supersedes", "settles"]
    fields: Mapping[str, Value] = field(default_factory=dict)


def after(case: Case, made: Outcome) -> After | None:
    """What becomes of what was contested; None when it is no record."""
    kind = contested_kind(case)
    if kind == "decision":
        return After(move="supersede", status="superseded", link="supersedes")
    if kind == "issue":
        ref = f"{PREFIX['decision']}-{made.decision}"
        said = RESOLUTION.fill(ref=ref, choice=made.words).en
        fields = {"resolution": said, "resolved_by": made.by}
        return After(move="resolve", status="resolved", link="settles", fields=fields)
    status = "decided" if kind == "tradeoff" else None
    return After(move="settle", status=status, link="settles") if kind else None


def contested_kind(case: Case) -> str:
    """The kind of record the case is about; "" when it is about none."""
    prefix = case.subject.partition("-")[0] if "-" in case.subject else ""
    return next((kind for kind, known in PREFIX.items() if known == prefix), "")


def _title(case: Case, outcome: Outcome) -> Words:
    found = TITLE.fill(title=case.title, choice=outcome.words)
    return Words(found.en[:LONGEST_TITLE], found.fr[:LONGEST_TITLE])
