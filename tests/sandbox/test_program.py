"""`python -m sandbox`: starts, says where it is, serves the page and the API, stops when asked."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.remote import Remote


async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"features": {"slash_commands": [{"command": "/cadrage"}]}}))
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--bot-token", "xoxb-mine",
        "--manifest", str(manifest), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    line = (await asyncio.wait_for(program.stdout.readline(), 20)).decode()
    box = Remote(line.split(" is at ")[1].split(" ")[0])
    me = await AsyncWebClient(token="xoxb-mine", base_url=box.api).auth_test()
    assert me["user"] == "cadrage"
    async with box.person("ana") as ana:
        assert (await ana.state())["commands"] == [{"command": "/cadrage"}]
    assert (await box.looks("health"))["ok"]
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 10) == 0


async def test_an_unknown_scenario_is_a_sentence() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--scenario",
        "nowhere",
        stderr=asyncio.subprocess.PIPE,
    )
    _, words = await asyncio.wait_for(program.communicate(), 20)
    assert program.returncode == 1
    assert words.decode().startswith("There is no scenario 'nowhere'")
