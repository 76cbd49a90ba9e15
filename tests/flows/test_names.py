"""Whom a text names, wherever it stands in it; and that nobody is found where nobody is named."""

import pytest

from flows.document.names import Names, people, whole

KNOWN = Names(people({"C": "Claire Vasseur", "H": "Hélène Dubois-Léger", "M": "Martin Roux", "K": "Kim"}))


@pytest.mark.parametrize(
    ("text", "who"),
    [("crm@vasseur.fr", None), ("claire@corvanne.fr", "C"), ("helene.dubois@corvanne.fr", "H"),
     ("cvasseur@x.fr", "C"), ("achats@x.fr", None), ("https://achats.vasseur.fr/depot", None),
     ("https://achats.vasseur.fr/Vasseur", "C"), ("chez Hélène, au 01 02 03 04 05", "H"), ("", None),
     ("crm@x.fr, ou Kim", "K"), ("la plateforme", None)],
)  # fmt: skip
def test_whom_a_text_names_first(text: str, who: str | None) -> None:
    assert KNOWN.first(text) == who


def test_a_name_that_is_somebodys_family_counts_in_any_case() -> None:
    assert KNOWN.replaced("martin et roux", lambda who: f"<{who}>") == "martin et <M>"
    both = Names(people({"M": "Martin Roux", "P": "Paul Martin"}))
    assert both.replaced("martin", lambda who: f"<{who}>") == "<M>"


@pytest.mark.parametrize("name", ["Vasseur, Claire", "VASSEUR Claire", "Claire Vasseur", "claire.vasseur"])
def test_the_family_name_is_the_last_or_stands_first_as_directories_have_it(name: str) -> None:
    one = Names(people({"C": name}))
    assert one.replaced("une vision claire de vasseur", lambda who: f"<{who}>") == "une vision claire de <C>"


def test_what_stands_aside_is_no_name_unless_nothing_else_is_there() -> None:
    assert Names(people({"C": "Claire Vasseur (DSI)"})).first("la DSI") is None
    assert Names(people({"C": "(Claire)"})).first("Vu avec Claire") == "C"


@pytest.mark.parametrize("name", ["Nimbus™", "Nimbus Ⅻ", "ﬁrm ǅ", "Straße ẞ", "李小龍", "İẞı ŉ"])
def test_signs_that_are_several_letters_are_found_again(name: str) -> None:
    assert Names(whole("X", [name])).replaced(f"de {name}.", lambda who: who) == "de X."


def test_companies_are_found_whole() -> None:
    met = Names(whole("X", ["Nimbus CRM", "", "C3", "+++"]))
    assert met.replaced("nimbus-crm, Nimbus, C3 et +++", lambda who: who) == "X, Nimbus, C3 et +++"
    assert Names(()).replaced("Nimbus", lambda who: who) == "Nimbus"


def test_a_long_text_without_an_address_takes_no_time() -> None:
    assert KNOWN.first("é" * 40_000) is None
