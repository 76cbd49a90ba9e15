"""Acceptance points 1 to 5 and 8: from nothing to a first look, nothing sent unasked, Home, help, counts."""

import re

from flows.playbook import Playbook
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import (
    COMPANY,
    KEY_PEOPLE,
    PROJECT,
    STEERING,
    founded,
    invites,
    sets_up,
    someone,
)

OTHERS = [key for key in PEOPLE if key != "elodie"]


async def received(company: Company) -> dict[str, int]:
    """How many messages of the bot each person, and the channel, have."""
    found = {}
    for key in PEOPLE:
        async with company.sandbox.person(key) as person:
            await person.dm()
            found[key] = len(await person.messages())
    found["channel"] = sum("bot_id" in m for m in await company.sandbox.messages("#boreal"))
    return found


async def test_acceptance_01_a_newcomer_gets_a_first_look_that_quotes_their_answers(
    company: Company, playbook: Playbook
) -> None:
    before = await company.now()
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.home()
        await elodie.sees("No project yet. Start one: ten minutes to a first look.")
        await elodie.clicks("Start a project")
        await elodie.opened()
        flow, today = playbook.flows["D01"], (await company.now()).date().isoformat()
        await elodie.fills_in(flow, {**PROJECT, "SET18": today})
        await elodie.fills({"channel": "boreal"})
        await elodie.sends()
        for values in (COMPANY, KEY_PEOPLE, STEERING):
            await elodie.fills_in(flow, values)
            assert not (await elodie.sends()).get("errors")
        page = await elodie.reads()
        assert "Boréal is ready. Project lead: Marc Delorme." in page
        assert len(re.findall(r"^(?:R|LP)\d+ ", page, re.M)) >= 2, page
        assert page.count("Seen in:") >= 2
        assert "“The product itself”" in page  # in her own words
        await elodie.puts_down()
        await elodie.sees("Boréal", "Project lead: Marc Delorme")
    assert (await company.now() - before).total_seconds() < 600
    assert company.project.cast.holder("sponsor") == PEOPLE["claire"]["user"]


async def test_acceptance_02_before_send_nobody_but_the_facilitator_has_received_anything(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company)
        await elodie.clicks("Invite the team")
        await elodie.opened()
        await elodie.sees("Each person gets one private message", "Send 8 messages")
        await company.passes(minutes=30)
        assert set((await received(company)).values()) == {0}
        for key in OTHERS:
            async with company.sandbox.person(key) as person:
                assert (await person.state())["home"] is None
        await elodie.clicks("Send 8 messages")
        await elodie.sees("8 invitations are on their way")
    async with company.sandbox.person("hugo") as hugo:
        await hugo.dm()
        await hugo.sees("Hello Hugo. Élodie Martin has added you to Boréal")


async def first_sentence(person: Colleague, words: str) -> None:
    """What Home says first, under the name of the project."""
    await person.home()
    await person.sees(words)
    first = (await person.reads()).splitlines()[2]
    assert first.startswith("Next.")
    assert words in first


async def test_acceptance_03_the_first_sentence_of_home_and_its_button(
    company: Company, playbook: Playbook
) -> None:
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company)
        await elodie.puts_down()
        await first_sentence(elodie, "nobody has been invited yet")
        await elodie.clicks("invite.open:next")
        await elodie.opened()
        await elodie.sees("Send 8 messages")
        await elodie.sends()
    async with someone(company, "hugo", playbook) as hugo:
        await first_sentence(hugo, "Goals: about")
        await hugo.clicks("dialogue.open:next")
        await hugo.opened()
        assert await hugo.asked() == ["OBJ01"]
        await hugo.fills_in(playbook.flows["D02"], {"OBJ01": "One person knows."})
        await hugo.sends()
        await hugo.puts_down()
        await first_sentence(hugo, "you stopped at 1 of 5")
        await hugo.clicks("dialogue.open:next")
        await hugo.opened()
        assert await hugo.asked() == ["OBJ03"]
    async with someone(company, "ned", playbook) as ned:
        await ned.home()
        await ned.sees("No project yet")
        await ned.does_not_see("Boréal")


async def test_acceptance_04_everything_without_a_command(company: Company, playbook: Playbook) -> None:
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.home()
        await elodie.clicks("Start a project")
        await elodie.opened()
        flow, today = playbook.flows["D01"], (await company.now()).date().isoformat()
        await elodie.fills_in(flow, {**PROJECT, "SET18": today})
        await elodie.fills({"channel": "boreal"})
        await elodie.sends()
        for values in (COMPANY, KEY_PEOPLE, STEERING):
            await elodie.fills_in(flow, values)
            await elodie.sends()
        await invites(elodie, company)
        for button, words in (
            ("todo.open", "Next."),
            ("status.open", "Counts only."),
            ("team.open", "Project lead: Marc Delorme"),
            ("send.open", "Goals"),
            ("settings.open", "I write to you in"),
            ("help.open", "You do not need commands"),
        ):
            await elodie.home()
            await elodie.clicks(button)
            await elodie.opened()
            await elodie.sees(words)
            await elodie.puts_down()
        await elodie.home()
        await elodie.clicks("note.make")
        await elodie.opened()  # it says that the note is being prepared
        await elodie.puts_down()
        await elodie.channel("#boreal")
        await elodie.sees("Scoping note of Boréal · draft 1", ".md", within=15)
    typed = [e for _, e, _ in company.sandbox.space.traffic.exchanges if e.kind == "slash_commands"]
    assert typed == []


async def test_acceptance_04_everything_with_commands(company: Company, playbook: Playbook) -> None:
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company)
        await elodie.puts_down()
        await elodie.channel("#boreal")
        await elodie.runs("/cadrage dialogue D02")
        await elodie.opened()
        await elodie.sends()
        await elodie.puts_down()
        for line, words in (
            ("/cadrage todo", "Next."),
            ("/cadrage status", "Counts only."),
            ("/cadrage team", "Project lead: Marc Delorme"),
            ("/cadrage équipe", "Project lead: Marc Delorme"),
            ("/cadrage help", "/cadrage status"),
            ("/cadrage note", "Preparing the note"),
        ):
            assert (await elodie.runs(line))["ok"]
            await elodie.sees(words)
        await elodie.sees("Scoping note of Boréal · draft 1", within=15)
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.channel("#boreal")
        await hugo.runs("/cadrage afaire")
        await hugo.clicks("dialogue.open:next")
        await hugo.opened()
        assert await hugo.asked() == ["OBJ01"]


#: Whose help shows what, and what works for them no more than it is shown.
HELP: dict[str, tuple[list[str], list[str]]] = {
    "elodie": (["dialogue", "note", "team"], []),
    "marc": (["note", "team", "status"], []),
    "hugo": (["team", "status", "settings"], ["note"]),
    "ned": (["settings", "new"], ["status", "note", "dialogue"]),
    "kim": (["settings"], ["new", "status", "note"]),
}


async def test_acceptance_05_help_shows_only_what_my_role_may_do(
    company: Company, playbook: Playbook
) -> None:
    await founded(company, playbook)
    for who, (may, may_not) in HELP.items():
        async with company.sandbox.person(who) as person:
            await person.channel("#general")
            await person.runs("/cadrage help")
            await person.sees(*(f"/cadrage {verb}" for verb in may))
            await person.does_not_see(*(f"/cadrage {verb}" for verb in may_not), for_seconds=0)
            for verb in may_not:
                await person.runs(f"/cadrage {verb}")
                await person.does_not_see("Preparing the note", "Counts only.", "Project channel")


async def test_acceptance_05_help_is_in_my_language(company: Company) -> None:
    async with company.sandbox.person("hugo") as hugo:
        await hugo.channel("#boreal")
        await hugo.runs("/cadrage settings fr")
        await hugo.runs("/cadrage aide")
        await hugo.sees("Les commandes sont facultatives", "/cadrage afaire", "/cadrage nouveau [nom]")


async def test_acceptance_08_counts_and_nowhere_who_has_not_answered(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        for _ in range(5):
            for question in await hugo.asked():
                await hugo.leaves(question, "outside")
            await hugo.sends()
        await hugo.sends()
        await hugo.sees("Thank you")
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.home()
        await elodie.sees("Goals · 1 of 8 answered", "Counts only. Nobody, you included, sees who has not")
        about = (await elodie.reads()).split("Who is expected")[1].split("Team")[0]
        await elodie.channel("#boreal")
        await elodie.runs("/cadrage status")
        await elodie.sees("1 of 8 answered")
        cards = "\n".join(text for text in await elodie.messages() if "answered" in text)
        for name in (person["name"].split()[0] for person in PEOPLE.values()):
            assert name not in about + cards
