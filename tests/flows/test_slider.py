"""A slider on which people are split (D13): figures without names, and one voice for each side."""

import pytest

from flows.arbitration.slider import Stand, points, speakers, stand
from flows.words import Words

ANSWERS = {"claire": 5, "marc": 1, "ines": 2, "paul": 1, "sofia": 3}


def test_where_people_stand_is_figures_and_one_s_own_point() -> None:
    counts = {"1": 2, "2": 1, "3": 1, "4": 0, "5": 1}
    found = stand(ANSWERS, "claire")
    assert found == Stand(counts=counts, own="5")
    assert found.total == 5
    assert stand(ANSWERS, "jeanne") == Stand(counts=counts), "who has not answered has no point"
    assert stand({"marc": "unknown"}) is None


@pytest.mark.parametrize(("pair", "first"), [("ARB05", "paul"), ("ARB06", "marc")])
def test_one_voice_a_side_from_its_furthest_point_and_another_from_slider_to_slider(
    pair: str, first: str
) -> None:
    assert speakers(pair, ANSWERS) == (first, "claire")


def test_whoever_settles_it_gives_no_words_and_a_side_may_have_none() -> None:
    assert speakers("ARB05", ANSWERS, apart=("claire",)) == ("paul",)
    assert speakers("ARB05", {"ines": 2, "hugo": "4", "sofia": 3}) == ("ines", "hugo")


def test_each_point_names_what_it_wants() -> None:
    found = points((Words("users", "utilisateurs"), Words("management", "direction")), Words.same("half"))
    assert [one.en for one in found.values()] == [
        "users (clearly)", "users (rather)", "half", "management (rather)", "management (clearly)",
    ]  # fmt: skip
    assert found["5"].fr == "direction (nettement)"
