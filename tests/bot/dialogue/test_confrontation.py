"""Planned and lived side by side, once D04 has closed and not before (D04, W03, N7)."""

from typing import Any

from sqlalchemy import insert

from storage import dialogue as dialogues
from storage import person as kept
from storage.tables import answer
from tests.bot.dialogue.stage import ELODIE, INES, MARC, PAUL, SOFIA, START, Hand, Stage, elements


async def describes(stage: Stage, run: str, user: str, area: str, *steps: dict[str, Any]) -> None:
    """Fills in their area, then each step in its own form, and sends."""
    hand = await stage.hand(user).opens(run)
    await hand.fills({"PRO01": area, "PRO04": "old", "PRO03": "Between two tools"}).sends()
    for step in steps:
        await hand.presses("Add a line")
        await hand.fills(step).sends()
    await hand.sends()


def step(name: str, lived: str, severity: int, **cells: Any) -> dict[str, Any]:
    return {"step": name, "planned": "Same day", "lived": lived, "severity": str(severity), **cells}


async def close(stage: Stage, run: str) -> None:
    await stage.run(dialogues.close, workspace="T1", id=run, by=ELODIE, now=stage.calendar.now())


async def both_sides(stage: Stage) -> str:
    run = await stage.opens("D04", people=[MARC, INES])
    quote = step("Quote", "Three days", 4, outside="Customers expect a chat")
    await describes(stage, run, MARC, "sales", quote, step("Order", "Same day", 1), step("Visit", "Late", 2))
    leads = step("Leads", "By mail", 3, owner=INES)
    await describes(stage, run, INES, "sales", step("quote", "Never", 1), leads, step("Offer", "Lost", 5))
    return run


async def read(stage: Stage, user: str, run: str) -> Hand:
    return await stage.hand(user).opens(run, action="confrontation.open")


async def test_while_it_is_open_nobody_reads_anothers_steps(stage: Stage) -> None:
    run = await both_sides(stage)
    for user in (MARC, INES, ELODIE, PAUL):
        early = await read(stage, user, run)
        assert "Answers are shown to the others once this closes, not before." in early.text
        assert "Three days" not in early.text


async def test_once_closed_planned_stands_beside_lived_by_area_and_differences_are_words(
    stage: Stage,
) -> None:
    run = await both_sides(stage)
    await close(stage, run)
    paul = await read(stage, PAUL, run)
    text = paul.text
    assert [text.index(area) for area in ("Marketing", "Sales", "After-sales")] == sorted(
        text.index(area) for area in ("Marketing", "Sales", "After-sales")
    )
    assert (
        "*Nobody has described this area.* Workshop W03 still needs here: 3 more steps and one change" in text
    )
    assert "5 steps · 4 with a gap · 1 with a change outside\nEnough here for workshop W03." in text
    assert "*Quote* · 2 descriptions · *seen differently*: from no gap to a serious gap" in text
    assert "Description 1 of 2 · *a serious gap* · *GAP-1* open · *no owner yet*" in text
    assert "*What is planned*\nSame day\n*What really happens*\nThree days" in text
    assert "Owner: Inès Rahmani" in text
    assert "Marc" not in text  # whose description it is stands with what came out, not here
    assert "*Order* · *no gap*" in text


async def test_each_gap_opens_and_the_way_leads_back_to_what_came_out(stage: Stage) -> None:
    run = await both_sides(stage)
    await close(stage, run)
    marc = await stage.hand(MARC).opens(run, action="results.open")
    await marc.presses("Planned and lived")
    assert len(marc.stack) == 1  # in the same place: the third page over it still has room
    await marc.presses("Open GAP-1")
    assert "*GAP-1*" in marc.text
    marc.stack.pop()
    await marc.presses("See what came out")
    assert "*Quote* · *Marc Delorme*" in marc.text


async def test_a_stranger_reads_nothing_and_a_broken_button_does_no_harm(stage: Stage) -> None:
    run = await both_sides(stage)
    await close(stage, run)
    for user, value in (("USTRANGER", run), (MARC, "nowhere"), (MARC, f"{run}:²"), (MARC, "")):
        hand = await stage.hand(user).opens(value, action="confrontation.open")
        assert ("Three days" in hand.text) is (value == f"{run}:²")


async def test_many_long_descriptions_turn_their_pages_and_leave_nothing_out(stage: Stage) -> None:
    run = await stage.opens("D04", people=[MARC, SOFIA])
    await stage.run(_said, run=run, lines=12)
    await close(stage, run)
    marc, seen = await read(stage, MARC, run), ""
    for page in range(1, 5):
        assert f"Page {page} of 4" in marc.text
        seen += marc.text
        if page < 4:
            await marc.presses("Next page")
    assert all(f"*Step {n:02}*" in seen for n in range(12))
    assert not [one for one in elements(marc.view) if one["action_id"] == "confrontation.open:on"]
    await marc.presses("Previous page")
    assert "Page 3 of 4" in marc.text


async def test_nobody_described_anything(stage: Stage) -> None:
    run = await stage.opens("D04", people=[MARC])
    await close(stage, run)
    marc = await read(stage, MARC, run)
    assert "Nobody has described a step: there is nothing to compare." in marc.text


async def test_in_french(stage: Stage) -> None:
    run = await both_sides(stage)
    await close(stage, run)
    await stage.run(kept.set_language, workspace="T1", user=PAUL, language="fr")
    text = (await read(stage, PAUL, run)).text
    assert "*avis différents* : de « pas d’écart » à « écart important »" in text
    assert (
        "*Personne n’a décrit ce domaine.* Pour l’atelier W03, il manque encore ici : 3 étapes de plus"
        in text
    )
    assert "*Ce qui est prévu*\nSame day" in text


def _said(conn: Any, *, run: str, lines: int) -> None:
    """Two long descriptions of each step, stored as turns would."""
    for user in (MARC, INES):
        rows = [
            {"id": f"1.{n}", "step": f"Step {n:02}", "planned": "é" * 1500, "lived": "à" * 1500,
             "outside": "ù" * 1500, "severity": 3}
            for n in range(lines)
        ]  # fmt: skip
        for question, value in (("PRO01", "sales"), ("PRO02", rows)):
            conn.execute(
                insert(answer).values(
                    workspace="T1", dialogue_id=run, question=question, respondent=user, author=user,
                    value=value, at=START, version=1, restricted=False, shared=False, compared=False,
                )
            )  # fmt: skip
