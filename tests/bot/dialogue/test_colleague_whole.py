"""Ask a colleague all of a form (journeys B4): handed on, answered to the end, what stays, who is gone."""

import pytest

from bot.delegation import leaving
from bot.hub import pages
from bot.rounds import dropping
from storage import ask as asks_
from storage import dialogue as dialogues
from storage import project as projects
from tests.bot.dialogue.lending import CLOSES, card_of, hands_all, home_of, invited, passed_on, says, words_of
from tests.bot.dialogue.stage import (
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Stage,
    elements,
)


async def test_all_of_a_dialogue_by_somebody_of_the_project(stage: Stage) -> None:
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    sofia = await stage.hand(SOFIA).opens(run)
    await sofia.presses("Ask a colleague instead")
    assert "6 questions" in sofia.text
    await sofia.fills({"who": PAUL}).sends()
    assert "Paul Kermorgan has been asked for all" in sofia.text
    (one,) = await passed_on(stage, run)
    assert one.question == ""
    assert "asks you to answer 6 questions in their place" in await words_of(stage, one)
    paul = await says(stage, PAUL, one.id)
    assert "Sofia Lindqvist asked you." in paul.text
    await sofia.presses("Take it back")
    assert (await passed_on(stage, run))[0].state == "withdrawn"
    assert "Paul Kermorgan has been asked" not in sofia.text


async def test_all_of_a_dialogue_answered_to_the_end(stage: Stage) -> None:
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    sofia = await stage.hand(SOFIA).opens(run)
    for _ in range(9):
        ids = [
            e["action_id"].split(":")[1] for e in elements(sofia.view) if "dialogue.exit:" in e["action_id"]
        ]
        for id in ids:
            if id != "DAT02":
                await sofia.chooses(f"dialogue.exit:{id}", "unknown")
        if "DAT02" in ids:
            await sofia.chooses("dialogue.exit:DAT02", "later")
        await sofia.sends()
        if sofia.view["callback_id"] != "dialogue.screen":
            break
    hand = await stage.hand(SOFIA).opens(run, "delegation.whole")
    await hand.fills({"who": PAUL}).sends()
    assert "Paul Kermorgan* gets a private message in their hours." in hand.text
    (one,) = await passed_on(stage, run)
    paul = await says(stage, PAUL, one.id)
    option = next(e for e in elements(paul.view) if e["type"] in ("radio_buttons", "static_select"))[
        "options"
    ][0]
    await paul.fills({"DAT02": option["value"]}).sends()
    assert "answered by you" not in paul.text
    await paul.sends()  # I'm done
    assert "Sofia Lindqvist sees it in Home" in paul.text
    (one,) = await passed_on(stage, run)
    assert one.state == "answered"
    assert "Answered." in await words_of(stage, one)
    assert "Paul Kermorgan has answered, at your request" in await home_of(stage, SOFIA)


async def test_all_of_it_from_the_card_or_home_which_then_say_who_has_it(stage: Stage) -> None:
    run = await stage.opens("D10", people=[SOFIA, MARC, INES], closes_on=CLOSES)
    await invited(stage, run, SOFIA)
    assert "Ask a colleague" in await card_of(stage, run, SOFIA)
    assert "Ask a colleague" in await home_of(stage, SOFIA)
    assert "Ask a colleague" in await home_of(stage, SOFIA, pages.todo), "also where one reads what waits"
    await hands_all(stage, run)
    card_ = await card_of(stage, run, SOFIA)
    assert "Data and interfaces · with Paul Kermorgan · answer wanted by Mon 26 Jan" in card_
    assert "Take it back" in card_
    assert "Ask a colleague" not in card_
    assert "1 passed on to a colleague" in await home_of(stage, ELODIE)
    (one,) = await passed_on(stage, run)
    await says(stage, PAUL, one.id)
    assert "With Paul Kermorgan, who has accepted" in await home_of(stage, SOFIA)


async def test_what_is_answered_already_stays_and_what_is_confidential_is_not_passed_on(stage: Stage) -> None:
    run = await stage.opens("D05", people=[MARC], closes_on=CLOSES)
    marc = await stage.hand(MARC).opens(run, "delegation.whole")
    assert "stay with you: they are confidential, or yours alone." in marc.text
    alone = await stage.opens("D08", people=[MARC], closes_on=CLOSES)
    none = await stage.hand(MARC).opens(alone, "delegation.whole")
    assert "Nothing here can be asked of a colleague now." in none.text


@pytest.mark.parametrize("how", ["account", "refuses", "leaves"])
async def test_it_comes_back_when_the_colleague_is_no_longer_there(stage: Stage, how: str) -> None:
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    other = await stage.opens("D04", people=[PAUL], closes_on=CLOSES)
    await hands_all(stage, run)
    if how == "account":
        event = {"type": "user_change", "user": {"id": PAUL, "deleted": True}}
        await leaving.changed(stage.request("event", "user_change", PAUL, {"event": event}), stage.parts)
    elif how == "refuses":
        await stage.hand(PAUL).opens(f"refuse:{other}", "invitation.menu")
    else:
        project = await stage.parts.db.read(projects.get, workspace=WORKSPACE, id=stage.project)
        gone = {"project": project, "user": PAUL, "flows": stage.parts.playbook.flows}
        await stage.run(dropping.everything, now=stage.calendar.now(), **gone)
    (one,) = await passed_on(stage, run)
    assert one.state == "declined"
    home = await home_of(stage, SOFIA)
    sentence = "is no longer here to answer" if how == "account" else "cannot answer this"
    assert f"Paul Kermorgan {sentence}: it is back with you." in home
    assert "with Paul" not in home
    waiting = await stage.parts.db.read(asks_.of, workspace=WORKSPACE, user=PAUL, now=stage.calendar.now())
    assert not [each for each in waiting if each.key.startswith("delegation:")], "it takes up nobody's day"


async def test_what_one_asked_waits_for_nobody_once_one_is_gone(stage: Stage) -> None:
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    await hands_all(stage, run)
    event = {"type": "user_change", "user": {"id": SOFIA, "deleted": True}}
    for _ in range(2):
        await leaving.changed(stage.request("event", "user_change", SOFIA, {"event": event}), stage.parts)
    (one,) = await passed_on(stage, run)
    assert one.state == "withdrawn"
    assert "needs no answer any more" in await words_of(stage, one)
    stranger = {"type": "user_change", "user": {"id": "UNEVERMET", "deleted": True}}
    await leaving.changed(stage.request("event", "user_change", "U", {"event": stranger}), stage.parts)
    await leaving.changed(stage.request("event", "user_change", "U", {"event": {"user": "odd"}}), stage.parts)


async def test_a_role_that_changed_hands_leaves_no_empty_task(stage: Stage) -> None:
    """Supporting projects are for lead and facilitator; Marc leads no more."""
    run = await stage.opens("D05", people=[MARC], closes_on=CLOSES)
    await invited(stage, run, MARC, ask=True)
    assert "Supporting projects" in await home_of(stage, MARC)
    await stage.run(projects.set_role, workspace=WORKSPACE, id=stage.project, role="lead", user=PAUL)
    project = await stage.parts.db.read(projects.get, workspace=WORKSPACE, id=stage.project)
    about = {"project": project, "users": (MARC, PAUL), "flows": stage.parts.playbook.flows}
    await stage.run(dropping.left_empty, now=stage.calendar.now(), **about)
    home = await home_of(stage, MARC)
    assert "Supporting projects" not in home
    assert "Nothing is waiting for you" in home
    assert "nothing of it is asked of you any more" in await card_of(stage, run, MARC)
    counts = await stage.parts.db.read(dialogues.counts, workspace=WORKSPACE, dialogue_id=run)
    assert counts.invited == 0, "nobody waits for his answers"
    waiting = await stage.parts.db.read(asks_.of, workspace=WORKSPACE, user=MARC, now=stage.calendar.now())
    assert waiting == [], "it takes up nobody's day"
