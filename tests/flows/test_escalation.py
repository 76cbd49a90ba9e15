"""When the coach has open slots for a whole group (5.4): two heavy waves running, a theme and no figure."""

import pytest

from flows.wave.escalation import Theme, theme, weighs
from flows.wave.model import Kept, ScaleKept

STEPS = (("P01", "awareness"), ("P02", "desire"), ("P03", "knowledge"), ("P04", "ability"))


def scales(**totals: int) -> dict[str, Kept]:
    """The sums of five answers."""
    return {id: ScaleKept(n=5, total=total) for id, total in totals.items()}


@pytest.mark.parametrize(
    ("what", "kept", "found"),
    [
        ("C01", scales(P01=20, P02=15, P03=5), ("desire",)),
        ("C01", scales(P01=20, P02=20, P03=20, P04=15), ("ability",)),
        ("C01", scales(P01=15, P02=10), ()),  # awareness comes first
        ("C01", scales(P01=20, P02=16), ()),
        ("C02", scales(B01=17, B07=15), ("worries",)),  # an index of 60
        ("C02", scales(B01=16, B07=14), ("trust",)),
        ("C02", scales(B01=25, B07=5), ("worries", "trust")),
        ("D07", scales(BEL01=25), ("worries",)),
        ("D06", scales(COL01=25), ()),  # an index of something else
        ("C02", {}, ()),
    ],
)
def test_what_weighs_on_a_group(what: str, kept: dict[str, Kept], found: tuple[Theme, ...]) -> None:
    assert weighs(what, kept, STEPS if what == "C01" else ()) == found


def test_two_waves_running_and_what_is_said_of_them() -> None:
    assert theme(("worries", "trust"), ("trust",)) == "trust"
    assert theme(("desire",), ("ability",)) == "desire", "the later one"
    assert theme(("desire",), ()) is None
    assert theme((), ("desire",)) is None
