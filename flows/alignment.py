"""How the note is read (RTE12, W10): each reading rated by the facilitator, of which three counts are kept.

Knows neither who wrote a reading nor which rating it got: ratings go in, counts come out. The alignment
itself, and what follows from it, is R67 (flows/diagnosis/rules_approach.py).
"""

from collections.abc import Collection, Sequence

from flows.diagnosis.evidence import Alignment
from flows.words import Words

#: The question that asks for a reading, and the part of D15 it is asked in.
READING, PART = "RTE12", "W10"
#: What one reading may be rated, against the goals (N03) and the lots (N18) of the note.
RATINGS = ("aligned", "partly", "not")
#: The same in words.
NAMES = {
    "aligned": Words("The same as the note", "Comme la note"),
    "partly": Words("Partly the same", "En partie comme la note"),
    "not": Words("Something else", "Autre chose"),
}


def counted(ratings: Sequence[str]) -> Alignment:
    """The three counts. Raises ValueError for what is no rating."""
    if strange := set(ratings) - set(RATINGS):
        raise ValueError(f"no rating: {sorted(strange)}")
    aligned, partly, different = (ratings.count(rating) for rating in RATINGS)
    return Alignment(aligned=aligned, partly=partly, different=different)


def rated(counts: Alignment) -> int:
    """How many readings were rated."""
    return counts.aligned + counts.partly + counts.different


def share(counts: Alignment) -> float | None:
    """(aligned + 0.5 partly) / answers x 100; None when nothing was rated."""
    answers = rated(counts)
    return (counts.aligned + 0.5 * counts.partly) / answers * 100 if answers else None


def ready(*, expected: Collection[str], given: Collection[str], closed: bool) -> bool:
    """Whether the readings may be shown to the facilitator: once all who are expected have written, or the
    dialogue has closed. Read as they come in, each would be its author's. `given`: who has written, or
    has said that they cannot."""
    return bool(given) and (closed or set(expected) <= set(given))
