"""Questions passed on: asked of a colleague, who may refuse, with a trace of it."""

from datetime import date, timedelta

from storage import delegation
from tests.storage.scoping import ANNE, JULIE, KARIM, NOW, Scoping, T

LATER = NOW + timedelta(hours=3)


def ask(scoping: Scoping, dialogue: str, to: str = JULIE, question: str = "PRO03") -> str:
    return scoping.db.run_sync(
        delegation.ask, workspace=T, dialogue_id=dialogue, question=question, from_user=ANNE, to_user=to,
        note="You know the returns better.", until=date(2026, 12, 1), now=NOW,
    )  # fmt: skip


def test_what_was_asked_waits_for_the_colleague(scoping: Scoping) -> None:
    d04 = scoping.opens("D04")
    id = ask(scoping, d04)
    [waiting] = scoping.db.read_sync(delegation.for_user, workspace=T, user=JULIE)
    assert waiting == delegation.Delegation(
        id=id, dialogue_id=d04, question="PRO03", from_user=ANNE, to_user=JULIE, state="asked",
        note="You know the returns better.", reason=None, asked_at=NOW, until=date(2026, 12, 1),
        settled_at=None,
    )  # fmt: skip
    assert scoping.db.read_sync(delegation.get, workspace=T, id=id) == waiting
    assert scoping.db.read_sync(delegation.get, workspace="TOTHER", id=id) is None
    assert scoping.db.read_sync(delegation.for_user, workspace=T, user=ANNE) == []


def test_a_refusal_leaves_a_trace_and_waits_no_more(scoping: Scoping) -> None:
    d04 = scoping.opens("D04")
    id = ask(scoping, d04)
    settle = {"workspace": T, "id": id, "now": LATER}
    assert scoping.db.run_sync(delegation.settle, **settle, state="declined", reason="On leave.")
    assert scoping.db.read_sync(delegation.for_user, workspace=T, user=JULIE) == []
    [kept] = scoping.db.read_sync(delegation.of_dialogue, workspace=T, dialogue_id=d04)
    assert (kept.state, kept.reason, kept.settled_at) == ("declined", "On leave.", LATER)


def test_of_two_who_settle_it_the_first_is_right(scoping: Scoping) -> None:
    id = ask(scoping, scoping.opens("D04"))
    settle = {"workspace": T, "id": id, "now": LATER}
    assert scoping.db.run_sync(delegation.settle, **settle, state="accepted", was=("asked",))
    assert not scoping.db.run_sync(delegation.settle, **settle, state="withdrawn", was=("asked",))
    assert scoping.db.run_sync(delegation.settle, **settle, state="answered")
    assert not scoping.db.run_sync(delegation.settle, **settle, state="declined")


def test_a_whole_dialogue_can_be_passed_on_and_so_can_a_question_about_a_record(scoping: Scoping) -> None:
    d11 = scoping.opens("D11")
    ask(scoping, d11, to=KARIM, question="")
    ask(scoping, d11, to=JULIE, question="NEE03@REQ-123456")
    kept = scoping.db.read_sync(delegation.of_dialogue, workspace=T, dialogue_id=d11)
    assert {(one.to_user, one.question) for one in kept} == {(KARIM, ""), (JULIE, "NEE03@REQ-123456")}
