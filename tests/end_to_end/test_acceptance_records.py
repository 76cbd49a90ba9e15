"""Acceptance point 33 through the sandbox: a decision from a message in a thread, and what becomes of it."""

from flows.playbook import Playbook
from tests.end_to_end.company import CHANNEL, Company
from tests.end_to_end.founding import founded, someone

ASKED = "Which tool until lot 2?"
SAID = "Let us keep the old one until lot 2."


async def test_acceptance_33_a_message_in_a_thread_becomes_a_decision_and_its_card_links_back(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "ines", playbook) as ines:
        await ines.channel(CHANNEL)
        question = await ines.says(ASKED)
        said = await ines.says(SAID, under=ASKED)
        await ines.uses("record_decision", on=SAID)
        await ines.sees("What is decided, in one line?", within=10)
        await ines.submits({"Why?": "Nothing else is ready"})
        await ines.sees("is recorded.", within=10)
        await ines.closes(everything=True)
        await ines.sees(SAID, "proposed", "Nothing else is ready", within=15)
        card = await ines.message("proposed")
        assert card["thread_ts"] == question["ts"], "the card stands under the message"
        assert "/archives/" in str(card["blocks"]), "and leads back to it"
        await ines.does("edit", channel=card["channel"], ts=said["ts"], text="Let us change at once.")
        await company.passes(minutes=2)
        await ines.sees("the message was edited on", within=15)
    decision = company.records("decision")[-1]
    assert decision.status == "proposed"
    assert decision.fields["quote"] == SAID


TABLE = b"Kind,Title,Because\ndecision,=Keep the old tool,Nothing is ready\nissue,Who hosts?,\nrisk,Fire,\n"


async def test_a_table_chosen_in_a_form_is_read_said_and_made(company: Company, playbook: Playbook) -> None:
    await company.office_hours()
    await founded(company, playbook)
    before = len(company.records("issue"))
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.dm()
        await elodie.runs("/cadrage export")
        await elodie.clicks("bring.open")
        await elodie.gives("file", "points.csv", TABLE)
        await elodie.submits()
        await elodie.sees("=Keep the old tool", "Who hosts?", within=15)
        await elodie.submits()
        await elodie.sees("2 records made from your table", "1 line is refused", within=15)
        await elodie.closes(everything=True)
        assert [one.title.en for one in company.records("issue")][before:] == ["Who hosts?"]
        await elodie.dm()
        await elodie.clicks("Withdraw them", within=15)
        await elodie.sees("2 records withdrawn", within=15)
    assert len(company.records("issue")) == before
