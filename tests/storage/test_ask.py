"""What a person is asked, over all their projects; what has left takes their time, what will not does not."""

from dataclasses import replace
from datetime import timedelta

from storage import ask, project
from storage.ask import Ask
from tests.storage.scoping import ANNE, KARIM, NOW, SOPHIE, TODAY, Scoping, T


def one(scoping: Scoping, key: str = "invitation:R1:UANNE", **more: object) -> Ask:
    given = {"key": key, "user": ANNE, "project_id": scoping.project, "about": "R1", "kind": "dialogue"}
    return Ask(**{**given, "earliest": TODAY, "minutes": 8, "since": NOW, **more})  # type: ignore[arg-type]


def keys(scoping: Scoping, user: str = ANNE, workspace: str = T, *, later: int = 0) -> list[str]:
    now = NOW + timedelta(days=later)
    return [each.key for each in scoping.db.read_sync(ask.of, workspace=workspace, user=user, now=now)]


def test_what_was_decided_upon_is_remembered_once(scoping: Scoping) -> None:
    first = one(scoping, needed_by=TODAY + timedelta(days=3), sponsor=True, counted=False)
    scoping.db.run_sync(ask.put, workspace=T, ask=first)
    scoping.db.run_sync(ask.put, workspace=T, ask=replace(first, minutes=20))
    assert scoping.db.read_sync(ask.of, workspace=T, user=ANNE, now=NOW) == [first]
    assert keys(scoping, KARIM) == keys(scoping, workspace="TOTHER") == []


def test_it_leaves_once_and_is_forgotten_after_ten_weeks(scoping: Scoping) -> None:
    scoping.db.run_sync(ask.put, workspace=T, ask=one(scoping))
    scoping.db.run_sync(ask.left, workspace=T, key="invitation:R1:UANNE", now=NOW)
    scoping.db.run_sync(ask.left, workspace=T, key="invitation:R1:UANNE", now=NOW + timedelta(days=9))
    [found] = scoping.db.read_sync(ask.of, workspace=T, user=ANNE, now=NOW)
    assert found.left_at == NOW
    assert keys(scoping, later=69) == [found.key]
    assert keys(scoping, later=71) == []


def test_what_will_not_be_said_takes_no_time_and_what_has_left_does(scoping: Scoping) -> None:
    for key in ("a", "b", "c"):
        scoping.db.run_sync(ask.put, workspace=T, ask=one(scoping, key, about="R2" if key == "c" else "R1"))
    scoping.db.run_sync(ask.left, workspace=T, key="a", now=NOW)
    for key in ("a", "b"):
        scoping.db.run_sync(ask.forget, workspace=T, key=key)
    assert keys(scoping) == ["a", "c"]
    scoping.db.run_sync(ask.forget_about, workspace="TOTHER", about="R2")
    assert keys(scoping) == ["a", "c"]
    scoping.db.run_sync(ask.forget_about, workspace=T, about="R2")
    assert keys(scoping) == ["a"]


def test_somebody_who_left_the_project_is_asked_nothing_more(scoping: Scoping) -> None:
    for key, user in (("a", ANNE), ("b", ANNE), ("c", KARIM)):
        scoping.db.run_sync(ask.put, workspace=T, ask=one(scoping, key, user=user))
    scoping.db.run_sync(ask.left, workspace=T, key="a", now=NOW)
    scoping.db.run_sync(ask.forget_of, workspace=T, user=ANNE, project_id=scoping.project)
    assert (keys(scoping), keys(scoping, KARIM)) == (["a"], ["c"])


def test_one_person_has_one_budget_over_all_projects(scoping: Scoping) -> None:
    second = scoping.db.run_sync(
        project.create, workspace=T, channel="C0ERP", language="en", facilitator=SOPHIE, name="ERP", now=NOW
    )
    scoping.db.run_sync(ask.put, workspace=T, ask=one(scoping, "a"))
    scoping.db.run_sync(ask.put, workspace=T, ask=one(scoping, "b", project_id=second))
    assert keys(scoping) == ["a", "b"]
