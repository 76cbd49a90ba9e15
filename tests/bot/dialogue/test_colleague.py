"""Ask a colleague one question (journeys B4, point 14): asked, answered, refused, taken back, over."""

from bot.rounds import closing
from storage import delegation
from storage import dialogue as dialogues
from tests.bot.dialogue.lending import (
    CLOSES,
    LOST,
    WORD,
    asks,
    hands_all,
    home_of,
    passed_on,
    processes,
    says,
    shown,
    words_of,
)
from tests.bot.dialogue.stage import (
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    START,
    WORKSPACE,
    Stage,
    elements,
)


async def test_14_one_question_goes_to_a_colleague_and_the_answer_bears_both_names(everywhere: Stage) -> None:
    stage, run = everywhere, await processes(everywhere)
    marc = await asks(stage, run)
    assert "Sofia Lindqvist has been asked, answer wanted by Mon 26 Jan." in marc.text
    (one,) = await passed_on(stage, run)
    assert (one.from_user, one.to_user, one.question, one.state, one.note) == (
        MARC,
        SOFIA,
        "PRO03",
        "asked",
        WORD,
    )
    text = await words_of(stage, one)
    assert "Marc Delorme asks you one question for Boréal:" in text
    assert WORD in text
    assert "Wanted by Mon 26 Jan." in text
    sofia = await says(stage, SOFIA, one.id)
    assert "Marc Delorme asked you. The answer will show both names." in sofia.text
    assert [e["action_id"] for e in elements(sofia.view)] == ["answer", "delegation.no"], (
        "one question, no exits"
    )
    await sofia.fills({"PRO03": LOST}).sends()
    assert "Marc Delorme sees it in Home, with both your names." in sofia.text
    assert (await stage.answers(run))["PRO03"] == {MARC: LOST}
    (one,) = await passed_on(stage, run)
    assert one.state == "answered"
    marc = await stage.hand(MARC).opens(f"answers:{run}", "invitation.menu")
    assert "answered by Sofia Lindqvist, whom you asked" in marc.text


async def test_the_colleague_may_change_it_until_it_closes(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    await (await says(stage, SOFIA, one.id)).fills({"PRO03": LOST}).sends()
    (one,) = await passed_on(stage, run)
    assert "Change my answer" in str(await shown(stage, one))
    await (await says(stage, SOFIA, one.id)).fills({"PRO03": "In my notebook"}).sends()
    assert (await stage.answers(run))["PRO03"] == {MARC: "In my notebook"}
    closed = await stage.parts.db.run(dialogues.run, workspace=WORKSPACE, id=run)
    await stage.run(closing.close, run=closed, by=ELODIE, now=stage.calendar.now())
    assert "Change my answer" not in str(await shown(stage, one))
    late = await says(stage, SOFIA, one.id)
    assert "This no longer waits for you." in late.text


async def test_no_goes_back_to_who_asked_with_the_reason_and_to_nobody_else(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    sofia = await says(stage, SOFIA, one.id, "delegation.no")
    await sofia.fills({"why": "I have never sold anything."}).sends()
    assert "Nobody else is told" in sofia.text
    (one,) = await passed_on(stage, run)
    assert (one.state, one.reason) == ("declined", "I have never sold anything.")
    assert (await stage.answers(run))["PRO03"] == {MARC: None}
    assert "it is back with Marc Delorme, and nobody else is told" in await words_of(stage, one)
    assert not await stage.queued("delegation_back"), "something else waits for Marc: Home is enough"
    again = await says(stage, SOFIA, one.id, "delegation.no")
    assert "no longer waits for you" in again.text
    home = await home_of(stage, MARC)
    assert "Sofia Lindqvist cannot answer this: it is back with you." in home
    assert "I have never sold anything." in home


async def test_taken_back_by_who_asked_and_old_cards_say_so(stage: Stage) -> None:
    run = await processes(stage)
    marc = await asks(stage, run)
    (one,) = await passed_on(stage, run)
    sofia = await says(stage, SOFIA, one.id)
    await marc.presses("Take it back")
    assert (await passed_on(stage, run))[0].state == "withdrawn"
    await sofia.fills({"PRO03": LOST}).sends()
    assert "no longer waits for your answer" in str(sofia.errors)
    assert (await stage.answers(run))["PRO03"] == {MARC: None}
    (one,) = await passed_on(stage, run)
    assert "Marc Delorme needs no answer any more" in await words_of(stage, one)
    assert await shown(stage, one, posted=False) is None, "a card that was never posted is not posted now"


async def test_taken_back_in_home_and_on_the_check_page(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    assert "With Sofia Lindqvist:" in await home_of(stage, MARC)
    ines = await says(stage, INES, one.id, "delegation.back")
    assert "Nothing to take back" in ines.text
    marc = await stage.hand(MARC).opens(f"answers:{run}", "invitation.menu")
    assert "Waiting for Sofia Lindqvist" in marc.text
    await marc.presses("Take it back")
    assert (await passed_on(stage, run))[0].state == "withdrawn"
    assert "No answer yet" in marc.text
    marc = await says(stage, MARC, one.id, "delegation.back")
    assert "Nothing to take back" in marc.text


async def test_closing_ends_what_waits(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    found = await stage.parts.db.run(dialogues.run, workspace=WORKSPACE, id=run)
    await stage.run(closing.close, run=found, by=ELODIE, now=stage.calendar.now())
    (one,) = await passed_on(stage, run)
    assert one.state == "expired"
    assert "Closed. Nothing is asked of you here any more." in await words_of(stage, one)
    marc = await stage.hand(MARC).opens(run)
    assert "Closed" in marc.text or "closed" in marc.text


async def test_everybody_who_asked_is_named_with_what_came_out(stage: Stage) -> None:
    """Two people asked Paul for the same shared table, one of them for all of the dialogue."""
    run = await stage.opens("D10", people=[SOFIA, MARC], closes_on=CLOSES)
    await asks(stage, run, by=MARC, to=PAUL, question="DAT07")
    await hands_all(stage, run)
    by = {one.from_user: one for one in await passed_on(stage, run)}
    paul = await says(stage, PAUL, by[MARC].id)
    await paul.fills({"DAT07": "no"}).sends()
    by = {one.from_user: one for one in await passed_on(stage, run)}
    assert (by[MARC].state, by[SOFIA].state) == ("answered", "asked")
    await stage.run(delegation.settle, workspace=WORKSPACE, id=by[SOFIA].id, state="answered", now=START)
    closed = await stage.parts.db.run(dialogues.run, workspace=WORKSPACE, id=run)
    await stage.run(closing.close, run=closed, by=ELODIE, now=stage.calendar.now())
    results = await stage.hand(CLAIRE).opens(run, "results.open")
    text = results.text.replace("*", "")
    both = ("Marc Delorme and Sofia Lindqvist", "Sofia Lindqvist and Marc Delorme")
    assert any(f"at the request of {names}" in text for names in both)


async def test_a_shared_question_answered_by_another_ends_the_wait(stage: Stage) -> None:
    run = await stage.opens("D10", people=[SOFIA, MARC], closes_on=CLOSES)
    sofia = await asks(stage, run, by=SOFIA, to=PAUL, question="DAT02")
    assert "Paul Kermorgan has been asked" in sofia.text
    (one,) = await passed_on(stage, run)
    marc = await stage.hand(MARC).opens(run)
    for _ in range(6):
        if any("DAT02" in str(b.get("block_id")) for b in marc.view["blocks"]):
            break
        for action in [
            e["action_id"] for e in elements(marc.view) if e["action_id"].startswith("dialogue.exit:")
        ]:
            await marc.chooses(action, "unknown")
        await marc.sends()
    block = next(b for b in marc.view["blocks"] if str(b.get("block_id", "")).startswith("q:DAT02"))
    marc.fills({"DAT02": block["element"]["options"][0]["value"]})
    for action in [
        e["action_id"] for e in elements(marc.view) if e["action_id"].startswith("dialogue.exit:")
    ]:
        if "DAT02" not in action:
            await marc.chooses(action, "unknown")
    await marc.sends()
    assert not marc.errors
    (one,) = await passed_on(stage, run)
    assert one.state == "withdrawn"
