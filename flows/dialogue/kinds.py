"""The kinds of question (0.4): turns a raw value into a valid `Value`, or says why it cannot.

Knows nothing of other answers: what depends on them stands in `checks.py`. An empty value never
gets here; whether a question may be left empty is the engine's to say. Nothing here raises, on
whatever a modified client may send (reliability T11).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.dates import FIRST_YEAR, LAST_YEAR, possible
from flows.dialogue.model import NOBODY, Column, Kind, Question, Value
from flows.words import Words

#: Most characters of a `text` and of a `long_text` (0.4).
LONGEST: Mapping[str, int] = {"text": 200, "long_text": 1500}
#: The explicit "None" choice of a `multi` question, which stands alone, and the words it may have.
NONE_OF_THEM = "none"
STANDS_ALONE = (NONE_OF_THEM, NOBODY, "nothing")
MOSCOW = ("M", "S", "C", "W")
#: A safety bound where content gives none: more rows than any form can hold.
MOST_ROWS = 40
LARGEST_NUMBER = 1_000_000
USER = re.compile(r"[UW][A-Z0-9]{1,30}")
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Refused:
    """A raw value that cannot be accepted, and what to do about it."""

    words: Words


CHOOSE = Words(
    "Choose an answer, or use “Can’t answer this one?”.", "Choisissez une réponse, ou « Pas de réponse ? »."
)
CHOOSE_ONE = Words("Choose an answer.", "Choisissez une réponse.")
NOT_OFFERED = Words(
    "This choice is no longer offered. Choose again.", "Ce choix n’est plus proposé. Choisissez de nouveau."
)
UNREADABLE = Words("This cannot be read. Please type it again.", "Illisible. Saisissez-le de nouveau.")
NOT_A_PERSON = Words("Choose a person of this workspace.", "Choisissez une personne de cet espace.")
NOT_A_DATE = Words("Choose a date.", "Choisissez une date.")
FAR_DATE = Words(
    "Choose a date between {first} and {last}.", "Choisissez une date entre {first} et {last}."
).fill(first=str(FIRST_YEAR), last=str(LAST_YEAR))
NONE_ALONE = Words(
    "“{none}” stands alone: take it off, or take the others off.",
    "« {none} » va seul : retirez-le, ou retirez les autres.",
)


def clean(text: str, *, lines: bool) -> str:
    """`text` without what no store or screen can hold (control characters, half surrogates),
    in composed form, trimmed. Keeps line breaks only when `lines`."""
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return text.strip() if lines else " ".join(text.split())


def thousands(number: float) -> Words:
    """A number as each language groups it; the French space is made narrow on rendering."""
    return Words(f"{number:,}", f"{number:,}".replace(",", " ").replace(".", ","))


def empty(raw: Any) -> bool:
    """Nothing was typed or chosen."""
    return raw is None or raw in ("", [], {}, ()) or (isinstance(raw, str) and not clean(raw, lines=False))


def _text(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, str):
        return Refused(UNREADABLE)
    text = clean(raw, lines=question.kind == "long_text")
    longest = question.maximum or LONGEST[question.kind]
    shortest = question.minimum or 1
    if len(text) > longest:
        words = Words(
            "{n} characters; the limit is {limit}.", "{n} caractères ; la limite est de {limit}."
        ).fill(n=thousands(len(text)), limit=thousands(longest))
        return Refused(words)
    if len(text) < shortest:
        words = Words(
            "A few more words: {n} characters at least.", "Encore quelques mots : {n} caractères au moins."
        )
        return Refused(words.fill(n=shortest))
    return text


def _offered(question: Question) -> list[str]:
    return [option.value for option in question.options]


def _single(question: Question, raw: Any) -> Value | Refused:
    return raw if isinstance(raw, str) and raw in _offered(question) else Refused(NOT_OFFERED)


def _multi(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, list | tuple) or any(value not in _offered(question) for value in raw):
        return Refused(NOT_OFFERED)
    chosen = [value for value in _offered(question) if value in raw]
    alone = next((value for value in chosen if value in STANDS_ALONE), None)
    if alone is not None and len(chosen) > 1:
        none = next(option.label for option in question.options if option.value == alone)
        return Refused(NONE_ALONE.fill(none=none))
    return chosen


def _whole(raw: Any) -> int | None:
    """`raw` as a whole number, or None. Booleans are not numbers here."""
    if isinstance(raw, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", raw, re.ASCII):
        return int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None


def _halves(question: Question, raw: Any) -> Value | Refused:
    """A number of which halves are welcome: "2", "2.5" or "2,5", 0.5 at least."""
    number: float | None = _whole(raw)
    if isinstance(raw, float):
        number = raw
    elif isinstance(raw, str) and re.fullmatch(r"\s*[0-9]{1,6}[.,][05]0*\s*", raw, re.ASCII):
        number = float(raw.replace(",", "."))
    high = LARGEST_NUMBER if question.maximum is None else question.maximum
    if number is not None and 0.5 <= number <= high and number * 2 == int(number * 2):
        return int(number) if number == int(number) else number
    return Refused(Words("A number such as 2 or 2.5.", "Un nombre, par exemple 2 ou 2,5."))


def _scale5(question: Question, raw: Any) -> Value | Refused:
    number = _whole(raw)
    return number if number is not None and 1 <= number <= 5 else Refused(CHOOSE_ONE)


def _number(question: Question, raw: Any) -> Value | Refused:
    if question.halves:
        return _halves(question, raw)
    low = question.minimum or 0
    high = LARGEST_NUMBER if question.maximum is None else question.maximum
    number = _whole(raw)
    if number is not None and low <= number <= high:
        return number
    words = Words("A whole number from {low} to {high}.", "Un nombre entier de {low} à {high}.")
    return Refused(words.fill(low=thousands(low), high=thousands(high)))


def _date(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw, re.ASCII):
        return Refused(NOT_A_DATE)
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return Refused(NOT_A_DATE)
    return day.isoformat() if possible(day) else Refused(FAR_DATE)


def _person(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, str):
        return Refused(NOT_A_PERSON)
    if USER.fullmatch(raw) or (raw == NOBODY and question.none is not None):
        return raw
    return _outsider(raw) if question.external else Refused(NOT_A_PERSON)


def _outsider(raw: str) -> Value | Refused:
    """Somebody outside the workspace: a name and a contact, typed."""
    text = clean(raw, lines=False)
    if 3 <= len(text) <= 200:
        return text
    return Refused(
        Words("A name and a contact, 3 to 200 characters.", "Un nom et un contact, 3 à 200 caractères.")
    )


def _people(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, list | tuple) or not all(isinstance(u, str) and USER.fullmatch(u) for u in raw):
        return Refused(NOT_A_PERSON)
    return list(dict.fromkeys(raw))


def _ranking(question: Question, raw: Any) -> Value | Refused:
    """`raw` is the options from first to last rank; None where no option was chosen."""
    offered = _offered(question)
    if not isinstance(raw, list | tuple) or any(value is not None and value not in offered for value in raw):
        return Refused(NOT_OFFERED)
    ranked = [value for value in raw if value is not None]
    for rank, value in enumerate(ranked):
        if value in ranked[:rank]:
            label = next(option.label for option in question.options if option.value == value)
            words = Words("“{label}” already has rank {rank}.", "« {label} » a déjà le rang {rank}.")
            return Refused(words.fill(label=label, rank=list(raw).index(value) + 1))
    if len(ranked) < len(offered):
        words = Words(
            "Give each line a rank: {n} still to place.", "Donnez un rang à chaque ligne : il en reste {n}."
        )
        return Refused(words.fill(n=len(offered) - len(ranked)))
    return ranked


def _points100(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, dict) or any(key not in _offered(question) for key in raw):
        return Refused(NOT_OFFERED)
    points = {value: _whole(raw.get(value) or 0) for value in _offered(question)}
    if any(given is None or given < 0 for given in points.values()):
        return Refused(Words("Whole numbers of points, 0 or more.", "Des points entiers, 0 ou plus."))
    total = sum(given or 0 for given in points.values())
    if total != 100:
        return Refused(_off_by(total))
    return points


def _off_by(total: int) -> Words:
    gap = abs(100 - total)
    if total > 100:
        words = Words("These add up to {n}: {gap} too many.", "Le total fait {n} : {gap} de trop.")
    elif gap == 1:
        words = Words(
            "These add up to {n}: 1 left to give.", "Le total fait {n} : il reste 1 point à donner."
        )
    else:
        words = Words(
            "These add up to {n}: {gap} left to give.", "Le total fait {n} : il reste {gap} points à donner."
        )
    return words.fill(n=total, gap=gap)


def _moscow(question: Question, raw: Any) -> Value | Refused:
    offered = _offered(question)
    if not isinstance(raw, dict) or any(key not in offered for key in raw):
        return Refused(NOT_OFFERED)
    placed = {value: raw[value] for value in offered if raw.get(value) in MOSCOW}
    if len(placed) < len(offered):
        words = Words("Still to place: {n}.", "Reste à placer : {n}.")
        return Refused(words.fill(n=len(offered) - len(placed)))
    return placed


def _rows(question: Question, raw: Any) -> Value | Refused:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, dict) for row in raw):
        return Refused(UNREADABLE)
    if len(raw) < (question.minimum or 0):
        words = Words("Lines so far: {n}; needed: {least}.", "Lignes saisies : {n} ; il en faut {least}.")
        return Refused(words.fill(n=len(raw), least=question.minimum or 0))
    if len(raw) > (question.maximum or MOST_ROWS):
        words = Words("{n} lines; the limit is {most}.", "{n} lignes ; la limite est de {most}.")
        return Refused(words.fill(n=len(raw), most=question.maximum or MOST_ROWS))
    rows = []
    for number, row in enumerate(raw, start=1):
        checked = check_row(question, row)
        if isinstance(checked, Refused):
            where = Words("Line {n}. {why}", "Ligne {n}. {why}")
            return Refused(where.fill(n=number, why=checked.words))
        rows.append(checked)
    return _unlike(question, rows)


def check_row(question: Question, row: Mapping[str, Any]) -> dict[str, Value] | Refused:
    """One line of a `rows` question, checked column by column. Unknown columns are dropped; the
    line's own `id`, given by the engine, is kept."""
    checked: dict[str, Value] = {"id": row["id"]} if isinstance(row.get("id"), str) else {}
    for column in question.columns:
        raw = row.get(column.key)
        if empty(raw):
            if column.required:
                return Refused(
                    Words("{column}: to fill in.", "{column} : à remplir.").fill(column=column.label)
                )
            continue
        value = KINDS[column.kind](as_question(question, column), raw)
        if isinstance(value, Refused):
            named = Words("{column}: {why}", "{column} : {why}")
            return Refused(named.fill(column=column.label, why=value.words))
        checked[column.key] = value
    return checked


def as_question(question: Question, column: Column) -> Question:
    """A cell of `rows` as if it were a question of its own."""
    return Question(
        id=question.id, kind=column.kind, words=column.label, why=column.label, short=column.label,
        audience=question.audience, mode=question.mode, options=column.options,
        maximum=column.maximum, halves=column.halves,
    )  # fmt: skip


def _unlike(question: Question, rows: list[dict[str, Value]]) -> Value | Refused:
    """Nobody stands on two lines when the first column is a person."""
    if question.columns and question.columns[0].kind == "person":
        people = [row[question.columns[0].key] for row in rows if question.columns[0].key in row]
        if len(set(people)) < len(people):
            return Refused(
                Words("The same person stands on two lines.", "La même personne figure sur deux lignes.")
            )
    return rows


KINDS: Mapping[Kind, Callable[[Question, Any], Value | Refused]] = {
    "text": _text,
    "long_text": _text,
    "single": _single,
    "multi": _multi,
    "scale5": _scale5,
    "number": _number,
    "date": _date,
    "person": _person,
    "people": _people,
    "ranking": _ranking,
    "points100": _points100,
    "rows": _rows,
    "moscow": _moscow,
}


def check(question: Question, raw: Any) -> Value | Refused:
    """`raw`, which is not empty, as the valid value of `question`, or why it cannot be."""
    return KINDS[question.kind](question, raw)
