"""Whatever the evidence: nothing crashes, every value is from 0 to 100, and what must hold of a diagnosis holds."""
# ruff: noqa: E501  one kind of record a line reads as a table

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import (
    Alignment,
    Annex,
    ChoiceTally,
    Domain,
    Evidence,
    Facts,
    Form,
    Gap,
    Lot,
    Named,
    Need,
    Respondent,
    Risk,
    ScaleTally,
    Session,
    Steps,
    Task,
    Withheld,
)
from flows.diagnosis.figures import exact
from flows.diagnosis.fixture import read
from flows.diagnosis.indicators import READS
from flows.diagnosis.result import Diagnosis
from flows.diagnosis.rules import CONDITIONS
from flows.dialogue.model import Question
from flows.playbook import load
from flows.project import FUNCTIONS
from tests.worked_example.sheets import FILE

PLAYBOOK = load()
MODEL = PLAYBOOK.diagnosis
ASKED = {q.id: q for flow in PLAYBOOK.flows.values() for q in (*flow.questions, *flow.anonymous)}
USERS = tuple(f"p{n}" for n in range(1, 13))
#: Whatever an indicator or a rule reads, and little else.
READ = {id for ids in READS.values() for id in ids} | {id for c in CONDITIONS.values() for id in c.reads}
READ |= {"SET04", "SET05", "SET06", "SET07", "SET10", "SET11", "RTE13", *(f"ARB0{n}" for n in range(1, 9))}
FORMS = [
    q for id, q in sorted(ASKED.items()) if id in READ and q.kind != "scale5" and not id.startswith("ANX0")
]
ANONYMOUS = sorted(id for id in READ if id in MODEL.anonymous)
NAMED = sorted(id for id in READ if id in ASKED and ASKED[id].mode == "dm" and id not in MODEL.anonymous)

AREAS = ("marketing", "sales", "service")
#: How many companies are made up for each test. Each has its number, to make it again.
COMPANIES = 250


class Chance:
    """Makes one company up: anything may be sent or not, answered or not, recorded or not."""

    def __init__(self, number: int) -> None:
        self.any = Random(number)  # noqa: S311 - to make the same company again
        self.often = self.any.random()  # how much is there at all: every share occurs

    def there(self) -> bool:
        return self.any.random() < self.often

    def one(self, *values: Any) -> Any:
        return self.any.choice(values)

    def point(self) -> int:
        return self.any.randint(1, 5)

    def owner(self) -> str | None:
        return self.one(None, "p1", "p9")

    def day(self) -> date:
        return date(2025, 1, 1) + timedelta(days=self.any.randint(0, 700))

    def few(self, make: Callable[[], Any], most: int = 6) -> Any:
        """Never sent, or up to `most` records."""
        return tuple(make() for _ in range(self.any.randint(0, most))) if self.there() else None

    def value(self, question: Question) -> Any:
        """An answer a form may hold."""
        options = [option.value for option in question.options]
        if question.id == "CHG01":
            return self.one("all", "some", "none")
        if question.kind == "single":
            return self.one(*options)
        if question.kind == "multi":
            return self.any.sample(options, self.any.randint(0, len(options)))
        if question.kind == "person":
            return self.one("nobody", *USERS[:3])
        return self.day() if question.kind == "date" else self.one("", "something")

    def form(self, question: Question) -> Form:
        return Form(value=self.value(question)) if self.there() else Form(unknown=self.one(True, False))

    def named(self, question: Question) -> Named:
        expected = tuple(user for user in USERS if self.there())
        scale, options = question.kind == "scale5", [option.value for option in question.options] or ["text"]
        answers = {user: self.point() if scale else self.one(*options) for user in expected if self.there()}
        return Named(expected=expected, answers=answers)

    def tally(self, id: str) -> Any:
        invited = self.any.randint(0, 14)
        if invited < 5 or not self.there():
            return Withheld(invited=invited, open=self.one(True, False))
        n = self.any.randint(5, invited)
        if ASKED[id].kind != "scale5":
            counts = {"out": self.any.randint(0, n)} if n >= 10 else None
            return ChoiceTally(invited=invited, n=n, named=self.one((), ("it",)), counts=counts)
        return ScaleTally(invited=invited, n=n, total=self.any.randint(n, 5 * n), polar=self.one(True, False))

    def people(self) -> tuple[Respondent, ...]:
        users = [user for user in USERS if self.there()]
        roles = {0: self.one("sponsor", "member"), 1: "lead"}
        return tuple(
            Respondent(user=user, role=roles.get(n, "member"), function=self.one(None, *FUNCTIONS))
            for n, user in enumerate(users)
        )

    def annex(self) -> Annex:
        choice = self.one(None, "needed", "later", "not_needed", "unknown")
        return Annex(
            choice=choice, owner=self.owner(), due=self.one(None, self.day()), reason=self.one(True, False)
        )

    def tasks(self) -> tuple[Task, ...] | None:
        ids = range(1, self.any.randint(1, 9))
        after = {id: tuple(other for other in ids if self.any.random() < 0.2) for id in ids}
        made = (Task(id=id, weeks=self.one(0.5, 1, 3), after=after[id], owner=self.owner()) for id in ids)
        return tuple(made) if self.there() else None

    def session(self) -> Session:
        functions = self.one(None, (), AREAS[:2], AREAS)
        return Session(
            whole_team=self.one(True, False),
            date=self.one(None, self.day()),
            present=self.one(None, 0, 3, 9),
            functions=functions,
        )

    def need(self) -> Need:
        return Need(place=self.one(None, *"MSCW"), effort=self.one(0, 1, 8), reason=self.one(True, False))

    def risk(self) -> Risk:
        return Risk(
            likelihood=self.point(),
            impact=self.point(),
            owner=self.owner(),
            response=self.one(True, False),
            status=self.one("open", "closed"),
        )

    def alignment(self) -> Alignment | None:
        counts = [self.any.randint(0, 4) for _ in range(3)]
        return Alignment(aligned=counts[0], partly=counts[1], different=counts[2]) if self.there() else None

    def company(self) -> Evidence:
        """All of it."""
        return Evidence(
            today=self.day(),
            people=self.people(),
            forms={q.id: self.form(q) for q in FORMS if self.there()},
            annexes={f"ANX0{n}": self.annex() for n in range(1, 7) if self.there()},
            named={id: self.named(ASKED[id]) for id in NAMED if self.there()},
            anonymous={id: self.tally(id) for id in ANONYMOUS if self.there()},
            steps={area: Steps(rows=self.one(0, 3), outside=self.one(0, 1)) for area in AREAS if self.there()} if self.there() else None,
            gaps=self.few(lambda: Gap(area=self.one(*AREAS), severity=self.point(), owner=self.owner())),
            domains=self.few(lambda: Domain(domain="accounts", quality=self.one(None, self.point()), move=self.one(None, "as_is"), owner=self.owner())),
            needs=self.few(self.need),
            risks=self.few(self.risk),
            lots=self.few(lambda: Lot(name="One", exit=self.one(True, False))),
            tasks=self.tasks(),
            sessions=self.few(self.session),
            decided=self.few(lambda: self.one("ARB01", "ARB02")),
            alignment=self.alignment(),
            facts=Facts(required_rate=self.one(None, 49.9, 80, 100), goals_shared_on=self.one(None, self.day()), phase=self.one("P0", "P1", "P2"), arbitration_days=self.one(None, 5, 6)),
        )  # fmt: skip


def companies() -> Iterator[tuple[int, Evidence]]:
    """With their numbers."""
    return ((number, Chance(number).company()) for number in range(COMPANIES))


@pytest.mark.parametrize("number", range(0, COMPANIES, 50))
def test_every_figure_is_within_its_bounds(number: int) -> None:
    for one in range(number, number + 50):
        within_bounds(diagnose(Chance(one).company(), MODEL))


def within_bounds(found: Diagnosis) -> None:
    for one in found.indicators.values():
        assert one.value is None or 0 <= exact(one.value) <= 100
        assert 0 <= exact(one.coverage) <= 1
        assert one.value is not None or one.coverage == 0, "what has no value has no coverage"
    for family in found.families.values():
        assert 0 <= exact(family.coverage) <= 1
        assert 0 <= exact(family.low) <= exact(family.high) <= 100
        assert exact(family.high - family.low) == exact(100 * (1 - family.coverage))
        assert family.score is None or exact(family.low) <= exact(family.score) <= exact(family.high)
    assert 0 <= exact(found.readiness) <= 100
    assert 0 <= exact(found.coverage) <= 1
    assert sum(found.weights.values()) == 100
    for figure in (found.collab, found.bpi, found.must_share):
        assert figure is None or 0 <= exact(figure) <= 100
    assert set(found.tasks.values()) <= {0, 50, 100}


def test_a_verdict_follows_from_its_steps() -> None:
    made_up = [diagnose(evidence, MODEL) for _, evidence in companies()]
    assert {found.verdict for found in made_up} == {"NO_GO", "INSUFFICIENT"}, "chance alone leads to no go"
    assert {found.kind for found in made_up} == {"structural", "prerequisite", "score", None}
    file = FILE.read_text("utf-8")
    cases = (read(file, PLAYBOOK.flows, variant).evidence for variant in (None, "B", "C", "D"))
    said = [*made_up, *(diagnose(evidence, MODEL) for evidence in cases)]
    assert {found.verdict for found in said} == {"GO", "GO_CONDITIONS", "NO_GO", "INSUFFICIENT"}
    for found in said:
        follows(found)


def follows(found: Diagnosis) -> None:
    failing = [id for id, standing in found.gates.items() if standing == "fail"]
    if failing:
        assert (found.verdict, found.kind) == ("NO_GO", "structural" if "G1" in failing else "prerequisite")
    if found.verdict == "GO":
        assert found.readiness >= 69.999999
        assert set(found.gates.values()) == {"pass"}
        assert not found.provisional
        assert all(family.score is not None for family in found.families.values())
        assert not any(rule.severity == "blocking" for rule in found.rules)
    assert bool(found.kind) == (found.verdict == "NO_GO")
    assert not found.conditions or found.verdict == "GO_CONDITIONS"
    assert len(found.three_points) == (3 if found.kind == "score" else 0)
    assert len({rule.id for rule in found.rules}) == len(found.rules)


def test_the_same_evidence_says_the_same() -> None:
    for number, evidence in companies():
        assert diagnose(evidence, MODEL) == diagnose(Chance(number).company(), MODEL), number


@pytest.mark.parametrize("id", ["NEE11", "INC02", "CHG02", "CHG09", "SPO01", "SPO04"])
def test_an_answer_more_never_lowers_coverage_and_narrows_the_range(id: str) -> None:
    """Whichever option somebody chooses where there was no answer. Not OBJ09: a task of scoping (T2) counts
    it too, and what is counted is never missing (3.3 rule 1)."""
    for number in range(0, COMPANIES, 5):
        one_more(Chance(number).company(), id)


def one_more(evidence: Evidence, id: str) -> None:
    without = replace(evidence, forms={key: form for key, form in evidence.forms.items() if key != id})
    before = diagnose(without, MODEL)
    for option in MODEL.scores[id]:
        after = diagnose(replace(without, forms={**without.forms, id: Form(value=option)}), MODEL)
        assert exact(after.coverage) >= exact(before.coverage)
        for number, family in after.families.items():
            assert exact(family.low) >= exact(before.families[number].low)
            assert exact(family.high) <= exact(before.families[number].high)


def test_silence_fires_only_tests_of_absence() -> None:
    """Taking every answer away leaves no rule that reads an answer."""
    for number, evidence in companies():
        assert still_fired(evidence) <= RECORDS | {"R37", "R40", "R44", "R56"}, number


#: Rules that read records, people and facts.
RECORDS = {"R18", "R20", "R21", "R23", "R55", "R59", "R60", "R61", "R62", "R63", "R65", "R66", "R67"}


def still_fired(evidence: Evidence) -> set[str]:
    silent = replace(
        evidence,
        forms={id: Form() for id in evidence.forms},
        named={id: Named(expected=asked.expected) for id, asked in evidence.named.items()},
        anonymous={id: Withheld(invited=kept.invited) for id, kept in evidence.anonymous.items()},
        annexes={},
    )
    return {rule.id for rule in diagnose(silent, MODEL).rules}
