"""A walk past everything the bot can say: screens, cards, answers to commands, refusals and errors.

Finds its way by ids, so that it is the same walk in each language. Judges nothing.
"""

import contextlib
from collections.abc import Sequence
from typing import Any

from flows.playbook import Playbook
from sandbox.person import NotSeen
from storage import dialogue as dialogues
from tests.end_to_end import byways, detours
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import Company
from tests.end_to_end.founding import COMPANY, ID, KEY_PEOPLE, STEERING, creates, invites, someone

COMMANDS = (
    "",
    "todo",
    "status",
    "team",
    "help",
    "settings",
    "note",
    "dialogue",
    "new",
    "plan",
    "diag",
    "log",
    "decision",
    "issue",
    "risk",
    "assumption",
    "action",
    "arbitrate",
    "export",
    "calendar",
    "digest",
    "win",
    "initiative",
    "coach",
    "forget-me",
    "pause",
    "statsu",
)
LINE = {"statement": "X1", "indicator": "X2", "target": "X3"}
BENEFITS = ["structure", "revenue", "activity", "experience", "steering", "trace"]


async def tour(company: Company, playbook: Playbook) -> None:
    """All of it, in the order of a project."""
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.home()
        await _founding(elodie, company)
        await invites(elodie, company)
    await _commands(company, playbook)
    for who in ("claire", "marc", "hugo"):
        async with someone(company, who, playbook) as person:
            await _card(person)
            await _answers(person, company)
    async with someone(company, "elodie", playbook) as elodie:
        await _second_part(elodie, company)
        await _answers(elodie, company, ("D02",))
        await detours.plan(elodie)
        await byways.records(elodie, company)
    await byways.small_steps(company, playbook)
    await byways.absence(company, playbook)
    async with someone(company, "hugo", playbook) as hugo:
        await _answers(hugo, company, ("D02",))
    async with someone(company, "elodie", playbook) as elodie:
        await _closes(elodie, company)
        await detours.diagnosis(company, elodie)
        await detours.wave(elodie, company)
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.dm()
        await hugo.says("X4")
        await hugo.find("menu.open", within=15, inputs=False)
        await _pressed(hugo, "results.open")
    await byways.rhythm(company, playbook)
    await byways.weeks(company, playbook)
    await byways.further(company, playbook)


async def _founding(elodie: Colleague, company: Company) -> None:
    flow = elodie.playbook.flows["D01"]
    await creates(elodie, company)
    await elodie.fills_in(flow, COMPANY)
    await elodie.sends()
    wrong = {**KEY_PEOPLE, "SET11": "nobody", "SET12": ID["elodie"], "SET13": [{"person": ID["marc"]}]}
    for people in (wrong, {**KEY_PEOPLE, "SET12": ID["marc"]}, KEY_PEOPLE):
        await elodie.fills_in(flow, people)
        await elodie.submits()
    await elodie.fills_in(flow, STEERING)
    await elodie.sends()
    await elodie.clicks("look.why")
    await elodie.closes()
    await elodie.opens(flow.title.in_(company.language))  # type: ignore[arg-type]
    await elodie.leaves("SET16", "unknown")
    await elodie.fills_in(flow, {"SET14": "external", "SET16": ID["jeanne"], "SET19": "FR"})
    await elodie.sends()
    await elodie.fills_in(flow, {"SET21": [{"group": "X5", "power": "4", "interest": "5"}]})
    await elodie.sends()
    await elodie.puts_down()


async def _commands(company: Company, playbook: Playbook) -> None:
    for who in ("elodie", "hugo", "ned", "kim"):
        async with someone(company, who, playbook) as person:
            await person.home()
            await person.channel("#general")
            for command in COMMANDS:
                await person.runs(f"/cadrage {command}".strip())
                if (await person.state())["modals"]:
                    await person.opened()
                    await person.puts_down()


async def _card(person: Colleague) -> None:
    """Everything on the invitation but its refusal."""
    await person.dm()
    await person.find("dialogue.open", within=15, inputs=False)
    await _pressed(person, "invitation.who")
    await _pressed(person, "invitation.later")
    menu = next(t for t in await person.things() if t.action_id == "invitation.menu")
    for option in menu.element["options"]:
        if option["value"].split(":")[0] in ("settings", "data", "neutral"):
            await _pressed(person, "invitation.menu", option["value"])


async def _answers(person: Colleague, company: Company, flows: Sequence[str] = ("D03", "D02")) -> None:
    """Every dialogue this person has: each exit, then an answer where one is quickly given."""
    for flow in flows:
        title = person.playbook.flows[flow].title.in_(company.language)  # type: ignore[arg-type]
        await person.home()
        if title not in await person.reads():
            continue
        await person.opens(title)
        for _ in range(12):
            view = await person.modal()
            if view["callback_id"] != "dialogue.screen":
                break
            if flow == "D02" and person.who == "hugo" and "OBJ07" in await person.asked():
                await detours.colleague(person, company, "OBJ07")
                await person.opens(title)
            await _screen(person, flow, company)
        await person.sends()
        await person.presses("dialogue.check")
        await person.puts_down()


async def _screen(person: Colleague, flow: str, company: Company) -> None:
    content = person.playbook.flows[flow]
    for id in await person.asked():
        question = content.question(id)
        assert question is not None
        if question.requirement != "optional":
            for exit in ("later", "outside", "unknown"):
                await person.leaves(id, exit)
                if (await person.modal())["callback_id"] == "dialogue.exit":  # what this changes
                    await person.closes()
                if f"dialogue.answer:{id}" in [thing.action_id for thing in await person.things()]:
                    await person.presses(f"dialogue.answer:{id}")
        value: Any = {"text": "X6", "long_text": "X7", "number": "3", "scale5": "2"}.get(question.kind)
        if question.kind == "single":
            value = question.options[0 if person.who == "claire" else 1].value
        if question.kind == "ranking":
            await person.fills_in(content, {id: [*BENEFITS[:1], *BENEFITS[:1], *BENEFITS[2:]]})
            await person.submits()  # a rank given twice
            value = BENEFITS
        if question.kind == "rows":
            due = (await company.now()).date().replace(year=2031).isoformat()
            columns = {column.key for column in question.columns}
            row = {**LINE, "due": due, "function": "sales"}
            value = [{key: given for key, given in row.items() if key in columns}]
        if question.kind == "multi":
            value = [question.options[0].value]
        await person.fills_in(content, {id: value})
    await person.sends()


async def _second_part(elodie: Colleague, company: Company) -> None:
    await elodie.puts_down()
    await elodie.channel("#boreal")
    await elodie.runs("/cadrage dialogue D02")
    await elodie.opened()
    await elodie.sends()
    await elodie.puts_down()


async def _closes(elodie: Colleague, company: Company) -> None:
    for run in company.reads(dialogues.runs, project_id=company.project.id):
        if run.flow != "D01":
            await elodie.home()
            await _pressed(elodie, f"run.menu:{run.id}", f"nudge:{run.id}")
            await elodie.home()
            await elodie.chooses(f"run.menu:{run.id}", f"close:{run.id}")
            await elodie.opened()
            await elodie.sends()
            await elodie.puts_down()
    await elodie.home()
    for button in ("register.open:decision", "register.open:issue", "register.open:stake", "look.open"):
        await elodie.home()
        await _pressed(elodie, button)
    await elodie.channel("#boreal")
    for button in ("menu.open", "sees.open", "results.open"):
        await _pressed(elodie, button)
    await elodie.runs("/cadrage note")


async def _pressed(person: Colleague, action: str, value: str | None = None) -> None:
    """Press it, see what it shows, put that away."""
    await person.clicks(action, value, within=15)
    with contextlib.suppress(NotSeen):  # the answer may be a message
        await person.modal(within=3.0)
        await person.opened()
    await person.puts_down()
