"""The plan as a facilitator changed it: lines moved, sent, skipped, put back; guards set aside."""

from datetime import date, timedelta

from storage import plan
from storage.database import Database
from tests.storage.scoping import NOW, SOPHIE, T, found

LINE = "2.1.D04.front"


def test_a_line_keeps_where_it_was_moved_to_until_it_is_put_back(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project}
    assert database.read_sync(plan.steps, **here) == {}
    day = date(2026, 12, 9)
    database.run_sync(
        plan.set_step, **here, line=LINE, state="planned", moved_to=day, reason="Stock-taking week",
        by=SOPHIE, now=NOW,
    )  # fmt: skip
    assert database.read_sync(plan.steps, **here) == {
        LINE: plan.Step(
            line=LINE,
            state="planned",
            moved_to=day,
            sent_as="",
            reason="Stock-taking week",
            by=SOPHIE,
            at=NOW,
        )
    }
    database.run_sync(plan.put_back, **here, line=LINE)
    assert database.read_sync(plan.steps, **here) == {}


def test_a_line_that_was_moved_and_then_sent_is_sent(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project, "line": LINE}
    later = NOW + timedelta(days=3)
    database.run_sync(
        plan.set_step, **here, state="planned", moved_to=date(2026, 12, 9), reason="Busy", by=SOPHIE, now=NOW
    )
    database.run_sync(plan.set_step, **here, state="sent", sent_as="d" * 32, by="", now=later)
    [step] = database.read_sync(plan.steps, workspace=T, project_id=project).values()
    assert (step.state, step.sent_as, step.moved_to, step.reason, step.at) == (
        "sent", "d" * 32, None, None, later,
    )  # fmt: skip


def test_lines_belong_to_their_project(database: Database) -> None:
    one, other = database.run_sync(found), database.run_sync(found, name="Other")
    database.run_sync(
        plan.set_step, workspace=T, project_id=one, line=LINE, state="skipped", by=SOPHIE, now=NOW
    )
    assert database.read_sync(plan.steps, workspace=T, project_id=other) == {}
    assert database.read_sync(plan.steps, workspace="TOTHER", project_id=one) == {}


def test_every_reason_for_setting_a_guard_aside_is_kept(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project, "guard": "goals", "by": SOPHIE}
    database.run_sync(plan.set_aside, **here, about="D14", reason="The fair is next week.", now=NOW)
    database.run_sync(plan.set_aside, **here, about="W09", reason="Again.", now=NOW + timedelta(days=1))
    kept = database.read_sync(plan.all_set_aside, workspace=T, project_id=project)
    assert [(one.guard, one.about, one.reason, one.by) for one in kept] == [
        ("goals", "D14", "The fair is next week.", SOPHIE),
        ("goals", "W09", "Again.", SOPHIE),
    ]
    assert database.read_sync(plan.all_set_aside, workspace="TOTHER", project_id=project) == []
