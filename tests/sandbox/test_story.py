"""The story of the example company as data, and how its people fill what reaches them."""

from datetime import date
from typing import Any

from sandbox.scenarios.habits import Habits
from sandbox.scenarios.story import script

TODAY = date(2026, 1, 12)
DATA: dict[str, Any] = {
    "people": {"ana": {"after": 0, "leans": 5}},
    "moods": {2: 0, 9: -5},
    "worries": ["B01"],
    "chooses": {"C07b": {2: "untested", 8: "confirmed"}, "spoken": {9: "spoken"}},
    "writes": {"P06": {"ana": ["An hour."]}, "text": {"ana": ["First.", "Second."]}},
}


def habits(week: int) -> Habits:
    return Habits(url="", data=DATA, week=week)


def field(kind: str, id: str, *values: str, optional: bool = False) -> dict[str, Any]:
    element = {"type": kind, "action_id": "a", "options": [{"value": value} for value in values]}
    return {"type": "input", "block_id": id, "optional": optional, "element": element}


def test_people_stand_where_they_lean_and_worries_read_the_other_way() -> None:
    scale = ("1", "2", "3", "4", "5", "none")
    blocks = [field("radio_buttons", "P01", *scale), field("radio_buttons", "B01", *scale)]
    before, after = (habits(week).filled("ana", blocks, TODAY) for week in (2, 9))
    assert int(before["P01"]["a"]) >= 4 > int(after["P01"]["a"]) == 1
    assert int(before["B01"]["a"]) <= 2 < int(after["B01"]["a"]) == 5


def test_what_they_choose_changes_from_a_week_on() -> None:
    blocks = [
        field("radio_buttons", "C07b@ASM-1", "untested", "confirmed"),
        field("checkboxes", "spoken", "spoken", optional=True),
        field("radio_buttons", "C06a@SID-1", "moving", "stuck"),
    ]
    assert habits(2).filled("ana", blocks, TODAY) == {
        "C07b@ASM-1": {"a": "untested"}, "C06a@SID-1": {"a": "moving"},
    }  # fmt: skip
    assert habits(9).filled("ana", blocks, TODAY) == {
        "C07b@ASM-1": {"a": "confirmed"}, "spoken": {"a": ["spoken"]}, "C06a@SID-1": {"a": "moving"},
    }  # fmt: skip


def test_words_are_said_once_where_they_may_be_left_out_and_again_where_they_may_not() -> None:
    mine, blocks = (
        habits(2),
        [field("plain_text_input", "P06", optional=True), field("plain_text_input", "text")],
    )
    said = [mine.filled("ana", blocks, TODAY) for _ in range(3)]
    assert [one.get("P06") for one in said] == [{"a": "An hour."}, None, None]
    assert [one["text"]["a"] for one in said] == ["First.", "Second.", "First."]
    other = [field("number_input", "n"), field("datepicker", "d"), field("plain_text_input", "t")]
    assert mine.filled("ana", other, TODAY) == {
        "n": {"a": "3"}, "d": {"a": "2026-01-26"}, "t": {"a": "…"},
    }  # fmt: skip


def test_every_week_of_the_story_has_its_title_in_both_languages() -> None:
    story = script("boreal")
    assert story is not None
    assert story["first"] + len(story["weeks"]) - 1 == 24
    assert all(week["title"]["en"] and week["title"]["fr"] for week in story["weeks"])
    assert script("empty") is None
    assert script("../boreal") is None
