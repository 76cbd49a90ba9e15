"""Arbitration (4.1): who is entitled to settle, what must be said, what becomes of each side's words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.absence import Absence
from flows.arbitration.entitled import Seated, is_party, may_settle, seated
from flows.arbitration.life import (
    Verdict,
    complete,
    decline,
    minority,
    options,
    problems,
    say,
    send,
    settle,
    standing,
    waited,
    withdraw,
)
from flows.arbitration.model import LEAST, LONGEST, OTHER, Case, Position, Step
from flows.arbitration.records import after, contested_kind, decision, tradeoff
from flows.project import Cast, Member
from flows.words import Words

NOW = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
TODAY = date(2026, 2, 12)  # a Thursday
CAST = Cast(
    holders={
        "sponsor": "claire", "arbiter": "anne", "lead": "marc", "facilitator": "elodie", "coach": "jeanne",
    },
    members=(
        Member(user="marc", function="sales"), Member(user="ines", function="marketing"),
        Member(user="anne", function="finance"), Member(user="claire", function="management"),
    ),
)  # fmt: skip
SCALE = {str(n): Words.same(f"point {n}") for n in range(1, 6)}
REASON, LOSS = "what is not useful at once is not filled in", "the dashboards of the board until lot 2"


def case(**other: Any) -> Case:
    sides = (
        Position(
            author="marc", state="said", proposal="One list", words="Two lists are two truths.", option="p1"
        ),
        Position(author="ines", state="asked"),
    )
    made: dict[str, Any] = {
        "id": "c", "workspace": "T", "project_id": "p", "number": 2, "subject": "ISS-4",
        "title": Words.same("Who owns the contact records?"),
        "consequence": "both lists are moved as they are",
        "positions": sides, "state": "gathering", "seat": "arbiter", "arbiter": "anne", "asked_by": "marc",
        "asked_at": NOW,
    }  # fmt: skip
    return Case(**{**made, **other})


def heard(**other: Any) -> Case:
    """Both sides have spoken, and it is the arbiter's."""
    words = Position(author="ines", state="asked", proposal="Two lists", words="We write, they sell.")
    return send(say(case(**other), words), TODAY)


def verdict(**other: Any) -> Verdict:
    return Verdict(**{"option": "p1", "reason": REASON, "loss": LOSS, **other})


# -- who is entitled ----------------------------------------------------------------------------------------


def test_the_arbiter_settles_what_is_nobody_else_s() -> None:
    assert seated(CAST, case()) == Seated(seat="arbiter", user="anne")


@pytest.mark.parametrize(
    "party",
    [
        {"functions": ("finance",)},
        {"people": ("anne",)},
        {"out": ("anne",)},
        {"positions": (Position(author="anne", state="said"), Position(author="ines", state="said"))},
    ],
)
def test_an_arbiter_who_is_a_party_is_replaced_by_the_sponsor(party: dict[str, Any]) -> None:
    found = case(**party)
    assert is_party(CAST, found, "anne")
    assert seated(CAST, found) == Seated(seat="sponsor", user="claire")


def test_who_was_asked_for_words_and_has_none_is_no_party() -> None:
    found = case(positions=(Position(author="anne", state="declined"),))
    assert may_settle(CAST, found, "anne")


def test_when_the_sponsor_is_a_party_too_it_goes_to_the_committee_and_the_facilitator_records() -> None:
    found = case(functions=("finance", "management"))
    assert seated(CAST, found) == Seated(seat="committee", user="elodie")


def test_a_sponsor_who_is_the_arbiter_is_asked_once() -> None:
    cast = replace(CAST, holders={"sponsor": "claire", "facilitator": "elodie"})
    assert seated(cast, case()) == Seated(seat="arbiter", user="claire")
    assert seated(cast, case(out=("claire",))) == Seated(seat="committee", user="elodie")


def test_who_has_left_settles_nothing() -> None:
    assert seated(CAST, case(), gone=("anne",)).user == "claire"
    assert seated(CAST, case(), gone=("anne", "claire")) == Seated(seat="committee", user="elodie")
    assert seated(CAST, case(), gone=("anne", "claire", "elodie")) == Seated(seat="committee", user="marc")
    assert seated(Cast(), case()) == Seated(seat="committee", user="")


def leave(user: str, last: date, deputy: str = "") -> dict[str, Absence]:
    return {user: Absence(user=user, first=TODAY, last=last, deputy=deputy)}


BACK_AFTER = date(2026, 3, 2)  # and a case sent today is due on 19 February


def test_of_an_arbiter_who_is_away_the_deputy_settles_it() -> None:
    out = leave("anne", BACK_AFTER, "marc")
    assert seated(CAST, heard(positions=()), away=out) == Seated(seat="deputy", user="marc", absent="anne")


@pytest.mark.parametrize("deputy", ["", "elodie", "jeanne", "ines"])
def test_without_a_deputy_who_may_it_goes_on_as_4_1_says(deputy: str) -> None:
    """Nobody; the facilitator; the coach; a party to it."""
    found = heard()
    assert seated(CAST, found, away=leave("anne", BACK_AFTER, deputy)) == Seated(
        seat="sponsor", user="claire"
    )
    both = leave("anne", BACK_AFTER, deputy) | leave("claire", BACK_AFTER)
    assert seated(CAST, found, away=both) == Seated(seat="committee", user="elodie")
    assert seated(CAST, found, away=both | leave("elodie", BACK_AFTER)).user == "marc", (
        "who is there records it"
    )
    everybody = both | leave("elodie", BACK_AFTER) | leave("marc", BACK_AFTER)
    assert seated(CAST, found, away=everybody).user == "elodie"


def test_an_arbiter_who_is_back_in_time_is_waited_for() -> None:
    assert seated(CAST, heard(), away=leave("anne", TODAY)) == Seated(seat="arbiter", user="anne")
    assert seated(CAST, case(), away=leave("anne", BACK_AFTER)).seat == "arbiter", "it has no date yet"


def test_neither_facilitator_nor_coach_ever_settles() -> None:
    for neutral in ("elodie", "jeanne"):
        cast = replace(CAST, holders={**CAST.holders, "arbiter": neutral})
        assert seated(cast, case()).user == "claire"
        assert not may_settle(cast, case(), neutral)


# -- the words of each side ---------------------------------------------------------------------------------


def test_each_side_speaks_for_itself_within_the_same_limit() -> None:
    found = say(case(), Position(author="ines", state="asked", proposal="Two", words="x" * 900, option="p9"))
    mine = found.positions[1]
    assert (mine.state, len(mine.words), mine.option) == ("said", LONGEST, "p2")
    assert complete(found)
    assert not complete(case())


def test_who_was_not_asked_says_nothing_and_nobody_does_once_it_is_over() -> None:
    stranger = Position(author="paul", state="asked", words="me too")
    assert say(case(), stranger) == case()
    over = case(state="decided")
    assert say(over, Position(author="ines", state="asked", words="late")) == over


def test_not_my_point_is_no_position() -> None:
    found = decline(case(), "ines")
    assert complete(found)
    assert [one.author for one in found.said] == ["marc"]
    assert decline(found, "ines") == found
    assert decline(found, "marc") == found, "what was said stands"
    assert decline(found, "paul") == found
    assert decline(case(state="decided"), "ines") == case(state="decided")


def test_which_side_comes_first_alternates_from_case_to_case() -> None:
    assert [one.author for one in heard(number=2).said] == ["ines", "marc"]
    assert [one.author for one in heard(number=3).said] == ["marc", "ines"]


# -- time ---------------------------------------------------------------------------------------------------


def test_the_arbiter_has_five_working_days() -> None:
    found = heard()
    assert (found.sent_on, found.due) == (TODAY, date(2026, 2, 19))
    assert send(found, TODAY + timedelta(days=9)) == found, "it is sent once"
    assert standing(case(), TODAY) == "gathering"
    assert waited(case(), TODAY) == 0
    assert standing(found, date(2026, 2, 18)) == "waiting"
    assert standing(found, date(2026, 2, 19)) == "due today"
    assert standing(found, date(2026, 2, 20)) == "overdue"
    assert waited(found, date(2026, 2, 20)) == 6


def test_what_is_settled_elsewhere_waits_for_nobody() -> None:
    found = withdraw(heard(), by="", at=NOW)
    assert (found.state, found.trail[-1].what) == ("withdrawn", "settled")
    assert "by" not in tradeoff(replace(found, asked_by="")).fields, "nobody has brought it"


def test_people_who_agree_meanwhile_take_it_back() -> None:
    found = withdraw(heard(), by="marc", at=NOW)
    assert (found.state, found.trail[-1].what, found.trail[-1].by) == ("withdrawn", "withdrawn", "marc")
    over = heard(state="decided")
    assert withdraw(over, by="marc", at=NOW) == over


# -- the decision -------------------------------------------------------------------------------------------


def test_what_the_sides_propose_can_be_chosen_and_what_nobody_defends() -> None:
    found = heard(extra=("Neither",))
    assert [(one.key, one.words.en) for one in options(found)] == [
        ("p2", "Two lists"), ("p1", "One list"), ("o1", "Neither"),
    ]  # fmt: skip
    assert [one.key for one in options(heard(subject="ARB05", scale=SCALE))] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"option": "p7"}, "option"),
        ({"option": OTHER, "own": "  "}, "own"),
        ({"reason": " " * 30 + "short"}, "reason"),
        ({"loss": ""}, "loss"),
        ({"review": TODAY}, "review"),
    ],
)
def test_nothing_is_decided_without_choice_reason_and_loss(said: dict[str, Any], field: str) -> None:
    assert set(problems(heard(), verdict(**said), TODAY)) == {field}
    assert settle(heard(), verdict(**said), by="anne", at=NOW, today=TODAY) is None


def test_the_arbiter_decides_once_and_whoever_comes_second_does_not() -> None:
    done = settle(heard(delegated_by="claire"), verdict(), by="anne", at=NOW, today=TODAY)
    assert done is not None
    assert done.outcome is not None
    assert (done.state, done.outcome.words.en, done.outcome.by) == ("decided", "One list", "anne")
    assert settle(done, verdict(option="p2"), by="claire", at=NOW, today=TODAY) is None
    assert settle(heard(), verdict(), by="marc", at=NOW, today=TODAY) is None


def test_the_minority_keeps_its_own_words() -> None:
    done = settle(heard(), verdict(option=OTHER, own="A third way"), by="anne", at=NOW, today=TODAY)
    assert done is not None
    assert done.outcome is not None
    assert {one.author for one in minority(done)} == {"marc", "ines"}
    assert minority(heard()) == ()
    one = settle(heard(), verdict(), by="anne", at=NOW, today=TODAY)
    assert one is not None
    assert one.outcome is not None
    record = decision(one, one.outcome, TODAY, {"ines": "Inès"})
    assert record.fields["minority"] == "“We write, they sell.” (Inès)"
    assert record.status == "accepted"
    assert record.fields["method"] == "arbitration"


@pytest.mark.parametrize(("chosen", "against"), [("1", {"ines"}), ("4", {"marc"}), ("3", {"marc", "ines"})])
def test_on_a_slider_the_minority_is_on_the_other_side(chosen: str, against: set[str]) -> None:
    sides = (
        Position(author="marc", state="said", option="2", words="a"),
        Position(author="ines", state="said", option="5", words="b"),
    )
    found = send(case(subject="ARB05", scale=SCALE, positions=sides), TODAY)
    done = settle(found, verdict(option=chosen), by="anne", at=NOW, today=TODAY)
    assert done is not None
    assert {one.author for one in minority(done)} == against
    own = settle(found, verdict(option=OTHER, own="neither"), by="anne", at=NOW, today=TODAY)
    assert own is not None
    assert len(minority(own)) == 2


def test_the_register_holds_the_case_and_then_what_came_of_it() -> None:
    assert tradeoff(case(consequence="")).fields == {"pair": case().title.en, "by": "marc", "about": "ISS-4"}
    waiting = tradeoff(heard(subject="ARB05", scale=SCALE))
    assert (waiting.status, waiting.fields["pair"], waiting.fields["sent_on"]) == (
        "proposed", "ARB05", "2026-02-12",
    )  # fmt: skip
    done = settle(heard(), verdict(), by="anne", at=NOW, today=TODAY)
    assert done is not None
    assert done.outcome is not None
    numbered = replace(done, outcome=replace(done.outcome, decision=14))
    assert tradeoff(numbered).status == "decided"
    assert tradeoff(numbered).fields["decision"] == "DEC-14"
    assert tradeoff(withdraw(heard(), by="marc", at=NOW)).status == "withdrawn"


def test_what_the_committee_decides_bears_nobody_s_name() -> None:
    found = heard(seat="committee", arbiter="elodie", subject="DEC-3")
    done = settle(found, verdict(), by="elodie", at=NOW, today=TODAY)
    assert done is not None
    assert done.outcome is not None
    record = decision(done, done.outcome, TODAY, {})
    assert record.fields["authority"] == "committee"
    assert "decided_by" not in record.fields
    assert record.owner is None
    assert record.fields["minority"].endswith("(ines)")


@pytest.mark.parametrize(
    ("subject", "kind"),
    [("DEC-3", "decision"), ("ISS-4", "issue"), ("ARB05", ""), ("", ""), ("XYZ-1", "")],
)
def test_what_is_contested(subject: str, kind: str) -> None:
    assert contested_kind(case(subject=subject)) == kind


@pytest.mark.parametrize(
    ("subject", "becomes"),
    [
        ("DEC-3", ("superseded", "supersedes")),
        ("ISS-4", ("resolved", "settles")),
        ("TRD-1", ("decided", "settles")),
        ("RSK-2", (None, "settles")),
        ("ARB05", None),
    ],
)
def test_what_was_contested_is_settled_and_the_decision_points_to_it(subject: str, becomes: Any) -> None:
    done = settle(heard(subject=subject, scale=SCALE), own(), by="anne", at=NOW, today=TODAY)
    assert done is not None
    assert done.outcome is not None
    found = after(done, replace(done.outcome, decision=14))
    assert (found and (found.status, found.link)) == becomes
    if subject == "ISS-4":
        assert found is not None
        assert found.fields == {"resolution": "DEC-14: A third way", "resolved_by": "anne"}


def own() -> Verdict:
    return verdict(option=OTHER, own="A third way")


def test_a_case_is_quoted_by_its_number() -> None:
    assert case().ref == "TRD-2"
    assert case().pair == ""
    assert case(trail=(Step(what="need", by="anne", at=NOW),)).live


# -- no way round -------------------------------------------------------------------------------------------

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(["marc", "ines", "paul"]), st.text(max_size=5)),
        st.tuples(st.just("decline"), st.sampled_from(["marc", "ines", "paul"]), st.just("")),
        st.tuples(st.just("send"), st.just(""), st.just("")),
        st.tuples(st.just("withdraw"), st.just(""), st.just("")),
        st.tuples(st.just("settle"), st.sampled_from(["anne", "marc", "claire"]), st.text(max_size=40)),
    ),
    max_size=12,
)


@given(MOVES)
def test_no_path_leads_to_a_decision_without_reason_and_loss(moves: list[tuple[str, str, str]]) -> None:
    found = case()
    for move, who, text in moves:
        if move == "say":
            found = say(found, Position(author=who, state="asked", words=text))
        elif move == "decline":
            found = decline(found, who)
        elif move == "send":
            found = send(found, TODAY)
        elif move == "withdraw":
            found = withdraw(found, by="marc", at=NOW)
        else:
            said = verdict(reason=text, loss=text)
            found = settle(found, said, by=who, at=NOW, today=TODAY) or found
        assert (found.outcome is not None) is (found.state == "decided")
        if found.outcome is not None:
            assert found.outcome.by in found.deciders
            assert min(len(found.outcome.reason), len(found.outcome.loss)) >= LEAST
