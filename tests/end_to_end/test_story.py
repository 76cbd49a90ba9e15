"""The rhythm, lived through by itself: weeks pass, people answer what reaches them, and each week is compared
with what the calendar of the domain has for it (5.2, 6.3, DOC7, DOC8).

Eight weeks around a go-live in the ordinary suite; from kick-off to twelve weeks after it by `make story`.
"""

import asyncio
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Words
from sandbox.scenarios.story import Story, Told, script
from storage import life, lot_users, rhythm
from storage import project as projects
from tests.end_to_end.company import PEOPLE, WORKSPACE, Company
from tests.end_to_end.founding import TEAM, founded
from tests.end_to_end.posts import (
    DUE,
    WEEK,
    WEEKS,
    comes_every,
    keeps_the_rules_of_rhythm,
    of_week,
    posts,
    weeks_with,
)

BEFORE, AFTER = 3, 5  # weeks before the go-live, and from it on
ID = {key: person["user"] for key, person in PEOPLE.items()}


def prepared(conn: Connection, *, workspace: str, project: Project, go_live: date, now: Any) -> None:
    """What was there before: a signed note, a contract, one lot with its people, and what hangs on it."""
    here: dict[str, Any] = {"workspace": workspace, "project_id": project.id}
    start = go_live - WEEK * 12
    projects.set_facts(conn, workspace=workspace, id=project.id, phase="P3", start=start)
    made = [
        Draft(kind="lot", item="lot", title=Words.same("Customers and machines"), due=go_live),
        Draft(kind="annex", item="annex", title=Words.same("Customer data"), owner=ID["ines"]),
        Draft(kind="risk", item="risk", title=Words.same("Double records"), owner=ID["nadia"]),
    ]  # fmt: skip
    for draft in made:
        life.make(conn, **here, draft=draft, by=ID["elodie"], now=now)
    for name, day in (("signed", start + WEEK * 6), ("contract", go_live - WEEK * 5)):
        rhythm.set_milestone(conn, **here, name=name, day=day, by=ID["elodie"], now=now)
    lot_users.put(conn, **here, lot="LOT-1", users=tuple(ID[key] for key in TEAM), by=ID["elodie"], now=now)


async def test_eight_weeks_around_a_go_live_bring_what_the_calendar_has(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    now = await company.now()
    monday = now.date() + timedelta(days=7 - now.weekday())
    go_live = monday + WEEK * BEFORE
    company.puts(prepared, workspace=WORKSPACE, project=company.project, go_live=go_live, now=now)
    story = script("boreal")
    assert story is not None
    dates = [
        {"goes": "#boreal"}, {"runs": "/cadrage calendar"}, {"clicks": "rhythm.dates"},
        {"submits": {"d:LOT-1": {"day": 0}}}, {"puts_away": True},
    ]  # fmt: skip
    weeks: list[dict[str, Any]] = [{"title": {}} for _ in range(BEFORE + AFTER)]
    weeks[BEFORE]["do"] = [{"as": "elodie", "do": dates}]
    told = Told(running=True)
    habits = {
        **story["habits"],
        "people": {key: story["habits"]["people"][key] for key in ("elodie", "claire", *TEAM)},
    }
    await Story(company.sandbox.url, {"first": 9, "weeks": weeks, "habits": habits}, told).tells()
    await asyncio.sleep(1)
    assert told.problems == []
    every = posts(company.sandbox, playbook)
    for n in range(BEFORE + AFTER):
        keeps_the_rules_of_rhythm(every, monday + WEEK * n)
    for before, what in ((3, "C08"), (2, "C02"), (1, "C01")):
        assert what in {post.what for post in of_week(every, go_live - WEEK * before)}, (before, what)
    for what, due in WEEKS.items():
        assert weeks_with(every, what, go_live) == {n for n in due if n <= AFTER}, what
    for what in ("C03", "C04"):
        comes_every(every, what, DUE["build"][what], monday, go_live)
