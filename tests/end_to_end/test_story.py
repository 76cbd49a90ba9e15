"""The rhythm, lived through by itself: weeks pass, people answer what reaches them, and each week is compared
with what the calendar of the domain has for it (5.2, 6.3, DOC7, DOC8).

Eight weeks around a go-live in the ordinary suite; from kick-off to twelve weeks after it by `make story`.
"""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Words
from sandbox import scenario
from sandbox.mailbox import Mailbox
from sandbox.scenarios.player import Played, play
from sandbox.scenarios.story import Story, Told, script
from storage import life, lot_users, rhythm
from storage import project as projects
from tests.end_to_end.company import PEOPLE, WORKSPACE, Company, company_at
from tests.end_to_end.founding import TEAM, founded
from tests.end_to_end.posts import (
    DUE,
    WEEK,
    WEEKS,
    Post,
    comes_every,
    keeps_the_rules_of_rhythm,
    of_week,
    posts,
    weeks_with,
)

#: Of the story: the weeks in which the contract is signed and in which the lot goes live.
CONTRACT, GO_LIVE = 8, 12
#: What the first weeks ask, by the default plan (2.1); the story is told from week 2 on.
PLANNED = {
    "C01": {5}, "C02": {6}, "C03": {2, 3, 4, 5, 6}, "C04": {2, 3, 4, 5, 6}, "C05": {3}, "C06": {5},
    "C07": {6},
}  # fmt: skip
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
    in_launch(every, go_live, weeks=AFTER)
    for what in ("C03", "C04"):
        comes_every(every, what, DUE["build"][what], monday, go_live)


@pytest.mark.example
async def test_from_kick_off_to_twelve_weeks_after_the_go_live(tmp_path: Path, playbook: Playbook) -> None:
    box = Mailbox()
    mail: dict[str, Any] = {
        "CADRAGE_SMTP_HOST": "127.0.0.1", "CADRAGE_SMTP_PORT": str(await box.start()),
        "CADRAGE_SMTP_TLS": "none", "CADRAGE_SMTP_FROM": "cadrage@boreal.example",
    }  # fmt: skip
    async with company_at(tmp_path, **mail) as company:
        await company.sandbox.space.reset(scenario.read("boreal"), "boreal")
        await company.starts()
        played, told, data = Played(), Told(running=True), script("boreal")
        assert data is not None
        await play(company.sandbox.url, "boreal", played)
        assert played.problems == []
        now = await company.now()
        kick_off = now.date() - timedelta(days=now.weekday() + 7)  # the Monday of week 0
        await Story(company.sandbox.url, data, told).tells()
        await asyncio.sleep(1)
        assert told.problems == []
        every = posts(company.sandbox, playbook)
    await box.stop()
    assert len(box.received) == told.weeks - data["first"] + 1, "a mail each Thursday since she asked for it"
    for week in range(data["first"], told.weeks + 1):
        keeps_the_rules_of_rhythm(every, kick_off + WEEK * week)
    in_scoping(every, kick_off)
    go_live = kick_off + WEEK * GO_LIVE
    for before, what in ((5, "D07"), (3, "C08"), (2, "C02"), (1, "C01")):
        assert what in {post.what for post in of_week(every, go_live - WEEK * before)}, (before, what)
    in_launch(every, go_live, weeks=8)
    for what in ("C03", "C04"):
        comes_every(every, what, DUE["build"][what], kick_off + WEEK * CONTRACT, go_live - timedelta(days=1))
        comes_every(every, what, DUE["settling"][what], go_live + WEEK * 8, kick_off + WEEK * told.weeks)


def in_scoping(every: list[Post], kick_off: date) -> None:
    """The weeks of the default plan (2.1), and those of 5.2 up to day 42."""
    for what, weeks in PLANNED.items():
        came = {n - 1 for n in weeks_with(every, what, kick_off)}
        assert weeks <= came, (what, came)


def in_launch(every: list[Post], go_live: date, *, weeks: int) -> None:
    """Week by week, from that of the go-live on."""
    for what, due in WEEKS.items():
        came = {n for n in weeks_with(every, what, go_live) if n <= weeks}
        assert came == {n for n in due if n <= weeks}, what
