"""Content that is changed while the bot runs: used once it is sound, refused in a sentence otherwise."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.operations.reload import Reload
from flows.playbook import Playbook
from flows.playbook.loader import CRM
from sandbox.person import Person
from sandbox.server import Running
from tests.bot.plumbing.test_process import Program, programs, run

__all__ = ["programs"]  # a fixture

ASKED = 'en: "What is the project called?"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CRM, tmp_path / "content")
    return tmp_path / "content"


def edit(folder: Path, old: str, new: str) -> int:
    """One change in the set-up's file. Returns its line."""
    file = folder / "D01.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


async def asks(ana: Person, question: str) -> bool:
    """Whether `/cadrage new` begins with this question."""
    await ana.runs("/cadrage new")
    found = await ana.sees(question)
    await ana.closes(everything=True)
    return found


async def content(program: Program, test: Callable[[str], bool], seconds: float = 20) -> str:
    """What the bot says of its content, once it says what is waited for."""
    end, said = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        said = str((await program.ready()).get("content"))
        if test(said):
            return said
        await asyncio.sleep(0.1)
    raise AssertionError(f"of its content it says: {said}")


async def test_content_with_a_mistake_is_refused_and_the_last_good_one_stays(
    sandbox: Running, programs: list[Program], tmp_path: Path, folder: Path
) -> None:
    """By asking for it (SIGHUP), and by itself once the files change."""
    program = await run(programs, tmp_path, sandbox.api, CADRAGE_CONTENT=str(folder), CADRAGE_TICK="1")
    await program.ready("socket", "connected")
    async with sandbox.person("ana") as ana:
        await ana.channel("general")
        assert await asks(ana, "What is the project called?")

        line = edit(folder, f"{ASKED}\n", "ne: ''\n")
        os.kill(program.process.pid, signal.SIGHUP)
        said = await content(program, lambda said: said.startswith("refused"))
        assert said.startswith(f"refused: D01.yaml, line {line - 2}, question SET01: “en” is missing")
        assert await asks(ana, "What is the project called?")

        edit(folder, "ne: ''\n", 'en: "How do you call it?"\n')
        await content(program, lambda said: said == "ok")
        assert await asks(ana, "How do you call it?")
    assert await program.stop() == 0
    assert program.process.stdout is not None
    log = (await program.process.stdout.read()).decode()
    assert log.count("content_refused") == 1, "one sentence, not one at each look"
    assert "read every mistake. What was in force stays so." in log
    assert log.count("content_loaded") == 1


async def loaded(reload: Reload, used: list[Playbook], times: int) -> None:
    async with asyncio.timeout(30):
        while len(used) < times and not reload.refused:  # noqa: ASYNC110 - a thread loads
            await asyncio.sleep(0.01)


async def test_nothing_is_read_again_before_something_changes(folder: Path) -> None:
    used: list[Playbook] = []
    reload = Reload(folder=folder, use=used.append)
    watch = asyncio.create_task(reload.run(0.01))
    await asyncio.sleep(0.2)
    assert used == []
    edit(folder, ASKED, 'en: "Which name?"')
    await loaded(reload, used, 1)
    question = used[0].flows["D01"].question("SET01")
    assert question is not None
    assert question.words.en == "Which name?"
    shutil.rmtree(folder)
    await loaded(reload, used, 2)
    assert reload.refused == "content: this folder of content does not exist."
    assert len(used) == 1
    watch.cancel()


async def test_content_of_the_product_is_read_again_only_when_asked_for() -> None:
    used: list[Playbook] = []
    reload = Reload(folder=None, use=used.append)
    watch = asyncio.create_task(reload.run(0.01))
    reload.ask()
    await loaded(reload, used, 1)
    assert len(used[0].flows) == 15
    watch.cancel()
