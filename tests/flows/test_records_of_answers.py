"""What answers leave in the register, beyond the dialogue they stand in: versions, authority, settling."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.dialogue.effects import Amend, OpenUnknown, Record
from flows.dialogue.model import Case
from flows.playbook import Playbook
from flows.register.said import authority, standing
from flows.words import Words
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, INES, MARC, Stage

NEEDS = tuple(
    Case(ref=f"REQ-{n}", title=Words.same(f"Need {n}"), item=str(n), source="NEE01") for n in (1, 2)
)


def board(stage: Callable[..., Stage]) -> Stage:
    return stage("D11", parts=frozenset({"W06"}), register={"need": NEEDS})


def test_each_version_of_the_board_is_a_decision_that_takes_the_place_of_the_last(
    stage: Callable[..., Stage],
) -> None:
    played = board(stage)
    first = played.submits(ELODIE, "board", NEE02={"REQ-1": "M", "REQ-2": "S"})
    again = played.submits(ELODIE, "board", NEE02={"REQ-1": "M", "REQ-2": "W"}, confirmed=True)
    drafts = [
        draft
        for turn in (first, again)
        for effect in turn.effects
        if isinstance(effect, Record)
        for draft in effect.drafts
        if draft.kind == "decision"
    ]
    assert [(one.item, one.replaces) for one in drafts] == [("version-1", True), ("version-2", True)]
    assert [one.title.en for one in played.kept("decision")] == [
        "Needs sorted: 1 must, 0 should, 0 could, 1 not this time"
    ]


def test_moving_a_need_takes_no_decision_away(stage: Callable[..., Stage]) -> None:
    played = board(stage)
    played.submits(ELODIE, "board", NEE02={"REQ-1": "S", "REQ-2": "S"})
    turn = played.submits(ELODIE, "board", NEE02={"REQ-1": "S", "REQ-2": "C"})
    assert turn.accepted, "nothing is withdrawn, so nothing has to be agreed to first"


def test_every_decision_of_an_answer_says_who_decided_in_which_role_and_how(
    stage: Callable[..., Stage],
) -> None:
    played = stage("D03")
    played.submits(CLAIRE, "commitment", SPO01="written", SPO02="2", SPO03=["thank"], SPO04="none")
    played.submits(MARC, "ownership", SPO05="it")
    played.submits(CLAIRE, "ownership", SPO05="it")
    said = {d.title.en: (d.status, *who(d.fields)) for d in played.kept("decision")}
    assert said == {
        "The sponsor’s commitment: Written, not announced": (
            "accepted",
            CLAIRE,
            "sponsor",
            "facilitator form",
        ),
        "Who the project belongs to: To IT": ("accepted", CLAIRE, "sponsor", "consensus"),
    }


def who(fields: Any) -> tuple[Any, ...]:
    return tuple(fields[key] for key in ("decided_by", "authority", "method"))


def test_authority_is_the_highest_role_somebody_holds(stage: Callable[..., Stage]) -> None:
    sheet = stage("D03").sheet(CLAIRE)
    held = {user: authority(sheet, user) for user in (CLAIRE, MARC, ELODIE, HUGO, "USTRANGER")}
    assert held == {CLAIRE: "sponsor", MARC: "lead", ELODIE: "facilitator", HUGO: "team", "USTRANGER": None}
    assert authority(sheet, None) is None


def test_what_nobody_knows_is_an_issue_of_the_family_of_its_dialogue(
    stage: Callable[..., Stage], playbook: Playbook
) -> None:
    turn = stage("D03").exits(CLAIRE, "SPO01", "unknown")
    assert [e.family for e in turn.effects if isinstance(e, OpenUnknown)] == [4]
    assert {id: flow.family for id, flow in playbook.flows.items() if flow.family != 4} == {
        "D02": 2, "D04": 2, "D05": 2, "D06": 2, "D07": 3, "D08": 3, "D09": 3, "D10": 1, "D11": 1,
    }  # fmt: skip


NAMED = Case(ref="TRD-7", title=Words.same("Local ↔ group reports"), item="ARB09", source="ARB09")


def settling(stage: Callable[..., Stage]) -> Stage:
    played = stage("D13", parts=frozenset({"W08"}), register={"tradeoff": (NAMED,)})
    played.exits(CLAIRE, "ARB09", "later")
    return played


def row(pair: str) -> dict[str, Any]:
    return {"pair": pair, "position": "2", "reason": "Field time comes first", "loss": "Some detail"}


def test_a_tension_that_somebody_named_is_itself_settled(stage: Callable[..., Stage]) -> None:
    played = settling(stage)
    pair = next(c for s in played.flow.screens for q in s.questions if q.id == "ARB10" for c in q.columns)
    assert [one.value for one in pair.options] == [f"ARB0{n}" for n in range(1, 9)]
    turn = played.submits(CLAIRE, "decisions", ARB10=[row("TRD-7")])
    assert turn.accepted, turn
    assert played.kept("tradeoff") == [], "it has its record already"
    (decision,) = played.kept("decision")
    assert decision.title.en == "TRD-7 Local ↔ group reports: Rather the first"
    assert who(decision.fields) == (CLAIRE, "arbiter", "arbitration")
    assert decision.fields["settles"] == "TRD-7"
    amends = [effect for effect in turn.effects if isinstance(effect, Amend)]
    assert amends[-1].states == {"TRD-7": "decided"}
    assert amends[-1].fields["TRD-7"]["loss"] == "Some detail"


def test_a_tension_that_is_no_longer_settled_is_open_again(stage: Callable[..., Stage]) -> None:
    played = settling(stage)
    played.submits(CLAIRE, "decisions", ARB10=[row("TRD-7")])
    turn = played.submits(CLAIRE, "decisions", ARB10=[row("ARB01")], confirmed=True)
    assert [e.states for e in turn.effects if isinstance(e, Amend)] == [{"TRD-7": None}]
    assert [d.title.en for d in played.kept("tradeoff")] == ["Quick to fill in ↔ rich data: Rather the first"]


def test_what_the_arbiter_has_settled_is_no_choice_of_the_same_question(stage: Callable[..., Stage]) -> None:
    mine = replace(NAMED, ref="TRD-8", source="ARB10")
    played = stage("D13", parts=frozenset({"W08"}), register={"tradeoff": (NAMED, mine)})
    turn = played.submits(CLAIRE, "decisions", ARB10=[row("TRD-8")])
    assert not turn.accepted, "its own records are not offered"
    assert INES not in played.complete


@pytest.mark.parametrize(
    ("user", "role"), [(CLAIRE, "sponsor"), (MARC, "lead"), (HUGO, "team"), ("USTRANGER", None)]
)
def test_who_decides_by_hand_does_so_in_the_role_they_hold(user: str, role: str | None) -> None:
    assert standing(BOREAL, user, date(2026, 2, 16)) == {"authority": role, "date": "2026-02-16"}
