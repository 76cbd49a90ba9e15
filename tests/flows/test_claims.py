"""What vendors claim stands beside what was seen, and a budget leaves only with a yes (DC03, RTE06a)."""

from typing import Any

from flows.document.outgoing import read, released
from flows.playbook import Playbook
from flows.vendor_grid import Claimed
from tests.flows.test_documents_out import FILLED, part, text

ANSWERS: dict[str, dict[str, str]] = {
    "REQ-1": {"answer": "standard"}, "REQ-2": {"answer": "add_on"}, "REQ-3": {"answer": "standard"},
    "K1.1": {"answer": "yes"}, "K1.2": {"answer": "partly", "comment": "In the next version"},
    "K4.1": {"answer": "no"},
}  # fmt: skip
NIMBUS = Claimed(vendor="  NIMBUS ", answers=ANSWERS)


def test_what_a_vendor_claims_stands_beside_what_was_seen(playbook: Playbook) -> None:
    said = part(
        playbook, "DC03", claims=(NIMBUS, Claimed(vendor="Cirrus", answers={"K5.1": {"answer": "yes"}}))
    )
    assert "What vendors claim, beside what was seen" in said
    assert "| VND-1 Nimbus | Needs | — | standard 2, add-on 1 |" in said
    assert "| VND-1 Nimbus | K1 Recent, open | Seen working | yes 1, partly 1 |" in said
    assert "| VND-1 Nimbus | K4 Configurable | Claimed | no 1 |" in said
    assert "| VND-1 Nimbus | K5 Social networks | Claimed | no answer |" in said
    assert "| VND-2 Stratus | K1 Recent, open | not noted | no file |" in said
    assert "| Cirrus | K5 Social networks | not seen | yes 1 |" in said
    assert "3 of 5" in said, "a claim is nothing that was seen"
    assert "What vendors claim" not in part(playbook, "DC03")
    french = part(playbook, "DC03", "fr", claims=(NIMBUS,))
    assert "Ce que les éditeurs affirment, à côté de ce qui a été vu" in french
    assert "module complémentaire 1" in french


def test_no_vendor_reads_what_another_claims(playbook: Playbook) -> None:
    for doc in ("DOC2", "DOC3", "DOC4"):
        with_, without = (text(playbook, doc, claims=claims) for claims in ((NIMBUS,), ()))
        assert with_ == without


def test_the_budget_leaves_for_vendors_only_with_the_yes_of_who_knows_it(playbook: Playbook) -> None:
    def said(**more: Any) -> str:
        return text(playbook, "DOC2", **more)

    assert "240,000" in said(outgoing=released(FILLED, said=True))
    kept = released(FILLED, said=False)
    assert "240,000" not in said(outgoing=kept)
    assert "240,000" in part(playbook, "DC06", outgoing=kept), "the arbiter reads it in the memo"
    assert released(read({}), said=False) == read({})
