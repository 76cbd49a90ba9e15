"""The stage of a run: people and channels in the sandbox, projects with an open dialogue in the database."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.rounds import announce
from flows.project import Member, Person
from storage import casting, dialogue, memo, person, project
from storage.casting import Change
from storage.database import connect
from tests.faults.slack import Slack

WORKSPACE = "T0SANDBOX"
FLOW = "D02"
QUESTION = "OBJ01"  # the first of the flow: a long text, one answer a person
KEY = "0" * 32  # of the bots, and so of the audit that begins here
ANA = "U0ANA"  # the facilitator of every project


@dataclass(frozen=True, kw_only=True)
class Team:
    """One project: who answers, who only gets an invitation (each at a moment of its own)."""

    channel: str
    answerers: tuple[str, ...]
    guests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class World:
    """Everybody there is, by Slack user id."""

    teams: tuple[Team, ...]
    writers: tuple[str, ...]  # they write messages to the bot, and belong to no project

    @property
    def people(self) -> tuple[str, ...]:
        return (ANA, *self.writers, *(one for team in self.teams for one in (*team.answerers, *team.guests)))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much load. `seconds` is over how long the guests' invitations are spread."""

    teams: int = 3
    answerers: int = 2
    guests: int = 20
    writers: int = 4
    seconds: float = 200


def zone() -> str:
    """A time zone in which people may be written to now. There is none at the week-end: invitations wait
    until Monday then, and the verdict waits for none of them."""
    now = datetime.now(UTC)
    for hours in range(-12, 15):
        local = now + timedelta(hours=hours)
        if local.weekday() < 5 and 10 <= local.hour < 14:
            return f"Etc/GMT{-hours:+d}"
    return "Europe/Paris"


async def gather(slack: Slack, url: str, size: Size, chance: random.Random) -> World:
    """People, channels, projects, an open dialogue each, and the invitations to come."""
    writers = await _people(slack, "writer", size.writers)
    teams = []
    for number in range(size.teams):
        answerers = await _people(slack, f"team{number}x", size.answerers)
        guests = await _people(slack, f"guest{number}x", size.guests)
        members = [ANA, *answerers, *guests, *writers]
        made = await slack.post("channels", name=f"team-{number}", members=members, bot=True)
        teams.append(Team(channel=made["id"], answerers=answerers, guests=guests))
    database = connect(url, key=KEY)
    try:
        database.upgrade()
        for number, team in enumerate(teams):
            database.run_sync(_project, number, team, [chance.uniform(0, size.seconds) for _ in team.guests])
    finally:
        database.close()
    world = World(teams=tuple(teams), writers=writers)
    assert len(set(world.people)) == len(world.people)  # Slack ids are made of the first letters of a key
    return world


async def _people(slack: Slack, name: str, how_many: int) -> tuple[str, ...]:
    ids = []
    for n in range(how_many):
        key = f"{name}{n}"
        made = await slack.post("people", key=key, name=f"Person {key}", locale="en-US", tz=zone())
        ids.append(str(made["id"]))
    return tuple(ids)


def _project(conn: Connection, number: int, team: Team, leaves: Sequence[float]) -> None:
    now = datetime.now(UTC)
    here: dict[str, Any] = {"workspace": WORKSPACE}
    people = (*team.answerers, *team.guests)
    for user in people:
        known = Person(**here, user=user, name=f"Person {user}", zone=zone(), locale="en-US",
                       fetched_at=now)  # fmt: skip
        person.remember(conn, person=known)
    id = project.create(conn, **here, channel=team.channel, language="en", facilitator=ANA,
                        name=f"Project {number}", now=now)  # fmt: skip
    change = Change(**here, project_id=id, by=ANA, now=now)
    casting.settle(conn, change, start=now.date(), phase="P1")
    casting.give(conn, change, role="sponsor", user=team.guests[0])
    casting.give(conn, change, role="lead", user=team.guests[-1])
    casting.team(conn, change, [Member(user=user, function="finance") for user in people])
    opened = dialogue.open(conn, **here, project_id=id, flow=FLOW, opened_by=ANA,
                           closes_on=now.date() + timedelta(days=30), now=now)  # fmt: skip
    run = dialogue.run(conn, **here, id=opened)
    found = project.get(conn, **here, id=id)
    assert run is not None
    assert found is not None
    dialogue.invite(conn, **here, dialogue_id=run.id, users=people, by=ANA, now=now)
    for user, wait in zip(people, (*[0.0] * len(team.answerers), *leaves), strict=True):
        at = now + timedelta(seconds=wait)
        kept = {"leaves": at.isoformat(), "by": ANA, "line": "", "first": True}
        memo.put(conn, **here, user=user, name=f"{announce.INVITED}{run.id}", value=kept)
        announce.invitation(conn, run=run, user=user, leaves=at, now=now)
    announce.project_card(conn, project=found, now=now)
    announce.dialogue_card(conn, project=found, run_id=run.id, now=now)
    announce.homes(conn, project=found, users=team.answerers, now=now)
