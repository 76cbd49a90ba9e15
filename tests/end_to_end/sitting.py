"""An anonymous wave from end to end: opened, answered in one sitting, closed; and what can be found of it.

Shared by the story of a wave and by the attack on it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from flows.playbook import Playbook
from flows.wave.model import NO_ANSWER
from storage import wave as waves
from tests.bot.plumbing.rig import TOKENS
from tests.bot.plumbing.test_process import Program, start
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company, company_at
from tests.end_to_end.founding import founded, someone

WHAT, TITLE = "D07", "How we feel about it"
WISHES = ("quote", "count")
Json = dict[str, Any]


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


@contextlib.asynccontextmanager
async def wave_open(tmp_path: Path, playbook: Playbook) -> AsyncIterator[tuple[Company, Log]]:
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
    """Nothing is on its way any more: for two seconds nothing has changed (a channel takes one message a
    second)."""
    before, alike = dump(company), 0
    while alike < 4:
        await asyncio.sleep(0.5)
        after = dump(company)
        alike, before = (alike + 1 if after == before else 0), after


def files(folder: Path) -> bytes:
    """Every byte the bot has written: the database, its write-ahead log, free pages, anything else."""
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> Iterator[tuple[str, int]]:
    """The tables with other rows than before, and how many more they have."""
    for name, rows in after.items():
        known = before.get(name, [])
        if sorted(map(repr, rows)) != sorted(map(repr, known)) or name not in before:
            yield name, len(rows) - len(known)


async def until_closed(company: Company, id: str) -> None:
    """The day after the last day, the bot having beaten."""
    for _ in range(14):
        found = company.reads(waves.get, id=id)
        assert found is not None
        if not found.open:
            return
        await company.passes(days=1)
    raise AssertionError("the wave does not close")
