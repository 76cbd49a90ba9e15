"""A value in words, in both languages: for check pages, documents and quotes. Escapes nothing."""

from collections.abc import Callable, Mapping
from datetime import date

from flows.currency import amount
from flows.dates import short_date
from flows.dialogue import kinds
from flows.dialogue.kinds import thousands
from flows.dialogue.model import NOBODY, Column, Kind, Question, Value
from flows.words import LANGUAGES, Words

MOSCOW_WORDS: Mapping[str, Words] = {
    "M": Words("must have", "indispensable"),
    "S": Words("should have", "important"),
    "C": Words("could have", "souhaitable"),
    "W": Words("not this time", "pas cette fois"),
}
NOTHING = Words("—", "—")


def joined(parts: list[Words], between: str) -> Words:
    """Several words as one, in each language."""
    both = (between.join(part.in_(language) for part in parts) for language in LANGUAGES)
    return Words(*both)


Names = Mapping[str, str]  # Slack user id -> display name


def in_words(question: Question, value: Value, names: Names) -> Words:
    """`value` as people read it. An id without a name stays an id, a choice that content has dropped
    stays its value, and what no longer fits the kind of question is shown as it is."""
    if value in (None, "", [], {}):
        return NOTHING
    shape, shown = SHOWN[question.kind]
    if question.kind == "date" and isinstance(kinds.check(question, value), kinds.Refused):
        shape = type(None)
    return shown(question, value, names) if isinstance(value, shape) else Words.same(str(value))


def _as_written(question: Question, value: Value, names: Names) -> Words:
    return Words.same(str(value))


def _label(question: Question, choice: Value, names: Names) -> Words:
    known = (option.label for option in question.options if option.value == str(choice))
    return next(known, Words.same(str(choice)))


def _name(question: Question, user: Value, names: Names) -> Words:
    if user == NOBODY:
        return question.none or NOTHING
    return Words.same(names.get(str(user), str(user)))


def _labels(question: Question, value: Value, names: Names) -> Words:
    return joined([_label(question, choice, names) for choice in value], " · ")


def _names(question: Question, value: Value, names: Names) -> Words:
    return joined([_name(question, user, names) for user in value], ", ")


def _ranks(question: Question, value: Value, names: Names) -> Words:
    labels = (_label(question, choice, names) for choice in value)
    ranked = [Words.same(f"{n}. {{what}}").fill(what=what) for n, what in enumerate(labels, 1)]
    return joined(ranked, " · ")


def _points(question: Question, value: Value, names: Names) -> Words:
    return joined([_pair(_label(question, v, names), Words.same(str(n))) for v, n in value.items()], " · ")


def _placed(question: Question, value: Value, names: Names) -> Words:
    placed = ((v, MOSCOW_WORDS.get(str(m), Words.same(str(m)))) for v, m in value.items())
    return joined([_pair(_label(question, v, names), where) for v, where in placed], " · ")


def _lines(question: Question, value: Value, names: Names) -> Words:
    return joined([row_in_words(question, row, names) for row in value if isinstance(row, dict)], "\n")


def _figure(question: Question, value: Value, names: Names) -> Words:
    return amount(thousands(value), question.currency) if question.currency else thousands(value)


#: What a value of each kind looks like when it is sound, and how it is shown.
SHOWN: Mapping[Kind, tuple[type, Callable[[Question, Value, Names], Words]]] = {
    "text": (str, _as_written),
    "long_text": (str, _as_written),
    "single": (str, _label),
    "multi": (list, _labels),
    "scale5": (int, _label),
    "number": (int, _figure),
    "date": (str, lambda question, value, names: short_date(date.fromisoformat(value))),
    "person": (str, _name),
    "people": (list, _names),
    "ranking": (list, _ranks),
    "points100": (dict, _points),
    "rows": (list, _lines),
    "moscow": (dict, _placed),
}


def _pair(what: Words, figure: Words) -> Words:
    return Words("{what}: {figure}", "{what} : {figure}").fill(what=what, figure=figure)


def row_in_words(question: Question, row: Mapping[str, Value], names: Names) -> Words:
    """One line of rows: its filled cells in the order of the columns."""
    cells = [
        cell_in_words(question, column, row, names) for column in question.columns if row.get(column.key)
    ]
    return joined(cells, " · ")


def cell_in_words(question: Question, column: Column, row: Mapping[str, Value], names: Names) -> Words:
    """One cell of a line; a dash when it is empty."""
    return in_words(kinds.as_question(question, column), row.get(column.key), names)
