"""What 8.2 to 8.8 of the domain expect of the worked example and its variants, to two decimals."""

from typing import Any

import pytest

HIGH = "R07 R08 R11 R14 R21 R34 R36 R37 R42 R54 R62"
WARNING = (
    "R01 R03 R05 R12 R15 R19 R20 R22 R23 R25 R26 R33 R38 R39 R41 R44 R46 R48 R49 R51 R55 R57 R60 R64 R65"
)
NOT_IN_C = "R14 R15 R25 R26 R33 R34 R42 R44 R54 R55"


def ids(text: str) -> set[str]:
    return set(text.split())


#: 8.8: by variant, what is expected of it.
CASES: dict[str | None, dict[str, Any]] = {
    None: {
        "verdict": "GO_CONDITIONS", "kind": None, "collab": 41.07, "bpi": 40.48, "readiness": 51.46,
        "coverage": 1.0, "families": (65.10, 48.19, 47.54, 57.40), "gates": "c c c c p",
        "rules": ids(f"{HIGH} {WARNING} R43"),
    },
    "D": {
        "verdict": "GO", "kind": None, "collab": 75.0, "bpi": 25.0, "readiness": 85.90,
        "coverage": 1.0, "families": (82.20, 82.30, 85.38, 94.18), "gates": "p p p p p", "rules": {"R05"},
    },
    "B": {
        "verdict": "NO_GO", "kind": "structural", "collab": 25.0, "bpi": 25.0, "readiness": 81.40,
        "coverage": 1.0, "families": (82.20, 67.30, 85.38, 94.18), "gates": "f p p p p",
        "rules": ids("R05 R13 R15"),
    },
    "C": {
        "verdict": "GO_CONDITIONS", "kind": None, "collab": None, "bpi": None, "readiness": 55.65,
        "coverage": 0.663, "families": (65.10, 51.24, 54.64, 59.57), "gates": "n c c c p",
        "rules": ids(f"{HIGH} {WARNING} R43") - ids(NOT_IN_C),
    },
}  # fmt: skip
STANDINGS = {"p": "pass", "c": "condition", "f": "fail", "n": "not_assessed"}

#: 8.2: sum / n, and the normalised value, of named and anonymous items.
ITEMS = {
    "SET17": (18, 6, 50.00), "OBJ07": (27, 8, 59.38), "OBJ08": (26, 8, 56.25), "SPO06": (20, 7, 46.43),
    "SPO07": (19, 7, 42.86), "PRO05": (14, 5, 45.00), "PRO06": (12, 5, 35.00), "PRO08": (12, 5, 35.00),
    "COL01": (18, 7, 39.29), "COL02": (19, 7, 42.86), "COL03": (16, 7, 32.14), "COL04": (23, 7, 57.14),
    "COL05": (19, 7, 42.86), "COL06": (25, 7, 35.71), "COL07": (25, 7, 35.71), "COL08": (19, 7, 42.86),
    "BEL01": (25, 7, 64.29), "BEL02": (20, 7, 46.43), "BEL03": (20, 7, 46.43), "BEL04": (15, 7, 28.57),
    "BEL05": (12, 7, 17.86), "BEL06": (18, 7, 39.29), "BEL08": (19, 7, 42.86), "BEL11": (19, 7, 42.86),
    "BEL12": (20, 7, 46.43), "CHG08": (20, 7, 46.43), "CHG12": (18, 7, 39.29), "NEE16": (20, 8, 37.50),
}  # fmt: skip

#: 8.3 to 8.6.
INDICATORS = {
    "I1.1": 100, "I1.2": 100, "I1.3": 60, "I1.4": 100, "I1.5": 0, "I1.6": 37.5,
    "I2.1": 58.5, "I2.2": 38.33, "I2.3": 41.07, "I2.4": 50, "I2.5": 60,
    "I3.1": 59.52, "I3.2": 51.43, "I3.3": 24, "I3.4": 62.5, "I3.5": 50.95, "I3.6": 0,
    "I4.1": 50, "I4.2": 53.32, "I4.3": 30, "I4.4": 100, "I4.5": 64.29, "I4.6": 50,
}  # fmt: skip


def near(figure: float | None) -> Any:
    """The same to two decimals."""
    return None if figure is None else pytest.approx(figure, abs=0.005001)
