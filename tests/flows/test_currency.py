"""Amounts in the currency of the project, as each language writes them (RTE06)."""

import pytest
from babel.numbers import format_currency

from flows.currency import DEFAULT, NAMES, amount, called, code
from flows.dialogue.kinds import thousands
from flows.dialogue.path import worded
from flows.dialogue.show import in_words
from flows.playbook import Playbook
from tests.flows.stage import BOREAL, MARC, Stage


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("currency", [*NAMES, "JPY", "SEK"])
def test_an_amount_reads_as_unicode_has_it(currency: str) -> None:
    """Against CLDR, which the core does not read; English puts a space after letters."""
    ours = amount(thousands(240_000), currency)
    english = plain(format_currency(240_000, currency, "¤#,##0", locale="en_GB", currency_digits=False))
    french = plain(format_currency(240_000, currency, "#,##0 ¤", locale="fr", currency_digits=False))
    assert ours.fr == french
    assert ours.en.replace(" ", "") == english.replace(" ", "").replace("JP¥", "JPY")


@pytest.mark.parametrize(
    ("typed", "read"), [(" chf ", "CHF"), ("Jpy", "JPY"), ("€", None), ("euro", None), ("ÉUR", None)]
)
def test_what_is_typed_is_read_as_three_letters(typed: str, read: str | None) -> None:
    assert code(typed) == read


def test_the_budget_is_asked_and_read_in_the_currency_of_the_project(playbook: Playbook) -> None:
    for facts, name, shown in (
        ({}, "euros", "240 000 €"),
        ({"currency": "CHF"}, "francs suisses", "240 000 CHF"),
        ({"currency": "JPY"}, "JPY", "240 000 JPY"),
    ):
        stage = Stage(playbook=playbook, flow_id="D15", cast=BOREAL, facts=facts)
        sheet = stage.sheet(MARC)
        budget = worded(stage.flow, sheet, stage.flow.by_id["RTE06"])
        assert f"tous coûts compris (en {name})" in budget.words.fr
        assert in_words(budget, 240_000, {}).fr == shown
    assert called(DEFAULT).en == "euros"
    assert in_words(stage.flow.by_id["RTE06"], 240_000, {}).en == "240,000"
