"""Ask a colleague (journeys B4): whom one cannot ask, what a forged form gets, who sees what."""

import pytest

from bot.dialogue.load import Gesture, Who, scene
from bot.dialogue.place import Place
from flows.project import Person
from storage import person as kept
from tests.bot.dialogue.lending import LOST, asks, home_of, passed_on, processes, says
from tests.bot.dialogue.stage import (
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Stage,
)


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
