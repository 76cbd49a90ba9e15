"""What a case leaves in the register: its trade-off, the decision, and what happens to what was contested."""

from collections.abc import Mapping
from datetime import date

from flows.arbitration.life import minority
from flows.arbitration.model import Case, Outcome
from flows.dialogue.effects import PREFIX, Draft
from flows.dialogue.model import Value
from flows.words import Words

#: What these records come from, in place of a question.
SOURCE = "arbitration"
#: In place of a person: the management committee decides as one.
COMMITTEE = "committee"
TITLE = Words("{title}: {choice}", "{title} : {choice}")
LONGEST_TITLE = 150


def tradeoff(case: Case) -> Draft:
    """The case itself, as people find it in the register: since when it waits, then what came of it."""
    fields: dict[str, Value] = {"pair": case.pair or case.title.en, "by": case.asked_by}
    if case.consequence:
        fields["consequence"] = case.consequence
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
        "decided_by": COMMITTEE if committee else outcome.by,
        "authority": case.seat,
        "method": "arbitration",
        "date": today.isoformat(),
        "reversible": outcome.reversible,
        "review_date": outcome.review.isoformat() if outcome.review else None,
        "from": case.ref,
        "supersedes": case.subject if contested_kind(case) == "decision" else None,
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


#: What becomes of the record that was contested, once it is settled, by kind.
AFTER: Mapping[str, str] = {"decision": "superseded", "issue": "resolved", "tradeoff": "decided"}


def contested_kind(case: Case) -> str:
    """The kind of record the case is about; "" when it is about none."""
    prefix = case.subject.partition("-")[0] if "-" in case.subject else ""
    return next((kind for kind, known in PREFIX.items() if known == prefix), "")


def _title(case: Case, outcome: Outcome) -> Words:
    found = TITLE.fill(title=case.title, choice=outcome.words)
    return Words(found.en[:LONGEST_TITLE], found.fr[:LONGEST_TITLE])
