"""Bad input, and gestures that should not be, against the real bot: harmless, kept whole, said in words."""

import asyncio
import json
import unicodedata
from datetime import timedelta
from typing import Any

import pytest

from flows.playbook import Playbook
from sandbox.refusal import Json
from storage import dialogue as dialogues
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import founded, someone
from tests.end_to_end.test_acceptance_trouble import versions

TYPED = "One year after go-live"
BROADCAST = "<!channel> <!here> <@UELODIE> <!subteam^S1> <https://evil.example|Open the decision> *b* &amp;"
ODD = {
    "emoji": "They call 👩‍👩‍👧‍👦 and 🏳️‍🌈, not 3️⃣ people",
    "right to left": "הם מתקשרים לאדם אחד, والآن شخص واحد",
    "accents apart": "E\u0301lodie re\u0301pond",
    "a reversed word": "safe \u202egnp.exe",
    "NUL and controls": "one\x00two\x07three",
    "half a character": "half \ud800 done",
    "a broadcast": BROADCAST,
    "a formula": "=HYPERLINK(1)",
    "a template": "{{ 7 * 7 }} {name} %s",
}


@pytest.fixture
async def boreal(company: Company, playbook: Playbook) -> Company:
    await company.office_hours()
    await founded(company, playbook)
    return company


async def delivers(company: Company, payload: Json) -> Any:
    """Slack hands the bot a payload of our making. Its acknowledgement."""
    kind = "slash_commands" if "command" in payload else "interactive"
    return await company.sandbox.space.delivery.ask(kind, payload)


def last(company: Company, kind: str) -> Json:
    """The payload of this type that Slack sent last, to send again or to forge."""
    sent = [e.request for _, e, _ in company.sandbox.space.traffic.exchanges if e.direction == "to the app"]
    found: Json = next(body for body in reversed(sent) if body.get("type") == kind)
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def answers(company: Company) -> dict[str, Any]:
    runs = company.reads(dialogues.runs, project_id=company.project.id)
    run = next(run.id for run in runs if run.flow == "D02")
    return company.reads(dialogues.answers, dialogue_id=run)


async def first_screen(person: Colleague) -> None:
    await person.opens("Goals")
    while await person.asked() != ["OBJ01"]:
        await person.presses("dialogue.back")


async def test_odd_texts_are_kept_shown_and_harmless(boreal: Company, playbook: Playbook) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        for name, text in ODD.items():
            await first_screen(hugo)
            await hugo.fills({TYPED: text})
            done = await hugo.sends()
            assert not done.get("errors"), (name, done)
            await hugo.presses("dialogue.back")
            kept = versions(boreal, "OBJ01")[-1]
            expected = text.replace("\x00", "").replace("\x07", "").replace("\ud800", "\ufffd")
            expected = unicodedata.normalize("NFC", expected.replace("\u202e", ""))
            assert kept.replace("\u202e", "") == expected, name
    async with someone(boreal, "elodie", playbook) as elodie:
        await elodie.channel("#boreal")
        await elodie.runs("/cadrage note")
        await elodie.sees("Scoping note of Boréal · draft 1", within=15)
    posted = await boreal.sandbox.messages("#boreal")
    assert "<!channel>" not in json.dumps(posted)


async def test_a_broadcast_as_a_name_and_as_a_line_is_text_everywhere(
    boreal: Company, playbook: Playbook
) -> None:
    due = ((await boreal.now()).date() + timedelta(days=300)).isoformat()
    goal = {"statement": BROADCAST, "indicator": BROADCAST, "target": "2", "due": due}
    async with someone(boreal, "claire", playbook) as claire:
        await first_screen(claire)
        await claire.leaves("OBJ01", "outside")
        await claire.sends()
        await claire.fills_in(playbook.flows["D02"], {"OBJ02": [goal]})
        await claire.sees("<!channel> <!here>")
        await claire.puts_down()
        await claire.home()
        await claire.clicks("register.open:stake")
        await claire.sees("<!channel>")
        await claire.puts_down()
        await claire.channel("#boreal")
        await claire.runs(f"/cadrage {BROADCAST}")
    ours = [e.request for _, e, _ in boreal.sandbox.space.traffic.exchanges if e.direction == "to Slack"]
    ours += [e.response for _, e, _ in boreal.sandbox.space.traffic.exchanges if e.direction != "to Slack"]
    marked = [text for body in ours for text in markup(body)]
    assert not [text for text in marked if "<!" in text or "<https://evil" in text or "<@U" in text]


def markup(thing: Any) -> list[str]:
    """Every text of the bot that Slack would read as markup."""
    if isinstance(thing, dict):
        here = [thing["text"]] if thing.get("type") == "mrkdwn" else []
        if "blocks" in thing and isinstance(thing.get("text"), str):
            here.append(thing["text"])
        return here + [text for value in thing.values() for text in markup(value)]
    if isinstance(thing, list):
        return [text for value in thing for text in markup(value)]
    return []


async def test_forty_thousand_characters_are_refused_in_words_or_answered(
    boreal: Company, playbook: Playbook
) -> None:
    long = "They call one person. " * 1900
    async with someone(boreal, "hugo", playbook) as hugo:
        await first_screen(hugo)
        await hugo.fills({TYPED: long})
        refused = await hugo.submits()  # Slack's own field counts first
        assert refused["sent"] is False
        await hugo.fills({TYPED: "short"})
        await hugo.submits()
        forged = last(boreal, "view_submission")
        for block in forged["view"]["state"]["values"].values():
            for element in block.values():
                element["value"] = long
        forged["view"]["private_metadata"] = forged["view"]["private_metadata"].replace('"n":"', '"n":"0')
        said = await delivers(boreal, forged)
        assert said.ok
        assert said.body["response_action"] in ("errors", "update")
        await hugo.puts_down()
        await hugo.dm()
        await hugo.says(long[:39_000])
        await hugo.sees("I read answers only in the form", within=15)
    assert all(len(text) < 4_000 for text in versions(boreal, "OBJ01"))


async def test_a_double_click_has_one_effect(boreal: Company, playbook: Playbook) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        await first_screen(hugo)
        await hugo.fills({TYPED: "Once."})
        await asyncio.gather(hugo.submits(), hugo.submits(), return_exceptions=True)
        press = last(boreal, "view_submission")
        await delivers(boreal, press)
        assert versions(boreal, "OBJ01") == ["Once."]
    async with someone(boreal, "elodie", playbook) as elodie:
        await elodie.home()
        await elodie.clicks("note.make")
        press = last(boreal, "block_actions")
        await asyncio.gather(*(delivers(boreal, press) for _ in range(3)))
        await elodie.opened()  # it says that the note is being prepared
        await elodie.puts_down()
        await elodie.channel("#boreal")
        await elodie.sees("draft 1", within=15)
        await elodie.does_not_see("draft 2", "version 2", for_seconds=2)


async def test_forged_ids_options_and_people_change_nothing(boreal: Company, playbook: Playbook) -> None:
    async with someone(boreal, "hugo", playbook) as hugo:
        await first_screen(hugo)
        await hugo.fills({TYPED: "Mine."})
        await hugo.submits()
    mine = last(boreal, "view_submission")
    before = answers(boreal)
    for change in ({"user": {"id": "UNED"}}, {"user": {"id": PEOPLE["jeanne"]["user"]}}):
        said = await delivers(boreal, {**mine, **change})
        assert said.ok
        assert "I find nothing there for you." in json.dumps(said.body)
    for metadata in ("", "{}", '{"d":"../../etc"}', "[" * 9000, '{"d":null,"s":5}'):
        view = {**mine["view"], "private_metadata": metadata}
        assert (await delivers(boreal, {**mine, "view": view})).ok
    other = {**mine, "team": {"id": "TOTHER"}, "user": {**mine["user"], "team_id": "TOTHER"}}
    assert (await delivers(boreal, other)).ok
    assert answers(boreal) == before
    async with someone(boreal, "ines", playbook) as ines:
        await ines.opens("Goals")
        await ines.chooses("dialogue.exit:OBJ01", "later")
    press = last(boreal, "block_actions")
    for action in (
        {"action_id": "dialogue.exit:OBJ09", "value": "unknown"},
        {"action_id": "dialogue.exit:NOPE", "value": "x"},
        {"action_id": "no.such.action", "value": "x"},
    ):
        forged = {**press, "actions": [{"type": "button", "block_id": "b", "action_ts": "1", **action}]}
        assert (await delivers(boreal, forged)).ok
    assert "OBJ09" not in answers(boreal)


async def test_somebody_who_may_not_is_told_so_and_nothing_happens(
    boreal: Company, playbook: Playbook
) -> None:
    project = boreal.project.id
    async with someone(boreal, "elodie", playbook) as elodie:
        await elodie.home()
        await elodie.clicks("status.open")
    press = last(boreal, "block_actions")
    posts = len(await boreal.sandbox.messages("#boreal"))
    for who in ("UHUGO", "U0NED", "U0KIM"):
        for action in ("note.make", "invite.open", "team.change", "setup.finish"):
            pressed = {"type": "button", "action_id": action, "block_id": "b", "value": project}
            forged = {
                **press,
                "user": {**press["user"], "id": who},
                "actions": [{**pressed, "action_ts": who}],
            }
            assert (await delivers(boreal, forged)).ok
    await boreal.passes(minutes=5)
    after = await boreal.sandbox.messages("#boreal")
    assert not [m for m in after[posts:] if "Scoping note" in json.dumps(m)]
    async with someone(boreal, "ned", playbook) as ned:
        await ned.home()
        await ned.does_not_see("Boréal")


async def test_a_click_on_an_old_message_says_what_became_of_it(boreal: Company, playbook: Playbook) -> None:
    async with someone(boreal, "elodie", playbook) as elodie, someone(boreal, "hugo", playbook) as hugo:
        await hugo.dm()
        await hugo.sees("First: Goals.", within=15)
        await hugo.clicks("Start")
        await hugo.opened()
        press = last(boreal, "block_actions")
        await hugo.puts_down()
        runs = boreal.reads(dialogues.runs, project_id=boreal.project.id)
        run = next(run.id for run in runs if run.flow == "D02")
        await elodie.home()
        await elodie.chooses(f"run.menu:{run}", f"close:{run}")
        await elodie.opened()
        await elodie.sends()
        await hugo.sees("Goals · Closed", within=15)  # the card itself has no such button any more
        await hugo.does_not_see("Start")
        trigger = boreal.sandbox.space.world.surfaces.trigger("UHUGO")
        assert (await delivers(boreal, {**press, "trigger_id": trigger})).ok
        await hugo.opened()
        await hugo.sees("This is closed. Your answers are kept.")
        await hugo.puts_down()
        old = {**press["actions"][0], "action_id": "button.of.last.year"}
        await delivers(boreal, {**press, "actions": [old]})
        await hugo.sees("This card is out of date. Open the Home tab of Cadrage")


async def test_something_typed_in_a_thread_or_by_a_guest_is_answered_without_content(
    boreal: Company, playbook: Playbook
) -> None:
    async with someone(boreal, "kim", playbook) as kim:
        await kim.home()
        await kim.channel("#general")
        await kim.runs("/cadrage new")
        await kim.sees("Projects are started by members of this workspace")
        await kim.runs(f"/cadrage status {boreal.project.id}")
        await kim.does_not_see("Boréal")
