"""The whole program as people run it: starts without Slack or database, stops without losing."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cli import main
from sandbox.server import Running, serving
from sandbox.workspace import Options
from storage.database import connect
from tests.bot.plumbing.rig import TOKENS
from tests.ports import free_port
from tests.storage.voting import polling

ROOT = Path(__file__).parents[3]


class Program:
    """A running `cadrage run` or `cadrage demo`, of its own process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process, self.port = process, port

    async def ready(
        self, field: str = "ready", value: object = True, seconds: float = 15
    ) -> dict[str, object]:
        """Its `/ready`, once `field` is `value`. `seconds` are those between two looks: a busy machine is
        given more, and a program that has ended is noticed at once."""
        found: dict[str, object] = {}
        for _ in range(int(seconds / 0.1)):
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.get(f"http://127.0.0.1:{self.port}/ready") as answer,
                ):
                    found = await answer.json()
                    if found.get(field) == value:
                        return found
            except aiohttp.ClientError:
                assert self.process.returncode is None, "the program ended"
            await asyncio.sleep(0.1)
        raise AssertionError(f"not ready in time: {found}")

    async def stop(self) -> int:
        """SIGTERM, and how it ended."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)


async def start(*command: str, port: int, folder: Path, **environ: str) -> Program:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=folder,
        env={**_clean(os.environ), "PYTHONPATH": str(ROOT), "CADRAGE_KEY": "0" * 32, **environ},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    return Program(process, port)


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    """Without the settings of whoever runs the tests."""
    return {n: v for n, v in environ.items() if not n.startswith(("CADRAGE_", "SLACK_", "DATABASE_"))}


@pytest.fixture
async def programs() -> AsyncIterator[list[Program]]:
    started: list[Program] = []
    yield started
    for program in started:
        if program.process.returncode is None:
            program.process.kill()
            await program.process.wait()


async def run(programs: list[Program], folder: Path, api: str, *options: str, **environ: str) -> Program:
    port = free_port()
    program = await start(
        "run", *options, port=port, folder=folder, SLACK_API_URL=api, SLACK_BOT_TOKEN=TOKENS.bot,
        SLACK_APP_TOKEN=TOKENS.app, CADRAGE_PORT=str(port), CADRAGE_LOOKUP_AFTER="0", **environ,
    )  # fmt: skip
    programs.append(program)
    return program


async def test_the_bot_starts_answers_and_stops(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    program = await run(programs, tmp_path, sandbox.api)
    found = await program.ready("socket", "connected")
    assert found["slack"] == "ok"
    async with sandbox.person("ana") as ana:
        await ana.channel("general")
        assert (await ana.runs("/cadrage help"))["ok"]
    assert await program.stop() == 0


async def test_the_bot_starts_without_slack_and_says_so(programs: list[Program], tmp_path: Path) -> None:
    program = await run(programs, tmp_path, "http://127.0.0.1:9/api/")
    found = await program.ready()
    assert str(found["slack"]).startswith("degraded")
    assert await program.stop() == 0


async def test_the_bot_starts_without_its_database_and_waits_for_it(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    program = await run(
        programs, tmp_path, sandbox.api, DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing"
    )
    await program.ready("ready", False)
    await program.ready("socket", "connected")
    async with sandbox.person("chloe") as chloe:
        await chloe.channel("general")
        await chloe.runs("/cadrage help")
        assert await chloe.sees("Not saved")
    assert await program.stop() == 0


async def test_a_second_bot_on_one_file_is_refused_with_a_sentence(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    await (await run(programs, tmp_path, sandbox.api)).ready()
    second = await run(programs, tmp_path, sandbox.api)
    output, _ = await asyncio.wait_for(second.process.communicate(), 15)
    assert second.process.returncode == 1
    assert b"already in use" in output
    assert b"Traceback" not in output


async def test_another_key_stops_the_start_until_it_is_said_that_the_former_is_lost(
    programs: list[Program], tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path}/cadrage.db"
    db = connect(address)
    db.upgrade()
    polling(db)  # sealed with the key of the tests
    db.close()
    first = await run(programs, tmp_path, "http://127.0.0.1:9/api/", DATABASE_URL=address)
    output, _ = await asyncio.wait_for(first.process.communicate(), 15)
    assert first.process.returncode == 78
    assert b"CADRAGE_KEY is not the key that sealed what is open now (anonymous waves: 1)" in output
    assert b"Traceback" not in output
    told = await run(programs, tmp_path, "http://127.0.0.1:9/api/", "--new-key", DATABASE_URL=address)
    await told.ready()
    assert await told.stop() == 0


async def test_a_click_in_flight_at_the_stop_is_answered(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    program = await run(programs, tmp_path, sandbox.api)
    await program.ready("socket", "connected")
    async with sandbox.person("ana") as ana:
        await ana.channel("general")
        typed = [asyncio.create_task(ana.runs("/cadrage help")) for _ in range(5)]
        await asyncio.sleep(0.02)
        assert await program.stop() == 0
        answers = await asyncio.gather(*typed)
    assert sum(bool(answer["ok"]) for answer in answers) >= 1


async def test_over_http_a_gesture_sent_twice_is_answered_once(
    programs: list[Program], tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    async with serving(Options(retry_factor=0.01, deliver=(address,))) as sandbox:
        program = await start(
            "run", port=port, folder=tmp_path, SLACK_API_URL=sandbox.api, SLACK_BOT_TOKEN=TOKENS.bot,
            SLACK_SIGNING_SECRET=TOKENS.signing_secret, CADRAGE_PORT=str(port),
        )  # fmt: skip
        programs.append(program)
        await program.ready("slack", "ok")
        sandbox.space.faults.add(method="events_api", kind="duplicate")
        sandbox.space.faults.add(method="events_api", kind="redeliver", times=3)
        async with sandbox.person("ana") as ana:
            await ana.channel("general")
            assert (await ana.runs("/cadrage help"))["ok"]
            await ana.dm()
            await ana.says("hello")
            assert await ana.sees("I read answers only in the form")
            await asyncio.sleep(1.5)
            said = [text for text in await ana.messages() if "I read answers only" in text]
            assert len(said) == 1
        assert await program.stop() == 0


async def test_the_demo_starts_both_says_where_and_stops_both(
    programs: list[Program], tmp_path: Path
) -> None:
    port = free_port()
    program = await start("demo", "--no-browser", "--port", str(port), port=port, folder=tmp_path)
    programs.append(program)
    assert program.process.stdout is not None
    said = b""
    while b"Ctrl-C" not in said:
        line = await asyncio.wait_for(program.process.stdout.readline(), 30)
        assert line, said
        said += line
    address = next(line.strip() for line in said.decode().splitlines() if "http://" in line)
    async with aiohttp.ClientSession() as session, session.get(address) as page:
        assert page.status == 200
    assert await program.stop() == 0
    with pytest.raises(aiohttp.ClientError):
        async with aiohttp.ClientSession() as session, session.get(address):
            pass


def invoke(*command: str, **environ: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(command), env=environ)
    return result.exit_code, result.output


def test_run_without_tokens_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = invoke("run", SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="")
    assert code == 78
    assert "SLACK_BOT_TOKEN is not set" in output
    assert "Traceback" not in output


def test_the_manifest_is_ready_to_paste() -> None:
    code, output = invoke("manifest", "--language", "fr")
    assert code == 0
    assert json.loads(output)["features"]["shortcuts"][0]["name"] == "Ouvrir Cadrage"
    assert "chat:write" in invoke("manifest", "--why")[1]
    assert (
        '"https://x.example/slack/events"'
        in invoke("manifest", "--http", "https://x.example/slack/events")[1]
    )


def test_content_is_checked_in_sentences(tmp_path: Path) -> None:
    assert invoke("check")[0] == 0
    (tmp_path / "D99.yaml").write_text("dialogue: D99\nquestions: 3\n", encoding="utf-8")
    code, output = invoke("check", str(tmp_path))
    assert code == 78
    assert "D99.yaml" in output
    assert "Traceback" not in output


def test_the_tables_are_brought_up_to_date_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        code, output = invoke("db", "upgrade", DATABASE_URL=f"sqlite:///{tmp_path}/new/x.db")
        assert (code, output.splitlines()[-1]) == (0, "The tables are up to date.")


def test_help_lists_the_commands() -> None:
    output = invoke("--help")[1]
    for command in ("run", "demo", "check", "db", "manifest", "doctor"):
        assert f"  {command} " in output
