"""Gestures no screen of ours leads to: forged, late, doubled, of another version (T11, rows 5 to 9)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.dialogue import turns
from bot.dialogue.place import Place
from bot.dialogue.routes import ACTIONS, VIEWS
from bot.dialogue.typed import typed
from flows.playbook import Playbook
from storage import dialogue as dialogues
from storage import inbox
from storage import project as projects
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, SOFIA, WORKSPACE, Json, Stage, said

CLOSES = date(2026, 1, 29)
WHY = "They are called back."


def form(place: Place | str, values: Json, callback: str = "dialogue.screen") -> Json:
    """A payload as a modified client may send it."""
    state = {block: {"answer": element} for block, element in values.items()}
    packed = place if isinstance(place, str) else place.packed()
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": packed,
        "state": {"values": state},
    }
    return {"type": "view_submission", "view": view}


async def send(stage: Stage, user: str, payload: Json) -> Json:
    name = payload["view"]["callback_id"]
    reply = await VIEWS[name](stage.request("view", name, user, payload), stage.parts)
    if reply.after:
        await reply.after()
    return reply.ack


async def test_somebody_who_was_not_asked_changes_nothing(stage: Stage) -> None:
    goals = await stage.opens("D03", people=[MARC], closes_on=CLOSES)
    place = Place(dialogue=goals, screen="commitment")
    answer = {"q:SPO02:0": {"type": "number_input", "value": "8"}}
    for user in (SOFIA, "USTRANGER"):
        ack = await send(stage, user, form(place, answer))
        assert "I find nothing there for you." in str(ack)
        assert "Je ne trouve rien" in str(ack), "their language may be unknown"
    assert await stage.answers(goals) == {}


async def test_a_choice_that_was_not_offered_is_refused_and_the_form_keeps_its_text(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    forged = {"type": "radio_buttons", "selected_option": {"value": "admin"}}
    fine = {"type": "radio_buttons", "selected_option": {"value": "yes"}}
    scale = {"type": "radio_buttons", "selected_option": {"value": "4"}}
    values = {"q:OBJ05:0": forged, "q:OBJ06:0": fine, "q:OBJ07:0": scale}
    ack = await send(stage, SOFIA, form(Place(dialogue=goals, screen="reasons"), values))
    assert ack == {
        "response_action": "errors",
        "errors": {"q:OBJ05:0": "This choice is no longer offered. Choose again."},
    }
    assert await stage.answers(goals) == {}


async def test_a_question_of_somebody_else_cannot_be_answered(stage: Stage) -> None:
    """OBJ02 is asked of the sponsor and the lead; Inès is neither."""
    goals = await stage.opens("D02", people=[INES], closes_on=CLOSES)
    place = Place(dialogue=goals, screen="strategic", question="OBJ02")
    line = {
        "c:statement": {"value": "Mine"}, "c:indicator": {"value": "x"}, "c:target": {"value": "y"},
        "c:due": {"selected_date": "2027-01-01"},
    }  # fmt: skip
    ack = await send(stage, INES, form(place, line, "dialogue.line"))
    assert "I find nothing there for you." in str(ack)
    assert await stage.answers(goals) == {}


@pytest.mark.parametrize(
    "metadata", ["", "{}", "not json", "[1]", '{"d":3}', '{"d":"../../x","s":"y","p":-5}', "[" * 5000]
)
async def test_a_form_that_is_not_ours_leads_nowhere_and_raises_nothing(stage: Stage, metadata: str) -> None:
    for callback in VIEWS:
        ack = await send(stage, SOFIA, form(metadata, {"q:OBJ01:0": {"value": WHY}}, callback))
        assert ack == {} or "nothing there for you" in str(ack)


ODD: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    3,
    [None],
    [{}],
    {"action_id": None},
    [{"action_id": 7}],
    [{"value": {}}],
)


async def test_the_first_look_is_not_for_somebody_who_lost_their_role(stage: Stage) -> None:
    """Marc was sent the set-up's question for the lead, and is not the lead any more."""
    setup = await stage.opens("D01", people=[ELODIE, MARC])
    place = Place(dialogue=setup, screen="steering")
    used = form(place, {})
    here = {"workspace": WORKSPACE, "nonce": place.nonce, "now": stage.calendar.now()}
    values = typed(used["view"])
    await stage.run(inbox.remember_form, result={"taken": turns.mark(values)}, **here)
    for role in ("lead", "sponsor"):
        await stage.run(projects.set_role, workspace=WORKSPACE, id=stage.project, role=role, user=CLAIRE)
    await stage.run(projects.set_team, workspace=WORKSPACE, id=stage.project, members=[])
    assert "Verdict" not in said((await send(stage, MARC, used))["view"])


@pytest.mark.parametrize("actions", ODD)
async def test_an_odd_press_raises_nothing(stage: Stage, actions: Any) -> None:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    packed = Place(dialogue=goals, screen="customers").packed()
    for name, handler in ACTIONS.items():
        for view in (None, {}, {"id": "V1", "type": "modal", "private_metadata": packed, "state": None}):
            payload = {"type": "block_actions", "actions": actions, "view": view}
            reply = await handler(stage.request("action", name, SOFIA, payload), stage.parts)
            if reply.after:
                await reply.after()
    assert await stage.answers(goals) == {}


async def test_a_double_press_on_an_exit_is_one_exit(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    sofia = await stage.hand(SOFIA).opens(goals)
    first = sofia.view
    await sofia.chooses("dialogue.exit:OBJ01", "later")
    stage.slack.views[sofia.stack[-1]] = first
    await sofia.chooses("dialogue.exit:OBJ01", "later")
    assert len(await stage.queued("reminder")) == 2
    assert (await stage.answers(goals))["OBJ01"] == {SOFIA: "later"}


async def test_a_form_drawn_before_the_content_changed_keeps_its_answer(stage: Stage) -> None:
    """Row 8 of the faults: the screen is gone, the question is still asked elsewhere."""
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    sofia = await stage.hand(SOFIA).opens(goals)
    stage.parts = replace(stage.parts, playbook=renamed(stage.parts.playbook))
    await sofia.fills({"OBJ01": WHY}).sends()
    assert (await stage.answers(goals))["OBJ01"] == {SOFIA: WHY}
    assert "Rank the benefits" in sofia.text


async def test_a_question_that_content_has_dropped_says_so_and_keeps_the_text(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    sofia = await stage.hand(SOFIA).opens(goals)
    stage.parts = replace(stage.parts, playbook=without(stage.parts.playbook, "OBJ01"))
    await sofia.fills({"OBJ01": WHY}).sends()
    assert list(sofia.errors.values()) == [
        "This question no longer waits for your answer. Your text is still here."
    ]


async def test_a_line_of_a_dialogue_closed_meanwhile_is_not_doubled(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    marc = await stage.hand(MARC).opens(goals)
    await marc.fills({"OBJ01": WHY}).sends()
    await stage.run(dialogues.close, workspace="T1", id=goals, by=None, now=stage.calendar.now())
    await marc.presses("Add a line")
    await marc.sends()
    assert "OBJ02" not in await stage.answers(goals)


def renamed(playbook: Playbook) -> Playbook:
    """The same content with other names of screens."""
    flow = playbook.flows["D02"]
    screens = tuple(replace(screen, key=f"{screen.key}_2") for screen in flow.screens)
    return replace(playbook, flows={**playbook.flows, "D02": replace(flow, screens=screens)})


def without(playbook: Playbook, id: str) -> Playbook:
    """The content without one question."""
    flow = playbook.flows["D02"]
    kept = (replace(s, questions=tuple(q for q in s.questions if q.id != id)) for s in flow.screens)
    screens = tuple(screen for screen in kept if screen.questions)
    return replace(playbook, flows={**playbook.flows, "D02": replace(flow, screens=screens)})
