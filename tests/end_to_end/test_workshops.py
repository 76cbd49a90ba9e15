"""Workshops from their command to their end, live and in the channel, through Slack's protocol."""

from pathlib import Path

import pytest

from flows.playbook import Playbook
from storage import workshop as workshops
from tests.end_to_end.company import company_at
from tests.end_to_end.founding import invites, sets_up, someone
from tests.end_to_end.gathering import Room

VOTERS = ("claire", "marc", "ines", "paul", "sofia", "hugo")


@pytest.mark.parametrize(
    ("script", "mode", "language"), [("W01", "live", "fr"), ("W06", "async", "en"), ("W07", "live", "en")]
)
async def test_a_workshop_from_its_command_to_its_end(
    tmp_path: Path, playbook: Playbook, script: str, mode: str, language: str
) -> None:
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await company.office_hours()
        async with someone(company, "elodie", playbook) as elodie:
            await sets_up(elodie, company)
            await invites(elodie, company)
            voters = [someone(company, who, playbook) for who in VOTERS]
            room = Room(company=company, facilitator=elodie, voters=voters)
            await room.prepares(script)
            await room.opens(mode)
            await room.plays()
            assert room.workshop.state == "ended", room.seen
            assert company.reads(workshops.results, id=room.id), room.seen
            for one in voters:
                await one.leave()
