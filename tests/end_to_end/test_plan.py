"""The plan on the screen: week by week, D04 sent, vendors before goals with a reason, one message a morning.

Guard: acceptance 7. Cap: 2.1. In both languages.
"""

from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.playbook import Playbook
from storage import ask, plan
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company, company_at
from tests.end_to_end.founding import founded, someone

WORDS = {
    "en": {
        "week": "Week 0 (now)", "step": "D04 Processes: planned, real, changing", "sent": "on their way",
        "early": "The goals are not written and shared yet.", "more": "10 characters at least",
        "form": "A form waits for you", "kept": "D14 went ahead although", "moved": "moved",
        "move": "Move…",
        "invited": "Processes: planned, real, changing",
        "decision": "Vendor discovery goes ahead before its time",
    },
    "fr": {
        "week": "Semaine 0 (en cours)", "step": "D04 Processus : le prévu, le vécu, ce qui bouge",
        "sent": "en route", "early": "Les objectifs ne sont pas encore écrits et partagés.",
        "more": "10 caractères au moins",
        "form": "Un formulaire vous attend", "kept": "D14 a été avancé, alors que", "moved": "déplacé",
        "move": "Déplacer…",
        "invited": "Processus : le prévu, le vécu, ce qui bouge",
        "decision": "Découverte des solutions : on avance avant l’heure",
    },
}  # fmt: skip


@pytest.fixture(params=["en", "fr"])
async def boreal(
    request: pytest.FixtureRequest, tmp_path: Path, playbook: Playbook
) -> AsyncIterator[Company]:
    """The project is set up and everybody invited, in one of the two languages; it is ten in the morning."""
    async with company_at(tmp_path, language=request.param) as company:
        await company.starts()
        await company.office_hours()
        await founded(company, playbook)
        yield company


async def test_acceptance_07_a_guard_explains_itself_goes_ahead_with_a_reason_and_records_it(
    boreal: Company, playbook: Playbook
) -> None:
    words = WORDS[boreal.language]
    async with someone(boreal, "elodie", playbook) as elodie:
        await elodie.channel("#boreal")
        await reads_the_plan(elodie, words)
        await sends_processes(elodie, words)
        await goes_ahead_with_vendors(elodie, words)
    assert [one.reason for one in aside(boreal)] == ["A trade fair is next week."]
    assert any(words["decision"] in (r.title.en, r.title.fr) for r in boreal.records("decision"))
    await mornings(boreal, playbook, words)


async def reads_the_plan(elodie: Colleague, words: dict[str, str]) -> None:
    """The same page by the command and from Home; a step is moved to another day."""
    await elodie.runs("/cadrage plan")
    await elodie.opened()
    for text in (words["week"], words["step"]):
        await elodie.sees(text, within=15)
    await elodie.puts_down()
    await elodie.home()
    await elodie.clicks("plan.open")
    await elodie.opened()
    await elodie.chooses("plan.menu:5.1.D13", words["move"])
    await elodie.opened()
    sunday = date(2031, 1, 5)
    await elodie.fills({"day": sunday.isoformat()})
    assert (await elodie.submits())["errors"]
    await elodie.fills({"day": (sunday + timedelta(days=1)).isoformat()})
    await elodie.sends()
    await elodie.sees(words["moved"], within=15)
    await elodie.puts_down()


async def sends_processes(elodie: Colleague, words: dict[str, str]) -> None:
    await elodie.channel("#boreal")
    await elodie.runs("/cadrage dialogue D04")
    await elodie.opened()
    await elodie.sees("Inès Rahmani", within=15)
    await elodie.sends()
    await elodie.sees(words["sent"], within=15)
    await elodie.puts_down()


async def goes_ahead_with_vendors(elodie: Colleague, words: dict[str, str]) -> None:
    await elodie.channel("#boreal")
    await elodie.runs("/cadrage dialogue D14")
    await elodie.opened()
    await elodie.sees(words["early"], within=15)
    await elodie.fills({"anyway": ["yes"], "because": "why not"})
    assert words["more"] in str((await elodie.submits())["errors"])
    await elodie.fills({"because": "A trade fair is next week."})
    await elodie.sends()
    await elodie.sees(words["form"], within=15)
    await elodie.puts_down()
    await elodie.channel("#boreal")
    await elodie.runs("/cadrage plan")
    await elodie.opened()
    await elodie.sees(words["kept"], within=15)


async def mornings(boreal: Company, playbook: Playbook, words: dict[str, str]) -> None:
    """Marc has sponsorship and goals to answer, and processes now: three messages, three mornings."""
    today = (await boreal.now()).date()
    for day in range(1, 6):
        await boreal.until(today + timedelta(days=day), time(12))
    async with someone(boreal, "marc", playbook) as marc:
        await marc.dm()
        await marc.sees(words["invited"], within=20)
    left = [
        one.left_at.astimezone(ZoneInfo("Europe/Paris")).date()
        for one in boreal.reads(ask.of, user=PEOPLE["marc"]["user"], now=await boreal.now())
        if one.left_at is not None and one.kind == "dialogue"
    ]
    assert len(left) == 3
    assert len(set(left)) == 3, "one message a working day"


def aside(boreal: Company) -> list[plan.SetAside]:
    return boreal.reads(plan.all_set_aside, project_id=boreal.project.id)
