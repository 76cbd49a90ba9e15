"""Byways of the walk past everything the bot can say: records by hand, small wins, the rhythm, an absence,
what lies further on.

Finds its way by ids, as the walk does (touring.py). Judges nothing.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from flows.playbook import Playbook
from sandbox.person import Cannot, NotSeen
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company
from tests.end_to_end.founding import ID, someone

Json = dict[str, Any]
EMPTY: Json = {}
LINE = "X12 of a line"
THURSDAY = 3


async def records(elodie: Colleague, company: Company) -> None:
    """One of each kind: recorded, taken back, changed, moved on, replaced."""
    day = (await company.now()).date()
    due = {"due": (day + timedelta(days=30)).isoformat()}
    past = {"due": (day - timedelta(days=2)).isoformat()}
    made: dict[str, Sequence[Json]] = {
        "decision": ({"title": LINE}, {"reason": LINE, "decided_by": ID["elodie"]}),
        "issue": ({"title": LINE, **past}, due),
        "risk": ({"title": LINE}, {"family": "3", "likelihood": "4", "impact": "4", **due}),
        "assumption": ({"title": LINE}, {"importance": "5", "evidence": "1", **due}),
        "action": ({"title": LINE, **due},),
    }
    for kind, fillings in made.items():
        await goes(elodie, f"/cadrage {kind} X13", *fillings)
    await goes(elodie, "/cadrage issue X14", {"title": LINE, **due}, shut=False)
    await presses(elodie, "record.undo")
    for ref in ("DEC-1", "ISS-1", "RSK-1"):
        for button in ("record.edit", "record.move:", "record.replace", "record.action:for"):
            await goes(elodie, f"/cadrage {ref}", shut=False)
            await presses(elodie, button, send=True)
    await elodie.home()
    await presses(elodie, "register.open:risk")
    await presses(elodie, "register.picture")


async def small_steps(company: Company, playbook: Playbook) -> None:
    """A step told of somebody, whose yes it waits for; a try that is answered; a name taken back."""
    async with someone(company, "hugo", playbook) as hugo:
        await goes(hugo, "/cadrage win", {"line": ""}, {"line": LINE, "who": [ID["ines"]]})
        await goes(hugo, "/cadrage initiative", {"line": ""}, {"line": LINE})
    async with someone(company, "ines", playbook) as ines:
        await ines.dm()
        await presses(ines, "win.consent:yes")
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.channel("#boreal")
        for button in ("initiative.reply:", "initiative.too:", "win.withdraw:"):
            await presses(elodie, button, send=True)
        await elodie.home()
        for button in ("win.list", "rhythm.reply", "checkin.results"):
            await presses(elodie, button)
    async with someone(company, "hugo", playbook) as hugo:
        await goes(hugo, "/cadrage forget-me", EMPTY)


async def rhythm(company: Company, playbook: Playbook) -> None:
    """The calendar with its reasons and dates, a pause, the digest before and after it leaves."""
    async with someone(company, "elodie", playbook) as elodie:
        for button in ("rhythm.why", "rhythm.dates"):
            await goes(elodie, "/cadrage calendar", shut=False)
            await presses(elodie, button, send=True)
        await goes(elodie, "/cadrage digest preview", shut=False)
        await presses(elodie, "digest.note", shut=False)
        await sends(elodie, {"note": LINE})
    async with someone(company, "claire", playbook) as claire:
        await goes(claire, "/cadrage digest", shut=False)
        await presses(claire, "digest.settings", shut=False)
        await sends(claire, {"mails": ["yes"], "address": "X15"})
        await sends(claire, {"rhythm": "fortnightly"})
        await claire.puts_down()
    today = (await company.now()).date()
    thursday = today + timedelta(days=(THURSDAY - today.weekday()) % 7 or 7)
    await company.until(thursday, time(11))
    await company.until(thursday + timedelta(days=1), time(13))
    async with someone(company, "elodie", playbook) as elodie:
        tomorrow = thursday + timedelta(days=4)
        await goes(elodie, "/cadrage pause", {"until": today.isoformat()}, {"until": tomorrow.isoformat()})
        await goes(elodie, "/cadrage pause", shut=False)
        await presses(elodie, "pause.end")


async def weeks(company: Company, playbook: Playbook) -> None:
    """Two weeks in which the bot keeps time by itself, and what people do with what came."""
    await company.passes(days=14)
    for who, cards in (
        ("claire", ("checkin.open", "digest.thank")),
        ("marc", ("checkin.open", "checkin.skip")),
    ):
        async with someone(company, who, playbook) as person:
            await person.dm()
            for card in cards:
                await presses(person, card, send=True)
    async with someone(company, "elodie", playbook) as elodie:
        for page in ("rhythm.reply", "checkin.results", "plan.open:calendar", "register.open:mine"):
            await elodie.home()
            await presses(elodie, page, send=True)
        await elodie.channel("#boreal")
        await presses(elodie, "results.open")
        await goes(elodie, "/cadrage settings", EMPTY)


async def further(company: Company, playbook: Playbook) -> None:
    """Days off, the people of a lot, digests of before, pictures, documents, the agenda, and leaving."""
    async with someone(company, "elodie", playbook) as elodie:
        await goes(elodie, "/cadrage calendar", shut=False)
        await presses(elodie, "rhythm.off", shut=False)
        await sends(elodie, {"days": "X16"})
        await goes(elodie, "/cadrage calendar", shut=False)
        await presses(elodie, "lot_users.open", send=True)
        for command, button in (
            ("/cadrage digest", "digest.archive"),
            ("/cadrage status", "progress.card"),
            ("/cadrage status", "progress.pictures"),
            ("/cadrage settings", "leaving.open"),
        ):
            await goes(elodie, command, shut=False)
            await presses(elodie, button)
        await goes(elodie, "/cadrage doc DOC6", {"to": "me", "form": "md"})
        await outgoing(elodie, company)
        await goes(elodie, "/cadrage note compare 9")
        await elodie.channel("#boreal")
        for button in ("document.missing", "agenda.open"):
            await presses(elodie, button)
    async with someone(company, "hugo", playbook) as hugo:
        await goes(hugo, "/cadrage settings", shut=False)
        await presses(hugo, "leaving.open", shut=False)
        await sends(hugo, EMPTY)
        await sends(hugo, {"agreed": ["yes"]})
        await hugo.puts_down()


async def outgoing(elodie: Colleague, company: Company) -> None:
    """What is filled in for documents that go out: refused, kept, undone; then looked at."""
    day = (await company.now()).date()
    days = {"questions": 20, "answers": 30, "decision": 60}
    dates = {key: (day + timedelta(days=n)).isoformat() for key, n in days.items()}
    for doc, part, *fillings in (
        ("DOC2", "dates", {**dates, "answers": day.isoformat()}, {**dates, "channel": "crm@boreal.example"}),
        ("DOC3", "texts", {"company_en": LINE, "company_fr": LINE}),
        ("DOC3", "shared"),
        ("DOC4", "prototype", {"criteria": "X17"}, {"question": LINE, "criteria": "1\n2\n3"}),
        ("DOC5", "choice", {"integrator": LINE}),
    ):
        await goes(elodie, f"/cadrage doc {doc}", shut=False)
        await presses(elodie, f"document.fill:{part}", shut=False)
        for filling in fillings:
            await sends(elodie, filling)
        await presses(elodie, "document.unfill" if part == "texts" else "document.preview")
    await goes(elodie, "/cadrage doc DOC4", {"form": "md"})
    await goes(elodie, "/cadrage doc DOC7", {"doc": "DOC7", "to": "all"}, {"to": "me", "form": "md"})


async def absence(company: Company, playbook: Playbook) -> None:
    """Somebody is away, with a deputy who can be one, and is back."""
    day = (await company.now()).date()
    first, last = day.isoformat(), (day + timedelta(days=7)).isoformat()
    async with someone(company, "paul", playbook) as paul:
        await paul.home()
        await presses(paul, "absence.open", shut=False)
        for filling in ({"first": last, "last": first}, {"first": first, "last": last, "deputy": ID["paul"]}):
            await sends(paul, filling)
        await sends(paul, {"deputy": ID["hugo"]})
        await paul.puts_down()
        await paul.home()
        await presses(paul, "absence.end")


async def goes(person: Colleague, command: str, *fillings: Json, shut: bool = True) -> None:
    """Type it in the channel, and send the form it opens, filled in this way and then that."""
    await person.puts_down()
    await person.channel("#boreal")
    await person.runs(command)
    with contextlib.suppress(NotSeen):  # the answer may be a message
        await person.modal(within=1.5)
        await person.opened()
        for filling in fillings:
            await sends(person, filling)
    if shut:
        await person.puts_down()


async def sends(person: Colleague, filling: Json) -> None:
    """Fill these fields in, those that the form has, and send it."""
    with contextlib.suppress(NotSeen, Cannot):
        there = {block["block_id"] for block in (await person.modal())["blocks"]}
        await person.fills({key: value for key, value in filling.items() if key in there})
        await person.submits()


async def presses(person: Colleague, stem: str, *, send: bool = False, shut: bool = True) -> None:
    """Press the first button whose id begins so, if there is one; see what it shows, and send the form as
    it is."""
    with contextlib.suppress(NotSeen, Cannot):
        if (action := await _first(person, stem)) is not None:
            await person.clicks(action)
            await person.modal(within=1.0)
            await person.opened()
            if send:
                await person.submits()
    if shut:
        await person.puts_down()


async def _first(person: Colleague, stem: str) -> str | None:
    for _ in range(8):
        for thing in await person.things():
            if thing.action_id.startswith(stem):
                return thing.action_id
        await asyncio.sleep(0.1)
    return None
