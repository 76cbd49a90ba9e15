"""What people do to a record by hand: each step of its life, from which states, and what must be said.

Pure. Who may take a step is bot/policy.py's; what an answer does to a record is not here. No step deletes
anything, and none decides by arbitration without a reason and what is given up (7.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Value
from flows.register.life import LIFE
from flows.register.model import Kept
from flows.words import Words

Name = Literal[
    "accept", "reject", "reopen", "supersede", "acknowledge", "start", "resolve", "drop", "reduce", "close",
    "happen", "confirm", "refute", "finish",
]  # fmt: skip
#: Characters that the outcome of an open point needs (6.4 rule 5).
OUTCOME = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `says`: the field that keeps the words it asks for, "" where it asks for none; the words
    of a step that only explains itself are kept in the record's history."""

    to: str
    from_: tuple[str, ...]
    says: str = ""
    short: bool = False  # a word is enough; else a sentence of OUTCOME characters


STEPS: Mapping[RecordKind, Mapping[Name, Step]] = {
    "decision": {
        "accept": Step(to="accepted", from_=("proposed",), says="reason", short=True),
        "reject": Step(to="rejected", from_=("proposed",), says="why", short=True),
        "reopen": Step(to="proposed", from_=("accepted", "rejected"), says="why", short=True),
        "supersede": Step(to="superseded", from_=("accepted",)),
    },
    "issue": {
        "acknowledge": Step(to="acknowledged", from_=("open",)),
        "start": Step(to="in_progress", from_=("open", "acknowledged")),
        "resolve": Step(to="resolved", from_=("open", "acknowledged", "in_progress"), says="resolution"),
        "drop": Step(to="dropped", from_=("open", "acknowledged", "in_progress"), says="why", short=True),
        "reopen": Step(to="open", from_=("resolved", "dropped"), says="why", short=True),
    },
    "risk": {
        "accept": Step(to="open", from_=("proposed",)),
        "reduce": Step(to="reduced", from_=("open",), says="why", short=True),
        "happen": Step(to="happened", from_=("open", "reduced"), says="why", short=True),
        "close": Step(to="closed", from_=("open", "reduced", "happened"), says="why", short=True),
        "reopen": Step(to="open", from_=("closed", "reduced"), says="why", short=True),
    },
    "assumption": {
        "confirm": Step(to="confirmed", from_=("untested",), says="found", short=True),
        "refute": Step(to="refuted", from_=("untested",), says="found", short=True),
        "reopen": Step(to="untested", from_=("confirmed", "refuted"), says="why", short=True),
    },
    "action": {
        "start": Step(to="in_progress", from_=("open",)),
        "finish": Step(to="done", from_=("open", "in_progress")),
        "drop": Step(to="dropped", from_=("open", "in_progress"), says="why", short=True),
        "reopen": Step(to="open", from_=("done", "dropped"), says="why", short=True),
    },
}

SAY_WHY = Words("Say why, in a few words.", "Dites pourquoi, en quelques mots.")
SAY_REASON = Words("A decision keeps its reason: say why.", "Une décision garde sa raison : dites pourquoi.")
SAY_HOW = Words("Say how it was decided.", "Dites comment elle a été décidée.")
SAY_LOSS = Words(
    "A decision by arbitration says what is given up.",
    "Une décision par arbitrage dit ce que l’on abandonne.",
)
SAY_OUTCOME = Words(
    "Say how it was settled, in at least {n} characters.",
    "Dites comment le point a été réglé, en {n} caractères au moins.",
)
SAME_DAY = Words(
    "You opened this point today. Let somebody else settle it, or come back tomorrow; “Dropped” is possible.",
    "Vous avez ouvert ce point aujourd’hui. Laissez quelqu’un d’autre le régler, ou revenez demain ; "
    "« Abandonner » reste possible.",
)
NOT_NOW = Words(
    "This is not possible any more: it is {state} now.", "Ce n’est plus possible : l’état est « {state} »."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that may be taken: the state from then on, the fields it sets, the words for the history."""

    status: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why not, and under which field of the form it is said ("" for none)."""

    field: str
    words: Words


def possible(kept: Kept) -> tuple[Name, ...]:
    """The steps that lead on from where the record is. Superseding is done by another decision."""
    steps = STEPS.get(kept.kind, {})
    return tuple(name for name, step in steps.items() if kept.status in step.from_ and name != "supersede")


def take(  # noqa: PLR0913 - a step: of what, which, what is said, by whom, when
    kept: Kept, name: Name, said: Mapping[str, str], *, by: str, today: date, opened: tuple[str, date] | None
) -> Taken | Refused:
    """Take a step. `said`: what the form holds, by field. `opened`: who opened the record by hand, and on
    which day; None for one that an answer has made."""
    step = STEPS.get(kept.kind, {}).get(name)
    if step is None or kept.status not in step.from_:
        return Refused(field="", words=NOT_NOW)
    words = " ".join(said.get(step.says, "").split()) and said[step.says].strip()
    if name == "accept" and kept.kind == "decision":
        return _accepted(kept, said, words, by=by, today=today)
    if name == "resolve" and len(words) < OUTCOME:
        return Refused(field=step.says, words=SAY_OUTCOME.fill(n=OUTCOME))
    if name == "resolve" and opened == (by, today):
        return Refused(field=step.says, words=SAME_DAY)
    if step.says and not words:
        return Refused(field=step.says, words=SAY_WHY)
    fields: dict[str, Value] = {step.says: words} if step.says not in ("", "why") else {}
    if name == "resolve":
        fields["resolved_by"] = by
    return Taken(status=step.to, fields=fields, reason=words or None)


def _accepted(kept: Kept, said: Mapping[str, str], words: str, *, by: str, today: date) -> Taken | Refused:
    """A decision holds with its reason and how it was taken; by arbitration also with what is given up."""
    reason = words or str(kept.fields.get("reason") or "").strip()
    loss = said.get("loss", "").strip() or str(kept.fields.get("loss") or "").strip()
    method = said.get("method") or kept.fields.get("method")
    if not method:
        return Refused(field="method", words=SAY_HOW)
    if lacking := lacks("accepted", {"reason": reason, "loss": loss, "method": method}):
        return lacking
    fields: dict[str, Value] = {"reason": reason, "method": method, "date": today.isoformat()}
    fields |= {"decided_by": by} | ({"loss": loss} if loss else {})
    if minority := said.get("minority", "").strip():
        fields["minority"] = minority
    return Taken(status="accepted", fields=fields, reason=words or None)


def changeable(kept: Kept) -> bool:
    """Whether what it says may still be changed: what was replaced or withdrawn is kept to be read."""
    return kept.status not in ("superseded", "withdrawn")


def lacks(status: str, fields: Mapping[str, Value]) -> Refused | None:
    """What a decision in this state must say and does not; None when it says everything."""
    if status != "accepted":
        return None
    if not str(fields.get("reason") or "").strip():
        return Refused(field="reason", words=SAY_REASON)
    if fields.get("method") == "arbitration" and not str(fields.get("loss") or "").strip():
        return Refused(field="loss", words=SAY_LOSS)
    return None


def leads_to(kind: RecordKind, status: str) -> tuple[str, ...]:
    """The states that life lets follow: what every step is held to."""
    return LIFE.get(kind, {}).get(status, ())
