"""What is kept of the sponsor's digests, and of who wants copies by e-mail."""

from datetime import date, timedelta

from sqlalchemy import text

from flows.digest.facts import Facts, Group, Score, Step
from flows.digest.summary import Snapshot, kept
from flows.digest.summary import digest as made
from flows.progress import Milestone, Progress
from flows.words import Words
from storage import digest, mail
from storage.database import Database
from storage.digest import Issue, Setting
from storage.mail import Choice
from tests.storage.scoping import CLAIRE, NOW, SOPHIE, T, found

SAID = Snapshot(
    phase="P1", closed=11, steps=("WIN-7",), waiting=("TRD-2", "ACT-5"), dangers=("RSK-1",),
    groups=("steps:open:::",), lots={"LOT-1": "2026-12-01"}, verdict="GO_CONDITIONS", readiness=51,
    families={1: 65, 2: 48},
)  # fmt: skip


def test_one_digest_a_week_and_what_it_said_for_the_next_one(database: Database) -> None:
    project = database.run_sync(found)
    issue = Issue(
        project_id=project, period="2026-W48", sponsor=CLAIRE, made_on=date(2026, 11, 26), made_at=NOW,
        covers_from=date(2026, 11, 26), said=SAID, note="Une phrase.", note_by=SOPHIE,
    )  # fmt: skip
    here = {"workspace": T, "project_id": project}
    assert database.run_sync(digest.add, workspace=T, issue=issue)
    assert not database.run_sync(digest.add, workspace=T, issue=issue), "of two replicas one makes it"
    assert database.read_sync(digest.latest, workspace=T, project_id=project) == [issue]
    later = Issue(
        project_id=project, period="2026-W49", sponsor=CLAIRE, made_on=date(2026, 12, 3),
        made_at=NOW + timedelta(weeks=1), covers_from=None, said=Snapshot(phase="P1", closed=12),
    )  # fmt: skip
    database.run_sync(digest.add, workspace=T, issue=later)
    assert database.read_sync(digest.latest, workspace=T, project_id=project, most=9) == [later, issue]
    assert database.read_sync(digest.get, **here, period="2026-W48") == issue
    assert database.read_sync(digest.get, **here, period="2026-W47") is None
    assert database.read_sync(digest.around, workspace=T, issue=issue) == ("", "2026-W49")
    assert database.read_sync(digest.around, workspace=T, issue=later) == ("2026-W48", "")
    assert database.read_sync(digest.latest, workspace="T0OTHER", project_id=project) == []


def test_all_that_it_said_is_kept_to_be_read_again_and_what_nobody_can_read_is_not_there(
    database: Database,
) -> None:
    project = database.run_sync(found)
    step = Step(ref="WIN-7", told=Words(en="A page", fr="Une page"), function="sales", on=date(2026, 11, 24))
    group = Group(kind="steps", asked="open", until=date(2026, 11, 30))
    score = Score(verdict="GO", readiness=61.5, families={1: 65.0, 2: None})
    progress = Progress(phase="P1", week=5, next=Milestone(what=Words.same("W10"), day=date(2026, 12, 1)))
    facts = Facts(
        on=date(2026, 11, 26), steps=(step,), progress=progress, groups=(group,), score=score, act="Venir"
    )
    sent = kept(made(facts, None))
    issue = Issue(
        project_id=project, period="2026-W48", sponsor=CLAIRE, made_on=date(2026, 11, 26), made_at=NOW,
        covers_from=None, said=SAID, sent=sent,
    )  # fmt: skip
    database.run_sync(digest.add, workspace=T, issue=issue)
    (read,) = database.read_sync(digest.latest, workspace=T, project_id=project)
    assert read.sent == sent
    assert "Venir" not in repr(read.sent), "the sponsor's own words stay in their check-in"
    other = text("UPDATE digest SET sent = '{\"of\": \"tomorrow\"}' WHERE workspace = 'T0BOREAL'")
    database.run_sync(lambda conn: conn.execute(other) and None)
    (read,) = database.read_sync(digest.latest, workspace=T, project_id=project)
    assert read.sent is None


def test_how_often_it_comes_and_the_sentence_for_the_next_one(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project}
    assert database.read_sync(digest.setting, **here) == Setting()
    for chosen in (Setting(rhythm="monthly"), Setting(note="À lire.", note_by=SOPHIE), Setting()):
        database.run_sync(digest.choose, **here, setting=chosen)
        assert database.read_sync(digest.setting, **here) == chosen


def test_an_address_is_nowhere_in_the_database_but_sealed(database: Database) -> None:
    me, address = {"workspace": T, "user": CLAIRE}, "claire.vasseur@boreal.example"
    assert database.read_sync(mail.choice, **me) == Choice()
    assert not database.run_sync(mail.stop, **me, why="", now=NOW), "nothing had been chosen"
    database.run_sync(mail.choose, **me, wanted=True, address=address, now=NOW)
    assert database.read_sync(mail.choice, **me) == Choice(wanted=True, address=address)
    assert address not in repr(database.read_sync(mail.choice, **me)), "nor in a log line"
    every = text("SELECT * FROM mail_choice WHERE workspace = 'T0BOREAL'")
    assert "boreal.example" not in repr(database.read_sync(lambda conn: conn.execute(every).all()))
    assert database.run_sync(mail.stop, **me, why="550 " + "x" * 400, now=NOW)
    stopped = database.read_sync(mail.choice, **me)
    assert (stopped.wanted, stopped.address, len(stopped.trouble)) == (False, address, 300)
    database.run_sync(mail.choose, **me, wanted=False, address="", now=NOW)
    assert database.read_sync(mail.choice, **me) == Choice()


def test_an_address_sealed_with_another_key_is_no_address(database: Database) -> None:
    me = {"workspace": T, "user": CLAIRE}
    database.run_sync(mail.choose, **me, wanted=True, address="claire@boreal.example", now=NOW)
    swap = text("UPDATE mail_choice SET sealed = :other WHERE workspace = 'T0BOREAL'")
    database.run_sync(lambda conn: conn.execute(swap, {"other": b"x" * 400}) and None)
    assert database.read_sync(mail.choice, **me) == Choice(wanted=True)
