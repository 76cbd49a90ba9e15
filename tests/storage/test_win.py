"""Wins are kept once for each key, for ever, whoever looks at once; their facts come from records alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from flows.dialogue.effects import Draft
from flows.register.model import Kept
from flows.wins.facts import Facts
from flows.wins.model import Found, Named, Win
from flows.words import Words
from storage import checkin, initiative, life, project, reply, tables, win, win_facts, win_setback, win_week
from storage.database import Connection
from tests.storage.scoping import CLAIRE, JULIE, KARIM, NOW, TODAY, Scoping, T

DONE = Words("Done.", "Fait.")


def notice(conn: Connection, scoping: Scoping, found: Found) -> Win | None:
    project.lock(conn, workspace=T, id=scoping.project)
    return win.notice(
        conn, workspace=T, project_id=scoping.project, found=found, said=DONE, to="team", now=NOW
    )


def noticed(scoping: Scoping, found: Found) -> Win | None:
    return scoping.db.run_sync(lambda conn: notice(conn, scoping, found))


def test_one_win_a_key_for_ever_and_what_is_made_again_is_none(scoping: Scoping) -> None:
    first = noticed(scoping, Found(detector="WN20", key="ASM-2", same=("=the export is complete",)))
    assert first is not None
    assert first.name == "WIN-1"
    assert noticed(scoping, Found(detector="WN20", key="ASM-2")) is None
    again = Found(detector="WN20", key="ASM-9", same=("=the export is complete",))
    assert noticed(scoping, again) is None, "made again under another number"
    assert noticed(scoping, replace(again, same=())) is None, "and that number is taken too"
    scoping.db.run_sync(win.revoke, workspace=T, project_id=scoping.project, number=1)
    assert noticed(scoping, Found(detector="WN20", key="ASM-2")) is None, "a revoked one is none again"
    other = noticed(scoping, Found(detector="WN08", key="ASM-2"))
    assert other is not None
    assert other.number == 2


def test_of_two_replicas_that_look_at_once_one_notices(scoping: Scoping) -> None:
    found = Found(detector="WN03", key="project")
    with ThreadPoolExecutor(4) as pool:
        made = [each for each in pool.map(lambda _: noticed(scoping, found), range(4)) if each is not None]
    assert [one.number for one in made] == [1]


def test_a_win_goes_from_state_to_state_and_is_posted_once(scoping: Scoping) -> None:
    here: dict[str, Any] = {"workspace": T, "project_id": scoping.project}
    told = Win(
        number=0, type="WM1", said=DONE, state="asking", functions=("sales",), by=KARIM, found_at=NOW,
        people=(Named(user=JULIE),),
    )  # fmt: skip
    run, read = scoping.db.run_sync, scoping.db.read_sync
    assert run(win.tell, **here, win=told) == replace(told, number=1)
    assert not run(win.post, **here, number=1, channel="C1", now=NOW), "not before everybody was asked"
    run(win.consented, **here, number=1, people=[Named(user=JULIE, consent="yes")])
    run(win.move, **here, number=1, state="waiting")
    assert run(win.post, **here, number=1, channel="C1", now=NOW)
    assert not run(win.post, **here, number=1, channel="C1", now=NOW)
    posts = read(win.posts, workspace=T, channel="C1", since=NOW - timedelta(days=1), zone_="Europe/Paris")
    assert [(post.type, post.on) for post in posts] == [("WM1", TODAY)]
    (kept,) = read(win.newest, **here)
    run(win.into_round_up, **here, win=kept, week="2026-W48")
    assert [one.state for one in read(win.of_round_up, **here, week="2026-W48")] == ["posted"]
    assert [one.name for _, one in read(win.naming, workspace=T, user=JULIE)] == ["WIN-1"]
    assert read(win.naming, workspace=T, user=CLAIRE) == []
    run(win.remember, **here, notes=["WN14:above"], now=NOW)
    run(win.remember, **here, notes=["WN14:above"], now=NOW)
    assert read(win.noted, **here) == {"WN14:above"}


def make(scoping: Scoping, kind: str, title: str, **more: Any) -> Kept:
    draft = Draft(kind=kind, item=title, title=Words.same(title), **more)  # type: ignore[arg-type]
    return scoping.db.run_sync(
        life.make, workspace=T, project_id=scoping.project, draft=draft, by=KARIM, now=NOW
    )


def change(scoping: Scoping, ref: str, move: str, status: str, at: datetime, **more: Any) -> None:
    def step(conn: Connection) -> None:
        held = life.hold(conn, workspace=T, project_id=scoping.project, ref=ref)
        assert held is not None
        life.change(conn, held, by=KARIM, move=move, status=status, now=at, **more)

    scoping.db.run_sync(step)


def facts(scoping: Scoping, at: datetime = NOW) -> Facts:
    def read(conn: Connection) -> Facts:
        found = project.get(conn, workspace=T, id=scoping.project)
        assert found is not None
        return win_facts.facts(conn, project=found, playbook=scoping.playbook, now=at)

    return scoping.db.read_sync(read)


def test_facts_come_from_records_and_restricted_ones_are_left_out(scoping: Scoping) -> None:
    make(scoping, "annex", "Process", owner=KARIM, due=date(2026, 12, 1))
    make(scoping, "annex", "Secret", owner=KARIM, due=date(2026, 12, 1), restricted=True)
    make(scoping, "risk", "Late", fields={"score": 12})
    make(scoping, "assumption", "Export", status="untested")
    make(scoping, "lot", "Lot 1", fields={"exit": "Used"}, due=date(2027, 1, 1))
    make(scoping, "stake", "Faster", fields={"level": "strategic", "indicator": "Days", "target": "2"})
    issue = make(scoping, "issue", "Who?", owner=KARIM, due=date(2026, 11, 20))
    later = NOW + timedelta(days=15)
    change(scoping, issue.ref, "resolve", "resolved", later)
    read = facts(scoping, later)
    assert [one.ref for one in read.supporting] == ["SID-1"]
    assert read.goals[0].indicator
    assert [(one.score, one.answered) for one in read.risks] == [(12, False)]
    assert read.lots[0].exit
    (one,) = read.issues
    assert (one.live, (one.settled - one.opened).days if one.settled else 0) == (False, 15)
    change(scoping, issue.ref, "reopen", "open", later, reason="Not really")
    (one,) = facts(scoping, later).issues
    assert (one.live, one.settled, bool(one.reopened)) == (True, None, True)
    bare = facts(scoping)
    assert (bare.committed, bare.charter, bare.note, bare.settled, bare.tries) == (False, False, None, (), ())


def test_a_blocking_setback_is_seen_on_its_day_only(scoping: Scoping) -> None:
    def seen(at: datetime) -> bool:
        return scoping.db.read_sync(
            win_setback.announced, workspace=T, project_id=scoping.project, since=at - timedelta(hours=9),
            until=at + timedelta(hours=1),
        )  # fmt: skip

    assert not seen(NOW)
    make(scoping, "issue", "Small", fields={"blocking": False})
    assert not seen(NOW)
    make(scoping, "issue", "Blocked", fields={"blocking": True})
    assert seen(NOW)
    assert not seen(NOW + timedelta(days=1))
    risk = make(scoping, "risk", "Late", fields={"score": 20})
    change(scoping, risk.ref, "happen", "happened", NOW + timedelta(days=1))
    assert seen(NOW + timedelta(days=1))


def test_a_month_of_kept_commitments_is_the_sponsor_s_alone(scoping: Scoping) -> None:
    here: dict[str, Any] = {"workspace": T, "project_id": scoping.project}

    def month(n: int, kept: list[str], offered: int) -> None:
        def say(conn: Connection) -> None:
            id = checkin.ask(conn, **here, what="C03", user=CLAIRE, occasion=f"{n}", day=date(2026, n, 10))
            assert id
            checkin.answer(conn, workspace=T, id=id, answers={"C03a": kept}, offered=offered, now=NOW)

        scoping.db.run_sync(say)

    month(8, ["a", "b"], 2)
    month(9, ["a"], 2)
    month(10, [], 0)
    month(11, ["a"], 1)
    assert facts(scoping).kept_months == ("2026-08",), "not a month that is not over, nor one without any"


def test_the_group_has_gone_up_a_step_and_what_was_answered_is_done(scoping: Scoping) -> None:
    order = [item for item, _ in scoping.playbook.waves["C01"].steps]

    def poll(conn: Connection, n: int, low: str | None) -> str:
        id = f"w{n}"
        conn.execute(
            insert(tables.wave),
            {
                "workspace": T, "id": id, "project_id": scoping.project, "what": "C01", "opened_by": KARIM,
                "opened_on": date(2026, 10, n), "closes_on": date(2026, 10, n + 5), "threshold": 5,
                "asked": [], "key_mark": "", "status": "closed", "outcome": "kept",
                "closed_on": date(2026, 10, n + 5),
            },
        )  # fmt: skip
        for item in order:
            total = 10 if item == low else 20
            conn.execute(
                insert(tables.wave_result),
                {
                    "workspace": T, "wave_id": id, "question": item, "n": 5,
                    "kept": {"total": total, "polar": False, "apart": [], "groups": {}},
                },
            )  # fmt: skip
        return id

    def polls(conn: Connection) -> None:
        poll(conn, 1, order[1])
        poll(conn, 8, order[0])
        poll(conn, 15, None)
        reply.post(
            conn, workspace=T, wave_id="w8", text="Des heures sont libérées.\nEt plus.", by=KARIM, now=NOW
        )

    scoping.db.run_sync(polls)
    read = facts(scoping)
    assert read.climbs == ("w15",)
    assert [one.title.fr for one in read.answered] == ["Des heures sont libérées"]


def test_what_the_round_up_says_beside_the_wins(scoping: Scoping) -> None:
    issue = make(scoping, "issue", "Who?", due=date(2026, 11, 30))
    owed = make(scoping, "issue", "When?", due=date(2026, 12, 1))
    make(scoping, "lot", "Lot 1", due=date(2026, 12, 2))
    change(scoping, issue.ref, "resolve", "resolved", NOW)
    new = initiative.Initiative(number=0, statement="A note", author=KARIM, function="sales", made_at=NOW)
    run = scoping.opens("D02", closes_on=date(2026, 12, 3))
    assert scoping.db.run_sync(initiative.put, workspace=T, project_id=scoping.project, new=new) == 1
    week = scoping.db.read_sync(
        win_week.week, workspace=T, project_id=scoping.project, since=NOW - timedelta(days=7), until=NOW,
        days=(date(2026, 11, 28), date(2026, 12, 4)),
    )  # fmt: skip
    assert [one.ref for one in week.settled] == [issue.ref]
    assert (week.owed, [one.ref for one in week.lots]) == (2, ["LOT-1"])
    assert run in [one.id for one in week.closing]
    assert owed.ref == "ISS-2"
    kept = scoping.db.read_sync(initiative.get, workspace=T, project_id=scoping.project, number=1)
    assert kept == replace(new, number=1)
    assert scoping.db.read_sync(initiative.by, workspace=T, user=CLAIRE) == []
