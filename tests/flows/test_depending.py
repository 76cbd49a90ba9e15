"""What rests on a decision says so once that decision does not stand."""

from datetime import UTC, datetime

from flows.dialogue.effects import RecordKind
from flows.register.depending import LOOSE, dependents, loose
from flows.register.life import LIFE
from flows.register.model import Kept
from flows.words import Words


def kept(kind: RecordKind, number: int, status: str) -> Kept:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return Kept(kind=kind, number=number, title=Words.same("One"), status=status, created_at=at)


def test_one_can_act_on_a_decision_that_stands_and_on_no_other() -> None:
    assert loose(kept("decision", 1, "accepted")) is None
    assert set(LOOSE) == set(LIFE["decision"]) - {"accepted"}
    assert loose(kept("decision", 1, "superseded")) == LOOSE["superseded"]
    assert loose(kept("risk", 1, "proposed")) is None


def test_what_is_over_depends_on_nothing_any_more() -> None:
    issue, action = kept("issue", 2, "open"), kept("action", 9, "in_progress")
    decision = kept("decision", 7, "accepted")
    pointing = [issue, kept("action", 1, "done"), kept("issue", 1, "dropped"), decision, action]
    assert dependents(pointing) == (action, decision, issue)
