"""Whether an answer may be shown now, and to whom (0.6): each promise of a screen, over all content."""

import pytest

from flows.dialogue.model import Question
from flows.dialogue.visible import readable, waiting, withheld
from flows.playbook import Playbook


def asked(playbook: Playbook, id: str) -> Question:
    every = (q for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous))
    return next(question for question in every if question.id == id)


@pytest.mark.parametrize(
    ("question", "roles", "reads"),
    [
        ("OBJ05", (), True),  # open: the team and the sponsor, which is the page's to decide
        ("INC02", ("team",), False),
        ("INC02", ("team", "hr"), True),
        ("INC02", ("lead",), True),
        ("RTE12", ("lead", "sponsor"), False),  # the facilitator alone, as its screen says
        ("RTE12", ("facilitator",), True),
        ("BEL01", ("sponsor", "facilitator", "lead", "hr"), False),
    ],
)
def test_an_answer_is_read_by_those_the_screen_names(
    playbook: Playbook, question: str, roles: tuple[str, ...], reads: bool
) -> None:
    assert readable(asked(playbook, question), roles) is reads


def test_what_people_answer_for_themselves_waits_for_the_closing_and_forms_do_not(playbook: Playbook) -> None:
    own, form = asked(playbook, "OBJ05"), asked(playbook, "OBJ09")
    assert [withheld(own, is_open=True), withheld(own, is_open=False)] == [True, False]
    assert [withheld(form, is_open=True), withheld(form, is_open=False)] == [False, False]


def test_the_dialogue_that_closes_first_is_named(playbook: Playbook) -> None:
    later = waiting(playbook.flows, {"D04", "D10", "D99"})
    assert later["PRO05"] == "D04"
    assert set(later.values()) == {"D04"}  # D10 has forms only, and D99 is no more
    assert waiting(playbook.flows, ()) == {}
