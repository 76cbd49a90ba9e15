"""Who was at a session with a vendor: said when it was held, and only they are asked what they saw (D14)."""

from datetime import UTC, datetime
from typing import Any

from flows.dialogue.events import Submitted
from flows.dialogue.path import path
from storage import dialogue as dialogues
from storage import plan
from storage.database import Connection
from tests.bot.surfaces.stage import BOREAL, ELODIE, HUGO, INES, KIM, SOFIA, START, WORKSPACE, Town, said
from tests.bot.surfaces.test_invitations import invited
from tests.bot.surfaces.test_plan import line
from tests.storage.scoping import take

STEP = "W09 Découverte d’une solution jeudi 12 février"
SESSIONS = [
    {"vendor": "Nord", "date": "2026-02-12", "scenarios": "Returns", "whole_team": "yes"},
    {"vendor": "Sud", "date": "2026-02-19", "scenarios": "Returns", "whole_team": "yes"},
]


def planned(conn: Connection, *, place: Town, project: str) -> str:
    """D14 is open, with two sessions in it. Its id."""
    opened: Any = {"flow": "D14", "opened_by": ELODIE, "closes_on": None, "now": START}
    run = dialogues.open(conn, workspace=WORKSPACE, project_id=project, **opened)
    event = Submitted(by=ELODIE, screen="sessions", values={"VEN01": SESSIONS}, at=START, confirmed=True)
    flows = place.parts.playbook.flows
    turn, _ = take(conn, flows=flows, project_id=project, id=run, event=event, workspace=WORKSPACE)
    assert turn.accepted, turn.problems
    return run


def asked(place: Town, run: str, user: str) -> set[str]:
    """The questions of D14 that this person is asked."""
    flows = place.parts.playbook.flows
    sheet = place.parts.db.read_sync(dialogues.sheet, workspace=WORKSPACE, id=run, person=user, flows=flows)
    assert sheet is not None
    return {question.id for screen in path(flows["D14"], sheet) for question in screen.questions}


async def test_those_who_were_at_a_session_are_asked_what_they_saw(place: Town) -> None:
    project = await invited(place)
    run = place.parts.db.run_sync(planned, place=place, project=project)
    place.until(datetime(2026, 2, 13, 10, 0, tzinfo=UTC))
    assert asked(place, run, INES) == {"VEN02@VND-1", "VEN02@VND-2"}
    elodie = await place.person(ELODIE).runs("/cadrage plan", channel=BOREAL)
    await elodie.presses("Il a eu lieu", on=line(elodie.modal, STEP))
    assert elodie.sees("Nord, jeudi 12 février : qui était là", "Sud, jeudi 19 février : qui était là")
    await elodie.sends()
    assert "Indiquez au moins une personne" in elodie.errors["VND-1"]
    await elodie.fills({"VND-1": [INES, SOFIA, KIM]}).sends()
    assert not elodie.errors
    assert asked(place, run, INES) == {
        "VEN02@VND-2", "VEN03@VND-1", "VEN04@VND-1", "VEN05@VND-1", "VEN06@VND-1",
    }  # fmt: skip
    assert asked(place, run, HUGO) == {"VEN02@VND-2"}, "not there: nothing to say of it"
    assert "VEN07@VND-1" in asked(place, run, ELODIE)
    steps = place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)
    assert [step.state for step in steps.values() if ".W09" in step.line] == ["sent"]


async def test_who_was_there_can_be_put_right(place: Town) -> None:
    project = await invited(place)
    run = place.parts.db.run_sync(planned, place=place, project=project)
    place.until(datetime(2026, 2, 13, 10, 0, tzinfo=UTC))
    for there in ([INES], [SOFIA]):
        elodie = await place.person(ELODIE).runs("/cadrage plan", channel=BOREAL)
        await elodie.presses("Il a eu lieu", on=line(elodie.modal, STEP))
        await elodie.fills({"VND-1": there}).sends()
        await elodie.runs("/cadrage plan", channel=BOREAL)
        await elodie.presses("Il n’a pas encore eu lieu", on=line(elodie.modal, STEP))
    assert "VEN03@VND-1" in asked(place, run, SOFIA)
    assert "VEN03@VND-1" not in asked(place, run, INES)


async def test_without_any_session_planned_the_workshop_is_simply_held(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 2, 13, 10, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).runs("/cadrage plan", channel=BOREAL)
    await elodie.presses("Il a eu lieu", on=line(elodie.modal, STEP))
    assert "tenu" in said(line(elodie.modal, STEP))
