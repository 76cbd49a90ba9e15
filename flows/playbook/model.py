"""A playbook: all the content of one kind of project, loaded once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.dialogue.model import Flow, Question
from flows.plan import Plan
from flows.words import Words

Severity = Literal["info", "warning", "high", "blocking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word shown to people, with what it means (0.9)."""

    word: Words
    means: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A diagnosis rule as content says it (3.7). Its condition is the predicate of the same id."""

    id: str
    family: int  # 1 solution, 2 organisation and culture, 3 people, 4 approach
    severity: Severity
    words: Words
    next: Words  # the next step to propose


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveScreen:
    """One screen of a wave: the line above the questions, and the questions."""

    head: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """Anonymous questions asked together, in one sitting of at most three screens (5.3)."""

    id: str  # "D06", "steering_support"
    title: Words
    intro: Words | None  # of its dialogue
    minutes: int
    screens: tuple[WaveScreen, ...]
    after: Words | None = None  # shown once the answers are sent; {coach} is the neutral coach


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """Flows by id, the scales, the glossary, the rules of the first look, the plan and the waves."""

    flows: Mapping[str, Flow]
    labels: Mapping[str, tuple[Words, ...]]  # a scale's five labels, from 1 to 5 (0.4)
    no_answer: Words  # last choice of every anonymous scale
    glossary: tuple[Term, ...]
    rules: Mapping[str, Rule]
    plan: Plan
    waves: Mapping[str, Wave]
    criteria: Mapping[str, tuple[Words, ...]]  # K1 to K5: what to look at for each (D11)
