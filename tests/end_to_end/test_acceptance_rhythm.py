"""Acceptance points 27, 28, 37 and 38 through the sandbox: small wins and thanks in people's own words, a
check-in that only the facilitator reads, and somebody who asks to be forgotten. (29: test_worked_example.)"""

import asyncio
from datetime import time, timedelta
from typing import Any

from flows.playbook import Playbook
from sandbox.person import NotSeen
from tests.bot.plumbing.test_process import start
from tests.end_to_end.colleague import LONG, Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, Company
from tests.end_to_end.founding import TEAM, founded, someone
from tests.end_to_end.sitting import dump

THANKS = "I saw the new sheet at the Grenoble site: one page, and nobody looks for anything."
PROMISE = "Open the dealers’ evening myself on the third."
SAID = "Paul showed me how to close a ticket with the customer on the line."
THURSDAY = 3


async def channel_says(company: Company) -> str:
    """Every word that stands in the project's channel, as JSON."""
    return str(await company.sandbox.messages(f"#{CHANNEL}"))


async def tells(teller: Colleague, line: str, **fields: Any) -> dict[str, Any]:
    """`/cadrage win`, filled and sent. What came back."""
    await teller.puts_down()
    await teller.channel(f"#{CHANNEL}")
    await teller.runs(f"/cadrage win {line}")
    await teller.opened()
    await teller.fills(fields, within=LONG)
    return await teller.submits()


async def test_acceptance_37_and_27_named_after_a_yes_and_thanked_in_ones_own_words(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "nadia", playbook) as nadia, someone(company, "paul", playbook) as paul:
        await paul.home()  # the bot knows his name
        refused = await tells(nadia, SAID, kind="WM1")
        assert "Paul" in str(refused["errors"]), "a name in the line is asked about first"
        await nadia.fills({"who": [PEOPLE["paul"]["user"]]})
        await nadia.submits()
        await nadia.sees("Those it names are asked", within=LONG)
        await nadia.puts_down()
        await paul.dm()
        await paul.sees("Nadia Benali would like to thank you by name", within=LONG)
        assert "close a ticket" not in await channel_says(company), "not before his yes"
        await paul.clicks("Yes, name me")
        await paul.channel(f"#{CHANNEL}")
        await paul.sees(SAID, "Thank you, Paul Kermorgan", within=LONG)
        await paul.clicks("Hide my name", within=LONG)
        await company.passes(minutes=2)
        await paul.sees("a colleague showed me how to close a ticket", within=LONG)
        await paul.does_not_see("Thank you, Paul")
        await tells(nadia, "One sheet instead of three for each site", kind="WM2")
        await nadia.puts_down()
    async with someone(company, "claire", playbook) as claire:
        await claire.home()
        today = (await company.now()).date()
        thursday = today + timedelta(days=(THURSDAY - today.weekday()) % 7 or 7)
        await company.until(thursday, time(8, 40))
        await claire.dm()
        await claire.message("One sheet instead of three", within=LONG)
        await claire.clicks("digest.thank:WIN-2", within=LONG)
        view = await claire.opened()
        fields = [block for block in view["blocks"] if block["type"] == "input"]
        assert not any(block["element"].get("initial_value") for block in fields), "no ready-made sentence"
        refused = await claire.submits({"words": "Well done."})
        assert "own" in str(refused["errors"])
        await claire.submits({"words": THANKS})
        await claire.sees("Your words stand in the channel", within=LONG)
        await claire.puts_down()
        await company.passes(minutes=2)
        await claire.channel(f"#{CHANNEL}")
        await claire.sees("Claire Vasseur", THANKS, within=LONG)


async def test_acceptance_28_the_sponsor_s_check_in_is_read_by_the_facilitator_alone(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "claire", playbook) as claire:
        await asked(company, claire, "Sponsor check-in")
        await claire.clicks("Answer: Sponsor check-in", within=LONG)
        await claire.opened()
        await claire.sees("Only the sponsor and the facilitator can see this")
        await claire.fills({"C03c": PROMISE})
        await claire.submits()
        await claire.puts_down()
    await company.passes(days=1)
    for who in ("elodie", "claire", *TEAM):
        async with someone(company, who, playbook) as one:
            await one.channel(f"#{CHANNEL}")
            await one.runs("/cadrage calendar")
            await one.opened()
            await one.clicks("checkin.results", within=LONG)
            await one.opened()
            if who == "elodie":
                await one.sees("Sponsor check-in", "Claire Vasseur", PROMISE, within=LONG)
            elif who != "claire":
                await one.sees("No check-in has been answered yet", within=LONG)
            seen = str(await one.state())
            assert (PROMISE in seen) is (who in ("elodie", "claire")), who


async def asked(company: Company, who: Colleague, what: str) -> None:
    """Days pass until this has reached them in private."""
    await who.dm()
    for _ in range(16):
        await company.passes(days=1)
        try:
            await who.sees(what, within=0.3)
            return
        except NotSeen:
            continue
    raise AssertionError(f"{what} did not come")


async def test_acceptance_38_who_is_forgotten_is_named_nowhere_any_more(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "ines", playbook) as ines:
        await ines.home()
        await tells(ines, "Nobody is written to while they wait for a repair", who=[PEOPLE["ines"]["user"]])
        await ines.puts_down()
        await ines.channel(f"#{CHANNEL}")
        await ines.runs("/cadrage issue Who keeps the list of addresses?")
        await ines.opened()
        await ines.fills({"owner": PEOPLE["ines"]["user"]})
        done = await ines.submits()
        assert not done.get("errors"), done
        await ines.sees("is recorded", within=LONG)
        await ines.puts_down()
        await ines.sees("Thank you, Inès Rahmani", within=LONG)
    assert company.program is not None
    await company.program.stop()
    said = await erased(company, PEOPLE["ines"]["user"])
    assert "Cannot be found, so cannot be deleted: anonymous answers" in said
    kept = str({name: rows for name, rows in dump(company).items() if name not in ("audit", "audit_head")})
    assert PEOPLE["ines"]["user"] not in kept
    assert "Inès" not in kept
    point = company.records("issue")[-1]
    assert point.title.en == "Who keeps the list of addresses?", "the company keeps it"
    assert point.owner == PEOPLE["marc"]["user"], "the lead sees to it"
    await company.starts()
    await company.passes(days=4)  # the clock of a bot that starts stands where the day really is
    async with someone(company, "marc", playbook) as marc:
        await marc.channel(f"#{CHANNEL}")
        await marc.sees("Nobody is written to while they wait for a repair", within=LONG)
        await marc.does_not_see("Thank you, Inès Rahmani", for_seconds=1)


async def erased(company: Company, user: str) -> str:
    """`cadrage erase`, run beside the stopped bot. What it printed."""
    running = await start(
        "erase", user, "--yes", port=0, folder=company.folder, DATABASE_URL=company.database
    )
    out, _ = await asyncio.wait_for(running.process.communicate(), 60)
    assert running.process.returncode == 0, out.decode()
    return out.decode()
