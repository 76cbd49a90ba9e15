"""Acceptance points 19 to 23, and the attack: whoever holds the database, the logs and all that passed
between Slack and the bot, but not the key, cannot tell whose answers are whose (I6 of reliability 5)."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from flows.playbook import Playbook
from flows.wave.model import NO_ANSWER
from storage import wave as waves
from storage.tables import metadata
from tests.bot.plumbing.rig import TOKENS
from tests.bot.plumbing.test_process import Program, start
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company, company_at
from tests.end_to_end.founding import ID, TEAM, founded, someone

WHAT, TITLE = "D07", "How we feel about it"
WISHES = ("quote", "count")
Json = dict[str, Any]


@pytest.fixture
async def polled(tmp_path: Path, playbook: Playbook) -> AsyncIterator[tuple[Company, Program]]:
    """The wave of D07 is open, everybody has the invitation, and the log says all it can."""
    async with company_at(tmp_path) as company:
        program = await start(
            "run", port=company.port, folder=tmp_path, SLACK_API_URL=company.sandbox.api,
            SLACK_BOT_TOKEN=TOKENS.bot, SLACK_APP_TOKEN=TOKENS.app, DATABASE_URL=company.database,
            CADRAGE_PORT=str(company.port), CADRAGE_DEMO="1", CADRAGE_LOOKUP_AFTER="0",
            CADRAGE_LOG_LEVEL="debug", CADRAGE_LOG_FORMAT="json",
        )  # fmt: skip
        company.started.append(program)
        await program.ready("socket", "connected", seconds=30)
        await company.office_hours()
        await founded(company, playbook)
        await company.until((await company.now()).date() + timedelta(days=7), time(10))
        async with someone(company, "elodie", playbook) as elodie:
            await elodie.puts_down()
            await elodie.channel("#boreal")
            assert (await elodie.runs(f"/cadrage dialogue {WHAT}"))["ok"]
            await elodie.opened()
            day = (await company.now()).date().isoformat()
            await elodie.fills({"opens": day})
            done = await elodie.sends()
            assert not done.get("errors"), done
            await elodie.sees("Open until")
        await company.passes(days=7)  # the cap lets it leave at the latest within a week
        yield company, program


def given(n: int) -> Json:
    """What the n-th person answers: a pattern and a text nobody else has."""
    pattern = f"{n:03b}"
    points = {f"BEL0{i}": "5" if bit == "1" else "2" for i, bit in enumerate(pattern * 2, start=1)}
    return points | {"BEL07": f"canary {'x' * n} {n}", "BEL07a": WISHES[n % 2], "BEL08": str(n % 5 + 1)}


async def answers(who: Colleague, wave: str, mine: Json) -> None:
    """The whole sitting, from the button in Home to the confirmation."""
    await who.clicks(f"anonymous.open:{wave}", within=15)
    await who.opened()
    questions = {q.id: q for q in who.playbook.waves[WHAT].questions}
    while (view := await who.modal())["submit"]:
        assert "Anonymous" in json.dumps(view)
        for block in view["blocks"]:
            question = questions.get(block["block_id"])
            if question is None or (block["block_id"] not in mine and question.kind == "long_text"):
                continue
            if block["block_id"] in mine:
                await who.fills({block["block_id"]: mine[block["block_id"]]})
            elif question.kind in ("scale5", "single") and not who.playbook.waves[WHAT].is_consent(
                question.id
            ):
                await who.fills({block["block_id"]: NO_ANSWER})
            elif question.kind == "multi":
                await who.fills({block["block_id"]: [NO_ANSWER]})
        done = await who.sends()
        assert not done.get("errors"), done


def dump(company: Company) -> dict[str, list[Any]]:
    """Every row of every table."""

    def rows(conn: Any, workspace: str) -> dict[str, list[Any]]:
        return {name: [tuple(r) for r in conn.execute(select(t))] for name, t in metadata.tables.items()}

    return company.reads(rows)


async def quiet(company: Company) -> None:
    """Nothing is on its way any more."""
    before, after = {}, dump(company)
    while before != after:
        await asyncio.sleep(0.5)
        before, after = after, dump(company)


def files(folder: Path) -> bytes:
    """Every byte the bot has written: the database, its write-ahead log, free pages, anything else."""
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> Iterator[tuple[str, int]]:
    """The tables with other rows than before, and how many more they have."""
    for name, rows in after.items():
        if sorted(map(repr, rows)) != sorted(map(repr, before[name])):
            yield name, len(rows) - len(before[name])


DIFFERS = (
    "id", "hash", "trigger_id", "root_view_id", "view_id", "previous_view_id", "action_ts", "user", "name",
    "username", "envelope_id",
)  # fmt: skip


def scrubbed(exchange: Json, user: str) -> str:
    """A form that was sent, and its answer, without what differs from person to person anyway: who
    they are, ids made at random, moments."""
    kept = {key: exchange[key] for key in ("kind", "method", "request", "response", "size", "refused")}
    said = json.dumps(kept, sort_keys=True).replace(user, "USER")
    said = re.sub(rf'"({"|".join(DIFFERS)})": "[^"]*"', "", said)
    return re.sub(r'"block_id": "[0-9a-f]{8}"', "", said)


async def test_nothing_that_is_kept_or_passes_tells_whose_answers_are_whose(
    polled: tuple[Company, Program], playbook: Playbook, tmp_path: Path
) -> None:
    company, program = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    passed: dict[str, list[str]] = {}
    for n, key in enumerate(TEAM, start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await who.sees(TITLE, within=15)
            await quiet(company)
            before, since = dump(company), company.sandbox.space.traffic.n
            await answers(who, wave.id, given(n))
            assert await who.sees("Recorded, thank you")
            assert set(changed(before, dump(company))) == {("ballot_ledger", 1), ("ballot_box", 0)}
            log = (await company.sandbox.looks(f"traffic?since={since}"))["exchanges"]
            forms = [one for one in log if one["masked"] and "view_submission" in one["method"]]
            assert len(forms) == 3
            passed[key] = [scrubbed(one, ID[key]) for one in forms]
    # what passed is the same for everybody: it tells nothing, so no guess from it beats chance
    assert len({tuple(one) for one in passed.values()}) == 1
    everything = files(tmp_path)
    assert b"canary" not in everything
    assert "canary" not in json.dumps((await company.sandbox.looks("traffic?since=0"))["exchanges"])
    await until_closed(company, wave.id)
    kept = company.reads(waves.results, ids=[wave.id])[wave.id]
    assert kept["BEL01"].n == len(TEAM)
    said = files(tmp_path)
    assert all((f"canary {'x' * n} {n}".encode() in said) is (WISHES[n % 2] == "quote") for n in range(1, 8))
    rows = dump(company)
    assert not rows["ballot_ledger"]
    assert not rows["ballot_box"]
    assert not any(user in repr(rows["wave_result"]) for user in ID.values())
    await program.stop()
    output = (await program.process.stdout.read()).decode() if program.process.stdout else ""
    assert "canary" not in output
    assert "anonymous" not in output, "no line of the log is about a ballot"


async def test_22_reminders_reach_everybody_alike_and_21_four_answers_are_destroyed(
    polled: tuple[Company, Program], playbook: Playbook
) -> None:
    company, _ = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    for n, key in enumerate([*TEAM][:4], start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await answers(who, wave.id, given(n))
            await who.puts_down()
            await who.home()
            await answers(who, wave.id, given(n))
            await who.sees("Already recorded")  # 20
    await until_closed(company, wave.id)
    assert company.reads(waves.results, ids=[wave.id])[wave.id] == {}
    async with someone(company, "claire", playbook) as claire:
        await claire.channel("#boreal")
        await claire.sees("fewer than 5 answers, everything was destroyed unread", within=15)
    said = set()
    for key in TEAM:
        async with someone(company, key, playbook) as who:
            await who.dm()
            found = [m for m in await who.messages() if "This reminder goes to everyone invited" in m]
            said.update(re.sub(r"\s+", " ", one) for one in found)
    assert len(said) == 1


async def until_closed(company: Company, id: str) -> None:
    """The day after the last day, the bot having beaten."""
    for _ in range(14):
        found = company.reads(waves.get, id=id)
        assert found is not None
        if not found.open:
            return
        await company.passes(days=1)
    raise AssertionError("the wave does not close")
