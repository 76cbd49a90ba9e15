"""Acceptance points 19 to 23: an anonymous wave that four people answer. With more: test_attack.py."""

import json
import re
from pathlib import Path

from flows.playbook import Playbook
from storage import wave as waves
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import TEAM, someone
from tests.end_to_end.sitting import (
    Log,
    answers,
    answers_one_screen,
    changed,
    dump,
    files,
    given,
    quiet,
    until_closed,
)


async def test_acceptance_19_20_21_22_23_a_wave_that_four_people_answer(
    polled: tuple[Company, Log], playbook: Playbook, tmp_path: Path
) -> None:
    company, _ = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    await names_a_coach(company, playbook)
    await puts_it_away_before_sending(company, playbook, wave.id)
    for n, key in enumerate([*TEAM][:4], start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await answers(who, wave.id, given(n))
            await who.puts_down()
            await who.home()
            await answers(who, wave.id, given(n))
            await who.sees("Already recorded")  # 20
    await wants_to_talk(company, playbook, wave.id, tmp_path)
    await until_closed(company, wave.id)
    assert company.reads(waves.results, ids=[wave.id])[wave.id] == {}
    async with someone(company, "claire", playbook) as claire:
        await claire.channel("#boreal")
        await claire.sees("fewer than 5 answers, everything was destroyed unread", within=15)
        assert not [thing for thing in await claire.things() if thing.action_id == "wave.results"]
    said = await told(company, playbook)
    reminders = {key: [m for m in said[key] if "This reminder goes to everyone invited" in m] for key in TEAM}
    assert all(len(found) == 1 for found in reminders.values())  # 22
    assert len({re.sub(r"\s+", " ", found[0]) for found in reminders.values()}) == 1
    assert "canary" not in json.dumps(said)  # 19


async def names_a_coach(company: Company, playbook: Playbook) -> None:
    """The facilitator says who the neutral coach is (SET16)."""
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.opens("Set-up, team and leadership")
        coach = {"SET14": "external", "SET16": PEOPLE["jeanne"]["user"], "SET19": "FR"}
        await elodie.fills_in(playbook.flows["D01"], coach)
        done = await elodie.sends()
        assert not done.get("errors"), done
        await elodie.puts_down()
    assert company.project.cast.holder("coach") == PEOPLE["jeanne"]["user"]


async def puts_it_away_before_sending(company: Company, playbook: Playbook, wave: str) -> None:
    """20: two screens answered, then closed: nothing is kept, and the form is empty again."""
    async with someone(company, "ines", playbook) as ines:
        await ines.home()
        await quiet(company)
        before = dump(company)
        await ines.clicks(f"anonymous.open:{wave}", within=15)
        await answers_one_screen(ines, given(5))
        await answers_one_screen(ines, given(5))
        await ines.puts_down()
        await quiet(company)
        assert not [*changed(before, dump(company))]
        await ines.clicks(f"anonymous.open:{wave}", within=15)
        view = await ines.opened()
        fields = [state for block in view["state"]["values"].values() for state in block.values()]
        assert fields
        assert not any(state.get("selected_option") or state.get("selected_options") for state in fields)
        await ines.puts_down()


async def wants_to_talk(company: Company, playbook: Playbook, wave: str, folder: Path) -> None:
    """23: the coach's button of the form; the coach alone learns of it, and nobody reads it in the files."""
    word = "I would rather talk than write"
    before = await told(company, playbook)
    async with someone(company, "nadia", playbook) as nadia:
        await nadia.home()
        await nadia.clicks(f"anonymous.open:{wave}", within=15)
        await nadia.opened()
        await nadia.presses("anonymous.coach")
        await nadia.fills({"word": word})
        await nadia.sends()
        await nadia.sees("has it and will reach you within 2 working days")
        await nadia.puts_down()
    async with someone(company, "jeanne", playbook) as jeanne:
        await jeanne.dm()
        await jeanne.find("coach.read", within=15, inputs=False)
        assert "Nadia" not in await jeanne.reads()
        after = await told(company, playbook)
        assert {key for key in after if after[key] != before[key]} == {"jeanne"}
        await jeanne.clicks("coach.read")
        await jeanne.sees("Nadia Benali", word)
        await jeanne.puts_down()
    assert word.encode() not in files(folder)


async def told(company: Company, playbook: Playbook) -> dict[str, list[str]]:
    """Every message anybody has of the bot, and the channel."""
    found = {}
    for key in PEOPLE:
        async with someone(company, key, playbook) as who:
            await who.dm()
            found[key] = await who.messages()
            if key == "claire":
                await who.channel("#boreal")
                found["channel"] = await who.messages()
    return found
