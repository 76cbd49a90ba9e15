"""The pulse over waves, as coarse as it is told (5.3): stairs with gaps. No fake, no clock."""

from datetime import date, timedelta

from flows.digest.pulse import MOST, Stair, stairs
from flows.wave.model import Kept, ScaleKept, TextKept

ORDER = (("P01", "know"), ("P02", "want"), ("P03", "able"))
DAY = date(2026, 3, 2)


def kept(*totals: int | None) -> dict[str, Kept]:
    """Ten answers a step; None: too few of them."""
    found: dict[str, Kept] = {"P06": TextKept(n=5)}
    for n, total in enumerate(totals, start=1):
        if total is not None:
            found[f"P0{n}"] = ScaleKept(n=10, total=total)
    return found


def test_a_wave_is_as_high_as_its_first_step_to_act_on() -> None:
    waves = [(DAY, kept(20, 40, 40)), (DAY, kept(40, 30, 40)), (DAY, kept(40, 31, 40))]
    assert [one.reached for one in stairs(waves, ORDER)] == [0, 1, 3]


def test_what_is_not_published_is_a_gap_and_so_is_all_that_hangs_on_it() -> None:
    waves = [(DAY, {}), (DAY, kept(None, 20, 20)), (DAY, kept(40, None, 20)), (DAY, kept(20, None, 20))]
    assert [one.reached for one in stairs(waves, ORDER)] == [None, None, None, 0]


def test_only_the_last_waves_are_drawn() -> None:
    waves = [(DAY + timedelta(weeks=3 * n), kept(40, 40, 40)) for n in range(MOST + 2)]
    found = stairs(waves, ORDER)
    assert len(found) == MOST
    assert found[-1] == Stair(day=DAY + timedelta(weeks=3 * (MOST + 1)), reached=3)
