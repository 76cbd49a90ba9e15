"""How the note is read (RTE12): three counts, and when readings may be rated at all."""

import pytest

from flows.alignment import counted, rated, ready, share
from flows.diagnosis.evidence import Alignment


def test_three_counts_are_what_is_kept_of_ratings() -> None:
    counts = counted(["aligned", "not", "partly", "aligned", "partly", "aligned"])
    assert counts == Alignment(aligned=3, partly=2, different=1)
    assert rated(counts) == 6
    assert share(counts) == pytest.approx(100 * (3 + 0.5 * 2) / 6)
    assert share(Alignment()) is None


def test_what_is_no_rating_is_refused() -> None:
    with pytest.raises(ValueError, match="maybe"):
        counted(["aligned", "maybe"])


def test_readings_are_shown_once_nobody_could_be_told_by_the_order_they_came_in() -> None:
    team = ["U1", "U2", "U3"]
    assert not ready(expected=team, given=[], closed=True)
    assert not ready(expected=team, given=["U1", "U2"], closed=False)
    assert ready(expected=team, given=["U3", "U1", "U2"], closed=False)
    assert ready(expected=team, given=["U1"], closed=True)
