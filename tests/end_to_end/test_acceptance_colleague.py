"""Acceptance point 14: I can ask a colleague one question; they can refuse; the answer shows both names."""

from pathlib import Path

import pytest

from flows.playbook import Playbook
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company, company_at
from tests.end_to_end.founding import founded, someone

SAID = {
    "en": ("Goals", "has been asked", "asks you one question for", "asked you", "with both your names"),
    "fr": (
        "Objectifs", "La question est chez", "vous pose une question pour", "À la demande de",
        "avec vos deux noms",
    ),
}  # fmt: skip
WORD = "You know what we always end up adding."
OUT = "Not a tool to watch people"


async def asks(marc: Colleague, title: str, of: str) -> None:
    """Marc leaves what comes before, and asks a colleague what this project is not."""
    await marc.opens(title)
    for _ in range(9):
        if "OBJ10" in await marc.asked():
            break
        for id in await marc.asked():
            await marc.leaves(id, "outside")
        await marc.sends()
    await marc.chooses("dialogue.exit:OBJ10", "asked")
    await marc.sees("Ask a colleague" if title == "Goals" else "Demander à un collègue")
    await marc.fills({"who": PEOPLE[of]["user"], "word": WORD})
    await marc.submits()


async def answered(company: Company, playbook: Playbook, language: str) -> None:
    title, asked, one, by, both = SAID[language]
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "marc", playbook) as marc, someone(company, "sofia", playbook) as sofia:
        await asks(marc, title, "sofia")
        await marc.sees(asked, within=15)
        await sofia.dm()
        await sofia.sees(one, within=15)
        await sofia.sees(WORD)
        await sofia.clicks("delegation.answer")
        await sofia.opened()
        await sofia.sees(by)
        assert await sofia.asked() == ["OBJ10"], "she sees this question and nothing else"
        await sofia.fills_in(playbook.flows["D02"], {"OBJ10": OUT})
        await sofia.sends()
        await sofia.sees(both)
        (kept,) = company.records("exclusion")
        assert kept.title.en == OUT
        assert kept.respondent == PEOPLE["marc"]["user"], "it stands for the one who asked"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_acceptance_14_i_can_ask_a_colleague_one_question(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await answered(company, playbook, language)
