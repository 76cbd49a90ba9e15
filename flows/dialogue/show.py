"""A value in words, in both languages: for check pages, documents and quotes. Escapes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.dates import short_date
from flows.dialogue.kinds import thousands
from flows.dialogue.model import NOBODY, Column, Kind, Option, Question, Value
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


def in_words(question: Question, value: Value, names: Mapping[str, str]) -> Words:
    """`value` as people read it. `names` gives display names by Slack user id; an id without a name
    stays an id, and a choice that content has dropped stays its value."""
    none = question.none or NOTHING
    return _in_words(question.kind, question.options, value, names, none=none, columns=question.columns)


def _in_words(
    kind: Kind, options: tuple[Option, ...], value: Value, names: Mapping[str, str],
    *, none: Words = NOTHING, columns: tuple[Column, ...] = (),
) -> Words:  # fmt: skip
    def label(choice: Any) -> Words:
        return next((o.label for o in options if o.value == str(choice)), Words.same(str(choice)))

    def name(user: Any) -> Words:
        return none if user == NOBODY else Words.same(names.get(str(user), str(user)))

    match kind, value:
        case _, None | "" | [] | {}:
            return NOTHING
        case "single" | "scale5", _:
            return label(value)
        case "number", int():
            return thousands(value)
        case "date", str():
            return short_date(date.fromisoformat(value))
        case "person", _:
            return name(value)
        case "people", list():
            return joined([name(user) for user in value], ", ")
        case "multi", list():
            return joined([label(choice) for choice in value], " · ")
        case "ranking", list():
            ranked = [
                Words("{n}. {what}", "{n}. {what}").fill(n=n, what=label(v)) for n, v in enumerate(value, 1)
            ]
            return joined(ranked, " · ")
        case "points100", dict():
            return joined([_pair(label(v), thousands(n)) for v, n in value.items()], " · ")
        case "moscow", dict():
            return joined(
                [_pair(label(v), MOSCOW_WORDS.get(m, Words.same(m))) for v, m in value.items()], " · "
            )
        case "rows", list():
            return joined([row_in_words(columns, row, names) for row in value], "\n")
        case _:
            return Words.same(str(value))


def _pair(what: Words, figure: Words) -> Words:
    return Words("{what}: {figure}", "{what} : {figure}").fill(what=what, figure=figure)


def row_in_words(columns: tuple[Column, ...], row: Mapping[str, Value], names: Mapping[str, str]) -> Words:
    """One line of rows: its filled cells in the order of the columns."""
    cells = [cell_in_words(column, row.get(column.key), names) for column in columns if row.get(column.key)]
    return joined(cells, " · ")


def cell_in_words(column: Column, value: Value, names: Mapping[str, str]) -> Words:
    """One cell of a line."""
    return _in_words(column.kind, column.options, value, names)
