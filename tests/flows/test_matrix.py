"""The grid of risks and its twin in words say the same."""

from datetime import UTC, datetime

from flows.register.matrix import drawn, matrix
from flows.register.model import Kept
from flows.words import Words


def risk(number: int, likelihood: int | None, impact: int | None, status: str = "open") -> Kept:
    return Kept(
        kind="risk", number=number, title=Words.same("R"), status=status,
        fields={"likelihood": likelihood, "impact": impact}, created_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip


RISKS = [
    risk(1, 4, 4), risk(2, 5, 5), risk(3, 1, 1), risk(4, 4, 4), risk(5, 2, 5, "closed"), risk(6, None, 3),
    risk(7, 3, 2),
]  # fmt: skip


def test_risks_stand_in_their_cells_and_under_their_level_the_highest_first() -> None:
    found = matrix(RISKS)
    assert {place: [one.ref for one in risks] for place, risks in found.cells.items()} == {
        (4, 4): ["RSK-1", "RSK-4"], (5, 5): ["RSK-2"], (1, 1): ["RSK-3"], (3, 2): ["RSK-7"],
    }  # fmt: skip
    assert [(words.en, [one.ref for one in risks]) for words, risks in found.levels] == [
        ("Critical", ["RSK-2", "RSK-1", "RSK-4"]), ("Medium", ["RSK-7"]), ("Low", ["RSK-3"]),
    ]  # fmt: skip


def test_the_drawing_counts_each_cell() -> None:
    assert drawn(matrix(RISKS), "likelihood", "impact").splitlines() == [
        "impact",
        "5 |   ·   ·   ·   ·   1",
        "4 |   ·   ·   ·   2   ·",
        "3 |   ·   ·   ·   ·   ·",
        "2 |   ·   ·   1   ·   ·",
        "1 |   1   ·   ·   ·   ·",
        "  +--------------------",
        "      1   2   3   4   5",
        "   likelihood",
    ]
