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
from sqlalchemy import inspect, text

from flows.playbook import Playbook
from flows.wave.model import NO_ANSWER
from storage import wave as waves
from tests.bot.plumbing.rig import TOKENS
from tests.bot.plumbing.test_process import Program, start
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company, company_at
from tests.end_to_end.founding import ID, TEAM, founded, someone

WHAT, TITLE = "D07", "How we feel about it"
WISHES = ("quote", "count")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
Json = dict[str, Any]


@pytest.fixture
async def polled(tmp_path: Path, playbook: Playbook) -> AsyncIterator[tuple[Company, "Log"]]:
    """The wave of D07 is open, everybody has the invitation, and the log says all it can."""
    async with company_at(tmp_path) as company:
        program = await start(
            "run", port=company.port, folder=tmp_path, SLACK_API_URL=company.sandbox.api,
            SLACK_BOT_TOKEN=TOKENS.bot, SLACK_APP_TOKEN=TOKENS.app, DATABASE_URL=company.database,
            CADRAGE_PORT=str(company.port), CADRAGE_DEMO="1", CADRAGE_LOOKUP_AFTER="0",
            CADRAGE_LOG_LEVEL="debug", CADRAGE_LOG_FORMAT="json",
        )  # fmt: skip
        company.started.append(program)
        log = Log(program)
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
        yield company, log
        await log.ends()


class Log:
    """What the bot writes about itself, line by line as it comes."""

    def __init__(self, program: Program) -> None:
        self.program, self.lines = program, list[str]()
        self._reading = asyncio.create_task(self._reads())

    async def _reads(self) -> None:
        assert self.program.process.stdout is not None
        async for line in self.program.process.stdout:
            self.lines.append(line.decode())

    async def ends(self) -> None:
        """The bot is stopped, and all it wrote is here."""
        if self.program.process.returncode is None:
            await self.program.stop()
        await self._reading


def given(n: int) -> Json:
    """What the n-th person answers: a pattern and a text nobody else has."""
    pattern = f"{n:03b}"
    points = {f"BEL0{i}": "5" if bit == "1" else "2" for i, bit in enumerate(pattern * 2, start=1)}
    return points | {"BEL07": f"canary {'x' * n} {n}", "BEL07a": WISHES[n % 2], "BEL08": str(n % 5 + 1)}


async def answers(who: Colleague, wave: str, mine: Json) -> None:
    """The whole sitting, from the button in Home to the confirmation."""
    await who.clicks(f"anonymous.open:{wave}", within=15)
    while (await who.opened())["submit"]:
        await answers_one_screen(who, mine)


async def answers_one_screen(who: Colleague, mine: Json) -> None:
    """One screen of it, which says "Anonymous" (19); "No answer" where nothing is given."""
    view, content = await who.opened(), who.playbook.waves[WHAT]
    assert "Anonymous" in await who.reads()
    questions = {q.id: q for q in content.questions}
    for block in view["blocks"]:
        question = questions.get(block["block_id"])
        if question is None or (question.id not in mine and question.kind == "long_text"):
            continue
        if question.id in mine:
            await who.fills({question.id: mine[question.id]})
        elif question.kind == "multi":
            await who.fills({question.id: [NO_ANSWER]})
        elif not content.is_consent(question.id):
            await who.fills({question.id: NO_ANSWER})
    done = await who.sends()
    assert not done.get("errors"), done


def dump(company: Company) -> dict[str, list[Any]]:
    """Every row of every table there is, those nobody has declared too."""

    def rows(conn: Any, workspace: str) -> dict[str, list[Any]]:
        names = inspect(conn).get_table_names()
        return {name: [tuple(r) for r in conn.execute(text(f'SELECT * FROM "{name}"'))] for name in names}  # noqa: S608

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
        known = before.get(name, [])
        if sorted(map(repr, rows)) != sorted(map(repr, known)) or name not in before:
            yield name, len(rows) - len(known)


DIFFERS = (
    "id", "hash", "trigger_id", "root_view_id", "view_id", "previous_view_id", "action_ts", "user", "name",
    "username", "envelope_id",
)  # fmt: skip


def scrubbed(said: Json, user: str) -> str:
    """What passed, or a line of the log, without what differs from person to person anyway: who they are,
    ids made at random, moments."""
    names = ("n", "at", "ms", "took", "timestamp", "request_id", "seconds", "duration")
    kept = {key: value for key, value in said.items() if key not in names}
    said_ = json.dumps(kept, sort_keys=True).replace(user, "USER")
    said_ = re.sub(rf'"({"|".join(DIFFERS)})": "[^"]*"', "", said_)
    return re.sub(r'"block_id": "[0-9a-f]{8}"', "", said_)


async def test_nothing_that_is_kept_or_passes_tells_whose_answers_are_whose(
    polled: tuple[Company, Log], playbook: Playbook, tmp_path: Path
) -> None:
    company, log = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    passed: dict[str, list[str]] = {}
    noted: dict[str, list[str]] = {}
    for n, key in enumerate(TEAM, start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await who.sees(TITLE, within=15)
            await quiet(company)
            before, since, lines = dump(company), company.sandbox.space.traffic.n, len(log.lines)
            await answers(who, wave.id, given(n))
            assert await who.sees("Recorded, thank you")
            await quiet(company)
            assert set(changed(before, dump(company))) == {("ballot_ledger", 1), ("ballot_box", 0)}
            exchanges = (await company.sandbox.looks(f"traffic?since={since}"))["exchanges"]
            forms = [n for n, one in enumerate(exchanges) if "view_submission" in one["method"]]
            assert [exchanges[n]["masked"] for n in forms] == [True, True, True]
            # what came before, the press in Home, carries a person's Home and no answer
            passed[key] = [scrubbed(one, ID[key]) for one in exchanges[forms[0] :]]
            noted[key] = [scrubbed(json.loads(line), ID[key]) for line in log.lines[lines:]]
    # what passed, and what was noted, is the same for everybody: it tells nothing, so no guess from it beats
    # chance. All of it, for what tells of a ballot may stand in another message, or on an innocent line.
    assert len({tuple(one) for one in passed.values()}) == 1
    assert len({tuple(one) for one in noted.values()}) == 1
    everything = files(tmp_path)
    assert b"canary" not in everything
    assert "canary" not in json.dumps((await company.sandbox.looks("traffic?since=0"))["exchanges"])
    await until_closed(company, wave.id)
    kept = company.reads(waves.results, ids=[wave.id])[wave.id]
    assert kept["BEL01"].n == len(TEAM)
    said = files(tmp_path)
    assert all((f"canary {'x' * n} {n}".encode() in said) is (WISHES[n % 2] == "quote") for n in range(1, 8))
    await reads_group_results(company, playbook)
    rows = dump(company)
    assert not rows["ballot_ledger"]
    assert not rows["ballot_box"]
    assert not any(user in repr(rows["wave_result"]) for user in ID.values())
    await log.ends()
    output = "".join(log.lines)
    assert "canary" not in output
    assert "anonymous" not in output, "no line of the log is about a ballot"


async def reads_group_results(company: Company, playbook: Playbook) -> None:
    """21: for the group, without a date, a name or an order anybody could know."""
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.puts_down()
        await hugo.channel("#boreal")
        await hugo.clicks("See the group results", within=15)
        await hugo.opened()
        page = await hugo.reads()
        assert "Anonymous" in page
        assert "from 5 answers" in page
        assert re.findall(r"canary x+ \d", page)
        assert not re.search(rf"20\d\d|\d:\d\d|\b({MONTHS})\b", page)
        assert not [one["name"] for one in PEOPLE.values() if one["name"] in page]


async def test_acceptance_19_20_21_22_23_a_wave_that_four_people_answer(
    polled: tuple[Company, Log], playbook: Playbook, tmp_path: Path
) -> None:
    company, _ = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    await names_a_coach(company, playbook)
    await puts_it_away_before_sending(company, playbook, wave.id)
    for n, key in enumerate([*TEAM][:4], start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await answers(who, wave.id, given(n))
            await who.puts_down()
            await who.home()
            await answers(who, wave.id, given(n))
            await who.sees("Already recorded")  # 20
    await wants_to_talk(company, playbook, wave.id, tmp_path)
    await until_closed(company, wave.id)
    assert company.reads(waves.results, ids=[wave.id])[wave.id] == {}
    async with someone(company, "claire", playbook) as claire:
        await claire.channel("#boreal")
        await claire.sees("fewer than 5 answers, everything was destroyed unread", within=15)
        assert not [thing for thing in await claire.things() if thing.action_id == "wave.results"]
    said = await told(company, playbook)
    reminders = {key: [m for m in said[key] if "This reminder goes to everyone invited" in m] for key in TEAM}
    assert all(len(found) == 1 for found in reminders.values())  # 22
    assert len({re.sub(r"\s+", " ", found[0]) for found in reminders.values()}) == 1
    assert "canary" not in json.dumps(said)  # 19


async def names_a_coach(company: Company, playbook: Playbook) -> None:
    """The facilitator says who the neutral coach is (SET16)."""
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.opens("Set-up, team and leadership")
        coach = {"SET14": "external", "SET16": PEOPLE["jeanne"]["user"], "SET19": "FR"}
        await elodie.fills_in(playbook.flows["D01"], coach)
        done = await elodie.sends()
        assert not done.get("errors"), done
        await elodie.puts_down()
    assert company.project.cast.holder("coach") == PEOPLE["jeanne"]["user"]


async def puts_it_away_before_sending(company: Company, playbook: Playbook, wave: str) -> None:
    """20: two screens answered, then closed: nothing is kept, and the form is empty again."""
    async with someone(company, "ines", playbook) as ines:
        await ines.home()
        await quiet(company)
        before = dump(company)
        await ines.clicks(f"anonymous.open:{wave}", within=15)
        await answers_one_screen(ines, given(5))
        await answers_one_screen(ines, given(5))
        await ines.puts_down()
        await quiet(company)
        assert not [*changed(before, dump(company))]
        await ines.clicks(f"anonymous.open:{wave}", within=15)
        view = await ines.opened()
        fields = [state for block in view["state"]["values"].values() for state in block.values()]
        assert fields
        assert not any(state.get("selected_option") or state.get("selected_options") for state in fields)
        await ines.puts_down()


async def wants_to_talk(company: Company, playbook: Playbook, wave: str, folder: Path) -> None:
    """23: the coach's button of the form; the coach alone learns of it, and nobody reads it in the files."""
    word = "I would rather talk than write"
    before = await told(company, playbook)
    async with someone(company, "nadia", playbook) as nadia:
        await nadia.home()
        await nadia.clicks(f"anonymous.open:{wave}", within=15)
        await nadia.opened()
        await nadia.presses("anonymous.coach")
        await nadia.fills({"word": word})
        await nadia.sends()
        await nadia.sees("has it and will reach you within 2 working days")
        await nadia.puts_down()
    async with someone(company, "jeanne", playbook) as jeanne:
        await jeanne.dm()
        await jeanne.find("coach.read", within=15, inputs=False)
        assert "Nadia" not in await jeanne.reads()
        after = await told(company, playbook)
        assert {key for key in after if after[key] != before[key]} == {"jeanne"}
        await jeanne.clicks("coach.read")
        await jeanne.sees("Nadia Benali", word)
        await jeanne.puts_down()
    assert word.encode() not in files(folder)


async def told(company: Company, playbook: Playbook) -> dict[str, list[str]]:
    """Every message anybody has of the bot, and the channel."""
    found = {}
    for key in PEOPLE:
        async with someone(company, key, playbook) as who:
            await who.dm()
            found[key] = await who.messages()
            if key == "claire":
                await who.channel("#boreal")
                found["channel"] = await who.messages()
    return found


async def until_closed(company: Company, id: str) -> None:
    """The day after the last day, the bot having beaten."""
    for _ in range(14):
        found = company.reads(waves.get, id=id)
        assert found is not None
        if not found.open:
            return
        await company.passes(days=1)
    raise AssertionError("the wave does not close")
