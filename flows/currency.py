"""The currency a project counts its budgets in, and amounts in it, in both languages. Converts nothing."""

import re
from collections.abc import Mapping

from flows.words import Words

#: Where a project has not said which one it counts in.
DEFAULT = "EUR"
#: Those that are offered; any other has its ISO 4217 code for a name.
NAMES: Mapping[str, Words] = {
    "EUR": Words("euros", "euros"),
    "CHF": Words("Swiss francs", "francs suisses"),
    "GBP": Words("pounds sterling", "livres sterling"),
    "USD": Words("US dollars", "dollars américains"),
    "CAD": Words("Canadian dollars", "dollars canadiens"),
    "MAD": Words("Moroccan dirhams", "dirhams marocains"),
    "XOF": Words("CFA francs", "francs CFA"),
}
#: How an amount shows its currency where that is not the code.
SIGNS: Mapping[str, Words] = {
    "EUR": Words("€", "€"),
    "GBP": Words("£", "£GB"),
    "USD": Words("US$", "$US"),
    "CAD": Words("CA$", "$CA"),
    "XOF": Words("F CFA", "F CFA"),
}


def code(typed: str) -> str | None:
    """What somebody typed as a code: three letters, in capitals; None for anything else."""
    found = typed.strip().upper()
    return found if re.fullmatch("[A-Z]{3}", found, re.ASCII) else None


def called(currency: str) -> Words:
    """Its name, as after "in": "in Swiss francs". What is no known code is said as it stands."""
    return NAMES.get(currency, Words.same(currency))


def amount(figure: Words, currency: str) -> Words:
    """A figure with its currency, where each language puts it: "€240,000", « 240 000 € »."""
    sign = SIGNS.get(currency, Words.same(currency))
    between = " " if sign.en[-1:].isalnum() else ""
    return Words(f"{sign.en}{between}{figure.en}", f"{figure.fr} {sign.fr}")
