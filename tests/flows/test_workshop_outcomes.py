"""What each step of a workshop becomes: records with owner, date and source; nothing without quorum."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flows.dialogue.effects import Amend, Draft, Record
from flows.playbook import Playbook
from flows.project import Cast, Member
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.ballot import Item, Line, Result
from flows.workshop.model import Card, Participant, Workshop
from flows.workshop.outcomes import OUTCOMES, at_end, of_step
from flows.workshop.outcomes_model import Bring, Fill, Held, Outcome, Send, Settle, Try, Win
from flows.workshop.outcomes_needs import shared
from flows.workshop.outcomes_people import Said, answered
from flows.workshop.outcomes_said import BECOMES
from flows.workshop.script import BallotKind, Script, Step

T = TypeVar("T")
TODAY = date(2026, 2, 18)
TEN_DAYS, FIVE_DAYS = date(2026, 3, 4), date(2026, 2, 25)
CAST = Cast(
    holders={"sponsor": "U-SPO", "lead": "U-LEAD", "facilitator": "U-FAC", "arbiter": "U-ARB"},
    members=(Member(user="U-LEAD", function="sales"), Member(user="U-SAM", function="service")),
)


def held(script: str, *results: Result, cards: tuple[Card, ...] = (), about: str = "", **known: Any) -> Held:
    """A workshop with these results and cards."""
    ballots: Mapping[int, BallotKind] = {one.step: one.kind for one in results}
    steps = tuple(
        Step(number=n, minutes=5, hours=2, method="talk", words=Words("x", "x"), ballot=ballots.get(n))
        for n in range(1, 11)
    )
    play = Script(
        id=script, title=Words("Workshop", "Atelier"), goal=Words("x", "x"), needs=(), who="team",
        roles=("team",), decides=True, minutes=60, steps=steps, close=Words("x", "x"),
        outputs=Words("x", "x"),
    )  # fmt: skip
    workshop = Workshop(
        id="w1", workspace="T1", project_id="p1", number=1, script=script, mode="live", facilitator="U-FAC",
        channel="C1", planned_by="U-FAC", about=about,
    )  # fmt: skip
    register = {ref.replace("_", "-"): one for ref, one in known.items()}
    return Held(
        workshop=workshop, script=play, cards=cards, results=results, cast=CAST, register=register,
        today=TODAY, language="en",
    )  # fmt: skip


def kept(kind: str, number: int, **more: Any) -> Kept:
    given: dict[str, Any] = {"title": Words.same("Known"), "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return Kept(kind=kind, number=number, **{**given, **more})  # type: ignore[arg-type]


def line(id: str, outcome: str = "", *, ref: str = "", **more: Any) -> Line:
    given: dict[str, Any] = {"n": 4, "counts": {}, "outcome": outcome, **more}
    group, second = given.pop("group", ""), given.pop("second_pole", None)
    return Line(item=Item(id=id, words=Words.same(id), ref=ref, group=group, second=second), **given)


def result(step: int, kind: BallotKind, *lines: Line, **more: Any) -> Result:
    given: dict[str, Any] = {"number": step, "attempt": 1, "voters": 5, "n": 5, "abstained": 0, **more}
    return Result(**{"verdict": "settled", "step": step, "kind": kind, "lines": lines, **given})


def carried(step: int, **more: Any) -> Result:
    counts = {"0": 0, "1": 0, "2": 1, "3": 1, "4": 2, "5": 1}
    told = {"why": ("A date is missing", "At last"), "against": ("A date is missing",)}
    only = line("The text", "passed", counts=counts, **told)
    return result(step, "fist", only, **more)


def card(id: str, text: str = "", *, step: int = 2, kind: Any = "row", **fields: Any) -> Card:
    return Card(id=id, step=step, kind=kind, text=text, fields=fields)


def drafts(found: tuple[Outcome, ...]) -> list[Draft]:
    return [draft for one in found if isinstance(one, Record) for draft in one.drafts]


def only(found: tuple[Outcome, ...], kind: type[T]) -> T:
    (one,) = [one for one in found if isinstance(one, kind)]
    return one


# -- a support vote -----------------------------------------------------------------------------------------


def test_what_is_carried_is_a_decision_with_its_spread_and_the_words_of_those_who_did_not_follow() -> None:
    found = of_step(held("W06", carried(7)), 7)
    (made,) = drafts(found)
    assert (made.kind, made.status, made.fields["method"]) == ("decision", "accepted", "vote")
    assert made.fields["workshop"] == "W06.7"
    assert made.fields["distribution"]["2"] == 1
    assert made.fields["minority"] == "A date is missing"
    assert only(found, Record).source.dialogue == "w1"


def test_any_vote_without_quorum_is_to_be_held_again_and_waits_no_longer_once_it_was() -> None:
    dots = result(3, "dots", line("Access", "kept", figure=3), indicative=True)
    (again,) = drafts(of_step(held("W12", dots), 3))
    assert (again.kind, again.owner, again.fields["replay"]) == ("issue", "U-FAC", "W12.3")
    waiting = kept("issue", 4, fields={"replay": "W12.3"})
    found = of_step(held("W12", replace(dots, indicative=False), ISS_4=waiting), 3)
    assert only(found, Settle).ref == "ISS-4"
    at_once = of_step(held("W12", dots, replace(dots, number=9, indicative=False)), 3)
    assert [one.source.question for one in at_once if isinstance(one, Record)] == ["W12.3", "W12.3.again"]
    assert [one.kind for one in drafts(found)] == ["action"]


def test_without_quorum_nothing_is_decided_and_the_vote_waits_to_be_replayed() -> None:
    found = of_step(held("W07", carried(9, indicative=True)), 9)
    (made,) = drafts(found)
    assert (made.kind, made.owner, made.due) == ("issue", "U-FAC", TEN_DAYS)
    assert made.fields["replay"] == "W07.9"


def test_a_replay_with_quorum_settles_what_waited_for_it() -> None:
    waiting = kept("issue", 4, fields={"replay": "W07.9"}, dialogue="an earlier workshop")
    found = of_step(held("W07", carried(9), ISS_4=waiting), 9)
    assert only(found, Settle).ref == "ISS-4"


def test_what_fails_twice_goes_to_the_arbiter_with_both_positions_and_names_only_who_signed() -> None:
    texts = (
        card("c1", "Say who pays", step=9, kind="to_three"),
        replace(card("c2", "A later date", step=9, kind="to_three"), author="U-SAM", signed=True),
    )
    failed = replace(carried(9, verdict="failed"), attempt=2)
    found = of_step(held("W07", failed, cards=texts), 9)
    brought = only(found, Bring)
    assert brought.proposal == Words.same("The text")
    assert brought.against == ("A date is missing", "Say who pays")
    assert brought.signed == {"U-SAM": "A later date"}
    assert not drafts(found)


def test_between_two_votes_and_without_votes_there_is_no_decision() -> None:
    for verdict in ("again", "empty"):
        assert not drafts(of_step(held("W03", carried(6, verdict=verdict)), 6))
    assert not drafts(of_step(held("W03"), 6))


def test_a_vote_that_is_not_carried_and_has_no_quorum_waits_to_be_replayed_like_any_other() -> None:
    (made,) = drafts(of_step(held("W02", carried(6, verdict="again", indicative=True)), 6))
    assert made.fields["replay"] == "W02.6"


def test_a_vote_held_again_without_quorum_or_votes_undoes_no_decision() -> None:
    first = carried(6)
    for verdict in ("settled", "again"):
        again = replace(carried(6, verdict=verdict), number=7, indicative=True)
        decided, replayed = drafts(of_step(held("W02", first, again), 6))
        assert (decided.kind, decided.fields["distribution"]["2"]) == ("decision", 1)
        assert replayed.fields["replay"] == "W02.6"
    nobody = result(6, "fist", number=7, n=0, verdict="empty")
    (stays,) = drafts(of_step(held("W02", first, nobody), 6))
    assert stays.kind == "decision"
    failed = replace(carried(6, verdict="failed"), number=7)
    assert not drafts(of_step(held("W02", first, failed), 6))  # with quorum, they see it otherwise now


def test_the_text_that_a_second_vote_carried_stands_in_its_decision() -> None:
    first = carried(6, verdict="again")
    amended = result(6, "fist", line("A better text", "passed"), number=7, attempt=2)
    (made,) = drafts(of_step(held("W02", first, amended), 6))
    assert made.fields["choice"] == "A better text"
    same = replace(carried(6), number=7, attempt=2)
    (made,) = drafts(of_step(held("W02", first, same), 6))
    assert "choice" not in made.fields
    rules = card("r1", "Nobody is judged", kind="idea", step=2)
    (made,) = drafts(
        of_step(held("W11", replace(first, step=5), replace(amended, step=5), cards=(rules,)), 5)
    )
    assert "A better text" in made.fields["choice"]


def test_a_vote_that_failed_without_a_text_is_brought_all_the_same() -> None:
    nothing = result(6, "fist", verdict="failed")
    assert only(of_step(held("W03", nothing), 6), Bring).proposal == Words("", "")


def test_a_support_vote_of_a_script_of_ones_own_is_decided_too_and_a_talk_leaves_nothing() -> None:
    own = held("W99", carried(3))
    assert drafts(of_step(own, 3))[0].title == Words.same("The text")
    assert of_step(own, 4) == ()
    empty = held("W99", result(3, "fist", verdict="settled"))
    assert drafts(of_step(empty, 3))[0].title == Words("Workshop", "Atelier")


# -- W01, W02, W12 ------------------------------------------------------------------------------------------


def test_w01_counterweights_are_actions_of_the_lead_and_carried_roles_accept_who_steers() -> None:
    dots = result(3, "dots", line("Weekly arbitration", "kept"), line("A second voice", "out"))
    (made,) = drafts(of_step(held("W01", dots), 3))
    assert (made.kind, made.owner, made.due) == ("action", "U-LEAD", TEN_DAYS)
    assert made.title.fr == "Mettre en place : Weekly arbitration"
    missing = kept("action", 3, source="SET09", item="weekly")
    known = result(3, "dots", line("Weekly arbitration", "kept", ref="weekly"))
    found = of_step(held("W01", known, ACT_3=missing), 3)
    assert not drafts(found)
    assert only(found, Amend).fields["ACT-3"]["first"] is True

    steers = kept("decision", 1, source="SET08", status="proposed")
    other = kept("decision", 2, source="SPO01", status="proposed")
    found = of_step(held("W01", carried(4), DEC_1=steers, DEC_2=other), 4)
    assert only(found, Settle).ref == "DEC-1"
    undecided = of_step(held("W01", carried(4, verdict="again"), DEC_1=steers), 4)
    assert not [one for one in undecided if isinstance(one, Settle)]


def test_w02_goals_kept_are_recorded_known_ones_stay_themselves() -> None:
    dots = result(
        4, "dots",
        line("c1", "kept", group="operational"), line("GOA-1", "kept", ref="GOA-1"),
        line("GOA-2", "out", ref="GOA-2"), line("A new one", "kept"),
    )  # fmt: skip
    written = card("c1", "Answer in a day", kind="idea", indicator="Delay", target="1 day")
    known: dict[str, Any] = {"GOA_1": kept("stake", 1), "GOA_2": kept("stake", 2)}
    found = of_step(held("W02", dots, cards=(written,), **known), 4)
    first, second = drafts(found)
    assert (first.kind, first.fields["level"], first.fields["target"]) == ("stake", "operational", "1 day")
    assert second.fields["level"] == "strategic"
    assert only(found, Amend).fields == {"GOA-1": {"kept_in": "W02.4"}, "GOA-2": {"kept_in": None}}


def test_w02_exclusions_and_shared_goals_flow_into_d02() -> None:
    said = card("n1", "Not a reporting project", step=5, kind="note")
    (made,) = drafts(of_step(held("W02", cards=(said,)), 5))
    assert (made.kind, made.title.en) == ("exclusion", "Not a reporting project")

    found = of_step(held("W02", carried(6)), 6)
    assert only(found, Send) == Send(flow="D02", part="after_W02")
    assert only(found, Fill).values == {"OBJ09": "shared"}
    assert not [one for one in of_step(held("W02", carried(6, indicative=True)), 6) if isinstance(one, Fill)]
    committed = kept("decision", 6, source="OBJ09", status="accepted")
    assert not [one for one in of_step(held("W02", carried(6), DEC_6=committed), 6) if isinstance(one, Fill)]


def test_w12_the_first_obstacle_is_an_action_and_what_has_not_changed_an_open_point() -> None:
    dots = result(3, "dots", line("Slow access", "kept", figure=3), line("Two lists", "kept", figure=5))
    (made,) = drafts(of_step(held("W12", dots), 3))
    assert made.title.en == "Remove: Two lists"
    assert not drafts(of_step(held("W12"), 3))
    said = card("n1", "Still two lists", step=4, kind="note")
    (point,) = drafts(of_step(held("W12", cards=(said,)), 4))
    assert (point.kind, point.owner) == ("issue", "U-LEAD")


# -- W03, W05 -----------------------------------------------------------------------------------------------


def test_w03_lines_become_gaps_agreed_by_the_group_with_the_risk_foreseen() -> None:
    cells = {"step": "Offer", "lived": "By mail", "severity": "4", "risk": "Lost offers", "owner": "U-SAM"}
    rows = (
        replace(card("r1"), fields=cells),
        card("r2", "Visit", severity="1"),
        card("r3", "Known", ref="gap-7"),
    )
    found = of_step(held("W03", cards=rows, GAP_7=kept("gap", 7)), 2)
    gap, risk = drafts(found)
    assert (gap.kind, gap.owner, gap.fields["agreed_in"]) == ("gap", "U-SAM", "W03.2")
    assert (risk.kind, risk.status, risk.owner) == ("risk", "proposed", "U-SAM")
    assert only(found, Amend).fields == {"GAP-7": {"agreed_in": "W03.2"}}


def test_w03_gaps_kept_get_an_owner_or_an_open_point_that_says_there_is_none() -> None:
    dots = result(4, "dots", line("a", "kept", ref="GAP-1"), line("No shared agenda", "kept"))
    chosen = of_step(held("W03", dots), 4)
    assert only(chosen, Amend).fields == {"GAP-1": {"agreed_in": "W03.4", "first": True}}
    (named,) = drafts(chosen)
    assert (named.kind, named.title.en, named.fields["agreed_in"]) == ("gap", "No shared agenda", "W03.4")

    rows: tuple[Card, ...] = (
        card("r1", gap="GAP-1", owner="U-SAM", risk="Late", kind="row"),
        card("r2", gap="GAP-2", owner="U-LEAD"),
        card("r3", ref="GAP-3"),
        card("r4", gap="GAP-99"),
    )
    rows = tuple(replace(one, step=5) for one in rows)
    known: dict[str, Any] = {
        "GAP_1": kept("gap", 1),
        "GAP_2": kept("gap", 2, owner="U-LEAD"),
        "GAP_3": kept("gap", 3),
    }
    found = of_step(held("W03", cards=rows, **known), 5)
    settled = only(found, Settle)
    assert (settled.ref, settled.fields) == ("GAP-1", {"owner": "U-SAM"})
    risk, point = drafts(found)
    assert risk.fields["serves"] == "GAP-1"
    assert (point.kind, point.owner) == ("issue", "U-LEAD")
    assert {*only(found, Amend).fields} == {"GAP-1", "GAP-2", "GAP-3"}


def test_w05_effect_and_effort_stand_on_each_supporting_project() -> None:
    grid = result(
        2, "grid", line("a", "plan", ref="SID-1", figure=4.5, second=3), line("b", ref="SID-9", n=0),
    )  # fmt: skip
    found = of_step(held("W05", grid, SID_1=kept("annex", 1)), 2)
    assert only(found, Amend).fields == {"SID-1": {"weight": 4, "size": 3, "box": "plan"}}


def test_w05_effect_and_effort_of_a_topic_stand_on_its_record_once_there_is_one() -> None:
    grid = result(2, "grid", line("ANX05", "plan", ref="ANX05", figure=4.0, second=3.0))
    assert only(of_step(held("W05", grid), 2), Amend).fields == {}
    made = kept("annex", 3, source="ANX05")
    found = of_step(held("W05", grid, carried(4), SID_3=made), 4)
    assert only(found, Amend).fields == {"SID-3": {"weight": 4, "size": 3, "box": "plan"}}
    there = kept("annex", 3, source="ANX05", fields={"weight": 2, "box": "plan"})
    again = of_step(held("W05", grid, carried(4), SID_3=there), 4)
    assert only(again, Amend).fields == {}, "what somebody has changed since stays"


def test_w05_lines_fill_d05_and_what_holds_a_lot_up_joins_the_tasks() -> None:
    due = "2026-04-01"
    rows: tuple[Card, ...] = (
        card("r1", "Data", topic="ANX05", choice="needed", owner="U-SAM", due=due, lot="LOT-1", weight=4),
        card("r2", "Chart", topic="ANX04", choice="not_needed", reason="Redrawn last year"),
        card("r3", "Our own", owner="U-SAM", due=due),
        card("r4", "", topic="ANX06", choice="needed"),
        card("r5", ""),
    )
    rows = tuple(replace(one, step=3) for one in rows)
    found = of_step(held("W05", cards=rows), 3)
    values = only(found, Fill).values
    assert values["ANX05"] == "needed"
    assert (values["ANX05a"], values["ANX05b"], values["ANX05c"], values["ANX05d"]) == (
        "U-SAM",
        due,
        "LOT-1",
        4,
    )
    assert (values["ANX04"], values["ANX04e"]) == ("not_needed", "Redrawn last year")
    assert values["ANX07"] == [{"title": "Our own", "owner": "U-SAM", "due": due, "id": "r3"}]
    kinds = [(one.kind, one.item) for one in drafts(found)]
    assert kinds == [("task", "r1"), ("issue", "owner-r4"), ("issue", "owner-r5")]
    assert drafts(found)[0].fields["weeks"] == 6
    assert not [one for one in of_step(held("W05"), 3) if isinstance(one, Fill)]
    assert drafts(of_step(held("W05", carried(4)), 4))


# -- W06, W08 -----------------------------------------------------------------------------------------------


def test_w05_a_project_of_their_own_is_kept_as_the_group_says() -> None:
    own = (
        card("r1", "Archive", title="Archive", choice="not_needed", reason="Nobody reads it", owner="U-SAM"),
        card("r2", "Phones", title="Phones", choice="later", due="2026-09-01"),
        card("r3", "Portal", title="Portal", choice="needed", owner="U-SAM", due="2026-03-04"),
        card("r4", "Data quality", topic="ANX01"),
    )
    found = of_step(held("W05", cards=tuple(replace(one, step=3) for one in own)), 3)
    archive, phones = drafts(found)
    assert (archive.kind, archive.status, archive.fields["reason"]) == (
        "annex",
        "not_needed",
        "Nobody reads it",
    )
    assert (phones.title.en, phones.status, phones.due) == ("Phones", "later", date(2026, 9, 1))
    values = only(found, Fill).values
    assert [row["title"] for row in values["ANX07"]] == ["Portal"]
    assert "ANX01" not in values  # a topic nobody chose about is not a second project of its name


def test_w06_needs_sizes_and_board_flow_into_d11() -> None:
    rows: tuple[Card, ...] = (
        card("r1", "", need="See all calls", function="service"),
        card("r2", "", ref="REQ-1", gap="GAP-2"),
        card("r3", "", ref="REQ-2"),
        card("r4", ""),
    )
    rows = tuple(replace(one, step=1) for one in rows)
    known: dict[str, Any] = {"REQ_1": kept("need", 1, fields={"priority": "M"}), "REQ_2": kept("need", 2)}
    found = of_step(held("W06", cards=rows, **known), 1)
    (made,) = drafts(found)
    assert (made.kind, made.fields["need"]) == ("need", "See all calls")
    assert only(found, Amend).fields == {"REQ-1": {"gap": "GAP-2"}, "REQ-2": {}}

    sizes = result(2, "sizes", line("a", "3", ref="REQ-1"), line("b", "", ref="REQ-2"))
    assert only(of_step(held("W06", sizes), 2), Fill).values == {"NEE03@REQ-1": "3"}
    assert of_step(held("W06"), 2) == ()

    split = line("a", "split", ref="REQ-1", counts={"M": 2, "S": 1, "C": 1, "W": 0})
    tied = line("b", "split", ref="REQ-3", counts={})
    placed = result(
        3, "moscow", split, line("c", "S", ref="REQ-2"), tied, line("d", "split", ref="REQ-4", n=0)
    )
    found = of_step(held("W06", placed, **known), 3)
    assert only(found, Fill).values["NEE02"] == {"REQ-1": "S", "REQ-2": "S", "REQ-3": "W"}
    assert only(found, Amend).fields["REQ-1"] == {"split": True}, "two still hold it for a must-have"
    assert only(found, Amend).fields["REQ-2"] == {"split": None}
    gone = result(3, "moscow", line("a", "S", ref="REQ-1", counts={"M": 0, "S": 4}))
    assert only(of_step(held("W06", gone, **known), 3), Amend).fields["REQ-1"]["let_go"] is True
    assert of_step(held("W06"), 3) == ()


def test_w06_criteria_are_settled_set_aside_with_a_reason_or_brought_to_the_arbiter() -> None:
    told = {"why": ("We have one", "We need it"), "against": ("We need it",)}
    votes = result(
        5, "choice",
        line("k1", "required", ref="NEE11"), line("k2", "waived", ref="NEE12", **told),
        line("k3", "waived", ref="NEE13"), line("k4", "split", ref="NEE14", undecided=True),
        line("k5", "", ref="NEE15"), verdict="failed",
    )  # fmt: skip
    found = of_step(held("W06", votes), 5)
    values = only(found, Fill).values
    assert values == {"NEE11": "required", "NEE12": "waived", "NEE12a": "We have one", "NEE13": "waived"}
    (point,) = drafts(found)
    assert (point.kind, point.owner) == ("issue", "U-LEAD")
    assert only(found, Bring).subject == "NEE14"
    again = of_step(held("W06", replace(votes, verdict="again")), 5)
    assert not [one for one in again if isinstance(one, Bring)]
    assert not [one for one in of_step(held("W06"), 5) if isinstance(one, Fill)]


def test_w06_weights_make_a_hundred_and_no_heading_has_more_than_thirty() -> None:
    points = result(6, "points", line("a", ref="k1", figure=40), *(line(str(n), figure=12) for n in range(5)))
    values = only(of_step(held("W06", points), 6), Fill).values["NEE17"]
    assert sum(values.values()) == 100
    assert max(values.values()) == 30
    assert shared({"a": 50, "b": 50}) != {}
    assert of_step(held("W06"), 6) == ()


def test_w08_pairs_that_differ_go_to_the_arbiter_and_those_that_waited_are_settled_by_agreement() -> None:
    second = Words("Speed", "Vitesse")
    votes = result(
        3, "sliders",
        line("Quality", "differ", ref="ARB01", why=("It must hold",), second_pole=second),
        line("own", "differ", ref="TRD-3"),
        line("Cost", "agree", ref="ARB02", figure=1, second_pole=second),
        line("Half", "agree", ref="ARB03", figure=3, second_pole=second),
        line("Other", "agree", ref="ARB04", figure=4, second_pole=second), line("Calm", "agree", ref="ARB05"),
    )  # fmt: skip
    waiting: dict[str, Any] = {
        f"TRD_{n}": kept("tradeoff", n, status="proposed", fields={"pair": f"ARB0{n}"}) for n in (2, 3, 4)
    }
    found = of_step(held("W08", votes, **waiting), 3)
    apart = [one for one in found if isinstance(one, Bring)]
    assert [one.subject for one in apart] == ["ARB01", ""]
    assert apart[0].title == Words("Quality ↔ Speed", "Quality ↔ Vitesse"), (
        "neither pole goes before the other"
    )
    assert apart[0].options["4"].en == "Speed (rather)"
    made = drafts(found)
    assert [one.kind for one in made] == ["tradeoff", "decision"] * 3
    assert made[0].title == Words("Cost ↔ Speed: Cost (clearly)", "Cost ↔ Vitesse : Cost (nettement)")
    assert made[0].fields["loss"] == "Speed"
    assert made[2].title.en == "Half ↔ Speed: half-way"
    assert "loss" not in made[2].fields
    assert made[4].title.en == "Other ↔ Speed: Speed (rather)"
    assert made[5].fields["settles"] == "ARB04"


def test_w08_what_the_arbiter_decides_about_a_pair_comes_from_the_workshop() -> None:
    votes = result(3, "sliders", line("a", "differ", ref="ARB01"), line("b", "agree", ref="ARB02"))
    known = {
        "TRD_1": kept("tradeoff", 1, status="decided", fields={"pair": "ARB01", "decision": "DEC-4"}),
        "TRD_2": kept("tradeoff", 2, status="decided", fields={"pair": "ARB02", "decision": "DEC-5"}),
        "TRD_3": kept("tradeoff", 3, status="proposed", fields={"pair": "ARB01"}),
        "DEC_4": kept("decision", 4), "DEC_5": kept("decision", 5),
    }  # fmt: skip
    amended = only(of_step(held("W08", votes, **known), 4), Amend)
    assert {*amended.fields} == {"TRD-1", "DEC-4"}
    assert amended.fields["DEC-4"] == {"workshop": "W08.4", "wks": 1}


# -- W04, W11 -----------------------------------------------------------------------------------------------


def test_w04_conditions_are_open_points_of_the_sponsor_for_five_working_days() -> None:
    dots = result(
        4, "dots", line("Nobody is measured by it", "kept", figure=3), line("They listen in", "kept")
    )
    (made,) = drafts(of_step(held("W04", dots), 4))
    assert (made.kind, made.owner, made.due) == ("issue", "U-SPO", FIVE_DAYS)
    assert made.fields["condition"] == "asked"


def test_w04_the_sponsor_says_yes_not_yet_or_no() -> None:
    known: dict[str, Any] = {f"ISS_{n}": kept("issue", n, fields={"condition": "asked"}) for n in (1, 2, 3)}
    said = (
        Said(ref="ISS-1", says="yes", reason="Of course"), Said(ref="ISS-2", says="later", reason="In March"),
        Said(ref="ISS-3", says="no", reason="Not possible"), Said(ref="ISS-9", says="no", reason="x"),
    )  # fmt: skip
    found = answered(
        held("W04", **known, ISS_4=kept("issue", 4)), 5, (*said, Said(ref="ISS-4", says="no", reason="x"))
    )
    granted, refused = drafts(found)
    assert (granted.status, granted.fields["condition"], granted.fields["decided_by"]) == (
        "accepted", "granted", "U-SPO",
    )  # fmt: skip
    assert (refused.status, refused.fields["settles"]) == ("rejected", "ISS-3")
    assert [(one.ref, one.status) for one in found if isinstance(one, Settle)] == [
        ("ISS-1", "resolved"), ("ISS-3", "dropped"),
    ]  # fmt: skip
    assert only(found, Amend).fields == {"ISS-2": {"condition": "later", "resolution": "In March"}}


def test_w11_functions_that_only_lose_are_risks_the_trial_has_an_owner_the_rules_are_kept() -> None:
    cards = (
        card("n1", "x", kind="note", function="sales", loss="Own lists"),
        card("n2", "x", kind="note", function="service", loss="Time"),
        card("n3", "x", kind="note", function="service", gain="The full story"),
        card("n4", "x", kind="note"),
    )
    (made,) = drafts(of_step(held("W11", cards=cards), 2))
    assert (made.kind, made.fields["function"]) == ("risk", "sales")
    more = card("n5", "x", kind="note", function="sales", loss="A head start")
    (same,) = drafts(of_step(held("W11", cards=(*cards, more)), 2))
    assert same.item == made.item, "one risk a function, however many cards"
    assert same.fields["cause"] == "A head start / Own lists"

    grid = result(
        4, "grid", line("Slow", "leave", figure=1), line("One list", "do_now", figure=4), line("x", n=0)
    )
    found = of_step(held("W11", grid), 4)
    assert drafts(found)[0].owner == "U-LEAD"
    assert only(found, Try) == Try(item="W11.4", statement="One list", author="U-LEAD")
    assert not drafts(of_step(held("W11"), 4))

    rules = (card("i1", "All is shared by default", step=3, kind="idea"),)
    (decision,) = drafts(of_step(held("W11", carried(5), cards=rules), 5))
    assert decision.fields["choice"] == "All is shared by default"


def test_w11_the_rules_are_the_draft_of_the_charter_which_the_sponsor_alone_signs() -> None:
    draft = only(of_step(held("W11", carried(5)), 5), Fill)
    assert (draft.flow, draft.values) == ("D09", {"CHG05": "draft"})
    signed = kept("decision", 3, source="CHG05", status="accepted")
    assert not [one for one in of_step(held("W11", carried(5), DEC_3=signed), 5) if isinstance(one, Fill)]
    assert not [one for one in of_step(held("W11"), 5) if isinstance(one, Fill)]

    more = replace(card("d1", "Who corrects?", step=6, kind="decision", choice="no"), author="U-SPO")
    (point,) = drafts(of_step(held("W11", cards=(more,)), 6))
    assert point.owner == "U-SPO"
    yes = replace(card("d2", "Signed", step=6, kind="decision", choice="yes"), author="U-SPO")
    fill = only(of_step(held("W11", cards=(yes,)), 6), Fill)
    assert (fill.values, fill.method) == ({"CHG05": "signed"}, "sponsor")
    other = replace(card("d3", "Signed", step=6, kind="decision", choice="yes"), author="U-ARB")
    assert not [one for one in of_step(held("W11", cards=(other,)), 6) if isinstance(one, Fill)]


def test_w11_a_charter_nobody_said_anything_of_stays_an_open_point_of_the_sponsor() -> None:
    over = held("W11")
    (point,) = drafts(of_step(over, 6))
    assert (point.kind, point.owner, point.due) == ("issue", "U-SPO", FIVE_DAYS)
    assert point.title.en == "Sign the charter, or say what is missing"
    now = replace(over, workshop=replace(over.workshop, state="open", step=6))
    assert not drafts(of_step(now, 6)), "the step has only begun"
    signed = kept("decision", 3, source="CHG05", status="accepted")
    assert not drafts(of_step(held("W11", DEC_3=signed), 6))


# -- W07 ----------------------------------------------------------------------------------------------------


def test_w07_causes_kept_are_proposed_risks_and_the_tables_flow_into_d12() -> None:
    dots = result(4, "dots", line("Nobody has time", "kept"))
    (made,) = drafts(of_step(held("W07", dots), 4))
    assert (made.kind, made.status) == ("risk", "proposed")

    def table(step: int, *rows: Card) -> tuple[Outcome, ...]:
        return of_step(held("W07", cards=tuple(replace(row, step=step) for row in rows)), step)

    high = card("r1", "Nobody has time", family="4", likelihood=4, impact=5, owner="U-SAM")
    low = card("r2", "A strike", family="4", likelihood=1, impact=5)
    found = table(5, high, low)
    first = only(found, Fill).values["PLA02"][0]
    assert first == {
        "cause": "Nobody has time", "family": "4", "likelihood": 4, "impact": 5, "owner": "U-SAM", "id": "r1",
    }  # fmt: skip
    (point,) = drafts(found)
    assert point.item == "owner-r1"

    assert (
        only(table(6, card("r1", "Data is clean", importance=5)), Fill).values["PLA03"][0]["importance"] == 5
    )
    found = table(7, card("r1", "Lot 1", exit="All calls are in it"), card("r2", "Lot 2"))
    assert [row["name"] for row in only(found, Fill).values["PLA04"]] == ["Lot 1", "Lot 2"]
    assert [one.item for one in drafts(found)] == ["exit-r2"]
    assert only(table(8, card("r1", "Clean", weeks=3)), Fill).values["PLA05"][0]["weeks"] == 3
    assert not table(8)
    assert drafts(of_step(held("W07", carried(9)), 9))


# -- W09, W10 -----------------------------------------------------------------------------------------------


def test_w09_worries_changes_and_the_grid_with_its_spread() -> None:
    ideas = (
        card("i1", "Fast", step=4, kind="idea", worry="No French help"), card("i2", "x", step=4, kind="idea"),
    )  # fmt: skip
    (made,) = drafts(of_step(held("W09", cards=ideas, about="VND-2"), 4))
    assert (made.kind, made.fields["session"]) == ("risk", "VND-2")

    there = tuple(Participant(user=user, seat="here") for user in ("U-SAM", "U-VENDOR"))
    session = held("W09", about="VND-2", VND_2=kept("vendor", 2, fields={"attendees": ["U-LEAD"]}))
    session = replace(session, workshop=replace(session.workshop, people=there))
    assert only(of_step(session, 4), Amend).fields["VND-2"] == {"attendees": ["U-LEAD", "U-SAM"]}

    rows = (card("r1", "Calls must be logged", step=5), card("r2", " ", step=5))
    (point,) = drafts(of_step(held("W09", cards=rows, about="VND-2"), 5))
    assert point.title.en == "After VND-2, to look at: Calls must be logged"

    levels = result(
        6, "levels", line("K1", counts={"seen": 3, "claimed": 1}), line("K2", counts={"seen": 2, "no": 2}),
        line("K3", counts={}), line("K4", n=0),
    )  # fmt: skip
    (one,) = of_step(held("W09", levels, about="VND-2"), 6)
    assert isinstance(one, Fill)
    first, second, third = one.values["VEN07@VND-2"]
    assert (first["level"], first["note"]) == ("seen", "seen: 3 · claimed: 1")
    assert (second["level"], third["level"]) == ("no", "no")
    assert of_step(held("W09", levels), 6) == ()
    assert of_step(held("W09", about="VND-2"), 6) == ()


def test_w10_asks_for_readings_in_d15_and_keeps_whether_the_note_is_carried() -> None:
    assert of_step(held("W10"), 2) == (Send(flow="D15", part="W10"),)
    assert drafts(of_step(held("W10", carried(5)), 5))[0].title.en == "The team carries the scoping note"


# -- the end ------------------------------------------------------------------------------------------------


def test_what_was_parked_is_an_open_point_and_what_pleases_is_proposed_as_a_win() -> None:
    cards = (
        card("p1", "Who answers on Mondays?", kind="parked"), card("p2", "twice", kind="parked"),
        card("w1", "We talked", kind="pleased"),
    )  # fmt: skip
    cards = (cards[0], replace(cards[1], into="p1"), cards[2])
    found = at_end(held("W03", cards=cards))
    (point,) = drafts(found)
    assert (point.owner, point.fields["workshop"], point.item) == ("U-FAC", "W03.parking", "p1")
    assert only(found, Win).line == "We talked"


def test_a_run_off_says_the_last_word_and_a_role_nobody_holds_falls_to_whoever_facilitates() -> None:
    first = result(4, "dots", line("a", "kept"), line("b", "tied", undecided=True), verdict="again")
    last = result(4, "dots", line("b", "kept"), attempt=2)
    both = held("W04", result(2, "grid"), first, last)
    assert [one.item.id for one in both.kept(4)] == ["a", "b"]
    assert replace(both, cast=Cast()).holder("sponsor") == "U-FAC"


def test_whatever_a_step_becomes_is_said_before_and_belongs_to_a_step_there_is(playbook: Playbook) -> None:
    known = {f"{one.id}.{step.number}" for one in playbook.workshops.values() for step in one.steps}
    assert {*OUTCOMES} <= {*BECOMES} <= known


def test_what_is_tied_twice_is_an_open_point_until_the_group_says_which_stay() -> None:
    tie = (line("Slow access", "tied"), line("Two lists", "tied"), line("Old data", "kept"))
    first = result(4, "dots", *tie, verdict="again")
    second = result(4, "dots", *tie[:2], number=5, attempt=2, verdict="failed")
    (found,) = (
        one for one in drafts(of_step(held("W03", first, second), 4)) if one.kind == "issue"
    )  # fmt: skip
    assert found.title.en == "Tied twice at the cut line in W03.4: say which stay"
    assert (found.owner, found.fields["detail"]) == ("U-FAC", "Slow access\nTwo lists")
    open_ = held("W04", first, second)
    sealed = tuple(replace(one, sealed=one.number == 3) for one in open_.script.steps)
    doors = replace(open_, script=replace(open_.script, steps=sealed))
    assert "detail" not in drafts(of_step(doors, 4))[-1].fields
    anew = result(4, "dots", line("Slow access", "kept"), line("Two lists", "out"), number=9)
    assert not [one for one in drafts(of_step(held("W03", first, second, anew), 4)) if one.kind == "issue"]


def test_a_vote_that_is_held_anew_goes_before_all_that_was_found() -> None:
    first = result(4, "dots", line("a", "kept"), line("b", "out"))
    anew = result(4, "dots", line("b", "kept"), number=7)
    assert [one.item.id for one in held("W03", first, anew).kept(4)] == ["b"]
