"""Acceptance point 14: I can ask a colleague one question; they can refuse; the answer shows both names."""

from datetime import time
from pathlib import Path

import pytest

from flows.cadence import add_working_days
from flows.playbook import Playbook
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company, company_at
from tests.end_to_end.founding import founded, someone

SAID = {
    "en": (
        "Goals", "has been asked", "asks you one question for", "asked you", "with both your names",
        "answered by Sofia Lindqvist, whom you asked", "Thomas Roux cannot answer this: it is back with you.",
    ),
    "fr": (
        "Objectifs", "La question est chez", "vous pose une question pour", "À la demande de",
        "avec vos deux noms",
        "réponse de Sofia Lindqvist, à votre demande",
        "Thomas Roux ne peut pas répondre : la question vous revient.",
    ),
}  # fmt: skip
WORD = "You know what we always end up adding."
OUT = "Not a tool to watch people"
WHY = "I was not there when this was decided."


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


async def next_working_day(company: Company) -> None:
    """Nobody gets two messages that ask for answers on one day."""
    await company.until(add_working_days((await company.now()).date(), 1), time(11))


async def answered(company: Company, playbook: Playbook, language: str) -> None:
    """Sofia answers: it stands for Marc, with both names where it is read."""
    title, asked, one, by, both, names, _ = SAID[language]
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "marc", playbook) as marc, someone(company, "sofia", playbook) as sofia:
        await asks(marc, title, "sofia")
        await marc.sees(asked, within=15)
        await next_working_day(company)
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
        await marc.opens(title)
        while (await marc.modal())["callback_id"] == "dialogue.screen":
            for id in set(await marc.asked()) - {"OBJ10"}:
                if playbook.flows["D02"].question(id).requirement != "optional":  # type: ignore[union-attr]
                    await marc.leaves(id, "outside")
            await marc.sends()
        await marc.sees(OUT, names)


async def refused(company: Company, playbook: Playbook, language: str) -> None:
    """Thomas says no: the question is Claire's again, and only she reads why."""
    title, asked, one, _, _, _, back = SAID[language]
    async with someone(company, "claire", playbook) as claire, someone(company, "thomas", playbook) as thomas:
        await asks(claire, title, "thomas")
        await claire.sees(asked, within=15)
        await claire.puts_down()
        await next_working_day(company)
        await thomas.dm()
        await thomas.sees(one, within=15)
        await thomas.clicks("delegation.no")
        await thomas.opened()
        await thomas.fills({"why": WHY})
        await thomas.sends()
        await thomas.puts_down()
        await claire.home()
        await claire.sees(back, WHY, within=15)
        await claire.opens(title)
        assert await claire.asked() == ["OBJ10", "OBJ12"]
    async with someone(company, "elodie", playbook) as elodie:
        assert WHY not in await elodie.home()


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_acceptance_14_i_can_ask_a_colleague_one_question(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await answered(company, playbook, language)
        await refused(company, playbook, language)
