"""How much of what is required has been answered, over all that has been sent (T1 of 3.2).

Named questions only: counting anonymous ones would tell how many have answered them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.dialogue.cases import alike, every
from flows.dialogue.effects import PREFIX
from flows.dialogue.model import Answer, Case, Dialogue, Flow, Question, Value
from flows.dialogue.path import relevant
from flows.project import Project
from flows.words import Words
from storage.diagnosis_rows import Rows

SETUP = "D01"
#: What a record is called is of no use here.
_UNNAMED = Words.same("")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Project:
    """What every sheet of a project is made from."""

    rows: Rows
    project: Project
    elsewhere: Mapping[str, Value]
    register: Mapping[str, tuple[Case, ...]]


def required_rate(rows: Rows, project: Project) -> float | None:
    """In percent, not rounded; None while nothing but the set-up has been sent. "I don't know" is
    expected and no answer; who is outside their scope is not expected."""
    if rows.runs.keys() <= {SETUP}:
        return None
    here = _Project(rows=rows, project=project, elsewhere=_shared(rows), register=_cases(rows))
    counts = [_of_flow(here, rows.flows[id]) for id in rows.runs]
    expected = sum(wanted for wanted, _ in counts)
    return 100 * sum(done for _, done in counts) / expected if expected else None


def _of_flow(here: _Project, flow: Flow) -> tuple[int, int]:
    """How many answers one dialogue requires, and how many of them are in."""
    forms: dict[str, bool] = {}
    expected = answered = 0
    nobody = _sheet(here, flow, "")
    every(flow, nobody)  # once, and not for each person again
    for person in ("", *_with_answers_of_their_own(here, flow)):
        sheet = _sheet(here, flow, person)
        alike(nobody, sheet)
        for question in relevant(flow, sheet).values():
            if question.requirement == "optional":
                continue
            answer = sheet.answers.get(question.id)
            given = answer is not None and answer.given
            if question.shared:
                forms[question.id] = given
            elif _put_to(question, here.project, person) and not _outside(answer):
                expected, answered = expected + 1, answered + given
    return expected + len(forms), answered + sum(forms.values())


def _with_answers_of_their_own(here: _Project, flow: Flow) -> list[str]:
    """Those invited to whom something is put for themselves; all others have the sheet of nobody, whose
    forms are counted once."""
    audiences = {question.audience for question in flow.questions if not question.shared}
    asked = {user for audience in audiences for user in here.project.cast.audience(audience)}
    return [user for user in here.rows.invited.get(flow.id, ()) if user in asked]


def _put_to(question: Question, project: Project, person: str) -> bool:
    return person in project.cast.audience(question.audience)


def _outside(answer: Answer | None) -> bool:
    return answer is not None and answer.exit == "outside"


def _sheet(here: _Project, flow: Flow, person: str) -> Dialogue:
    """One person's sheet, from rows that are here already; "" has the shared answers only."""
    run, answers = here.rows.runs[flow.id], here.rows.answers.get(flow.id, {})
    own = {id: said[who] for id, said in answers.items() for who in ("", person) if who in said}
    return Dialogue(
        id=run.id,
        flow=flow.id,
        person=person,
        cast=here.project.cast,
        answers=own,
        elsewhere=here.elsewhere,
        register=here.register,
        parts=frozenset(run.parts),
        facts={"review": "sent"} if here.rows.reviewed else {},
    )


def _shared(rows: Rows) -> dict[str, Value]:
    """What other dialogues may read of this one: the values of shared answers."""
    return {
        id: said[""].value
        for answers in rows.answers.values()
        for id, said in answers.items()
        if "" in said and said[""].given
    }


def _cases(rows: Rows) -> dict[str, tuple[Case, ...]]:
    """The records that questions are asked about."""
    found: dict[str, list[Case]] = {}
    for one in rows.records:
        case = Case(ref=f"{PREFIX[one.kind]}-{one.number}", title=_UNNAMED, item=one.item, fields=one.fields)
        found.setdefault(one.kind, []).append(case)
    return {kind: tuple(cases) for kind, cases in found.items()}
