"""Each of D01 to D15 has its four ways in the stories: to the end, branching, leaving a question, changing.

The stories are played by the pure core and by people in the sandbox; D07 is asked in one anonymous sitting,
and its ways are tests by name.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.dialogue.model import Flow
from flows.playbook import Playbook
from tests.flows.test_stories import FILES, read

Step = dict[str, Any]
WAYS = {"to the end", "branching", "leaving", "changing"}
#: D07 keeps nothing before it is sent and cannot be changed afterwards: that is its way of "changing".
WAVE = "D07"
SITTING = {
    "to the end": ("end_to_end/test_attack.py", "test_nothing_that_is_kept_or_passes"),
    "branching": ("bot/waves/test_coach.py", "test_the_coach_is_coloured_for_a_heavy_answer"),
    "leaving": ("bot/waves/test_screens.py", "test_an_anonymous_scale_ends_with_no_answer"),
    "changing": ("bot/waves/test_ballot.py", "test_20_closing_before_sending_keeps_nothing"),
}


def ways(flow: Flow, steps: list[Step]) -> Iterator[str]:
    """Which ways these steps go."""
    hanging = {q.id for q in flow.questions if q.conditional or q.per or q.part or q.options_from}
    said: dict[Any, Any] = {}
    for step in steps:
        found = step.get("expect", {})
        if {"asks", "silent"} & found.keys():
            yield "branching"
        if "problem" in found or ({"warning", "consequences"} & found.keys() and not step.get("confirmed")):
            continue
        if found.get("finished") or found.get("screen", "") is None:
            yield "to the end"
        if step["does"] == "exit":
            yield "leaving"
        if not hanging and {"records", "gone"} & found.keys():
            yield "branching"  # what is recorded hangs on the answer, where no question does
        for id, value in step.get("values", {}).items() if step["does"] == "submit" else ():
            question = flow.question(id)
            assert question is not None, id
            if id.partition("@")[0] in hanging:
                yield "branching"
            key = id if question.shared else (step["who"], id)
            if said.setdefault(key, value) != value:
                yield "changing"
            said[key] = value


@pytest.mark.parametrize("id", [f"D{n:02}" for n in range(1, 16) if f"D{n:02}" != WAVE])
def test_a_dialogue_has_its_four_ways(playbook: Playbook, id: str) -> None:
    stories = [story for file in FILES if (story := read(file))["flow"] == id]
    gone = {way for story in stories for way in ways(playbook.flows[id], story["steps"])}
    assert gone == WAYS


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_anonymous_dialogue_has_its_four_ways(way: str) -> None:
    file, name = SITTING[way]
    tree = ast.parse((Path(__file__).parents[1] / file).read_text("utf-8"))
    tests = [one.name for one in ast.walk(tree) if isinstance(one, ast.AsyncFunctionDef)]
    assert any(one.startswith(name) for one in tests)
