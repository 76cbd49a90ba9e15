"""A record in words: every field has a name and no code, states agree in French."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from flows.dialogue.effects import Draft, RecordKind
from flows.dialogue.model import Answer, Case, Column, Dialogue, Question, Value
from flows.playbook import Playbook
from flows.register.life import LIFE, STATES
from flows.register.model import Kept
from flows.register.recordings import RECORDINGS
from flows.register.said import Said
from flows.register.shown import FIXED, UNSAID, Field, fields, state
from flows.words import Words
from tests.flows.stage import BOREAL, CLAIRE, MARC, NAMES

NOW = datetime(2026, 1, 19, 10, tzinfo=UTC)
TODAY = date(2026, 1, 19)


def find(playbook: Playbook, id: str) -> Question | None:
    return next((q for flow in playbook.flows.values() if (q := flow.question(id)) is not None), None)


def cell(column: Column | Question) -> Value:
    """Something one may answer."""
    if column.options and column.kind != "scale5":
        last = column.options[-1].value
        return [last] if column.kind in ("multi", "ranking") else last
    of_kind: dict[str, Value] = {
        "scale5": 4,
        "number": 4,
        "date": "2026-03-02",
        "person": MARC,
        "people": [MARC],
    }
    return of_kind.get(column.kind, "Their own words")


def answer_to(question: Question, choice: str = "") -> Value:
    if question.kind == "rows":
        return [{"id": "r1", **{column.key: cell(column) for column in question.columns}}]
    if question.kind == "points100":
        return {option.value: 10 for option in question.options}
    if question.kind == "moscow":
        return {"REQ-1": "M"}
    return choice or cell(question)


def kept(draft: Draft, source: str) -> Kept:
    return Kept(
        kind=draft.kind, number=1, title=draft.title, owner=draft.owner, due=draft.due, status=draft.status,
        fields=draft.fields, source=source, created_at=NOW,
    )  # fmt: skip


def recorded(playbook: Playbook) -> list[tuple[str, Draft]]:
    """What every answer of every dialogue may record, each choice in turn."""
    found: list[tuple[str, Draft]] = []
    register = {
        "need": (Case(ref="REQ-1", title=Words.same("A need")),),
        "vendor": (Case(ref="VND-1", title=Words.same("A vendor"), fields={"attendees": [MARC]}),),
    }
    for flow in playbook.flows.values():
        answers = {
            q.id: Answer(value=answer_to(q), author=CLAIRE, at=NOW) for q in flow.questions if q.per is None
        }
        answers |= {
            f"{q.id}@VND-1": Answer(value=answer_to(q), author=MARC, at=NOW) for q in flow.questions if q.per
        }
        sheet = Dialogue(
            id="D", flow=flow.id, person=MARC, cast=BOREAL, answers=answers, register=register,
            facts={"SPO05": {CLAIRE: "cross", MARC: "it"}, "verdict": "NO_GO"},
        )  # fmt: skip
        for question in flow.questions:
            asked = flow.question(f"{question.id}@VND-1") if question.per == "vendor" else question
            assert asked is not None
            for choice in [option.value for option in question.options] or [""]:
                value = answer_to(asked, choice if question.kind == "single" else "")
                for name in question.records:
                    said = Said(question=asked, value=value, dialogue=sheet, today=TODAY)
                    found += [(asked.id, d) for d in RECORDINGS[name](said) if isinstance(d, Draft)]
    return found


def test_every_field_that_is_recorded_has_a_name(playbook: Playbook) -> None:
    made = recorded(playbook)
    assert {draft.kind for _, draft in made} == {*get_args(RecordKind)}
    for source, draft in made:
        question = find(playbook, source)
        columns = {column.key for column in question.columns} if question else set()
        unknown = {*draft.fields} - columns - {*FIXED} - UNSAID - {"choice"}
        assert not unknown, f"{source} records {unknown} without a name"


def test_no_code_is_ever_read(playbook: Playbook) -> None:
    questions = [question for flow in playbook.flows.values() for question in flow.questions]
    choices = [option for question in questions for option in question.options]
    choices += [option for question in questions for column in question.columns for option in column.options]
    codes = {option.value for option in choices if "_" in option.value}
    codes |= {"facilitator form", "not_needed", MARC, CLAIRE}
    for source, draft in recorded(playbook):
        for field in fields(kept(draft, source), lambda id: find(playbook, id), NAMES):
            for text in (field.value.en, field.value.fr):
                assert text not in codes, (source, draft.kind, field)
                assert text


def read(playbook: Playbook, record: Kept) -> list[tuple[str, str]]:
    shown: tuple[Field, ...] = fields(record, lambda id: find(playbook, id), NAMES)
    return [(one.name.fr, one.value.fr) for one in shown]


def test_a_gap_is_read_by_its_columns(playbook: Playbook) -> None:
    row = {
        "id": "r1", "step": "Quote", "planned": "In the tool", "real": "In a spreadsheet", "gap": "Two lists",
        "severity": 4, "by": MARC, "area": "sales",
    }  # fmt: skip
    gap = Kept(
        kind="gap", number=4, title=Words.same("Two lists"), fields=row, source="PRO02", created_at=NOW
    )
    said = dict(read(playbook, gap))
    assert said["Dit par"] == "Marc Delorme"
    assert said["Domaine"] == "Vente"
    assert "Quote" in said.values()
    assert "Two lists" not in said.values(), "the title says it"


def test_what_other_questions_add_is_read_with_it(playbook: Playbook) -> None:
    need = Kept(
        kind="need", number=1, title=Words.same("Offline"), source="NEE01", created_at=NOW,
        fields={"priority": "M", "effort": 3, "must_reason": "No network", "grid": {}},
    )  # fmt: skip
    said = dict(read(playbook, need))
    assert said["Place sur le tableau"] == "indispensable"
    assert said["Pourquoi c’est indispensable"] == "No network"
    session = Kept(
        kind="vendor", number=1, title=Words.same("Alpha"), source="VEN01", created_at=NOW,
        fields={
            "attendees": [MARC, CLAIRE], "grid": {"k1": {"worth": 3, "criterion": "k1", "level": "seen"}},
        },
    )  # fmt: skip
    said = dict(read(playbook, session))
    assert said["Présents"] == "Marc Delorme, Claire Vasseur"
    assert "worth" not in said["Ce qui a été montré"]


@pytest.mark.parametrize(
    ("score", "words"),
    [(4, "4 (low)"), (9, "9 (medium)"), (12, "12 (high)"), (25, "25 (critical)"), (30, "30 (critical)")],
)
def test_a_risk_has_a_level(playbook: Playbook, score: int, words: str) -> None:
    risk = Kept(
        kind="risk", number=1, title=Words.same("R"), created_at=NOW,
        fields={"score": score, "blocking": False, "likelihood": 3, "family": 2},
    )  # fmt: skip
    shown = {one.name.en: one.value.en for one in fields(risk, lambda id: find(playbook, id), NAMES)}
    assert shown["Likelihood × impact"] == words
    assert shown["Family"] == "Organisation and culture"
    assert "Blocking" not in shown


def test_a_question_that_content_has_dropped_leaves_what_can_still_be_read() -> None:
    old = Kept(
        kind="decision", number=1, title=Words.same("D"), source="GONE", created_at=NOW,
        fields={"choice": "x", "reason": "Why", "effort": 3, "grid": {"k": {}}, "area": "sales", "odd": 1},
    )  # fmt: skip
    shown = {one.name.en: one.value.en for one in fields(old, lambda id: None, {})}
    assert shown == {"Because": "Why", "Size": "3", "Area": "sales"}


def test_states_agree_in_french_and_kinds_without_a_life_have_none() -> None:
    proposed = {kind: words.fr for kind in LIFE if (words := state(kind, "proposed")) is not None}
    assert proposed["decision"] == "proposée"
    assert proposed["risk"] == "proposé"
    assert state("need", "open") is None
    assert state("need", "withdrawn") == Words("withdrawn", "retiré")
    assert all(state(kind, status) for kind, life in LIFE.items() for status in life)
    assert {status for life in LIFE.values() for status in life} <= {*STATES}


@pytest.mark.parametrize(("outcome", "said"), [("answered", "an answer was given"), ("We pay", "We pay")])
def test_how_a_point_was_settled_is_said_by_the_bot_or_in_somebodys_words(outcome: str, said: str) -> None:
    _, told = FIXED["resolution"]
    words = told(outcome, lambda _: None, {})
    assert words is not None
    assert words.en == said


def test_an_action_serves_what_it_is_for_and_anything_else_rests_on_a_decision(playbook: Playbook) -> None:
    for kind, said in (("action", "Sert"), ("issue", "Repose sur")):
        draft = Draft(kind=kind, item="i", title=Words.same("One"), fields={"serves": "DEC-1"})  # type: ignore[arg-type]
        shown = fields(kept(draft, ""), lambda id: find(playbook, id), NAMES)
        assert [(one.name.fr, one.value.fr) for one in shown] == [(said, "DEC-1")]


def test_who_is_to_decide_is_not_said_to_have_decided(playbook: Playbook) -> None:
    for status, said in (("proposed", "À décider par"), ("accepted", "Décidé par")):
        draft = Draft(kind="decision", item="i", title=Words.same("One"), status=status,
                      fields={"decided_by": MARC, "by": CLAIRE})  # fmt: skip
        shown = fields(kept(draft, ""), lambda id: find(playbook, id), NAMES)
        assert [one.name.fr for one in shown] == [said, "Noté par"], "by hand, whoever noted it"


def test_how_votes_were_spread_is_said_without_names() -> None:
    _, told = FIXED["distribution"]
    assert told({"5": 2, "3": 1, "0": 0}, lambda _: None, {}) == Words("3: 1 · 5: 2", "3 : 1 · 5 : 2")


def test_the_text_that_a_workshop_carried_stands_on_its_decision(playbook: Playbook) -> None:
    draft = Draft(
        kind="decision", item="decision", title=Words.same("The goals are the basis of our work"),
        fields={"choice": "A better text", "workshop": "W02.6"},
    )  # fmt: skip
    shown = fields(kept(draft, "W02.6"), lambda id: find(playbook, id), NAMES)
    assert [(one.name.en, one.value.en) for one in shown if one.key == "choice"] == [
        ("The text that was carried", "A better text")
    ]
