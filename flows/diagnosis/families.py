"""From indicators to score (3.3): families with their range, weights with their shifts, readiness."""

from collections.abc import Mapping

from flows.diagnosis.figures import FULL
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.reading import Reading
from flows.diagnosis.result import Family, Indicator


def family(number: int, indicators: Mapping[str, Indicator]) -> Family:
    """One family: score over what has a value, coverage over everything, and the range that missing
    answers leave open (missing counted as 0, then as 100)."""
    mine = [(i.weight, i) for i in indicators.values() if i.family == number]
    known = [(w, i.value) for w, i in mine if i.value is not None]
    weight = sum(w for w, _ in known)
    low = sum(w * i.coverage * (i.value or 0.0) for w, i in mine) / 100
    return Family(
        score=sum(w * value for w, value in known) / weight if weight else None,
        coverage=sum(w * i.coverage for w, i in mine) / 100,
        low=low,
        high=low + sum(w * (1 - i.coverage) for w, i in mine) / 100 * FULL,
    )


def weights(reading: Reading, model: DiagnosisModel) -> dict[int, int]:
    """The weights of the families, shifted by the context; each shift at most once."""
    shifted = dict(model.weights)
    for shift in model.shifts:
        if reading.one_of(shift.question, *shift.values):
            shifted[shift.plus] += shift.points
            shifted[shift.minus] -= shift.points
    return shifted


def readiness(families: Mapping[int, Family], weights: Mapping[int, int]) -> float:
    """Σ weight·score; a family without any value is dropped and the weights rescaled. Family 4 always
    has a value (I4.4 to I4.6)."""
    known = [(weights[number], f.score) for number, f in families.items() if f.score is not None]
    return sum(w * score for w, score in known) / sum(w for w, _ in known)


def coverage(families: Mapping[int, Family], weights: Mapping[int, int]) -> float:
    """Overall coverage, from 0 to 1; a family without any value counts 0."""
    return sum(weights[number] * f.coverage for number, f in families.items()) / 100
