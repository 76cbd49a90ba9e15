"""Vendors side by side: grids are shown as a spread, from five on; nothing is added up."""

import pytest

from flows.vendor_grid import CRITERIA, own, spread


def grids(*levels: str) -> list[dict[str, str]]:
    return [{"K1": level} for level in levels]


def test_a_spread_has_its_ends_its_middle_and_its_quartiles() -> None:
    found = spread(grids("seen", "no", "claimed", "seen", "not_shown", "claimed"), "K1")
    assert found is not None
    assert found.counts == {"seen": 2, "claimed": 2, "not_shown": 1, "no": 1}
    assert (found.low, found.first, found.middle, found.third, found.high) == (
        "no", "not_shown", "claimed", "claimed", "seen",
    )  # fmt: skip


@pytest.mark.parametrize("levels", [(), ("seen",) * 4, (*("seen",) * 4, "hidden")])
def test_below_five_nothing_is_shown(levels: tuple[str, ...]) -> None:
    assert spread(grids(*levels), "K1") is None
    assert spread(grids(*levels, "seen"), "K2") is None


def test_a_grid_holds_known_criteria_with_known_levels_only() -> None:
    typed = {"K1": "seen", "K2": "wonderful", "K9": "seen", "K5": "no"}
    assert own(CRITERIA, typed) == {"K1": "seen", "K5": "no"}
