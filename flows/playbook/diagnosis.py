"""What a diagnosis is made of: the shape of its two files (rules, and everything else), and what they become.

What is wrong beyond the shape is said in `diagnosis_review.py`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from flows.diagnosis.model import (
    Band,
    DiagnosisModel,
    Gate,
    Gauge,
    Rule,
    ScopingTask,
    Severity,
    Shift,
)
from flows.dialogue.model import Flow
from flows.playbook.schema import Id, Strict, Text
from flows.words import Words

Pair = tuple[Text, Text]  # EN, FR
Family = Literal[1, 2, 3, 4]
Percent = Annotated[float, Field(ge=0, le=100)]
Figures = dict[str, float]


class RuleText(Strict):
    """One diagnosis rule: words, severity and figures; its condition is code."""

    id: Annotated[str, StringConstraints(pattern=r"^R[0-9]{2}$")]
    fam: Family
    sev: Severity
    raised: Severity | None = None
    limits: Figures = Field(default={})
    indicators: list[Text] = Field(default=[])
    owner: Text = "lead"
    seen_by: list[Text] = Field(default=[])
    en: Text
    fr: Text
    next_en: Text
    next_fr: Text
    done_en: Text | None = None
    done_fr: Text | None = None


class RulesText(Strict):
    """The file of rules."""

    rules: list[RuleText]


class IndicatorText(Strict):
    """One indicator."""

    id: Text
    fam: Family
    weight: int = Field(ge=0, le=100)
    owner: Text = "lead"
    en: Text
    fr: Text


class TaskText(Strict):
    """One of the seven tasks of scoping."""

    id: Text
    limits: Figures = Field(default={})
    en: Text
    fr: Text


class ShiftText(Strict):
    """What moves weight from one family to another."""

    question: Id
    in_: list[Text] = Field(alias="in", min_length=1)
    plus: Family
    minus: Family
    points: int = Field(ge=0)
    en: Text
    fr: Text


class BandText(Strict):
    """What a score is called from `min` up."""

    min: Percent
    code: Text
    en: Text
    fr: Text


class GateText(Strict):
    """One gate."""

    id: Text
    type: Literal["structural", "prerequisite"]
    owner: Text
    limits: Figures = Field(default={})
    en: Text
    fr: Text
    done_en: Text
    done_fr: Text


class StandingsText(Strict):
    """What a gate's standing is called."""

    pass_: Pair = Field(alias="pass")
    condition: Pair
    fail: Pair
    not_assessed: Pair


class LabelsText(Strict):
    """What the verdicts are called."""

    GO: Pair
    GO_CONDITIONS: Pair
    NO_GO: Pair
    INSUFFICIENT: Pair


class TextsText(Strict):
    """What is said under a verdict."""

    no_go_structural: Pair
    no_go_prerequisite: Pair
    no_go_score: Pair
    provisional: Pair


class MessageText(Strict):
    """The lines of the diagnosis as people read it (3.8)."""

    head: Pair
    family: Pair
    gate: Pair
    advice: Pair
    better: Pair
    missing: Pair
    foot: Pair


class DiagnosisText(Strict):
    """The file of everything but the rules."""

    indicators: list[IndicatorText]
    tasks: list[TaskText]
    scores: dict[Id, dict[str, Percent]] = Field(default={})
    weights: dict[int, int]
    shifts: list[ShiftText]
    bands: list[BandText] = Field(min_length=1)
    gates: list[GateText]
    standings: StandingsText
    limits: Figures
    labels: LabelsText
    texts: TextsText
    condition: Pair
    families: dict[int, Pair]
    message: MessageText


def model(text: DiagnosisText, rules: RulesText, flows: Mapping[str, Flow]) -> DiagnosisModel:
    """The types of flows/diagnosis, with the scores that the options of the dialogues carry."""
    asked = [q for flow in flows.values() for q in (*flow.questions, *flow.anonymous)]
    texts = _words(text.texts)
    return DiagnosisModel(
        indicators={
            i.id: Gauge(id=i.id, family=i.fam, weight=i.weight, words=Words(i.en, i.fr), owner=i.owner)
            for i in text.indicators
        },
        tasks={t.id: ScopingTask(id=t.id, words=Words(t.en, t.fr), limits=t.limits) for t in text.tasks},
        weights={**text.weights},
        shifts=tuple(_shift(shift) for shift in text.shifts),
        bands=tuple(Band(minimum=b.min, code=b.code, words=Words(b.en, b.fr)) for b in text.bands),
        gates={gate.id: _gate(gate) for gate in text.gates},
        rules={rule.id: _rule(rule, texts) for rule in rules.rules},
        limits=text.limits,
        labels=_words(text.labels),
        texts=texts,
        message=_words(text.message),
        families={number: Words(*pair) for number, pair in text.families.items()},
        standings=_words(text.standings),
        condition=Words(*text.condition),
        scores={**scores(flows), **text.scores},
        scales=frozenset(q.id for q in asked if q.kind == "scale5"),
        anonymous=frozenset(q.id for flow in flows.values() for q in flow.anonymous),
    )


def scores(flows: Mapping[str, Flow]) -> dict[str, dict[str, float]]:
    """The options with a score, by question."""
    asked = (question for flow in flows.values() for question in flow.questions)
    found = {q.id: {o.value: o.score for o in q.options if o.score is not None} for q in asked}
    return {id: options for id, options in found.items() if options}


def _words(text: Strict) -> dict[str, Words]:
    """Pairs by the name they have in the file."""
    return {name: Words(*pair) for name, pair in text.model_dump(by_alias=True).items()}


def _shift(text: ShiftText) -> Shift:
    return Shift(
        question=text.question, values=tuple(text.in_), plus=text.plus, minus=text.minus,
        points=text.points, words=Words(text.en, text.fr),
    )  # fmt: skip


def _gate(text: GateText) -> Gate:
    return Gate(
        id=text.id, words=Words(text.en, text.fr), structural=text.type == "structural", owner=text.owner,
        done=Words(text.done_en, text.done_fr), limits=text.limits,
    )  # fmt: skip


def _rule(text: RuleText, texts: Mapping[str, Words]) -> Rule:
    """R13 says what the verdict says: `{verdict.texts.no_go_structural}`."""
    quoted = {f"verdict.texts.{name}": words for name, words in texts.items()}
    done = Words(text.done_en, text.done_fr) if text.done_en and text.done_fr else None
    return Rule(
        id=text.id, family=text.fam, severity=text.sev, raised=text.raised, limits=text.limits,
        words=Words(text.en, text.fr).fill(**quoted), next=Words(text.next_en, text.next_fr),
        indicators=tuple(text.indicators), owner=text.owner, seen_by=tuple(text.seen_by), done=done,
    )  # fmt: skip
