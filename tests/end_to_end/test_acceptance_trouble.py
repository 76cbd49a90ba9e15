"""Acceptance point 39: with Slack or the database failing, "Saved" or "Not saved", no lie, nothing twice."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from flows.playbook import Playbook
from storage.tables import metadata
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import founded, invites, sets_up, someone

SPOILT = ("chat.postMessage", "chat.update", "views.publish", "conversations.open")
#: Together every call fails; a third of them after Slack has obeyed.
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "drop_after", "probability": 0.2},
    {"kind": "500", "after": True, "probability": 0.2},
    {"kind": "429", "seconds": 1, "probability": 0.2},
    {"kind": "html", "probability": 0.2},
    {"kind": "503"},
)


@contextmanager
def database_taken(company: Company) -> Iterator[None]:
    """Somebody else writes to the file all the while."""
    other = sqlite3.connect(company.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def versions(company: Company, question: str) -> list[Any]:
    """Every text that was ever saved as an answer."""

    def rows(conn: Any, workspace: str) -> list[Any]:
        tables = (metadata.tables[name] for name in ("answer_past", "answer"))
        found = [row for table in tables for row in conn.execute(select(table))]
        return [row.value for row in found if row.question == question]

    return company.reads(rows)


async def everything_posted(company: Company) -> dict[str, list[str]]:
    """What the bot has said to each person and in the channel."""
    found: dict[str, list[str]] = {}
    for key in PEOPLE:
        async with company.sandbox.person(key) as person:
            await person.dm()
            found[key] = await person.messages()
    async with company.sandbox.person("elodie") as elodie:
        await elodie.channel("#boreal")
        found["#boreal"] = await elodie.messages()
    return found


@pytest.fixture
async def answering(company: Company, playbook: Playbook) -> AsyncIterator[tuple[Company, Colleague]]:
    """Hugo has the first screen of Goals open."""
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        yield company, hugo


async def test_acceptance_39_ten_minutes_without_slack_say_the_truth_and_nothing_twice(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie, someone(company, "hugo", playbook) as hugo:
        await sets_up(elodie, company)
        await elodie.puts_down()
        await elodie.home()
        await elodie.sees("nobody has been invited yet", within=15)
        for method in SPOILT:
            for fault in FAULTS:
                await company.sandbox.does("faults", method=method, **fault)
        await invites(elodie, company)
        await hugo.channel("#boreal")  # his Home cannot be drawn: a command still answers
        await hugo.runs("/cadrage todo")
        await hugo.clicks("dialogue.open:next")
        await hugo.opened()
        await hugo.fills_in(playbook.flows["D02"], {"OBJ01": "They call one person."})
        assert (await hugo.sends())["ok"]
        assert await hugo.asked() == ["OBJ03"]  # the next screen is the word that it is saved
        assert versions(company, "OBJ01") == ["They call one person."]
        await company.passes(minutes=10)
        assert (await company.sandbox.looks("faults"))["hits"] > 20
        await company.sandbox.ends_faults()
        for _ in range(2):  # what has failed often is tried again after five minutes at most
            await company.passes(minutes=6)
        await hugo.puts_down()
        await hugo.dm()
        await hugo.sees("Goals · In progress · 1 of 5 saved", within=30)
        await elodie.channel("#boreal")
        await elodie.sees("Boréal", "Goals", "Sponsorship", within=30)
    posted = await everything_posted(company)
    for where, texts in posted.items():
        assert max(Counter(texts).values(), default=0) <= 1, (where, texts)
    for key in ("ines", "paul", "sofia", "nadia", "thomas"):
        assert len(posted[key]) == 1, (key, posted[key])
        assert "has added you to Boréal" in posted[key][0]


async def test_acceptance_39_a_form_that_was_not_saved_says_so_and_keeps_its_text(
    answering: tuple[Company, Colleague],
) -> None:
    company, hugo = answering
    with database_taken(company):
        await hugo.fills({"One year after go-live": "They call one person."})
        refused = await hugo.submits()
        assert not refused["ok"]
        await hugo.sees("Not saved. Press again; your text is still here.", "They call one person.")
        assert versions(company, "OBJ01") == []
    await asyncio.sleep(0.3)
    assert (await hugo.submits())["ok"]
    await hugo.sees("2 of 5")
    assert versions(company, "OBJ01") == ["They call one person."]


async def test_acceptance_39_a_button_that_was_not_saved_says_so(
    answering: tuple[Company, Colleague],
) -> None:
    company, hugo = answering
    with database_taken(company):
        await hugo.chooses("dialogue.exit:OBJ01", "unknown")
        await hugo.sees("Not saved. Press again")
        assert company.records("issue", status="open") == []
    await hugo.puts_down()
    await hugo.opens("Goals")
    await hugo.leaves("OBJ01", "unknown")
    await hugo.sees("I don’t know is noted.")


async def test_acceptance_39_an_acknowledgement_that_is_lost_makes_nothing_double(
    answering: tuple[Company, Colleague],
) -> None:
    company, hugo = answering
    await company.sandbox.does("faults", method="interactive", kind="lose_ack", times=1)
    await hugo.fills({"One year after go-live": "They call one person."})
    lost = await hugo.submits()
    assert lost["shown"] == "trouble_connecting"
    assert (await hugo.submits())["ok"]
    await hugo.sees("2 of 5")
    assert versions(company, "OBJ01") == ["They call one person."]


async def test_acceptance_39_a_command_that_was_not_saved_says_so(
    company: Company, playbook: Playbook
) -> None:
    await founded(company, playbook)
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.channel("#boreal")
        with database_taken(company):
            await elodie.runs("/cadrage note")
            await elodie.sees("Not saved. Type the command again.")
        await elodie.runs("/cadrage note")
        await elodie.sees("Scoping note of Boréal · draft 1", within=15)
