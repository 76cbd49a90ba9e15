"""Ask a colleague (journeys B4): on which day the message leaves, its reminder, the day that passes."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.delegation import answering, card
from bot.outbound.render import Defer, Message
from storage import ask as asks_
from storage.schedule import Due
from tests.bot.dialogue.lending import (
    CLOSES,
    asks,
    hands_all,
    home_of,
    invited,
    over,
    passed_on,
    processes,
    row,
    says,
    shown,
)
from tests.bot.dialogue.stage import (
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Stage,
    elements,
)


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
