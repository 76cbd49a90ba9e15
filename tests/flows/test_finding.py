"""What the log is searched by: folding, the words of a record, what typed words mean."""

from datetime import UTC, datetime

from flows.register.finding import MOST_WORDS, fold, searchable, typed, words
from flows.register.model import Kept
from flows.words import Words


def test_accents_case_and_ligatures_are_folded() -> None:
    assert fold("Éditeurs — CŒUR, straße, İstanbul") == "editeurs — coeur, strasse, istanbul"
    assert words("L’ERP_2 : œuvre, 3,5 %") == ("l", "erp", "2", "oeuvre", "3", "5")


def test_every_text_of_a_record_is_searched_once_however_deep() -> None:
    record = Kept(
        kind="decision", number=4, title=Words("Alpha first", "Alpha d’abord"), created_at=datetime.now(UTC),
        fields={"reason": "Coût", "grid": {"K1": {"said": "vu", "n": 3}}, "people": ["U1"], "none": None},
    )  # fmt: skip
    assert searchable(record) == "dec 4 alpha first d abord cout vu u1"


def test_a_state_and_a_kind_among_the_words_are_filters() -> None:
    found = typed(["ERP", "Décisions", "ouverte"])
    assert (found.kind, found.words) == ("decision", ("erp", "ouverte"))
    found = typed(["risques", "résolu", "l'ERP", "risques"])
    assert (found.kind, found.status, found.words) == ("risk", "resolved", ("l", "erp", "risques"))
    assert len(typed(str(n) for n in range(50)).words) == MOST_WORDS
