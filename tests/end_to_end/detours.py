"""Detours of the walk past everything the bot can say: the plan, a colleague asked, a wave, the diagnosis.

Finds its way by ids, as the walk does (touring.py). Judges nothing.
"""

import contextlib
from datetime import time
from typing import Any

from flows.cadence import add_working_days
from sandbox.person import Cannot, NotSeen
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company
from tests.end_to_end.founding import ID, someone

Json = dict[str, Any]
REASON = "X8 says why this is done now and not later, and what we accept by it. " * 3


async def plan(elodie: Colleague) -> None:
    """The plan week by week; a step moved, set aside, taken back, and one that comes too early."""
    for choice in ("move", "skip", "back"):
        await _shown(elodie, "/cadrage plan")
        if await _chooses(elodie, "plan.menu", choice) and choice != "back":
            await elodie.opened()
            await elodie.submits()
            with contextlib.suppress(NotSeen, Cannot):
                await elodie.fills({"because": REASON})
                await elodie.submits()
        await elodie.puts_down()
    for asked in ("D04", "D14"):
        await _shown(elodie, f"/cadrage dialogue {asked}")
        await elodie.submits()
        await elodie.puts_down()


async def colleague(asker: Colleague, company: Company, question: str) -> None:
    """A question on the open screen is asked of Ned, who puts it off and then says no."""
    await asker.leaves(question, "asked")
    await asker.opened()
    for other in (asker.who, "ines", "elodie"):  # oneself, one who is asked too, one who never is
        await asker.fills({"who": ID[other], "word": "X9"})
        await asker.submits()
    await asker.fills({"who": "U0NED"})
    await asker.sends()
    await asker.puts_down()
    await company.until(add_working_days((await company.now()).date(), 1), time(11))
    async with someone(company, "ned", asker.playbook) as asked:
        await asked.dm()
        await asked.find("delegation.answer", within=15, inputs=False)
        await _pressed(asked, "delegation.later")
        await _pressed(asked, "delegation.answer")
        await asked.clicks("delegation.no")
        await asked.opened()
        await asked.fills({"why": "X10"})
        await asked.submits()
        await asked.puts_down()
    await asker.home()


async def wave(elodie: Colleague, company: Company) -> None:
    """A wave is ordered and opens; one ballot of too few; it closes, and what was in it is destroyed."""
    await _shown(elodie, "/cadrage dialogue D07")
    await elodie.fills({"threshold": "4"})
    await elodie.submits()
    await elodie.fills({"threshold": "6"})
    await elodie.sends()
    await elodie.puts_down()
    today = (await company.now()).date()
    await company.until(add_working_days(today, 2))
    async with someone(company, "ines", elodie.playbook) as ines:
        await ines.dm()
        await ines.find("anonymous.open", within=15, inputs=False)
        await _pressed(ines, "anonymous.how")
        for _ in range(2):  # a ballot, and one too many
            await ines.clicks("anonymous.open")
            await ines.opened()
            await _votes(ines)
        await _pressed(ines, "anonymous.coach")
        await ines.clicks("anonymous.coach")
        await ines.opened()
        await ines.sends()
        await ines.puts_down()
    async with someone(company, "jeanne", elodie.playbook) as jeanne:
        await jeanne.dm()
        await jeanne.find("coach.read", within=15, inputs=False)
        await _pressed(jeanne, "coach.read")
    await elodie.home()
    await company.until(add_working_days(today, 12))
    await elodie.home()


async def _votes(person: Colleague) -> None:
    """Every screen of the ballot, the first choice throughout."""
    for _ in range(4):
        view = await person.modal()
        if "submit" not in view:
            break
        for block in view["blocks"]:
            options = block.get("element", {}).get("options", ())
            if options:
                await person.fills({block["block_id"]: options[0]["value"]})
        await person.sends()
    await person.puts_down()


async def diagnosis(company: Company, elodie: Colleague) -> None:
    """The card of those who run the project and of the team, its pages, and the sponsor's override."""
    for who in ("elodie", "hugo", "claire"):
        async with someone(company, who, elodie.playbook) as person:
            await person.channel("#general")
            for button in ("diag.all", "diag.why", "diag.history", "diag.send", "diag.post"):
                await person.runs("/cadrage diag")
                with contextlib.suppress(NotSeen):
                    await person.clicks(button, within=1.0)
                    await person.opened()
                await person.puts_down()
            if who == "claire":
                await person.runs("/cadrage diag")
                await _overrides(person)


async def _overrides(claire: Colleague) -> None:
    with contextlib.suppress(NotSeen):
        await claire.clicks("diag.override", within=2.0)
        await claire.opened()
        await claire.fills({"reason": "X11"})
        await claire.submits()
    await claire.puts_down()


async def _shown(person: Colleague, command: str) -> None:
    await person.puts_down()
    await person.channel("#boreal")
    await person.runs(command)
    with contextlib.suppress(NotSeen):  # the answer may be a message
        await person.modal(within=3.0)
        await person.opened()


async def _chooses(person: Colleague, menu: str, choice: str) -> bool:
    """Take this choice of the first menu that has it."""
    for thing in await person.things():
        for option in thing.element.get("options", ()) if thing.action_id.startswith(menu) else ():
            if option["value"].startswith(f"{choice}:"):
                await person.clicks(thing.action_id, option["value"])
                return True
    return False


async def _pressed(person: Colleague, action: str) -> None:
    """Press it, see what it shows, put that away."""
    await person.clicks(action, within=15)
    with contextlib.suppress(NotSeen):
        await person.modal(within=3.0)
        await person.opened()
    await person.puts_down()
