"""The worked example asked for through Slack's protocol: `/cadrage diag` says what `cadrage diagnose` says.

The answers are taken by the dialogue core beside the running bot (tests/worked_example/playing.py); what is
shown is the bot's, on the screen of the sandbox.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import Any, TypeVar

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.fixture import read
from flows.playbook import Playbook
from storage import dialogue as dialogues
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, WORKSPACE, Company
from tests.worked_example.playing import Played
from tests.worked_example.sheets import FACILITATOR, FILE, told

T = TypeVar("T")
KEYS = {
    "p1": "claire", "p2": "marc", "p3": "ines", "p4": "paul", "p5": "sofia", "p6": "hugo", "p7": "nadia",
    "p8": "thomas", FACILITATOR: "elodie",
}  # fmt: skip
DAY = date(2026, 2, 16)  # of the file: a Monday


def user(key: str) -> str:
    return PEOPLE[KEYS[key]]["user"]


@dataclass
class Beside:
    """The bot's database, reached beside it."""

    company: Company

    def run_sync(self, function: Callable[..., T], *given: Any, **named: Any) -> T:
        return self.company.puts(lambda conn: function(conn, *given, **named))

    read_sync = run_sync


async def plays(company: Company, playbook: Playbook, variant: str | None, *left_open: str) -> None:
    """The case is in the bot's database, and it is ten in the morning of its day."""
    now = (await company.now()).date()
    day = now + timedelta(days=(DAY.weekday() - now.weekday()) % 7 or 7)
    case = told(playbook, variant, user, later=day - DAY)
    (channel,) = [c["id"] for c in (await company.sandbox.looks("state"))["channels"] if c["name"] == CHANNEL]
    Played(
        db=Beside(company),
        playbook=playbook,
        told=case,
        workspace=WORKSPACE,
        channel=channel,
        user=user,  # type: ignore[arg-type]
        left_open=frozenset(left_open),
    ).plays()
    await company.until(day)


@pytest.mark.parametrize("variant", [None, "B", "C", "D"])
async def test_the_worked_example_is_shown_as_it_is_computed(
    company: Company, playbook: Playbook, variant: str | None
) -> None:
    expected = diagnose(read(FILE.read_text("utf-8"), playbook.flows, variant).evidence, playbook.diagnosis)
    await plays(company, playbook, variant)
    async with Colleague(company.sandbox.url, "claire", playbook) as claire:
        await claire.channel(f"#{CHANNEL}")
        await claire.runs("/cadrage diag")
        label = playbook.diagnosis.labels[expected.verdict].en
        await claire.sees(f"Boréal — {label}. Readiness {floor(expected.readiness + 0.5)}/100")
        for number, family in expected.families.items():
            assert family.score is not None
            name = playbook.diagnosis.families[number].en
            band = playbook.diagnosis.band(round(family.score, 6)).words.en
            await claire.sees(f"{name}: {band[0].lower()}{band[1:]} ({floor(family.score + 0.5)}")
        for id, standing in expected.gates.items():
            how = playbook.diagnosis.standings[standing].en
            await claire.sees(f"{playbook.diagnosis.gates[id].words.en}: {how[0].lower()}{how[1:]}")
        await claire.clicks("diag.all")
        await claire.opened()
        shown = re.findall(r"(R\d\d) —", await claire.reads())
        assert sorted(shown) == sorted(r.id for r in expected.rules if _sponsor_reads(playbook, r.id))


def _sponsor_reads(playbook: Playbook, rule: str) -> bool:
    seen_by = playbook.diagnosis.rules[rule].seen_by
    return not seen_by or "sponsor" in seen_by


async def test_29_closing_a_dialogue_tells_the_leaders_first_and_the_team_a_working_day_later(
    company: Company, playbook: Playbook
) -> None:
    await plays(company, playbook, None, "D10")
    async with Colleague(company.sandbox.url, "elodie", playbook) as elodie:
        await elodie.home()
        run = next(
            run for run in company.reads(dialogues.runs, project_id=company.project.id) if run.flow == "D10"
        )
        await elodie.chooses(f"run.menu:{run.id}", f"close:{run.id}")
        await elodie.opened()
        await elodie.submits()
        await elodie.puts_down()
        await company.passes(minutes=1)
        await elodie.dm()
        await elodie.sees("the verdict has changed", "Go, with conditions")
        await elodie.channel(f"#{CHANNEL}")
        assert "the verdict has changed" not in await elodie.reads()
    async with Colleague(company.sandbox.url, "ines", playbook) as ines:
        await ines.channel(f"#{CHANNEL}")
        await ines.runs("/cadrage diag")
        await ines.sees("The team can read it from")
        assert "51/100" not in await ines.reads()
        await company.passes(days=1, hours=2)
        await ines.sees("the verdict has changed", "Go, with conditions")
        await ines.runs("/cadrage diag")
        await ines.sees("Readiness 51/100")
