"""What people do to records by hand: whatever they try, nothing is lost and no decision is without reason."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialogue.effects import RecordKind
from flows.register.life import LIFE, OVER, STATES
from flows.register.model import Kept
from flows.register.moves import (
    NOT_NOW,
    OUTCOME,
    SAME_DAY,
    SAY_HOW,
    SAY_WHY,
    STEPS,
    Name,
    Refused,
    Step,
    Taken,
    lacks,
    leads_to,
    possible,
    take,
)
from flows.words import Words

TODAY = date(2026, 11, 23)
INES, MARC = "UINES", "UMARC"
KINDS: list[RecordKind] = list(STEPS)


def kept(kind: RecordKind, status: str, **fields: object) -> Kept:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Kept(kind=kind, number=1, title=Words.same("One"), status=status, fields=fields, created_at=at)


def step(one: Kept, name: Name, opened: tuple[str, date] | None = None, **said: str) -> Taken | Refused:
    return take(one, name, said, by=INES, today=TODAY, opened=opened)


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_follows_the_life_of_its_kind(kind: RecordKind) -> None:
    for name, one in STEPS[kind].items():
        for status in one.from_:
            assert one.to in leads_to(kind, status), (kind, name, status)
        assert {one.to, *one.from_} <= set(LIFE[kind])
        assert one.to in STATES


SAYING = [(kind, name, one) for kind, steps in STEPS.items() for name, one in steps.items()
          if one.says and name != "resolve" and (kind, name) != ("decision", "accept")]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "one"), SAYING, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_step_that_has_to_be_explained_is_not_taken_without_a_word(
    kind: RecordKind, name: Name, one: Step
) -> None:
    status = next(iter(one.from_))
    silent = step(kept(kind, status), name, **{one.says: "  "})
    assert silent == Refused(field=one.says, words=SAY_WHY)
    said = step(kept(kind, status), name, **{one.says: "It was settled with the data team."})
    assert isinstance(said, Taken)
    assert said.reason == "It was settled with the data team."


WORDS = st.sampled_from(["", "  ", "Yes.", "It was settled with the data team."])
SAID = st.fixed_dictionaries(
    dict.fromkeys(("why", "reason", "loss", "resolution", "found", "minority"), WORDS)
    | {"method": st.sampled_from(["", "arbitration", "consensus"])}
)
NAMES = st.sampled_from([*get_args(Name), "accept"])


@given(
    kind=st.sampled_from(KINDS),
    method=st.sampled_from([None, "arbitration", "consensus", "facilitator form"]),
    path=st.lists(st.tuples(NAMES, SAID, st.sampled_from([INES, MARC])), max_size=12),
)
def test_no_path_leads_to_a_decision_without_its_reason_and_none_deletes(
    kind: RecordKind, method: str | None, path: list[tuple[Name, dict[str, str], str]]
) -> None:
    first = "proposed" if kind in ("decision", "risk") else next(iter(LIFE[kind]))
    one = kept(kind, first, **({"method": method} if method else {}))
    for name, said, by in path:
        taken = take(one, name, said, by=by, today=TODAY, opened=(INES, TODAY))
        if isinstance(taken, Refused):
            continue
        assert taken.status in leads_to(kind, one.status)
        assert taken.status != "withdrawn", "what is withdrawn disappears from the lists"
        one = kept(kind, taken.status, **{**one.fields, **taken.fields})
        if kind == "decision" and one.status == "accepted":
            assert one.fields["reason"]
            assert one.fields["method"] != "arbitration" or one.fields["loss"]
        if one.status == "resolved":
            assert len(str(one.fields["resolution"])) >= 15
            assert by == MARC, "whoever opened it today does not settle it today"


def test_an_accepted_decision_says_who_when_and_how() -> None:
    taken = step(
        kept("decision", "proposed"), "accept", reason="Field time comes first", minority="Too soon.",
        method="consensus",
    )  # fmt: skip
    assert taken == Taken(
        status="accepted",
        fields={
            "reason": "Field time comes first", "method": "consensus", "date": "2026-11-23",
            "decided_by": INES, "minority": "Too soon.",
        },
        reason="Field time comes first",
    )  # fmt: skip


def test_what_was_said_when_it_was_proposed_need_not_be_said_again() -> None:
    one = kept("decision", "proposed", reason="Known", loss="Some detail", method="arbitration")
    taken = step(one, "accept")
    assert isinstance(taken, Taken)
    assert taken.fields["loss"] == "Some detail"
    assert taken.reason is None


def test_how_it_was_decided_is_asked_where_nothing_says_it() -> None:
    refused = step(kept("decision", "proposed"), "accept", reason="Because")
    assert refused == Refused(field="method", words=SAY_HOW)
    assert isinstance(step(kept("decision", "proposed", method="vote"), "accept", reason="Because"), Taken)


def test_arbitration_without_what_is_given_up_is_refused_under_its_field() -> None:
    refused = step(kept("decision", "proposed", method="arbitration"), "accept", reason="Because")
    assert isinstance(refused, Refused)
    assert refused.field == "loss"
    assert lacks("proposed", {}) is None


def test_a_point_opened_today_is_settled_by_somebody_else_or_tomorrow() -> None:
    said = {"resolution": "The data team owns them from now on."}
    refused = step(kept("issue", "open"), "resolve", opened=(INES, TODAY), **said)
    assert refused == Refused(field="resolution", words=SAME_DAY)
    taken = step(kept("issue", "open"), "resolve", opened=(MARC, TODAY), **said)
    assert taken == Taken(status="resolved", fields={**said, "resolved_by": INES}, reason=said["resolution"])


def test_steps_that_do_not_lead_on_are_refused_and_not_offered() -> None:
    assert step(kept("decision", "superseded"), "reopen", why="x") == Refused(field="", words=NOT_NOW)
    assert step(kept("stake", "open"), "resolve") == Refused(field="", words=NOT_NOW)
    assert possible(kept("decision", "superseded")) == ()
    assert possible(kept("decision", "accepted")) == ("reopen",)
    assert possible(kept("stake", "open")) == ()
    assert step(kept("action", "open"), "finish") == Taken(status="done")
    assert step(kept("assumption", "untested"), "refute", found="No.") == Taken(
        status="refuted", fields={"found": "No."}, reason="No."
    )
    assert "rejected" in OVER


def test_an_outcome_is_said_in_more_than_a_word() -> None:
    refused = step(kept("issue", "open"), "resolve", resolution="Done")
    assert isinstance(refused, Refused)
    assert refused.field == "resolution"
    assert str(OUTCOME) in refused.words.en
