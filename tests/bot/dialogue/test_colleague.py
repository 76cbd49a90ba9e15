"""Stories of one member asking another: one question, all of a dialogue, no, too late (journeys B4)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import asker, people
from bot.delegation import answering, card
from bot.dialogue.load import Gesture, Who, scene
from bot.dialogue.place import Place
from bot.hub.home import view as home_view
from bot.outbound.render import Defer, Message
from bot.rounds import closing
from flows.dialogue.delegation import Delegation
from flows.project import Person
from storage import delegation
from storage import dialogue as dialogues
from storage import person as kept
from storage.outbox import Row
from storage.schedule import Due
from tests.bot.dialogue.stage import (
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
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
    assert "You said no. It is back with Marc Delorme" in await words_of(stage, one)
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


async def home_of(stage: Stage, user: str) -> str:
    """The words of somebody's Home."""
    person = (await stage.parts.db.read(people.several, workspace=WORKSPACE, users=(user,)))[user]

    def draw(conn: Any) -> Any:
        who = asker.load(conn, parts=stage.parts, person=person)
        return home_view(conn, parts=stage.parts, who=who)

    return said({"blocks": await stage.parts.db.read(draw)}).replace("*", "")
