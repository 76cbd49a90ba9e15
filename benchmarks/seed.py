"""Fills a database with projects and open dialogues, through the product's own storage functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import Connection

from benchmarks.process import KEY
from benchmarks.sink import WORKSPACE
from flows.project import Member, Person
from storage import dialogue, person, project
from storage.database import connect

#: Answered alone by each member, six or so screens: the dialogue that is measured.
FLOW = "D02"
MEMBERS = 8  # people of one project who answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody invited to a dialogue that is open and not begun."""

    user: str
    project: str
    run: str


def seats(url: str, count: int, *, first: int = 0) -> list[Seat]:
    """At least `count` people invited to as many dialogues, in projects of `MEMBERS` people. Project
    numbers start at `first`, so that a later call adds to an earlier one."""
    database = connect(url, deadline=60, key=KEY)
    try:
        database.upgrade()
        made: list[Seat] = []
        numbers = iter(range(first, first + -(-count // MEMBERS)))
        while chunk := list(islice(numbers, 50)):
            made += database.run_sync(_projects, chunk)
        return made
    finally:
        database.close()


def _projects(conn: Connection, numbers: list[int]) -> list[Seat]:
    return [seat for number in numbers for seat in _project(conn, number)]


def _project(conn: Connection, number: int) -> Iterator[Seat]:
    now = datetime.now(UTC)
    users = [f"U0P{number:05d}X{n}" for n in range(MEMBERS)]
    heads = {role: f"U0H{number:05d}{role[:1].upper()}" for role in ("facilitator", "sponsor", "lead")}
    for user in (*users, *heads.values()):
        known = Person(workspace=WORKSPACE, user=user, name=f"Person {user}", zone="Europe/Paris",
                       locale="fr-FR", fetched_at=now)  # fmt: skip
        person.remember(conn, person=known)
    id = project.create(
        conn, workspace=WORKSPACE, channel=f"C0P{number:05d}", language="fr",
        facilitator=heads["facilitator"], name=f"Projet {number}", now=now,
    )  # fmt: skip
    project.set_facts(conn, workspace=WORKSPACE, id=id, start=now.date())
    project.set_role(conn, workspace=WORKSPACE, id=id, role="sponsor", user=heads["sponsor"])
    project.set_role(conn, workspace=WORKSPACE, id=id, role="lead", user=heads["lead"])
    project.set_team(
        conn, workspace=WORKSPACE, id=id, members=[Member(user=u, function="finance") for u in users]
    )
    run = dialogue.open(
        conn, workspace=WORKSPACE, project_id=id, flow=FLOW, opened_by=heads["facilitator"],
        closes_on=now.date() + timedelta(days=30), now=now,
    )  # fmt: skip
    dialogue.invite(conn, workspace=WORKSPACE, dialogue_id=run, users=users, by=heads["facilitator"], now=now)
    return (Seat(user=user, project=id, run=run) for user in users)
