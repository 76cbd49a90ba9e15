"""Which route the facts propose: the decision table of D15, as appendix A asks."""

from typing import Any

import pytest

from flows.dialogue.model import Case
from flows.playbook import Playbook
from flows.route import RouteFacts, facts, propose, shifts
from flows.words import Words
from tests.flows.questions import answer, sheet

DECIDED = {"NEE11": "required", "NEE12": "required", "NEE13": "preferred", "NEE14": "required"}


def some(sessions: int = 0, undecided: int = 0, **answers: str) -> RouteFacts:
    return RouteFacts(answers=answers, vendor_sessions=sessions, criteria_undecided=undecided)


@pytest.mark.parametrize(
    ("found", "then", "begins"),
    [
        (some(RTE01="vague"), "none", "Not ready yet"),
        (some(RTE02="little"), "rfi", "You need to learn first"),
        (some(RTE01="mostly", RTE02="little", RTE03="yes"), "rfi", "You need to learn first"),
        (some(RTE01="vague", RTE02="little"), "none", "Not ready yet"),
        (some(RTE03="yes", RTE04="free"), "proto", "One decisive need"),
        (some(RTE03="yes", RTE04="must"), "rfp", "Tender with a prototype stage"),
        (some(2, 0, RTE04="free", RTE05="yes"), "direct", "The facts allow a direct choice"),
        (some(2, 0, RTE04="must", RTE05="yes"), "rfp", "Consult the market"),
        (some(1, 0, RTE04="free", RTE05="yes"), "rfp", "Consult the market"),
        (some(2, 1, RTE04="free", RTE05="yes"), "rfp", "Consult the market"),
        (
            some(1, 1, RTE01="mostly", RTE02="some", RTE03="no", RTE04="free", RTE05="yes"),
            "rfp", "Consult the market",
        ),
        (some(), "rfp", "Consult the market"),
    ],
)  # fmt: skip
def test_the_first_line_that_holds_is_proposed(
    playbook: Playbook, found: RouteFacts, then: str, begins: str
) -> None:
    route = propose(playbook.flows["D15"].routes, found)
    assert route.then == then
    assert route.words.en.startswith(begins)


def session(ref: str, **fields: Any) -> Case:
    return Case(ref=ref, title=Words.same("Nordsoft"), fields=fields)


def test_only_sessions_that_were_held_with_the_whole_team_invited_count() -> None:
    sessions = (
        session("VND-1", whole_team="yes", attendees=["U1"]), session("VND-2", whole_team="yes"),
        session("VND-3", whole_team="no", attendees=["U1"]),
    )  # fmt: skip
    dialogue = sheet(
        answers={"RTE01": answer("vague"), "RTE02": answer(exit="unknown")},
        elsewhere={**DECIDED, "NEE15": "undecided"}, register={"vendor": sessions},
    )  # fmt: skip
    found = facts(dialogue)
    assert found == some(1, 1, RTE01="vague", RTE02=None)  # type: ignore[arg-type]
    assert facts(sheet(elsewhere=DECIDED)).criteria_undecided == 1, "without an answer: undecided"


def leads(playbook: Playbook, found: RouteFacts) -> dict[tuple[str, tuple[str, ...]], str]:
    """By fact and answers: the route they would lead to."""
    flow = playbook.flows["D15"]
    choices = {id: [option.value for option in flow.by_id[id].options] for id in ("RTE01", "RTE02", "RTE03")}
    return {(one.fact, one.values): one.route.then for one in shifts(flow.routes, found, choices)}


def test_it_says_which_single_fact_would_change_the_proposal(playbook: Playbook) -> None:
    found = leads(playbook, some(RTE01="mostly", RTE02="some", RTE03="no", RTE04="must", RTE05="no"))
    assert found == {("RTE01", ("vague",)): "none", ("RTE02", ("little",)): "rfi", ("RTE03", ("yes",)): "rfp"}


def test_what_leads_to_the_same_line_stands_together(playbook: Playbook) -> None:
    found = leads(playbook, some(RTE01="vague", RTE02="good", RTE03="no"))
    assert found == {("RTE01", ("precise", "mostly")): "rfp"}


def test_sessions_and_criteria_can_be_what_is_lacking(playbook: Playbook) -> None:
    known = {"RTE01": "precise", "RTE02": "good", "RTE03": "no", "RTE04": "free", "RTE05": "yes"}
    assert leads(playbook, some(1, 0, **known))[("sessions", ())] == "direct"
    assert leads(playbook, some(2, 1, **known))[("criteria", ())] == "direct"
    both = leads(playbook, some(1, 1, **known))
    assert ("sessions", ()) not in both, "alone it changes nothing"
    assert ("criteria", ()) not in both
