"""Stories of tables filled line by line, alone and by two people at once (journeys 1.3, B4)."""

from datetime import date

from storage import dialogue as dialogues
from tests.bot.dialogue.stage import CLAIRE, MARC, Hand, Stage, elements

CLOSES = date(2026, 1, 29)
RETENTION = {
    "statement": "Keep our customers", "indicator": "Retention rate", "target": "92%", "due": "2027-01-31",
}  # fmt: skip
REACTION = {"statement": "Answer faster", "indicator": "First reply", "target": "1 day", "due": "2026-12-31"}


async def at_goals(stage: Stage, user: str, goals: str) -> Hand:
    """The list of strategic goals, with the screens before it answered."""
    hand = await stage.hand(user).opens(goals)
    if "One year after" in hand.text:
        await hand.fills({"OBJ01": "They are called back."}).sends()
    return hand


async def test_a_line_is_typed_in_a_form_over_the_list_and_shown_in_it(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC, CLAIRE], closes_on=CLOSES)
    marc = await at_goals(stage, MARC, goals)
    assert "0 lines, 1 needed" in marc.text
    await marc.presses("Add a line")
    assert "Keep this line" in marc.text
    await marc.fills(RETENTION).sends()
    assert len(marc.stack) == 1
    assert "*Keep our customers* · How we will see it: Retention rate · Target: 92% · By when:" in marc.text
    assert "1 line, 1 needed" in marc.text
    await marc.sends()
    assert "operational goals" in marc.text


async def test_a_missing_cell_is_said_under_its_field(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    await marc.fills({"statement": "Keep our customers"}).sends()
    assert set(marc.errors) == {"c:indicator", "c:target", "c:due"}


async def test_later_on_a_table_that_is_answered_says_when_it_reminds(stage: Stage) -> None:
    """The lines stay where they are: somebody of the team has written them."""
    goals = await stage.opens("D02", people=[MARC, CLAIRE], closes_on=date(2026, 3, 1))
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    await marc.fills(RETENTION).sends()
    claire = await at_goals(stage, CLAIRE, goals)
    await claire.chooses("dialogue.exit:OBJ02", "later")
    assert "Kept for later. Two reminders, on" in claire.text
    assert "Keep our customers" in claire.text


async def test_lines_are_kept_although_more_are_needed(stage: Stage) -> None:
    """Leaving in the middle of a table loses nothing."""
    setup = await stage.opens("D01", people=["UELODIE"])
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    assert setup
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    await marc.fills(RETENTION).sends()
    again = await stage.hand(MARC).opens(goals)
    assert "operational goals" in again.text  # one is enough for this table
    await again.presses("Back")
    assert "Keep our customers" in again.text


async def test_a_line_is_changed_doubled_and_removed(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    await marc.fills(RETENTION).sends()
    await marc.chooses("dialogue.line.menu", "duplicate")
    assert "2 lines" in marc.text
    await marc.chooses("dialogue.line.menu", "change")
    await marc.fills({**RETENTION, "statement": "Keep and know our customers"}).sends()
    assert "Keep and know our customers" in marc.text
    await marc.chooses("dialogue.line.menu", "remove")
    assert marc.view["title"]["text"] == "What this changes"
    assert "Goes:\n• *Keep and know our customers*" in marc.text
    assert "Comes:" not in marc.text  # a line that stays is not told again
    assert "Withdrawn (2)" in marc.text  # the goal, and the open point for its missing baseline
    await marc.sends()
    assert "1 line, 1 needed" in marc.text


async def test_two_people_adding_lines_lose_none(everywhere: Stage) -> None:
    goals = await everywhere.opens("D02", people=[MARC, CLAIRE], closes_on=CLOSES)
    marc, claire = await at_goals(everywhere, MARC, goals), await at_goals(everywhere, CLAIRE, goals)
    await marc.presses("Add a line")
    await claire.presses("Add a line")
    await marc.fills(RETENTION).sends()
    await claire.fills(REACTION).sends()
    assert "Keep our customers" in claire.text
    assert "Answer faster" in claire.text
    value = (await everywhere.answers(goals))["OBJ02"][""]
    assert [row["statement"] for row in value] == ["Keep our customers", "Answer faster"]


async def test_17_two_people_changing_one_line_see_each_others_text_and_choose(everywhere: Stage) -> None:
    goals = await everywhere.opens("D02", people=[MARC, CLAIRE], closes_on=CLOSES)
    marc = await at_goals(everywhere, MARC, goals)
    await marc.presses("Add a line")
    await marc.fills(RETENTION).sends()
    claire = await at_goals(everywhere, CLAIRE, goals)
    if "strategic" not in claire.text:
        await claire.presses("Back")
    await marc.chooses("dialogue.line.menu", "change")
    await claire.chooses("dialogue.line.menu", "change")
    await claire.fills({**RETENTION, "statement": "Keep them all"}).sends()
    await marc.fills({**RETENTION, "statement": "Keep the large ones"}).sends()
    assert "Claire Vasseur* changed this line meanwhile." in marc.text
    assert marc.view["submit"]["text"] == "Replace"  # not "Keep this line": whose?
    assert "Keep them all" in marc.text
    field = next(b for b in marc.view["blocks"] if b.get("block_id") == "c:statement")
    assert field["element"]["initial_value"] == "Keep the large ones"
    assert (await everywhere.answers(goals))["OBJ02"][""][0]["statement"] == "Keep them all"
    await marc.sends()
    assert (await everywhere.answers(goals))["OBJ02"][""][0]["statement"] == "Keep the large ones"


async def test_17_the_second_of_two_on_one_shared_field_sees_the_first_and_chooses(everywhere: Stage) -> None:
    setup, elodie = await form_of_two(everywhere)
    second = everywhere.hand("UELODIE")
    everywhere.slack.views["V90"] = elodie.view
    second.stack = ["V90"]
    await elodie.fills(COMPANY).sends()
    # the same person in two windows, as two people would be: the form is shared
    second.view["private_metadata"] = second.view["private_metadata"].replace('"n":"', '"n":"0')
    await second.fills({**COMPANY, "SET04": "lt50"}).sends()
    assert (
        "Élodie Martin* answered this on Mon 19 Jan, 10:00. Keep it, or replace it with yours?" in second.text
    )
    assert "50 to 249" in second.text
    assert (await everywhere.answers(setup))["SET04"] == {"": "50_249"}
    await second.presses("Replace")
    assert (await everywhere.answers(setup))["SET04"] == {"": "lt50"}


async def test_17_keeping_the_others_text_puts_it_into_the_field(stage: Stage) -> None:
    _, elodie = await form_of_two(stage)
    second = stage.hand("UELODIE")
    stage.slack.views["V90"] = elodie.view
    second.stack = ["V90"]
    await elodie.fills(COMPANY).sends()
    second.view["private_metadata"] = second.view["private_metadata"].replace('"n":"', '"n":"0')
    await second.fills({**COMPANY, "SET04": "lt50"}).sends()
    await second.presses("Keep")
    kept = {
        b["block_id"].split(":")[1]: b["element"]["initial_option"]["value"]
        for b in second.view["blocks"]
        if b["type"] == "input" and "initial_option" in b["element"]
    }
    assert kept["SET04"] == "50_249"
    assert not [e for e in elements(second.view) if e["action_id"].startswith("dialogue.keep")]


COMPANY = {"SET04": "50_249", "SET05": "varied", "SET06": "complex_b2b", "SET07": "mixed"}


async def form_of_two(stage: Stage) -> tuple[str, Hand]:
    """The set-up at its second screen, everything on it answered once before."""
    setup = await stage.opens("D01", people=["UELODIE"])
    elodie = await stage.hand("UELODIE").opens(setup)
    first = {"SET01": "Boréal", "SET02": "first", "SET20": "fr", "SET18": "2026-01-12"}
    await elodie.fills(first).sends()
    await elodie.fills({**COMPANY, "SET04": "250_999"}).sends()
    again = await stage.hand("UELODIE").opens(setup)
    await again.presses("Back")
    return setup, again


async def test_a_form_for_a_line_sent_twice_adds_it_once(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    twin = stage.hand(MARC)
    twin.stack = list(marc.stack)
    await marc.fills(RETENTION).sends()
    await twin.fills(RETENTION).sends()
    assert len((await stage.answers(goals))["OBJ02"][""]) == 1


async def test_a_table_is_closed_with_its_dialogue(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[MARC], closes_on=CLOSES)
    marc = await at_goals(stage, MARC, goals)
    await marc.presses("Add a line")
    await stage.run(dialogues.close, workspace="T1", id=goals, by="UELODIE", now=stage.calendar.now())
    await marc.fills(RETENTION).sends()
    assert list(marc.errors.values()) == ["This dialogue is closed. Your answers are kept."]
    assert "OBJ02" not in await stage.answers(goals)
