"""What is typed after a dialogue to be sent: people and a day, in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dates import spoken
from flows.order_line import Odd, OrderLine, read

TODAY = date(2026, 11, 23)  # a Monday
NAMES = {
    "UINES": "Inès Rahmani", "UPAUL": "Paul Kermorgan", "UPAULA": "Paula Lenz", "UMARC": "Marc Delorme",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("30/11", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("30.11.26", date(2026, 11, 30)),
        ("30 November", date(2026, 11, 30)),
        ("30 nov", date(2026, 11, 30)),
        ("1er décembre", date(2026, 12, 1)),
        ("2nd december 2026", date(2026, 12, 2)),
        ("3 fevrier", date(2027, 2, 3)),  # the next one
        ("10/01", date(2027, 1, 10)),
        ("20/11", date(2026, 11, 20)),  # three days ago: past, and said so
        ("29/02", None),
        ("friday", date(2026, 11, 27)),
        ("Vendredi", date(2026, 11, 27)),
        ("lundi", date(2026, 11, 30)),  # today is one: the next
        ("31/11", None),
        ("30/13", None),
        ("30 x", None),
        ("30 xyz", None),
        ("1/1/0001", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_as_people_type_it(typed: str, day: date | None) -> None:
    assert spoken(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", OrderLine()),
        ("@Inès by 30/11", OrderLine(users=("UINES",), until=date(2026, 11, 30))),
        ("@ines rahmani, @marc.delorme avant le 30 novembre.",
         OrderLine(users=("UINES", "UMARC"), until=date(2026, 11, 30))),
        ("<@UINES|ines> <@UNEW> <@UINES> pour vendredi",
         OrderLine(users=("UINES", "UNEW"), until=date(2026, 11, 27))),
        ("@Paul Kermorgan d’ici au 1er décembre", OrderLine(users=("UPAUL",), until=date(2026, 12, 1))),
        ("2026-11-30", OrderLine(until=date(2026, 11, 30))),
        ("please", OrderLine()),
        ("@Pau", OrderLine(odd=(Odd(typed="@Pau", why="several", people=("UPAUL", "UPAULA")),))),
        ("@bob by friday",
         OrderLine(until=date(2026, 11, 27), odd=(Odd(typed="@bob", why="nobody"),))),
        ("@Marc by soon", OrderLine(users=("UMARC",), odd=(Odd(typed="soon", why="no day"),))),
        ("@Marc by", OrderLine(users=("UMARC",), odd=(Odd(typed="", why="no day"),))),
        ("@", OrderLine(odd=(Odd(typed="@", why="nobody"),))),
    ],
)  # fmt: skip
def test_people_and_a_day_in_either_language(typed: str, line: OrderLine) -> None:
    found = read(typed.split(), NAMES, TODAY)
    assert found == line
    assert bool(found) == bool(line.users or line.until or line.odd)


@given(
    st.lists(
        st.sampled_from(
            ["@", "@Inès", "by", "le", "avant", "30", "/", "11", "30/11", "<@U1>", "x", ",", "vendredi"]
        )
    )
)
def test_nothing_typed_is_too_odd(words: list[str]) -> None:
    read(words, NAMES, TODAY)
