"""Stories of one member asking another: one question, all of a dialogue, no, too late (journeys B4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import asker, people
from bot.delegation import answering, card, leaving
from bot.dialogue.load import Gesture, Who, scene
from bot.dialogue.place import Place
from bot.hub import pages
from bot.hub.home import view as home_view
from bot.outbound.render import Defer, Message
from bot.rounds import closing, dropping, invitation
from flows.dialogue.delegation import Delegation
from flows.project import Person
from storage import ask as asks_
from storage import delegation, memo
from storage import dialogue as dialogues
from storage import person as kept
from storage import project as projects
from storage.ask import Ask
from storage.outbox import Row
from storage.schedule import Due
from tests.bot.dialogue.stage import (
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    START,
    WORKSPACE,
    Hand,
    Stage,
    elements,
    said,
)

CLOSES = date(2026, 1, 29)
WORD = "You know the ERP side better than I do."
LOST = "Between the visit and the order"


async def passed_on(stage: Stage, dialogue: str) -> list[Delegation]:
    return await stage.parts.db.read(delegation.of_dialogue, workspace=WORKSPACE, dialogue_id=dialogue)


async def processes(stage: Stage) -> str:
    return await stage.opens("D04", people=[MARC, INES, PAUL], closes_on=CLOSES)


async def asks(
    stage: Stage, dialogue: str, *, by: str = MARC, to: str = SOFIA, question: str = "PRO03"
) -> Hand:
    """`by` leaves the screens before, and asks `to`."""
    hand = await stage.hand(by).opens(dialogue)
    for _ in range(9):
        if any(e["action_id"] == f"dialogue.exit:{question}" for e in elements(hand.view)):
            break
        for one in [
            e["action_id"] for e in elements(hand.view) if e["action_id"].startswith("dialogue.exit:")
        ]:
            await hand.chooses(one, "outside")
        await hand.sends()
    await hand.chooses(f"dialogue.exit:{question}", "asked")
    hand.fills({"who": to, "word": WORD})
    return await hand.sends()


async def says(stage: Stage, user: str, id: str, action: str = "delegation.answer") -> Hand:
    return await stage.hand(user).opens(id, action)


def row(what: str, one: Delegation, user: str, **more: Any) -> Row:
    return Row(
        id=1, workspace=WORKSPACE, key="k", lane="l", op="card", attempts=0, look_up=False, remote_id=None,
        first_try=one.asked_at, ref={"what": what, "delegation": one.id, "user": user, **more},
    )  # type: ignore[call-arg]  # fmt: skip


async def shown(
    stage: Stage, one: Delegation, *, posted: bool = True, user: str = ""
) -> Message | Defer | None:
    line = row("delegation", one, user or one.to_user)
    line = replace(line, remote_id="1.0") if posted else line
    return await stage.parts.db.read(card.render, line, stage.parts)


async def words_of(stage: Stage, one: Delegation) -> str:
    message = await shown(stage, one)
    assert isinstance(message, Message)
    return message.text.replace("\u00a0", " ").replace("*", "")


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


async def test_the_day_passes_and_a_word_goes_only_to_whom_it_blocks(stage: Stage) -> None:
    run = await processes(stage)
    marc = await asks(stage, run)
    for _ in range(9):
        for action in [
            e["action_id"] for e in elements(marc.view) if e["action_id"].startswith("dialogue.exit:")
        ]:
            await marc.chooses(action, "outside")
        await marc.sends()
        assert not marc.errors, (marc.errors, marc.text)
        if marc.view["callback_id"] != "dialogue.screen":
            break
    (one,) = await passed_on(stage, run)
    assert "Waiting for Sofia Lindqvist" in marc.text
    await marc.sends()
    assert "Thank you" in str(marc.view["title"]), "what a colleague has keeps nobody from being done"
    stage.calendar.later(days=8)
    await over(stage, one)
    (one,) = await passed_on(stage, run)
    assert one.state == "expired"
    (told,) = await stage.queued("delegation_back")
    assert told["ref"]["user"] == MARC
    back = await stage.parts.db.read(card.gone_back, row("delegation_back", one, MARC), stage.parts)
    assert isinstance(back, Message)
    assert "Sofia Lindqvist has not answered by the day: it is back with you." in back.text
    await over(stage, one)
    assert len(await stage.queued("delegation_back")) == 1, "twice is the same as once"


async def over(stage: Stage, one: Delegation) -> None:
    due = Due(
        workspace=WORKSPACE, id="x", kind="delegation_over", zone="Europe/Paris", period="p", covers=None,  # type: ignore[arg-type]
        look_up=False, data={"delegation": one.id},
    )  # fmt: skip
    await stage.run(answering.due_over, due=due, now=stage.calendar.now(), parts=stage.parts)


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


async def hands_all(stage: Stage, run: str, *, by: str = SOFIA, to: str = PAUL) -> Hand:
    """`by` asks `to` for all of it, from the card or from Home."""
    hand = await stage.hand(by).opens(run, "delegation.whole")
    return await hand.fills({"who": to}).sends()


async def invited(stage: Stage, run: str, user: str, *, ask: bool = False) -> None:
    """They have had their invitation, today or (`ask`) not yet."""
    found = await stage.parts.db.read(dialogues.run, workspace=WORKSPACE, id=run)
    note = {"leaves": stage.calendar.now().isoformat(), "by": ELODIE, "line": "", "first": False}
    await stage.run(memo.put, workspace=WORKSPACE, user=user, name=f"invited:{run}", value=note)
    today = stage.calendar.now().date()
    about = {"key": f"invitation:{run}:{user}", "user": user, "project_id": stage.project, "about": run}
    kept_ask = Ask(**about, kind="dialogue", earliest=today, minutes=5, since=stage.calendar.now())  # type: ignore[arg-type]
    await stage.run(asks_.put, workspace=WORKSPACE, ask=kept_ask)
    if not ask:
        await stage.run(asks_.left, workspace=WORKSPACE, key=kept_ask.key, now=stage.calendar.now())
    assert found


async def card_of(stage: Stage, run: str, user: str) -> str:
    """What the invitation says now."""
    ref = {"what": "invitation", "project": stage.project, "run": run, "user": user}
    line = Row(
        id=1, workspace=WORKSPACE, key=f"invitation:{run}:{user}", lane="l", op="card", attempts=0,
        look_up=False, remote_id="1.0", first_try=stage.calendar.now(), ref=ref,
    )  # fmt: skip
    message = await stage.parts.db.read(invitation.render, line, stage.parts)
    assert isinstance(message, Message)
    return said({"blocks": list(message.blocks)}).replace("*", "")


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


async def test_one_budget_the_message_waits_for_a_day_on_which_nothing_else_is_asked(stage: Stage) -> None:
    other = await stage.opens("D04", people=[PAUL], closes_on=CLOSES)
    await invited(stage, other, PAUL)  # this morning
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    sofia = await hands_all(stage, run)
    assert "finds it in Home now, and gets a private message on Tue 20 Jan" in sofia.text.replace("*", "")
    (one,) = await passed_on(stage, run)
    line = replace(row("delegation", one, PAUL), key=f"delegation:{one.id}")
    found = await stage.parts.db.read(card.render, line, stage.parts)
    assert isinstance(found, Defer)
    assert found.until == datetime(2026, 1, 20, 8, 30, tzinfo=UTC)
    assert "Sofia Lindqvist asks you" in await home_of(stage, PAUL), "Home does not wait"
    known = await stage.parts.db.read(asks_.of, workspace=WORKSPACE, user=PAUL, now=stage.calendar.now())
    mine = next(each for each in known if each.key == line.key)
    assert mine.minutes > 5, "it counts among the minutes of the week"


async def test_what_somebody_waits_for_goes_before_a_questionnaire(stage: Stage) -> None:
    other = await stage.opens("D04", people=[PAUL], closes_on=CLOSES)
    await invited(stage, other, PAUL, ask=True)
    run = await stage.opens("D10", people=[SOFIA], closes_on=CLOSES)
    sofia = await hands_all(stage, run)
    assert "gets a private message in their hours" in sofia.text
    assert isinstance(await shown(stage, (await passed_on(stage, run))[0], posted=False), Message)


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


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (MARC, "This is you."),
        ("UROBOT", "A bot cannot answer."),
        ("UGONE", "This account is closed."),
        ("UELSEWHERE", "Only members of this workspace"),
        (INES, "Inès Rahmani is asked this too."),
        (ELODIE, "answers no question meant for the team"),
        ("", "Choose a person."),
    ],
)
async def test_whom_one_cannot_ask(stage: Stage, to: str, words: str) -> None:
    odd = {"UROBOT": {"is_bot": True}, "UGONE": {"deleted": True}, "UELSEWHERE": {"stranger": True}}
    for user, more in odd.items():
        profile = Person(workspace=WORKSPACE, user=user, name=user, fetched_at=stage.calendar.now(), **more)  # type: ignore[arg-type]
        await stage.run(kept.remember, person=profile)
    run = await processes(stage)
    marc = await asks(stage, run, to=to)
    assert words in marc.errors["who"]
    assert not await passed_on(stage, run)


async def test_a_day_that_cannot_be(stage: Stage) -> None:
    run = await processes(stage)
    for day, words in (
        ("2026-01-18", "This date is past."),
        ("2026-02-20", "closes before that"),
        (None, "Choose a day"),
    ):
        marc = await asks(stage, run, to="")
        marc.fills({"who": SOFIA, "until": day})
        await marc.sends()
        assert words in marc.errors["until"]
    assert not await passed_on(stage, run)


async def test_the_form_sent_twice_asks_once(stage: Stage) -> None:
    run = await processes(stage)
    marc = await asks(stage, run, to="")
    form = list(marc.stack)
    await marc.fills({"who": SOFIA}).sends()
    marc.stack = form
    await marc.sends()
    assert not marc.errors
    assert len(await passed_on(stage, run)) == 1
    assert len(await stage.queued("delegation")) == 1


async def test_what_a_forged_form_asks_for_is_refused(stage: Stage) -> None:
    run = await processes(stage)
    marc = await asks(stage, run, to="")
    view = marc.view
    marc.fills({"who": SOFIA})
    for odd, words in (
        ("PRO05", "yours alone"),
        ("OBJ01", "no longer waits"),
        ("x" * 200, "no longer waits"),
    ):
        marc.view["private_metadata"] = view["private_metadata"].replace('"PRO03"', f'"{odd}"')
        await marc.sends()
        assert words in marc.errors["who"]
        marc.view["private_metadata"] = view["private_metadata"].replace(f'"{odd}"', '"PRO03"')
    assert not await passed_on(stage, run)


async def test_somebody_else_finds_nothing_behind_the_buttons(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    for user in (PAUL, CLAIRE, MARC, "USTRANGER"):
        for action in ("delegation.answer", "delegation.no"):
            found = await says(stage, user, one.id, action)
            assert "nothing there for you" in found.text or "no longer waits" in found.text
    for action in (
        "delegation.answer",
        "delegation.no",
        "delegation.back",
        "delegation.later",
        "delegation.stop",
    ):
        await says(stage, SOFIA, "f" * 32, action)
        await says(stage, PAUL, one.id, action)
    (one,) = await passed_on(stage, run)
    assert one.state == "asked"
    place, who = Place(dialogue=run, lent=one.id), Who(workspace=WORKSPACE, user=PAUL)
    gesture = Gesture(parts=stage.parts, who=who, place=place, now=stage.calendar.now())
    assert await stage.parts.db.read(scene, gesture) is None


async def test_the_card_waits_for_the_hours_of_the_colleague(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    stage.calendar.at = datetime(2026, 1, 24, 9, tzinfo=UTC)  # a Saturday
    found = await shown(stage, one, posted=False)
    assert isinstance(found, Defer)
    assert found.until.date() == date(2026, 1, 26)


async def test_one_reminder_that_can_be_moved_and_stopped(stage: Stage) -> None:
    run = await processes(stage)
    await asks(stage, run)
    (one,) = await passed_on(stage, run)
    late = await says(stage, SOFIA, one.id, "delegation.later")
    assert "One reminder on Wed 21 Jan, then no more." in late.text
    due = Due(
        workspace=WORKSPACE, id="x", kind="delegation_remind", zone="Europe/Paris", period="p", covers=None,  # type: ignore[arg-type]
        look_up=False, data={"delegation": one.id, "project": stage.project},
    )  # fmt: skip
    await stage.run(answering.due_reminder, due=due, now=stage.calendar.now())
    (queued,) = await stage.queued("delegation_reminder")
    line = row("delegation_reminder", one, SOFIA, at=queued["ref"]["at"])
    told = await stage.parts.db.read(card.reminder, line, stage.parts)
    assert isinstance(told, Message)
    assert "Still open: Marc Delorme asked you this for Boréal." in told.text.replace("*", "")
    assert "Stop reminding me" in str(told.blocks)
    stop = await says(stage, SOFIA, one.id, "delegation.stop")
    assert "No more reminders for this one." in stop.text
    stage.calendar.later(days=2)
    assert await stage.parts.db.read(card.reminder, line, stage.parts) is None, (
        "an old reminder is left unsaid"
    )


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


async def test_somebody_outside_the_project_sees_that_question_alone(stage: Stage) -> None:
    run = await processes(stage)
    await stage.run(
        kept.remember,
        person=Person(
            workspace=WORKSPACE, user="UNED", name="Ned", zone="Europe/Paris", fetched_at=stage.calendar.now()
        ),
    )
    await asks(stage, run, to="UNED")
    (one,) = await passed_on(stage, run)
    home = await home_of(stage, "UNED")
    assert "Marc Delorme asks you:" in home
    ned = await says(stage, "UNED", one.id)
    await ned.fills({"PRO03": LOST}).sends()
    assert (await stage.answers(run))["PRO03"] == {MARC: LOST}
    nothing = await stage.hand("UNED").opens(run)
    assert "nothing there for you" in nothing.text


async def home_of(stage: Stage, user: str, view: Callable[..., Any] = home_view) -> str:
    """The words of somebody's Home, or of another page."""
    person = (await stage.parts.db.read(people.several, workspace=WORKSPACE, users=(user,)))[user]

    def draw(conn: Any) -> Any:
        who = asker.load(conn, parts=stage.parts, person=person)
        return view(conn, parts=stage.parts, who=who)

    return said({"blocks": await stage.parts.db.read(draw)}).replace("*", "")


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
