"""What Paul answers for himself is his alone until its dialogue closes, whatever the others ask for (0.6).

Everything the bot sends to anybody is read: pages, cards, messages, the note, the diagnosis of the week.
"""

import json
from datetime import timedelta

from flows.playbook import Playbook
from storage import dialogue as dialogues
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, Company
from tests.end_to_end.founding import founded, someone

SAID = {
    "OBJ01": "A heron lands on the returns desk",
    "OBJ05": "fashion",
    "OBJ07": "5",
    "OBJ12": "The kingfisher customers stay",
}
#: What only his answers can make the bot say: his words, his choice, and the advice that reads them.
TELLS = ("heron", "kingfisher", "R06 —", "R09 —", "mean 5", "rushing to a tool", "Too much is expected")
ASKED = ("diag", "note", "issues", "status")


async def answers(paul: Colleague, playbook: Playbook) -> None:
    """All of D02 that is put to him."""
    flow = playbook.flows["D02"]
    await paul.opens(flow.title.en)
    while (view := await paul.opened())["submit"]:
        for id in await paul.asked():
            if id in SAID:
                await paul.fills_in(flow, {id: SAID[id]})
            elif (question := flow.question(id)) is not None and question.requirement == "required":
                await paul.leaves(id, "unknown")
        done = await paul.sends()
        assert not done.get("errors"), (view, done)
        if view["callback_id"] == "dialogue.check":
            break
    await paul.puts_down()


async def closes(elodie: Colleague, company: Company, flow: str) -> None:
    """From its menu in Home."""
    every = company.reads(dialogues.runs, project_id=company.project.id)
    run = next(run for run in every if run.flow == flow)
    await elodie.puts_down()
    await elodie.home()
    await elodie.chooses(f"run.menu:{run.id}", f"close:{run.id}")
    await elodie.opened()
    await elodie.sends()
    await elodie.puts_down()
    await company.passes(minutes=2)


async def look_around(company: Company, playbook: Playbook) -> None:
    """Sponsor, lead, facilitator and a member ask for all they can."""
    for key in ("elodie", "claire", "marc", "ines"):
        async with someone(company, key, playbook) as who:
            for verb in ASKED:
                await who.puts_down()
                await who.channel(f"#{CHANNEL}")
                await who.runs(f"/cadrage {verb}")
            await who.puts_down()
            await who.channel(f"#{CHANNEL}")
            await who.runs("/cadrage diag")
            if key != "ines":
                for page in ("diag.all", "diag.why"):
                    await who.channel(f"#{CHANNEL}")
                    await who.clicks(page)
                    await who.opened()
                    await who.puts_down()
            await who.home()
            await who.dm()


def passed(company: Company, since: int) -> str:
    """Everything that has gone between the bot and Slack since then."""
    return json.dumps(company.sandbox.space.traffic.since(since), ensure_ascii=False)


async def test_nobody_reads_pauls_answers_before_the_closing_and_all_do_after(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    start = (await company.now()).date()
    await company.until(start + timedelta(days=7))
    async with someone(company, "paul", playbook) as paul:
        await answers(paul, playbook)
    since = company.sandbox.space.traffic.n
    async with someone(company, "elodie", playbook) as elodie:
        await closes(elodie, company, "D03")  # a run now, and one a week from now on
        await look_around(company, playbook)
        await company.passes(days=8)
        await look_around(company, playbook)
        everything = passed(company, since)
        assert "Readiness" in everything or "Too early" in everything
        assert "Neither read nor shown until they close" in everything
        assert [word for word in TELLS if word in everything] == []
        await closes(elodie, company, "D02")
        await elodie.channel(f"#{CHANNEL}")
        await elodie.runs("/cadrage diag")
        await elodie.sees("R06 —", "1 of 1 name a fashion or an order from above")
        await elodie.clicks("diag.all")
        await elodie.opened()
        await elodie.sees("R09 —", "mean 5")
        await elodie.puts_down()
        run = next(
            run for run in company.reads(dialogues.runs, project_id=company.project.id) if run.flow == "D02"
        )
        await elodie.channel(f"#{CHANNEL}")
        await elodie.clicks("results.open", run.id)
        await elodie.opened()
        await elodie.sees("heron", "kingfisher", "Paul Kermorgan")
