"""A playbook: all the content of one kind of project, loaded once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.dialogue.model import Flow
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
class Playbook:
    """Flows by id, the scales, the glossary, and the rules of the first look."""

    flows: Mapping[str, Flow]
    labels: Mapping[str, tuple[Words, ...]]  # a scale's five labels, from 1 to 5 (0.4)
    no_answer: Words  # last choice of every anonymous scale
    glossary: tuple[Term, ...]
    rules: Mapping[str, Rule]
