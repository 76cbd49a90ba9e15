"""What a document prints where an answer is missing: never blank, never invented (7.1).

Answers of people are shown once their dialogue is closed, as the screens promise; until then only
how many there are. Forms are shown at once. Who has not answered is never said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flows.dates import short_date
from flows.dialogue.model import Answer, Flow, Question
from flows.dialogue.path import asked_still
from flows.dialogue.visible import withheld
from flows.document.facts import Asked, NoteFacts
from flows.document.model import Missing, typed
from flows.playbook.model import Playbook
from flows.register.life import OVER
from flows.register.model import Kept
from flows.roles import asked_of
from flows.words import Words

NEVER_ASKED = Words("⚠ To be completed — not asked yet", "⚠ À compléter — pas encore demandé")
UNANSWERED = Words(
    "⚠ To be completed — asked of {role}, unanswered {days}",
    "⚠ À compléter — demandé {role}, sans réponse {days}",
)
COUNT = Words("⚠ {n} of {expected} answers", "⚠ {n} réponses sur {expected}")
COUNT_FEW = Words("⚠ {n} of {expected} answers", "⚠ {n} réponse sur {expected}")  # French: 0 and 1
COUNT_ONE = Words("⚠ {n} of {expected} answer", "⚠ {n} réponse sur {expected}")
SHOWN_LATER = Words("{count}; shown once this closes{when}", "{count} ; visible à la clôture{when}")
ATTENDED = "session_attended"  # the records that such a question is asked about: flows/dialogue/cases.py
OPEN_QUESTION = Words(
    "❓ Open question {ref}: {title} — owner {name}{due}",
    "❓ Question ouverte {ref} : {title} — porteur {name}{due}",
)
SET_ASIDE = Words("Set aside by decision {ref}: {reason}", "Écarté par décision {ref} : {reason}")
SET_ASIDE_UNSAID = Words(
    "Set aside by decision {ref}: ⚠ reason not given", "Écarté par décision {ref} : ⚠ raison non donnée"
)
NOBODY_OWNS = Words("not named", "non désigné")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One question of the playbook beside what is known of its answers."""

    playbook: Playbook
    facts: NoteFacts
    flow: Flow
    question: Question
    case: str = ""  # of a question asked for each of several records, the record; "": all of them

    @property
    def rows(self) -> tuple[tuple[str, Answer], ...]:
        """(respondent, latest answer), exits included; of a follow-up, while its question asks for it."""
        id = self.question.id
        if self.case:
            return self._of(f"{id}@{self.case}")
        own = self._of(id)
        if self.question.per is None:
            return own
        cases = (self._of(key) for key in self.facts.answers if key.startswith(f"{id}@"))
        return (*own, *(row for rows in cases for row in rows))

    def _of(self, key: str) -> tuple[tuple[str, Answer], ...]:
        answers, (_, at, case) = self.facts.answers, key.partition("@")

        def before(question: str, who: str) -> Answer | None:
            rows = answers.get(f"{question}{at}{case}") or answers.get(question, ())
            said = dict(rows).get(who) or next((one for _, one in rows), None)
            return said if said is not None and said.given else None

        return tuple(
            (who, said) for who, said in answers.get(key, ())
            if asked_still(self.question, partial(before, who=who))
        )  # fmt: skip

    def of(self, case: str) -> "Source":
        """The same question as it was asked for one record."""
        return replace(self, case=case)

    @property
    def asked(self) -> Asked | None:
        """When its dialogue was sent; None if never. A later part counts once somebody was asked."""
        sent = self.facts.dialogues.get(self.flow.id)
        waits_for_part = self.question.part is not None and not self.facts.expected.get(self.question.id)
        return None if waits_for_part else sent

    @property
    def given(self) -> tuple[tuple[str, Answer], ...]:
        """The answers that may be shown now: none while people's answers are still coming in."""
        if self.question.visibility != "open" or self.withheld:
            return ()
        return tuple((who, answer) for who, answer in self.rows if answer.given)

    @property
    def withheld(self) -> bool:
        """People's own answers, whose dialogue is still open, and of which none stands from a time before."""
        return self.question.id not in self.facts.stands and self.coming

    @property
    def coming(self) -> bool:
        """What people are answering for themselves now."""
        return withheld(self.question, is_open=self.asked is None or not self.asked.closed)

    def holds_back(self, record: Kept) -> bool:
        """Whether this record was made from an answer that waits for the closing."""
        latest = self.asked.run if self.asked is not None else ""
        return self.coming and (not latest or not record.dialogue or record.dialogue == latest)

    @property
    def decision(self) -> Kept | None:
        """The decision that settles it, if one is accepted and may be shown."""
        found = (r for r in self.facts.records if r.kind == "decision" and r.source == self.question.id)
        return next((r for r in found if r.status == "accepted" and not r.restricted), None)

    @property
    def contested(self) -> bool:
        """People disagree on it, as far as the team may read that."""
        found = self.facts.judged.found
        return found is not None and any(one.id == self.question.id for one in found.contested)

    @property
    def differs(self) -> Kept | None:
        """The open point that those asked left who do not say the same (SPO05), if it may be shown."""
        item = f"{self.question.id}-differ"
        return next((r for r in self.facts.records if r.item == item and self._about(r)), None)

    def asked_about(self, id: str) -> Question | None:
        """Any question of the playbook, by its id."""
        return question(self.playbook, id)

    @property
    def issue(self) -> Kept | None:
        """The open point that "I don't know" left, if it still is open and may be shown."""
        return next((r for r in self.facts.records if r.asked_by and self._about(r)), None)

    def _about(self, record: Kept) -> bool:
        open_issue = record.kind == "issue" and record.status not in OVER and not record.restricted
        return open_issue and record.source == self.question.id


def question(playbook: Playbook, id: str) -> Question | None:
    """The question `id`; None when no flow has it."""
    return next((found for flow in playbook.flows.values() if (found := flow.question(id))), None)


def find(playbook: Playbook, facts: NoteFacts, id: str) -> Source:
    """The question `id` of the playbook. Raises KeyError when no flow has it."""
    for flow in playbook.flows.values():
        asked = flow.question(id)
        if asked is not None:
            return Source(playbook=playbook, facts=facts, flow=flow, question=asked)
    raise KeyError(id)


def missing(source: Source) -> Missing:
    """The line that stands where the answer would."""
    question, facts = source.question, source.facts
    if source.issue is not None:
        words = open_question(source.issue, facts)
    elif source.asked is None:
        words = NEVER_ASKED
    elif source.withheld:
        words = SHOWN_LATER.fill(count=_count(source), when=_when(source.asked))
    elif source.decision is not None:
        words = set_aside(source.decision)
    elif _expected(source) > 1 and not question.shared:
        words = _count(source)
    else:
        words = UNANSWERED.fill(role=asked_of(question.audience), days=_days(source))
    label = Words("{short}: {said}", "{short} : {said}").fill(short=question.short, said=words)
    return Missing(words=label, question=question.id)


def set_aside(decision: Kept) -> Words:
    """ "Set aside by decision DEC-3: …" """
    reason = str(decision.fields.get("reason") or "")
    words = SET_ASIDE if reason else SET_ASIDE_UNSAID
    return words.fill(ref=decision.ref, reason=typed(reason))


def _count(source: Source) -> Words:
    n = sum(answer.given for _, answer in source.rows)
    expected = max(_expected(source), n)
    words = COUNT_ONE if expected == 1 else COUNT if n > 1 else COUNT_FEW
    return words.fill(n=n, expected=expected)


def _expected(source: Source) -> int:
    """How many answers are due: of what is asked about each session, those of who was there, of each."""
    facts, asked = source.facts, source.question
    people = facts.expected.get(asked.id, 1)
    if asked.per is None:
        return people
    about = [one for one in live(facts, asked.per) if source.case in ("", one.ref)]
    if asked.cases == ATTENDED:
        return sum(len(one.fields.get("attendees") or ()) for one in about)
    return people * len(about)


def _when(asked: Asked) -> Words:
    if asked.closes_on is None:
        return Words("", "")
    return Words(" ({day})", " ({day})").fill(day=short_date(asked.closes_on))


def _days(source: Source) -> Words:
    """How long it has been asked. When a later part was sent is not known."""
    days = source.asked.days if source.asked is not None and source.question.part is None else 0
    if days < 1:
        return Words("so far", "à ce jour")
    if days == 1:
        return Words("for 1 day", "depuis 1 jour")
    return Words("for {n} days", "depuis {n} jours").fill(n=days)


def open_question(record: Kept, facts: NoteFacts) -> Words:
    """ "❓ Open question ISS-3: … — owner …, due …" """
    due = Words(", due {day}", ", échéance {day}").fill(day=short_date(record.due)) if record.due else ""
    name = facts.names.get(record.owner or "", record.owner) or NOBODY_OWNS
    return OPEN_QUESTION.fill(ref=record.ref, title=typed(record.title), name=name, due=due)


def records(source: Source, kind: str) -> Sequence[Kept]:
    """The live records of this kind that come from this question and may be shown now."""
    mine = (record for record in live(source.facts, kind) if record.source == source.question.id)
    return [record for record in mine if not source.holds_back(record)]


def live(facts: NoteFacts, kind: str) -> list[Kept]:
    """The records of a kind that the whole channel may read and that are not over."""
    return [r for r in facts.records if r.kind == kind and not r.restricted and r.status not in OVER]


Find = Callable[[str], Source]


def held_back(find: Find, record: Kept) -> bool:
    """Whether this record was made from somebody's own answer in a dialogue that is still open."""
    try:
        return find(record.source.partition("@")[0]).holds_back(record)
    except KeyError:
        return False


def shown(find: Find, facts: NoteFacts, kind: str) -> list[Kept]:
    """The live records of a kind, by hand or from answers, that may be shown now, by number."""
    found = [one for one in live(facts, kind) if one.asked_by or not held_back(find, one)]
    return sorted(found, key=lambda one: one.number)
