"""Acceptance points 30 to 32: the facilitator cannot vote, and nothing shows before the reveal; a text that
is not carried is amended, voted on once more, then goes to the arbiter; somebody else takes over at once.

The bot is killed in the middle of the vote: nothing is lost or counted twice.
"""

from pathlib import Path

from sqlalchemy import func, select

from flows.playbook import Playbook
from storage import arbitration as cases
from storage import workshop as workshops
from storage.database import Connection
from storage.tables import workshop_vote
from tests.end_to_end.company import CHANNEL, PEOPLE, Company, company_at
from tests.end_to_end.founding import invites, sets_up, someone
from tests.end_to_end.gathering import Room

VOTERS = ("claire", "marc", "ines", "paul", "sofia", "hugo")
FIST = 4  # the step of W01 that asks for support


def held(conn: Connection, *, workspace: str) -> int:
    """How many votes are kept."""
    count = select(func.count()).select_from(workshop_vote).where(workshop_vote.c.workspace == workspace)
    return int(conn.execute(count).scalar_one())


async def to_the_vote(room: Room) -> None:
    """W01 is open, live, and stands at its support vote."""
    await room.prepares("W01")
    await room.opens()
    await room.plays(upto=FIST)


async def test_acceptance_30_to_32_a_vote_from_hidden_to_the_arbiter(
    tmp_path: Path, playbook: Playbook
) -> None:
    async with company_at(tmp_path) as company:
        await company.starts()
        await company.office_hours()
        people = [someone(company, who, playbook) for who in ("elodie", *VOTERS)]
        elodie, voters = people[0], people[1:]
        await sets_up(elodie, company)
        await invites(elodie, company)
        room = Room(company=company, facilitator=elodie, voters=voters)
        await to_the_vote(room)
        await facilitator_has_no_vote(room)
        await nothing_shows_before_the_reveal(room, company)
        await not_carried_twice(room, company)
        await somebody_takes_over(room)
        for one in people:
            await one.leave()


async def facilitator_has_no_vote(room: Room) -> None:
    await room.presses(room.facilitator, "workshop.fist:5")
    await room.facilitator.sees("You have no vote here")


async def nothing_shows_before_the_reveal(room: Room, company: Company) -> None:
    """Five have voted; the bot is killed and comes back: the votes are held, and say nothing."""
    for one in room.voters[:-1]:
        await room.votes(one, 5 if one.who != "marc" else 1)
    assert room.workshop.voting
    assert company.reads(held) == len(room.voters) - 1
    assert company.program is not None
    company.program.process.kill()
    await company.program.process.wait()
    await company.starts()
    await company.passes(seconds=1)  # the demo’s clock began again: it catches up
    assert company.reads(held) == len(room.voters) - 1
    await room.voters[0].channel(f"#{CHANNEL}")
    await room.voters[0].does_not_see("at 3 or more")
    await room.votes(room.voters[-1], 4)
    await room.until(lambda now: now.phase == "between")
    assert company.reads(held) == 0
    await room.voters[0].sees("Not carried yet", "0 Block: 0", "1 Serious objection: 1", within=15)


async def not_carried_twice(room: Room, company: Company) -> None:
    """What would bring marc to 3; the second vote fails again: the arbiter gets it."""
    marc = next(one for one in room.voters if one.who == "marc")
    await room.gives(marc)
    await room.steers("next")
    await room.until(lambda now: now.voting)
    for one in room.voters:
        await room.votes(one, 5 if one.who != "marc" else 0)
    await room.until(lambda now: not now.voting)
    results = company.reads(workshops.results, id=room.id)
    assert [one.verdict for one in results if one.kind == "fist"] == ["again", "failed"]
    await room.presses(marc, "workshop.agenda")  # a page of now: what was voted on is over
    await marc.opened()
    await marc.puts_down()
    await marc.channel(f"#{CHANNEL}")
    await marc.sees("Two votes, no agreement", within=15)
    await the_case_opens(room, company)


async def the_case_opens(room: Room, company: Company) -> None:
    """With both positions alike and the spread of the last vote; the arbiter gets it, and can decide."""
    (case,) = company.reads(cases.of_project, project_id=company.project.id)
    assert (case.arbiter, case.state) == (PEOPLE["claire"]["user"], "waiting")
    assert len(case.extra) == 2
    assert "0: 1" in case.why
    assert PEOPLE["marc"]["user"] not in str(case.positions), "nobody who has not signed is named"
    claire = next(one for one in room.voters if one.who == "claire")
    await claire.puts_down()
    await room.breathes()
    await claire.home()
    await claire.sees("waits for your decision", within=15)
    await claire.puts_down()


async def somebody_takes_over(room: Room) -> None:
    """The lead, in one press once the desk has stood idle; everybody reads it, and the lead has no vote from
    now on."""
    await room.company.passes(minutes=11)
    lead = next(one for one in room.voters if one.who == "marc")
    await room.presses(lead, "workshop.agenda")
    await lead.opened()
    await lead.clicks("workshop.take_over")
    marc = str(PEOPLE["marc"]["user"])
    await room.until(lambda now: now.facilitator == marc)
    assert marc not in {one.user for one in room.workshop.voters}
    await room.facilitator.puts_down()
    await room.facilitator.channel(f"#{CHANNEL}")
    await room.facilitator.sees("now facilitates W01", within=15)
