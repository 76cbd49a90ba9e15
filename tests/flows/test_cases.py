"""Questions asked once per record, and conditions that read other dialogues."""

from dataclasses import replace
from typing import Any

import pytest

from flows.dialogue.cases import MOST_TOGETHER, alike, every, laid_out
from flows.dialogue.engine import advance, current, path, preview
from flows.dialogue.events import Submitted
from flows.dialogue.model import Case, Dialogue, Flow, Screen
from flows.dialogue.path import relevant
from flows.words import Words
from tests.flows.questions import NOON, answer, choice, condition, flow, question, sheet

SIZE = choice("QUE01", "single", "small", "large", per="need")


def need(number: int, title: str = "call back") -> Case:
    return Case(ref=f"REQ-{number}", title=Words.same(title), item=str(number))


def about(*numbers: int, **more: Any) -> Dialogue:
    return sheet(register={"need": tuple(need(number) for number in numbers)}, **more)


def keys(content: Flow, dialogue: Dialogue) -> list[str]:
    return [screen.key for screen in path(content, dialogue)]


def sends(content: Flow, dialogue: Dialogue, screen: str, **values: Any) -> Any:
    event = Submitted(by="UANA", screen=screen, values=values, at=NOON)
    return advance(content, dialogue, event, today=NOON.date())


def test_a_project_without_such_records_is_not_asked() -> None:
    assert path(flow(SIZE), sheet()) == ()
    assert path(flow(choice("QUE01", "moscow", options_from="need")), sheet()) == ()


def test_short_questions_about_records_share_screens() -> None:
    content, dialogue = flow(SIZE), about(*range(1, 7))
    assert keys(content, dialogue) == ["QUE01@REQ-1", "QUE01@REQ-5"]
    first = path(content, dialogue)[0]
    assert [q.id for q in first.questions] == [f"QUE01@REQ-{n}" for n in range(1, MOST_TOGETHER + 1)]
    assert first.questions[0].words.en == "REQ-1 call back — What about QUE01?"
    assert first.questions[0].short.en == "QUE01 (REQ-1)"
    assert [q.id for q in every(content, dialogue)] == [f"QUE01@REQ-{n}" for n in range(1, 7)]


def test_a_long_question_about_a_record_stands_alone() -> None:
    content = flow(question("QUE01", "long_text", per="need"))
    assert keys(content, about(1, 2)) == ["QUE01@REQ-1", "QUE01@REQ-2"]


def test_several_questions_about_a_record_share_its_screen() -> None:
    why = question("QUE02", per="need", show_if=(condition("QUE01", "is", "large"),))
    content = flow(SIZE, why, screens=(Screen(key="size", questions=(SIZE, why)),))
    dialogue = about(1, 2)
    assert keys(content, dialogue) == ["size@REQ-1", "size@REQ-2"]
    turn = sends(content, dialogue, "size@REQ-2", **{"QUE01@REQ-2": "large"})
    assert turn.accepted
    assert "QUE02@REQ-2" in relevant(content, turn.dialogue)
    assert "QUE02@REQ-1" not in relevant(content, turn.dialogue), "each record has its own answers"
    seen = preview(content, dialogue, "size@REQ-1", {"QUE01@REQ-1": "large"}, at=NOON)
    assert seen is not None
    assert [q.id for q in seen.questions] == ["QUE01@REQ-1", "QUE02@REQ-1"]


def test_an_answer_about_a_record_that_has_moved_to_another_screen_is_kept() -> None:
    """A record went while the person was typing: the screens have moved up by one."""
    content, dialogue = flow(SIZE), about(1, 3, 4, 5, 6)
    typed = {f"QUE01@REQ-{n}": "small" for n in (1, 2, 3, 4, 6)}
    turn = sends(content, dialogue, "QUE01@REQ-1", **typed)
    assert [p.question for p in turn.problems] == ["QUE01@REQ-5"], "the one that moved here is asked"
    turn = sends(content, dialogue, "QUE01@REQ-1", **typed, **{"QUE01@REQ-5": "large"})
    assert turn.accepted
    assert set(turn.dialogue.answers) == {f"QUE01@REQ-{n}" for n in (1, 3, 4, 5, 6)}
    gone = sends(content, dialogue, "QUE01@REQ-2", **{"QUE01@REQ-4": "small"})
    assert gone.accepted, "the screen is gone, what was typed about the others is not"


def test_a_new_record_opens_its_question() -> None:
    content = flow(SIZE)
    dialogue = about(1, answers={"QUE01@REQ-1": answer("small")})
    assert current(content, dialogue) is None
    both = replace(dialogue, register=about(1, 2).register)
    found = current(content, both)
    assert found is not None
    assert found.key == "QUE01@REQ-1"


def test_records_as_choices_are_named_and_cut() -> None:
    board = choice("QUE01", "moscow", options_from="need")
    long = sheet(register={"need": (need(1, "x" * 300),)})
    (screen,) = laid_out(flow(board), long)
    (option,) = screen.questions[0].options
    assert option.value == "REQ-1"
    assert len(option.label.en) == 210
    assert option.label.en.endswith("…")


def test_a_question_is_found_under_the_id_of_a_case() -> None:
    content = flow(SIZE, choice("QUE02"))
    found = content.question("QUE01@REQ-4")
    assert found is not None
    assert (found.id, found.kind) == ("QUE01@REQ-4", "single")
    assert content.question("QUE02@REQ-4") is None
    assert content.question("QUE09@REQ-4") is None


@pytest.mark.parametrize(
    ("test", "value", "known", "asked"),
    [
        ("is", "it", "it", True),
        ("is", "it", None, False),
        ("is_not", "it", None, False),
        ("in", ["it", "top"], "top", True),
        ("at_least", 3, 4, True),
        ("given", True, "anything", True),
    ],
)
def test_a_condition_may_read_another_dialogue(test: str, value: Any, known: Any, asked: bool) -> None:
    content = flow(question("QUE01", show_if=(condition("SET08", test, value),)))
    elsewhere = {} if known is None else {"SET08": known}
    assert bool(relevant(content, sheet(elsewhere=elsewhere))) == asked


def test_the_cases_of_one_sheet_serve_another_with_the_same_register() -> None:
    asked = flow(question("QUE01", per="need"))
    needs = {"need": (Case(ref="REQ-1", title=Words.same("a need"), item="a"),)}
    first = sheet(register=needs)
    other, stranger = replace(first, answers={}), sheet(register=dict(needs))
    found = every(asked, first)
    alike(first, other)
    alike(first, stranger)
    assert every(asked, other) is found
    assert every(asked, stranger) is not found
