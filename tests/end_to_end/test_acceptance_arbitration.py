"""Acceptance points 25 and 26: I settle a point seeing both sides, the consequence and the date; not without
a reason and a loss; and everything agrees within a minute. Through Slack's protocol, in both languages. That
the sponsor's digest leads there and changes with it belongs to issue 5."""

from pathlib import Path

import pytest

from flows.playbook import Playbook
from tests.end_to_end.company import CHANNEL, PEOPLE, company_at
from tests.end_to_end.founding import sets_up, someone

SAID = {
    "en": ("If nobody decides by", "waits for your decision until", "Minority view"),
    "fr": ("Si personne ne tranche d’ici", "attend votre décision jusqu’au", "Avis minoritaire"),
}  # fmt: skip
MARC_SAYS, INES_SAYS = "Two lists are two truths.", "Whoever writes a card must be able to correct it."
REASON, LOSS = "What has two masters has none, and sales will not trust it.", "Marketing loses its own list."


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_acceptance_25_and_26_an_arbitration(tmp_path: Path, playbook: Playbook, language: str) -> None:
    nobody, home, minority = SAID[language]
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await company.office_hours()
        people = [someone(company, who, playbook) for who in ("elodie", "marc", "ines", "claire")]
        async with people[0] as elodie, people[1] as marc, people[2] as ines, people[3] as claire:
            await sets_up(elodie, company)
            await marc.channel(f"#{CHANNEL}")
            await marc.runs("/cadrage arbitrate Who owns the contact records?")
            await marc.opened()
            await marc.fills({
                "proposal": "One list", "mine": MARC_SAYS, "others": [PEOPLE["ines"]["user"]],
                "consequence": "Both lists are moved as they are.",
            })  # fmt: skip
            await marc.submits()
            await marc.sees("TRD-1")
            await ines.dm()
            await ines.sees("TRD-1", within=15)
            await ines.clicks("arbitration.say")
            await ines.opened()
            await ines.fills({"proposal": "Two linked lists", "mine": INES_SAYS})
            await ines.submits()
            await claire.dm()
            await claire.sees(nobody, within=15)
            for words in (MARC_SAYS, INES_SAYS):
                await claire.sees(words)
            await claire.home()
            await claire.sees(home)
            await claire.dm()
            await claire.clicks("arbitration.decide")
            await claire.opened()
            await claire.fills({"option": "p1", "reason": "short", "loss": LOSS})
            await claire.submits()
            await claire.sees("20")
            await claire.fills({"option": "p1", "reason": REASON, "loss": LOSS})
            await claire.submits()
            await claire.sees("DEC-")
            await company.passes(minutes=2)
            await marc.puts_down()
            await marc.channel(f"#{CHANNEL}")
            await marc.sees(minority, within=15)
            await marc.sees(INES_SAYS)
            await ines.puts_down()
            await ines.dm()
            await ines.sees(REASON, within=15)
            kept = [one for one in company.records("decision") if one.source == "arbitration"]
            assert [(one.status, one.fields["loss"]) for one in kept] == [("accepted", LOSS)]
