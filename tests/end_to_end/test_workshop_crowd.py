"""Sixty people vote at once, while Slack takes no update for five minutes: nobody waits for the card, no vote
is lost or counted twice, the card is drawn once a second at most, and catches up in one drawing. One of them
leaves the channel: their vote counts."""

import asyncio
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.parts import Parts
from bot.settings import Settings
from bot.workshops import deeds
from flows.playbook import Playbook
from flows.project import FUNCTIONS, Member
from flows.workshop import events
from flows.workshop.model import Workshop
from flows.workshop.roster import roster
from storage import project as projects
from storage import workshop as workshops
from tests.end_to_end.company import WORKSPACE, Company, company_at, world
from tests.end_to_end.test_acceptance_workshop import FIST, held

CROWD = [f"p{n:02d}" for n in range(60)]
LEAD, CHANNEL = "UELODIE", "C0CROWD"
SECOND = 0.9  # of the bot's pace, less what a machine may wobble
BUTTON = "workshop.fist:4"


def full_of_people() -> dict[str, Any]:
    """The company with sixty more, all in one channel."""
    here = world("en")
    more = [
        {"key": key, "id": f"U{key.upper()}", "name": f"Person {key}", "locale": "en-GB"} for key in CROWD
    ]
    where = {"name": "crowd", "id": CHANNEL, "members": [*CROWD, "elodie"], "bot": True}
    return {**here, "people": [*here["people"], *more], "channels": [*here["channels"], where]}


def at_the_vote(conn: Connection, *, playbook: Playbook, now: datetime) -> Workshop:
    """W01 with sixty people, all there, at its support vote."""
    id = projects.create(
        conn, workspace=WORKSPACE, channel=CHANNEL, language="en", facilitator=LEAD, name="Boréal", now=now
    )
    projects.set_facts(conn, workspace=WORKSPACE, id=id, start=now.date(), phase="P1")
    for role in ("sponsor", "arbiter"):
        projects.set_role(conn, workspace=WORKSPACE, id=id, role=role, user="UP00")
    team = [Member(user=f"U{key.upper()}", function=FUNCTIONS[n % 5]) for n, key in enumerate(CROWD)]
    projects.set_team(conn, workspace=WORKSPACE, id=id, members=team)
    project = projects.get(conn, workspace=WORKSPACE, id=id)
    assert project is not None
    people = roster(playbook.workshops["W01"], project.cast, facilitator=LEAD)
    here = workshops.put(conn, workshop=Workshop(
        id=workshops.fresh_id(), workspace=WORKSPACE, project_id=id, number=0, script="W01", mode="live",
        facilitator=LEAD, channel=CHANNEL, planned_by=LEAD, people=people,
    ))  # fmt: skip
    parts: Any = Parts(settings=Settings(), db=None, slack=None, clock=None, playbook=playbook, wake=print)  # type: ignore[arg-type]

    def happens(event: events.Event) -> Workshop:
        done = deeds.happen(conn, parts=parts, workspace=WORKSPACE, id=here.id, make=lambda _: event, now=now)
        assert done is not None
        assert done.taken
        return done.workshop

    happens(events.Opened(by=LEAD, at=now))
    for one in people:
        stands = happens(events.Joined(by=one.user, at=now, person=one))
    while stands.step < FIST:
        stands = happens(events.Skipped(by=LEAD, at=now, seen=stands.move))
    assert len(stands.voters) == len(CROWD)
    return stands


def drawn(company: Company, ts: str) -> list[float]:
    """When Slack has taken an update of this message."""
    return [
        one.at for _, one, _ in company.sandbox.space.traffic.exchanges
        if one.method == "chat.update" and one.request.get("ts") == ts and one.response["ok"]
    ]  # fmt: skip


@pytest.mark.slow
async def test_sixty_people_vote_at_once_while_slack_takes_no_update(
    tmp_path: Path, playbook: Playbook
) -> None:
    async with company_at(tmp_path) as company:
        await company.sandbox.space.reset(full_of_people(), "")
        await company.starts()
        here = company.puts(at_the_vote, playbook=playbook, now=await company.now())
        async with company.sandbox.person("p00") as first, company.sandbox.person("p59") as last:
            await first.channel("#crowd")
            await last.channel("#crowd")
            thing = await first.find(BUTTON, within=30, inputs=False)
            press = {"container": thing.container, "action_id": thing.action_id, "block_id": thing.block_id}
            ts = thing.container["ts"]
            fault = await company.sandbox.does("faults", method="chat.update", kind="503")
            others = [company.sandbox.person(key) for key in CROWD[:-1]]
            said = await asyncio.gather(*(one.does("click", **press) for one in others))
            assert all(one["ok"] for one in said)
            for one in others:
                await one.leave()
            assert company.reads(held) == len(CROWD) - 1
            before = len(drawn(company, ts))
            await company.passes(minutes=5)
            await company.sandbox.ends_faults()
            await company.passes(minutes=2)  # it is tried again at the latest now
            await first.sees("59 of 60 have answered", within=60)
            assert len(drawn(company, ts)) == before + 1, "one drawing says it all"
            assert fault["ok"]
            await company.sandbox.does("channels", channel="crowd", do="kick", user="p58")
            await first.sees("58 of 59 have answered", within=30)
            await last.does("click", **press)
            await first.sees("Carried", "60 of 60", within=30)
            (result,) = company.reads(workshops.results, id=here.id)
            assert (result.n, result.abstained, result.indicative) == (60, 0, False)
            assert company.reads(held) == 0
            found = drawn(company, ts)
            assert all(later - sooner >= SECOND for sooner, later in pairwise(found))
