"""What a widget shows is what is read back, for every kind of question, and forged values are refused."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import board
from bot.dialogue.place import Place, unpacked
from bot.dialogue.scene import Scene
from bot.dialogue.typed import typed, under
from bot.dialogue.widgets import WIDGETS, Ask
from flows.dialogue import kinds
from flows.dialogue.model import Kind, Option, Question
from flows.playbook import Playbook, load
from flows.words import Words
from tests.bot.dialogue.stage import MARC, initial
from tests.bot.dialogue.test_screens import scene

OPTIONS = tuple(Option(value=f"o{n}", label=Words(f"Option {n}", f"Choix {n}")) for n in range(1, 5))
MANY = tuple(Option(value=f"o{n}", label=Words(f"Option {n}", f"Choix {n}")) for n in range(1, 31))
SCALE = tuple(Option(value=str(n), label=Words(f"Label {n}", f"Niveau {n}")) for n in range(1, 6))
VALUES: dict[Kind, tuple[Any, tuple[Option, ...]]] = {
    "text": ("A sentence", ()),
    "long_text": ("Two\nlines", ()),
    "single": ("o3", OPTIONS),
    "multi": (["o1", "o4"], OPTIONS),
    "scale5": (4, SCALE),
    "number": (12, ()),
    "date": ("2026-02-19", ()),
    "person": (MARC, ()),
    "people": ([MARC, "UINES"], ()),
    "ranking": (["o2", "o1", "o4", "o3"], OPTIONS),
    "points100": ({"o1": 10, "o2": 20, "o3": 30, "o4": 40}, OPTIONS),
    "moscow": ({"o1": "M", "o2": "S", "o3": "C", "o4": "W"}, OPTIONS),
}


@cache
def model() -> Question:
    return load().flows["D02"].questions[0]


def question(kind: Kind, options: tuple[Option, ...]) -> Question:
    return replace(model(), id="QUE01", kind=kind, options=options)


def shown(found: Scene, asked: Question, value: Any) -> dict[str, Any]:
    """The state Slack sends back when nobody touches what is preset."""
    if asked.kind == "moscow":
        blocks = board.drawn(found, asked, "q:QUE01:1", "", value, Place(dialogue="d"))
    else:
        ask = Ask(scene=found, asked=asked, block="q:QUE01:1", label="Q", now=value)
        blocks = WIDGETS[asked.kind].ask(ask)
    values = {
        b["block_id"]: {b["element"]["action_id"]: {"type": b["element"]["type"], **initial(b["element"])}}
        for b in blocks
        if b["type"] == "input"
    }
    return typed({"state": {"values": values}})


@pytest.mark.parametrize("kind", VALUES)
def test_what_is_shown_is_what_is_read_back(playbook: Playbook, kind: Kind) -> None:
    value, options = VALUES[kind]
    asked = question(kind, options)
    back = WIDGETS[kind].read(asked, under(shown(scene(playbook, "D02", "fr"), asked, value), "q:QUE01:1"))
    assert kinds.check(asked, back) == value


def test_every_kind_has_an_example() -> None:
    assert set(VALUES) | {"rows"} == set(WIDGETS)


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_more_than_ten_choices_open_in_a_list(playbook: Playbook, kind: Kind) -> None:
    asked = question(kind, MANY)
    value = "o25" if kind == "single" else ["o25"]
    back = WIDGETS[kind].read(asked, under(shown(scene(playbook, "D02", "en"), asked, value), "q:QUE01:1"))
    assert back == value


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
STATES = st.dictionaries(
    st.sampled_from(
        ["value", "selected_option", "selected_options", "selected_user", "selected_users", "type"]
    ),
    ANYTHING,
)


@settings(deadline=None)
@given(
    state=STATES, kind=st.sampled_from(sorted(VALUES)), part=st.sampled_from(["", ":1", ":o1", ":outside"])
)
def test_whatever_a_client_sends_back_is_judged_and_raises_nothing(state: Any, kind: Kind, part: str) -> None:
    """T11: everything in a payload is user input."""
    asked = question(kind, VALUES[kind][1])
    fields = typed({"state": {"values": {f"q:QUE01:1{part}": {"answer": state}}}})
    value = WIDGETS[kind].read(asked, under(fields, "q:QUE01:1"))
    if not kinds.empty(value):
        kinds.check(asked, value)


@settings(deadline=None)
@given(view=ANYTHING)
def test_a_forged_view_is_an_empty_one(view: Any) -> None:
    assert isinstance(typed(view if isinstance(view, dict) else {"state": view}), dict)


@settings(deadline=None)
@given(metadata=ANYTHING)
def test_a_forged_place_is_no_place(metadata: Any) -> None:
    found = unpacked(metadata)
    assert found is None or isinstance(found.dialogue, str)


def test_a_place_comes_back_as_it_was_packed() -> None:
    place = Place(
        dialogue="d", screen="people", seen={"SET10": 3}, nobody=("SET11",), asked=("SET12",), then="check",
        agreed="abc", question="OBJ02", line="1.1", page=2, extra={"exit": "later"},
    )  # fmt: skip
    assert unpacked(place.packed()) == place
    assert len(place.packed()) < 3000
