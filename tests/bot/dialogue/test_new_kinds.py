"""Stories of what D04 to D15 brought: records, the board, points, halves, grids, follow-ups at once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from flows.project import Person
from storage import dialogue as dialogues
from storage import person as kept
from storage.tables import record
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, SOFIA, START, Hand, Stage, plain

CLOSES = date(2026, 3, 29)


async def has(stage: Stage, prefix: str, kind: str, *titles: str, **fields: Any) -> None:
    """Records that other dialogues have left, numbered from 1."""

    def put(conn: Any) -> None:
        for number, title in enumerate(titles, start=1):
            row = {
                "workspace": "T1", "project_id": stage.project, "prefix": prefix, "kind": kind,
                "number": number, "title_en": title, "title_fr": title, "status": "open",
                "given_status": "open", "restricted": False, "fields": fields, "source_dialogue": "",
                "source_question": "", "source_respondent": "", "source_item": f"i{number}", "asked_by": 0,
                "created_at": START, "changed_at": START,
            }  # fmt: skip
            conn.execute(insert(record), row)

    await stage.run(put)


async def sent(stage: Stage, flow: str, *people: str, part: str = "") -> str:
    run = await stage.opens(flow, people=people, closes_on=CLOSES)
    if part:
        await stage.run(dialogues.send_part, workspace="T1", id=run, part=part)
    return run


async def at_the_board(stage: Stage, needs: int = 3) -> Hand:
    await has(stage, "REQ", "need", *(f"Need number {n}" for n in range(1, needs + 1)))
    return await stage.hand(ELODIE).opens(await sent(stage, "D11", ELODIE, part="W06"))


def shown(hand: Hand, start: str) -> list[str]:
    """The fields whose ids begin so."""
    return [b["block_id"] for b in hand.view["blocks"] if str(b.get("block_id", "")).startswith(start)]


async def puts_off_until(hand: Hand, table: str) -> None:
    """Every question on the way is left for later, until the screen with this table."""
    while not shown(hand, f"a:{table}"):
        for question in [block.split(":")[1] for block in shown(hand, "x:")]:
            await hand.chooses(f"dialogue.exit:{question}", "later")
        await hand.sends()


async def test_the_board_shows_its_boxes_as_needs_are_placed(stage: Stage) -> None:
    elodie = await at_the_board(stage)
    assert "*Must have* · 0" in elodie.text
    assert "3 needs still to place." in elodie.text
    await place(elodie, {"REQ-1": "M", "REQ-2": "W"})
    assert "*Must have* · 1\n• REQ-1 Need number 1" in elodie.text
    assert "1 need still to place." in elodie.text
    await elodie.sends()
    assert list(elodie.errors.values()) == ["Still to place: 1."]
    assert next(iter(elodie.errors)).endswith(":REQ-3")
    await place(elodie, {"REQ-3": "S"})
    await elodie.sends()
    assert "REQ-1 Need number 1 — How big is this need?" in elodie.text
    assert "REQ-3 Need number 3 — How big is this need?" in elodie.text


async def place(hand: Hand, places: dict[str, str]) -> None:
    for need, box in places.items():
        block = next(b for b in hand.view["blocks"] if str(b.get("block_id", "")).endswith(f":{need}"))
        hand.typed.setdefault(hand.stack[-1], {})[block["block_id"]] = {
            "selected_option": next(o for o in block["element"]["options"] if o["value"] == box)
        }
        await hand._act({"action_id": block["element"]["action_id"], "type": "static_select"})


async def test_sizes_show_what_the_must_haves_weigh_and_the_reason_is_asked_of_them_only(
    stage: Stage,
) -> None:
    elodie = await at_the_board(stage)
    await place(elodie, {"REQ-1": "M", "REQ-2": "W", "REQ-3": "S"})
    await elodie.sends()
    await elodie.fills({"NEE03@REQ-1": "8", "NEE03@REQ-2": "5", "NEE03@REQ-3": "3"}).sends()
    assert "REQ-1 Need number 1 — What happens at go-live without it?" in elodie.text
    await elodie.fills({"NEE04@REQ-1": "We call blind"}).sends()
    assert "REQ-3 Need number 3 — What happens" not in elodie.text
    again = await stage.hand(ELODIE).opens(elodie_run(elodie), action="dialogue.open")
    await again.presses("Back")
    for _ in range(2):
        await again.presses("Back")
    assert "Effort of the must-haves: 8 of 11, that is 73%. More than 60% leaves no room." in again.text
    await place(again, {"REQ-3": "W"})
    assert "8 of 8, that is 100%" in again.text
    await again.sends()
    assert "100% of the effort is in the must-haves" in again.text
    assert "Press again to keep your choice." in again.text


def elodie_run(hand: Hand) -> str:
    import json  # noqa: PLC0415

    return str(json.loads(hand.view["private_metadata"])["d"])


async def test_a_long_board_turns_its_pages_and_forgets_nothing(stage: Stage) -> None:
    elodie = await at_the_board(stage, needs=45)
    assert "1 to 40 of 45" in elodie.text
    await place(elodie, {f"REQ-{n}": "C" for n in range(1, 41)})
    await elodie.presses("Next page")
    assert "41 to 45 of 45" in elodie.text
    assert "*Could have* · 40" in elodie.text
    assert "… and 28 more" in elodie.text
    await place(elodie, {f"REQ-{n}": "M" for n in range(41, 46)})
    await elodie.sends()
    value = (await stage.answers(elodie_run(elodie)))["NEE02"][""]
    assert (len(value), value["REQ-1"], value["REQ-45"]) == (45, "C", "M")


async def test_points_say_what_is_left_and_101_is_refused_with_both_numbers(stage: Stage) -> None:
    await has(stage, "REQ", "need")
    run = await sent(stage, "D11", ELODIE, part="W06")
    elodie = await stage.hand(ELODIE).opens(run)
    for _ in range(5):
        question = next(b for b in shown(elodie, "q:")).split(":")[1]
        await elodie.fills({question: "required"}).sends()
    assert "Given: 0 of 100. Left to give: 100." in elodie.text
    elodie.fills({"NEE17:k1": 30, "NEE17:k2": 30})
    await elodie.presses("Count again")
    assert "Given: 60 of 100. Left to give: 40." in elodie.text
    await elodie.fills({"NEE17:needs": 30, "NEE17:ease": 11}).sends()
    assert list(elodie.errors.values()) == ["These add up to 101: 1 too many."]
    await elodie.fills({"NEE17:ease": 10}).sends()
    assert elodie.view["title"]["text"] == "Check your answers"


@pytest.mark.parametrize("typed", ["2,5", "2.5"])
async def test_halves_are_typed_with_a_point_or_a_comma(stage: Stage, typed: str) -> None:
    run = await sent(stage, "D12", ELODIE, part="W07")
    elodie = await stage.hand(ELODIE).opens(run)
    await puts_off_until(elodie, "PLA05")
    await elodie.presses("Add a line")
    await elodie.fills({"task": "Clean", "weeks": typed}).sends()
    assert (await stage.answers(run))["PLA05"][""][0]["weeks"] == 2.5
    assert "*Clean* · Weeks: 2.5" in elodie.text
    await elodie.presses("Add a line")
    await elodie.fills({"task": "Load", "weeks": "2,3"}).sends()
    assert elodie.errors == {"c:weeks": "Weeks: A number such as 2 or 2.5."}


async def test_a_grid_has_every_line_at_once(stage: Stage) -> None:
    await has(stage, "VND", "vendor", "Nordsoft", attendees=[MARC], whole_team="yes")
    run = await sent(stage, "D14", ELODIE)
    elodie = await stage.hand(ELODIE).opens(run)
    await elodie.sends()
    assert "K3 Chat, AI: What was shown" in elodie.text
    for criterion in ("K1", "K2", "K3", "K4", "K5"):
        elodie.fills({f"VEN07@VND-1:{criterion}:level": "seen"})
    await elodie.fills({"VEN07@VND-1:K2:note": "On stage"}).sends()
    rows = (await stage.answers(run))["VEN07@VND-1"][""]
    assert [row["criterion"] for row in rows] == ["K1", "K2", "K3", "K4", "K5"]
    assert rows[1]["note"] == "On stage"


async def test_a_warning_about_a_line_is_said_before_it_is_kept(stage: Stage) -> None:
    run = await sent(stage, "D14", ELODIE)
    elodie = await stage.hand(ELODIE).opens(run)
    await elodie.presses("Add a line")
    session = {"vendor": "Sudware", "date": "2026-02-20", "scenarios": "A call", "whole_team": "yes"}
    await elodie.fills(session).sends()
    assert "The goals are not shared yet." in elodie.text
    assert "VEN01" not in await stage.answers(run)
    await elodie.sends()
    assert (await stage.answers(run))["VEN01"][""][0]["vendor"] == "Sudware"


async def test_a_follow_up_comes_as_soon_as_its_cause_is_chosen(stage: Stage) -> None:
    run = await sent(stage, "D05", MARC)
    marc = await stage.hand(MARC).opens(run)
    assert not shown(marc, "q:ANX01a")
    await marc.chooses("dialogue.choose:ANX01", "needed")
    assert shown(marc, "q:ANX01a")
    assert "Asked because you answered: Needed now." in marc.text
    await marc.chooses("dialogue.choose:ANX01", "not_needed")
    assert not shown(marc, "q:ANX01a")
    assert shown(marc, "q:ANX01e")


async def test_a_follow_up_of_a_text_comes_on_the_same_screen_once_it_is_sent(stage: Stage) -> None:
    await has(stage, "VND", "vendor", "Nordsoft", attendees=[INES], whole_team="yes")
    ines = await stage.hand(INES).opens(await sent(stage, "D14", INES))
    await ines.fills({"VEN03@VND-1": "4", "VEN04@VND-1": "2"}).sends()
    await ines.fills({"VEN05@VND-1": "Notes by voice"}).sends()
    assert "VND-1 Nordsoft — What does it change?" in ines.text
    await ines.fills({"VEN05a@VND-1": "nothing"}).sends()
    assert ines.view["title"]["text"] == "Check your answers"


async def test_every_screen_names_its_dialogue_its_reason_and_who_will_see(stage: Stage) -> None:
    run = await sent(stage, "D08", CLAIRE)
    claire = await stage.hand(CLAIRE).opens(run)
    assert "Pay and incentives" in claire.text
    assert (
        "*Confidential.* Only the sponsor, the HR contact, the project lead and the facilitator can see this."
        in claire.text
    )
    assert "The starting point of any revision." in claire.text


async def test_neither_side_of_a_process_sees_the_other_before_it_closes(stage: Stage) -> None:
    """Planned and lived stand side by side, each with its author, once the dialogue is closed (D04)."""
    run = await sent(stage, "D04", MARC, INES)
    for user, lived in ((MARC, "Three days"), (INES, "Never")):
        hand = await stage.hand(user).opens(run)
        await hand.fills({"PRO01": "sales", "PRO04": "old", "PRO03": "Between two tools"}).sends()
        await hand.presses("Add a line")
        step = {"step": "Quote", "planned": "Same day", "lived": lived, "severity": "4"}
        await hand.fills(step).sends()
    ines = await stage.hand(INES).opens(run)
    assert "Three days" not in ines.text
    early = await stage.hand(INES).opens(run, action="results.open")
    assert "Three days" not in early.text
    await stage.run(dialogues.close, workspace="T1", id=run, by=ELODIE, now=stage.calendar.now())
    late = await stage.hand(INES).opens(run, action="results.open")
    assert "*Quote* · *Marc Delorme*" in late.text
    assert "*What is planned*\nSame day" in late.text
    assert "*What really happens*\nThree days" in late.text
    assert "*What really happens*\nNever" in late.text


async def test_results_turn_their_pages_and_leave_nothing_out(stage: Stage) -> None:
    run = await sent(stage, "D12", ELODIE, part="W07")
    risks = [
        {"cause": f"Cause {n}", "family": "1", "likelihood": 3, "impact": 3, "id": f"1.{n}"}
        for n in range(30)
    ]
    tasks = [{"task": f"Task {n}", "weeks": 1, "id": f"1.{n}"} for n in range(30)]
    await stage.run(_answered, run=run, PLA02=risks, PLA05=tasks)
    await stage.run(dialogues.close, workspace="T1", id=run, by=ELODIE, now=stage.calendar.now())
    marc = await stage.hand(MARC).opens(run, action="results.open")
    assert "Page 1 of 2" in marc.text
    first = marc.text
    await marc.presses("Next page")
    assert "Page 2 of 2" in marc.text
    both = first + marc.text
    assert all(f"*Cause {n}*" in both and f"*Task {n}*" in both for n in range(30))


def _answered(conn: Any, *, run: str, **answers: Any) -> None:
    from storage.tables import answer  # noqa: PLC0415

    for question, value in answers.items():
        conn.execute(
            insert(answer).values(
                workspace="T1", dialogue_id=run, question=question, respondent="", version=1, author=ELODIE,
                value=value, at=START, restricted=False, shared=True, compared=False,
            )
        )  # fmt: skip


async def three_lines(stage: Stage) -> tuple[str, Hand]:
    run = await sent(stage, "D12", ELODIE, part="W07")
    elodie = await stage.hand(ELODIE).opens(run)
    for cause in ("First", "Second", "Third"):
        await elodie.presses("Add a line")
        await elodie.fills({"cause": cause, "family": "1", "likelihood": "3", "impact": "3"}).sends()
    return run, elodie


async def causes(stage: Stage, run: str) -> list[str]:
    return [row["cause"] for row in (await stage.answers(run))["PLA02"][""]]


async def test_lines_move_and_keep_their_numbers(stage: Stage) -> None:
    run, elodie = await three_lines(stage)
    before = {row["cause"]: row["id"] for row in (await stage.answers(run))["PLA02"][""]}
    await elodie.chooses(f"dialogue.line.menu:PLA02:{before['Third']}", "up")
    await elodie.chooses(f"dialogue.line.menu:PLA02:{before['First']}", "down")
    assert await causes(stage, run) == ["Third", "First", "Second"]
    assert {row["cause"]: row["id"] for row in (await stage.answers(run))["PLA02"][""]} == before


async def test_a_line_removed_is_put_back_where_it_stood_with_its_number(stage: Stage) -> None:
    run, elodie = await three_lines(stage)
    before = (await stage.answers(run))["PLA02"][""]
    await elodie.chooses(f"dialogue.line.menu:PLA02:{before[1]['id']}", "remove")
    await elodie.sends()  # what it withdraws was read
    assert "Line removed." in elodie.text
    assert await causes(stage, run) == ["First", "Third"]
    await elodie.presses("Undo")
    assert (await stage.answers(run))["PLA02"][""] == before


async def test_a_line_removed_by_somebody_else_keeps_what_is_typed(stage: Stage) -> None:
    run = await sent(stage, "D05", MARC, ELODIE)

    async def at_others(user: str) -> Hand:
        hand = await stage.hand(user).opens(run)
        await puts_off_until(hand, "ANX07")
        return hand

    marc = await at_others(MARC)
    await marc.presses("Add a line")
    await marc.fills({"title": "New phones"}).sends()
    elodie = await at_others(ELODIE)
    line = (await stage.answers(run))["ANX07"][""][0]["id"]
    await marc.chooses(f"dialogue.line.menu:ANX07:{line}", "change")
    await elodie.chooses(f"dialogue.line.menu:ANX07:{line}", "remove")
    await elodie.sends()
    await marc.fills({"title": "New phones and headsets"}).sends()
    assert "This line was removed meanwhile. Keeping yours adds it again." in marc.text
    assert "New phones and headsets" in str(marc.view["blocks"])
    await marc.sends()
    assert [row["title"] for row in (await stage.answers(run))["ANX07"][""]] == ["New phones and headsets"]


async def test_a_long_table_turns_its_pages(stage: Stage) -> None:
    run = await sent(stage, "D12", ELODIE, part="W07")
    risks = [
        {"cause": f"Cause {n}", "family": "1", "likelihood": 3, "impact": 3, "id": f"1.{n}"}
        for n in range(25)
    ]
    await stage.run(_answered, run=run, PLA02=risks)
    elodie = await stage.hand(ELODIE).opens(run)
    await elodie.presses("Back")
    assert "1 to 20 of 25" in elodie.text
    assert "Cause 24" not in elodie.text
    await elodie.presses("Next page")
    assert "21 to 25 of 25" in elodie.text
    assert "25. *Cause 24*" in elodie.text


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ({"is_bot": True}, "A bot cannot hold this role. Choose a person."),
        ({"deleted": True}, "This account is closed. Choose somebody else."),
    ],
)
async def test_a_bot_or_somebody_who_left_is_refused_under_the_field(
    stage: Stage, flags: dict[str, bool], sentence: str
) -> None:
    gone = Person(workspace="T1", user="UGONE", name="Gone", fetched_at=START, **flags)
    await stage.run(kept.remember, person=gone)
    run, elodie = await three_lines(stage)
    await elodie.presses("Add a line")
    line = {"cause": "Fourth", "family": "1", "likelihood": "3", "impact": "3", "owner": "UGONE"}
    await elodie.fills(line).sends()
    assert elodie.errors == {"c:owner": sentence}
    await elodie.fills({"owner": SOFIA}).sends()
    assert len(await causes(stage, run)) == 4


async def test_a_date_that_is_past_is_refused_under_the_date(stage: Stage) -> None:
    run = await sent(stage, "D05", MARC)
    marc = await stage.hand(MARC).opens(run)
    await puts_off_until(marc, "ANX07")
    await marc.presses("Add a line")
    await marc.fills({"title": "Phones", "due": "2026-01-01"}).sends()
    assert list(marc.errors) == ["c:due"]
    assert "this date is past. Choose today or later." in marc.errors["c:due"]


async def test_everything_of_a_record_that_is_gone_is_kept_and_said(stage: Stage) -> None:
    """A need is withdrawn while somebody answers about it: nothing breaks, nothing is lost."""
    elodie = await at_the_board(stage)
    await place(elodie, {"REQ-1": "M", "REQ-2": "M", "REQ-3": "S"})
    await elodie.sends()
    elodie.fills({"NEE03@REQ-1": "8", "NEE03@REQ-2": "5", "NEE03@REQ-3": "3"})
    await stage.run(_withdrawn)
    await elodie.sends()
    answers = await stage.answers(elodie_run(elodie))
    assert answers["NEE03@REQ-1"] == {"": "8"}
    assert answers["NEE03@REQ-3"] == {"": "3"}
    titles = [plain(elodie.view["title"])]
    assert titles == ["Without it"]
    assert "REQ-2" not in elodie.text


def _withdrawn(conn: Any) -> None:
    from sqlalchemy import update  # noqa: PLC0415

    conn.execute(
        update(record)
        .where(record.c.workspace == "T1", record.c.prefix == "REQ", record.c.number == 2)
        .values(status="withdrawn")
    )
