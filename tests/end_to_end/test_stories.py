"""Stories of D01 to D15 as data, played by people in the sandbox against the real bot program."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows.playbook import Playbook
from tests.end_to_end.company import STORIES, Company, company_at
from tests.end_to_end.telling import Teller


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((STORIES / f"{name}.yaml").read_text("utf-8"))
    return found


async def plays(company: Company, playbook: Playbook, name: str) -> None:
    """The whole story; a failure names its step."""
    teller = Teller(company, playbook, read(name))
    try:
        await teller.begins()
        for number, step in enumerate(teller.story["steps"], start=1):
            try:
                await teller.plays(step)
            except AssertionError as error:
                where = f"{name}, step {number} ({step['who']} {step['does']})"
                raise AssertionError(f"{where}: {error}") from error
    finally:
        await teller.ends()


@pytest.fixture
async def by_http(tmp_path: Path) -> AsyncIterator[Company]:
    async with company_at(tmp_path, http=True) as company:
        await company.starts()
        yield company


@pytest.fixture
async def on_postgresql(tmp_path: Path, postgresql_server: str) -> AsyncIterator[Company]:
    from tests.schemas import own_schema  # noqa: PLC0415

    with own_schema(postgresql_server) as url:
        async with company_at(tmp_path, database=url) as company:
            await company.starts()
            yield company


@pytest.mark.parametrize("name", sorted(path.stem for path in STORIES.glob("d*.yaml")))
async def test_a_story_goes_as_told_on_the_screen(company: Company, playbook: Playbook, name: str) -> None:
    await plays(company, playbook, name)


async def test_a_story_goes_as_told_by_signed_http(by_http: Company, playbook: Playbook) -> None:
    await plays(by_http, playbook, "d03_sponsorship")


@pytest.mark.postgresql
async def test_a_story_goes_as_told_on_postgresql(on_postgresql: Company, playbook: Playbook) -> None:
    await plays(on_postgresql, playbook, "d02_goals")
