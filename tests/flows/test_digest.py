"""The sponsor's digest (DOC7): what is in it, in which order, how much, what is new. No fake, no clock."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.digest.dangers import dangers
from flows.digest.facts import Danger, Facts, Group, Score, Step, Waiting
from flows.digest.groups import steps, unread, worries
from flows.digest.summary import Act, Change, Digest, Snapshot, digest, settled, snapshot
from flows.digest.summary import kept as to_keep
from flows.progress import Lot, Progress
from flows.register.model import Kept
from flows.wave.model import ScaleKept, TextKept
from flows.words import Words

THURSDAY = date(2026, 2, 19)
NOTHING = Facts(on=THURSDAY, progress=Progress(phase="P1", week=5, weeks=6, closed=11, total=15))
SCORED = Score(verdict="GO_CONDITIONS", readiness=51.2, families={1: 65.0, 2: 48.0, 3: 47.6, 4: 57.0})


def step(n: int, function: str) -> Step:
    return Step(ref=f"WIN-{n}", told=Words.same(f"Pas {n}"), function=function, on=THURSDAY - timedelta(n))


def waits(ref: str, *, kind: str = "action", due: date | None = None) -> Waiting:
    return Waiting(kind=kind, ref=ref, id=ref, title=Words.same(ref), due=due)  # type: ignore[arg-type]


def danger(kind: str, ref: str, *, score: int = 0, severity: str | None = None) -> Danger:
    return Danger(kind=kind, ref=ref, title=Words.same(ref), why="high", score=score, severity=severity)  # type: ignore[arg-type]


def kept(kind: str, number: int, **more: object) -> Kept:
    at = datetime(2026, 1, 12, tzinfo=UTC)
    return Kept(kind=kind, number=number, title=Words.same(f"{kind} {number}"), created_at=at, **more)  # type: ignore[arg-type]


def after(facts: Facts) -> Digest:
    """The digest of a week in which the last one said the very opposite of nothing: `NOTHING`."""
    return digest(facts, snapshot(NOTHING))


def test_nothing_has_changed_and_nothing_waits_so_it_is_one_line() -> None:
    quiet = after(replace(NOTHING, on=THURSDAY + timedelta(weeks=1)))
    assert quiet.quiet
    assert quiet.news.change == "none"
    first = digest(NOTHING, None)
    assert not first.quiet, "the first digest says where the project is"
    assert first.news.change == "first"
    waiting = replace(NOTHING, waiting=(waits("ACT-5"),))
    still = digest(waiting, snapshot(waiting))
    assert not still.quiet, "what waited last week and waits still is no quiet week"
    assert (still.news.change, still.news.actions) == ("none", 1)


@pytest.mark.parametrize(
    ("facts", "change", "by"),
    [
        (replace(NOTHING, score=SCORED), "verdict", 0),
        (replace(NOTHING, progress=replace(NOTHING.progress, phase="P2")), "phase", 0),
        (replace(NOTHING, progress=replace(NOTHING.progress, closed=13)), "closed", 2),
        (replace(NOTHING, dangers=(danger("risk", "RSK-1", score=16),)), "dangers", 1),
        (replace(NOTHING, steps=(step(7, "service"),)), "steps", 1),
        (replace(NOTHING, groups=(Group(kind="steps", asked="open", until=THURSDAY),)), "group", 0),
    ],
)
def test_the_first_line_names_the_change_that_says_most(facts: Facts, change: Change, by: int) -> None:
    news = after(facts).news
    assert (news.change, news.by) == (change, by)


@pytest.mark.parametrize(("now", "change", "arrow"), [(54.0, "up", "up"), (49.4, "down", "down")])
def test_readiness_says_where_it_has_gone_since_the_last_digest(now: float, change: str, arrow: str) -> None:
    before = snapshot(replace(NOTHING, score=SCORED))
    moved = digest(
        replace(NOTHING, score=replace(SCORED, readiness=now, families={1: 66.0, 2: 48.0})), before
    )
    assert moved.readiness is not None
    assert (moved.news.change, moved.readiness.moved) == (change, arrow)
    assert [(one.family, one.score, one.moved) for one in moved.readiness.bands] == [
        (1, 66, "up"),
        (2, 48, "same"),
    ]
    assert digest(replace(NOTHING, score=SCORED), None).readiness.bands[0].moved is None  # type: ignore[union-attr]


def test_before_anything_can_be_concluded_there_is_no_figure() -> None:
    early = Score(verdict="INSUFFICIENT", readiness=40.0, families={1: 40.0, 2: None})
    said = after(replace(NOTHING, score=early)).readiness
    assert said is not None
    assert (said.score, said.bands, said.moved) == (None, (), None)
    assert after(NOTHING).readiness is None, "no run yet"
    assert after(replace(NOTHING, score=early)).news.change == "none", "that nothing is known is no news"
    assert (
        digest(replace(NOTHING, score=early), snapshot(replace(NOTHING, score=SCORED))).news.change
        == "verdict"
    )


def test_three_steps_of_different_functions_and_none_twice() -> None:
    found = (step(1, "sales"), step(2, "sales"), step(3, "service"), step(4, "it"), step(5, ""))
    assert [one.ref for one in after(replace(NOTHING, steps=found)).steps] == ["WIN-1", "WIN-3", "WIN-4"]
    alone = after(replace(NOTHING, steps=found[:2])).steps
    assert [one.ref for one in alone] == ["WIN-1", "WIN-2"], "one function alone is still thanked"
    assert digest(replace(NOTHING, steps=found), snapshot(replace(NOTHING, steps=found))).steps == ()


def test_decisions_come_before_actions_each_by_its_day_three_at_once() -> None:
    tomorrow = THURSDAY + timedelta(1)
    found = (
        waits("ACT-1"), waits("ACT-5", due=THURSDAY), waits("TRD-2", kind="case", due=THURSDAY),
        waits("ACT-6", due=tomorrow), waits("TRD-3", kind="case"),
    )  # fmt: skip
    said = after(replace(NOTHING, waiting=found))
    assert [one.ref for one in said.waiting] == ["TRD-2", "TRD-3", "ACT-5"]
    assert (said.more, said.news.cases, said.news.actions) == (2, 2, 3)
    late = after(replace(NOTHING, waiting=(waits("TRD-4", kind="late"),)))
    assert (late.news.cases, late.news.actions) == (1, 0)
    gone = settled(replace(NOTHING, waiting=found[:1]), snapshot(replace(NOTHING, waiting=found)))
    assert gone == ("ACT-5", "TRD-2", "ACT-6", "TRD-3")


def test_a_blocking_rule_is_never_pushed_out_by_risks() -> None:
    risks = tuple(danger("risk", f"RSK-{n}", score=15 + n) for n in range(6))
    rule, high = danger("rule", "R07", severity="blocking"), danger("rule", "R53", severity="high")
    said = [one.ref for one in after(replace(NOTHING, dangers=(*risks, high, rule))).dangers]
    assert said == ["RSK-5", "RSK-4", "RSK-3", "RSK-2", "R07"]


def test_a_lot_that_has_moved_says_from_where() -> None:
    def lots(*found: Lot) -> Facts:
        return replace(NOTHING, progress=replace(NOTHING.progress, lots=found))

    one, two = (
        Lot(ref="LOT-1", name=Words.same("Devis"), day=THURSDAY),
        Lot(ref="LOT-2", name=Words.same("X"), day=None),
    )
    before = snapshot(lots(one, two))
    assert digest(lots(one, two), before).shifts == ()
    later = digest(lots(replace(one, day=THURSDAY + timedelta(7)), two), before)
    assert [(s.lot.ref, s.before) for s in later.shifts] == [("LOT-1", THURSDAY)]
    assert later.news.change == "lots"
    assert digest(lots(replace(one, day=None)), before).shifts[0].before == THURSDAY


def test_the_next_visible_act_is_the_sponsors_own_or_for_the_weakest_family() -> None:
    scored = replace(NOTHING, score=SCORED)
    assert after(scored).act == Act(family=3)
    assert after(replace(scored, act="Mardi, à l’atelier")).act == Act(words="Mardi, à l’atelier")
    assert after(NOTHING).act == Act(), "nothing is known of any family"


def test_the_check_ins_of_the_group_are_compared_by_what_is_said_of_them() -> None:
    read = Group(kind="steps", asked="read", step=Words(en="Desire", fr="Envie"), went="up")
    facts = replace(NOTHING, groups=(read,))
    assert digest(facts, snapshot(facts)).quiet
    weighs = replace(NOTHING, groups=(Group(kind="worries", asked="read", weight="fragile"),))
    assert digest(weighs, snapshot(facts)).news.change == "group"
    replied = replace(NOTHING, groups=(replace(read, replied=True),))
    assert digest(replied, snapshot(facts)).news.change == "group", "you said, we did"


def test_nothing_in_it_can_say_who_has_answered_how_many_or_what_somebody_does() -> None:
    """The line "Never in the digest": there is no place for it, in the facts or in what is made of them."""
    places = {
        field.name for kind in (Facts, Digest, Group, Snapshot, Progress, Step) for field in fields(kind)
    }
    assert not places & {
        "n",
        "expected",
        "respondents",
        "participants",
        "user",
        "users",
        "missing",
        "texts",
        "quotes",
    }
    assert {field.name for field in fields(Group)} == {
        "kind",
        "asked",
        "until",
        "step",
        "weight",
        "went",
        "replied",
    }


def test_what_could_stop_the_project_is_read_from_its_records() -> None:
    long = {"weeks": 4, "after_items": ()}
    records = [
        kept("risk", 1, fields={"likelihood": 4, "impact": 4}, owner="U1"),
        kept("risk", 2, fields={"likelihood": 3, "impact": 4}),
        kept("risk", 3, fields={"likelihood": 5, "impact": 5}, status="closed"),
        kept("risk", 4, fields={"impact": 5}),
        kept("annex", 1, owner="U1", due=THURSDAY),
        kept("annex", 2, owner="U1", due=THURSDAY - timedelta(1)),
        kept("annex", 3),
        kept("annex", 4, owner="U1", fields={"stuck": True}),
        kept("annex", 5, status="later"),
        kept("task", 1, item="a", fields=long, owner="U1"),
        kept("task", 2, item="b", fields={"weeks": 3, "after_items": ["a", "gone"]}),
        kept("task", 3, item="c", fields={"weeks": 1}, due=THURSDAY - timedelta(9)),
    ]
    found = [(one.ref, one.why, one.score) for one in dangers(records, THURSDAY)]
    assert found == [
        ("RSK-1", "high", 16), ("SID-2", "overdue", 0), ("SID-3", "unowned", 0), ("SID-4", "stuck", 0),
        ("TSK-2", "unowned", 0),
    ]  # fmt: skip
    assert dangers((), THURSDAY) == (), "no task, no path"


def scale(n: int, total: int) -> ScaleKept:
    return ScaleKept(n=n, total=total)


ORDER = (("P01", "awareness"), ("P02", "desire"))
STEPS = {"P01": Words(en="Understanding", fr="Comprendre"), "P02": Words(en="Wanting", fr="Vouloir")}


def test_the_pulse_says_the_first_step_to_act_on_and_which_way_it_went() -> None:
    now = {"P01": scale(6, 24), "P02": scale(6, 15)}
    said = steps(now, {"P02": scale(5, 15)}, ORDER, STEPS)
    assert (said.asked, said.step, said.went) == ("read", STEPS["P02"], "down")
    assert steps(now, {}, ORDER, STEPS).went is None, "nothing to compare with"
    assert steps({"P01": scale(6, 24)}, {}, ORDER, STEPS) == Group(kind="steps", asked="read")
    assert steps({"P06": TextKept(n=5, quotes=())}, {}, ORDER, STEPS).asked == "few"


@pytest.mark.parametrize(("total", "weight"), [(6, "solid"), (14, "fragile"), (20, "weak"), (30, "critical")])
def test_worries_are_said_by_their_band_alone(total: int, weight: str) -> None:
    kept = {f"B0{n}": scale(6, total) for n in range(1, 7)}
    before = {f"BEL0{n}": scale(6, 18) for n in range(1, 7)}
    said = worries("C02", kept, "D07", before)
    assert said.weight == weight
    assert said.went == {6: "down", 14: "down", 20: "stable", 30: "up"}[total]
    assert worries("C02", kept, "", {}).went is None
    assert worries("C02", {}, "D07", before) == Group(kind="worries", asked="few")


def test_what_cannot_be_read_says_only_that() -> None:
    assert unread("steps", until=THURSDAY) == Group(kind="steps", asked="open", until=THURSDAY)
    assert unread("worries", until=None) == Group(kind="worries", asked="few")


def test_what_is_kept_to_be_read_again_leaves_out_what_is_the_sponsors_alone() -> None:
    action = Waiting(kind="action", ref="ACT-1", id="ACT-1", title=Words.same("Venir"), later=THURSDAY)
    facts = replace(NOTHING, waiting=(action,), act="Ouvrir l’atelier de mardi")
    found = digest(facts, None)
    assert found.act == Act(words="Ouvrir l’atelier de mardi")
    again = to_keep(found)
    assert again.act == Act()
    assert again.waiting[0].later is None
    assert replace(again, act=found.act, waiting=found.waiting) == found, "and nothing else"
