"""A stage for the pure core: plays events of several people and remembers what follows.

The memory is a few dictionaries with the promises of `storage/`: the latest answer of each question
and respondent, one register in which effects replace what their source recorded, and the cast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from flows.dialogue.effects import (
    PREFIX,
    Amend,
    Assign,
    Complete,
    Draft,
    Effect,
    Keep,
    OpenUnknown,
    Record,
    RemindLater,
    Reopen,
    SetProject,
    SettleUnknown,
    Source,
    Team,
)
from flows.dialogue.engine import advance
from flows.dialogue.events import Event, ExitTaken, ExitTakenBack, Finished, Submitted
from flows.dialogue.model import Answer, Case, Dialogue, Flow
from flows.dialogue.turn import Turn
from flows.playbook import Playbook
from flows.project import Cast, Member

MARC, CLAIRE, INES, PAUL = "UMARC", "UCLAIRE", "UINES", "UPAUL"
SOFIA, HUGO, NADIA, THOMAS, ELODIE, JEANNE = "USOFIA", "UHUGO", "UNADIA", "UTHOMAS", "UELODIE", "UJEANNE"
NAMES = {
    MARC: "Marc Delorme", CLAIRE: "Claire Vasseur", INES: "Inès Rahmani", PAUL: "Paul Kermorgan",
    SOFIA: "Sofia Lindqvist", HUGO: "Hugo Teixeira", NADIA: "Nadia Benali", THOMAS: "Thomas Roux",
    ELODIE: "Élodie Martin", JEANNE: "Jeanne Aubry",
}  # fmt: skip
#: The example company once it is set up (journeys 7.5).
BOREAL = Cast(
    holders={"sponsor": CLAIRE, "arbiter": CLAIRE, "lead": MARC, "facilitator": ELODIE},
    members=(
        Member(user=MARC, function="sales", daci="driver"),
        Member(user=CLAIRE, function="management", daci="approver"),
        Member(user=INES, function="marketing", daci="contributor"),
        Member(user=PAUL, function="service", daci="contributor"),
        Member(user=SOFIA, function="it", daci="contributor"),
        Member(user=HUGO, function="sales", daci="contributor"),
        Member(user=NADIA, function="service", daci="contributor"),
        Member(user=THOMAS, function="hr", daci="contributor"),
    ),
)
EMPTY = Cast(holders={"facilitator": ELODIE})


@dataclass
class Unknown:
    """The one open issue of a question nobody could answer yet."""

    title: str
    owner: str
    due: date
    asked_by: int = 1
    status: str = "open"


@dataclass
class Stage:
    """One run of one flow, with everybody in it."""

    playbook: Playbook
    flow_id: str
    cast: Cast
    today: date = date(2026, 1, 19)  # a Monday
    parts: frozenset[str] = frozenset()
    closed: bool = False
    bots: tuple[str, ...] = ()
    rows: dict[tuple[str, str], Answer] = field(default_factory=dict)
    records: dict[tuple[Source, str, str], Draft] = field(default_factory=dict)
    unknowns: dict[str, Unknown] = field(default_factory=dict)
    project: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)
    register: dict[str, tuple[Case, ...]] = field(default_factory=dict)  # made by other dialogues
    numbers: dict[tuple[Source, str, str], int] = field(default_factory=dict)
    amended: dict[str, dict[str, Any]] = field(default_factory=dict)
    states: dict[str, str | None] = field(default_factory=dict)  # as an Amend says them
    reminded: list[str] = field(default_factory=list)
    complete: set[str] = field(default_factory=set)

    @property
    def flow(self) -> Flow:
        return self.playbook.flows[self.flow_id]

    def _said(self, person: str) -> tuple[dict[str, Answer], dict[str, Answer]]:
        """The person's own and the shared answers; and their own exits from shared questions."""
        answers: dict[str, Answer] = {}
        exits: dict[str, Answer] = {}
        for (id, respondent), answer in self.rows.items():
            question = self.flow.question(id)
            if respondent == person and question is not None and question.shared:
                exits[id] = answer
            elif respondent in ("", person):
                answers[id] = answer
        return answers, exits

    def sheet(self, person: str) -> Dialogue:
        """What storage would load for this person."""
        answers, exits = self._said(person)
        facts: dict[str, Any] = {"bots": self.bots, **self.facts}
        for id in self.flow.compared:
            facts[id] = {r: a.value for (q, r), a in self.rows.items() if q == id and a.given}
        return Dialogue(
            id="DLG", flow=self.flow_id, person=person, cast=self.cast, answers=answers, exits=exits,
            facts=facts, parts=self.parts, closed=self.closed,
            elsewhere={id: self.elsewhere[id] for id in self.flow.elsewhere if id in self.elsewhere},
            register={kind: self.cases(kind) for kind in self.flow.registers},
        )  # fmt: skip

    def cases(self, kind: str) -> tuple[Case, ...]:
        """The live records of a kind by number, with what was amended."""
        made = [(self.numbers[key], key, d) for key, d in self.records.items() if d.kind == kind]
        mine = (
            Case(
                ref=f"{PREFIX[draft.kind]}-{number}", title=draft.title, item=draft.item,
                source=key[0].question, fields=draft.fields,
            )
            for number, key, draft in sorted(made, key=lambda one: one[0])
        )  # fmt: skip
        known = (*self.register.get(kind, ()), *mine)
        return tuple(
            replace(case, fields={**case.fields, **self.amended.get(case.ref, {})}) for case in known
        )

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(10), tzinfo=UTC)

    def play(self, event: Event) -> Turn:
        """Load, decide, remember."""
        turn = advance(self.flow, self.sheet(event.by), event, today=self.today)
        for effect in turn.effects:
            self.carry_out(effect)
        return turn

    def submits(
        self,
        who: str,
        screen: str,
        confirmed: bool = False,
        seen: Mapping[str, int] | None = None,
        **values: Any,
    ) -> Turn:
        event = Submitted(
            by=who, screen=screen, values=values, at=self.now, seen=seen or {}, confirmed=confirmed
        )
        return self.play(event)

    def exits(self, who: str, question: str, exit: Any, confirmed: bool = False) -> Turn:
        return self.play(ExitTaken(by=who, question=question, exit=exit, at=self.now, confirmed=confirmed))

    def answers_after_all(self, who: str, question: str) -> Turn:
        return self.play(ExitTakenBack(by=who, question=question, at=self.now))

    def finishes(self, who: str) -> Turn:
        return self.play(Finished(by=who, at=self.now))

    def carry_out(self, effect: Effect) -> None:
        match effect:
            case Keep(question=question, respondent=respondent, answer=answer):
                known = self.rows.get((question, respondent))
                assert answer.version == (known.version + 1 if known else 1), "versions run 1, 2, 3 …"
                self.rows[question, respondent] = answer
            case Record() | Amend():
                self._record(effect)
            case OpenUnknown(question=question):
                known_issue = self.unknowns.get(question)
                if known_issue is not None and known_issue.status == "open":
                    known_issue.asked_by += 1
                else:
                    self.unknowns[question] = Unknown(effect.title.en, effect.owner, effect.due)
            case SettleUnknown(question=question, answered=answered):
                self._settle(question, answered)
            case Assign() | Team():
                self._recast(effect)
            case SetProject(field=name, value=value):
                self.project[name] = value
            case RemindLater(person=person):
                self.reminded.append(person)
            case Complete(person=person):
                self.complete.add(person)
            case Reopen(person=person):
                self.complete.discard(person)

    def _record(self, effect: Record | Amend) -> None:
        if isinstance(effect, Amend):
            for ref, more in effect.fields.items():
                self.amended.setdefault(ref, {}).update(more)
            self.states.update(effect.states)
            return
        self.records = {key: d for key, d in self.records.items() if key[0] != effect.source}
        for draft in effect.drafts:
            key = (effect.source, draft.kind, draft.item)
            self.records[key] = draft
            used = [n for (_, kind, _), n in self.numbers.items() if kind == draft.kind]
            self.numbers.setdefault(key, max(used, default=0) + 1)

    def _settle(self, question: str, answered: bool) -> None:
        issue = self.unknowns.get(question)
        if issue is None or issue.status != "open":
            return
        issue.asked_by -= not answered
        if answered:
            issue.status = "resolved"
        elif not issue.asked_by:
            issue.status = "dropped"

    def _recast(self, effect: Assign | Team) -> None:
        if isinstance(effect, Team):
            self.cast = replace(self.cast, members=effect.members)
            return
        holders = {role: user for role, user in self.cast.holders.items() if role != effect.role}
        if effect.user is not None:
            holders[effect.role] = effect.user
        self.cast = replace(self.cast, holders=holders)

    def kept(self, kind: str) -> list[Draft]:
        """The live records of a kind, in the order of their making."""
        return [draft for draft in self.records.values() if draft.kind == kind]

    def titles(self, kind: str) -> list[str]:
        return [draft.title.en for draft in self.kept(kind)]
