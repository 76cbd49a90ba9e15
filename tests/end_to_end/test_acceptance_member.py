"""Acceptance points 9, 10, 12, 13, 15 to 18: a team member, from the first message to what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from flows.playbook import Playbook
from storage import dialogue as dialogues
from storage.tables import metadata
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company
from tests.end_to_end.founding import creates, founded, sets_up, someone

EXITS = {
    "unknown": "I don’t know is noted. It becomes an open point for Marc Delorme (project lead), due",
    "outside": "Noted. This question no longer waits for you.",
    "later": "Kept for later. Two reminders, on",
}
GOAL = {"statement": "Keep our dealers", "indicator": "dealers lost a year", "target": "2"}


@pytest.fixture
async def boreal(company: Company, playbook: Playbook) -> Company:
    """The project is set up, the invitations have gone, it is ten in the morning."""
    await company.office_hours()
    await founded(company, playbook)
    return company


def everything_stored(company: Company) -> str:
    """Every row of every table, as text."""

    def rows(conn: Any, workspace: str) -> str:
        return "".join(str(conn.execute(select(table)).all()) for table in metadata.tables.values())

    return company.reads(rows)


async def passes(who: Colleague, **values: Any) -> None:
    """One screen of Goals, answered and sent."""
    await who.fills_in(who.playbook.flows["D02"], values)
    answer = await who.sends()
    assert not answer.get("errors"), answer


async def test_acceptance_09_the_first_message_says_who_why_how_long_what_for_and_how_to_refuse(
    boreal: Company, playbook: Playbook
) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        await hugo.dm()
        await hugo.sees("Hello Hugo. Élodie Martin has added you to Boréal", within=15)
        (first,) = await hugo.messages()
        for words in ("First: Goals.", "questions, about", "minutes", "Closes on",
                      "How your answers are used.", "nothing here counts in an appraisal",
                      "You can say no", "Not the right person", "Who is behind this?"):  # fmt: skip
            assert words in first
        await hugo.chooses("invitation.menu", "Not the right person")
        await hugo.sees("Nothing is asked of you in Boréal any more.", within=15)
    async with someone(boreal, "elodie", playbook) as elodie:
        await elodie.dm()
        await elodie.sees("Hugo Teixeira", within=15)


async def test_acceptance_10_every_required_question_offers_three_exits_that_say_what_will_happen(
    boreal: Company, playbook: Playbook
) -> None:
    seen = 0
    async with someone(boreal, "ines", playbook) as ines:
        await ines.opens("Goals")
        while (await ines.modal())["callback_id"] == "dialogue.screen":
            for id in await ines.asked():
                question = playbook.flows["D02"].question(id)
                assert question is not None
                if question.requirement == "optional":
                    continue
                seen += 1
                for exit, words in EXITS.items():
                    await ines.leaves(id, exit)
                    await ines.sees(words)
                    await ines.presses(f"dialogue.answer:{id}")
                await ines.leaves(id, "outside")
            await ines.sends()
    assert seen >= 5


async def test_acceptance_10_a_hard_question_has_no_exit_and_says_so(
    company: Company, playbook: Playbook
) -> None:
    async with someone(company, "elodie", playbook) as elodie:
        await creates(elodie, company)
        for question in await elodie.asked():
            await elodie.leaves(question, "later")
        await elodie.sends()
        assert "SET10" in await elodie.asked()
        await elodie.sees("Needed to go on.")
        actions = [thing.action_id for thing in await elodie.things()]
        assert "dialogue.exit:SET10" not in actions
        assert "dialogue.exit:SET11" in actions


async def test_acceptance_12_closed_in_the_middle_and_resumed_next_day(
    boreal: Company, playbook: Playbook
) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        await hugo.dm()
        await hugo.sees("First: Goals.", within=15)
        await hugo.clicks("Start")
        await hugo.opened()
        await passes(hugo, OBJ01="They call one person.")
        await hugo.closes(everything=True)
        await hugo.sees("Goals · In progress · 1 of 5 saved", within=15)
        before = len(await hugo.messages())
        await boreal.until((await boreal.now()).date() + timedelta(days=1))
        assert len(await hugo.messages()) == before  # the card is updated, no new message
        await hugo.clicks("Continue")
        await hugo.opened()
        await hugo.sees("Welcome back. You stopped at 1 of 5.")
        assert await hugo.asked() == ["OBJ03"]
        await hugo.presses("dialogue.back")
        await hugo.sees("They call one person.")


async def test_acceptance_13_what_a_change_reopens_is_read_before_it_takes_effect(
    company: Company, playbook: Playbook
) -> None:
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company, causes=["human"])
        risk = "As last time: People were not on board"
        assert risk in [record.title.en for record in company.records("risk")]
        await elodie.opens("Set-up, team and leadership")
        for _ in range(4):
            await elodie.presses("dialogue.back")
        await elodie.fills_in(playbook.flows["D01"], {"SET02": "first"})
        await elodie.sends()
        await elodie.sees("What this changes", "Replacing a tool that is still used → First CRM", risk)
        await elodie.sees("Kept but not used (1)", "Withdrawn (1)", "Change it", "Keep my answer")
        assert risk in [record.title.en for record in company.records("risk")]
        await elodie.sends()
        assert risk not in [record.title.en for record in company.records("risk")]


async def test_acceptance_15_the_check_page_lists_all_answers_with_a_change_button_each(
    boreal: Company, playbook: Playbook
) -> None:
    async with someone(boreal, "thomas", playbook) as thomas:
        await thomas.opens("Goals")
        await passes(thomas, OBJ01="They call one person.")
        asked = {"OBJ01"}
        while (await thomas.modal())["callback_id"] == "dialogue.screen":
            for id in await thomas.asked():
                asked.add(id)
                if playbook.flows["D02"].question(id).requirement != "optional":  # type: ignore[union-attr]
                    await thomas.leaves(id, "unknown")
            await thomas.sends()
        await thomas.sees("Check your answers", "They call one person.", "I’m done")
        changes = {t.action_id.partition(":")[2] for t in await thomas.things() if "change" in t.action_id}
        assert changes == asked
        await thomas.sees("open point ISS-")
        await thomas.presses("dialogue.change:OBJ01")
        await passes(thomas, OBJ01="They call nobody.")
        await thomas.sees("Check your answers", "They call nobody.")


async def test_acceptance_16_the_end_says_who_reads_it_and_the_card_what_came_of_it(
    boreal: Company, playbook: Playbook
) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        await passes(hugo, OBJ01="They call one person.")
        await passes(hugo, OBJ03=[{**GOAL, "function": "sales"}])
        while (await hugo.modal())["callback_id"] == "dialogue.screen":
            for id in await hugo.asked():
                if playbook.flows["D02"].question(id).requirement != "optional":  # type: ignore[union-attr]
                    await hugo.leaves(id, "unknown")
            await hugo.sends()
        await hugo.sends()
        await hugo.sees("Thank you", "Saved.", "2 answers, 5 open points (ISS-", "What happens with it:",
                        "Élodie Martin", "You will be told")  # fmt: skip
        await hugo.puts_down()
    async with someone(boreal, "elodie", playbook) as elodie:
        run = goals(boreal)
        await elodie.home()
        await elodie.sees("Goals · 1 of 8 answered")
        await elodie.chooses(f"run.menu:{run}", f"close:{run}")
        await elodie.opened()
        await elodie.sends()
        await elodie.puts_down()
        await elodie.channel("#boreal")
        await elodie.sees("Goals closed: 1 of 8 answered", within=15)
    async with someone(boreal, "hugo", playbook) as hugo:
        await hugo.dm()
        await hugo.sees("Goals · Closed", "What came of the answers:", within=15)


async def test_acceptance_17_the_second_of_two_sees_the_first_and_chooses(
    boreal: Company, playbook: Playbook
) -> None:
    due = ((await boreal.now()).date() + timedelta(days=300)).isoformat()
    async with someone(boreal, "marc", playbook) as marc, someone(boreal, "claire", playbook) as claire:
        for who in (marc, claire):
            await at_strategic(who)
        await claire.fills_in(playbook.flows["D02"], {"OBJ02": [{**GOAL, "due": due}]})
        await at_strategic(marc)
        for who in (marc, claire):  # both open the same line
            menu = next(
                t.action_id for t in await who.things() if t.action_id.startswith("dialogue.line.menu")
            )
            await who.chooses(menu, "change")
            await who.sees("Keep our dealers")
        await claire.submits({"c:statement": "Keep them all"})
        await marc.submits({"c:statement": "Keep the large ones"})
        await marc.sees("Claire Vasseur changed this line meanwhile.", "Keep them all", "Keep the large ones")
        assert stakes(boreal) == ["Keep them all"]
        await marc.submits()
        await marc.sees("Keep the large ones")
        assert stakes(boreal) == ["Keep the large ones"]
    history = everything_stored(boreal)
    assert "Keep them all" in history  # both texts are kept


async def at_strategic(who: Colleague) -> None:
    """The shared table of the sponsor and the lead, from Home."""
    await who.opens("Goals")
    if await who.asked() == ["OBJ01"]:
        await who.leaves("OBJ01", "outside")
        await who.sends()
    while await who.asked() != ["OBJ02"]:
        await who.presses("dialogue.back")


def stakes(company: Company) -> list[str]:
    return [record.title.en for record in company.records("stake")]


def goals(company: Company) -> str:
    runs = company.reads(dialogues.runs, project_id=company.project.id)
    return next(run.id for run in runs if run.flow == "D02")


async def test_acceptance_18_typing_an_answer_stores_nothing_and_gives_the_form(
    boreal: Company, playbook: Playbook
) -> None:
    secret = "My boss slows the whole project down, do not repeat it"
    async with someone(boreal, "ines", playbook) as ines:
        await ines.dm()
        await ines.sees("First: Goals.", within=15)
        await ines.says(secret)
        await ines.sees(
            "I read answers only in the form, so that nothing sensitive stays in messages.", within=15
        )
        assert "slows" not in everything_stored(boreal)
        await ines.clicks("Open the form")
        await ines.opened()
        assert await ines.asked() == ["OBJ01"]
    rows = boreal.reads(dialogues.answers, dialogue_id=goals(boreal))
    assert rows == {}
