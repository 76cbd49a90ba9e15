"""What came out of a question once its dialogue is closed: distributions first, texts with authors.

Only for named questions; anonymous ones have rules of their own (5.3). Who may see it, and when, is
not decided here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from flows.dialogue.model import Answer, Question, Value
from flows.dialogue.show import in_words
from flows.words import Words

#: What the facilitator reads without names (D15).
UNSIGNED = ("RTE12",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many chose one option; for a ranking or points, its mean rank or points."""

    label: Words
    count: int
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What one person wrote. `author` is a Slack user id."""

    author: str  # "" where the text is read unsigned
    words: Words
    value: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came out of one question. `unknown` counts those who do not know, without names."""

    question: Question
    n: int  # answers given
    unknown: int
    bars: tuple[Bar, ...] = ()
    quotes: tuple[Quote, ...] = ()
    mean: float | None = None  # of a scale or a number
    split: bool = False  # a scale on which opinions are split (3.1, `polar`)


def result(question: Question, answers: Iterable[Answer], names: Mapping[str, str]) -> Result:
    """What the latest answers to `question` say together."""
    answers = list(answers)
    given = [answer for answer in answers if answer.given]
    values = [answer.value for answer in given]
    figures: list[float] = []
    if question.kind in ("scale5", "number"):
        figures = [value for value in values if isinstance(value, int | float)]
    return Result(
        question=question,
        n=len(given),
        unknown=sum(answer.exit == "unknown" for answer in answers),
        bars=() if question.shared else bars(question, values),
        quotes=quotes(question, given, names) if question.shared or not _counted(question) else (),
        mean=fmean(figures) if figures else None,
        split=question.kind == "scale5" and polar(figures),
    )


def _counted(question: Question) -> bool:
    """Its answers are counted choice by choice, not quoted."""
    return bool(question.options) and not question.columns


def bars(question: Question, values: list[Value]) -> tuple[Bar, ...]:
    """The distribution over the options; a ranking in the order of mean ranks, best first. Values
    that content no longer offers are left out."""
    match question.kind:
        case "single" | "scale5":
            chosen = [[str(value)] for value in values]
        case "multi":
            chosen = [value for value in values if isinstance(value, list)]
        case "ranking":
            return tuple(sorted(_ranks(question, values), key=lambda bar: bar.mean or 0.0))
        case "points100":
            return tuple(_points(question, values))
        case _:
            return ()
    return tuple(
        Bar(label=option.label, count=sum(option.value in choices for choices in chosen))
        for option in question.options
    )


def _ranks(question: Question, values: list[Value]) -> Iterable[Bar]:
    for option in question.options:
        ranks = [v.index(option.value) + 1 for v in values if isinstance(v, list) and option.value in v]
        if ranks:
            yield Bar(label=option.label, count=len(ranks), mean=fmean(ranks))


def _points(question: Question, values: list[Value]) -> Iterable[Bar]:
    for option in question.options:
        given = [v[option.value] for v in values if isinstance(v, dict) and option.value in v]
        if given:
            yield Bar(label=option.label, count=len(given), mean=fmean(given))


def quotes(question: Question, given: list[Answer], names: Mapping[str, str]) -> tuple[Quote, ...]:
    """Texts, rows, dates and people, each with its author; those of a question that is read unsigned
    without, by the alphabet, which says nothing of who came first (RTE12)."""
    found = tuple(
        Quote(author=a.author, words=in_words(question, a.value, names), value=a.value) for a in given
    )
    if question.id not in UNSIGNED:
        return found
    mixed = sorted(found, key=lambda one: one.words.en)
    return tuple(replace(one, author="") for one in mixed)


def polar(figures: list[float]) -> bool:
    """Opinions are split: at least 2 answers and 25 % at 2 or less, and as many at 4 or more (3.1)."""
    low, high = sum(v <= 2 for v in figures), sum(v >= 4 for v in figures)
    return all(side >= 2 and side * 4 >= len(figures) for side in (low, high))
