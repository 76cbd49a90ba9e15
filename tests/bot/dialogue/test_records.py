"""Records of every kind: listed by kind, read in words, linked both ways with the answers they come from."""

from datetime import date
from typing import Any

import pytest

from bot.hub.kinds import KINDS, TITLES
from bot.words.text import words
from flows.dialogue.effects import Draft, Record, Source
from flows.dialogue.events import Submitted
from flows.dialogue.turn import Turn
from flows.words import Words
from storage import dialogue as dialogues
from storage import register
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, PAUL, SOFIA, WORKSPACE, Stage
from tests.storage.scoping import take

CLOSES = date(2026, 1, 29)
MOST = 12  # lines of one person
GAP = {
    "step": "Quote", "planned": "In the tool", "lived": "In a spreadsheet", "gap": "Two lists of prices",
    "risk": "Wrong prices sent", "severity": 4, "owner": SOFIA,
}  # fmt: skip


async def gaps(stage: Stage, n: int = 3) -> str:
    """Paul describes what really happens: gaps and risks."""
    run = await stage.opens("D04", people=[PAUL, INES])

    def answers(conn: Any) -> None:
        flows = stage.parts.playbook.flows
        keys = {q.id: screen.key for screen in flows["D04"].screens for q in screen.questions}
        for who, first, last in ((PAUL, 0, min(n, MOST)), (INES, MOST, n)):
            rows = [{**GAP, "gap": f"Two lists {i}"} for i in range(first, last)]
            screens: tuple[dict[str, Any], ...] = (
                {"PRO01": "service", "PRO04": "old", "PRO03": "At hand-over"}, {"PRO02": rows},
            )  # fmt: skip
            for values in screens if rows else ():
                screen = keys[next(iter(values))]
                event = Submitted(
                    by=who, screen=screen, values=values, at=stage.calendar.now(), confirmed=True
                )
                turn, _ = take(
                    conn, flows=flows, project_id=stage.project, id=run, event=event, workspace=WORKSPACE
                )
                assert turn.accepted, turn.problems

    await stage.run(answers)
    return run


async def closes(stage: Stage, run: str) -> None:
    await stage.run(dialogues.close, workspace=WORKSPACE, id=run, by=ELODIE, now=stage.calendar.now())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_has_a_title_that_fits(language: Any) -> None:
    assert {*KINDS} | {"mine"} == {*TITLES}
    assert all(len(words(language)(title)) <= 24 for title in TITLES.values())


async def test_own_answers_stay_out_of_the_register_until_their_dialogue_closes(stage: Stage) -> None:
    run = await gaps(stage)
    for user in (MARC, SOFIA, CLAIRE):
        found = await stage.hand(user).opens(f"{stage.project}:gap:0", "register.open")
        assert "Two lists" not in found.text
        one = await stage.hand(user).opens(f"{stage.project}:GAP-1", "record.open")
        assert "nothing there for you" in one.text
    mine = await stage.hand(SOFIA).opens(f"{stage.project}:mine:0", "register.open")
    assert "Two lists" not in mine.text, "her list waits too: the names come once it closes"
    paul = await stage.hand(PAUL).opens(f"{stage.project}:GAP-1", "record.open")
    assert "Two lists 0" in paul.text
    await closes(stage, run)
    found = await stage.hand(MARC).opens(f"{stage.project}:gap:0", "register.open")
    assert "GAP-1" in found.text
    mine = await stage.hand(SOFIA).opens(f"{stage.project}:mine:0", "register.open")
    assert "GAP-1" in mine.text


async def test_a_record_is_read_in_words_and_leads_to_the_answer(stage: Stage) -> None:
    run = await gaps(stage)
    await closes(stage, run)
    marc = await stage.hand(MARC).opens(f"{stage.project}:gap:0", "register.open")
    assert "Step: Quote" in marc.text, "a line names what it says"
    await marc.presses("Open")
    text = marc.text
    for said in (
        "GAP-1",
        "Two lists 0",
        "open",
        "Owner: Sofia Lindqvist",
        "Area",
        "After-sales",
        "Said by",
        "Paul Kermorgan",
    ):
        assert said in text
    assert "From: " in text
    assert "service" not in text.split("\n"), "no code is read"
    await marc.presses("See the answer")
    assert "What came out" in marc.text
    assert "Recorded: " in marc.text
    assert "GAP-1" in marc.text


async def test_the_check_page_names_what_ones_answers_recorded(stage: Stage) -> None:
    run = await gaps(stage)
    paul = await stage.hand(PAUL).opens(f"answers:{run}", "invitation.menu")
    assert "Recorded: GAP-1, GAP-2, GAP-3, RSK-1" in paul.text
    await paul.presses("See the records")
    assert "GAP-1" in paul.text
    assert "RSK-1" in paul.text


async def test_a_long_list_is_turned(stage: Stage) -> None:
    await closes(stage, await gaps(stage, n=23))
    marc = await stage.hand(MARC).opens(f"{stage.project}:gap:0", "register.open")
    assert "GAP-20" in marc.text
    assert "GAP-21" not in marc.text
    await marc.presses("Next 3")
    assert "GAP-23" in marc.text
    await marc.presses("Previous 20")
    assert "*GAP-1*" in marc.text


async def test_who_is_not_in_the_project_reads_nothing(stage: Stage) -> None:
    await closes(stage, await gaps(stage))
    for value, action in (
        (f"{stage.project}:GAP-1", "record.open"),
        (f"{stage.project}:gap:0", "register.open"),
    ):
        found = await stage.hand("USTRANGER").opens(value, action)
        assert "Two lists" not in found.text
    for odd in ("GAP-99", "GAP-", "x", "GAP-1; drop"):
        found = await stage.hand(MARC).opens(f"{stage.project}:{odd}", "record.open")
        assert "nothing there for you" in found.text


async def test_pay_is_under_review_for_those_who_may_not_read_of_it(stage: Stage) -> None:
    run = await stage.opens("D05", people=[MARC], closes_on=CLOSES)

    def record(conn: Any) -> None:
        flows = stage.parts.playbook.flows
        sheet = dialogues.sheet(conn, workspace=WORKSPACE, id=run, person=MARC, flows=flows)
        assert sheet is not None
        fields = {"topic": "pay", "choice": "needed"}
        draft = Draft(
            kind="annex", item="pay", title=Words.same("Pay"), restricted=True, owner=MARC, fields=fields
        )
        source = Source(dialogue=run, question="ANX03", respondent="")
        turn = Turn(dialogue=sheet, effects=(Record(source=source, drafts=(draft,)),))
        dialogues.save(
            conn, workspace=WORKSPACE, project_id=stage.project, flow=flows["D05"], turn=turn,
            now=stage.calendar.now(),
        )  # fmt: skip

    await stage.run(record)
    paul = await stage.hand(PAUL).opens(f"{stage.project}:annex:0", "register.open")
    assert "SID-1* Pay · *under review*" in paul.text
    assert "Marc" not in paul.text
    found = await stage.hand(PAUL).opens(f"{stage.project}:SID-1", "record.open")
    assert "nothing there for you" in found.text
    marc = await stage.hand(MARC).opens(f"{stage.project}:annex:0", "register.open")
    assert "under review" not in marc.text
    assert register.place_of("SID-1") == ("SID", 1)
